// What the gate must know of a ticket: read from its log and its surroundings, as of the customer's newest message.
import {
  answersSince,
  isMachines,
  isSomebodyWriting,
  procedureStory,
  type Written,
} from '#assistant/run-store.ts'
import { isProvenBy, type Standing } from '#assistant/gate.ts'
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
import { attachmentsOf, messagesById, type Message } from '#tickets/message-store.ts'
import { saidAfter } from '#tickets/said-store.ts'
import { isActive, isFlagged } from '#tickets/status.ts'
import { eventsAfter, type TicketRow } from '#tickets/ticket-store.ts'
import type { FieldValue, Ticket } from '#tickets/ticket.ts'

/** A draft that nobody has touched for so long is no answer on its way. */
const WRITING_SECONDS = 120
/** A chat is long, and what is unread of it short. */
const [MOST_SAID, MOST_UNREAD] = [100, 20]

export type Gathered = {
  readonly seq: number
  readonly standing: Standing
  readonly incoming: Incoming
  /** A question that has not left: the customer wrote before, and it is taken back. */
  readonly unsent: Written | null
}

/** Gathers; null when the ticket's newest public message is not a customer's, or is gone. */
export async function gather(desk: Desk, db: Db, { ticket, subject }: TicketRow): Promise<Gathered | null> {
  const { newestPublic } = ticket
  if (newestPublic === null) return null
  const [message] = await messagesById(db, [newestPublic.messageId])
  if (message === undefined || message.direction !== 'inbound') return null
  const at = desk.clock.now()
  const setup = await desk.setup.now()
  const [log, [requester], places, isWriting] = await Promise.all([
    eventsAfter(db, ticket.id, 0, null),
    peopleById(db, [ticket.requesterId]),
    whereTo(db, ticket, [ticket.requesterId]),
    isSomebodyWriting(db, ticket.id, plus(at, -WRITING_SECONDS)),
  ])
  const { pending, ended, seq, unsent } = await procedureStory(db, ticket.id, {
    since: lastTold(log)?.seq ?? 0,
    at: message.at,
  })
  const said = await unread(db, log, { after: seq, newest: message })
  const files = await attachmentsOf(
    db,
    said.map(({ id }) => id),
  )
  const sent = await answersSince(db, at, places.get(ticket.requesterId)?.email ?? '')
  const isAutomatic = message.rawMailId !== null && (await isMachines(db, message.rawMailId))
  const spoken = [requester?.language, mailboxOf(ticket, setup)?.language, setup.desk.language]
  return {
    seq: newestPublic.seq,
    unsent,
    standing: {
      ...placeOf(ticket),
      ...storyOf(log),
      isKilled: isSwitchedOff(setup.assistant, ticket),
      isAutomatic,
      isThanks: thanksOf({
        text: message.bodyText,
        attachmentCount: files.filter(({ messageId }) => messageId === message.id).length,
      }),
      isFromCustomer: true,
      isActive: isActive(ticket.status) && !isFlagged(ticket),
      isHumanTyping: isWriting,
      mailsToAddress: sent.toAddress,
      answersToday: sent.all,
      pending,
      ended,
      deskFacts: deskFactsOf(ticket, requester, setup.fields),
      outside: { recorded: [], asks: true },
      // What is looked up may stand in any of them.
      isProven: said.every((each) => isProven(ticket, each)),
    },
    incoming: {
      subject,
      text: said.map(({ bodyText }) => bodyText).join('\n\n'),
      quoted: said.map(({ quotedText }) => quotedText ?? '').join('\n'),
      attachmentNames: files.filter(({ inline }) => !inline).map(({ name }) => name),
      spoken: spoken.filter((each): each is string => each != null && each !== ''),
    },
  }
}

/** Whether a message is the requester's own beyond what it says of itself. */
function isProven({ requesterId }: Ticket, { authorId, channel, senderCheck }: Message): boolean {
  if (authorId !== requesterId) return false
  return isProvenBy(channel, senderCheck)
}

/** What a customer wrote since they were last answered, or since a procedure last read it: who writes twice says both. */
async function unread(
  db: Db,
  log: readonly TicketEvent[],
  { after, newest }: { readonly after: number; readonly newest: Message },
): Promise<readonly Message[]> {
  const first = log.filter(({ kind }) => kind === 'ticket_opened' || kind === 'message_added').at(-MOST_SAID)
  const page = { after: Math.max(after, (first?.seq ?? 1) - 1), limit: MOST_SAID }
  const said = await saidAfter(db, { id: newest.ticketId, without: [] }, page)
  const own: Message[] = []
  for (const each of said.slice(said.findLastIndex(({ direction }) => direction !== 'inbound') + 1))
    if (each.id !== newest.id && (each.rawMailId === null || !(await isMachines(db, each.rawMailId))))
      own.push(each)
  return [...own.slice(1 - MOST_UNREAD), newest]
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

/** Where people were last given the ticket, or gave it back. */
function lastTold(log: readonly TicketEvent[]) {
  return log.findLast(({ kind }) => kind === 'assistant_escalated' || kind === 'assistant_enabled')
}

/** What happened on the ticket, as far as it decides who answers. A new hand-over or a person's word begins anew. */
export function storyOf(log: readonly TicketEvent[]) {
  const told = lastTold(log)
  const since = log.filter(({ seq }) => seq > (told?.seq ?? 0))
  const asking =
    since.findLast((event) => isRequest(event, log)) ??
    (told?.kind === 'assistant_enabled' && told.payload.enabled ? told : undefined)
  const undone = new Set(log.flatMap((event) => (event.kind === 'undone' ? event.payload.seqs : [])))
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
    // What was taken back before it left is no turn.
    ownTurns: since.filter((event) => answered(event, ['assistant']) && !undone.has(event.seq)).length,
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
