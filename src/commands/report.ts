// `report`: one measure as the screen and the API tell it, over the whole desk. `rebuild reports`: its rows made anew.
import { setTimeout as pause } from 'node:timers/promises'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDesk } from '#commands/with-desk.ts'
import { understand } from '#desk/reports/ask.ts'
import { askReportFill, fillNext } from '#desk/reports/fill.ts'
import { report, type Told } from '#desk/reports/report.ts'
import type { PersonId } from '#kit/ids.ts'
import { findFill } from '#reporting/fill-store.ts'
import { comparisons } from '#reporting/boards.ts'
import { isSure } from '#reporting/difference.ts'
import { measureKeys, measures } from '#reporting/measures.ts'
import type { Report, ReportRow } from '#reporting/report.ts'
import { hoursKinds } from '#reporting/vocabulary.ts'

const EX_USAGE = 64

/** Whoever can run commands here sees all of the desk. */
const WHOLE = {
  reader: { agentId: 0 as PersonId, sees: 'all', teamIds: [], limits: null },
  people: 'everybody',
} as const

export const reportCommand: Command = {
  usage:
    'report KEY [--from D] [--to D] [--zone Z] [--filter Q] [--by FIELD] [--bucket day|week|month] [--hours business|wall] [--compare previous|year] [--json]',
  about: `Tells one measure of the desk, of the last 30 days unless said: a day counts whole at either end, a moment excludes the end.
${measureKeys.map((key) => `  ${key}: ${measures[key].about}`).join('\n')}`,
  run: async (args) => {
    const text = { type: 'string' } as const
    const { values, positionals } = readArguments(reportCommand, args, {
      from: text,
      to: text,
      zone: text,
      filter: text,
      by: text,
      bucket: text,
      hours: { type: 'string', default: 'business' },
      compare: text,
      json: { type: 'boolean' },
    })
    const [key] = positionals
    const { json, hours: named, compare: versus, ...words } = values
    const hours = hoursKinds.find((each) => each === named)
    const compare = comparisons.find((each) => each === versus)
    if (key === undefined || positionals.length > 1 || hours === undefined || compare !== versus)
      throw new Stop(EX_USAGE, `Usage: ./docket ${reportCommand.usage}\nKeys: ${measureKeys.join(', ')}`)
    const answer = await withDesk(async (desk) => {
      const found = await understand(desk, { key, hours, compare, ...words }, WHOLE)
      if (!found.ok)
        throw new Stop(EX_USAGE, found.path === 'key' ? found.message : `${found.path} ${found.message}`)
      return report(desk, desk.database, found.question)
    })
    console.log(json === true ? JSON.stringify(answer, null, 2) : linesOf(answer).join('\n'))
    if (!answer.complete)
      console.error('Rows of older tickets are still being made: the numbers are not whole yet.')
  },
}

export const rebuildReports: Command = {
  usage: 'rebuild reports',
  about:
    'Makes the rows that reports read anew from the logs, while the desk works; says how many tickets had others.',
  run: async (args) => {
    readArguments(rebuildReports, args, {})
    const { done, changed } = await withDesk(async (desk) => {
      const id = await askReportFill(desk, desk.database)
      for (;;) {
        const fill = await findFill(desk.database, id)
        if (fill === null || fill.finishedAt !== null) return fill ?? { done: 0, changed: 0 }
        // A desk that works does it at the same time, batch by batch.
        if ((await fillNext(desk)) === null) await pause(100)
      }
    })
    console.log(`${done} tickets looked at, ${changed} had other rows.`)
  },
}

function linesOf(answer: Told): string[] {
  const { key, about, from, to, zone, n, unit, hours, rows, before } = answer
  const time = hours === null ? '' : `, in ${hours} time`
  const whole = unit === 'seconds' ? { ...answer, value: answer.p50 } : answer
  return [
    `${key}: ${about}`,
    `${from} to ${to} (${zone})${time}. ${n === 0 ? 'There is nothing to tell of.' : `All: ${numbers(answer, whole)}`}`,
    ...(before === null ? [] : [beforeLine(answer, before)]),
    ...(answer.bucket === null && answer.by === null ? fewOf(rows) : rows.map((row) => lineOf(answer, row))),
  ]
}

function beforeLine(answer: Report, before: NonNullable<Told['before']>): string {
  const { from, to, n, change } = before
  const told = (value: number) =>
    answer.unit === 'share' ? `${(value * 100).toFixed(1)} points` : String(Math.round(value))
  const changed =
    change === null
      ? 'too little to tell a change by'
      : `change ${told(change.value)} (95 %: ${told(change.low)} to ${told(change.high)}${isSure(change) ? '' : ', perhaps chance'})`
  return `${from} to ${to}: ${n === 0 ? 'nothing' : numbers(answer, before)}; ${changed}`
}

function fewOf([row]: readonly ReportRow[]): string[] {
  return row?.values === undefined || row.values.length === 0
    ? []
    : [`Too few for percentiles. Seconds: ${row.values.join(', ')}`]
}

function lineOf(answer: Report, row: ReportRow): string {
  const where = [row.at?.slice(0, 16), row.group === null ? 'none' : row.group].filter(
    (each) => each !== undefined,
  )
  return `  ${where.join('  ')}  ${numbers(answer, row)}${row.immature === true ? '  (too early to be sure)' : ''}`
}

type Numbers = Pick<ReportRow, 'n' | 'value' | 'p90' | 'p95' | 'mean'> & {
  readonly low?: number | null
  readonly high?: number | null
}

function numbers({ unit }: Report, { n, value, low, high, p90, p95, mean }: Numbers): string {
  if (unit === 'count') return String(value ?? 0)
  if (value === null) return `n ${n}`
  if (unit === 'share')
    return `${percent(value)} (95 %: ${percent(low ?? 0)} to ${percent(high ?? 1)}), n ${n}`
  return `p50 ${value} s, p90 ${p90} s, p95 ${p95} s, mean ${Math.round(mean ?? 0)} s, n ${n}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
