// What the desk keeps of a person beside tickets, erased: their row stays, so that logs and numbers stay true, and says nothing.
import { certainOf, type Words } from '#desk/privacy/patterns.ts'
import { emptyMails } from '#desk/privacy/erase-ticket-store.ts'
import { blacken, type Place } from '#desk/privacy/black-store.ts'
import { eraseHookWords } from '#channels/hook-store.ts'
import type { Instant } from '#kit/time.ts'
import { entriesSaying, eraseWords } from '#people/audit-chain-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Stands as the name of everybody who was erased. */
export const ERASED_NAME = 'Erased person'

/** The person, first of all, and everybody who was joined into them. */
export async function sameAs(db: Db, personId: number): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`
    with recursive same(id) as (select ${personId}::bigint union
      select j.gone_id from person_join j join same s on j.kept_id = s.id where j.undone_at is null)
    select id from same order by id <> ${personId}, id`)
  return rows.map(({ id }) => id)
}

/** By what the words of these people are found: all addresses, names and numbers that the desk knows of them. */
export async function wordsOf(db: Db, people: readonly number[]): Promise<Words> {
  const of = [...people]
  const rows = await db.rows<{ addresses: string[]; names: string[]; phones: string[] }>(sql`select
    array(select address from person_address where person_id = any(${of})
      union select lower(email) from visitor where person_id = any(${of}) and email is not null
      union select value from person_join, jsonb_array_elements_text(moved->'addresses') value where kept_id = any(${of})
      union select moved->>'goneEmail' from person_join where kept_id = any(${of}) and moved->>'goneEmail' is not null) as addresses,
    array(select name from person where id = any(${of}) and name <> '' and name <> ${ERASED_NAME}
      union select name from visitor where person_id = any(${of}) and name <> ''
      union select moved->side->>'name' from person_join, unnest(array['before', 'after']) side
        where kept_id = any(${of}) and moved->side->>'name' <> '') as names,
    array(select phone from person where id = any(${of}) and phone is not null) as phones`)
  return rows[0] ?? { addresses: [], names: [], phones: [] }
}

/** Every ticket that says something of these people: asked for, taken part in, written on, or sent to them. */
export async function addTickets(
  db: Db,
  erasureId: number,
  people: readonly number[],
  { addresses }: Words,
): Promise<number> {
  const of = [...people]
  const likely = sql`recipients <> '{"to": [], "cc": []}' and exists (select from jsonb_path_query(recipients, '$.*[*].email') e
    where lower(e #>> '{}') = any(${[...addresses]}))`
  const rows = await db.rows(sql`insert into erasure_ticket (erasure_id, ticket_id)
    select ${erasureId}, id from (
      select id from ticket where requester_id = any(${of})
      union select id from ticket where participant_ids <> '[]'
        and participant_ids @> any (array(select to_jsonb(p) from unnest(${of}::bigint[]) p))
      union select ticket_id from message where author_id = any(${of})
      union select ticket_id from message where from_email = any(${[...addresses]})
      union select ticket_id from message where ${likely}
      union select ticket_id from outbox where to_email = any(${[...addresses]}) and ticket_id is not null) t
    on conflict do nothing returning ticket_id`)
  return rows.length
}

/** Takes the person's ways to the desk at once: a mail that comes now begins a new person. */
export async function takeAddresses(tx: Transaction, people: readonly number[], at: Instant): Promise<void> {
  const of = [...people]
  await tx.rows(sql`delete from person_address where person_id = any(${of})`)
  await tx.rows(sql`update person set email = null, name = ${ERASED_NAME} where id = any(${of})`)
  await tx.rows(sql`delete from portal_session where person_id = any(${of})`)
  await tx.rows(sql`delete from portal_link where person_id = any(${of})`)
  await tx.rows(sql`insert into portal_revoked (person_id, at) select p, ${at} from unnest(${of}::bigint[]) p
    on conflict (person_id) do update set at = excluded.at`)
  // A visitor's browser is somebody else's from now on.
  await tx.rows(sql`update visitor set token_hash = decode(md5('erased ' || id || random()), 'hex'), ended_at = ${at},
    kind = 'anonymous', subject = null, name = '', email = null, language = null, time_zone = null, shown_until = null
    where person_id = any(${of})`)
}

