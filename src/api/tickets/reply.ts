// A message to be posted, made ready: who writes, who gets it (frozen now), when it leaves.
import { answerOf } from '#desk/answer.ts'
import { draftUse } from '#desk/draft-use.ts'
import { wordsFrom } from '#api/tickets/written-message.ts'
import { type NewMessageRow, plainText } from '#tickets/write/message-store.ts'
import type { NewMessage } from '#api/contract/messages.ts'
import type { MacroChange } from '#api/contract/tickets.ts'
import { declineInput } from '#api/http/problem.ts'
import { askAboutConflict, isInConflict } from '#api/routing/conflicts.ts'
import { byOf, type By, type Content } from '#desk/update.ts'
import { resolveInput } from '#api/tickets/input.ts'
import type { Desk } from '#desk/desk.ts'
import { carrierOf } from '#desk/outbound/carrier.ts'
import { recipientsNow } from '#desk/outbound/reply-recipients.ts'
import { roleOn, wordOf } from '#desk/word.ts'
import type { PersonId, MessageId } from '#kit/ids.ts'
import { instant, plus, type Instant } from '#kit/time.ts'
import { can, type Principal } from '#people/can.ts'
import { addressesOf } from '#people/address-store.ts'
import { identify, peopleByEmail, peopleById } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import type { NewFact } from '#tickets/event.ts'
import type { Address } from '#tickets/message-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type NewMessageInput = Omit<NewMessage, 'expectedSeq'> & {
  readonly principal: Principal
  readonly ticket: Ticket
  readonly expectedSeq?: number
}

type Ready = {
  readonly command: Command
  readonly by: By
  readonly content: Content & { readonly expectedSeq?: number }
  /** Commands to run first: people whom the reply newly copies join the ticket. */
  readonly also: readonly Command[]
}

/** Turns a request for a message into a command with its content. */
export async function replyOf(desk: Desk, tx: Transaction, input: NewMessageInput): Promise<Ready> {
  if (input.onBehalfOf !== undefined) return customersMessage(desk, tx, input, input.onBehalfOf.email)
  return input.kind === 'note' ? note(desk, tx, input) : reply(desk, tx, input)
}

/** What is set in the update of the message; the status that was chosen at Send wins over the staged one. */
async function changesOf(desk: Desk, tx: Transaction, input: NewMessageInput) {
  const { status, closeReason, change = {}, principal } = input
  const { changes, fieldValues } = await resolveInput(
    desk,
    tx,
    {
      ...(await takenOver(desk, tx, input)),
      ...changeFor(principal, change, desk.clock.now()),
      ...(status === undefined ? {} : { status }),
      ...(closeReason === undefined ? {} : { closeReason }),
    },
    principal,
  )
  await askAboutConflict(tx, input.ticket, changes.assigneeId)
  return { set: Object.keys(changes).length === 0 ? {} : { set: changes }, fieldValues }
}

/** Who answers a ticket on screen that is nobody's owns it, where the desk wants that; not one they should not have. */
async function takenOver(desk: Desk, tx: Transaction, { kind, principal, ticket }: NewMessageInput) {
  const isFirst = kind === 'reply' && principal.token === null && ticket.assigneeId === null
  if (!isFirst || !(await desk.setup.now()).desk.assignOnReply) return {}
  return (await isInConflict(tx, ticket, principal.agentId)) ? {} : { assignee: principal.agentId }
}

/** A macro's change for who applies it, and when. */
export function changeFor({ agentId }: Principal, asked: MacroChange, now: Instant) {
  const { assignee, snoozeSeconds, askAssistant: _, ...change } = asked
  return {
    ...change,
    ...(assignee === undefined ? {} : { assignee: assignee === 'me' ? agentId : assignee }),
    ...(snoozeSeconds === undefined ? {} : { snoozedUntil: plus(now, snoozeSeconds) }),
  }
}

/** What a live assistant is asked by: a macro, or its name called in a note. */
export async function askingFacts(
  desk: Desk,
  principal: Principal,
  { change, mentions = [] }: Pick<NewMessage, 'change' | 'mentions'>,
): Promise<NewFact[]> {
  const { config, personId } = (await desk.setup.now()).assistant
  if (config === null || !can(principal, 'ticket.update')) return []
  const isAsked = change?.askAssistant === true || (personId !== null && mentions.includes(personId))
  return isAsked ? [{ kind: 'assistant_enabled', payload: { enabled: true } }] : []
}

async function note(desk: Desk, tx: Transaction, input: NewMessageInput): Promise<Ready> {
  const { set, fieldValues } = await changesOf(desk, tx, input)
  const also = { ...set, facts: await askingFacts(desk, input.principal, input) }
  const { command, content } = await answerOf(desk, { ...(await written(desk, tx, input)), also })
  return readyOf(input, command, { ...content, fieldValues }, [])
}

