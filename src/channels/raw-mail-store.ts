// Every mail as it came: stored once, committed before it is acknowledged, worked off by the inbound lane.
import { createHash } from 'node:crypto'
import type { Instant } from '#kit/time.ts'
import { plus } from '#kit/time.ts'
import type { Authentication } from '#mail/authentication.ts'
import type { Blobs } from '#store/blobs.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { sql } from '#store/sql.ts'
import { together } from '#store/together.ts'

export type Envelope = {
  readonly from: string | null
  readonly to: readonly string[]
  readonly remoteAddress: string | null
  /** What the other server called itself; absent where no server brought it. */
  readonly helo?: string
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

/** Forgets what a mail said; that it came stays known, so that it does not come again. */
export async function eraseRawMail(db: Db, id: number): Promise<void> {
  await db.rows(sql`update raw_mail set bytes = '', blob_sha256 = null, size = 0 where id = ${id}`)
}

export type NewRawMail = {
  readonly bytes: Uint8Array
  readonly envelope: Envelope
  readonly source: string
  readonly mailboxId: number | null
  readonly at: Instant
  /** When it was received, for history. */
  readonly receivedAt?: Instant
  readonly history?: RawMail['history']
  /** It lies among the blobs: the row keeps its first bytes. */
  readonly blobSha256?: string
}

/** Where a mail's sender and subject stand. */
const HEAD_BYTES = 16_384

export type StoredRawMail = { readonly id: number; readonly fresh: boolean }

/** Stores mails in one statement, and answers in their order; the same mail again is the row that is there. */
export async function storeRawMails(db: Db, mails: readonly NewRawMail[]): Promise<StoredRawMail[]> {
  const keys = mails.map(({ mailboxId, bytes }) => dedupeKey(mailboxId, bytes))
  const kept = mails.map(({ bytes, blobSha256 }) =>
    blobSha256 === undefined ? bytes : bytes.subarray(0, HEAD_BYTES),
  )
  let end = 1
  const rows = mails.map((mail, index) => ({
    key: keys[index],
    received_at: mail.receivedAt ?? mail.at,
    source: mail.source,
    mailbox_id: mail.mailboxId,
    envelope: mail.envelope,
    first: (end += kept[index]?.length ?? 0) - (kept[index]?.length ?? 0),
    length: kept[index]?.length,
    blob: mail.blobSha256 ?? null,
    size: mail.bytes.length,
    at: mail.at,
    history: mail.history ?? null,
  }))
  // Always in the order of the keys: two that store the same mails never wait for each other crosswise.
  const fresh = await db.hot<{ id: number; key: string }>(sql`
    insert into raw_mail (dedupe_key, received_at, source, mailbox_id, envelope, bytes, state, next_try_at, history,
      blob_sha256, size)
    select key, received_at, source, mailbox_id, envelope,
      substring(${kept.length === 1 ? kept[0] : Buffer.concat(kept)}::bytea from first for length),
      'waiting', at, history, blob, size
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(key text, received_at timestamptz, source text,
      mailbox_id bigint, envelope jsonb, first integer, size integer, at timestamptz, history text, length integer, blob text)
    order by key
    on conflict (dedupe_key) do nothing returning id, dedupe_key as key`)
  if (fresh.length > 0) tell(db, { lane: 'inbound' })
  const ids = new Map(fresh.map(({ id, key }) => [key, id]))
  const missing = keys.filter((key) => !ids.has(key))
  const known = missing.length === 0 ? [] : await rawMailsByKey(db, missing)
  const seen = new Set(missing)
  return keys.map((key) => {
    const id = ids.get(key) ?? known.find((row) => row.key === key)?.id
    if (id === undefined) throw new Error('Bug: a mail is neither new nor known')
    const isFresh = !seen.has(key)
    seen.add(key)
    return { id, fresh: isFresh }
  })
}

/** Stores one mail. */
export async function storeRawMail(db: Db, mail: NewRawMail): Promise<StoredRawMail> {
  const [stored] = await storeRawMails(db, [mail])
  if (stored === undefined) throw new Error('Bug: a mail was not stored')
  return stored
}

/** The same with all that come at this moment: one commit for many (each still waits for it). */
export const storeRawMailTogether = together<NewRawMail, StoredRawMail>(async (db, mails) => {
  const stored = await storeRawMails(db, mails)
  return new Map(stored.map((each, index) => [mails[index] as NewRawMail, each]))
})

async function rawMailsByKey(db: Db, keys: readonly string[]): Promise<{ id: number; key: string }[]> {
  return db.rows(sql`select id, dedupe_key as key from raw_mail where dedupe_key = any(${keys})`)
}

const columns = sql`id, received_at as "receivedAt", source, mailbox_id as "mailboxId", envelope, bytes, attempts,
  history, blob_sha256 as "blobSha256"`

type Kept = RawMail & { readonly blobSha256: string | null }
type Reading = Pick<Blobs, 'get'>

/** A mail with all its bytes, wherever they lie. */
async function whole({ blobSha256, ...mail }: Kept, blobs: Reading): Promise<RawMail> {
  return blobSha256 === null ? mail : { ...mail, bytes: await blobs.get(blobSha256) }
}

/** Beyond this together, fewer mails are taken at once; one beyond it is large, and taken alone. */
const MOST_BYTES = 4_000_000

const sizeOf = sql`coalesce(size, octet_length(bytes))`
const wanted = (withLarge: boolean) => (withLarge ? sql`true` : sql`${sizeOf} <= ${MOST_BYTES}`)

/** Locks the next mails to read until the transaction ends, oldest first; at most `limit`, and not more than memory bears. */
export async function takeRawMails(
  tx: Db,
  blobs: Reading,
  { at, limit, withLarge }: { at: Instant; limit: number; withLarge: boolean },
): Promise<RawMail[]> {
  const rows = await tx.hot<Kept>(sql`select ${columns} from raw_mail where id in (
      select id from (
        select id, row_number() over (order by next_try_at, id) as place,
          sum(size) over (order by next_try_at, id) as total
        from (select id, next_try_at, ${sizeOf} as size from raw_mail
          where state = 'waiting' and next_try_at <= ${at} and ${wanted(withLarge)} order by next_try_at, id limit ${limit}
          for update skip locked) due) counted
      where place = 1 or total <= ${MOST_BYTES})
    order by next_try_at, id`)
  return Promise.all(rows.map((row) => whole(row, blobs)))
}

/** When the next mail that failed is due again. */
export async function nextRawMailAt(db: Db, withLarge: boolean): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(
    sql`select min(next_try_at) as at from raw_mail where state = 'waiting' and ${wanted(withLarge)}`,
  )
  return row?.at ?? null
}

