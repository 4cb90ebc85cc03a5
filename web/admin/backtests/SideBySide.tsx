// One ticket's two lives side by side, from where they go apart.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { Moment } from '../../../src/api/contract/backtests.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './backtests.module.css'
import { sideBySideQuery } from './wire.ts'
import { changeWords } from './words.ts'

export function SideBySide({ backtestId, ticketId }: { backtestId: number; ticketId: number }) {
  const query = useQuery(sideBySideQuery(backtestId, ticketId))
  return (
    <Arrived query={query} rows={3} height={40}>
      {({ baseline, candidate, divergesAt }) => (
        <>
          <p className={styles['hint']}>
            {divergesAt && say('backtests.divergesAt', { when: dayAndTime(divergesAt) })}{' '}
            <Link to="/tickets/$ticketId" params={{ ticketId: String(ticketId) }}>
              {say('backtests.openTicket')}
            </Link>
          </p>
          <Lives baseline={baseline} candidate={candidate} />
        </>
      )}
    </Arrived>
  )
}

type Both = { baseline: readonly Moment[]; candidate: readonly Moment[] }

export function Lives({ baseline, candidate }: Both) {
  return (
    <div className={styles['lives']}>
      <Life title={say('backtests.before')} moments={baseline} other={candidate} />
      <Life title={say('backtests.after')} moments={candidate} other={baseline} />
    </div>
  )
}

type LifeProps = { title: string; moments: readonly Moment[]; other: readonly Moment[] }

/** What the other life does not have at that moment is marked. */
function Life({ title, moments, other }: LifeProps) {
  const there = new Set(other.flatMap((moment) => lines(moment).map((line) => `${moment.at} ${line}`)))
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {moments.length === 0 && <p className={styles['hint']}>{say('backtests.nothingMore')}</p>}
      <ol className={styles['moments']}>
        {moments.map((moment, index) => (
          <li key={index}>
            <p className={styles['hint']}>
              <time dateTime={moment.at}>{dayAndTime(moment.at)}</time>{' '}
              {moment.actor.name ?? sayName('backtestActor', moment.actor.type)}
            </p>
            <ul>
              {lines(moment).map((line) => (
                <li key={line}>
                  {there.has(`${moment.at} ${line}`) ? (
                    line
                  ) : (
                    <mark className={styles['only']}>
                      <b aria-hidden>± </b>
                      {line} <span className="unseen">{say('backtests.onlyHere')}</span>
                    </mark>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}

function lines({ rules, sent, changed, events }: Moment): readonly string[] {
  const told = [
    ...rules.map(({ title, outcome }) => `${title}: ${sayName('ruleOutcome', outcome)}`),
    ...changed.map((change) => `${sayName('seenField', change.field)}: ${changeWords(change.field, change)}`),
    ...sent.map(({ kind, to }) => say(kind === 'mail' ? 'backtests.mailTo' : 'backtests.webhookTo', { to })),
  ]
  return told.length > 0 ? told : events.map((kind) => sayName('backtestEvent', kind))
}
