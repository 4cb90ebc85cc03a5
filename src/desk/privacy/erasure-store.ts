// Erasures of people: what was asked, how far it has come, and what is due next.
import { ERASED_NAME, ticketsNaming, ticketsOf } from '#desk/privacy/erase-person-store.ts'
import { theirMessages } from '#desk/privacy/erase-ticket-store.ts'
import type { Words } from '#desk/privacy/patterns.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Up to which row it has come in tables that are worked off in portions. */
export type Walked = Readonly<Record<string, number>>

export type Erasure = {
  readonly id: number
  readonly people: readonly number[]
  readonly askedBy: PersonId
  readonly tokenId: number | null
  readonly askedAt: Instant
  readonly words: Words | null
  readonly lastMailId: number
  readonly walked: Walked
  readonly counts: { readonly messages?: number; readonly files?: number }
  readonly finishedAt: Instant | null
  /** Why the last portion went wrong, while the next is waited for. */
  readonly failure: string | null
  readonly done: number
  readonly total: number
}

const columns = sql`e.id, e.people, e.asked_by as "askedBy", e.token_id as "tokenId", e.asked_at as "askedAt", e.words,
  e.last_mail_id as "lastMailId", e.walked, e.counts, e.finished_at as "finishedAt", e.failure,
  (select count(*) from erasure_ticket t where t.erasure_id = e.id and t.done) as done,
  (select count(*) from erasure_ticket t where t.erasure_id = e.id) as total`

/** Begins one. */
export async function addErasure(
  db: Db,
  asked: { people: readonly number[]; askedBy: PersonId; tokenId: number | null; words: Words; at: Instant },
): Promise<number> {
  const { people, askedBy, tokenId, words, at } = asked
  const row = await db.row<{ id: number }>(sql`
    insert into erasure (people, asked_by, token_id, asked_at, words, last_mail_id, next_try_at)
    values (${[...people]}, ${askedBy}, ${tokenId}, ${at}, ${JSON.stringify(words)},
      (select coalesce(max(id), 0) from raw_mail), ${at}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** The newest of a person; null when nobody ever asked. */
export async function erasureOf(db: Db, personId: number): Promise<Erasure | null> {
  return db.row<Erasure>(sql`select ${columns} from erasure e
    where e.people @> array[${personId}]::bigint[] order by e.id desc limit 1`)
}

/** All of them, newest first. */
export async function listErasures(
  db: Db,
  page: { limit: number; before: number | null },
): Promise<(Erasure & { readonly by: string })[]> {
  return db.rows(sql`select ${columns}, p.name as by from erasure e join person p on p.id = e.asked_by
    where e.id < ${page.before ?? Number.MAX_SAFE_INTEGER} order by e.id desc limit ${page.limit}`)
}

/** Takes the next that is due, for this transaction alone. */
export async function takeErasure(tx: Transaction, at: Instant): Promise<Erasure | null> {
  const due = await tx.row<{
    id: number
  }>(sql`select id from erasure where finished_at is null and next_try_at <= ${at}
    order by next_try_at, id limit 1 for update skip locked`)
  return due === null ? null : tx.row<Erasure>(sql`select ${columns} from erasure e where e.id = ${due.id}`)
}

/** When the next is due. */
export async function nextErasureAt(db: Db): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(
    sql`select min(next_try_at) as at from erasure where finished_at is null`,
  )
  return row?.at ?? null
}

/** Of a mention they took no part in the ticket. */
export type Waiting = { readonly id: TicketId; readonly mentioned: boolean }

/** Its next tickets. */
export async function waitingTickets(db: Db, id: number, after: number, limit: number): Promise<Waiting[]> {
  return db.rows<Waiting>(sql`select ticket_id as id, mentioned from erasure_ticket
    where erasure_id = ${id} and not done and ticket_id > ${after} order by ticket_id limit ${limit}`)
}

/** Notes tickets as done, with what went. */
export async function noteDone(
  db: Db,
  id: number,
  { ticketIds, messages, files }: { ticketIds: readonly number[]; messages: number; files: number },
): Promise<void> {
  await db.rows(
    sql`update erasure_ticket set done = true where erasure_id = ${id} and ticket_id = any(${[...ticketIds]}::bigint[])`,
  )
  await db.rows(sql`update erasure set counts = jsonb_build_object(
    'messages', coalesce((counts->>'messages')::integer, 0) + ${messages}::integer,
    'files', coalesce((counts->>'files')::integer, 0) + ${files}::integer), failures = 0, failure = null where id = ${id}`)
}

/** Notes how far it has come in long tables. */
export async function noteWalked(db: Db, id: number, walked: Walked): Promise<void> {
  await db.rows(
    sql`update erasure set walked = ${JSON.stringify(walked)}, failures = 0, failure = null where id = ${id}`,
  )
}

/** Looks again at a moment. */
export async function postponeErasure(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update erasure set next_try_at = ${at} where id = ${id}`)
}

