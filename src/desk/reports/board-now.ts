// What the boards that tell of now say to one reader, for a mail of them: within what they see, as the report is set.
import type { Desk } from '#desk/desk.ts'
import { understand, type Asker } from '#desk/reports/ask.ts'
import { rulesFared, type RuleFared } from '#desk/reports/automation.ts'
import type { Set } from '#desk/reports/saved.ts'
import { stallsOf, type Stalls } from '#desk/reports/stalls.ts'
import { taxonomyOf, type Taxonomy } from '#desk/reports/taxonomy.ts'
import type { Instant } from '#kit/time.ts'
import { liveBoard, type LiveBoard } from '#reporting/live-store.ts'
import { liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import type { Db } from '#store/database.ts'

type Found =
  | { readonly board: 'now'; readonly told: LiveBoard }
  | { readonly board: 'automation'; readonly told: readonly RuleFared[] }
  | { readonly board: 'stalls'; readonly told: Stalls }
  | { readonly board: 'taxonomy'; readonly told: Taxonomy }

/** A board as it stood at a moment. */
export type BoardNow = Found & { readonly at: Instant; readonly zone: string }

/** The board as it stands now; null of one that tells of a window. */
export async function boardNow(desk: Desk, db: Db, set: Set, asker: Asker): Promise<BoardNow | null> {
  const at = desk.clock.now()
  const zone = set.state.zone ?? (await desk.setup.now()).desk.timeZone
  const found = await look(desk, db, set, asker)
  return found === null ? null : { ...found, at, zone }
}

async function look(desk: Desk, db: Db, set: Set, asker: Asker): Promise<Found | null> {
  const { board } = set
  const now = desk.clock.now()
  const setup = await desk.setup.now()
  if (board === 'now') return { board, told: await liveBoard(db, now, asker.reader) }
  if (board === 'automation') {
    const rules = (await readRulebook(db, await liveVersion(db)))?.rules ?? []
    return { board, told: await rulesFared(db, rules, setup, now) }
  }
  if (board !== 'stalls' && board !== 'taxonomy') return null
  const question = await understand(desk, { key: 'backlog', zone: set.state.zone, cond: set.cond }, asker)
  if (!question.ok) throw new Error(`${question.path} ${question.message}`)
  return board === 'stalls'
    ? { board, told: await stallsOf(desk, db, question.question) }
    : { board, told: await taxonomyOf(db, question.question, setup) }
}
