// An agent's answer by mail to a notification, written on the ticket in their name: a reply that leaves after their usual delay, or
// a note. What they quoted stays behind.
import { answerOf } from '#desk/answer.ts'
import { draftUse } from '#desk/draft-use.ts'
import { byOf } from '#desk/update.ts'
import { act } from '#desk/act.ts'
import { agentAnswer } from '#desk/inbound/agent-answer.ts'
import type { Desk } from '#desk/desk.ts'
import type { Handled, MailOutcome } from '#desk/inbound/outcome.ts'
import { livingTicket, storedFiles } from '#desk/inbound/receive-message.ts'
import { carrierOf } from '#desk/outbound/carrier.ts'
import { recipientsNow } from '#desk/outbound/reply-recipients.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { partsOf } from '#mail/explain.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { type Principal } from '#people/can.ts'
import type { Transaction } from '#store/database.ts'
import type { MailPolicy } from '#setup/settings-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

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
  const { agent, ticket, kind, text } = writing
  const { raw, found } = mail
  const at = desk.clock.now()
  // Pictures in the text are signatures and what was quoted; what was attached was meant.
  const files = found.mail.attachments.filter(({ inline }) => !inline)
  const { command, content } = await answerOf(desk, {
    ticket,
    kind,
    author: { authorId: agent.agentId, authorType: 'agent' },
    channel: (await carrierOf(tx, ticket)).channel,
    at,
    words: {
      bodyText: text,
      rawMailId: raw.id,
      senderCheck: found.check,
      attachments: await storedFiles(desk, files),
    },
    recipients: await recipientsNow(tx, ticket),
    sendAt: plus(at, agent.sendDelaySeconds),
    also: kind === 'reply' ? { facts: await draftUse(desk, tx, ticket.id, text) } : {},
  })
  const outcome = await act(desk, tx, ticket.id, command, byOf(agent), content)
  if (outcome.ok) return { joined: ticket.id }
  const detail = `Ticket ${ticket.id} did not take ${agent.name}’s answer: ${outcome.refusal.name}.`
  return mail.holdFor('unknown_author_update', detail, ticket.id)
}
