// What goes by itself, what is kept whatever happens, and who was erased.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { Erasure, Hold, RetentionRule } from '../../../src/api/contract/privacy.ts'
import { Button } from '../../parts/Button.tsx'
import { HoldDialog } from '../../parts/HoldDialog.tsx'
import { Age } from '../../parts/Marks.tsx'
import { number, wholeDay } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { conditionWords, RetentionForm, TurnOn, useNames } from './Retention.tsx'

export function Privacy() {
  const [adding, setAdding] = useState(false)
  const rules = usePages<RetentionRule>('retention-rules')
  return (
    <Page
      title={say('admin.privacy')}
      about={say('privacy.about')}
      changesOf="retention"
      action={
        <Button weight="primary" onClick={() => setAdding(true)}>
          {say('retention.add')}
        </Button>
      }
    >
      <h2 className={styles['heading']}>{say('retention.title')}</h2>
      <Rules pages={rules} />
      <h2 className={styles['heading']}>{say('holds.title')}</h2>
      <Holds />
      <h2 className={styles['heading']}>{say('erasures.title')}</h2>
      <Erasures />
      {adding && (
        <RetentionForm
          rule={null}
          onClose={() => {
            setAdding(false)
            rules.reload()
          }}
        />
      )}
    </Page>
  )
}

function Rules({ pages }: { pages: ReturnType<typeof usePages<RetentionRule>> }) {
  const names = useNames()
  const [open, setOpen] = useState<{ rule: RetentionRule; what: 'edit' | 'on' } | null>(null)
  const close = () => {
    setOpen(null)
    pages.reload()
  }
  const off = (rule: RetentionRule) =>
    void attempt(
      () => call('PUT', `/retention-rules/${rule.id}/off`),
      say('retention.isOff', { name: rule.name }),
      pages.reload,
    )
  const remove = (rule: RetentionRule) =>
    void attempt(
      () => call('DELETE', `/retention-rules/${rule.id}`),
      say('retention.removed', { name: rule.name }),
      pages.reload,
    )
  return (
    <>
      <DataTable
        label={say('retention.title')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('retention.empty')}
        columns={[
          {
            name: say('field.name'),
            render: (rule) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>{rule.name}</span>
                <span className={styles['excerpt']}>{conditionWords(rule, names)}</span>
              </span>
            ),
          },
          {
            name: say('retention.state'),
            narrow: true,
            render: ({ isOn }) => say(isOn ? 'retention.on' : 'retention.off'),
          },
          {
            name: say('retention.did'),
            render: ({ did }) =>
              did.length === 0
                ? say('retention.didNothing')
                : did
                    .map(({ day, tickets }) => `${wholeDay(`${day}T12:00:00Z`)}: ${number(tickets)}`)
                    .join(' · '),
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (rule) => (
              <span className={styles['buttons']}>
                {rule.isOn ? (
                  <Button weight="quiet" onClick={() => off(rule)}>
                    {say('retention.turnOff')}
                  </Button>
                ) : (
                  <>
                    <Button weight="quiet" onClick={() => setOpen({ rule, what: 'on' })}>
                      {say('retention.turnOn')}
                    </Button>
                    <Button weight="quiet" onClick={() => setOpen({ rule, what: 'edit' })}>
                      {say('action.edit')}
                    </Button>
                    <Button weight="quiet" onClick={() => remove(rule)}>
                      {say('retention.remove')}
                    </Button>
                  </>
                )}
              </span>
            ),
          },
        ]}
      />
      {open?.what === 'edit' && <RetentionForm rule={open.rule} onClose={close} />}
      {open?.what === 'on' && <TurnOn rule={open.rule} onClose={close} />}
    </>
  )
}

function Holds() {
  const pages = usePages<Hold>('holds')
  const [open, setOpen] = useState<Hold | null>(null)
  return (
    <>
      <DataTable
        label={say('holds.title')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('holds.empty')}
        columns={[
          {
            name: say('holds.what'),
            render: ({ personId, ticketId, name }) =>
              ticketId === null ? (
                <Link to={`/admin/people/${personId}` as '/admin'}>{name}</Link>
              ) : (
                <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
                  {`#${ticketId} ${name}`}
                </Link>
              ),
          },
          { name: say('hold.reason'), render: ({ reason }) => reason },
          { name: say('holds.by'), narrow: true, render: ({ setBy }) => setBy.name },
          { name: say('holds.since'), narrow: true, render: ({ setAt }) => <Age at={setAt} /> },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (hold) => (
              <Button weight="quiet" onClick={() => setOpen(hold)}>
                {say('action.edit')}
              </Button>
            ),
          },
        ]}
      />
      {open && (
        <HoldDialog
          on={open.ticketId === null ? 'people' : 'tickets'}
          id={open.ticketId ?? open.personId ?? 0}
          hold={open}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

function Erasures() {
  const pages = usePages<Erasure>('erasures')
  return (
    <DataTable
      label={say('erasures.title')}
      pages={pages}
      keyOf={({ id }) => id}
      empty={say('erasures.empty')}
      columns={[
        {
          name: say('erasures.person'),
          render: ({ personId }) => (
            <Link to={`/admin/people/${personId}` as '/admin'}>
              {say('erasures.number', { id: String(personId) })}
            </Link>
          ),
        },
        { name: say('erasures.by'), narrow: true, render: ({ by }) => by },
        { name: say('erasures.asked'), narrow: true, render: ({ askedAt }) => <Age at={askedAt} /> },
        {
          name: say('retention.state'),
          render: ({ done, total, messages, files, finishedAt, failure }) =>
            finishedAt === null
              ? [
                  say('privacy.erasing', { done, total }),
                  ...(failure === null ? [] : [say('privacy.failing', { reason: failure })]),
                ].join('. ')
              : say('erasures.done', { tickets: total, messages, files }),
        },
      ]}
    />
  )
}
