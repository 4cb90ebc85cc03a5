// A ticket whose past is told in one go, by the demo or an import: it stays in memory from update to update, and the database
// sees its whole life as one statement. What reads the ticket's rows writes them first.
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { PersonFacts } from '#rules/scene.ts'
import type { Setup } from '#desk/setup-cache.ts'
import { changesOf, joinedChanges } from '#reporting/changes.ts'
import { rowsOfTickets } from '#reporting/fill-store.ts'
import { folded } from '#reporting/rows.ts'
import { workedBy } from '#reporting/worked.ts'
import { episodesOfTicket, putEpisodes } from '#rules/timer-store.ts'
import type { ClockInsert } from '#tickets/write/clock-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { eventsAfter, lockTickets } from '#tickets/ticket-store.ts'
import { timerOf } from '#tickets/timer-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { NewEpisode, TicketWrite } from '#tickets/write/ticket-write.ts'
import { rewriteClocks, writeLives, writeTicket } from '#tickets/write/write-store.ts'

export type InHand = {
  readonly id: TicketId
  /** Null until it is opened. */
  ticket: Ticket | null
  readonly log: TicketEvent[]
  episodes: readonly NewEpisode[]
  /** When the clocks are to be looked at. */
  clocksAt: Instant | null
  readonly people: Map<number, PersonFacts>
  /** What has happened and is not in the database yet. */
  unwritten: TicketWrite | null
}

/** Begins a ticket under a number that was drawn for it. Only the transaction that holds it may know of it until then. */
export function newInHand(id: TicketId): InHand {
  return { id, ticket: null, log: [], episodes: [], clocksAt: null, people: new Map(), unwritten: null }
}

/** Reads a ticket in hand anew, after it was changed together with others. */
export async function readAgain(tx: Transaction, inHand: InHand): Promise<void> {
  inHand.ticket = (await lockTickets(tx, [inHand.id])).get(inHand.id)?.ticket ?? null
  inHand.log.splice(0, Infinity, ...(await eventsAfter(tx, inHand.id, 0, null)))
  inHand.episodes = await episodesOfTicket(tx, inHand.id)
  inHand.clocksAt = await timerOf(tx, inHand.id, 'sla')
}

/** Takes an update of a ticket in hand. */
export async function keep(db: Db, inHand: InHand, update: TicketWrite): Promise<void> {
  if (inHand.unwritten !== null && !canJoin(inHand.unwritten, update)) await writeInHand(db, inHand)
  inHand.ticket = update.ticket
  inHand.log.push(...update.events)
  inHand.episodes = update.ruleTimers.episodes
  inHand.clocksAt = update.timers.find(({ kind }) => kind === 'sla')?.dueAt ?? null
  inHand.unwritten = inHand.unwritten === null ? update : joined(inHand.unwritten, update)
}

/** Takes the clocks of a ticket in hand to which nothing but time has happened. */
export async function keepClocks(
  db: Db,
  inHand: InHand,
  clocks: readonly ClockInsert[],
  nextAt: Instant | null,
): Promise<void> {
  const { id, unwritten } = inHand
  inHand.clocksAt = nextAt
  if (unwritten === null) return rewriteClocks(db, id, clocks, nextAt)
  const others = unwritten.timers.filter(({ kind }) => kind !== 'sla')
  const timers = nextAt === null ? others : [...others, { kind: 'sla', dueAt: nextAt }]
  inHand.unwritten = { ...unwritten, clocks, timers }
}

/** Takes the episodes of one rule on a ticket in hand to which nothing but time has happened. */
export async function keepEpisodes(
  db: Db,
  inHand: InHand,
  ruleId: number,
  episodes: readonly NewEpisode[],
): Promise<void> {
  inHand.episodes = [...inHand.episodes.filter((each) => each.ruleId !== ruleId), ...episodes]
  const { id, unwritten } = inHand
  if (unwritten === null) return putEpisodes(db, id, [ruleId], episodes)
  inHand.unwritten = {
    ...unwritten,
    ruleTimers: { episodes: inHand.episodes, had: unwritten.ruleTimers.had },
  }
}

/** Writes what of it is unwritten. */
export async function writeInHand(db: Db, inHand: InHand | undefined): Promise<void> {
  if (inHand === undefined || inHand.unwritten === null) return
  const update = inHand.unwritten
  inHand.unwritten = null
  await writeTicket(db, update)
}

/**
 * Writes lives that were begun and told in this transaction, many in one statement. What reports read of them is reckoned once, from
 * the whole of each.
 */
export async function writeTold(tx: Transaction, lives: readonly InHand[], setup: Setup): Promise<void> {
  await writeWhole(
    tx,
    lives.flatMap((inHand) => wholeOf(inHand, setup) ?? []),
  )
}

/** A whole life as it is to be written, with what reports read of it; null when nothing of it is unwritten. Asks nothing of the database. */
export function wholeOf(inHand: InHand, { sla }: Setup): TicketWrite | null {
  const update = inHand.unwritten
  inHand.unwritten = null
  if (update === null) return null
  const { rows, fold } = folded(inHand.log, workedBy(sla))
  return { ...update, report: changesOf(NO_ROWS, rows), fold }
}

/** Writes whole lives, many in one statement. */
export async function writeWhole(tx: Transaction, lives: readonly TicketWrite[]): Promise<void> {
  await writeLives(tx, lives)
}

/** Writes how a told life goes on that is in the database already. */
export async function writeOn(tx: Transaction, inHand: InHand, { sla }: Setup): Promise<void> {
  if (inHand.unwritten === null) return
  const had = (await rowsOfTickets(tx, [inHand.id])).get(inHand.id) ?? NO_ROWS
  const { rows, fold } = folded(inHand.log, workedBy(sla))
  inHand.unwritten = { ...inHand.unwritten, report: changesOf(had, rows), fold }
  await writeInHand(tx, inHand)
}

const NO_ROWS = { spans: [], facts: [] }

/** What leaves the desk belongs to one update. */
function canJoin(one: TicketWrite, next: TicketWrite): boolean {
  return ![one, next].some(
    ({ outbox, deliveries, links }) => outbox.length + deliveries.length + links.length > 0,
  )
}

function joined(one: TicketWrite, next: TicketWrite): TicketWrite {
  return {
    ...next,
    fresh: one.fresh,
    events: [...one.events, ...next.events],
    lastMessageSeq: next.lastMessageSeq ?? one.lastMessageSeq,
    subjects: [...one.subjects, ...next.subjects],
    subjectText: next.subjectText ?? one.subjectText,
    fieldValues: [...one.fieldValues, ...next.fieldValues],
    messages: [...one.messages, ...next.messages],
    hadTimers: one.hadTimers,
    ruleTimers: { episodes: next.ruleTimers.episodes, had: one.ruleTimers.had },
    clocks: next.clocks ?? one.clocks,
    report: joinedChanges(one.report, next.report),
    dueIn: [...new Set([...one.dueIn, ...next.dueIn])],
  }
}
