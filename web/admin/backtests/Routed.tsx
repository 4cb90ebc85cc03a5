// Who would have got what, and how long it would have waited: two played days side by side. All of it is assumed, and says so.
import type { RoutedReport } from '../../../src/api/contract/backtests.ts'
import { number } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './backtests.module.css'
import { Numbers } from './Numbers.tsx'
import { pairWords } from './words.ts'

type Props = { routing: RoutedReport }

/** So many changes from one to another are shown. */
const SHOWN = 20

export function Routed({ routing }: Props) {
  const { arrivals, withoutQueue, leftOut, byHours, answers, presence, left } = routing
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.routed')}</h2>
      <p className={styles['hint']}>{say('backtests.routedAssumed')}</p>
      <p className={styles['hint']}>
        {say(`backtests.routedBy.${presence}`)}{' '}
        {presence === 'recorded_presence' &&
          byHours > 0 &&
          say('backtests.routedByHours', { count: byHours })}{' '}
        {answers === 0 ? say('backtests.paceGuessed') : say('backtests.paceLearnt', { count: answers })}
      </p>
      {leftOut > 0 && <p data-tone="warn">{say('backtests.routedLeftOut', { count: leftOut })}</p>}
      <dl className={styles['tiles']}>
        <Tile name={say('backtests.inLineTimes')} value={pairWords(arrivals)} />
        <Tile name={say('backtests.toAnother')} value={number(routing.agents.otherwise)} />
        <Tile name={say('backtests.otherQueue')} value={number(routing.queues.otherwise)} />
        <Tile name={say('backtests.neverBegun')} value={pairWords(left)} />
        {withoutQueue.baseline + withoutQueue.candidate > 0 && (
          <Tile name={say('backtests.withoutQueue')} value={pairWords(withoutQueue)} />
        )}
      </dl>
      <Waits routing={routing} />
      <Moves name={say('backtests.queueMoves')} matrix={routing.queues} none={say('backtests.noQueue')} />
      <Load byAgent={routing.byAgent} />
      <Moves name={say('backtests.agentMoves')} matrix={routing.agents} none={say('backtests.nobody')} />
    </section>
  )
}

function Tile({ name, value }: { name: string; value: string }) {
  return (
    <div className={styles['tile']}>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
      </dd>
    </div>
  )
}

function Waits({ routing: { inLine, begun, byQueue } }: Props) {
  const cells = ({ p50Seconds, p90Seconds }: RoutedReport['inLine']) => [
    pairWords(p50Seconds, minutes),
    pairWords(p90Seconds, minutes),
  ]
  return (
    <>
      <h3>{say('backtests.howLong')}</h3>
      <Numbers
        label={say('backtests.howLong')}
        head={[
          say('backtests.wait'),
          say('backtests.halfWait'),
          say('backtests.nineWait'),
          say('backtests.inLineTimes'),
          say('backtests.neverBegun'),
        ]}
        rows={[
          { key: 'line', cells: [say('backtests.inLine'), ...cells(inLine), '', ''] },
          { key: 'begun', cells: [say('backtests.begun'), ...cells(begun), '', ''] },
          ...byQueue.map(({ queue, tickets, left, ...waits }) => ({
            key: queue.id,
            cells: [
              say('backtests.inLineOf', { name: queue.name }),
              ...cells(waits),
              pairWords(tickets),
              pairWords(left),
            ],
          })),
        ]}
      />
    </>
  )
}

function Load({ byAgent }: { byAgent: RoutedReport['byAgent'] }) {
  const moved = (pair: { baseline: number; candidate: number }) => Math.abs(pair.candidate - pair.baseline)
  const busy = byAgent
    .filter(({ tickets }) => tickets.baseline + tickets.candidate > 0)
    .toSorted((a, b) => moved(b.tickets) - moved(a.tickets) || b.tickets.baseline - a.tickets.baseline)
  if (busy.length === 0) return null
  return (
    <>
      <h3>{say('backtests.load')}</h3>
      <Numbers
        label={say('backtests.load')}
        head={[
          say('backtests.agent'),
          say('backtests.tickets'),
          say('backtests.workHours'),
          say('backtests.fullHours'),
        ]}
        rows={busy.map(({ agent, tickets, workHours, fullHours }) => ({
          key: agent.id,
          cells: [agent.name, pairWords(tickets), pairWords(workHours), pairWords(fullHours)],
        }))}
      />
    </>
  )
}

type MovesProps = { name: string; matrix: RoutedReport['agents']; none: string }

/** From whom to whom, the most first. */
function Moves({ name, matrix: { cells }, none }: MovesProps) {
  if (cells.length === 0) return null
  return (
    <>
      <h3>{name}</h3>
      <Numbers
        label={name}
        head={[say('backtests.change'), say('backtests.inLineTimes')]}
        rows={cells.slice(0, SHOWN).map(({ from, to, count }) => {
          const words = `${from?.name ?? none} → ${to?.name ?? none}`
          return { key: words, cells: [words, number(count)] }
        })}
      />
      {cells.length > SHOWN && (
        <p className={styles['hint']}>{say('backtests.moreMoves', { count: cells.length - SHOWN })}</p>
      )}
    </>
  )
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60)
  return whole < 120
    ? sayName('routedWait', 'minutes').replace('#', number(whole))
    : sayName('routedWait', 'hours').replace('#', number(Math.round(seconds / 360) / 10))
}
