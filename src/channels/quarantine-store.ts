// Mail that was held: no ticket, no clock, no answer, until a person recovers or discards it.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Authentication } from '#mail/authentication.ts'
import type { Points } from '#mail/score.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { aboutNoneOrInSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { join, sql } from '#store/sql.ts'

/** Why a mail is held, by the names of the field; the first is the one to show. */
export type HoldReason =
  | 'spam_score'
  | 'blocked_sender'
  | 'failed_authentication'
  | 'from_own_address'
  | 'auto_reply'
  | 'vacation'
  | 'bounce'
  | 'mail_loop'
  | 'mailing_list'
  | 'system_sender'
  | 'unverified_sender'
  | 'unknown_author_update'
  | 'empty_message'
  | 'too_large'
  | 'sender_flood'
  | 'unparseable'
  | 'processing_timeout'
  | 'backscatter'
  | 'malware'
  | 'malicious_link'
  | 'no_reply_recipient'
  | 'signup_required'
  | 'not_on_allow_list'
  | 'too_many_recipients'
  | 'participant_mismatch'
  | 'form_trap'

const KEPT_SECONDS = 30 * 86_400

export type Held = {
  readonly id: number
  readonly rawMailId: number
  readonly reasons: readonly HoldReason[]
  readonly detail: string
  readonly sender: string | null
  readonly subject: string | null
  readonly ticketId: TicketId | null
  readonly heldAt: Instant
  readonly expiresAt: Instant
  readonly size: number
  readonly recipients: readonly string[]
  readonly snippet: string
  readonly auth: Authentication | null
  readonly score: number
  readonly breakdown: readonly Points[]
}

/** Holds a mail for 30 days. */
export async function hold(
  db: Db,
  mail: {
    rawMailId: number
    reasons: readonly HoldReason[]
    detail: string
    sender: string | null
    subject: string | null
    ticketId: TicketId | null
    at: Instant
    snippet: string
    auth: Authentication | null
    score: number
    breakdown: readonly Points[]
  },
): Promise<void> {
  const held = await db.row<{ id: number }>(sql`
    insert into quarantine (raw_mail_id, reasons, detail, sender, subject, ticket_id, held_at, expires_at,
      snippet, auth, score, breakdown)
    values (${mail.rawMailId}, ${mail.reasons}, ${mail.detail}, ${mail.sender}, ${mail.subject}, ${mail.ticketId},
      ${mail.at}, ${plus(mail.at, KEPT_SECONDS)}, ${mail.snippet},
      ${mail.auth === null ? null : JSON.stringify(mail.auth)}, ${mail.score}, ${JSON.stringify(mail.breakdown)})
    on conflict (raw_mail_id) do nothing returning id`)
  if (held !== null) tell(db, { changed: 'quarantine', id: held.id })
}

const columns = sql`q.id, q.raw_mail_id as "rawMailId", q.reasons, q.detail, q.sender, q.subject,
  q.ticket_id as "ticketId", q.held_at as "heldAt", q.expires_at as "expiresAt",
  coalesce(r.size, octet_length(r.bytes)) as size, r.envelope -> 'to' as recipients,
  q.snippet, q.auth, q.score, q.breakdown`
const source = sql`quarantine q join raw_mail r on r.id = q.raw_mail_id`

/** Held mail that the reader may see, newest first. */
export async function listHeld(
  db: Db,
  page: { reason: string | null; q: string; limit: number; before: number | null },
  reader: Reader,
): Promise<Held[]> {
  const where = [
    aboutNoneOrInSight(reader, sql`q.ticket_id`),
    sql`q.state = 'held'`,
    sql`q.id < ${page.before ?? Number.MAX_SAFE_INTEGER}`,
  ]
  if (page.reason !== null) where.push(sql`${page.reason} = any(q.reasons)`)
  if (page.q !== '')
    where.push(sql`position(lower(${page.q}) in lower(concat_ws(' ', q.sender, q.subject))) > 0`)
  return db.rows<Held>(sql`select ${columns} from ${source} where ${join(where, ' and ')}
    order by q.id desc limit ${page.limit}`)
}

/** One mail that is still held and not about a ticket out of sight; `lock` keeps others from settling it meanwhile. */
export async function findHeld(db: Db, id: number, reader: Reader, lock = false): Promise<Held | null> {
  return db.row<Held>(sql`select ${columns} from ${source} where q.id = ${id} and q.state = 'held'
    and ${aboutNoneOrInSight(reader, sql`q.ticket_id`)} ${lock ? sql`for update of q` : sql``}`)
}

/** How many mails to a ticket are held. */
export async function heldOfTicket(db: Db, ticketId: TicketId): Promise<number> {
  const row = await db.row<{ held: number }>(
    sql`select count(*)::int as held from quarantine where ticket_id = ${ticketId} and state = 'held'`,
  )
  return row?.held ?? 0
}

/** Ends the hold. */
export async function finishHeld(
  db: Db,
  id: number,
  state: 'recovered' | 'discarded',
  by: PersonId,
  at: Instant,
): Promise<void> {
  await db.rows(
    sql`update quarantine set state = ${state}, settled_at = ${at}, settled_by = ${by} where id = ${id}`,
  )
  tell(db, { changed: 'quarantine', id })
}

/** Ends the hold of mail that nobody recovered in time; its bytes stay. */
export async function expireHeld(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`update quarantine set state = 'expired', settled_at = ${at}
    where state = 'held' and expires_at <= ${at}`)
}

/** How often each first reason was right: of what was held since and the reader may see, how much a person let in. */
export async function holdRates(
  db: Db,
  since: Instant,
  reader: Reader,
): Promise<{ reason: HoldReason; held: number; recovered: number; discarded: number }[]> {
  return db.rows(sql`select reasons[1] as reason, count(*)::int as held,
      count(*) filter (where state = 'recovered')::int as recovered,
      count(*) filter (where state = 'discarded')::int as discarded
    from quarantine q where held_at >= ${since} and ${aboutNoneOrInSight(reader, sql`q.ticket_id`)} group by 1 order by 2 desc, 1`)
}
