// One measure over time, whatever its unit: a median with what nine of ten stay under, or a share with how sure it is; and the same
// by a field, each number a way to its list.
import { useContext } from 'react'

import type { Report, ReportRow } from '../../src/api/contract/reports.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { number } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import type { Series } from './chart.ts'
import { Figure, Table } from './Figure.tsx'
import { NumberButton } from './NumberButton.tsx'
import { OpenList } from './open-list.ts'
import styles from './reports.module.css'
import { askedOf, before, daysOf, type Asked, type ReportSearch } from './search.ts'
import { TimeChart } from './TimeChart.tsx'
import { momentOf, valueOf } from './units.ts'
import { csvOf, useReport } from './wire.ts'

type Props = { measure: string; search: ReportSearch; by?: string | undefined }

export function MeasureChart({ measure, search, by = search.by ?? 'team' }: Props) {
  const asked = askedOf(search)
  const { bucket: _, ...whole } = asked
  const earlier = { ...asked, ...before(daysOf(search)) }
  const over = useReport(measure, asked)
  const groups = useReport(measure, { ...whole, by })
  const past = useReport(measure, earlier, search.versus === 'previous')
  return (
    <Arrived query={over} rows={4} height={60}>
      {(report) => (
        <>
          <Over report={report} asked={asked} past={search.versus === 'previous' ? past.data : undefined} />
          {groups.data && groups.data.n > 0 && <ByGroup report={groups.data} asked={{ ...whole, by }} />}
        </>
      )}
    </Arrived>
  )
}

type OverProps = { report: Report; asked: Asked; past: Report | undefined }

function Over({ report, asked, past }: OverProps) {
  const open = useContext(OpenList)
  const { key, rows, n, unit, complete } = report
  const openAt = (index: number) => open({ key, asked, at: rows[index]?.at })
  const format = (value: number) => valueOf(report, value)
  const [head, table] = tableOf(report, asked)
  return (
    <Figure
      title={sayName('measure', key)}
      about={sayName('measureMeans', key)}
      n={n}
      complete={complete}
      csv={csvOf(key, asked)}
      table={{ head, rows: table }}
    >
      <Summary report={report} past={past} asked={asked} />
      {n === 0 ? (
        <p className={styles['nothing']}>{say('reports.nothing')}</p>
      ) : (
        <TimeChart
          label={sayName('measure', key)}
          series={unit === 'share' ? shareSeries(report, past, openAt) : timeSeries(report, past, openAt)}
          ticks={rows.map(({ at = report.from }) => momentOf(at, report, true))}
          names={rows.map(({ at = report.from }) => momentOf(at, report, false))}
          format={format}
          {...(unit === 'share' ? { most: 1 } : { grain: grainOf(rows) })}
        />
      )}
    </Figure>
  )
}

/** An hour, unless all that is drawn is shorter. */
function grainOf(rows: readonly ReportRow[]): number {
  return Math.max(...rows.map(({ value, p95 }) => p95 ?? value ?? 0)) < 5_400 ? 60 : 3_600
}

function behind(past: Report | undefined, count: number): Series[] {
  if (past === undefined) return []
  // The time before may touch one week more.
  const values = past.rows.slice(0, count).map(({ value }) => value)
  return [
    { key: 'past', label: say('reports.past'), values, shape: 'line', tone: '--text-2', isBehind: true },
  ]
}

function timeSeries({ rows }: Report, past: Report | undefined, open: (index: number) => void): Series[] {
  const line = (key: 'value' | 'p90' | 'p95', tone: string, dash: string | undefined): Series => ({
    key,
    label: say(`reports.${key === 'value' ? 'p50' : key}`),
    values: rows.map((row) => row[key] ?? null),
    shape: 'line',
    tone,
    open,
    ...(dash === undefined ? {} : { dash }),
  })
  return [
    ...behind(past, rows.length),
    line('p95', '--text-3', '1 3'),
    line('p90', '--warn', '6 3'),
    line('value', '--accent', undefined),
  ]
}

