// How one mail was understood, step by step, by the same functions that act on mail; for the administrator who asks why.
import type { RawMail } from '#channels/raw-mail-store.ts'
import type { Desk } from '#desk/desk.ts'
import { agentAnswer } from '#desk/inbound/agent-answer.ts'
import { holdReason } from '#desk/inbound/hold-reason.ts'
import { livingTicket } from '#desk/inbound/receive-message.ts'
import { roleOn } from '#desk/word.ts'
import { understand, whoSent, type Understood } from '#desk/inbound/understand.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Authentication } from '#mail/authentication.ts'
import { explain, partsOf, type Explanation } from '#mail/explain.ts'
import type { Parsed } from '#mail/mail.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { peopleByEmail } from '#people/person-store.ts'
import type { MailPolicy } from '#setup/settings-store.ts'
import type { Db } from '#store/database.ts'

export type MailExplained = {
  readonly parsed: Parsed
  readonly found: Understood | null
  readonly role: 'requester' | 'participant' | null
  readonly hold: { readonly reason: string; readonly detail: string } | null
  readonly quote: Explanation | null
}

/** Explains a mail; `known` is what was found out about its sender when it came. */
export async function explainMail(
  desk: Desk,
  db: Db,
  raw: Pick<RawMail, 'bytes' | 'envelope' | 'history'>,
  parsed: Parsed,
  known: Authentication | null,
): Promise<MailExplained> {
  if (!parsed.ok) return { parsed, found: null, role: null, hold: null, quote: null }
  const policy = (await desk.setup.now()).desk.mail
  const auth = known ?? (await whoSent(desk, policy, raw, parsed.mail))
  const found = await understand(desk, db, raw, parsed.mail, auth)
  const ticketId = found.reference?.ticketId ?? null
  const role = ticketId === null ? null : await roleIn(db, ticketId, found.author)
  const hold = holdReason(found, policy) ?? (await agentHold(db, found, policy))
  return { parsed, found, role, hold, quote: explain(parsed, '') }
}

/** What is said against an agent's answer to a notification; null when nothing is, or it is none. */
async function agentHold(db: Db, found: Understood, policy: MailPolicy): Promise<MailExplained['hold']> {
  if (found.agentToken === null) return null
  const { ticketId, agentId } = found.agentToken
  const ticket = (await livingTicket(db, ticketId))?.ticket
  const agent = await principalOfAgent(db, agentId as PersonId)
  if (ticket === undefined) return { reason: 'unknown_author_update', detail: 'The ticket is gone.' }
  const answer = agentAnswer(found, partsOf(found.mail).visibleText, policy, agent, ticket)
  return 'hold' in answer ? { reason: answer.hold, detail: answer.detail } : null
}

async function roleIn(db: Db, ticketId: TicketId, author: string | null) {
  const ticket = (await livingTicket(db, ticketId))?.ticket
  const [person] = author === null ? [] : await peopleByEmail(db, [author])
  return ticket === undefined || person === undefined ? null : roleOn(ticket, person.id)
}
