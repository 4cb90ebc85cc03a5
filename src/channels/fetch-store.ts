// How far each folder was read, and how each mailbox is doing.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { sql } from '#store/sql.ts'

export type Cursor = {
  readonly uidValidity: number
  readonly lastUid: number
  /** Mail up to here lay there at the first look. */
  readonly historyUid: number
  /** What came earlier and lay there is history; null: all that lay there is. */
  readonly begunAt: Instant | null
  /** Older mail is left alone; null: none is too old. */
  readonly since: Instant | null
}

/** Where reading goes on, or null for a folder that was never read. */
export async function readCursor(db: Db, mailboxId: number, folder: string): Promise<Cursor | null> {
  return db.row<Cursor>(sql`select uid_validity as "uidValidity", last_uid as "lastUid", history_uid as "historyUid",
    begun_at as "begunAt", since from mailbox_cursor where mailbox_id = ${mailboxId} and folder = ${folder}`)
}

/** Begins a folder, or begins it again under a new UIDVALIDITY. */
export async function writeCursor(db: Db, mailboxId: number, folder: string, cursor: Cursor): Promise<void> {
  const { uidValidity, lastUid, historyUid, begunAt, since } = cursor
  await db.rows(sql`insert into mailbox_cursor (mailbox_id, folder, uid_validity, last_uid, history_uid, begun_at, since)
    values (${mailboxId}, ${folder}, ${uidValidity}, ${lastUid}, ${historyUid}, ${begunAt}, ${since})
    on conflict (mailbox_id, folder) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid,
      history_uid = excluded.history_uid, begun_at = excluded.begun_at, since = excluded.since`)
}

/** Moves a cursor on, in the transaction that stored the mail up to there; it never goes back. */
export async function advanceCursor(
  db: Db,
  mailboxId: number,
  folder: string,
  to: { uidValidity: number; lastUid: number },
): Promise<void> {
  await db.rows(sql`update mailbox_cursor set last_uid = greatest(last_uid, ${to.lastUid})
    where mailbox_id = ${mailboxId} and folder = ${folder} and uid_validity = ${to.uidValidity}`)
}

export type Health = {
  readonly mailboxId: number
  readonly fetchedAt: Instant | null
  readonly mailAt: Instant | null
  readonly lagSeconds: number | null
  readonly failingSince: Instant | null
  readonly failure: string | null
  readonly alertedAt: Instant | null
  readonly sentAt: Instant | null
  readonly sendFailingSince: Instant | null
  readonly sendFailure: string | null
  readonly historyTotal: number
  readonly historyDone: number
  readonly testSentAt: Instant | null
  readonly testReturnedAt: Instant | null
}

const healthColumns = sql`mailbox_id as "mailboxId", fetched_at as "fetchedAt", mail_at as "mailAt",
  lag_seconds as "lagSeconds", failing_since as "failingSince", failure, alerted_at as "alertedAt", sent_at as "sentAt",
  send_failing_since as "sendFailingSince", send_failure as "sendFailure", history_total as "historyTotal",
  history_done as "historyDone", test_sent_at as "testSentAt", test_returned_at as "testReturnedAt"`

export async function healthOf(db: Db, mailboxIds: readonly number[]): Promise<Health[]> {
  return db.rows<Health>(
    sql`select ${healthColumns} from mailbox_health where mailbox_id = any(${mailboxIds})`,
  )
}

/** The folder was looked at; `mail` when something came. */
export async function noteFetch(
  db: Db,
  mailboxId: number,
  at: Instant,
  mail: { lagSeconds: number | null; historyDone: number } | null,
): Promise<void> {
  const lag = mail?.lagSeconds ?? null
  const before = await db.row<{ wasFailing: boolean }>(sql`
    with old as (select failing_since is not null as failing from mailbox_health where mailbox_id = ${mailboxId})
    insert into mailbox_health (mailbox_id, fetched_at, mail_at, lag_seconds, history_done)
    values (${mailboxId}, ${at}, ${mail === null ? null : at}, ${lag}, ${mail?.historyDone ?? 0})
    on conflict (mailbox_id) do update set fetched_at = excluded.fetched_at,
      mail_at = coalesce(excluded.mail_at, mailbox_health.mail_at),
      lag_seconds = coalesce(excluded.lag_seconds, mailbox_health.lag_seconds),
      history_done = mailbox_health.history_done + excluded.history_done,
      failing_since = null, failure = null, alerted_at = null
    returning coalesce((select failing from old), false) as "wasFailing"`)
  if (before?.wasFailing === true || mail !== null) tell(db, { changed: 'mailboxes', id: mailboxId })
}