function shareSeries(
  { key, rows }: Report,
  past: Report | undefined,
  open: (index: number) => void,
): Series[] {
  return [
    ...behind(past, rows.length),
    {
      key,
      label: sayName('measure', key),
      values: rows.map(({ value }) => value),
      band: rows.map(({ low, high }) => (low === undefined || high === undefined ? null : { low, high })),
      young: rows.map(({ immature }) => immature === true),
      shape: 'line',
      tone: '--accent',
      open,
    },
  ]
}

/** The whole, and what it was before; coloured only where the two intervals are apart. */
function Summary({ report, past, asked }: { report: Report; past: Report | undefined; asked: Asked }) {
  const { key, unit, n, value, low, high, p90, p95, rows } = report
  const few = unit === 'seconds' && n > 0 && value === null ? rows.flatMap(({ values = [] }) => values) : []
  const isApart =
    past !== undefined &&
    low !== null &&
    high !== null &&
    past.low !== null &&
    past.high !== null &&
    (low > past.high || high < past.low)
  return (
    <p className={styles['summary']}>
      <NumberButton cell={{ key, asked }} words={valueOf(report, value)} />
      {unit === 'seconds' && value !== null && (
        <span>{say('reports.tails', { p90: valueOf(report, p90), p95: valueOf(report, p95) })}</span>
      )}
      {low !== null && high !== null && (
        <span>{say('reports.interval', { low: valueOf(report, low), high: valueOf(report, high) })}</span>
      )}
      {few.length > 0 && (
        <span>{say('reports.few', { list: few.map((each) => valueOf(report, each)).join(', ') })}</span>
      )}
      {past !== undefined && (
        <span data-change={isApart ? ((value ?? 0) > (past.value ?? 0) ? 'up' : 'down') : undefined}>
          {say('reports.before', { value: valueOf(report, past.value) })}
        </span>
      )}
      {rows.some(({ immature }) => immature) && <span>{say('reports.young')}</span>}
    </p>
  )
}

function ByGroup({ report, asked }: { report: Report; asked: Asked }) {
  const [head, rows] = tableOf(report, asked)
  return (
    <Table
      label={say('reports.byField', { field: sayName('reportField', report.by ?? 'team') })}
      head={head}
      rows={rows}
    />
  )
}

/** The rows of a report as those of a table, by time or by group. */
export function tableOf(
  report: Report,
  asked: Asked,
): [string[], (string | ReturnType<typeof NumberButton>)[][]] {
  const { by, unit, rows } = report
  const first = by === null ? say('reports.when') : sayName('reportField', by)
  const head =
    unit === 'seconds'
      ? [first, 'n', say('reports.p50'), say('reports.p90'), say('reports.p95'), say('reports.mean')]
      : unit === 'share'
        ? [first, 'n', say('reports.share'), say('reports.intervalHead')]
        : [first, say('reports.count')]
  return [head, rows.map((row) => [nameOf(row, report), ...cellsOf(row, report, asked)])]
}

function nameOf({ at, group }: ReportRow, report: Report): string {
  if (at !== undefined) return momentOf(at, report, false)
  if (group === null || group === undefined) return say('reports.none')
  return report.by === 'priority'
    ? sayName('priority', group)
    : report.by === 'channel'
      ? sayName('channel', group)
      : group
}

function cellsOf(row: ReportRow, report: Report, asked: Asked) {
  const cell = {
    key: report.key,
    asked,
    at: row.at,
    ...(report.by === null ? {} : { group: row.groupKey ?? null }),
  }
  const button = (words: string) => <NumberButton cell={cell} words={words} />
  const told = (value: number | null | undefined) => valueOf(report, value ?? null)
  if (report.unit === 'count') return [button(told(row.value))]
  if (report.unit === 'share')
    return [
      button(number(row.n)),
      `${told(row.value)}${row.immature === true ? ` ${say('reports.youngShort')}` : ''}`,
      row.low === undefined ? '–' : `${told(row.low)} – ${told(row.high)}`,
    ]
  const median =
    row.value === null && row.values && row.values.length > 0
      ? row.values.map(told).join(', ')
      : told(row.value)
  return [button(number(row.n)), median, told(row.p90), told(row.p95), told(row.mean)]
}
