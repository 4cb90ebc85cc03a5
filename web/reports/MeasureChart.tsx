// One measure over time, whatever its unit: a median with what nine of ten stay under, or a share with how sure it is; and the same
// by a field, each number a way to its list.
import { useContext } from 'react'

import type { Report, ReportRow } from '../../src/api/contract/reports.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { number } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import { Change } from './Change.tsx'
import type { Series } from './chart.ts'
import { Figure, Table } from './Figure.tsx'
import { NumberButton } from './NumberButton.tsx'
import { OpenList } from './open-list.ts'
import styles from './reports.module.css'
import { askedOf, type Asked, type ReportSearch } from './search.ts'
import { TimeChart } from './TimeChart.tsx'
import { groupName, momentOf, valueOf } from './units.ts'
import { useReport } from './wire.ts'

type Props = { measure: string; search: ReportSearch; by?: string | undefined }

export function MeasureChart({ measure, search, by = search.by ?? 'team' }: Props) {
  const { bucket, ...whole } = askedOf(search)
  // How old a backlog is is told of one moment.
  const asked = measure === 'backlogAge' ? whole : { ...whole, bucket }
  const over = useReport(measure, { ...asked, compare: search.versus })
  const groups = useReport(measure, { ...whole, by })
  return (
    <Arrived query={over} rows={4} height={60}>
      {(report) => (
        <>
          <Over report={report} asked={asked} />
          {groups.data && groups.data.n > 0 && <ByGroup report={groups.data} asked={{ ...whole, by }} />}
        </>
      )}
    </Arrived>
  )
}

function Over({ report, asked }: { report: Report; asked: Asked }) {
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
      file={{ key, asked }}
      table={{ head, rows: table }}
    >
      <Summary report={report} asked={asked} />
      {n === 0 ? (
        <p className={styles['nothing']}>{say('reports.nothing')}</p>
      ) : asked.bucket === undefined ? null : (
        <TimeChart
          label={sayName('measure', key)}
          series={seriesOf(report, openAt)}
          ticks={rows.map(({ at = report.from }) => momentOf(at, report, true))}
          names={rows.map(({ at = report.from }) => momentOf(at, report, false))}
          format={format}
          {...(unit === 'share' ? { most: 1 } : unit === 'count' ? {} : { grain: grainOf(rows) })}
        />
      )}
    </Figure>
  )
}

/** An hour, unless all that is drawn is shorter. */
function grainOf(rows: readonly ReportRow[]): number {
  return Math.max(...rows.map(({ value, p95 }) => p95 ?? value ?? 0)) < 5_400 ? 60 : 3_600
}

/** The time before, drawn behind; it may touch one week more. */
export function pastSeries({ before, rows }: Report, tone: string): Series[] {
  if (before === null) return []
  const values = before.rows.slice(0, rows.length).map(({ value }) => value)
  return [{ key: 'past', label: say('reports.past'), values, shape: 'line', tone, isBehind: true }]
}

function seriesOf(report: Report, open: (index: number) => void): Series[] {
  const { key, rows, unit } = report
  const line = (part: 'value' | 'p90' | 'p95', label: string, tone: string, dash?: string): Series => ({
    key: part,
    label,
    values: rows.map((row) => row[part] ?? null),
    shape: 'line',
    tone,
    open,
    ...(dash === undefined ? {} : { dash }),
  })
  const past = pastSeries(report, '--text-2')
  if (unit === 'seconds')
    return [
      ...past,
      line('p95', say('reports.p95'), '--text-3', '1 3'),
      line('p90', say('reports.p90'), '--warn', '6 3'),
      line('value', say('reports.p50'), '--accent'),
    ]
  const own = line('value', sayName('measure', key), '--accent')
  if (unit === 'count') return [...past, own]
  return [
    ...past,
    {
      ...own,
      band: rows.map(({ low, high }) => (low === undefined || high === undefined ? null : { low, high })),
      young: rows.map(({ immature }) => immature === true),
    },
  ]
}

/** The whole, and what it was before. */
function Summary({ report, asked }: { report: Report; asked: Asked }) {
  const { key, unit, n, value, low, high, p90, p95, rows } = report
  const few = unit === 'seconds' && n > 0 && value === null ? rows.flatMap(({ values = [] }) => values) : []
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
      {unit === 'seconds' && n > 0 && value === null && few.length === 0 && (
        <span>{say('reports.fewPeople')}</span>
      )}
      <Change report={report} />
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
  return groupName(report.by ?? '', group)
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
