// What the gate must know of a ticket: read from its log and its surroundings, as of the customer's newest message.
import { answersSince, isMachines, isSomebodyWriting, pendingProcedure } from '#assistant/run-store.ts'
import type { Standing } from '#assistant/gate.ts'
import type { deskFacts } from '#assistant/words.ts'
import type { Incoming } from '#assistant/normalise.ts'
import { isSwitchedOff } from '#desk/assistant-book.ts'
import type { Desk } from '#desk/desk.ts'
import { thanksOf } from '#desk/inbound/thanks.ts'
import { mailboxOf } from '#desk/outbound/mails.ts'
import { whereTo } from '#desk/outbound/where-to.ts'
import { plus } from '#kit/time.ts'
import type { Person } from '#people/people.ts'
import type { Field } from '#setup/taxonomy-store.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { attachmentsOf, messagesById } from '#tickets/message-store.ts'
import { isActive, isFlagged } from '#tickets/status.ts'
import { eventsAfter, type TicketRow } from '#tickets/ticket-store.ts'
import type { FieldValue, Ticket } from '#tickets/ticket.ts'

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
  const [files, log, [requester], places, isWriting, pending] = await Promise.all([
    attachmentsOf(db, [message.id]),
    eventsAfter(db, ticket.id, 0, null),
    peopleById(db, [ticket.requesterId]),
    whereTo(db, ticket, [ticket.requesterId]),
    isSomebodyWriting(db, ticket.id, plus(at, -WRITING_SECONDS)),
    pendingProcedure(db, ticket.id),
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
      pending,
      deskFacts: deskFactsOf(ticket, requester, setup.fields),
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

/** What procedures look up: what the desk knows of the ticket and of who asks. Fields that hold something personal stay where they are. */
function deskFactsOf(
  { fields: values, priority, type, channel }: Ticket,
  requester: Person | undefined,
  fields: readonly Field[],
): Record<string, string | null> {
  const known: Record<(typeof deskFacts)[number], string | null> = {
    'requester.name': requester?.name ?? null,
    'requester.email': requester?.email ?? null,
    'requester.company': requester?.organization?.name ?? null,
    'ticket.priority': priority,
    'ticket.type': type,
    'ticket.channel': channel,
  }
  const own = fields
    .filter(({ personal, archived }) => !personal && !archived)
    .map(({ id, key }) => [`field.${key}`, plainOf(values[id])] as const)
  return { ...known, ...Object.fromEntries(own) }
}

function plainOf(value: FieldValue | undefined): string | null {
  if (value === undefined || (typeof value === 'object' && 'valueId' in value)) return null
  const text = Array.isArray(value) ? value.join(', ') : String(value)
  return text === '' ? null : text
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