/** The last step: what stands at the person themselves, and wherever an address, a number or a whole name of theirs is found. */
export async function erasePerson(
  tx: Transaction,
  people: readonly number[],
  { words, lastMailId, at }: { words: Words; lastMailId: number; at: Instant },
): Promise<void> {
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
  await tx.rows(sql`update help_search set query = '', person_id = null where person_id = any(${of})`)
  for (const statement of [
    sql`delete from suppression where email = any(${[...addresses]})`,
    sql`delete from mail_brake where email = any(${[...addresses]})`,
    sql`delete from sender_bucket where sender = any(${[...addresses]})`,
    sql`delete from sender_rule where lower(pattern) = any(${[...addresses]})`,
  ])
    await tx.rows(statement)
  await eraseMailsOf(tx, addresses, lastMailId)
  await eraseFound(tx, people, words, at)
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
    response = null, report = null, key = 'erased:' || id where to_email = any(${of}) and state not in ('queued', 'sending')`)
}

/** Where nothing says whose a text is: it is looked for. */
const scattered: readonly Place[] = [
  { table: 'alert', text: ['recipient', 'detail'] },
  { table: 'article_vote', text: ['comment'] },
  { table: 'assistant_scenario', text: ['title', 'subject'], json: ['turns'] },
  { table: 'assistant_simulation', json: ['report'] },
  { table: 'assistant_verdict', text: ['note'] },
  { table: 'backtest', json: ['report', 'so_far'] },
  { table: 'backtest_difference', json: ['verdict'] },
  { table: 'bulk_job', json: ['asked', 'change'] },
  { table: 'checklist_item', text: ['text'] },
  { table: 'draft', text: ['body', 'to_email'], json: ['cc'] },
  { table: 'help_search', text: ['query'] },
  { table: 'import', json: ['problems'] },
  { table: 'import_problem', text: ['source_id', 'place', 'reason'] },
  { table: 'legal_hold', text: ['reason'] },
  { table: 'mailbox_health', text: ['failure', 'send_failure'] },
  { table: 'outbox', text: ['subject', 'body_text', 'response', 'report'] },
  { table: 'person', text: ['notes'] },
  { table: 'quarantine', text: ['detail', 'subject', 'snippet'], json: ['breakdown'] },
  { table: 'report_mail', text: ['body_text', 'body_html', 'file'] },
  { table: 'routing_conflict', text: ['note'] },
  { table: 'side_draft', text: ['recipients', 'subject', 'body'] },
  { table: 'webhook_attempt', text: ['detail'] },
]

async function eraseFound(
  tx: Transaction,
  people: readonly number[],
  words: Words,
  at: Instant,
): Promise<void> {
  const whole = certainOf(words)
  if (whole !== null) {
    const patterns = { whole, parts: null }
    for (const place of scattered) await blacken(tx, place, patterns, sql`true`)
    await eraseHookWords(tx, whole)
    // An answer that is kept for a day is not blackened: whoever asks again would take it for what was done.
    await tx.rows(sql`update idempotency set response = 'null' where response::text ~* ${whole}`)
  }
  // A file that was to be imported is sent anew, without them.
  const literal = [...words.addresses, ...words.phones]
  await tx.rows(sql`delete from import_file where exists (select from unnest(${literal}::text[]) word
    where position(convert_to(word, 'UTF8') in bytes) > 0)`)
  // What was learnt of their words is learnt anew of what is left.
  await tx.rows(sql`delete from assistant_classifier`)
  const said = new Set<number>()
  for (const word of [...words.addresses, ...words.phones, ...words.names.filter((name) => name.length > 4)])
    for (const id of await entriesSaying(tx, word)) said.add(id)
  const ofThem = await tx.rows<{ id: number }>(
    sql`select id from audit_entry where thing = 'person' and thing_id = any(${[...people]}::bigint[]) and thing_name is not null`,
  )
  for (const { id } of ofThem) said.add(id)
  await eraseWords(tx, [...said], at)
}
