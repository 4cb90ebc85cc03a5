// Puts HTML into what is being written on a ticket, from beside it. The composer takes it while it is there.
import type { MessageKind } from '../../../src/api/contract/messages.ts'

type Take = (html: string, kind?: MessageKind) => void
let open: { ticketId: number; take: Take } | null = null

/** The composer of a ticket takes what is put in; the answer lets go of it. */
export function takesInserts(ticketId: number, take: Take): () => void {
  const mine = { ticketId, take }
  open = mine
  return () => {
    if (open === mine) open = null
  }
}

/** Puts HTML at the caret: into the reply or note that is being written, or into one of `kind`. */
export function insertHtml(ticketId: number, html: string, kind?: MessageKind): void {
  if (open?.ticketId === ticketId) open.take(html, kind)
}
