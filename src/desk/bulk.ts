// The lane of bulk changes: some tickets at a time, each through act like any other change, with what became of it noted.
import { act } from '#desk/act.ts'
import type { By, Outcome } from '#desk/update.ts'
import { undo } from '#desk/act-many.ts'
import { undoFirings } from '#desk/rules/undo-firings.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { can, sees, type Principal } from '#people/can.ts'
import { agentsInConflict } from '#routing/conflict-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'
import {
  claimBulkJob,
  endBulkJob,
  finishItem,
  waitingItems,
  type FiringsOf,
  type ItemState,
} from '#tickets/bulk-store.ts'
import type { Changes } from '#tickets/command.ts'
import { findTicket } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Tickets of one transaction: they stay locked for some tens of milliseconds. */
const AT_ONCE = 20

type Item = { readonly ticketId: TicketId; readonly seq: number | null }
type Became = { readonly state: ItemState; readonly reason: string | null; readonly seq: number | null }
type Work = {
  readonly change: Changes | null
  readonly firings: FiringsOf | null
  readonly principal: Principal
  readonly by: By
}

/** Works on the oldest job for a moment. A ticket that cannot be written fails alone. */
export async function workOnBulk(desk: Desk): Promise<Round> {
  try {
    return await desk.database.transaction((tx) => someOf(desk, tx, AT_ONCE))
  } catch (error) {
    desk.log.warn({ err: error }, 'Some tickets of a bulk change are tried one by one')
    return desk.database.transaction((tx) => oneOf(desk, tx))
  }
}

async function someOf(desk: Desk, tx: Transaction, limit: number): Promise<Round> {
  const job = await claimBulkJob(tx)
  if (job === null) return null
  const items = await waitingItems(tx, job.id, limit)
  const principal = await principalOfAgent(tx, job.agentId)
  if (items.length === 0 || principal === null) {
    await endBulkJob(tx, job.id, principal === null ? 'cancelled' : 'done', desk.clock.now())
  } else {
    const work = { ...job, principal, by: byAgent(principal) }
    for (const item of items)
      await finishItem(tx, job.id, item.ticketId, await changeOne(desk, tx, work, item))
  }
  tell(tx, { changed: 'jobs', id: job.id })
  return 'more'
}

/** One ticket in a savepoint's stead: what the database refuses is noted, so that the job goes on. */
async function oneOf(desk: Desk, tx: Transaction): Promise<Round> {
  const job = await claimBulkJob(tx)
  const [item] = job === null ? [] : await waitingItems(tx, job.id, 1)
  if (job === null || item === undefined) return 'more'
  const became = await desk.database
    .transaction(async (inner) => {
      const principal = await principalOfAgent(inner, job.agentId)
      if (principal === null) return skipped('forbidden')
      return changeOne(desk, inner, { ...job, principal, by: byAgent(principal) }, item)
    })
    .catch((error: unknown): Became => ({ state: 'failed', reason: String(error), seq: null }))
  await finishItem(tx, job.id, item.ticketId, became)
  return 'more'
}

async function changeOne(desk: Desk, tx: Transaction, work: Work, item: Item): Promise<Became> {
  const { change, firings, principal, by } = work
  const found = await findTicket(tx, item.ticketId)
  if (found === null || !sees(principal, found.ticket)) return skipped('not_found')
  if (!can(principal, 'ticket.update', found.ticket)) return skipped('forbidden')
  if (await isInConflict(tx, found.ticket, change?.assigneeId)) return skipped('conflict_of_interest')
  if (change !== null)
    return becameOf(await act(desk, tx, item.ticketId, { kind: 'set', ...change }, by), found.ticket.seq)
  const outcome =
    firings === null
      ? await undo(desk, tx, item.ticketId, item.seq ?? 0, by)
      : await undoFirings(desk, tx, item.ticketId, firings, by)
  const event = outcome.ok ? outcome.events.find(({ kind }) => kind === 'undone') : undefined
  if (event?.kind === 'undone' && event.payload.restores.length === 0) return skipped('changed_since')
  return becameOf(outcome, found.ticket.seq)
}

async function isInConflict(tx: Transaction, ticket: Ticket, agentId: PersonId | null | undefined) {
  if (agentId === null || agentId === undefined || agentId === ticket.assigneeId) return false
  return (await agentsInConflict(tx, ticket)).includes(agentId)
}

function becameOf(outcome: Outcome, seqBefore: number): Became {
  if (!outcome.ok) return skipped(outcome.refusal.name)
  return outcome.ticket.seq === seqBefore
    ? { state: 'unchanged', reason: null, seq: null }
    : { state: 'done', reason: null, seq: seqBefore + 1 }
}

const skipped = (reason: string): Became => ({ state: 'skipped', reason, seq: null })

function byAgent(principal: Principal): By {
  return {
    actor: { type: 'agent', id: principal.agentId },
    role: principal.role,
    personId: principal.agentId,
    mayReopenClosed: can(principal, 'ticket.reopen_closed'),
    reader: principal,
  }
}
