// Words to people: to administrators about a mailbox that fails, to an agent about a reply that did not arrive, to those who lead
// about tickets that nobody can take (stuck-alerts.ts), to an agent about their own account.
// They leave through the outbox, marked as automatic; none is sent about another, and none to an address of ours.
import { randomBytes } from 'node:crypto'
import type { Step } from '#assistant/rungs.ts'
import { noteUndelivered } from '#channels/alert-store.ts'
import { postLetter, type OutboxEntry } from '#channels/outbox-store.ts'
import { alertWords, type AccountChange, type AlertWords } from '#desk/outbound/alert-words.ts'
import type { Desk } from '#desk/desk.ts'
import { LINK_PLACE } from '#desk/mail-links.ts'
import { isOurs } from '#desk/outbound/mails.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { PersonId, UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { mintMessageId } from '#mail/token.ts'
import { administrators } from '#people/agent-store.ts'
import { peopleById } from '#people/person-store.ts'
import type { RuleVerdict } from '#reporting/vocabulary.ts'
import type { BackupFailure } from '#setup/backup-plan.ts'
import type { Db } from '#store/database.ts'

export type Reader = { readonly name: string; readonly email: string; readonly language: string | null }
type Word = {
  readonly key: string
  readonly to: readonly Reader[]
  readonly say: (words: AlertWords, timeZone: string) => { readonly subject: string; readonly text: string }
  /** The mailbox that must not carry it. */
  readonly notBy: number | null
  /** What the link in it is made of. */
  readonly aboutId?: number
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
  }: { mailboxId: number; address: string; since: Instant; failure: string },
): Promise<void> {
  const at = desk.clock.now()
  const quarter = Math.floor(Number(at.slice(11, 13)) / 6)
  await alertTo(desk, db, {
    key: `alert:mailbox:${mailboxId}:${at.slice(0, 10)}:${quarter}`,
    to: await administrators(db),
    say: (words, timeZone) =>
      words.mailbox({
        address,
        since: words.moment(since, timeZone),
        failure,
        url: `${desk.baseUrl}/admin/mailboxes/${mailboxId}`,
      }),
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
    say: (words) =>
      words.undelivered({
        ...lost,
        ticketId: author.ticketId,
        url: `${desk.baseUrl}/tickets/${author.ticketId}`,
      }),
    notBy: null,
  })
}

/** Tells an agent that how they sign in was changed, or that a code for emergencies was used, whoever did it: they may not have. */
export async function tellOwner(desk: Desk, db: Db, agentId: PersonId, change: AccountChange): Promise<void> {
  const at = desk.clock.now()
  const [agent] = await peopleById(db, [agentId])
  if (agent?.email == null) return
  const { name, email, language } = agent
  await alertTo(desk, db, {
    key: `alert:account:${agentId}:${change}:${at}`,
    to: [{ name, email, language }],
    say: (words, timeZone) =>
      words.account({ change, at: words.moment(at, timeZone), url: `${desk.baseUrl}/account` }),
    notBy: null,
  })
}

/** Tells who made the live version, or the administrators where they have left, that the assistant took steps down by itself. */
export async function tellAboutSteps(
  desk: Desk,
  db: Db,
  { version, steps, ownerId }: { version: number; steps: readonly Step[]; ownerId: PersonId | null },
): Promise<void> {
  const [owner] = ownerId === null ? [] : await peopleById(db, [ownerId])
  const { categories } = (await desk.setup.now()).directory
  await alertTo(desk, db, {
    key: `alert:assistant:${version}`,
    to:
      owner?.email == null
        ? await administrators(db)
        : [{ name: owner.name, email: owner.email, language: owner.language }],
    say: (words) =>
      words.assistant({
        steps: steps.map(({ categoryId, from, to, why }) => {
          const category = categories.find(({ id }) => id === categoryId)?.path ?? `#${categoryId}`
          return { category, from, to, why }
        }),
        url: `${desk.baseUrl}/admin/assistant-ladder`,
      }),
    notBy: null,
  })
}

