// Where tickets stall now, oldest first, with a cause and the way to each; how long tickets stay in a status, and what is waited for.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { Stalls as Found } from '../../src/api/contract/stalls.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { finePercent, number, useMinute } from '../parts/time.ts'
import { addressOf } from '../wire/address.ts'
import { call } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import { units, WithBefore } from './Change.tsx'
import { Curves } from './Curves.tsx'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import styles from './reports.module.css'
import { StaysBy } from './StaysBy.tsx'
import { LastMinute, Paths, TeamWays } from './Paths.tsx'
import { ownZone, type ReportSearch } from './search.ts'
import { duration } from './units.ts'
import { WayMap } from './WayMap.tsx'

export function Stalls({ search }: { search: ReportSearch }) {
  const asked = { filter: search.only, zone: search.zone ?? ownZone }
  const query = useQuery({
    queryKey: ['reports', 'stalls', asked],
    queryFn: () => call<Found>('GET', '/reports/stalls', { query: asked }),
  })
  return (
    <Arrived query={query} rows={8} height={40}>
      {(found) => (
        <>
          <Forecast found={found} />
          <Stuck found={found} />
          <InStatus found={found} />
          <StaysBy asked={asked} />
          <Ways found={found} asked={asked} />
          <TeamWays found={found} />
          <Paths found={found} />
          <LastMinute found={found} />
        </>
      )}
    </Arrived>
  )
}

/** As many as a list takes in hand at once. */
const MOST_OPENED = 50

const wall = (seconds: number) => duration(seconds, 'wall')

function Forecast({ found: { forecast } }: { found: Found }) {
  const { backlog, came, went, soonest, latest } = forecast
  const days = (count: number) => number(Math.ceil(count))
  const told =
    soonest === null
      ? say('stalls.notClearing')
      : latest === null
        ? say('stalls.clearsPerhaps', { soonest: days(soonest) })
        : say('stalls.clears', { soonest: days(soonest), latest: days(latest) })
  return (
    <section className={styles['figure']}>
      <Head title={say('stalls.forecast')} about={say('stalls.forecastMeans')} />
      <p className={styles['summary']}>
        <b>{backlog === 0 ? say('stalls.clear') : told}</b>
        <span>
          {say('stalls.flow', { backlog: number(backlog), came: number(came), went: number(went) })}
        </span>
      </p>
    </section>
  )
}

function Stuck({ found: { stuck, causes: counted, more } }: { found: Found }) {
  const [cause, setCause] = useState<string | null>(null)
  const causes = [...Map.groupBy(stuck, (each) => each.cause)].toSorted(([, a], [, b]) => b.length - a.length)
  const shown = stuck.filter((each) => cause === null || each.cause === cause)
  const now = useMinute()
  const weekAgo = (name: string) => {
    const past = counted.find((each) => each.cause === name)?.weekAgo ?? null
    return past === null ? null : <small> {say('stalls.weekAgo', { count: number(past) })}</small>
  }
  return (
    <section className={styles['figure']}>
      <Head title={`${say('stalls.stuck')}: ${number(stuck.length)}`} about={say('stalls.stuckMeans')} />
      {stuck.length === 0 && <p className={styles['nothing']}>{say('stalls.none')}</p>}
      <p className={styles['causes']} role="group" aria-label={say('stalls.causes')}>
        {causes.map(([each, own]) => (
          <Button
            key={each}
            aria-pressed={cause === each}
            onClick={() => setCause(cause === each ? null : each)}
          >
            {sayName('stallCause', each)} {number(own.length)}
            {weekAgo(each)}
          </Button>
        ))}
      </p>
      {shown.length > 0 && (
        <p className={styles['tools']}>
          <Link
            to="/inbox/$view"
            params={{ view: 'search' }}
            search={{
              q: `number:${shown
                .slice(0, MOST_OPENED)
                .map(({ ticketId }) => ticketId)
                .join(',')}`,
            }}
          >
            {say('stalls.actOn', { count: Math.min(MOST_OPENED, shown.length) })}
          </Link>
          <span>{say('stalls.actions')}</span>
        </p>
      )}
      {shown.length > 0 && (
        <Table
          label={say('stalls.stuck')}
          head={[say('stalls.ticket'), say('stalls.cause'), say('stalls.since'), say('stalls.usual')]}
          rows={shown.map(({ ticketId, subject, status, cause: why, sinceAt, usualSeconds }) => [
            <Link
              key="ticket"
              to="/inbox/$view/$ticketId"
              params={{ view: 'all', ticketId: String(ticketId) }}
            >
              #{ticketId} {subject}
            </Link>,
            sayName('stallCause', why),
            `${sayName('status', status)} ${wall((now - Date.parse(sinceAt)) / 1_000)}`,
            usualSeconds === null ? say('stalls.silent') : `≤ ${wall(usualSeconds)}`,
          ])}
        />
      )}
      {more && <p className={styles['hint']}>{say('stalls.more')}</p>}
    </section>
  )
}

function InStatus({ found: { inStatus } }: { found: Found }) {
  const reached = (seconds: number | null) => (seconds === null ? say('stalls.notReached') : wall(seconds))
  return (
    <section className={styles['figure']}>
      <Head title={say('stalls.inStatus')} about={say('stalls.curveMeans')} />
      <Curves label={say('stalls.curve')} curves={inStatus} format={wall} />
      <Table
        label={say('stalls.inStatus')}
        head={[
          sayName('property', 'status'),
          'n',
          say('stalls.running'),
          say('stalls.median'),
          say('stalls.p95'),
        ]}
        rows={inStatus.map(({ status, n, running, median, p95, before }) => [
          sayName('status', status),
          number(n),
          number(running),
          <WithBefore
            key="median"
            value={n === 0 ? '–' : reached(median)}
            before={before.median}
            change={before.change}
            unit={units.wall}
            better="less"
          />,
          n === 0 ? '–' : reached(p95),
        ])}
      />
    </section>
  )
}

function Ways({
  found: { ways },
  asked,
}: {
  found: Found
  asked: { filter: string | undefined; zone: string }
}) {
  const all = ways.reduce((sum, { total }) => sum + total, 0)
  return (
    <section className={styles['figure']}>
      <Head title={say('stalls.ways')} about={say('stalls.waysMean')} />
      <p className={styles['summary']}>
        <span>{say('stalls.events')}</span>
        {(['xes', 'csv'] as const).map((kind) => (
          <a key={kind} href={addressOf(`/reports/stalls/events.${kind}`, asked)} download>
            {kind.toUpperCase()}
          </a>
        ))}
      </p>
      {ways.length > 0 && <WayMap ways={ways} all={all} format={wall} />}
      <Table
        label={say('stalls.ways')}
        head={[
          say('stalls.from'),
          say('stalls.to'),
          say('stalls.count'),
          say('reports.p50'),
          say('stalls.total'),
        ]}
        rows={ways.map(({ from, to, count, median, total }) => [
          sayName('status', from),
          sayName('status', to),
          number(count),
          wall(median),
          `${wall(total)} (${finePercent(total / all)})`,
        ])}
      />
    </section>
  )
}
