// What a board that is kept under a name tells of the desk today, to one reader: its measures over the window, and by its field.
import type { Desk } from '#desk/desk.ts'
import { understand, type Asker, type Question, type Words } from '#desk/reports/ask.ts'
import { report, type Told } from '#desk/reports/report.ts'
import { localDate } from '#hours/zone.ts'
import {
  daysOf,
  fittingBucket,
  measuresOfBoard,
  type Board,
  type BoardState,
  type Days,
} from '#reporting/boards.ts'
import { isMeasureKey, type MeasureKey } from '#reporting/measures.ts'
import type { GroupField } from '#reporting/vocabulary.ts'
import type { Cond } from '#rules/condition.ts'
import type { Db } from '#store/database.ts'

/** What of a saved report its numbers depend on. */
export type Set = { readonly board: Board; readonly state: BoardState; readonly cond: Cond }

/** One measure: over time, with the whole and what it was before, and by the board's field. */
export type Numbers = { readonly over: Told; readonly grouped: Told }
export type Figures = { readonly zone: string; readonly days: Days; readonly numbers: readonly Numbers[] }

/** The measures of a board as it is set; none of one that tells of now. */
export function measuresIn({ board, state }: Pick<Set, 'board' | 'state'>): readonly MeasureKey[] {
  if (board === 'measure')
    return state.measure !== undefined && isMeasureKey(state.measure) ? [state.measure] : []
  return board in measuresOfBoard ? measuresOfBoard[board as keyof typeof measuresOfBoard] : []
}

/** By which field a measure is told on a board. */
function fieldOf(key: MeasureKey, { board, state }: Set): GroupField {
  if (board === 'sla') return 'policy'
  if (board !== 'people') return state.by ?? 'team'
  return key === 'publicReplies' || key === 'firstReplyTime' || key === 'nextReplyTime'
    ? 'author'
    : 'assignee'
}

/** Reckons a board for a reader, with what they see and no more. */
export async function figuresFor(desk: Desk, db: Db, set: Set, asker: Asker): Promise<Figures> {
  const { state, cond } = set
  const zone = state.zone ?? (await desk.setup.now()).desk.timeZone
  const days = daysOf(state, localDate(zone, Date.parse(desk.clock.now())))
  const words = {
    ...days,
    zone,
    cond,
    hours: state.hours,
    compare: state.compare ?? 'previous',
  }
  const numbers: Numbers[] = []
  for (const key of measuresIn(set)) {
    const bucket = key === 'backlogAge' ? undefined : (state.bucket ?? fittingBucket(days))
    const over = await told(desk, db, { key, bucket, ...words }, asker)
    const grouped = await told(desk, db, { key, by: fieldOf(key, set), ...words, compare: undefined }, asker)
    numbers.push({ over, grouped })
  }
  return { zone, days, numbers }
}

async function told(desk: Desk, db: Db, words: Words, asker: Asker): Promise<Told> {
  return report(desk, db, await questionOf(desk, words, asker))
}

async function questionOf(desk: Desk, words: Words, asker: Asker): Promise<Question> {
  const found = await understand(desk, words, asker)
  if (!found.ok) throw new Error(`${found.path} ${found.message}`)
  return found.question
}
