// The nouns of reading a mail: what is handled, and what became of it. Types only.
import type { HoldReason } from '#channels/quarantine-store.ts'
import type { RawMail } from '#channels/raw-mail-store.ts'
import type { Understood } from '#desk/inbound/understand.ts'
import type { TicketId } from '#kit/ids.ts'

/** What became of a mail; kept on its row. */
export type MailOutcome =
  | { readonly opened: TicketId }
  | { readonly joined: TicketId }
  | { readonly delivery: TicketId }
  | { readonly held: HoldReason }
  /** A mailbox's mail to itself. */
  | { readonly tested: number }

/** Puts the mail at hand into quarantine. */
export type HoldFor = (reason: HoldReason, detail: string, ticketId?: TicketId | null) => Promise<MailOutcome>

/** A mail that was understood, on its way to an outcome. */
export type Handled = { readonly raw: RawMail; readonly found: Understood; readonly holdFor: HoldFor }
