// The queue board: how each queue does, who waits in the chosen one, and who is there to take it. Leads give tickets to people
// by dragging, or from the menu of a row.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Board as BoardAnswer } from '../../src/api/contract/routing.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Age } from '../parts/Marks.tsx'
import { useTitle } from '../state/title.ts'
import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import { GiveAnyway } from './GiveAnyway.tsx'
import { Line } from './Line.tsx'
import styles from './routing.module.css'
import { Staff } from './Staff.tsx'
import { Switch, useNext } from './Switch.tsx'
import { boardQuery } from './wire.ts'

export function Board() {
  useTitle([say('routing.board')])
  const query = useQuery(boardQuery)
  const { data } = query
  const mayWork = useMay('ticket.update')
  const [chosen, setChosen] = useState<number | null>(null)
  const queues = data?.queues ?? []
  const queue = queues.find(({ id }) => id === chosen) ?? fullest(queues)
  return (
    <main className={styles['board']} id="conversation" tabIndex={-1}>
      <header className={styles['boardHead']}>
        <h1>{say('routing.board')}</h1>
        {queue !== undefined && mayWork && <Own />}
        {data !== undefined && data.noQueue > 0 && (
          <p className={styles['warn']}>{say('routing.noQueue', { count: data.noQueue })}</p>
        )}
      </header>
      <Arrived query={query} rows={4} height={80}>
        {() =>
          queue === undefined ? (
            <Empty title={say('routing.noQueues')}>
              <p>{say('routing.noQueuesHelp')}</p>
            </Empty>
          ) : (
            <>
              <ul className={styles['queues']}>
                {queues.map((each) => (
                  <QueueCard
                    key={each.id}
                    queue={each}
                    isChosen={each.id === queue.id}
                    onChoose={() => setChosen(each.id)}
                  />
                ))}
              </ul>
              <div className={styles['halves']}>
                <Line key={queue.id} queueId={queue.id} title={queue.title} />
                <Staff queueId={queue.id} />
              </div>
              <GiveAnyway />
            </>
          )
        }
      </Arrived>
    </main>
  )
}

function Own() {
  const next = useNext()
  return (
    <p className={styles['own']}>
      <Switch className={styles['switch']} named />
      <Button onClick={() => void next()}>{say('routing.next')}</Button>
    </p>
  )
}

type BoardQueue = BoardAnswer['queues'][number]

function fullest(queues: readonly BoardQueue[]): BoardQueue | undefined {
  return queues.toSorted((a, b) => b.waiting - a.waiting)[0]
}

function QueueCard({
  queue,
  isChosen,
  onChoose,
}: {
  queue: BoardQueue
  isChosen: boolean
  onChoose: () => void
}) {
  const { title, mode, waiting, oldestAt, atRisk, unroutable, free, online } = queue
  return (
    <li>
      <button type="button" className={styles['queue']} aria-pressed={isChosen} onClick={onChoose}>
        <span className={styles['queueName']}>
          {title} <span className={styles['help']}>{sayName('routeMode', mode)}</span>
        </span>
        <span className={styles['big']}>{waiting}</span>
        <span className={styles['help']}>
          {say('routing.waiting')}
          {oldestAt !== null && (
            <>
              {' · '}
              {say('routing.oldest')} <Age at={oldestAt} bare />
            </>
          )}
        </span>
        <span className={styles['facts']}>
          <span data-bad={atRisk > 0 || undefined}>{say('routing.atRisk', { count: atRisk })}</span>
          <span data-bad={(free === 0 && waiting > 0) || undefined}>
            {say('routing.free', { free, online })}
          </span>
          {unroutable > 0 && <span data-bad>{say('routing.stuck', { count: unroutable })}</span>}
        </span>
      </button>
    </li>
  )
}