/** How much history there is to bring in. */
export async function noteHistory(db: Db, mailboxId: number, total: number): Promise<void> {
  await db.rows(sql`insert into mailbox_health (mailbox_id, history_total) values (${mailboxId}, ${total})
    on conflict (mailbox_id) do update set history_total = excluded.history_total, history_done = 0`)
}

/** Fetching failed, in the server's own words; since when it fails is kept. */
export async function noteFetchFailure(db: Db, mailboxId: number, at: Instant, words: string): Promise<void> {
  await db.rows(sql`insert into mailbox_health (mailbox_id, failing_since, failure) values (${mailboxId}, ${at}, ${words})
    on conflict (mailbox_id) do update
      set failing_since = coalesce(mailbox_health.failing_since, excluded.failing_since), failure = excluded.failure`)
  tell(db, { changed: 'mailboxes', id: mailboxId })
}

/** Sending through the mailbox's own server worked, or failed in that server's words. */
export async function noteSend(
  db: Db,
  mailboxId: number,
  at: Instant,
  failure: string | null,
): Promise<void> {
  if (failure === null) {
    await db.rows(sql`insert into mailbox_health (mailbox_id, sent_at) values (${mailboxId}, ${at})
      on conflict (mailbox_id) do update set sent_at = excluded.sent_at, send_failing_since = null, send_failure = null`)
    return
  }
  await db.rows(sql`insert into mailbox_health (mailbox_id, send_failing_since, send_failure)
    values (${mailboxId}, ${at}, ${failure})
    on conflict (mailbox_id) do update set send_failure = excluded.send_failure,
      send_failing_since = coalesce(mailbox_health.send_failing_since, excluded.send_failing_since)`)
  tell(db, { changed: 'mailboxes', id: mailboxId })
}

/** A mail to oneself left, or is back. */
export async function noteTest(
  db: Db,
  mailboxId: number,
  what: 'sent' | 'returned',
  at: Instant,
): Promise<void> {
  const [sent, returned] = what === 'sent' ? [at, null] : [null, at]
  await db.rows(sql`insert into mailbox_health (mailbox_id, test_sent_at, test_returned_at)
    values (${mailboxId}, ${sent}, ${returned})
    on conflict (mailbox_id) do update set test_sent_at = coalesce(excluded.test_sent_at, mailbox_health.test_sent_at),
      test_returned_at = excluded.test_returned_at`)
  tell(db, { changed: 'mailboxes', id: mailboxId })
}

/** Mailboxes that fail for longer than they may, longest first. */
export async function failingMailboxes(
  db: Db,
  at: Instant,
): Promise<{ mailboxId: number; address: string; since: Instant; failure: string }[]> {
  return db.rows(sql`select m.id as "mailboxId", m.address, least(h.failing_since, h.send_failing_since) as since,
      coalesce(h.failure, h.send_failure, '') as failure
    from mailbox_health h join mailbox m on m.id = h.mailbox_id
    where m.archived_at is null and not m.paused
      and least(h.failing_since, h.send_failing_since) <= ${at}::timestamptz - make_interval(mins => m.alert_after_minutes)
    order by since limit 20`)
}

/** Mailboxes that fail for longer than they may and of which nobody was told; they are noted as told. */
export async function takeAlerts(
  db: Db,
  at: Instant,
): Promise<{ mailboxId: number; address: string; since: Instant; failure: string }[]> {
  return db.rows(sql`update mailbox_health h set alerted_at = ${at} from mailbox m
    where m.id = h.mailbox_id and m.archived_at is null and not m.paused and h.alerted_at is null
      and least(h.failing_since, h.send_failing_since) <= ${at}::timestamptz - make_interval(mins => m.alert_after_minutes)
    returning h.mailbox_id as "mailboxId", m.address, least(h.failing_since, h.send_failing_since) as since,
      coalesce(h.failure, h.send_failure, '') as failure`)
}
