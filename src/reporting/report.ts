// A report: one measure over a window, by stretches of time and by a field, made of what was summed up of each. What there is too
// little of is not made up: few values have no percentile, an immature cohort says so.
import { wilson, type Interval } from '#kit/statistics.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Window } from '#reporting/buckets.ts'
import { countDifference, shareDifference, spreadOf, type Count } from '#reporting/difference.ts'
import { measures, type Measure, type MeasureKey } from '#reporting/measures.ts'
import type { BucketSize, GroupField, HoursKind } from '#reporting/vocabulary.ts'

/** Fewer values than this have no percentile: they are shown one by one. */
export const FEWEST = 10

/** Of fewer people than this it is not told how long they had tickets before them. */
export const FEWEST_PEOPLE = 3

/** What is asked. */
export type Asked = Window & {
  readonly key: MeasureKey
  readonly by: GroupField | null
  readonly bucket: BucketSize | null
  /** Which time durations are told in. */
  readonly hours: HoursKind
}

/** What was summed up of the facts of one bucket and group; of all of them where `bucket` is null. */
export type Summary = {
  /** From 0. */
  readonly bucket: number | null
  /** What tells the group apart: an id or a word; null for those without one. */
  readonly group: string | null
  readonly n: number
  /** The count where one is asked for, the hits of a share, the sum of durations. */
  readonly sum: number
  /** Null of fewer than ten. */
  readonly percentiles: readonly [p50: number, p90: number, p95: number] | null
  /** All of them where there are fewer than ten. */
  readonly values: readonly number[] | null
  /** It would tell of single people: only how much there is may be said. */
  readonly isOfFew?: boolean
}

export type ReportRow = {
  /** When the bucket begins. */
  readonly at?: Instant
  /** Absent without `by`; null for those without one. */
  readonly group?: string | null
  readonly groupKey?: string | null
  readonly n: number
  /** The count, the share or the median; null of fewer than ten durations, and of a share of none. */
  readonly value: number | null
  readonly low?: number
  readonly high?: number
  readonly p90?: number | null
  readonly p95?: number | null
  readonly mean?: number | null
  readonly values?: readonly number[]
  /** Too little time has passed to be sure. */
  readonly immature?: true
}

export type Report = Omit<Asked, 'hours'> & {
  readonly version: number
  readonly unit: Measure['unit']
  /** Null where no time is measured. */
  readonly hours: HoursKind | null
  readonly about: string
  readonly n: number
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly mean: number | null
  readonly rows: readonly ReportRow[]
}

/** The same of an earlier window, and what has changed since; no change is told where there is too little to tell one by. */
export type Before = Pick<
  Report,
  'from' | 'to' | 'n' | 'value' | 'low' | 'high' | 'p50' | 'p90' | 'p95' | 'mean' | 'rows'
> & { readonly change: Interval | null }

export type Making = {
  readonly asked: Asked
  /** When each bucket begins. */
  readonly begins: readonly Instant[]
  readonly summaries: readonly Summary[]
  /** What a group is called. */
  readonly nameOf: (group: string) => string
  readonly now: Instant
}

const NOTHING: Omit<Summary, 'bucket' | 'group'> = { n: 0, sum: 0, percentiles: null, values: null }

/** Makes the report of what was summed up. Stretches in which nothing happened are there, with nothing. */
export function makeReport(making: Making): Report {
  const { asked, begins, summaries } = making
  const measure: Measure = measures[asked.key]
  const whole = wholeOf(summaries)
  const all: Told = whole.isOfFew === true ? { value: null } : told(measure, whole)
  const { value, low = null, high = null, p90 = null, p95 = null, mean = null } = all
  return {
    ...asked,
    hours: hoursOf(measure, asked.hours),
    version: measure.version,
    unit: measure.unit,
    about: measure.about,
    n: whole.n,
    value,
    low,
    high,
    p50: measure.unit === 'seconds' ? value : null,
    p90,
    p95,
    mean,
    rows: rowsOf(making, groupsIn(summaries), begins.length),
  }
}

function wholeOf(summaries: readonly Summary[]): Summary {
  return summaries.find(({ bucket }) => bucket === null) ?? { ...NOTHING, bucket: null, group: null }
}

