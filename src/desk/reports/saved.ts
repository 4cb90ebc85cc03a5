// What a board that is kept under a name tells of the desk today, to one reader: its measures over the window, and by its field.
import type { Desk } from '#desk/desk.ts'
import { fieldsOf, understand, type Asker, type Question, type Words } from '#desk/reports/ask.ts'
import { report, type Told } from '#desk/reports/report.ts'
import { localDate } from '#hours/zone.ts'
import type { Instant } from '#kit/time.ts'
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
function measuresIn({ board, state }: Pick<Set, 'board' | 'state'>): readonly MeasureKey[] {
  if (board === 'measure')
    return state.measure !== undefined && isMeasureKey(state.measure) ? [state.measure] : []
  return board in measuresOfBoard ? measuresOfBoard[board as keyof typeof measuresOfBoard] : []
}

/** By which field a measure is told on a board: where it is not told by the board's, by the first that it has. */
function fieldOf(key: MeasureKey, { board, state }: Set): GroupField {
  if (board === 'sla') return 'policy'
  if (board === 'assistant') return state.by ?? 'category'
  if (board !== 'people') {
    const [wanted, fields] = [state.by ?? 'team', fieldsOf(key)]
    return fields.includes(wanted) ? wanted : (fields[0] ?? wanted)
  }
  return key === 'publicReplies' || key === 'firstReplyTime' || key === 'nextReplyTime'
    ? 'author'
    : 'assignee'
}

/** Reckons a board for a reader, with what they see and no more; its window is that of `asOf`. */
export async function figuresFor(
  desk: Desk,
  db: Db,
  set: Set,
  asker: Asker,
  asOf = desk.clock.now(),
): Promise<Figures> {
  const { zone, days, asked } = await askedBy(desk, set, asOf)
  const numbers: Numbers[] = []
  for (const { over, grouped } of asked)
    numbers.push({ over: await told(desk, db, over, asker), grouped: await told(desk, db, grouped, asker) })
  return { zone, days, numbers }
}

/** What of a board cannot be told as it is set, with the place in it; null when all of it can. */
export async function misfitOf(
  desk: Desk,
  set: Set,
  asker: Asker,
): Promise<{ path: string; message: string } | null> {
  const { asked } = await askedBy(desk, set, desk.clock.now())
  for (const { over } of asked) {
    const found = await understand(desk, over, asker)
    if (!found.ok) return found
  }
  return null
}

/** The questions of a board: each measure over the window, and by its field. */
async function askedBy(desk: Desk, set: Set, asOf: Instant) {
  const { state, cond } = set
  const zone = state.zone ?? (await desk.setup.now()).desk.timeZone
  const days = daysOf(state, localDate(zone, Date.parse(asOf)))
  const words = { ...days, zone, cond, hours: state.hours, compare: state.compare ?? 'previous' }
  const asked = measuresIn(set).map((key) => {
    const bucket = key === 'backlogAge' ? undefined : (state.bucket ?? fittingBucket(days))
    return {
      over: { key, bucket, ...words },
      grouped: { key, by: fieldOf(key, set), ...words, compare: undefined },
    }
  })
  return { zone, days, asked }
}

async function told(desk: Desk, db: Db, words: Words, asker: Asker): Promise<Told> {
  return report(desk, db, await questionOf(desk, words, asker))
}

async function questionOf(desk: Desk, words: Words, asker: Asker): Promise<Question> {
  const found = await understand(desk, words, asker)
  if (!found.ok) throw new Error(`${found.path} ${found.message}`)
  return found.question
}
