// What a form was filled in with, and a person should look at before it becomes a ticket: kept as a mail in quarantine, from where it
// is recovered or discarded like any other.
import { hold } from '#channels/quarantine-store.ts'
import { finishRawMails, storeRawMail } from '#channels/raw-mail-store.ts'
import type { Desk } from '#desk/desk.ts'
import { newMessageId } from '#desk/outbound/mails.ts'
import type { Address } from '#mail/address.ts'
import { compose } from '#mail/compose.ts'
import type { MailAttachment } from '#mail/mail.ts'
import type { Transaction } from '#store/database.ts'

export type Submission = {
  readonly form: string
  readonly name: string
  readonly email: Address
  readonly subject: string
  readonly text: string
  readonly files: readonly Pick<MailAttachment, 'name' | 'type' | 'bytes'>[]
  readonly remoteAddress: string | null
}

/** Keeps a submission for a person's look; the same one again is kept once. */
export async function setAside(desk: Desk, tx: Transaction, sent: Submission): Promise<void> {
  const { form, name, email, subject, text, files, remoteAddress } = sent
  const { mailboxes } = await desk.setup.now()
  const mailbox = mailboxes.find(({ isDefault }) => isDefault) ?? null
  const at = desk.clock.now()
  const to = (mailbox?.address ?? 'form@docket.localhost') as Address
  const { raw } = await compose({
    from: { name, address: email },
    to: [{ name: '', address: to }],
    cc: [],
    replyTo: null,
    subject,
    messageId: newMessageId(mailbox),
    inReplyTo: null,
    references: [],
    date: at,
    text,
    html: null,
    attachments: files.map((file) => ({ ...file, contentId: null, inline: false })),
    automatic: 'no',
    bounceTo: null,
  })
  const envelope = { from: email, to: [to], remoteAddress }
  const { id } = await storeRawMail(tx, {
    bytes: raw,
    envelope,
    source: 'form',
    mailboxId: mailbox?.id ?? null,
    at,
  })
  await finishRawMails(tx, [{ id, state: 'quarantined', outcome: { held: 'form_trap' }, auth: null }])
  await hold(tx, {
    rawMailId: id,
    reasons: ['form_trap'],
    detail: `The form “${form}” was filled in where only programs fill it in.`,
    sender: email,
    subject,
    ticketId: null,
    at,
    snippet: text.replace(/\s+/g, ' ').slice(0, 200),
    auth: null,
    score: 0,
    breakdown: [],
  })
}