/** Whether it is counts that change: how sure that is, their weeks say. A backlog is no sample: its change is what it is. */
export function isCounted(key: MeasureKey): boolean {
  const { unit, source }: Measure = measures[key]
  return unit === 'count' && source.from !== 'backlog'
}

/** What was summed up, as a count; of nothing, none. */
export function countOf(summary: Pick<Summary, 'sum' | 'n'> | undefined): Count {
  return { value: summary?.sum ?? 0, things: summary?.n ?? 0 }
}

/** By how much a count or a share changed; `weeks` are those before the end of what is counted, in their order. */
export function changeOf(now: Making, past: Making, weeks: readonly Count[]): Interval | null {
  const { unit }: Measure = measures[now.asked.key]
  const [a, b] = [wholeOf(now.summaries), wholeOf(past.summaries)]
  if (unit === 'share' && !isImmature(now, now.begins.length - 1))
    return shareDifference({ hits: a.sum, n: a.n }, { hits: b.sum, n: b.n })
  if (!isCounted(now.asked.key)) return null
  const spread = spreadOf(weeks)
  return spread === null ? null : countDifference(countOf(a), countOf(b), spread)
}

function hoursOf({ unit, source }: Measure, hours: HoursKind): HoursKind | null {
  if (unit !== 'seconds') return null
  return source.from === 'ages' ||
    source.from === 'mails' ||
    source.from === 'touches' ||
    source.from === 'saved' ||
    (source.from === 'durations' && source.onlyWall === true)
    ? 'wall'
    : hours
}

/** The groups with the most in them first, those without one last. */
function groupsIn(summaries: readonly Summary[]): (string | null)[] {
  const sums = new Map<string | null, number>()
  for (const { bucket, group, n } of summaries)
    if (bucket !== null) sums.set(group, (sums.get(group) ?? 0) + n)
  return [...sums.keys()].toSorted(
    (a, b) =>
      Number(a === null) - Number(b === null) ||
      (sums.get(b) ?? 0) - (sums.get(a) ?? 0) ||
      String(a).localeCompare(String(b)),
  )
}

function rowsOf(making: Making, groups: readonly (string | null)[], count: number): ReportRow[] {
  const { asked, begins, summaries, nameOf } = making
  const measure: Measure = measures[asked.key]
  const key = (bucket: number, group: string | null) => `${bucket} ${group ?? ''} ${group === null}`
  const found = new Map(summaries.map((each) => [key(each.bucket ?? -1, each.group), each]))
  const all = asked.by === null ? [null] : groups
  return Array.from({ length: count }, (_, bucket) =>
    all.map((group): ReportRow => {
      const summary = found.get(key(bucket, group)) ?? { ...NOTHING, bucket, group }
      const isYoung = isImmature(making, bucket)
      return {
        ...(asked.bucket === null ? {} : { at: begins[bucket] ?? asked.from }),
        ...(asked.by === null ? {} : { group: group === null ? null : nameOf(group), groupKey: group }),
        n: summary.n,
        ...(isTooPersonal(asked, summary) ? { value: null } : told(measure, summary)),
        ...(isYoung ? { immature: true } : {}),
      }
    }),
  ).flat()
}

/** What a handful of customers said of one person says nothing of that person; how long a handful of people took is theirs to know. */
function isTooPersonal({ key, by }: Asked, { n, isOfFew }: Summary): boolean {
  return isOfFew === true || (key === 'csat' && by === 'assignee' && n < FEWEST)
}

function isImmature({ asked, begins, now }: Making, bucket: number): boolean {
  const { source }: Measure = measures[asked.key]
  if (!('days' in source) || source.days === 0) return false
  return (begins[bucket + 1] ?? asked.to) > plus(now, -source.days * 86_400)
}

type Told = Pick<ReportRow, 'value' | 'low' | 'high' | 'p90' | 'p95' | 'mean' | 'values'>

function told({ unit }: Measure, { n, sum, percentiles, values }: Summary): Told {
  if (unit === 'count') return { value: sum }
  if (unit === 'share') return { value: n === 0 ? null : sum / n, ...wilson(sum, n) }
  const [p50 = null, p90 = null, p95 = null] = percentiles ?? []
  const few = n < FEWEST && values !== null ? { values } : {}
  return { value: p50, p90, p95, mean: n === 0 ? null : sum / n, ...few }
}
