// What the gate must know of a ticket: read from its log and its surroundings, as of the customer's newest message.
import { answersSince, isMachines, isSomebodyWriting } from '#assistant/run-store.ts'
import type { Standing } from '#assistant/gate.ts'
import type { Incoming } from '#assistant/normalise.ts'
import { isSwitchedOff } from '#desk/assistant-book.ts'
import type { Desk } from '#desk/desk.ts'
import { thanksOf } from '#desk/inbound/thanks.ts'
import { mailboxOf } from '#desk/outbound/mails.ts'
import { whereTo } from '#desk/outbound/where-to.ts'
import { plus } from '#kit/time.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { attachmentsOf, messagesById } from '#tickets/message-store.ts'
import { isActive, isFlagged } from '#tickets/status.ts'
import { eventsAfter, type TicketRow } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** A draft that nobody has touched for so long is no answer on its way. */
const WRITING_SECONDS = 120

export type Gathered = {
  readonly seq: number
  readonly standing: Standing
  readonly incoming: Incoming
}

/** Gathers; null when the ticket's newest public message is not a customer's, or is gone. */
export async function gather(desk: Desk, db: Db, { ticket, subject }: TicketRow): Promise<Gathered | null> {
  const { newestPublic } = ticket
  if (newestPublic === null) return null
  const [message] = await messagesById(db, [newestPublic.messageId])
  if (message === undefined || message.direction !== 'inbound') return null
  const at = desk.clock.now()
  const setup = await desk.setup.now()
  const [files, log, [requester], places, isWriting] = await Promise.all([
    attachmentsOf(db, [message.id]),
    eventsAfter(db, ticket.id, 0, null),
    peopleById(db, [ticket.requesterId]),
    whereTo(db, ticket, [ticket.requesterId]),
    isSomebodyWriting(db, ticket.id, plus(at, -WRITING_SECONDS)),
  ])
  const sent = await answersSince(db, at, places.get(ticket.requesterId)?.email ?? '')
  const isAutomatic = message.rawMailId !== null && (await isMachines(db, message.rawMailId))
  const spoken = [requester?.language, mailboxOf(ticket, setup)?.language, setup.desk.language]
  return {
    seq: newestPublic.seq,
    standing: {
      ...placeOf(ticket),
      ...storyOf(log),
      isKilled: isSwitchedOff(setup.assistant, ticket),
      isAutomatic,
      isThanks: thanksOf({ text: message.bodyText, attachmentCount: files.length }),
      isFromCustomer: true,
      isActive: isActive(ticket.status) && !isFlagged(ticket),
      isHumanTyping: isWriting,
      mailsToAddress: sent.toAddress,
      answersToday: sent.all,
    },
    incoming: {
      subject,
      text: message.bodyText,
      quoted: message.quotedText,
      attachmentNames: files.filter(({ inline }) => !inline).map(({ name }) => name),
      spoken: spoken.filter((each): each is string => each != null && each !== ''),
    },
  }
}

function placeOf({ id, brandId, channel, categoryId }: Ticket) {
  return { ticketId: id, brandId, channel, categoryId }
}

/** What happened on the ticket, as far as it decides who answers. A new hand-over or a person's word begins anew. */
export function storyOf(log: readonly TicketEvent[]) {
  const told = log.findLast(({ kind }) => kind === 'assistant_escalated' || kind === 'assistant_enabled')
  const since = log.filter(({ seq }) => seq > (told?.seq ?? 0))
  const asking =
    since.findLast((event) => isRequest(event, log)) ??
    (told?.kind === 'assistant_enabled' && told.payload.enabled ? told : undefined)
  const answered = (event: TicketEvent, types: readonly string[]) =>
    event.kind === 'message_added' &&
    event.payload.direction === 'outbound' &&
    event.payload.sideConversationId === undefined &&
    types.includes(event.actor.type)
  return {
    hasHumanReplied: log.some((event) => answered(event, ['agent', 'api'])),
    isOptedOut: told?.kind === 'assistant_enabled' && !told.payload.enabled,
    askedSeq: asking?.seq ?? null,
    isEscalated: told?.kind === 'assistant_escalated',
    ownTurns: since.filter((event) => answered(event, ['assistant'])).length,
    cameBack: since.some(
      ({ kind, actor, payload }) =>
        kind === 'status_changed' &&
        actor.type === 'assistant' &&
        'to' in payload &&
        payload.to === 'resolved',
    ),
  }
}

/** A rule's word, but not about what the assistant did itself; a person's is the hand-over back. */
function isRequest(event: TicketEvent, log: readonly TicketEvent[]): boolean {
  if (event.kind !== 'effect_queued' || event.payload.effectKind !== 'assistant') return false
  return !log.some(({ updateId, actor }) => updateId === event.updateId && actor.type === 'assistant')
}
