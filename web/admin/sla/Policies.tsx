// SLA policies in the order in which they are tried: the first that matches a ticket is its agreement.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Policy } from '../../../src/api/contract/sla.ts'
import { Button } from '../../parts/Button.tsx'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { call } from '../../wire/call.ts'
import { metricName } from '../../sla/clock.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Loaded, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { PolicyEditor } from './PolicyEditor.tsx'
import { Recompute } from './Recompute.tsx'
import { Risk } from './Risk.tsx'
import { forgetAgreements, policiesQuery, PRIORITIES } from './sla.ts'
import styles from './sla.module.css'

export function Policies() {
  const query = useQuery(policiesQuery)
  const [editing, setEditing] = useState<Policy | 'new' | null>(null)
  if (editing)
    return (
      <PolicyEditor
        policy={editing === 'new' ? null : editing}
        onClose={() => {
          setEditing(null)
          forgetAgreements()
        }}
      />
    )
  return (
    <Page
      title={say('admin.policies')}
      changesOf="policy"
      about={say('policies.about')}
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('policies.add')}
        </Button>
      }
    >
      <Recompute />
      <Loaded
        query={query}
        height={96}
        empty={{ title: say('policies.empty'), help: say('policies.emptyHelp') }}
      >
        {(items) => (
          <ol className={styles['cards']}>
            {items.map((policy, index) => (
              <PolicyCard
                key={policy.id}
                policy={policy}
                isFirst={items[index - 1]?.kind !== policy.kind}
                onEdit={() => setEditing(policy)}
              />
            ))}
          </ol>
        )}
      </Loaded>
      <Risk />
    </Page>
  )
}

function PolicyCard({ policy, isFirst, onEdit }: { policy: Policy; isFirst: boolean; onEdit: () => void }) {
  const { id, title, kind, q, archived, version, position } = policy
  const patch = (body: object, done: string) =>
    void attempt(() => call('PATCH', `/policies/${id}`, { body }), done, forgetAgreements)
  const archive = () =>
    patch({ archived: !archived }, say(archived ? 'admin.restored' : 'admin.archived', { name: title }))
  return (
    <li className={styles['card']} data-dim={archived || undefined}>
      <div className={styles['cardHead']}>
        <div>
          <h2 className={styles['name']}>{title}</h2>
          <p className={admin['muted']}>
            {sayName('policyKind', kind)} · {q === '' ? say('policies.all') : <code>{q}</code>} ·{' '}
            {say('sla.version', { version })}
          </p>
        </div>
        <span className={admin['buttons']}>
          {!isFirst && (
            <Button
              weight="quiet"
              onClick={() => patch({ position: position - 1 }, say('policies.moved', { name: title }))}
            >
              {say('policies.up')}
            </Button>
          )}
          <Button weight="quiet" onClick={onEdit}>
            {say('action.edit')}
          </Button>
          <Button weight="quiet" onClick={archive}>
            {say(archived ? 'action.restore' : 'action.archive')}
          </Button>
        </span>
      </div>
      <Targets policy={policy} />
    </li>
  )
}

/** In hours, of which no number makes a day: the head of the table says that they are open ones. */
function target(found: Policy['targets'][number] | undefined): string {
  if (found?.seconds == null) return '–'
  const [h, m] = [Math.floor(found.seconds / 3600), Math.round((found.seconds % 3600) / 60)]
  if (h === 0) return say('length.m', { m })
  return m === 0 ? say('length.h', { h }) : say('length.hm', { h, m })
}

function Targets({ policy: { title, targets } }: { policy: Policy }) {
  const metrics = [...new Set(targets.map(({ metric }) => metric))]
  return (
    <ScrollBox label={title} className={admin['tableBox']}>
      <table className={admin['table']} data-numbers>
        <thead>
          <tr>
            <th scope="col">{say('policies.clock')}</th>
            {PRIORITIES.map((priority) => (
              <th key={priority} scope="col" data-end>
                {say(`priority.${priority}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <tr key={metric}>
              <td>{metricName(metric)}</td>
              {PRIORITIES.map((priority) => (
                <td key={priority} data-end>
                  {target(targets.find((each) => each.metric === metric && each.priority === priority))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
