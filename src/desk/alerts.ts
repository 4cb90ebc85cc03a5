// Words to people: to administrators about a mailbox that fails, to an agent about a reply that did not arrive, to those who lead
// about tickets that nobody can take (stuck-alerts.ts).
// They leave through the outbox, marked as automatic; none is sent about another, and none to an address of ours.
import { randomBytes } from 'node:crypto'
import { noteUndelivered } from '#channels/alert-store.ts'
import { postAlert, type OutboxEntry } from '#channels/outbox-store.ts'
import type { Desk } from '#desk/desk.ts'
import { isOurs } from '#desk/mails.ts'
import type { UpdateId } from '#kit/ids.ts'
import { mintMessageId } from '#mail/token.ts'
import { administrators } from '#people/agent-store.ts'
import type { Db } from '#store/database.ts'

type Word = {
  readonly key: string
  readonly to: readonly { readonly name: string; readonly email: string }[]
  readonly subject: string
  readonly text: string
  /** The mailbox that must not carry it. */
  readonly notBy: number | null
}

/** Tells the administrators about a mailbox that fails, at most once in six hours. */
export async function tellAboutMailbox(
  desk: Desk,
  db: Db,
  {
    mailboxId,
    address,
    since,
    failure,
  }: { mailboxId: number; address: string; since: string; failure: string },
): Promise<void> {
  const at = desk.clock.now()
  const quarter = Math.floor(Number(at.slice(11, 13)) / 6)
  await alertTo(desk, db, {
    key: `alert:mailbox:${mailboxId}:${at.slice(0, 10)}:${quarter}`,
    to: await administrators(db),
    subject: `The mailbox ${address} is failing`,
    text: `${address} has been failing since ${since}. Its server says:\n\n${failure}\n\nWhat to do about it: ${desk.baseUrl}/admin/mailboxes/${mailboxId}`,
    notBy: mailboxId,
  })
}

/** Tells the agent who wrote a message that it did not reach somebody; once for each of them. */
export async function tellAuthor(
  desk: Desk,
  db: Db,
  sent: OutboxEntry,
  lost: { readonly recipient: string; readonly detail: string },
): Promise<void> {
  if (sent.kind !== 'reply' || sent.messageId === null) return
  const author = await noteUndelivered(db, sent.messageId, { ...lost, at: desk.clock.now() })
  if (author === null) return
  await alertTo(desk, db, {
    key: `alert:undelivered:${sent.messageId}:${lost.recipient}`,
    to: [author],
    subject: `Your reply on ticket #${author.ticketId} did not reach ${lost.recipient}`,
    text: `The other server says:\n\n${lost.detail}\n\n${desk.baseUrl}/tickets/${author.ticketId}`,
    notBy: null,
  })
}

/** Sends a word by whatever mailbox can carry it; nobody hears the same word twice. */
export async function alertTo(desk: Desk, db: Db, word: Word): Promise<void> {
  const rules = await desk.rules.now()
  const carrier = desk.canSend
    ? rules.mailboxes.find(({ isDefault }) => isDefault)
    : rules.mailboxes.find(({ id, hasSmtp }) => hasSmtp && id !== word.notBy)
  if (carrier === undefined) return
  const domain = carrier.address.slice(carrier.address.indexOf('@') + 1)
  for (const { name, email } of word.to.filter((each) => !isOurs(each.email, rules)))
    await postAlert(db, {
      key: `${word.key}:${email}`,
      mailboxId: carrier.id,
      to: { name, email },
      rfcMessageId: mintMessageId(domain, randomBytes(20)),
      subject: word.subject,
      bodyText: word.text,
      updateId: (await desk.ids.next()) as UpdateId,
      at: desk.clock.now(),
    })
}
