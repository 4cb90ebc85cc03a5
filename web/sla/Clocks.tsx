// The clocks of a ticket, each with its explanation: every span, whether it counted, by which calendar, and why.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { ExplainedClock, ExplainedClocks } from '../../src/api/contract/sla.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { dayAndTime } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { stateKey } from '../wire/state-key.ts'
import { say, sayName } from '../words/say.ts'
import { ClockMark } from './ClockBadge.tsx'
import styles from './clock.module.css'
import { countedLength, metricName } from './clock.ts'

export function Clocks({ ticket }: { ticket: Ticket }) {
  const [open, setOpen] = useState<string | null>(null)
  const { data } = useQuery({
    ...stateKey<ExplainedClocks>('clocks', ticket.id, ticket.seq),
    queryFn: () => call<ExplainedClocks>('GET', `/tickets/${ticket.id}/clocks`),
    enabled: open !== null,
  })
  return (
    <ul className={styles['list']}>
      {ticket.clocks.map((clock) => {
        const key = `${clock.kind} ${clock.metric} ${clock.instance}`
        const explained = data?.items.find((each) => keyOf(each) === key)
        return (
          <li key={key}>
            <button
              type="button"
              className={styles['line']}
              aria-expanded={open === key}
              onClick={() => setOpen(open === key ? null : key)}
            >
              <span className={styles['metric']}>
                {metricName(clock.metric)}
                {clock.instance > 1 && ` ${clock.instance}`}
              </span>
              <ClockMark clock={clock} />
              <span className={styles['of']}>
                {say('clock.of', {
                  elapsed: countedLength(clock.elapsedSeconds, clock.openHours),
                  target: countedLength(clock.targetSeconds, clock.openHours),
                })}
                {clock.dueAt !== null && clock.state === 'running' && ` · ${dayAndTime(clock.dueAt)}`}
                {clock.risk !== null &&
                  clock.breachedAt === null &&
                  ` · ${say('clock.risk', { percent: Math.round(clock.risk * 100) })}`}
              </span>
            </button>
            {open === key && explained && (
              <Explanation clock={explained} isOpenHours={clock.openHours} all={data} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

const keyOf = ({ kind, metric, instance }: ExplainedClock) => `${kind} ${metric} ${instance}`

type Explained = { clock: ExplainedClock; isOpenHours: boolean; all: ExplainedClocks | undefined }

function Explanation({ clock, isOpenHours, all }: Explained) {
  const before = all?.passedOver.filter(({ kind }) => kind === clock.kind) ?? []
  return (
    <ol className={styles['spans']}>
      <li className={styles['span']}>
        {say('clock.why', { policy: clock.policy.name, version: clock.policy.version })}
        {before.length > 0 &&
          ` ${say('clock.passedOver', { titles: before.map(({ title }) => title).join(', ') })}`}
      </li>
      {clock.spans.map(({ from, to, calendar, counted, seconds, reason }) => (
        <li key={from} className={styles['span']} data-counted={counted || undefined}>
          {dayAndTime(from)} – {dayAndTime(to)}
          <br />
          {counted
            ? say('clock.counted', {
                length: countedLength(seconds, calendar !== null && calendar !== 'always'),
                calendar: calendarName(calendar),
              })
            : say('clock.notCounted', { why: sayName('clockReason', reason) })}
        </li>
      ))}
      <li className={styles['sum']}>
        {say('clock.of', {
          elapsed: countedLength(clock.elapsedSeconds, isOpenHours),
          target: countedLength(clock.targetSeconds, isOpenHours),
        })}
      </li>
    </ol>
  )
}

function calendarName(calendar: string | null): string {
  if (calendar === null || calendar === 'always') return say('clock.always')
  return calendar.startsWith('of ') ? say('clock.inherited') : calendar
}
