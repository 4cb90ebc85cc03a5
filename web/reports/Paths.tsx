// The ways that tickets took from team to team and to their end, and those that were set to pending when hardly any time was left.
import { Link } from '@tanstack/react-router'

import type { Stalls as Found } from '../../src/api/contract/stalls.ts'
import { dayAndTime, finePercent, number } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import styles from './reports.module.css'
import { duration } from './units.ts'

const wall = (seconds: number) => duration(seconds, 'wall')

export function TeamWays({ found: { teamWays } }: { found: Found }) {
  if (teamWays.length === 0) return null
  return (
    <section className={styles['figure']}>
      <Head title={say('stalls.teamWays')} about={say('stalls.teamWaysMean')} />
      <Table
        label={say('stalls.teamWays')}
        head={[
          say('stalls.from'),
          say('stalls.to'),
          say('stalls.count'),
          say('stalls.back'),
          say('reports.p50'),
          say('stalls.total'),
        ]}
        rows={teamWays.map(({ fromName, toName, count, back, median, total }) => [
          fromName,
          toName,
          number(count),
          number(back),
          wall(median),
          wall(total),
        ])}
      />
    </section>
  )
}

export function Paths({ found: { paths, ended } }: { found: Found }) {
  return (
    <section className={styles['figure']}>
      <Head title={say('stalls.paths')} about={say('stalls.pathsMean', { n: number(ended) })} />
      {paths.length === 0 ? (
        <p className={styles['nothing']}>{say('stalls.noPaths')}</p>
      ) : (
        <Table
          label={say('stalls.paths')}
          head={[say('stalls.path'), say('stalls.count'), say('reports.share'), say('reports.p50')]}
          rows={paths.map(({ statuses, count, median }) => [
            statuses.map((status) => sayName('status', status)).join(' → '),
            number(count),
            finePercent(count / ended),
            wall(median),
          ])}
        />
      )}
    </section>
  )
}

export function LastMinute({ found: { lastMinute } }: { found: Found }) {
  if (lastMinute.length === 0) return null
  return (
    <section className={styles['figure']}>
      <Head
        title={`${say('stalls.lastMinute')}: ${number(lastMinute.length)}`}
        about={say('stalls.lastMinuteMeans')}
      />
      <Table
        label={say('stalls.lastMinute')}
        head={[
          say('stalls.ticket'),
          sayName('reportField', 'metric'),
          say('stalls.left'),
          say('stalls.pendingSince'),
        ]}
        rows={lastMinute.map(({ ticketId, subject, metric, left, since }) => [
          <Link key="ticket" to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
            #{ticketId} {subject}
          </Link>,
          sayName('metric', metric),
          duration(left, 'business'),
          dayAndTime(since),
        ])}
      />
    </section>
  )
}