const FIRST_PAUSE_SECONDS = 60
const LONGEST_PAUSE_SECONDS = 21_600

/** Notes that a portion went wrong: it is tried again after a pause, which grows. */
export async function noteFailure(db: Db, id: number, reason: string, at: Instant): Promise<void> {
  await db.rows(sql`update erasure set failures = failures + 1, failure = ${reason}, next_try_at = ${at}::timestamptz
    + make_interval(secs => least(${LONGEST_PAUSE_SECONDS}::integer, ${FIRST_PAUSE_SECONDS}::integer * 2 ^ least(failures, 20))) where id = ${id}`)
}

/** Ends one: nothing of it says any more who it was. */
export async function endErasure(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update erasure set words = null, failure = null, finished_at = ${at} where id = ${id}`)
}

/** Whether something to them, or of their tickets, is on its way out this moment: what is kept of it is erased once it has left. */
export async function isSending(db: Db, id: number, { addresses }: Words, at: Instant): Promise<boolean> {
  const theirs = sql`ticket_id in (select ticket_id from erasure_ticket where erasure_id = ${id})`
  const rows = await db.rows(sql`select from outbox
      where state = 'sending' and (lower(to_email) = any(${[...addresses]}) or ${theirs})
    union all select from webhook_delivery where state = 'sending' and claimed_until > ${at} and ${theirs} limit 1`)
  return rows.length > 0
}

export type Preview = {
  readonly tickets: number
  readonly otherTickets: number
  readonly messages: number
  readonly files: number
  readonly mails: number
  readonly heldMails: number
  readonly chats: number
  readonly comments: number
  readonly addresses: number
}

/** What would go, in numbers: of the same tickets that are worked on. */
export async function previewOf(db: Db, people: readonly number[], words: Words): Promise<Preview> {
  const of = [...people]
  const { addresses } = words
  const own = sql`select id from ticket where requester_id = any(${of})`
  const mine = sql`${theirMessages(people, addresses)} and redacted_at is null`
  const row = await db.row<Preview>(sql`with theirs as materialized (${ticketsOf(people, words)}) select
    (select count(*) from (${own}) o) as tickets,
    (select count(*) from ((select id from theirs union ${ticketsNaming(words)}) except ${own}) o
      where id is not null) as "otherTickets",
    (select count(*) from message where ${mine}) as messages,
    (select count(*) from attachment where message_id in (select id from message where ${mine})) as files,
    (select count(*) from raw_mail where size > 0 and id in (
      select raw_mail_id from message where ticket_id in (select id from theirs))) as mails,
    (select count(*) from quarantine where state = 'held' and lower(sender) = any(${[...addresses]})) as "heldMails",
    (select count(*) from chat c join visitor v on v.id = c.visitor_id where v.person_id = any(${of})) as chats,
    (select count(*) from survey where person_id = any(${of}) and comment <> '') as comments,
    ${addresses.length}::integer as addresses`)
  if (row === null) throw new Error('Bug: a count returned nothing')
  return row
}

/** Whether this person was erased. */
export async function isErased(db: Db, personId: number): Promise<boolean> {
  const rows = await db.rows(
    sql`select from person where id = ${personId} and name = ${ERASED_NAME} and email is null`,
  )
  return rows.length > 0
}
