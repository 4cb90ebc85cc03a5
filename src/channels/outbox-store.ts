// The outbox: every mail that is to leave, written with the change that caused it, claimed by one sender at a time.
import { ownResponses } from '#channels/outbox-words.ts'
import type { EventId, MessageId, TicketId, UpdateId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { aboutNoneOrInSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { join, sql } from '#store/sql.ts'

export type OutboxKind =
  | 'reply'
  | 'acknowledgement'
  | 'resolved'
  | 'notification'
  | 'alert'
  | 'sign_in'
  | 'confirm'
  | 'survey'
  | 'report'
export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'cancelled'
export type Recipient = { readonly name: string; readonly email: string }
/** The worst that was reported of a sent mail, for any of its recipients. */
export type Reported = 'delivered' | 'delayed' | 'bounced'
/** Frozen when the mail is asked for: a later change of the ticket cannot redirect it. */
export type Recipients = { readonly to: readonly Recipient[]; readonly cc: readonly Recipient[] }

/** A mail as `desk/act` writes it; the ticket's number is filled in by the statement that opens the ticket. */
export type NewOutboxEntry = {
  /** Unique for all time: the same effect asked for twice is one mail. */
  readonly key: string
  readonly kind: OutboxKind
  readonly messageId: MessageId | null
  readonly mailboxId: number | null
  readonly recipients: Recipients
  readonly rfcMessageId: string
  readonly sendAt: Instant
  /** Not written when the address got such a mail within a day (F2). */
  readonly rare?: boolean
  /** Fixed words in place of the ticket's subject. */
  readonly subject?: string
  /** The link to sign in with, the survey, or the report, that it carries. */
  readonly aboutId?: number
  /** For mail that a rule wrote: its text, unless a message holds it; held mail waits for an administrator. */
  readonly byRule?: {
    readonly ruleId: number
    readonly subject: string | null
    readonly bodyText: string | null
    readonly toAgent: boolean
    readonly held: boolean
  }
}

export type OutboxEntry = Omit<NewOutboxEntry, 'byRule' | 'rare' | 'subject' | 'aboutId'> & {
  readonly aboutId: number | null
  /** The text of a mail that no message holds. */
  readonly subject: string | null
  readonly bodyText: string | null
  /** Of a mail with several messages of a chat: the place after which they begin. */
  readonly sinceSeq: number | null
  readonly held: boolean
  /** Since when it waits for a person's word, because nothing could carry it away when it was due. */
  readonly keptAt: Instant | null
  /** For agents alone. */
  readonly toAgent: boolean
  readonly id: number
  /** Null for a word to an administrator about a mailbox. */
  readonly ticketId: TicketId | null
  readonly updateId: UpdateId
  readonly state: OutboxState
  readonly attempts: number
  readonly response: string | null
  /** What a bounce said of it later. */
  readonly report: string | null
  readonly reported: Reported | null
  readonly createdAt: Instant
  readonly settledAt: Instant | null
}

const columns = sql`id, key, kind, ticket_id as "ticketId", update_id as "updateId", message_id as "messageId",
  mailbox_id as "mailboxId", recipients, rfc_message_id as "rfcMessageId", state, send_at as "sendAt", attempts,
  response, report, reported, created_at as "createdAt", settled_at as "settledAt", subject, body_text as "bodyText",
  since_seq as "sinceSeq", held, kept_at as "keptAt", to_agent as "toAgent", about_id as "aboutId"`

/** Long enough for one SMTP dialogue; a claim that outlives it belonged to a sender that died. */
export const CLAIM_SECONDS = 120

/**
 * Claims due mails for one sender, committed before anything is sent. The claim is a fencing token: only its holder can
 * settle the mail.
 */
export async function claimDue(
  db: Db,
  claim: string,
  at: Instant,
  page: { limit: number; mailboxIds: readonly number[] | 'all' },
): Promise<OutboxEntry[]> {
  const mine = page.mailboxIds === 'all' ? sql`` : sql`and mailbox_id = any(${page.mailboxIds})`
  return db.rows<OutboxEntry>(sql`
    update outbox set state = 'sending', claim = ${claim}, claimed_until = ${plus(at, CLAIM_SECONDS)}, attempts = attempts + 1
    where id in (select id from outbox o where state = 'queued' and send_at <= ${at} and not held and kept_at is null ${mine}
        and not ${invented}
      order by send_at limit ${page.limit} for update skip locked)
    returning ${columns}`)
}

/** Somebody who came with the samples or the demo: there is nobody to read it, or a stranger. */
const invented = sql`exists (select from person p join sample_person s on s.person_id = p.id where p.email = o.to_email)`

/**
 * Puts aside what is due and cannot leave: mail that no server carries is kept for a person's word, mail to invented people is
 * cancelled.
 */
export async function putAside(db: Db, at: Instant, mailboxIds: readonly number[] | 'all'): Promise<number> {
  const cancelled = await db.rows(sql`update outbox o set state = 'cancelled', settled_at = ${at},
      response = ${ownResponses.invented}
    where state = 'queued' and send_at <= ${at} and not held and kept_at is null and ${invented} returning id`)
  if (mailboxIds === 'all') return cancelled.length
  const kept = await db.rows(sql`update outbox set kept_at = ${at}
    where state = 'queued' and send_at <= ${at} and not held and kept_at is null
      and (mailbox_id is null or not (mailbox_id = any(${mailboxIds}))) returning id`)
  if (cancelled.length + kept.length > 0) tell(db, { changed: 'outbox', id: null })
  return cancelled.length + kept.length
}

/** Kept mails that could leave now: how many, and since when the oldest waits. */
export async function keptMails(
  db: Db,
  mailboxIds: readonly number[] | 'all',
  reader: Reader,
): Promise<{ count: number; since: Instant | null }> {
  const mine = mailboxIds === 'all' ? sql`` : sql`and mailbox_id = any(${mailboxIds})`
  const row = await db.row<{
    count: number
    since: Instant | null
  }>(sql`select count(*) as count, min(kept_at) as since
    from outbox where state = 'queued' and kept_at is not null and ${aboutNoneOrInSight(reader, sql`outbox.ticket_id`)} ${mine}`)
  return row ?? { count: 0, since: null }
}

/**
 * Lets kept mails leave, or discards them: all that could leave now, or those that are named. Returns how many.
 * What is out of the reader's sight stays.
 */
export async function decideKept(
  db: Db,
  verdict: 'send' | 'discard',
  which: { ids: readonly number[] | null; mailboxIds: readonly number[] | 'all'; reader: Reader },
  at: Instant,
): Promise<number> {
  const mine = which.mailboxIds === 'all' ? sql`` : sql`and mailbox_id = any(${which.mailboxIds})`
  const these = which.ids === null ? mine : sql`and id = any(${which.ids})`
  const change =
    verdict === 'send'
      ? sql`kept_at = null, send_at = ${at}`
      : sql`state = 'cancelled', settled_at = ${at}, response = ${ownResponses.discarded}`
  const rows = await db.rows(sql`update outbox set ${change}
    where state = 'queued' and kept_at is not null
      and ${aboutNoneOrInSight(which.reader, sql`outbox.ticket_id`)} ${these} returning id`)
  return rows.length
}

/** A mail about no ticket: to somebody of the desk about mail itself or with a report, or with a way in for a customer. */
export type Letter = {
  readonly key: string
  readonly kind: 'alert' | 'sign_in' | 'confirm' | 'report'
  readonly mailboxId: number
  readonly to: Recipient
  readonly rfcMessageId: string
  readonly subject: string
  readonly bodyText: string
  readonly aboutId: number | null
  readonly toAgent: boolean
  readonly updateId: UpdateId
  readonly at: Instant
}

/** Writes a letter; the same key again is the same mail. */
export async function postLetter(db: Db, letter: Letter): Promise<void> {
  const { key, kind, mailboxId, to, rfcMessageId, subject, bodyText, aboutId, toAgent, updateId, at } = letter
  const recipients = JSON.stringify({ to: [to], cc: [] })
  await db.rows(sql`insert into outbox (key, kind, update_id, mailbox_id, recipients, to_email, rfc_message_id, state,
      send_at, created_at, subject, body_text, about_id, to_agent)
    values (${key}, ${kind}, ${updateId}, ${mailboxId}, ${recipients}, ${to.email}, ${rfcMessageId}, 'queued', ${at}, ${at},
      ${subject}, ${bodyText}, ${aboutId}, ${toAgent})
    on conflict (key) do nothing`)
  tell(db, { lane: 'outbox' })
}

/** Writes a mail of a chat: what its customer has not read, or all that was said; the same key again is the same mail. */
export async function postChatMail(
  db: Db,
  mail: Omit<NewOutboxEntry, 'byRule' | 'rare' | 'subject' | 'sendAt'> & {
    readonly ticketId: TicketId
    readonly updateId: UpdateId
    readonly sinceSeq: number
    readonly at: Instant
  },
): Promise<void> {
  await db.rows(sql`insert into outbox (key, kind, ticket_id, update_id, message_id, mailbox_id, recipients, to_email,
      rfc_message_id, state, send_at, created_at, since_seq)
    values (${mail.key}, ${mail.kind}, ${mail.ticketId}, ${mail.updateId}, ${mail.messageId}, ${mail.mailboxId},
      ${JSON.stringify(mail.recipients)}, ${mail.recipients.to[0]?.email ?? ''}, ${mail.rfcMessageId}, 'queued', ${mail.at},
      ${mail.at}, ${mail.sinceSeq})
    on conflict (key) do nothing`)
  tell(db, { lane: 'outbox' })
}

/** When the next mail is due. */
export async function nextSendAt(db: Db, mailboxIds: readonly number[] | 'all'): Promise<Instant | null> {
  const mine = mailboxIds === 'all' ? sql`` : sql`and mailbox_id = any(${mailboxIds})`
  const row = await db.row<{ at: Instant | null }>(sql`
    select min(case when state = 'queued' then send_at else claimed_until end) as at
    from outbox where state in ('queued', 'sending') and not held and kept_at is null ${mine}`)
  return row?.at ?? null
}

/**
 * Mails whose sender died between claim and answer: nobody knows whether they left. Replies go out again under the same
 * Message-ID, which mail clients collapse; the rest is not worth a double and is shown as unknown.
 */
export async function releaseAbandoned(db: Db, at: Instant): Promise<number> {
  const rows = await db.rows(sql`
    update outbox set claim = null, claimed_until = null,
      state = case when kind = 'reply' then 'queued' else 'unknown' end,
      settled_at = case when kind = 'reply' then null else ${at}::timestamptz end,
      response = ${ownResponses.broken}
    where state = 'sending' and claimed_until <= ${at} returning id`)
  return rows.length
}

/** Notes the end of a try; false when the claim was lost meanwhile. */
export async function finishSend(
  db: Db,
  entry: { id: number; claim: string },
  outcome: { state: OutboxState; response: string; at: Instant; again: Instant | null },
): Promise<boolean> {
  const rows = await db.rows(sql`
    update outbox set state = ${outcome.state}, response = ${outcome.response}, claim = null, claimed_until = null,
      send_at = coalesce(${outcome.again}, send_at),
      settled_at = ${outcome.again === null ? outcome.at : null}
    where id = ${entry.id} and claim = ${entry.claim} returning id`)
  return rows.length > 0
}

/** Cancels the mails of an update that have not begun to leave; returns how many of it had. */
export async function cancelQueued(
  db: Db,
  updateId: UpdateId,
  at: Instant,
): Promise<{ cancelled: number; left: number }> {
  const rows = await db.rows<{ state: OutboxState }>(sql`
    select state from outbox where update_id = ${updateId} and kind = 'reply' for update`)
  const left = rows.filter(({ state }) => state !== 'queued').length
  if (left > 0) return { cancelled: 0, left }
  await db.rows(sql`update outbox set state = 'cancelled', settled_at = ${at}
    where update_id = ${updateId} and state = 'queued'`)
  return { cancelled: rows.length, left: 0 }
}

/** Puts a failed or unknown mail back into the queue; null when it has left or waits already. */
export async function retrySend(db: Db, id: number, at: Instant): Promise<OutboxEntry | null> {
  return db.row<OutboxEntry>(sql`
    update outbox set state = 'queued', send_at = ${at}, settled_at = null, attempts = 0
    where id = ${id} and state in ('failed', 'unknown') returning ${columns}`)
}

/** Mails that the reader may see, newest first. */
export async function listOutbox(
  db: Db,
  page: {
    states: readonly OutboxState[] | null
    /** Of those that are queued: the ones that wait for a person, or the others. */
    waits: boolean | null
    reported: Reported | null
    ticketId: number | null
    limit: number
    before: number | null
  },
  reader: Reader,
): Promise<OutboxEntry[]> {
  const where = [
    aboutNoneOrInSight(reader, sql`outbox.ticket_id`),
    sql`id < ${page.before ?? Number.MAX_SAFE_INTEGER}`,
  ]
  if (page.states !== null) where.push(sql`state = any(${page.states})`)
  if (page.waits !== null) where.push(sql`(held or kept_at is not null) = ${page.waits}`)
  if (page.reported !== null) where.push(sql`reported = ${page.reported}`)
  if (page.ticketId !== null) where.push(sql`ticket_id = ${page.ticketId}`)
  return db.rows<OutboxEntry>(sql`select ${columns} from outbox where ${join(where, ' and ')}
    order by id desc limit ${page.limit}`)
}

/** One mail, if the reader may see it. */
export async function findOutboxFor(db: Db, id: number, reader: Reader): Promise<OutboxEntry | null> {
  return db.row<OutboxEntry>(sql`select ${columns} from outbox
    where id = ${id} and ${aboutNoneOrInSight(reader, sql`outbox.ticket_id`)}`)
}

/** One mail. */
export async function findOutbox(db: Db, id: number): Promise<OutboxEntry | null> {
  return db.row<OutboxEntry>(sql`select ${columns} from outbox where id = ${id}`)
}

/** The firing of the rule that wrote the mail with one of these Message-IDs: what an answer to it comes of. */
export async function firingBehindMail(db: Db, rfcMessageIds: readonly string[]): Promise<EventId | null> {
  if (rfcMessageIds.length === 0) return null
  const [row] = await db.hot<{ id: EventId }>(sql`select e.id from outbox o
    join ticket_event e on e.ticket_id = o.ticket_id and e.update_id = o.update_id and e.kind = 'rule_fired'
      and e.actor_id = o.rule_id
    where o.rfc_message_id = any(${rfcMessageIds}) and o.rule_id is not null order by o.id desc limit 1`)
  return row?.id ?? null
}

/** The mails that carry these messages to customers. */
export async function outboxOfMessages(db: Db, messageIds: readonly number[]): Promise<OutboxEntry[]> {
  if (messageIds.length === 0) return []
  return db.hot<OutboxEntry>(
    sql`select ${columns} from outbox where message_id = any(${messageIds}) and kind in ('reply', 'notification')`,
  )
}

/** The mail with this Message-ID. */
export async function outboxByRfcId(db: Db, rfcMessageId: string): Promise<OutboxEntry | null> {
  return db.row<OutboxEntry>(sql`select ${columns} from outbox where rfc_message_id = ${rfcMessageId}
    order by id desc limit 1`)
}

/** The newest mail about a ticket. */
export async function newestOutboxOf(db: Db, ticketId: TicketId): Promise<OutboxEntry | null> {
  return db.row<OutboxEntry>(sql`select ${columns} from outbox where ticket_id = ${ticketId} and state = 'sent'
    order by (kind = 'reply') desc, id desc limit 1`)
}

/** Notes what another server reported about a mail, without changing that it was sent. */
export async function noteReport(
  db: Db,
  id: number,
  { words, reported }: { readonly words: string; readonly reported: Reported },
): Promise<void> {
  await db.rows(sql`update outbox set report = ${words},
    reported = case when reported = 'bounced' then reported else ${reported} end where id = ${id}`)
  tell(db, { changed: 'outbox', id })
}
