// Every mail as it came: stored once, committed before it is acknowledged, worked off by the inbound lane.
import { createHash } from 'node:crypto'
import type { Instant } from '#kit/time.ts'
import { plus } from '#kit/time.ts'
import type { Authentication } from '#mail/authentication.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { sql } from '#store/sql.ts'

export type Envelope = {
  readonly from: string | null
  readonly to: readonly string[]
  readonly remoteAddress: string | null
  /** The mail's size, when only its headers were taken because it is too large. */
  readonly oversize?: number | null
}

export type RawMail = {
  readonly id: number
  readonly receivedAt: Instant
  readonly source: string
  readonly mailboxId: number | null
  readonly envelope: Envelope
  readonly bytes: Buffer
  readonly attempts: number
  /** It lay in the mailbox before that was connected: nobody is told, and what had been read is settled. */
  readonly history: 'settled' | 'open' | null
}

/** Headers that relays put on top: the same mail delivered twice differs only here. */
const TRACE =
  /^(received|return-path|delivered-to|x-original-to|authentication-results|arc-[a-z-]+|x-received):/i

/**
 * What makes a mail the same mail: its mailbox and its bytes without the relays' trace headers. A Message-ID alone would
 * not do: two mails can share one, and one mail can go to two mailboxes.
 */
export function dedupeKey(mailboxId: number | null, bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfTrace(text)
  return `${mailboxId ?? 0}:${createHash('sha256').update(text.subarray(end)).digest('hex')}`
}

function endOfTrace(bytes: Buffer): number {
  let at = 0
  let inTrace = false
  while (at < bytes.length) {
    const newline = bytes.indexOf(10, at)
    const next = newline === -1 ? bytes.length : newline + 1
    const line = bytes.toString('latin1', at, Math.min(next, at + 40))
    const folded = line.startsWith(' ') || line.startsWith('\t')
    inTrace = folded ? inTrace : TRACE.test(line)
    if (!inTrace) return at
    at = next
  }
  return at
}

/** Stores a mail; the same mail again is the row that is there. */
export async function storeRawMail(
  db: Db,
  mail: {
    bytes: Uint8Array
    envelope: Envelope
    source: string
    mailboxId: number | null
    at: Instant
    /** When it was received, for history. */
    receivedAt?: Instant
    history?: RawMail['history']
  },
): Promise<{ id: number; fresh: boolean }> {
  const key = dedupeKey(mail.mailboxId, mail.bytes)
  const [row] = await db.hot<{ id: number }>(sql`
    insert into raw_mail (dedupe_key, received_at, source, mailbox_id, envelope, bytes, state, next_try_at, history)
    values (${key}, ${mail.receivedAt ?? mail.at}, ${mail.source}, ${mail.mailboxId}, ${JSON.stringify(mail.envelope)}, ${mail.bytes},
      'waiting', ${mail.at}, ${mail.history ?? null})
    on conflict (dedupe_key) do nothing returning id`)
  if (row !== undefined) {
    tell(db, { lane: 'inbound' })
    return { id: row.id, fresh: true }
  }
  const known = await db.row<{ id: number }>(sql`select id from raw_mail where dedupe_key = ${key}`)
  if (known === null) throw new Error('Bug: a mail is neither new nor known')
  return { id: known.id, fresh: false }
}

const columns = sql`id, received_at as "receivedAt", source, mailbox_id as "mailboxId", envelope, bytes, attempts,
  history`

/** Locks the next mail to read until the transaction ends, or null. */
export async function takeRawMail(tx: Db, at: Instant): Promise<RawMail | null> {
  const [row] = await tx.hot<RawMail>(sql`select ${columns} from raw_mail
    where state = 'waiting' and next_try_at <= ${at} order by next_try_at limit 1 for update skip locked`)
  return row ?? null
}

/** When the next mail that failed is due again. */
export async function nextRawMailAt(db: Db): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(
    sql`select min(next_try_at) as at from raw_mail where state = 'waiting'`,
  )
  return row?.at ?? null
}

/** One mail as it came. */
export async function findRawMail(db: Db, id: number): Promise<RawMail | null> {
  return db.row<RawMail>(sql`select ${columns} from raw_mail where id = ${id}`)
}

/** Notes what became of a mail. */
export async function settleRawMail(
  db: Db,
  id: number,
  state: 'done' | 'quarantined',
  outcome: object,
  auth: Authentication | null = null,
): Promise<void> {
  const found = auth === null ? null : JSON.stringify(auth)
  await db.hot(sql`update raw_mail set state = ${state}, outcome = ${JSON.stringify(outcome)},
    auth = coalesce(${found}::jsonb, auth) where id = ${id}`)
}

/** Puts a mail back to be tried again, later each time: after 2, 4, 8, … seconds. */
export async function postponeRawMail(db: Db, mail: RawMail, at: Instant): Promise<void> {
  const again = plus(at, 2 ** (mail.attempts + 1))
  await db.rows(
    sql`update raw_mail set attempts = attempts + 1, next_try_at = ${again} where id = ${mail.id}`,
  )
}

/** A mail and what became of it, without its bytes. */
export type Arrived = {
  readonly id: number
  readonly receivedAt: Instant
  readonly source: string
  readonly mailbox: string | null
  readonly size: number
  readonly auth: Authentication | null
  readonly outcome: {
    readonly opened?: number
    readonly joined?: number
    readonly delivery?: number
    readonly held?: string
    readonly tested?: number
  } | null
}

const arrived = sql`r.id, r.received_at as "receivedAt", r.source, m.address as mailbox, octet_length(r.bytes) as size,
  r.auth, r.outcome from raw_mail r left join mailbox m on m.id = r.mailbox_id`

/** Every mail that came in, newest first. */
export async function listArrived(
  db: Db,
  page: { limit: number; before: number | null },
): Promise<Arrived[]> {
  return db.rows<Arrived>(sql`select ${arrived} where r.id < ${page.before ?? Number.MAX_SAFE_INTEGER}
    order by r.id desc limit ${page.limit}`)
}

/** One mail and what became of it. */
export async function findArrived(db: Db, id: number): Promise<Arrived | null> {
  return db.row<Arrived>(sql`select ${arrived} where r.id = ${id}`)
}
