// A message to be posted, made ready: who writes, who gets it (frozen now), when it leaves.
import { randomBytes } from 'node:crypto'
import type { NewMessage } from '#api/contract/messages.ts'
import type { MacroChange } from '#api/contract/tickets.ts'
import { declineInput } from '#api/http/problem.ts'
import { askAboutConflict } from '#api/routing/conflicts.ts'
import { byOf } from '#api/http/ticket-access.ts'
import { resolveInput } from '#api/tickets/input.ts'
import { writtenMessage } from '#api/tickets/written-message.ts'
import type { By, Content } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { mailboxOf } from '#desk/outbound/mails.ts'
import { recipientsNow } from '#desk/outbound/reply-recipients.ts'
import { thanksOf } from '#desk/inbound/thanks.ts'
import { asRequester, roleOn } from '#desk/inbound/receive-message.ts'
import type { PersonId } from '#kit/ids.ts'
import { instant, plus } from '#kit/time.ts'
import { canonicalAddress } from '#mail/address.ts'
import { mintMessageId } from '#mail/token.ts'
import type { Principal } from '#people/can.ts'
import { identify, peopleByEmail, peopleById } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
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

async function row(
  desk: Desk,
  tx: Transaction,
  input: NewMessageInput,
  rest: { authorId: PersonId } & Partial<Parameters<typeof writtenMessage>[2]>,
) {
  return writtenMessage(desk, tx, {
    kind: input.kind,
    direction: input.kind === 'note' ? 'internal' : 'outbound',
    authorType: 'agent',
    channel: input.ticket.channel === 'email' ? 'email' : 'api',
    body: input.body,
    format: input.bodyFormat ?? 'text',
    uploads: input.attachments ?? [],
    uploader: input.principal.agentId,
    recipients: { to: [], cc: [] },
    rfcMessageId: null,
    ...rest,
  })
}

/** What is set in the update of the message; the status that was chosen at Send wins over the staged one. */
async function changesOf(desk: Desk, tx: Transaction, input: NewMessageInput) {
  const { status, closeReason, change = {}, principal } = input
  const { changes, fieldValues } = await resolveInput(desk, tx, {
    ...changeFor(principal, change),
    ...(status === undefined ? {} : { status }),
    ...(closeReason === undefined ? {} : { closeReason }),
  })
  await askAboutConflict(tx, input.ticket, changes.assigneeId)
  return { set: Object.keys(changes).length === 0 ? {} : { set: changes }, fieldValues }
}

/** A macro's change for who applies it. */
export function changeFor({ agentId }: Principal, { assignee, ...change }: MacroChange) {
  return assignee === undefined ? change : { ...change, assignee: assignee === 'me' ? agentId : assignee }
}

async function note(desk: Desk, tx: Transaction, input: NewMessageInput): Promise<Ready> {
  const message = await row(desk, tx, input, { authorId: input.principal.agentId })
  const { set, fieldValues } = await changesOf(desk, tx, input)
  const command: Command = {
    kind: 'note',
    messageId: message.id,
    channel: 'api',
    attachmentCount: message.uploadIds.length,
    recipientCount: 0,
    ...set,
  }
  const expected = input.expectedSeq === undefined ? {} : { expectedSeq: input.expectedSeq }
  const content = { messages: [message], fieldValues, ...expected }
  return { command, by: byOf(input.principal), content, also: [] }
}

async function reply(desk: Desk, tx: Transaction, input: NewMessageInput): Promise<Ready> {
  const { principal, ticket } = input
  const rules = await desk.rules.now()
  const mailbox = mailboxOf(ticket, rules)
  const { recipients, joining } = await recipientsOf(tx, ticket, input.cc)
  const rfcMessageId = mintMessageId(
    (mailbox?.address ?? '@docket.localhost').split('@')[1] ?? 'docket.localhost',
    randomBytes(20),
  )
  const message = await row(desk, tx, input, { authorId: principal.agentId, recipients, rfcMessageId })
  const { set, fieldValues } = await changesOf(desk, tx, input)
  const now = desk.clock.now()
  const sendAt =
    input.sendAt === undefined ? plus(now, principal.sendDelaySeconds) : instant(new Date(input.sendAt))
  const command: Command = {
    kind: 'reply',
    messageId: message.id,
    channel: message.channel as never,
    attachmentCount: message.uploadIds.length,
    recipientCount: recipients.to.length + recipients.cc.length,
    ...(input.sendAnyway === undefined ? {} : { sendAnyway: input.sendAnyway }),
    ...set,
  }
  // The people whom the reply newly copies join in an update of their own, so the seq the caller knew moves on by it.
  const expected = input.expectedSeq === undefined ? {} : { expectedSeq: input.expectedSeq }
  const content = {
    messages: [message],
    fieldValues,
    reply: { recipients, sendAt: sendAt > now ? sendAt : now, rfcMessageId },
    ...expected,
  }
  const also = joining.map((personId): Command => ({ kind: 'addParticipant', personId, role: 'cc' }))
  return { command, by: byOf(principal), content, also }
}

/** Exactly who gets a reply: the requester, and all cc or those that were named. */
async function recipientsOf(tx: Transaction, ticket: Ticket, cc: readonly string[] | undefined) {
  const { to, cc: all, copied: present } = await recipientsNow(tx, ticket)
  if (cc === undefined) return { recipients: { to, cc: all }, joining: [] }
  const named = cc.map(
    (email) => canonicalAddress(email) ?? declineInput('cc', `"${email}" is not an address we can write to`),
  )
  const joining: PersonId[] = []
  for (const email of named) {
    const id = await identify(tx, email, '')
    if (id !== ticket.requesterId && !present.includes(id)) joining.push(id)
  }
  const known = await peopleById(
    tx,
    (await peopleByEmail(tx, named)).map(({ id }) => id),
  )
  const copies = known
    .filter(({ id }) => id !== ticket.requesterId)
    .map(({ name, email }) => ({ name, email: email ?? '' }))
  return { recipients: { to, cc: copies }, joining }
}

/** A message of the customer, brought in by a program that may import. */
async function customersMessage(
  desk: Desk,
  tx: Transaction,
  input: NewMessageInput,
  email: string,
): Promise<Ready> {
  if (input.kind === 'note') declineInput('kind', 'a customer writes replies, not notes')
  const address = canonicalAddress(email) ?? declineInput('onBehalfOf.email', 'is not an address')
  const authorId = await identify(tx, address, '')
  const role =
    roleOn(input.ticket, authorId) ?? declineInput('onBehalfOf.email', 'takes no part in this ticket')
  const message = await row(desk, tx, input, { authorId, direction: 'inbound', authorType: role })
  const command: Command = {
    kind: 'receive',
    authorId,
    messageId: message.id,
    channel: 'api',
    thanks: thanksOf({ text: message.bodyText, attachmentCount: message.uploadIds.length }),
    attachmentCount: message.uploadIds.length,
    recipientCount: 0,
  }
  return {
    command,
    by: { ...asRequester(authorId), actor: { type: role, id: authorId } },
    content: { messages: [message] },
    also: [],
  }
}