/** Tells the owner of live rules, or the administrators (null), what is wrong with them. */
export async function tellAboutRules(
  desk: Desk,
  db: Db,
  ownerId: number | null,
  rules: readonly { readonly title: string; readonly verdicts: readonly RuleVerdict[] }[],
): Promise<void> {
  const [owner] = ownerId === null ? [] : await peopleById(db, [ownerId as PersonId])
  await alertTo(desk, db, {
    key: `alert:rules:${ownerId ?? 0}:${desk.clock.now()}`,
    to:
      owner?.email == null
        ? await administrators(db)
        : [{ name: owner.name, email: owner.email, language: owner.language }],
    say: (words) => words.rules({ rules, url: `${desk.baseUrl}/reports/automation` }),
    notBy: null,
  })
}

/** Tells the administrators about a backup that failed, at most once a day. */
export async function tellAboutBackup(
  desk: Desk,
  db: Db,
  about: { readonly place: string; readonly failure: BackupFailure; readonly detail: string },
): Promise<void> {
  await alertTo(desk, db, {
    key: `alert:backup:${desk.clock.now().slice(0, 10)}`,
    to: await administrators(db),
    say: (words) => words.backup({ ...about, url: `${desk.baseUrl}/admin/backups` }),
    notBy: null,
  })
}

type PasswordLink = {
  readonly purpose: 'invitation' | 'password'
  /** What the secret of the link is made of. */
  readonly number: number
  readonly until: Instant
  /** Null when the owner asked for it. */
  readonly by: string | null
}

/** Mails the owner of an account a link by which a password is chosen; false when nothing can carry it, or the address is ours. */
export async function tellLink(
  desk: Desk,
  db: Db,
  to: Reader,
  { number, until, ...link }: PasswordLink,
): Promise<boolean> {
  const { deskName } = (await desk.setup.now()).desk
  const said = await alertTo(desk, db, {
    key: `alert:link:${number}`,
    to: [to],
    say: (words, timeZone) =>
      words[link.purpose]({ ...link, url: LINK_PLACE, deskName, until: words.moment(until, timeZone) }),
    notBy: null,
    aboutId: number,
  })
  return said > 0
}

/** Whether anything could carry a word at all. */
export async function canAlert(desk: Desk): Promise<boolean> {
  return carrierOf(desk, await desk.setup.now(), null) !== undefined
}

/** The mailbox that a word of the desk leaves by, if any can carry it: one that rests, or was never turned on, carries nothing. */
export function carrierOf(desk: Desk, { mailboxes }: Setup, notBy: number | null) {
  return desk.canSend
    ? mailboxes.find(({ isDefault }) => isDefault)
    : mailboxes.find(({ id, hasSmtp, paused }) => hasSmtp && !paused && id !== notBy)
}

/** Sends a word by whatever mailbox can carry it, and answers to how many; nobody hears the same word twice. */
export async function alertTo(desk: Desk, db: Db, word: Word): Promise<number> {
  const setup = await desk.setup.now()
  const carrier = carrierOf(desk, setup, word.notBy)
  if (carrier === undefined) return 0
  const domain = carrier.address.slice(carrier.address.indexOf('@') + 1)
  const readers = word.to.filter((each) => !isOurs(each.email, setup))
  for (const { name, email, language } of readers) {
    const { subject, text } = word.say(alertWords(language, setup.desk.language), setup.desk.timeZone)
    await postLetter(db, {
      key: `${word.key}:${email}`,
      kind: 'alert',
      aboutId: word.aboutId ?? null,
      toAgent: true,
      mailboxId: carrier.id,
      to: { name, email },
      rfcMessageId: mintMessageId(domain, randomBytes(20)),
      subject,
      bodyText: text,
      updateId: (await desk.ids.next()) as UpdateId,
      at: desk.clock.now(),
    })
  }
  return readers.length
}
