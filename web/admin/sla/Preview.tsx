// What a publication would do: clocks that move, breach or no longer do, and what the last 30 days would have been.
import { Link } from '@tanstack/react-router'

import type { Preview as Answer } from '../../../src/api/contract/sla.ts'
import { dayAndTime, number } from '../../parts/time.ts'
import { metricName } from '../../sla/clock.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import styles from './sla.module.css'

const share = ({ met, missed }: { met: number; missed: number }) =>
  met + missed === 0 ? '–' : `${Math.round((met / (met + missed)) * 100)} %`

export function Preview({ preview }: { preview: Answer }) {
  const changed = preview.changes.filter(({ count }) => count > 0)
  return (
    <section aria-live="polite">
      <h2 className={styles['section']}>{say('sla.previewTitle')}</h2>
      <p className={admin['muted']}>
        {say(preview.capped ? 'sla.previewOfNewest' : 'sla.previewOf', { count: preview.tickets })}
      </p>
      {changed.length === 0 && <p>{say('sla.previewNothing')}</p>}
      {changed.map(({ kind, count, clocks }) => (
        <details key={kind} className={styles['change']} data-kind={kind}>
          <summary>
            <b>{number(count)}</b> {sayName('slaChange', kind)}
          </summary>
          <ul className={styles['moved']}>
            {clocks.map(({ ticket, metric, team, from, to }) => (
              <li key={`${ticket.id} ${metric}`}>
                <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticket.id) }}>
                  #{ticket.id} {ticket.subject}
                </Link>
                <span className={admin['muted']}>
                  {metricName(metric)}
                  {team !== null && ` · ${team}`} · {from === null ? '–' : dayAndTime(from)} →{' '}
                  {to === null ? '–' : dayAndTime(to)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {preview.wouldHaveMet.length > 0 && (
        <table className={admin['table']} data-numbers>
          <caption className={styles['caption']}>{say('sla.wouldHaveMet')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('sla.metric')}</th>
              <th scope="col" data-end>
                {say('sla.now')}
              </th>
              <th scope="col" data-end>
                {say('sla.then')}
              </th>
              <th scope="col" data-end>
                n
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.wouldHaveMet.map(({ metric, now, drafted }) => (
              <tr key={metric}>
                <td>{metricName(metric)}</td>
                <td data-end>{share(now)}</td>
                <td data-end>{share(drafted)}</td>
                <td data-end>{number(drafted.met + drafted.missed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