/** One mail as it came. */
export async function findRawMail(db: Db, blobs: Reading, id: number): Promise<RawMail | null> {
  const row = await db.row<Kept>(sql`select ${columns} from raw_mail where id = ${id}`)
  return row === null ? null : whole(row, blobs)
}

export type Finished = {
  readonly id: number
  readonly state: 'done' | 'quarantined'
  readonly outcome: object
  /** Null keeps what is known of its sender. */
  readonly auth: Authentication | null
}

/** Notes what became of mails. */
export async function finishRawMails(db: Db, finished: readonly Finished[]): Promise<void> {
  await db.hot(sql`update raw_mail r set state = x.state, outcome = x.outcome, auth = coalesce(x.auth, r.auth)
    from jsonb_to_recordset(${JSON.stringify(finished)}::jsonb) as x(id bigint, state text, outcome jsonb, auth jsonb)
    where r.id = x.id`)
}

/** Notes that a mail became a ticket, or part of one. */
export async function finishRawMail(db: Db, id: number, outcome: object): Promise<void> {
  await finishRawMails(db, [{ id, state: 'done', outcome, auth: null }])
}

/** Puts a mail back to be tried again, later each time: after 2, 4, 8, … seconds; after a minute where the failure was none of its. */
export async function postponeRawMail(
  db: Db,
  mail: RawMail,
  at: Instant,
  { counts }: { readonly counts: boolean },
): Promise<void> {
  const again = plus(at, counts ? 2 ** (mail.attempts + 1) : 60)
  await db.rows(
    sql`update raw_mail set attempts = attempts + ${counts ? 1 : 0}, next_try_at = ${again} where id = ${mail.id}`,
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

const arrived = sql`r.id, r.received_at as "receivedAt", r.source, m.address as mailbox, coalesce(r.size, octet_length(r.bytes)) as size,
  r.auth, r.outcome from raw_mail r left join mailbox m on m.id = r.mailbox_id`

/** Every mail that came in, newest first, each with its first bytes: where its sender and subject stand. */
export async function listArrived(
  db: Db,
  page: { limit: number; before: number | null },
): Promise<(Arrived & { readonly head: Buffer })[]> {
  return db.rows(sql`select substring(r.bytes for ${HEAD_BYTES}) as head, ${arrived} where r.id < ${page.before ?? Number.MAX_SAFE_INTEGER}
    order by r.id desc limit ${page.limit}`)
}

/** One mail and what became of it. */
export async function findArrived(db: Db, id: number): Promise<Arrived | null> {
  return db.row<Arrived>(sql`select ${arrived} where r.id = ${id}`)
}
