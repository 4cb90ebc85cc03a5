// The clocks of an update: which agreements the ticket comes under as the rules have left it, and what its clocks say now.
// A desk without agreements pays nothing for them.
import { sceneOf } from '#desk/rules/scene.ts'
import type { Decided } from '#desk/update.ts'
import type { Instant } from '#kit/time.ts'
import type { Belonging } from '#sla/book.ts'
import { applied, judge, type Judged, type JudgedClock } from '#sla/judge.ts'
import { keepsAgreement, matchingPolicies, needsOfFilters } from '#sla/match.ts'
import type { PolicyKind, PolicyVersion } from '#sla/policy.ts'
import type { Db } from '#store/database.ts'
import { stamp } from '#tickets/decide/draft.ts'
import type { NewFact, TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import { eventsAfter } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { TicketWrite } from '#tickets/write/ticket-write.ts'

export type Clocked = {
  /** The ticket after what the agreements wrote down. */
  readonly ticket: Ticket
  readonly events: readonly TicketEvent[]
  /** Null: nothing about clocks is to be written. */
  readonly clocks: TicketWrite['clocks']
  readonly timers: TicketWrite['timers']
}

/** Judges an update that was decided and settled; `now` is the ticket after both, `earlier` reads the log before. */
export async function judgeClocks(
  db: Db,
  decided: Decided,
  earlier: () => Promise<readonly TicketEvent[]>,
): Promise<Clocked> {
  const { now, events, at, setup, updateId, content } = decided
  const isPast = content.via === 'import'
  if (setup.sla.versions.size === 0 || isPast) return { ticket: now, events: [], clocks: null, timers: [] }
  const log = [...(await earlier()), ...events]
  const facts = await appliedTo(db, decided, log)
  const actor = { type: 'system', id: null } as const
  const own = stamp(facts, { ticketId: now.id, firstSeq: now.seq + 1, at, updateId, actor })
  const ticket = own.reduce<Ticket>((each, event) => evolve(each, event), now)
  const judged = judge([...log, ...own], belongingOf(ticket), setup.sla, at)
  return { ticket, events: own, clocks: rowsOf(judged.clocks, at), timers: timersOf(judged) }
}

/** The facts that are due on a ticket at a moment: agreements that changed, warnings, breaches; and what to look at next. */
export async function clockFacts(
  db: Db,
  decided: Decided,
  cause: 'calendar_change' | null,
): Promise<{ facts: readonly NewFact[]; judged: Judged }> {
  const log = decided.content.inHand?.log ?? (await eventsAfter(db, decided.now.id, 0, null))
  const facts = await appliedTo(db, decided, log)
  const { now, at, updateId, setup } = decided
  const actor = { type: 'system', id: null } as const
  const own = stamp(facts, { ticketId: now.id, firstSeq: now.seq + 1, at, updateId, actor })
  const judged = judge([...log, ...own], belongingOf(now), setup.sla, at, cause)
  return { facts: [...facts, ...judged.due], judged }
}

export function belongingOf({ organizationId, brandId }: Ticket): Belonging {
  return { organizationId, brandId }
}

async function appliedTo(db: Db, decided: Decided, log: readonly TicketEvent[]): Promise<readonly NewFact[]> {
  const { now, setup } = decided
  if (keepsAgreement(now)) return []
  return applied(log, await matchWith(db, decided), setup.sla)
}

/** For each kind of agreement the first policy whose filter holds. */
async function matchWith(db: Db, decided: Decided): Promise<ReadonlyMap<PolicyKind, PolicyVersion>> {
  const { sla } = decided.setup
  return matchingPolicies(sla, await sceneOf(db, decided, needsOfFilters(sla)))
}

/** Clocks as rows of the ticket. */
export function rowsOf(clocks: readonly JudgedClock[], at: Instant): NonNullable<TicketWrite['clocks']> {
  const text = (ms: number | null) => (ms === null ? null : (new Date(ms).toISOString() as Instant))
  return clocks.map(({ kind, policy, ...clock }) => ({
    kind,
    metric: clock.metric,
    instance: clock.instance,
    policyId: policy.id,
    policyVersion: policy.version,
    priority: clock.priority,
    targetSeconds: clock.targetSeconds,
    state: clock.state,
    reason: clock.reason,
    elapsedMs: clock.elapsedMs,
    asOf: at,
    calendarId: clock.calendarId,
    dueAt: text(clock.dueAt),
    breachedAt: text(clock.breachedAt),
    endedAt: text(clock.endedAt),
  }))
}

export function timersOf({ nextAt }: Judged): TicketWrite['timers'] {
  return nextAt === null ? [] : [{ kind: 'sla', dueAt: nextAt }]
}
