// How the desk stands at this moment, told as it changes: who waits, what is late, who is there, and what is broken.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'

import type { NowBoard } from '../../src/api/contract/reports.ts'
import { searchesOfNow } from '../../src/reporting/boards.ts'
import { waitBands } from '../../src/reporting/vocabulary.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { number, useMinute } from '../parts/time.ts'
import { useStore } from '../state/store.ts'
import { call } from '../wire/call.ts'
import { liveBoard, watchBoard } from '../wire/live.ts'
import { say, sayName } from '../words/say.ts'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import styles from './reports.module.css'
import { duration } from './units.ts'

export function Now() {
  useEffect(() => watchBoard(), [])
  const live = useStore(liveBoard, (board) => board)
  const query = useQuery({
    queryKey: ['reports', 'now'],
    queryFn: () => call<NowBoard>('GET', '/reports/now'),
  })
  return (
    <Arrived query={live === null ? query : { ...query, data: live }} rows={6} height={40}>
      {(board) => (
        <>
          <Counts board={board} />
          <Waiting board={board} />
          <People board={board} />
        </>
      )}
    </Arrived>
  )
}

function Search({ q, words }: { q: string; words: string }) {
  return (
    <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q }}>
      {words}
    </Link>
  )
}

function Counts({ board }: { board: NowBoard }) {
  const now = useMinute()
  const { unassigned, overdue, dueSoon, heldMails, failingMailboxes, openCircuits, oldest } = board
  const tiles: readonly [string, ReactNode, boolean][] = [
    [
      say('now.unassigned'),
      <Search key="q" q={searchesOfNow.unassigned} words={number(unassigned)} />,
      false,
    ],
    [say('now.overdue'), <Search key="q" q={searchesOfNow.overdue} words={number(overdue)} />, overdue > 0],
    [say('now.dueSoon'), <Search key="q" q={searchesOfNow.dueSoon} words={number(dueSoon)} />, false],
    [say('now.heldMails'), number(heldMails), false],
    [say('now.failingMailboxes'), number(failingMailboxes), failingMailboxes > 0],
    [say('now.openCircuits'), number(openCircuits), openCircuits > 0],
  ]
  return (
    <section className={styles['figure']}>
      <Head title={say('now.title')} about={say('now.means')} />
      <dl className={styles['tiles']}>
        {tiles.map(([name, value, isBad]) => (
          <div key={name} data-bad={isBad || undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {oldest && (
        <p>
          {say('now.oldest', { time: duration((now - Date.parse(oldest.since)) / 1_000, 'wall') })}{' '}
          <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(oldest.ticketId) }}>
            #{oldest.ticketId} {oldest.subject}
          </Link>
        </p>
      )}
    </section>
  )
}

function Waiting({ board: { waiting } }: { board: NowBoard }) {
  const queues = [...Map.groupBy(waiting, ({ queueId }) => queueId)]
  const countOf = (own: NowBoard['waiting'], band: string) =>
    own.find((each) => each.band === band)?.count ?? 0
  return (
    <section className={styles['figure']}>
      <Head title={say('now.waiting')} about={say('now.waitingMeans')} />
      {queues.length === 0 ? (
        <p className={styles['nothing']}>{say('now.nobodyWaits')}</p>
      ) : (
        <Table
          label={say('now.waiting')}
          head={[say('now.queue'), say('now.all'), ...waitBands.map((band) => say(`waitBand.${band}`))]}
          rows={queues.map(([, own]) => [
            own[0]?.queue ?? say('now.noQueue'),
            number(own.reduce((sum, { count }) => sum + count, 0)),
            ...waitBands.map((band) => number(countOf(own, band))),
          ])}
        />
      )}
    </section>
  )
}

function People({ board: { agents } }: { board: NowBoard }) {
  return (
    <section className={styles['figure']}>
      <Head title={say('now.people')} about={say('now.peopleMeans')} />
      <Table
        label={say('now.people')}
        head={[say('now.presence'), say('now.agents'), say('now.tickets'), say('now.each')]}
        rows={agents.map(({ presence, agents: people, tickets }) => [
          sayName('atWork', presence),
          number(people),
          number(tickets),
          number(Math.round((tickets / Math.max(1, people)) * 10) / 10),
        ])}
      />
    </section>
  )
}
