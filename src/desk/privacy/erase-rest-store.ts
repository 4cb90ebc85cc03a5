// The last step of erasing a person: what stands at themselves, and wherever else the desk says an address, a number or a whole name of
// theirs. What a legal hold keeps is passed over.
import { forgetAllKept } from '#backtest/kept-store.ts'
import { eraseHookWords } from '#channels/hook-store.ts'
import { blacken, type Place } from '#desk/privacy/black-store.ts'
import { emptyMails, leaveOut } from '#desk/privacy/erase-ticket-store.ts'
import type { Erasure, Walked } from '#desk/privacy/erasure-store.ts'
import { isUnderHold } from '#desk/privacy/hold-store.ts'
import { certainOf, type Patterns, type Words } from '#desk/privacy/patterns.ts'
import type { Instant } from '#kit/time.ts'
import { entriesFinding, eraseWords } from '#people/audit-chain-store.ts'
import type { Transaction } from '#store/database.ts'
import { raw, sql, type Sql } from '#store/sql.ts'

type Ending = Pick<Erasure, 'lastMailId' | 'walked' | 'askedAt'> & {
  readonly words: Words
  readonly at: Instant
}

/** The last step: what stands at the person themselves, and wherever an address, a number or a whole name of theirs is found. */
export async function erasePerson(
  tx: Transaction,
  people: readonly number[],
  erasure: Ending,
): Promise<void> {
  const { words, lastMailId, at } = erasure
  const of = [...people]
  const { addresses } = words
  await tx.rows(sql`update person set phone = null, notes = null, language = null, time_zone = null, tags = '{}',
    manages_organization_id = null, hidden = true where id = any(${of})`)
  await tx.rows(sql`delete from person_join where kept_id = any(${of}) or gone_id = any(${of})`)
  await tx.rows(sql`delete from portal_ask where email = any(${[...addresses]})
    or visitor_id in (select id from visitor where person_id = any(${of}))`)
  await tx.rows(sql`update survey set comment = '' where person_id = any(${of}) and comment <> ''`)
  await tx.rows(sql`delete from survey_opt_out where person_id = any(${of})`)
  await tx.rows(sql`delete from image_sender where sender_id = any(${of})`)
  await tx.rows(sql`delete from routing_conflict where person_id = any(${of})`)
  // Who it was stays until a week is over: whether they wrote later is a number of a report.
  await tx.rows(sql`update help_search set query = '' where person_id = any(${of})`)
  for (const statement of [
    sql`delete from suppression where email = any(${[...addresses]})`,
    sql`delete from mail_brake where email = any(${[...addresses]})`,
    sql`delete from sender_bucket where sender = any(${[...addresses]})`,
    sql`delete from sender_rule where lower(pattern) = any(${[...addresses]})`,
  ])
    await tx.rows(statement)
  await tx.rows(sql`update outbox set state = 'cancelled', settled_at = ${at}
    where state = 'queued' and lower(to_email) = any(${[...addresses]})`)
  await eraseMailsOf(tx, addresses, lastMailId)
  await eraseFound(tx, people, erasure)
}

/** Mails that became no ticket of theirs: held ones, bounces, copies. */
async function eraseMailsOf(
  tx: Transaction,
  addresses: readonly string[],
  lastMailId: number,
): Promise<void> {
  const of = [...addresses]
  const rows = await tx.rows<{ id: number }>(sql`select id from raw_mail
    where id <= ${lastMailId} and state <> 'waiting' and lower(envelope->>'from') = any(${of}) and size is distinct from 0
    union select raw_mail_id from quarantine where raw_mail_id <= ${lastMailId} and lower(sender) = any(${of})`)
  await emptyMails(
    tx,
    rows.map(({ id }) => id),
  )
  await tx.rows(sql`update outbox set to_email = '', recipients = '{"to": [], "cc": []}', subject = null, body_text = null,
    response = null, report = null, key = 'erased:' || id where lower(to_email) = any(${of}) and state not in ('queued', 'sending')`)
}

/** Where nothing says whose a text is: it is looked for. */
const scattered: readonly Place[] = [
  { table: 'article_vote', text: ['comment'] },
  { table: 'assistant_simulation', json: ['report'] },
  { table: 'backtest', json: ['report', 'so_far'] },
  { table: 'bulk_job', json: ['asked', 'change'] },
  { table: 'import', json: ['problems'] },
  { table: 'import_problem', text: ['source_id', 'place', 'reason'] },
  { table: 'legal_hold', text: ['reason'] },
  { table: 'mailbox_health', text: ['failure', 'send_failure'] },
  { table: 'person', text: ['notes'] },
  { table: 'report_mail', text: ['body_text', 'body_html', 'file'] },
  { table: 'routing_conflict', text: ['note'] },
]

