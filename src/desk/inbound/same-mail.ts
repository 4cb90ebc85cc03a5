// One mail that was sent to several of the desk's mailboxes and delivered to each: it is one message, and the ticket says where else it
// went.
import type { Desk } from '#desk/desk.ts'
import type { MailOutcome } from '#desk/inbound/outcome.ts'
import { shownBody, type Incoming } from '#desk/inbound/receive-message.ts'
import { noteOn } from '#desk/inbound/system-note.ts'
import type { Transaction } from '#store/database.ts'
import { copiesOf } from '#tickets/message-store.ts'

/** What became of the copy that came before this one; null when there was none. */
export async function foundAsCopy(
  desk: Desk,
  tx: Transaction,
  { raw, mail }: Pick<Incoming, 'raw' | 'mail'>,
): Promise<MailOutcome | null> {
  const { mailboxes } = await desk.setup.now()
  // History is read mailbox by mailbox, and each has its own.
  if (mailboxes.length < 2 || mail.messageId === null || raw.history !== null) return null
  const copies = await copiesOf(tx, mail.messageId)
  // Anybody can write an id: only the same words are the same mail.
  const { text } = shownBody(mail)
  const copy = copies.find((each) => each.mailboxId !== raw.mailboxId && each.bodyText === text)
  if (copy === undefined) return null
  const address = mailboxes.find(({ id }) => id === raw.mailboxId)?.address ?? 'another mailbox'
  await noteOn(desk, tx, copy.ticketId, `The same mail was also sent to ${address}.`)
  return { joined: copy.ticketId }
}
