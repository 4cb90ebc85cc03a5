// Consecutive changes between messages: one muted line each, folded into one when there are more than two.
import { lazy, Suspense, useState } from 'react'

import type { TicketEvent } from '../../../src/api/contract/tickets.ts'
import { Age } from '../../parts/Marks.tsx'
import { useRuleNames } from '../../wire/desk.ts'
import { learnRules, say, sayName } from '../../words/say.ts'
import styles from './changes.module.css'
import { actorName, useDescribe } from './event-words.ts'

const WhyDialog = lazy(() =>
  Promise.all([import('../dialogs/WhyDialog.tsx'), learnRules()]).then(([found]) => ({
    default: found.WhyDialog,
  })),
)

type Props = { ticketId: number; events: readonly TicketEvent[] }

/** The changes; what a rule did can be asked for its reason. */
export function Changes({ ticketId, events }: Props) {
  const [asked, setAsked] = useState<number | null>(null)
  return (
    <>
      <Lines events={events} onWhy={setAsked} />
      {asked !== null && (
        <Suspense>
          <WhyDialog ticketId={ticketId} seq={asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  )
}

function Lines({ events, onWhy }: { events: readonly TicketEvent[]; onWhy: (seq: number) => void }) {
  const [open, setOpen] = useState(false)
  const describe = useDescribe()
  const rules = useRuleNames(events.some(({ actor }) => actor.type === 'rule'))
  const nameOf = ({ actor }: TicketEvent) =>
    actor.type === 'rule' && actor.id !== null && rules.has(actor.id)
      ? say('actor.rule', { name: rules.get(actor.id) ?? '' })
      : actorName(actor)
  const last = events.at(-1)
  if (!last) return null
  if (events.length <= 2 || open)
    return (
      <ul className={styles['changes']}>
        {events.map((event) => (
          <li key={event.seq} className={styles['line']}>
            <span className={styles['words']}>
              <b>{nameOf(event)}</b> {describe(event)}{' '}
              {event.macro && (
                <span className={styles['why']}> · {say('event.macro', { name: event.macro.name })}</span>
              )}
              {event.cause && event.actor.type !== 'rule' && (
                <span className={styles['why']}>
                  {' '}
                  · {say('event.because', { what: sayName('cause', event.cause.kind) })}
                </span>
              )}
              {event.actor.type === 'rule' && (
                <button type="button" onClick={() => onWhy(event.seq)}>
                  {say('changes.why')}
                </button>
              )}
            </span>
            <Age at={event.at} />
          </li>
        ))}
        {open && (
          <li className={styles['line']}>
            <button type="button" aria-expanded="true" onClick={() => setOpen(false)}>
              {say('changes.fold')}
            </button>
          </li>
        )}
      </ul>
    )
  const actors = [...new Set(events.map(nameOf))]
  return (
    <p className={styles['line']}>
      <button type="button" aria-expanded="false" onClick={() => setOpen(true)}>
        {say('changes.count', { count: events.length, by: actors.join(', ') })}
      </button>
      <Age at={last.at} />
    </p>
  )
}
