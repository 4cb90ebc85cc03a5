// A ticket whose past is told in one go, by the demo or an import: it stays in memory from update to update, and the database
// sees its whole life as one statement. What reads the ticket's rows writes them first.
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { PersonFacts } from '#rules/scene.ts'
import type { Setup } from '#desk/setup-cache.ts'
import { changesOf, joinedChanges } from '#reporting/changes.ts'
import { rowsOfTickets } from '#reporting/fill-store.ts'
import { reportRows } from '#reporting/rows.ts'
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

export type Held = {
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
export function holdNew(id: TicketId): Held {
  return { id, ticket: null, log: [], episodes: [], clocksAt: null, people: new Map(), unwritten: null }
}

/** Reads a held ticket anew, after it was changed together with others. */
export async function holdAgain(tx: Transaction, held: Held): Promise<void> {
  held.ticket = (await lockTickets(tx, [held.id])).get(held.id)?.ticket ?? null
  held.log.splice(0, Infinity, ...(await eventsAfter(tx, held.id, 0, null)))
  held.episodes = await episodesOfTicket(tx, held.id)
  held.clocksAt = await timerOf(tx, held.id, 'sla')
}

/** Takes an update of a held ticket. */
export async function keep(db: Db, held: Held, update: TicketWrite): Promise<void> {
  if (held.unwritten !== null && !canJoin(held.unwritten, update)) await writeHeld(db, held)
  held.ticket = update.ticket
  held.log.push(...update.events)
  held.episodes = update.ruleTimers.episodes
  held.clocksAt = update.timers.find(({ kind }) => kind === 'sla')?.dueAt ?? null
  held.unwritten = held.unwritten === null ? update : joined(held.unwritten, update)
}

/** Takes the clocks of a held ticket to which nothing but time has happened. */
export async function keepClocks(
  db: Db,
  held: Held,
  clocks: readonly ClockInsert[],
  nextAt: Instant | null,
): Promise<void> {
  const { id, unwritten } = held
  held.clocksAt = nextAt
  if (unwritten === null) return rewriteClocks(db, id, clocks, nextAt)
  const others = unwritten.timers.filter(({ kind }) => kind !== 'sla')
  const timers = nextAt === null ? others : [...others, { kind: 'sla', dueAt: nextAt }]
  held.unwritten = { ...unwritten, clocks, timers }
}

/** Takes the episodes of one rule on a held ticket to which nothing but time has happened. */
export async function keepEpisodes(
  db: Db,
  held: Held,
  ruleId: number,
  episodes: readonly NewEpisode[],
): Promise<void> {
  held.episodes = [...held.episodes.filter((each) => each.ruleId !== ruleId), ...episodes]
  const { id, unwritten } = held
  if (unwritten === null) return putEpisodes(db, id, [ruleId], episodes)
  held.unwritten = {
    ...unwritten,
    ruleTimers: { episodes: held.episodes, had: unwritten.ruleTimers.had },
  }
}

/** Writes what is held so far. */
export async function writeHeld(db: Db, held: Held | undefined): Promise<void> {
  if (held === undefined || held.unwritten === null) return
  const update = held.unwritten
  held.unwritten = null
  await writeTicket(db, update)
}

/**
 * Writes lives that were begun and told in this transaction, many in one statement. What reports read of them is reckoned once, from
 * the whole of each.
 */
export async function writeTold(tx: Transaction, lives: readonly Held[], { sla }: Setup): Promise<void> {
  const worked = workedBy(sla)
  const writes = lives.flatMap((held) => {
    const update = held.unwritten
    held.unwritten = null
    return update === null ? [] : [{ ...update, report: changesOf(NO_ROWS, reportRows(held.log, worked)) }]
  })
  await writeLives(tx, writes)
}

/** Writes how a told life goes on that is in the database already. */
export async function writeOn(tx: Transaction, held: Held, { sla }: Setup): Promise<void> {
  if (held.unwritten === null) return
  const had = (await rowsOfTickets(tx, [held.id])).get(held.id) ?? NO_ROWS
  held.unwritten = { ...held.unwritten, report: changesOf(had, reportRows(held.log, workedBy(sla))) }
  await writeHeld(tx, held)
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
