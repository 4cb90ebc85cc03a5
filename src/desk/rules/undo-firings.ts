// Taking back what rules of a version made of tickets: tried first, then ticket by ticket as one batch. What was mailed stays mailed.
import { act, contextOf, momentFor } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { By, Outcome } from '#desk/update.ts'
import type { BatchId, TicketId, UpdateId } from '#kit/ids.ts'
import { madeByFirings } from '#rules/firings.ts'
import type { FiringsOf } from '#tickets/bulk-store.ts'
import { sentByRules, ticketsChangedBy, type RulesOf } from '#rules/health-store.ts'
import { judgesSince, readRulebook } from '#rules/rulebook-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { decide } from '#tickets/decide.ts'
import { stamp } from '#tickets/decide/draft.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { replay } from '#tickets/evolve.ts'
import { eventsAfter, eventsOfTickets, lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** So many tickets are tried before; the newest. */
const TRIED = 500
const MOST_TICKETS = 100_000

/** What taking back would do, as far as it was tried. */
export type UndoPreview = {
  /** Tickets on which the rules changed something; 100,000 at most. */
  readonly tickets: number
  readonly tried: number
  readonly firings: number
  /** Tickets of which something would go back. */
  readonly restored: number
  /** How many tickets keep a field because somebody changed it since, by field. */
  readonly changedSince: Readonly<Record<string, number>>
  /** Tickets that refuse the undo altogether, by the name of the refusal. */
  readonly refused: Readonly<Record<string, number>>
  /** What these firings sent, on whatever ticket: it stays. */
  readonly mails: number
  readonly webhooks: number
  readonly sample: readonly TicketId[]
}

/** The tickets on which firings changed something, the newest first; null for a version that never was live, or a rule it has not. */
export async function ticketsOfFirings(db: Db, of: FiringsOf): Promise<number[] | null> {
  const rules = await rulesOf(db, of)
  return rules === null ? null : ticketsChangedBy(db, rules, MOST_TICKETS)
}

async function rulesOf(db: Db, { version, ruleId }: FiringsOf): Promise<RulesOf | null> {
  const [since, book] = [await judgesSince(db, version), await readRulebook(db, version)]
  const ruleIds = book?.rules.map(({ id }) => id).filter((id) => ruleId === null || id === ruleId) ?? []
  return since === null || ruleIds.length === 0 ? null : { version, ruleIds, since }
}

/** Tries it on the newest of those tickets. Writes nothing. */
export async function previewUndo(
  desk: Desk,
  db: Db,
  of: FiringsOf,
  { by, ids }: { by: By; ids: readonly number[] },
): Promise<UndoPreview> {
  const logs = await eventsOfTickets(db, ids.slice(0, TRIED))
  const setup = await desk.setup.now()
  const [changedSince, refused] = [new Map<string, number>(), new Map<string, number>()]
  const sample: TicketId[] = []
  let [restored, firings] = [0, 0]
  for (const [id, log] of logs) {
    const tried = tryOn(log, of, (ticket) => contextOf(by, momentFor(ticket, desk.clock.now()), setup, {}))
    firings += tried.firings
    for (const field of tried.changedSince) count(changedSince, field)
    if (tried.refusal !== null) count(refused, tried.refusal)
    if (!tried.isRestored) continue
    restored++
    if (sample.length < 10) sample.push(id as TicketId)
  }
  const rules = await rulesOf(db, of)
  const sent = rules === null ? { mails: 0, webhooks: 0 } : await sentByRules(db, rules)
  return {
    tickets: ids.length,
    tried: logs.size,
    firings,
    restored,
    changedSince: Object.fromEntries(changedSince),
    refused: Object.fromEntries(refused),
    ...sent,
    sample,
  }
}

type Tried = {
  readonly firings: number
  readonly isRestored: boolean
  readonly changedSince: ReadonlySet<string>
  readonly refusal: string | null
}

/** One ticket's undos, the newest first, each after the others. */
function tryOn(
  recorded: readonly TicketEvent[],
  of: FiringsOf,
  context: (ticket: Ticket) => ReturnType<typeof contextOf>,
): Tried {
  const log = [...recorded]
  const changedSince = new Set<string>()
  let [isRestored, refusal, firings] = [false, null as string | null, 0]
  for (const made of madeByFirings(log, of)) {
    firings += made.firings
    const ticket = replay(log)
    const under = context(ticket)
    const decision = decide(ticket, undoOf(made, 0 as BatchId), { ...under, facts: { log } })
    if (!decision.ok) {
      refusal = decision.refusal.name
      continue
    }
    const stamped = stamp(decision.events, {
      ticketId: ticket.id,
      firstSeq: ticket.seq + 1,
      at: under.at,
      updateId: 0 as UpdateId,
      actor: under.actor,
    })
    log.push(...stamped)
    for (const event of stamped) {
      if (event.kind !== 'undone') continue
      isRestored ||= event.payload.restores.length > 0
      event.payload.changedSince.forEach((field) => changedSince.add(field))
    }
  }
  return { firings, isRestored, changedSince, refusal }
}

/** Takes back what the firings made of one ticket, an undo for each update. Refused when nothing of it stands. */
export async function undoFirings(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  of: FiringsOf,
  by: By,
): Promise<Outcome> {
  await lockTickets(tx, [ticketId])
  const batchId = (await desk.ids.next()) as BatchId
  let last: Outcome = { ok: false, refusal: { name: 'not_found', what: 'change' } }
  for (const made of madeByFirings(await eventsAfter(tx, ticketId, 0, null), of)) {
    const log = await eventsAfter(tx, ticketId, 0, null)
    const outcome = await act(desk, tx, ticketId, undoOf(made, batchId), by, { facts: { log } })
    if (outcome.ok || !last.ok) last = outcome
  }
  return last
}

const undoOf = ({ updateId, seqs }: { updateId: UpdateId; seqs: readonly number[] }, batchId: BatchId) =>
  ({ kind: 'undo', updateId, only: seqs, batchId }) as const

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
