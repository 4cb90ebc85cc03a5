// What the address of a report says, so that a link shows the same to whoever opens it; and what it asks of the server.
import type { ReportQuery } from '../../src/api/contract/reports.ts'
import type { NewSavedReport, SavedReport } from '../../src/api/contract/saved.ts'
import {
  boardFields,
  comparisons,
  daysOf as daysWhen,
  fittingBucket,
  ranges,
  type Board,
  type BoardField,
  type Comparison,
  type Range,
} from '../../src/reporting/boards.ts'
import { bucketSizes, type BucketSize } from '../../src/reporting/vocabulary.ts'

/** These tell of now, and those of the whole desk: there is nothing to choose. */
export const boardsOfNow: readonly string[] = ['stalls', 'taxonomy']
export const boardsOfAll: readonly string[] = ['now', 'automation']

export type ReportSearch = {
  range?: Range | undefined
  /** Days, both whole, with the range `own`. */
  from?: string | undefined
  to?: string | undefined
  bucket?: BucketSize | undefined
  by?: BoardField | undefined
  /** A search text. */
  only?: string | undefined
  zone?: string | undefined
  hours?: 'wall' | undefined
  versus?: Comparison | undefined
  /** Of the board that tells one. */
  measure?: string | undefined
  /** The saved report that was opened. */
  saved?: string | undefined
}

/** Reads an address; what it does not understand it leaves out. */
export function readSearch(search: Readonly<Record<string, unknown>>): ReportSearch {
  const one = <Word extends string>(words: readonly Word[], name: string) =>
    words.find((word) => word === String(search[name]))
  const text = (name: string) => (search[name] === undefined ? undefined : String(search[name]))
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(text(name) ?? '') ? text(name) : undefined)
  return {
    range: one(ranges, 'range'),
    from: day('from'),
    to: day('to'),
    bucket: one(bucketSizes, 'bucket'),
    by: one(boardFields, 'by'),
    only: text('only'),
    zone: text('zone'),
    hours: one(['wall'] as const, 'hours'),
    versus: one(comparisons, 'versus'),
    measure: text('measure'),
    saved: /^\d+$/.test(text('saved') ?? '') ? text('saved') : undefined,
  }
}

export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

/** The days of a search, both whole. */
export function daysOf({ zone = ownZone, ...state }: ReportSearch): { from: string; to: string } {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date())
  return daysWhen(state, today)
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

type Kept = Required<Pick<NewSavedReport, 'board' | 'state' | 'filter'>>

/** What is kept of a board as it is set: relative words, and whose days are meant. */
export function keptOf(board: Board, search: ReportSearch): Kept {
  const { range, from, to, bucket, by, only = '', zone = ownZone, hours, versus: compare, measure } = search
  const state = {
    range,
    ...(range === 'own' ? { from, to } : {}),
    bucket,
    by,
    zone,
    hours,
    compare,
    ...(board === 'measure' ? { measure: measure ?? FIRST_MEASURE } : {}),
  }
  const said = Object.entries(state).filter(([, value]) => value !== undefined)
  return { board, state: Object.fromEntries(said), filter: only }
}

/** What one measure is told of before another one is chosen. */
export const FIRST_MEASURE = 'firstReplyTime'

/** The address of a saved report. */
export function searchOf({ id, state, filter }: SavedReport): ReportSearch {
  const { zone, hours, compare, ...rest } = state
  return {
    ...rest,
    zone: zone === ownZone ? undefined : zone,
    hours: hours === 'wall' ? hours : undefined,
    versus: compare,
    only: filter === '' ? undefined : filter,
    saved: String(id),
  }
}

/** Whether a board is still set as it was saved. */
export function isAsSaved(report: SavedReport, board: Board, search: ReportSearch): boolean {
  const told = ({ state, ...rest }: Kept) =>
    JSON.stringify([rest.board, rest.filter, Object.entries(state).toSorted(([a], [b]) => (a < b ? -1 : 1))])
  return told(keptOf(board, search)) === told(keptOf(report.board, searchOf(report)))
}
