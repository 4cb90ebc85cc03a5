// A report as screen, API, export and command all ask for it, and the list behind each of its numbers.
import type { Desk } from '#desk/desk.ts'
import { namesFor, type Question } from '#desk/reports/ask.ts'
import type { Interval } from '#kit/statistics.ts'
import { plus } from '#kit/time.ts'
import { medianDifference, medianRanks, SPREAD_WEEKS, type Count } from '#reporting/difference.ts'
import { isFilled } from '#reporting/fill-store.ts'
import { measures, type Measure } from '#reporting/measures.ts'
import { medianAt, summarise, thingsBehind, type Place, type Thing } from '#reporting/report-store.ts'
import {
  changeOf,
  countOf,
  isCounted,
  makeReport,
  type Before,
  type Making,
  type Report,
} from '#reporting/report.ts'
import type { Db } from '#store/database.ts'

export type Told = Report & {
  /** What it is compared with, where that was asked for. */
  readonly before: Before | null
  /** False while rows of older tickets are still being made. */
  readonly complete: boolean
}

const WEEK_SECONDS = 7 * 86_400

/** Answers a question. */
export async function report(desk: Desk, db: Db, question: Question): Promise<Told> {
  const { asked, begins, earlier, scope } = question
  const nameOf = namesFor(await desk.setup.now(), asked.by)
  const make = async (stretches: Pick<Making, 'asked' | 'begins'>): Promise<Making> => {
    const summaries = await summarise(db, stretches.asked, stretches.begins, scope)
    return { ...stretches, summaries, nameOf, now: scope.now }
  }
  const making = await make({ asked, begins })
  const past = earlier === null ? null : await make(earlier)
  const told = makeReport(making)
  return {
    ...told,
    before: past === null ? null : await beforeOf(db, question, making, past),
    complete: await isFilled(db),
  }
}

async function beforeOf(db: Db, { scope }: Question, now: Making, past: Making): Promise<Before> {
  const { from, to, n, value, low, high, p50, p90, p95, mean, rows } = makeReport(past)
  const weeks = isCounted(now.asked.key) ? await weeksBefore(db, now.asked, scope) : []
  const change = changeOf(now, past, weeks) ?? (await medianChange(db, scope, now, past))
  return { from, to, n, value, low, high, p50, p90, p95, mean, rows, change }
}

/** A count in each of the weeks before the end of a window, or before now, whether or not they are of it. */
export async function weeksBefore(
  db: Db,
  asked: Making['asked'],
  scope: Question['scope'],
): Promise<Count[]> {
  const to = asked.to < scope.now ? asked.to : scope.now
  const begins = Array.from({ length: SPREAD_WEEKS }, (_, week) =>
    plus(to, (week - SPREAD_WEEKS) * WEEK_SECONDS),
  )
  const from = begins[0] ?? to
  const found = await summarise(db, { ...asked, from, to, by: null }, begins, scope)
  const by = new Map(found.map((each) => [each.bucket, each]))
  return begins.map((_, bucket) => countOf(by.get(bucket)))
}

/** Of durations: by how much the median changed, drawn again where their values are. */
async function medianChange(
  db: Db,
  scope: Question['scope'],
  now: Making,
  past: Making,
): Promise<Interval | null> {
  const [a, b] = [makeReport(now), makeReport(past)]
  const { source }: Measure = measures[now.asked.key]
  // Of what is there at an end there is no sample, and the two ends share their tickets.
  if (source.from === 'ages') return null
  if (a.p50 === null || b.p50 === null) return null
  const drawn = (asked: Making['asked'], n: number, which: 'now' | 'before') =>
    medianAt(db, asked, scope, medianRanks(n, which))
  return medianDifference(
    { median: a.p50, drawn: await drawn(now.asked, a.n, 'now') },
    { median: b.p50, drawn: await drawn(past.asked, b.n, 'before') },
  )
}

/** Which number: of the bucket that begins at `at`, of a group; of all where they are not given. */
export type Which = { readonly at?: string | undefined; readonly group?: string | null | undefined }

/** What a number counts, the oldest first; null when the report has no such bucket. */
export async function behindNumber(
  db: Db,
  { asked, begins, scope }: Question,
  { at, group }: Which,
  page: { readonly limit: number; readonly after: Place | null },
): Promise<Thing[] | null> {
  const place = at === undefined ? -1 : begins.findIndex((begin) => Date.parse(begin) === Date.parse(at))
  if (at !== undefined && place === -1) return null
  const { source }: Measure = measures[asked.key]
  // A backlog is as it stood at an end: what counts is the end alone.
  const from = begins[place] ?? asked.from
  const to = at === undefined ? asked.to : (begins[place + 1] ?? asked.to)
  const window = source.from === 'backlog' || source.from === 'ages' ? { from: asked.from, to } : { from, to }
  return thingsBehind(db, asked, { window, group }, scope, page)
}
