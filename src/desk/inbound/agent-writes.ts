// An agent's answer by mail to a notification, written on the ticket in their name: a reply that leaves after their usual delay, or
// a note. What they quoted stays behind.
import { randomBytes } from 'node:crypto'
import { act } from '#desk/act.ts'
import type { By } from '#desk/update.ts'
import { agentAnswer } from '#desk/inbound/agent-answer.ts'
import type { Desk } from '#desk/desk.ts'
import { mailboxOf } from '#desk/outbound/mails.ts'
import type { Handled, MailOutcome } from '#desk/inbound/outcome.ts'
import { livingTicket, storedFiles } from '#desk/inbound/receive-message.ts'
import { recipientsNow } from '#desk/outbound/reply-recipients.ts'
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { partsOf } from '#mail/explain.ts'
import { mintMessageId } from '#mail/token.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import type { MailPolicy } from '#setup/settings-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'

/** Takes an answer to the notification that `token` was made for; one that is not to be believed is held. */
export async function takeAgentAnswer(
  desk: Desk,
  tx: Transaction,
  mail: Handled,
  token: { readonly ticketId: number; readonly agentId: number },
  policy: MailPolicy,
): Promise<MailOutcome> {
  const { found, holdFor } = mail
  const ticket = (await livingTicket(tx, token.ticketId))?.ticket
  if (ticket === undefined) return holdFor('unknown_author_update', 'The ticket is gone.', null)
  const agent = await principalOfAgent(tx, token.agentId as PersonId)
  const answer = agentAnswer(found, partsOf(found.mail).visibleText, policy, agent, ticket)
  if ('hold' in answer || agent === null)
    return 'hold' in answer
      ? holdFor(answer.hold, answer.detail, ticket.id)
      : holdFor('unknown_author_update', 'The agent has left.', ticket.id)
  return write(desk, tx, mail, { agent, ticket, ...answer })
}

type Writing = {
  readonly agent: Principal
  readonly ticket: Ticket
  readonly kind: 'reply' | 'note'
  readonly text: string
}

async function write(desk: Desk, tx: Transaction, mail: Handled, writing: Writing): Promise<MailOutcome> {
  const { agent, ticket, kind } = writing
  const { message, reply } = await messageOf(desk, tx, mail, writing)
  const command: Command = {
    kind,
    messageId: message.id,
    channel: 'email',
    attachmentCount: message.attachments.length,
    recipientCount: message.recipients.to.length + message.recipients.cc.length,
  }
  const by: By = {
    actor: { type: 'agent', id: agent.agentId },
    role: agent.role,
    personId: agent.agentId,
    mayReopenClosed: can(agent, 'ticket.reopen_closed'),
  }
  const outcome = await act(desk, tx, ticket.id as TicketId, command, by, { messages: [message], ...reply })
  if (outcome.ok) return { joined: ticket.id }
  const detail = `Ticket ${ticket.id} did not take ${agent.name}’s answer: ${outcome.refusal.name}.`
  return mail.holdFor('unknown_author_update', detail, ticket.id)
}

async function messageOf(desk: Desk, tx: Transaction, { raw, found }: Handled, writing: Writing) {
  const { agent, ticket, kind, text } = writing
  const { mail, check } = found
  const at = desk.clock.now()
  const { to, cc } = kind === 'note' ? { to: [], cc: [] } : await recipientsNow(tx, ticket)
  const domain = mailboxOf(ticket, await desk.rules.now())?.address.split('@')[1] ?? 'docket.localhost'
  const rfcMessageId = kind === 'note' ? null : mintMessageId(domain, randomBytes(20))
  // Pictures in the text are signatures and what was quoted; what was attached was meant.
  const files = mail.attachments.filter(({ inline }) => !inline)
  const message: NewMessageRow = {
    id: (await desk.ids.next()) as MessageId,
    kind,
    direction: kind === 'note' ? 'internal' : 'outbound',
    authorId: agent.agentId,
    authorType: 'agent',
    channel: 'email',
    at,
    bodyText: text,
    bodyHtml: null,
    quotedText: null,
    recipients: { to, cc },
    rfcMessageId,
    rfcReferences: [],
    rawMailId: raw.id,
    senderCheck: check,
    attachments: await storedFiles(desk, files),
    uploadIds: [],
  }
  const sendAt = plus(at, agent.sendDelaySeconds)
  const reply = rfcMessageId === null ? {} : { reply: { recipients: { to, cc }, sendAt, rfcMessageId } }
  return { message, reply }
}