/** The same, of a ticket: what a hold keeps stays as it is. */
const onTickets: readonly Place[] = [
  { table: 'alert', text: ['recipient', 'detail'] },
  { table: 'assistant_scenario', text: ['title', 'subject'], json: ['turns', 'looked_up'] },
  { table: 'assistant_verdict', text: ['note'] },
  { table: 'backtest_difference', json: ['verdict'] },
  { table: 'checklist_item', text: ['text'] },
  { table: 'draft', text: ['body'] },
  { table: 'field_value', json: ['value'] },
  { table: 'help_search', text: ['query'] },
  { table: 'quarantine', text: ['detail', 'subject', 'snippet'], json: ['breakdown'] },
  { table: 'review', text: ['note'] },
  { table: 'side_conversation', text: ['subject'] },
  { table: 'side_draft', text: ['subject', 'body'] },
  { table: 'subject_revision', text: ['text'] },
]

/** The same, in tables that are too long for one transaction. */
const long: readonly Place[] = [
  { table: 'outbox', text: ['subject', 'body_text', 'response', 'report'] },
  { table: 'webhook_attempt', text: ['detail'] },
  { table: 'webhook_delivery', json: ['payload'] },
]

/** The ticket of a row, where its table does not name it. */
const ticketOf: Readonly<Record<string, Sql>> = {
  assistant_verdict: sql`coalesce((select r.ticket_id from assistant_run r where r.id = assistant_verdict.run_id),
    (select m.ticket_id from message m where m.id = assistant_verdict.message_id))`,
  webhook_attempt: sql`(select d.ticket_id from webhook_delivery d where d.id = webhook_attempt.delivery_id)`,
}

/** Which rows are left alone besides those of held tickets. */
const also: Readonly<Record<string, Sql>> = {
  // What has left, or never will: what is still to go to others goes as they were to have it.
  outbox: sql`state not in ('queued', 'sending')`,
  webhook_delivery: sql`state not in ('queued', 'sending')`,
  // What a ticket was once called; what it is called now went with the ticket.
  subject_revision: sql`not exists (select from ticket_state s where s.ticket_id = subject_revision.ticket_id
    and (s.state->>'subjectRevisionId')::bigint = subject_revision.id)`,
}

/** What was settled since is looked at once more, wherever it stands. */
const settledSince: Readonly<Record<string, (at: Instant) => Sql>> = {
  outbox: (at) => sql`settled_at >= ${at}`,
  webhook_delivery: (at) => sql`settled_at >= ${at}`,
}

const isFree = (ticketId: Sql) => sql`(${ticketId} is null or not ${isUnderHold(ticketId)})`

async function blackenOnTickets(
  tx: Transaction,
  place: Place,
  patterns: Patterns,
  where: Sql,
): Promise<void> {
  const { table } = place
  const free = isFree(ticketOf[table] ?? raw(`${table}.ticket_id`))
  await blacken(tx, place, patterns, sql`(${where}) and ${also[table] ?? sql`true`} and ${free}`)
}

const PORTION = 1_000

/** Goes on through the long tables; how far it has come, null once what is left is little enough for the last step. */
export async function blackenNext(tx: Transaction, words: Words, walked: Walked): Promise<Walked | null> {
  const patterns = certainOf(words)
  if (patterns.whole === null) return null
  for (const place of long) {
    const after = walked[place.table] ?? 0
    const rows = await tx.rows<{ id: number }>(
      sql`select id from ${raw(place.table)} where id > ${after} order by id limit ${PORTION}`,
    )
    const last = rows.at(-1)?.id
    if (last === undefined || rows.length < PORTION) continue
    await blackenOnTickets(tx, place, patterns, sql`id > ${after} and id <= ${last}`)
    return { ...walked, [place.table]: last }
  }
  return null
}

async function eraseFound(tx: Transaction, people: readonly number[], erasure: Ending): Promise<void> {
  const { words, walked, askedAt, at } = erasure
  const patterns = certainOf(words)
  const { whole, loose } = patterns
  if (whole !== null) {
    for (const place of scattered) await blacken(tx, place, patterns, sql`true`)
    for (const place of onTickets) await blackenOnTickets(tx, place, patterns, sql`true`)
    await leaveOut(tx, words.addresses, patterns, isFree)
    for (const place of long) {
      // A row that was still being written when its neighbours were looked at may have a smaller number.
      const after = (walked[place.table] ?? 0) - PORTION
      const settled = settledSince[place.table]?.(askedAt) ?? sql`false`
      await blackenOnTickets(tx, place, patterns, sql`id > ${after} or ${settled}`)
    }
    await eraseHookWords(tx, whole, isFree)
    // An answer that is kept for a day is not blackened: whoever asks again would take it for what was done.
    await tx.rows(sql`update idempotency set response = 'null' where response::text ~* ${whole}`)
  }
  // Whom rules mailed is kept by address, on whichever ticket.
  await forgetAllKept(tx)
  // What was learnt of their words is learnt anew of what is left.
  await tx.rows(sql`delete from assistant_classifier`)
  const said = new Set(whole === null ? [] : await entriesFinding(tx, whole, loose))
  const ofThem = await tx.rows<{ id: number }>(
    sql`select id from audit_entry where thing = 'person' and thing_id = any(${[...people]}::bigint[]) and thing_name is not null`,
  )
  for (const { id } of ofThem) said.add(id)
  await eraseWords(tx, [...said], at)
}
