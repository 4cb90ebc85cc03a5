// The link under mail to a requester alone, by which they open that one ticket without signing in.
import type { OutboxEntry } from '#channels/outbox-store.ts'
import { ticketToken } from '#desk/mail-links.ts'
import type { Desk } from '#desk/desk.ts'
import { addressesOf } from '#people/address-store.ts'
import { peopleById } from '#people/person-store.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Brand } from '#setup/brand-store.ts'
import type { Mailbox } from '#setup/mailbox-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** What people of the desk read in place of a secret. */
export const HIDDEN = '…'

/** Whether links in mails open a ticket. A chat's always do: its customer goes on where they read what they had missed. */
export const isOpenByLink = (
  brand: Pick<Brand, 'ticketLinks'>,
  { channel }: Pick<Ticket, 'channel'>,
): boolean => brand.ticketLinks || channel === 'chat'

type AboutTicket = OutboxEntry & { readonly ticketId: TicketId }

/** The link as the end of a text and of a page; null where there is to be none. */
export async function ticketLink(
  desk: Desk,
  entry: AboutTicket,
  ticket: Ticket,
  { mailbox, isShown }: { readonly mailbox: Mailbox; readonly isShown: boolean },
): Promise<{ readonly text: string; readonly html: string } | null> {
  const { brands, desk: settings } = await desk.setup.now()
  const brand = brands.find(({ id }) => id === ticket.brandId)
  if (brand === undefined || !isOpenByLink(brand, ticket) || !(await isForThemAlone(desk, entry, ticket)))
    return null
  const [person] = await peopleById(desk.database, [ticket.requesterId])
  const at = entry.sendAt
  const token = ticketToken({ ticketId: entry.ticketId, personId: ticket.requesterId, at }, desk.secret)
  const url = `${desk.baseUrl}/portal/t/${isShown ? HIDDEN : token}`
  const words = /^de\b/i.test(person?.language ?? mailbox.language ?? settings.language)
    ? 'Diese Anfrage im Browser ansehen und beantworten'
    : 'See and answer this request in your browser'
  return { text: `${words}:\n${url}`, html: `<p><a href="${url}">${words}</a></p>` }
}

/**
 * To nobody but the requester, whom others could otherwise answer for. A machine's mail to an address that somebody only typed
 * carries none: it would show their words to whoever has the address.
 */
async function isForThemAlone(desk: Desk, entry: AboutTicket, ticket: Ticket): Promise<boolean> {
  const { kind, recipients, toAgent } = entry
  const isReply = kind === 'reply'
  const isAutomatic = kind === 'resolved' || kind === 'acknowledgement'
  if (toAgent || !(isReply || isAutomatic)) return false
  if (isAutomatic && (ticket.channel === 'form' || entry.subject !== null)) return false
  const [only, ...others] = [...recipients.to, ...recipients.cc]
  if (only === undefined || others.length > 0) return false
  const theirs = await addressesOf(desk.database, [ticket.requesterId])
  return theirs.get(ticket.requesterId)?.includes(only.email.toLowerCase()) === true
}
