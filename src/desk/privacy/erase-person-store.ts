// Who an erased person is to the desk: by what their words are found, on which tickets, and their ways in, which go first. Their row
// stays, so that logs and numbers stay true, and says nothing.
import { theirMessages } from '#desk/privacy/erase-ticket-store.ts'
import { certainOf, soughtOf, type Words } from '#desk/privacy/patterns.ts'
import type { Instant } from '#kit/time.ts'
import { textQuery } from '#rules/text-query.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** Stands as the name of everybody who was erased. */
export const ERASED_NAME = 'Erased person'

const AN_ADDRESS = '^[^[:space:]@]+@[^[:space:]@]+$'

/** The person, first of all, and everybody who was joined into them. */
export async function sameAs(db: Db, personId: number): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`
    with recursive same(id) as (select ${personId}::bigint union
      select j.gone_id from person_join j join same s on j.kept_id = s.id where j.undone_at is null)
    select id from same order by id <> ${personId}, id`)
  return rows.map(({ id }) => id)
}

/**
 * By what the words of these people are found: all addresses, names and numbers that the desk knows to be theirs. What a visitor only
 * typed may be somebody else's, and so may what a join brought that was taken back; an address that is another person's is theirs.
 */
export async function wordsOf(db: Db, people: readonly number[]): Promise<Words> {
  const of = [...people]
  const joined = sql`person_join where kept_id = any(${of}) and undone_at is null`
  // What was written down of them while they were taken for somebody else as well may be that one's.
  const entries = sql`(select thing_name, changes from audit_entry e where thing = 'person' and thing_id = any(${of})
    and action not like 'people_join%' and not exists (select from person_join j
      where j.kept_id = any(${of}) and e.at between j.at and j.undone_at)) e`
  const changed = sql`${entries}, jsonb_array_elements(e.changes) c, unnest(array['from', 'to']) side`
  const rows = await db.rows<{ addresses: string[]; names: string[]; phones: string[] }>(sql`select
    array(select address from (select address from person_address where person_id = any(${of})
      union select lower(email) from visitor where person_id = any(${of}) and kind = 'verified'
      union select from_email from message where author_id = any(${of}) and from_email is not null
      union select value from (select moved from ${joined}) j, jsonb_array_elements_text(moved->'addresses') value
      union select moved->>'goneEmail' from ${joined} and moved->>'goneEmail' is not null
      union select lower(thing_name) from ${entries} where thing_name ~ ${AN_ADDRESS}
      union select lower(had) from ${changed}, regexp_split_to_table(c->>side, ', ') had
        where c->>'field' in ('email', 'otherEmails') and had ~ ${AN_ADDRESS}) a
      where not exists (select from person_address o where o.address = a.address and not (o.person_id = any(${of})))
        and not exists (select from mailbox m where lower(m.address) = a.address)) as addresses,
    array(select name from person where id = any(${of}) and name <> '' and name <> ${ERASED_NAME}
      union select name from visitor where person_id = any(${of}) and kind = 'verified' and name <> ''
      union select moved->side->>'name' from (select moved from ${joined}) j, unnest(array['before', 'after']) side
        where moved->side->>'name' <> ''
      union select thing_name from ${entries} where thing_name not in ('', ${ERASED_NAME}) and not thing_name ~ ${AN_ADDRESS}
      union select c->>side from ${changed} where c->>'field' = 'name' and c->>side not in ('', ${ERASED_NAME})) as names,
    array(select phone from person where id = any(${of}) and phone is not null) as phones`)
  const words = rows[0] ?? { addresses: [], names: [], phones: [] }
  const shared = await db.rows<{ name: string }>(sql`select n as name from unnest(${words.names}::text[]) n
    where exists (select from person p where lower(p.name) = lower(n) and not (p.id = any(${of})))`)
  return { ...words, shared: shared.map(({ name }) => name) }
}

/** The numbers, as `id`, of tickets that these people asked for, took part in, wrote on, or were written to on. */
export function ticketsOf(people: readonly number[], { addresses }: Words): Sql {
  const of = [...people]
  const likely = sql`recipients <> '{"to": [], "cc": []}' and exists (select from jsonb_path_query(recipients, '$.*[*].email') e
    where lower(e #>> '{}') = any(${[...addresses]}))`
  return sql`select id from ticket where requester_id = any(${of})
    union select id from ticket where participant_ids <> '[]'
      and participant_ids @> any (array(select to_jsonb(p) from unnest(${of}::bigint[]) p))
    union select ticket_id from message where ${theirMessages(people, addresses)}
    union select ticket_id from message where ${likely}
    union select ticket_id from outbox where to_email = any(${[...addresses]}) and ticket_id is not null`
}

/** The numbers of tickets that speak of these people: the search finds where an address or a whole name may stand, and each is looked at. */
export function ticketsNaming(words: Words): Sql {
  const sought = soughtOf(words)
  const { whole } = certainOf({ ...words, phones: [] })
  const query =
    sought.length === 0
      ? null
      : textQuery({ field: 'text', op: 'contains_phrase', value: sought }, { everywhere: true })
  if (whole === null || query === null) return sql`select null::bigint as id where false`
  const hits = sql`select ticket_id from search_document where words @@ ${query}::tsquery`
  return sql`select ticket_id as id from message where ticket_id in (${hits})
      and (body_text ~* ${whole} or quoted_text ~* ${whole} or body_html ~* ${whole})
    union select id from ticket where id in (${hits}) and subject ~* ${whole}`
}

/** Adds every ticket that says something of these people, and those done before to which something of theirs came since; how many. */
export async function addTickets(
  db: Db,
  erasureId: number,
  people: readonly number[],
  words: Words,
): Promise<number> {
  const own = await db.rows(sql`insert into erasure_ticket (erasure_id, ticket_id)
    select ${erasureId}, id from (${ticketsOf(people, words)}) t where id is not null
    on conflict (erasure_id, ticket_id) do update set done = false, mentioned = false
      where erasure_ticket.mentioned or (erasure_ticket.done and exists (select from message
        where message.ticket_id = excluded.ticket_id and ${theirMessages(people, words.addresses)} and redacted_at is null))
    returning ticket_id`)
  const naming = await db.rows(sql`insert into erasure_ticket (erasure_id, ticket_id, mentioned)
    select ${erasureId}, id, true from (${ticketsNaming(words)}) t
    on conflict (erasure_id, ticket_id) do update set done = false where erasure_ticket.done returning ticket_id`)
  return own.length + naming.length
}

/** Whether a ticket still says something that these people wrote, or they can be written to. */
export async function isLeft(db: Db, people: readonly number[]): Promise<boolean> {
  const of = [...people]
  const rows =
    await db.rows(sql`select from message where ${theirMessages(people, [])} and redacted_at is null
    union all select from person_address where person_id = any(${of}) limit 1`)
  return rows.length > 0
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
