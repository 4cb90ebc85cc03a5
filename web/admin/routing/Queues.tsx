// The queues in the order in which tickets are offered to them: the first whose condition holds takes a ticket.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Queue } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem } from '../../parts/Form.tsx'
import { forgetRouting, queuesQuery } from '../../routing/wire.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { useTeams } from '../../wire/desk.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Loaded, Page } from '../Page.tsx'
import { useSave } from '../saving.ts'
import sla from '../sla/sla.module.css'
import { QueueEditor, termsOf } from './QueueEditor.tsx'
import { stepWords } from './steps.ts'
import { TryFirst, why } from './TryFirst.tsx'
import { WorkUnits } from './WorkUnits.tsx'

export function Queues() {
  const query = useQuery(queuesQuery)
  const [editing, setEditing] = useState<Queue | 'new' | null>(null)
  if (editing)
    return (
      <QueueEditor
        queue={editing === 'new' ? null : editing}
        onClose={() => {
          setEditing(null)
          forgetRouting()
        }}
      />
    )
  return (
    <Page
      title={say('admin.queues')}
      about={say('queues.about')}
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('queues.add')}
        </Button>
      }
      changesOf="queue,routing"
    >
      <Loaded query={query} height={96} empty={{ title: say('queues.empty'), help: say('queues.emptyHelp') }}>
        {(items) => (
          <ol className={sla['cards']}>
            {items.map((queue, index) => (
              <QueueCard
                key={queue.id}
                queue={queue}
                place={index + 1}
                swallowed={items.slice(0, index).find(({ q }) => q === '')}
                onEdit={() => setEditing(queue)}
              />
            ))}
          </ol>
        )}
      </Loaded>
      <WorkUnits />
    </Page>
  )
}

/** Moved or archived where it stands, and what is said once it is. */
type RowChange = { body: { position: number } | { archived: true }; done: string }
type CardProps = { queue: Queue; place: number; swallowed: Queue | undefined; onEdit: () => void }

function QueueCard({ queue, place, swallowed, onEdit }: CardProps) {
  const { id, title, q, mode, primaryTeams, secondaryTeams, relax } = queue
  const teams = useTeams()
  const named = (ids: readonly number[]) =>
    ids.map((each) => teams.find((team) => team.id === each)?.name ?? `#${each}`).join(', ')
  const empty = primaryTeams.every((each) => teams.find((team) => team.id === each)?.members.length === 0)
  const [asked, setAsked] = useState<RowChange | null>(null)
  const leave = () => setAsked(null)
  const { save, busy, failure } = useSave(() => {
    leave()
    forgetRouting()
  })
  const patch = (change: RowChange, reason = '') => {
    setAsked(change)
    const body = { ...change.body, ...why(reason) }
    void save(() => call('PATCH', `/queues/${id}`, { body }), change.done)
  }
  return (
    <li className={sla['card']}>
      <div className={sla['cardHead']}>
        <div>
          <h2 className={sla['name']}>
            {place}. {title}
          </h2>
          <p className={admin['muted']}>
            {q === '' ? say('queues.rest') : <code>{q}</code>} · {sayName('routeMode', mode)} ·{' '}
            {named(primaryTeams)}
            {secondaryTeams.length > 0 && ` · ${say('queues.then', { teams: named(secondaryTeams) })}`}
          </p>
          {relax.length > 0 && <p className={admin['muted']}>{relax.map(stepWords).join(' · ')}</p>}
          {swallowed !== undefined && (
            <p role="alert">{say('queues.swallowed', { queue: swallowed.title })}</p>
          )}
          {empty && teams.length > 0 && <p role="alert">{say('queues.nobody')}</p>}
        </div>
        <span className={admin['buttons']}>
          {place > 1 && (
            <Button
              weight="quiet"
              onClick={() =>
                patch({ body: { position: place - 1 }, done: say('policies.moved', { name: title }) })
              }
            >
              {say('policies.up')}
            </Button>
          )}
          <Button weight="quiet" onClick={onEdit}>
            {say('action.edit')}
          </Button>
          <Button
            weight="quiet"
            onClick={() => patch({ body: { archived: true }, done: say('admin.archived', { name: title }) })}
          >
            {say('action.archive')}
          </Button>
        </span>
      </div>
      {asked !== null && failure !== null && (
        <>
          <FormProblem text={reasonOf(failure)} />
          <TryFirst
            tried={{ queue: { ...termsOf(queue), id, ...asked.body } }}
            failure={failure}
            busy={busy}
            onSave={(reason) => patch(asked, reason)}
            onLeave={leave}
          />
        </>
      )}
    </li>
  )
}