async function reply(desk: Desk, tx: Transaction, input: NewMessageInput): Promise<Ready> {
  const { principal, sendAnyway } = input
  if (input.sendAt !== undefined && (await carrierOf(tx, input.ticket)).channel === 'chat')
    declineInput('sendAt', 'is for mail: an answer in a chat is there at once')
  const { recipients, joining } = await recipientsOf(tx, input)
  const words = await written(desk, tx, input)
  const { set, fieldValues } = await changesOf(desk, tx, input)
  const asked =
    input.sendAt === undefined ? plus(words.at, principal.sendDelaySeconds) : instant(new Date(input.sendAt))
  const facts = await draftUse(desk, tx, input.ticket.id, words.words.bodyText)
  const { command, content } = await answerOf(desk, {
    ...words,
    recipients,
    sendAt: asked > words.at ? asked : words.at,
    also: { ...set, ...(sendAnyway === undefined ? {} : { sendAnyway }), facts },
  })
  return readyOf(input, command, { ...content, fieldValues }, joining)
}

/** What the caller wrote, as an answer of theirs. */
async function written(desk: Desk, tx: Transaction, input: NewMessageInput) {
  const { principal, ticket, kind } = input
  const carrier = await carrierOf(tx, ticket)
  return {
    ticket,
    kind,
    author: { authorId: principal.agentId, authorType: 'agent' },
    channel: kind === 'note' || carrier.channel !== ticket.channel ? 'api' : ticket.channel,
    at: desk.clock.now(),
    words: await wordsFrom(tx, input, principal.agentId),
  } as const
}

/** The people whom a reply newly copies join in an update of their own, so the seq the caller knew moves on by it. */
function readyOf(
  input: NewMessageInput,
  command: Command,
  content: Content,
  joining: readonly PersonId[],
): Ready {
  const expected = input.expectedSeq === undefined ? {} : { expectedSeq: input.expectedSeq }
  const also = joining.map((personId): Command => ({ kind: 'addParticipant', personId, role: 'cc' }))
  return { command, by: byOf(input.principal), content: { ...content, ...expected }, also }
}

/** Exactly who gets a reply: the requester, and all cc or those that were named. */
async function recipientsOf(tx: Transaction, { ticket, cc, to: chosen }: NewMessageInput) {
  const { to: usual, cc: all, copied: present } = await recipientsNow(tx, ticket)
  const to = chosen === undefined ? usual : await chosenAddress(tx, ticket, usual, chosen)
  if (cc === undefined) return { recipients: { to, cc: all }, joining: [] }
  const joining: PersonId[] = []
  for (const email of cc) {
    const id = await identify(tx, email, '')
    if (id !== ticket.requesterId && !present.includes(id)) joining.push(id)
  }
  const owners = await peopleByEmail(
    tx,
    cc.map((email) => email.toLowerCase()),
  )
  const known = await peopleById(
    tx,
    owners.map(({ id }) => id),
  )
  const copies = owners
    .filter(({ id }) => id !== ticket.requesterId)
    .map(({ id, email }) => ({ name: known.find((person) => person.id === id)?.name ?? '', email }))
  return { recipients: { to, cc: copies }, joining }
}

/** The requester at another address of theirs: whose else it may be, a reply is not sent there. */
async function chosenAddress(tx: Transaction, ticket: Ticket, usual: readonly Address[], chosen: string) {
  const email = chosen.toLowerCase()
  const addresses = (await addressesOf(tx, [ticket.requesterId])).get(ticket.requesterId) ?? []
  if (!addresses.includes(email)) declineInput('to', 'is no address of the requester')
  return usual.map((each) => ({ ...each, email }))
}

/** A message of the customer, brought in by a program that may import. */
async function customersMessage(
  desk: Desk,
  tx: Transaction,
  input: NewMessageInput,
  email: string,
): Promise<Ready> {
  if (input.kind === 'note') declineInput('kind', 'a customer writes replies, not notes')
  const authorId = await identify(tx, email, '')
  const role =
    roleOn(input.ticket, authorId) ?? declineInput('onBehalfOf.email', 'takes no part in this ticket')
  const message = {
    ...plainText,
    ...(await wordsFrom(tx, input, input.principal.agentId)),
    id: (await desk.ids.next()) as MessageId,
    kind: 'reply',
    direction: 'inbound',
    authorId,
    authorType: role,
    fromEmail: email.toLowerCase(),
    channel: input.ticket.channel === 'email' ? 'email' : 'api',
    at: desk.clock.now(),
  } as const satisfies NewMessageRow
  return { ...wordOf(message, role, { channel: 'api' }), also: [] }
}
