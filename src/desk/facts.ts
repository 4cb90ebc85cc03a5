// What a decision must know besides the ticket, read inside its transaction: other tickets, the log, who is available.
import type { MessageId, TicketId } from '#kit/ids.ts'
import type { InHand } from '#desk/in-hand.ts'
import { isAvailable } from '#people/agent-store.ts'
import type { Db } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import type { Facts, MessageFact } from '#tickets/context.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { countActive, eventsAfter, findTicket } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** The facts for a command on one ticket. Merge, split and unmerge bring theirs along. */
export async function gatherFacts(
  db: Db,
  ticket: Ticket,
  command: Command,
  { expectedSeq, inHand }: { readonly expectedSeq?: number; readonly inHand?: InHand },
): Promise<Facts> {
  const movedOn = expectedSeq !== undefined && expectedSeq < ticket.seq
  const log = needsLog(command) ? (inHand?.log ?? (await eventsAfter(db, ticket.id, 0, null))) : null
  return {
    ...(movedOn ? { since: await eventsAfter(db, ticket.id, expectedSeq, null) } : {}),
    ...(log === null ? {} : { log }),
    ...(mayReopen(ticket)
      ? { assigneeAvailable: await isAvailable(db, ticket.assigneeId, ticket.teamId) }
      : {}),
    ...(mayResolve(command) ? { activeChildren: await countActive(db, childrenOf(ticket)) } : {}),
    ...(await factsOfKind(db, ticket, command, log)),
  }
}

async function factsOfKind(
  db: Db,
  ticket: Ticket,
  command: Command,
  log: readonly TicketEvent[] | null,
): Promise<Facts> {
  switch (command.kind) {
    case 'reclassify':
    case 'redact':
    case 'deliver':
      return { message: messageFacts(ticket, log ?? []).get(command.messageId) ?? null }
    case 'split': {
      const known = messageFacts(ticket, log ?? [])
      return { messages: command.messageIds.flatMap((id) => known.get(id) ?? []) }
    }
    case 'link':
      return linkFacts(db, ticket, command.ticketId)
    default:
      return {}
  }
}

function needsLog({ kind }: Command): boolean {
  return ['undo', 'reclassify', 'redact', 'deliver', 'split', 'unmerge', 'unmergeFrom'].includes(kind)
}

function mayReopen({ status, assigneeId }: Ticket): boolean {
  return assigneeId !== null && (status === 'resolved' || status === 'closed')
}

function mayResolve(command: Command): boolean {
  if (command.kind === 'press') return true
  const set = command.kind === 'set' ? command : 'set' in command ? command.set : undefined
  return set?.status === 'resolved'
}

/** The tickets of which this one is the parent. */
export function childrenOf({ links }: Ticket): readonly TicketId[] {
  return links.filter(({ linkType }) => linkType === 'parent').map(({ ticketId }) => ticketId)
}

async function linkFacts(db: Db, ticket: Ticket, otherId: TicketId): Promise<Facts> {
  const other = (await findTicket(db, otherId))?.ticket ?? null
  const [above, below] = [
    await height(db, ticket, 'child'),
    other === null ? 0 : await height(db, other, 'parent'),
  ]
  return { other, treeDepth: above + below }
}

/** How many tickets stand in line from this one along a link, itself counted; trees are at most three deep. */
async function height(db: Db, ticket: Ticket, along: 'parent' | 'child', left = 4): Promise<number> {
  if (left === 0) return 1
  const next = ticket.links.filter(({ linkType }) => linkType === along)
  let most = 0
  for (const { ticketId } of next) {
    const found = (await findTicket(db, ticketId))?.ticket
    if (found !== undefined) most = Math.max(most, await height(db, found, along, left - 1))
  }
  return most + 1
}

/** The messages of a ticket as its log tells them. */
export function messageFacts(ticket: Ticket, log: readonly TicketEvent[]): Map<MessageId, MessageFact> {
  const facts = new Map<MessageId, MessageFact>()
  for (const event of log) {
    if (event.kind === 'ticket_opened') {
      const { messageId, messageKind, direction, channel } = event.payload
      const authorId = direction === 'inbound' ? event.payload.requesterId : null
      const rest = { thanks: false, attachmentCount: 0, recipientCount: 0, sideConversationId: null }
      facts.set(messageId, { id: messageId, kind: messageKind, direction, authorId, channel, ...rest })
    } else if (event.kind === 'message_added') {
      const {
        messageId,
        messageKind,
        thanks = false,
        sideConversationId = null,
        viaTicketId: _,
        ...rest
      } = event.payload
      facts.set(messageId, { id: messageId, kind: messageKind, thanks, sideConversationId, ...rest })
    } else if (event.kind === 'message_reclassified') {
      const known = facts.get(event.payload.messageId)
      if (known !== undefined) facts.set(known.id, { ...known, thanks: event.payload.thanks })
    }
  }
  for (const { messageIds } of ticket.splitOff) messageIds.forEach((id) => facts.delete(id))
  return facts
}
