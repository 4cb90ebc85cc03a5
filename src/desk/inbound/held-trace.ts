// A held answer leaves a word on the ticket whose signed address it was sent to: whoever reads that ticket must not think that the
// customer is silent.
import { heldOfTicket, type HoldReason } from '#channels/quarantine-store.ts'
import type { RawMail } from '#channels/raw-mail-store.ts'
import type { Desk } from '#desk/desk.ts'
import { livingTicket } from '#desk/inbound/receive-message.ts'
import { noteOn } from '#desk/inbound/system-note.ts'
import type { Understood } from '#desk/inbound/understand.ts'
import type { TicketId } from '#kit/ids.ts'
import { canonicalAddress } from '#mail/address.ts'
import { readReplyAddress } from '#mail/token.ts'
import type { Transaction } from '#store/database.ts'

/** What comes of our own mail is no answer, and would go on for ever. */
const ECHOES: ReadonlySet<HoldReason> = new Set(['mail_loop', 'from_own_address', 'bounce', 'backscatter'])
/** Whoever knows one address must not fill a ticket. */
const MOST_TRACES = 20

/** Notes on the ticket of a signed address that an answer to it was held. */
export async function traceHeld(
  desk: Desk,
  tx: Transaction,
  raw: RawMail,
  found: Understood | null,
  { reason, detail }: { readonly reason: HoldReason; readonly detail: string },
): Promise<void> {
  const ticketId = signedTicket(desk, raw, found)
  if (ticketId === null || ECHOES.has(reason)) return
  const ticket = (await livingTicket(tx, ticketId))?.ticket
  if (ticket === undefined || (await heldOfTicket(tx, ticketId)) > MOST_TRACES) return
  const from = found?.mail.from?.email || raw.envelope.from || 'Somebody'
  const text = `${from} answered this ticket by mail, and the mail is held in quarantine: ${detail}`
  await noteOn(desk, tx, ticket.id, text)
}

/** The ticket whose signed address a mail was sent to, told by its envelope alone when nobody could read it. */
export function signedTicket(desk: Desk, raw: RawMail, found: Understood | null): TicketId | null {
  if (found !== null) return found.reference?.by === 'token' ? found.reference.ticketId : null
  const to = raw.envelope.to.flatMap((text) => canonicalAddress(text) ?? [])
  const signed = to.map((address) => readReplyAddress(address, desk.secret)).find((id) => id !== null)
  return (signed ?? null) as TicketId | null
}
