// What the address of a report says, so that a link shows the same to whoever opens it; and what it asks of the server.
import type { ReportQuery } from '../../src/api/contract/reports.ts'
import { bucketSizes, type BucketSize, type GroupField } from '../../src/reporting/vocabulary.ts'

export const boards = ['now', 'flow', 'speed', 'sla', 'quality', 'automation', 'stalls', 'taxonomy'] as const
/** These tell of now, and those of the whole desk: there is nothing to choose. */
export const boardsOfNow: readonly string[] = ['stalls', 'taxonomy']
export const boardsOfAll: readonly string[] = ['now', 'automation']
export type Board = (typeof boards)[number]
export const ranges = ['7d', '30d', '90d', '365d', 'own'] as const
export type Range = (typeof ranges)[number]
/** Those that every board can be told by. */
export const fields = [
  'team',
  'channel',
  'category',
  'priority',
  'assignee',
  'brand',
] as const satisfies readonly GroupField[]
export type Field = (typeof fields)[number]

export type ReportSearch = {
  range?: Range | undefined
  /** Days, both whole, with the range `own`. */
  from?: string | undefined
  to?: string | undefined
  bucket?: BucketSize | undefined
  by?: Field | undefined
  /** A search text. */
  only?: string | undefined
  zone?: string | undefined
  hours?: 'wall' | undefined
  versus?: 'previous' | undefined
}

/** Reads an address; what it does not understand it leaves out. */
export function readSearch(search: Record<string, unknown>): ReportSearch {
  const one = <Word extends string>(words: readonly Word[], name: string) =>
    words.find((word) => word === String(search[name]))
  const text = (name: string) => (search[name] === undefined ? undefined : String(search[name]))
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(text(name) ?? '') ? text(name) : undefined)
  const read = {
    range: one(ranges, 'range'),
    from: day('from'),
    to: day('to'),
    bucket: one(bucketSizes, 'bucket'),
    by: one(fields, 'by'),
    only: text('only'),
    zone: text('zone'),
    hours: one(['wall'] as const, 'hours'),
    versus: one(['previous'] as const, 'versus'),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as ReportSearch
}

export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
const DAY = 86_400_000

/** The days of a search, both whole. */
export function daysOf({ range = '30d', from, to, zone = ownZone }: ReportSearch): {
  from: string
  to: string
} {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date())
  if (range === 'own') return { from: from ?? shifted(today, -29), to: to ?? today }
  return { from: shifted(today, 1 - Number.parseInt(range, 10)), to: today }
}

/** The day so many days after. */
function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** As many days just before. */
export function before({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const length = Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1
  return { from: shifted(from, -length), to: shifted(from, -1) }
}

/** Days up to two months, weeks up to a year and a half, months beyond. */
function fittingBucket({ from, to }: { from: string; to: string }): BucketSize {
  const days = (Date.parse(to) - Date.parse(from)) / DAY
  return days <= 62 ? 'day' : days <= 550 ? 'week' : 'month'
}

export type Asked = ReportQuery & { from: string; to: string; zone: string }

/** What every chart of a page asks, beside what it adds. */
export function askedOf(search: ReportSearch): Asked & { bucket: BucketSize } {
  const days = daysOf(search)
  return {
    ...days,
    zone: search.zone ?? ownZone,
    bucket: search.bucket ?? fittingBucket(days),
    ...(search.only ? { filter: search.only } : {}),
    ...(search.hours ? { hours: search.hours } : {}),
  }
}
