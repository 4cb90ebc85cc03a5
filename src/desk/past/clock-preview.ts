// What publishing a policy or a calendar would do: the clocks of tickets judged by the book as it is and by the draft, side by
// side. The same code judges live.
import type { Desk } from '#desk/desk.ts'
import { wholeTickets } from '#backtest/past-store.ts'
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import { atRest, sceneOf } from '#backtest/scene.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import { belongingOf } from '#desk/sla/clocks.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import type { SlaBook } from '#sla/book.ts'
import { applied, judge, type JudgedClock } from '#sla/judge.ts'
import { matchingPolicies, needsOfFilters } from '#sla/match.ts'
import { ticketsToPreview } from '#sla/recompute-store.ts'
import type { Db } from '#store/database.ts'
import { giveWay } from '#store/live-work.ts'
import { stamp } from '#tickets/decide/draft.ts'
import { ticketsById, type TicketRow } from '#tickets/ticket-store.ts'

const MOST = 3_000
const AT_ONCE = 200
const MONTH = 30 * 86_400
const SHOWN = 100

export type ChangeKind = 'later' | 'earlier' | 'breached' | 'unbreached' | 'started' | 'cancelled'
export type Moved = {
  readonly row: TicketRow
  readonly metric: JudgedClock['metric']
  readonly from: number | null
  readonly to: number | null
}
type Tally = { met: number; missed: number }
export type ClockPreview = {
  readonly tickets: number
  readonly capped: boolean
  readonly changes: ReadonlyMap<ChangeKind, { count: number; clocks: Moved[] }>
  readonly wouldHaveMet: ReadonlyMap<JudgedClock['metric'], { now: Tally; drafted: Tally }>
}

/** Compares the clocks under the draft book with those under the live one, of tickets that the reader sees. */
export async function previewBook(desk: Desk, db: Db, draft: SlaBook, reader: Reader): Promise<ClockPreview> {
  const live = await liveConfiguration(desk, db)
  const at = desk.clock.now()
  const ids = await ticketsToPreview(db, reader, plus(at, -MONTH), MOST + 1)
  const changes: Map<ChangeKind, { count: number; clocks: Moved[] }> = new Map()
  const wouldHaveMet: Map<JudgedClock['metric'], { now: Tally; drafted: Tally }> = new Map()
  for (let start = 0; start < Math.min(ids.length, MOST); start += AT_ONCE) {
    const some = ids.slice(start, Math.min(start + AT_ONCE, MOST))
    const pasts = await wholeTickets(db, some, at)
    const byId = new Map(pasts.map((past) => [past.log[0]?.ticketId, past]))
    for (const row of await ticketsById(db, some)) {
      const past = byId.get(row.ticket.id)
      if (past === undefined) continue
      const now = judge(past.log, belongingOf(row.ticket), live.sla, at).clocks
      const then = underDraft(past, row, { ...live, sla: draft }, at)
      if (row.ticket.status !== 'closed') note(changes, row, now, then)
      if (row.ticket.openedAt >= plus(at, -MONTH)) count(wouldHaveMet, now, then)
    }
    await giveWay(0)
  }
  return { tickets: Math.min(ids.length, MOST), capped: ids.length > MOST, changes, wouldHaveMet }
}

/** As if the draft had always been there: each agreement is applied where the log applied one, or at the opening. */
function underDraft(
  past: PastTicket,
  { ticket }: TicketRow,
  drafted: Configuration,
  at: Instant,
): readonly JudgedClock[] {
  const { log } = past
  const [opening] = log
  if (opening === undefined) return []
  const { sla } = drafted
  const actor = { type: 'system', id: null } as const
  const scene = sceneOf(past, drafted, atRest(ticket, { at, log, actor }), needsOfFilters(sla))
  const without = log.filter(({ kind }) => kind !== 'sla_applied')
  const facts = applied(without, matchingPolicies(sla, scene), sla)
  const place = { ticketId: ticket.id, firstSeq: 0, at: opening.at, updateId: opening.updateId }
  const own = stamp(facts, { ...place, actor })
  const ofOpening = without.findLastIndex(({ updateId }) => updateId === opening.updateId) + 1
  const rewritten = [...without.slice(0, ofOpening), ...own, ...without.slice(ofOpening)]
  return judge(rewritten, belongingOf(ticket), sla, at).clocks
}

const keyOf = ({ kind, metric, instance }: JudgedClock) => `${kind} ${metric} ${instance}`
const isLive = ({ state }: JudgedClock) => state === 'running' || state === 'paused'

function note(
  changes: Map<ChangeKind, { count: number; clocks: Moved[] }>,
  row: TicketRow,
  now: readonly JudgedClock[],
  then: readonly JudgedClock[],
): void {
  const before = new Map(now.filter(isLive).map((clock) => [keyOf(clock), clock]))
  const after = new Map(then.filter(isLive).map((clock) => [keyOf(clock), clock]))
  const add = (kind: ChangeKind, { metric }: JudgedClock, from: number | null, to: number | null) => {
    const found = changes.get(kind) ?? { count: 0, clocks: [] }
    changes.set(kind, found)
    if (found.count++ < SHOWN) found.clocks.push({ row, metric, from, to })
  }
  for (const [key, clock] of after) {
    const old = before.get(key)
    if (old === undefined) add('started', clock, null, clock.dueAt)
    else if (old.breachedAt === null && clock.breachedAt !== null)
      add('breached', clock, old.dueAt, clock.dueAt)
    else if (old.breachedAt !== null && clock.breachedAt === null)
      add('unbreached', clock, old.dueAt, clock.dueAt)
    else if ((clock.dueAt ?? 0) > (old.dueAt ?? 0)) add('later', clock, old.dueAt, clock.dueAt)
    else if ((clock.dueAt ?? 0) < (old.dueAt ?? 0)) add('earlier', clock, old.dueAt, clock.dueAt)
  }
  for (const [key, clock] of before) if (!after.has(key)) add('cancelled', clock, clock.dueAt, null)
}

function count(
  tallies: Map<JudgedClock['metric'], { now: Tally; drafted: Tally }>,
  now: readonly JudgedClock[],
  then: readonly JudgedClock[],
): void {
  for (const [which, clocks] of [
    ['now', now],
    ['drafted', then],
  ] as const)
    for (const { metric, state, breachedAt } of clocks) {
      const tally = tallies.get(metric) ?? { now: { met: 0, missed: 0 }, drafted: { met: 0, missed: 0 } }
      tallies.set(metric, tally)
      if (state === 'met') tally[which].met++
      else if (state === 'missed' || breachedAt !== null) tally[which].missed++
    }
}
