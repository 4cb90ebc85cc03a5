// Updates of several tickets at once: merge, unmerge, split, and undoing them. All sides are decided before any is written.
import { act, contextOf, momentFor, write } from '#desk/act.ts'
import { begin } from '#desk/begin.ts'
import type { By, Content, Outcome } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { messageFacts } from '#desk/facts.ts'
import type { BatchId, MessageId, PersonId, TicketId, UpdateId } from '#kit/ids.ts'
import { sees } from '#people/can.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import type { Facts, MergeSource, MessageFact, ReturnedMessage } from '#tickets/context.ts'
import { decide } from '#tickets/decide.ts'
import { hiddenMessages, messagesByReference, requesterOfSplit } from '#tickets/merge.ts'
import { messageIdsOf, moveMessages } from '#tickets/message-store.ts'
import type { Refusal } from '#tickets/refusal.ts'
import { eventsAfter, findTicket, lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

type Side = { readonly ticket: Ticket; readonly command: Command; readonly facts: Facts }
const refuse = (refusal: Refusal): Outcome => ({ ok: false, refusal })
const missing = (id: number): Outcome => refuse({ name: 'not_found', what: `ticket ${id}` })

/** A ticket out of sight is not there: neither read nor written, on whichever side of the update it stands. */
const isInSight = (by: By, ticket: Ticket) => by.reader === undefined || sees(by.reader, ticket)

/** Decides every side, and writes them all or none; the outcome is the first side's. */
async function actOnAll(
  desk: Desk,
  tx: Transaction,
  sides: readonly Side[],
  by: By,
  content: Content = {},
): Promise<Outcome> {
  for (const { ticket } of sides) if (!isInSight(by, ticket)) return missing(ticket.id)
  const setup = await desk.setup.now()
  const now = content.at ?? desk.clock.now()
  const decided = sides.map((side) => {
    const at = momentFor(side.ticket, now)
    return { side, at, decision: decide(side.ticket, side.command, contextOf(by, at, setup, side.facts)) }
  })
  for (const { decision } of decided) if (!decision.ok) return decision
  const outcomes: Outcome[] = []
  for (const { side, at, decision } of decided) {
    if (decision.ok)
      outcomes.push(
        await write(desk, tx, { before: side.ticket, events: decision.events, by, at, setup, content }),
      )
  }
  const [first] = outcomes
  if (first === undefined) throw new Error('Bug: an update of no tickets')
  return first
}

/** Merges tickets into another. Refuses `privacy_ack_required` until everyone who would newly read is acknowledged. */
export async function merge(
  desk: Desk,
  tx: Transaction,
  merging: {
    sourceIds: readonly TicketId[]
    targetId: TicketId
    acknowledgedNewReaders: readonly PersonId[]
    evenClosed?: true
  },
  by: By,
  content: Content = {},
): Promise<Outcome> {
  const { sourceIds, targetId, acknowledgedNewReaders, evenClosed } = merging
  const how = evenClosed === undefined ? {} : { evenClosed }
  const locked = await lockTickets(tx, [...sourceIds, targetId])
  const target = locked.get(targetId)?.ticket
  if (target === undefined) return missing(targetId)
  const sources: MergeSource[] = []
  for (const id of sourceIds) {
    const ticket = locked.get(id)?.ticket
    if (ticket === undefined) return missing(id)
    sources.push({ ticket, messageIds: await shownMessages(tx, ticket) })
  }
  const batchId = (await desk.ids.next()) as BatchId
  const targetResolvesTo = await leadsTo(tx, target)
  const into: Side = {
    ticket: target,
    command: { kind: 'mergeIn', sourceIds, batchId, acknowledgedNewReaders, ...how },
    facts: { sources },
  }
  const from = sources.map(({ ticket }): Side => ({
    ticket,
    command: { kind: 'mergeInto', targetId, batchId, ...how },
    facts: { other: target, ...(targetResolvesTo === null ? {} : { targetResolvesTo }) },
  }))
  return actOnAll(desk, tx, [into, ...from], by, content)
}

/** Takes a merge apart again; the outcome is the source's. */
export async function unmerge(desk: Desk, tx: Transaction, sourceId: TicketId, by: By): Promise<Outcome> {
  const targetId = (await findTicket(tx, sourceId))?.ticket.flags.mergedInto ?? null
  if (targetId === null) return refuse({ name: 'not_found', what: 'merge' })
  const locked = await lockTickets(tx, [sourceId, targetId])
  const source = locked.get(sourceId)?.ticket
  const target = locked.get(targetId)?.ticket
  if (source === undefined || target === undefined || source.flags.mergedInto !== targetId)
    return missing(sourceId)
  const returned = await cameThrough(tx, target, sourceId)
  const batchId = (await desk.ids.next()) as BatchId
  const sides: Side[] = [
    { ticket: source, command: { kind: 'unmergeFrom', batchId }, facts: { other: target, returned } },
    { ticket: target, command: { kind: 'unmerge', sourceId, batchId }, facts: { returned } },
  ]
  const outcome = await actOnAll(desk, tx, sides, by)
  if (outcome.ok)
    await moveMessages(
      tx,
      returned.map(({ id }) => id),
      sourceId,
    )
  return outcome
}

/** Moves messages into a new ticket by reference; the outcome is the new ticket's. */
export async function split(
  desk: Desk,
  tx: Transaction,
  splitting: { ticketId: TicketId; messageIds: readonly MessageId[]; subject: string | null },
  by: By,
): Promise<Outcome> {
  const { ticketId, messageIds } = splitting
  const row = (await lockTickets(tx, [ticketId])).get(ticketId)
  if (row === undefined || !isInSight(by, row.ticket)) return missing(ticketId)
  const old = row.ticket
  const messages = await factsOf(tx, old, messageIds)
  const setup = await desk.setup.now()
  const facts = { messages }
  const trial = decide(
    old,
    { kind: 'split', messageIds, newTicketId: 0 as TicketId },
    contextOf(by, momentFor(old, desk.clock.now()), setup, facts),
  )
  if (!trial.ok) return trial
  const [first] = messages
  if (first === undefined) return refuse({ name: 'not_found', what: 'message' })
  const opened = await begin(desk, tx, {
    requesterId: requesterOfSplit(old, messages),
    message: { ...first, channel: old.channel, isShown: true },
    subject: splitting.subject ?? row.subject,
    by,
    set: { priority: old.priority, teamId: old.teamId },
    from: {
      brandId: old.brandId,
      ...(old.mailboxId === null ? {} : { mailboxId: old.mailboxId }),
      openedFor: 'split',
      splitFrom: { ticketId, messageIds },
    },
  })
  if (!opened.ok) return opened
  const outcome = await act(
    desk,
    tx,
    ticketId,
    { kind: 'split', messageIds, newTicketId: opened.ticket.id },
    by,
    { facts },
  )
  return outcome.ok ? opened : outcome
}

/** Takes back the whole update that an event belongs to; merges and splits are taken back on every side. */
export async function undo(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  seq: number,
  by: By,
): Promise<Outcome> {
  const row = (await lockTickets(tx, [ticketId])).get(ticketId)
  if (row === undefined || !isInSight(by, row.ticket)) return missing(ticketId)
  const log = await eventsAfter(tx, ticketId, 0, null)
  const update = log.filter((event) => event.updateId === log.find((each) => each.seq === seq)?.updateId)
  const updateId = update[0]?.updateId
  if (updateId === undefined) return refuse({ name: 'not_found', what: 'update' })
  const batchId = (await desk.ids.next()) as BatchId
  for (const event of update) {
    if (event.kind === 'ticket_merged_in') return unmerge(desk, tx, event.payload.sourceTicketId, by)
    if (event.kind === 'ticket_merged_into') return unmerge(desk, tx, ticketId, by)
    if (event.kind === 'ticket_split')
      return undoSplit(desk, tx, { oldId: ticketId, newId: event.payload.ticketId, updateId }, by)
  }
  return act(desk, tx, ticketId, { kind: 'undo', updateId, batchId }, by, { facts: { log } })
}

async function undoSplit(
  desk: Desk,
  tx: Transaction,
  ids: { oldId: TicketId; newId: TicketId; updateId: UpdateId },
  by: By,
): Promise<Outcome> {
  const locked = await lockTickets(tx, [ids.oldId, ids.newId])
  const old = locked.get(ids.oldId)?.ticket
  const fresh = locked.get(ids.newId)?.ticket
  if (old === undefined || fresh === undefined) return missing(ids.newId)
  const batchId = (await desk.ids.next()) as BatchId
  const [oldLog, newLog] = [await eventsAfter(tx, old.id, 0, null), await eventsAfter(tx, fresh.id, 0, null)]
  const opening = newLog[0]?.updateId ?? ids.updateId
  const since = await messageIdsOf(tx, fresh.id)
  const sides: Side[] = [
    {
      ticket: old,
      command: { kind: 'undo', updateId: ids.updateId, batchId },
      facts: { log: oldLog, sources: [{ ticket: fresh, messageIds: since }] },
    },
    {
      ticket: fresh,
      command: { kind: 'undo', updateId: opening, batchId },
      facts: { log: newLog, other: old },
    },
  ]
  return actOnAll(desk, tx, sides, by)
}

/** The messages a ticket shows: its own and those by reference, without those split away. */
async function shownMessages(tx: Transaction, ticket: Ticket): Promise<MessageId[]> {
  const hidden = hiddenMessages(ticket)
  return [...(await messageIdsOf(tx, ticket.id)), ...messagesByReference(ticket)].filter(
    (id) => !hidden.has(id),
  )
}

/** Messages that reached the target through a source's address since the merge. */
async function cameThrough(tx: Transaction, target: Ticket, sourceId: TicketId): Promise<ReturnedMessage[]> {
  const log = await eventsAfter(tx, target.id, 0, null)
  const known = messageFacts(target, log)
  return log.flatMap((event) => {
    if (event.kind !== 'message_added' || event.payload.viaTicketId !== sourceId) return []
    const fact = known.get(event.payload.messageId)
    return fact === undefined ? [] : [{ ...fact, sourceTicketId: sourceId }]
  })
}

async function factsOf(tx: Transaction, ticket: Ticket, ids: readonly MessageId[]): Promise<MessageFact[]> {
  const known = messageFacts(ticket, await eventsAfter(tx, ticket.id, 0, null))
  return ids.flatMap((id) => known.get(id) ?? [])
}

async function leadsTo(tx: Transaction, target: Ticket): Promise<TicketId | null> {
  let next = target.flags.mergedInto
  for (let hops = 0; next !== null && hops < 100; hops++) {
    const further = (await findTicket(tx, next))?.ticket.flags.mergedInto ?? null
    if (further === null) return next
    next = further
  }
  return next
}
