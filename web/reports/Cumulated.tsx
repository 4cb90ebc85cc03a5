// What has come and gone since the window began, one upon the other: between two edges lies what is in hand, across how long it takes;
// and whether Little's law holds, so that a mean of one says something of the others.
import type { Report } from '../../src/api/contract/reports.ts'
import { activeStatuses } from '../../src/tickets/vocabulary.ts'
import { number, useMinute } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import type { Series } from './chart.ts'
import { Figure } from './Figure.tsx'
import { askedOf, type Asked, type ReportSearch } from './search.ts'
import styles from './reports.module.css'
import { TimeChart } from './TimeChart.tsx'
import { statusTones } from './tones.ts'
import { duration, momentOf } from './units.ts'
import { groupsOf, useReport } from './wire.ts'

export function Cumulated({ search }: { search: ReportSearch }) {
  const asked = askedOf(search)
  const { bucket: _, ...whole } = asked
  const backlog = useReport('backlog', { ...asked, by: 'status' }).data
  const resolves = useReport('resolves', asked).data
  const closed = useReport('closedUnresolved', asked).data
  const came = [useReport('arrivals', asked).data, useReport('reopens', asked).data]
  const took = useReport('fullResolutionTime', { ...whole, hours: 'wall' }).data
  const [arrivals, reopens] = came
  if (!backlog || !resolves || !closed || !arrivals || !reopens || resolves.rows.length < 2) return null
  const begins = resolves.rows.map(({ at = resolves.from }) => at)
  const gone = summedUp(resolves, closed)
  const rowsOf = (status: string) => groupsOf(backlog).find(({ key }) => key === status)?.rows ?? []
  const layers: Series[] = [
    { key: 'gone', label: say('reports.gone'), values: gone, shape: 'layer', tone: '--ok' },
    ...activeStatuses.toReversed().map((status): Series => ({
      key: status,
      label: sayName('status', status),
      values: begins.map((_at, index) => rowsOf(status)[index]?.value ?? 0),
      shape: 'layer',
      tone: statusTones[status],
    })),
  ]
  const names = begins.map((at) => momentOf(at, resolves, false))
  return (
    <Figure
      title={say('reports.cumulated')}
      about={say('reports.cumulatedMeans')}
      complete={backlog.complete}
      file={{ key: 'resolves', asked }}
      table={{
        head: [say('reports.when'), ...layers.map(({ label }) => label)],
        rows: names.map((name, index) => [name, ...layers.map(({ values }) => number(values[index] ?? 0))]),
      }}
    >
      <TimeChart
        label={say('reports.cumulated')}
        series={layers}
        ticks={begins.map((at) => momentOf(at, resolves, true))}
        names={names}
        format={number}
      />
      {took?.mean != null && (
        <Little
          held={meanOf(begins.map((at) => heldAt(backlog, at)))}
          came={(arrivals.value ?? 0) + (reopens.value ?? 0)}
          asked={resolves}
          took={took.mean}
        />
      )}
    </Figure>
  )
}

const DAY = 86_400

/** On average there is as much in hand as comes in the time that it takes; where not, the window is no steady one. */
function Little(props: { held: number; came: number; asked: Report; took: number }) {
  const { held, came, asked, took } = props
  const end = Math.min(Date.parse(asked.to), useMinute())
  const seconds = Math.max(DAY, (end - Date.parse(asked.from)) / 1_000)
  const expected = (came / seconds) * took
  const isSteady = Math.abs(held - expected) <= 0.2 * Math.max(held, expected)
  const words = {
    held: number(Math.round(held)),
    rate: number(Math.round((came / seconds) * DAY * 10) / 10),
    took: duration(took, 'wall'),
    expected: number(Math.round(expected)),
  }
  return (
    <p className={styles['hint']}>
      {say('reports.little', words)} {say(isSteady ? 'reports.steady' : 'reports.notSteady')}
    </p>
  )
}

function summedUp(...reports: readonly Report[]): number[] {
  let sum = 0
  return (reports[0]?.rows ?? []).map(
    (_, index) => (sum += reports.reduce((all, { rows }) => all + (rows[index]?.value ?? 0), 0)),
  )
}

const heldAt = ({ rows }: Report, begin: Asked['from']) =>
  rows.reduce((sum, { at, value }) => sum + (at === begin ? (value ?? 0) : 0), 0)

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
