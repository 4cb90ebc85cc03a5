// A held mail that a person found to be good: it opens a ticket or joins one now, and its clocks start now.
import type { Held } from '#channels/quarantine-store.ts'
import { findRawMail, finishRawMail } from '#channels/raw-mail-store.ts'
import { act } from '#desk/act.ts'
import type { By } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { joinAside } from '#desk/inbound/receive-aside.ts'
import { messageOf, openFromMail, type Incoming } from '#desk/inbound/receive-message.ts'
import { roleOn } from '#desk/word.ts'
import { asideOf, ourAddresses } from '#desk/inbound/understand.ts'
import type { SideConversationId, TicketId } from '#kit/ids.ts'
import { addressKey, canonicalAddress, type Address } from '#mail/address.ts'
import { senderCheck } from '#mail/authentication.ts'
import { parse } from '#mail/parse.ts'
import type { Mail } from '#mail/mail.ts'
import { identify } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Ticket } from '#tickets/ticket.ts'

/**
 * Recovers a mail, as of whoever it names or an administrator chose instead; on a ticket its author takes no part in, they join as cc first, in
 * the agent's name.
 */
export async function recoverMail(
  desk: Desk,
  tx: Transaction,
  held: Held,
  target: Ticket | null,
  by: By,
  chosen: Address | null = null,
): Promise<{ ticketId: TicketId } | { failed: string }> {
  const raw = await findRawMail(tx, desk.blobs, held.rawMailId)
  if (raw === null) return { failed: 'The mail itself has been erased.' }
  const parsed = await parse(raw.bytes)
  const mail = parsed.ok ? parsed.mail : unreadable(raw.bytes, parsed.detail)
  const named = mail.from?.address ?? canonicalAddress(held.sender ?? '')
  const author = lowered(chosen ?? named)
  if (author === null)
    return { failed: 'The mail does not say who sent it. Choose or type the address of its author.' }
  if (ourAddresses(await desk.setup.now()).some((each) => addressKey(each) === author))
    return { failed: `${author} is this desk itself.` }
  const authorId = await identify(tx, author, nameOf(author, mail))
  const incoming = {
    raw: { ...raw, receivedAt: desk.clock.now(), history: null },
    mail,
    author,
    authorId,
    mayAutoReply: false,
    recovered: true as const,
    check: held.auth === null || author !== lowered(named) ? ('unverified' as const) : senderCheck(held.auth),
  }
  const aside = await asideOf(desk, tx, mail, raw.envelope)
  if (aside !== null && target !== null) return recoverAside(desk, tx, incoming, aside.id)
  if (target === null) {
    const outcome = await openFromMail(desk, tx, incoming)
    if (!('opened' in outcome)) return { failed: 'It could not become a ticket.' }
    await finishRawMail(tx, raw.id, outcome)
    return { ticketId: outcome.opened }
  }
  if (roleOn(target, authorId) === null) {
    const joined = await act(
      desk,
      tx,
      target.id,
      { kind: 'addParticipant', personId: authorId, role: 'cc' },
      by,
    )
    if (!joined.ok) return { failed: `Its author cannot join ticket ${target.id}: ${joined.refusal.name}.` }
  }
  const message = await messageOf(desk, incoming)
  const role = target.requesterId === authorId ? 'requester' : 'participant'
  const outcome = await act(
    desk,
    tx,
    target.id,
    {
      kind: 'receive',
      authorId,
      messageId: message.id,
      channel: 'email',
      thanks: false,
      attachmentCount: message.attachments.length,
      recipientCount: 0,
    },
    { actor: { type: role, id: authorId }, role: null, personId: null, mayReopenClosed: false },
    { messages: [message] },
  )
  if (!outcome.ok) return { failed: `Ticket ${target.id} did not take it: ${outcome.refusal.name}.` }
  await finishRawMail(tx, raw.id, { joined: target.id })
  return { ticketId: target.id }
}

const lowered = (address: Address | null) => (address === null ? null : (addressKey(address) as Address))

/** The name under which the mail mentions somebody. */
function nameOf(author: Address, mail: Mail): string {
  const parties = [mail.from, mail.sender, ...mail.replyTo]
  return parties.find((party) => party?.address != null && addressKey(party.address) === author)?.name ?? ''
}

/** An answer to a side conversation stays in it, whoever wrote it. */
async function recoverAside(
  desk: Desk,
  tx: Transaction,
  incoming: Incoming,
  id: SideConversationId,
): Promise<{ ticketId: TicketId } | { failed: string }> {
  let failed = ''
  const outcome = await joinAside(desk, tx, incoming, {
    id,
    bySignedAddress: true,
    policy: (await desk.setup.now()).desk.mail,
    holdFor: async (reason, detail) => {
      failed = detail
      return { held: reason }
    },
  })
  if (!('joined' in outcome)) return { failed }
  await finishRawMail(tx, incoming.raw.id, outcome)
  return { ticketId: outcome.joined }
}

/** A mail that no parser reads is shown as it came. */
function unreadable(bytes: Uint8Array, detail: string): Mail {
  const text = Buffer.from(bytes.subarray(0, 100_000)).toString('latin1').replaceAll('\0', '')
  return {
    from: null,
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    subject: 'A mail that could not be read',
    messageId: null,
    inReplyTo: null,
    references: [],
    date: null,
    text,
    html: null,
    headers: new Map(),
    attachments: [],
    problems: [detail],
  }
}
