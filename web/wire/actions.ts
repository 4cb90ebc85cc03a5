// What agents do to tickets. Reversible changes show at once and roll back with the reason; mail is never optimistic.
import type { Ticket, TicketPatch } from '../../src/api/contract/tickets.ts'
import { desk } from '../state/desk-state.ts'
import { createStore } from '../state/store.ts'
import { notify } from '../state/toasts.ts'
import { say, type WordId } from '../words/say.ts'
import type { BulkChange } from '../../src/api/contract/jobs.ts'
import { call, CallFailed, reasonOf } from './call.ts'
import { client } from './client.ts'
import { onTabs, tellTabs } from './tabs.ts'
import { startBulk } from './jobs.ts'
import { reachable } from './live.ts'
import { tellConflict } from './conflict.ts'
import { type Change, keepTicket, knownTicket, pending } from './tickets.ts'
import { noteUndoable, tellUndoable, undoUpdates, type Updates } from './undo.ts'

/** A resolve that the server refused until these fields have values, a close that needs a reason, a conflict of interest. */
export type Missing = {
  ids: readonly number[]
  patch: TicketPatch
  refusal: string
  fields: readonly string[]
}
export const missing = createStore<Missing | null>(null)

export type Told = { done: WordId; values?: Record<string, string | number> }

function addPending(id: number, change: Change): void {
  pending.set((map) => new Map(map).set(id, [...(map.get(id) ?? []), change]))
}

function dropPending(id: number, change: Change): void {
  pending.set((map) => {
    const left = (map.get(id) ?? []).filter((other) => other !== change)
    const next = new Map(map)
    if (left.length > 0) next.set(id, left)
    else next.delete(id)
    return next
  })
}

/** So many changes are sent one by one and shown at once; more go to the server as one job. */
const MOST_AT_ONCE = 50

/** A job takes the same words as a patch, without what makes sense for one ticket only. */
function changeOf({ expectedSeq: _seq, ...patch }: TicketPatch): BulkChange {
  return patch as BulkChange
}

/** Applies one patch to tickets: `change` is what the screen shows meanwhile. Answers whether all of them took it; a job says so itself. */
export async function patchTickets(
  ids: readonly number[],
  patch: TicketPatch,
  change: (ticket: Ticket) => Change,
  told: Told,
): Promise<boolean> {
  const { everything, selection } = desk.get()
  const isSelection = ids.length > 1 && ids.length === selection.size
  if (isSelection && everything !== null)
    return startBulk({ q: everything.q, change: changeOf(patch) }).then(() => true)
  if (ids.length > MOST_AT_ONCE) return startBulk({ ids: [...ids], change: changeOf(patch) }).then(() => true)
  const results = await Promise.allSettled(ids.map((id) => patchOne(id, patch, change)))
  const done: { id: number; seq: number }[] = []
  for (const result of results) if (result.status === 'fulfilled' && result.value) done.push(result.value)
  const failures = results.flatMap((result, at) =>
    result.status === 'rejected' ? [{ id: ids[at] ?? 0, error: result.reason as unknown }] : [],
  )
  if (done.length > 0) tellDone(done, told)
  if (failures.length > 0) tellFailed(failures, patch, change, told)
  return failures.length === 0
}

async function patchOne(id: number, patch: TicketPatch, change: (ticket: Ticket) => Change) {
  const before = knownTicket(id)
  const shown = before ? change(before) : {}
  addPending(id, shown)
  try {
    await inTurn(id)
    const expectedSeq = client.getQueryData<Ticket>(['ticket', id])?.seq
    const body =
      expectedSeq === undefined || patch.expectedSeq !== undefined ? patch : { ...patch, expectedSeq }
    const after = await whenReached(() => call<Ticket>('PATCH', `/tickets/${id}`, { body }))
    keepTicket(after)
    void client.invalidateQueries({ queryKey: ['events', id] })
    return before && before.seq === after.seq ? null : { id, seq: after.seq }
  } finally {
    dropPending(id, shown)
    endTurn(id)
  }
}

/** Who waits to change a ticket, behind whoever changes it now: two keys in a row are no conflict of a person with themselves. */
const waiting = new Map<number, (() => void)[]>()

function inTurn(id: number): Promise<void> {
  const others = waiting.get(id)
  if (others === undefined) {
    waiting.set(id, [])
    return Promise.resolve()
  }
  return new Promise((done) => void others.push(done))
}

function endTurn(id: number): void {
  const others = waiting.get(id) ?? []
  const next = others.shift()
  if (next === undefined) waiting.delete(id)
  else next()
}

/** A change made out of reach waits, shown as made, until the server is there again. */
async function whenReached<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;)
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof CallFailed) || error.status !== 0) throw error
      await reachable()
    }
}

function tellDone(done: Updates, told: Told): void {
  const title = say(told.done, { ...told.values, count: done.length })
  tellUndoable(title, () => undoUpdates(done, title))
}

/** Refusals that a person can answer. */
const ASKED: readonly string[] = ['fields_required', 'close_reason_required', 'conflict_of_interest']

function tellFailed(
  failures: ReadonlyArray<{ id: number; error: unknown }>,
  patch: TicketPatch,
  change: (ticket: Ticket) => Change,
  told: Told,
): void {
  const [first] = failures
  if (!first) return
  const ids = failures.map(({ id }) => id)
  if (first.error instanceof CallFailed) {
    const { conflict, refusal, fields } = first.error.problem
    if (conflict && failures.length === 1) {
      const expectedSeq = Math.max(...conflict.map(({ theirSeq }) => theirSeq))
      const again = () => void patchTickets(ids, { ...patch, expectedSeq }, change, told)
      return void tellConflict(first.id, conflict, change, again)
    }
    if (refusal !== undefined && ASKED.includes(refusal))
      return missing.set({ ids, patch, refusal, fields: fields ?? [] })
  }
  notify({
    kind: 'error',
    title: say('change.failed', { count: failures.length, id: first.id }),
    detail: reasonOf(first.error),
    action: { label: say('action.retry'), run: () => void patchTickets(ids, patch, change, told) },
  })
}

/** A command that answers the ticket: participants, links, merge and the like. Not optimistic. `title` names it for `z`. */
export async function command(
  path: string,
  method: 'POST' | 'DELETE',
  body?: unknown,
  title?: string,
): Promise<Ticket> {
  const ticket = await call<Ticket>(method, path, body === undefined ? {} : { body })
  const what = title ?? say('undo.change', { id: ticket.id })
  if (knownTicket(ticket.id)?.seq !== ticket.seq)
    noteUndoable(what, () => undoUpdates([{ id: ticket.id, seq: ticket.seq }], what))
  keepTicket(ticket)
  await Promise.all([
    client.invalidateQueries({ queryKey: ['messages', ticket.id] }),
    client.invalidateQueries({ queryKey: ['events', ticket.id] }),
  ])
  return ticket
}

export function markRead(ticket: Ticket): void {
  if (ticket.unread === true) setRead(ticket.id, ticket.seq)
}

export const markUnread = (ticket: Ticket): void => setRead(ticket.id, 0)

function setRead(ticketId: number, seq: number): void {
  showRead(ticketId, seq === 0)
  tellTabs({ kind: 'read', ticketId, unread: seq === 0 })
  void call('POST', `/tickets/${ticketId}/read`, { body: { seq } }).catch(() => undefined)
}

function showRead(ticketId: number, unread: boolean): void {
  client.setQueryData<Ticket>(['ticket', ticketId], (now) => (now ? { ...now, unread } : now))
}
onTabs((word) => {
  if (word.kind === 'read') showRead(word.ticketId, word.unread)
})
