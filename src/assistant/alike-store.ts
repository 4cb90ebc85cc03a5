// What a new ticket may be about as others are: open incidents and problems with what was linked to them, and the tickets of the last
// days, as they stand. And what became of the links that were offered.
import { HOURS_SECONDS, type Other } from '#assistant/alike.ts'
import { alikeWords, type AlikeWord } from '#assistant/words.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'

/** An incident of before is over, or has its own people by now. */
const [INCIDENT_SECONDS, RECENT_SECONDS] = [30 * 86_400, 24 * HOURS_SECONDS]
const [MOST_ACTIVE, MOST_LINKED, MOST_RECENT] = [500, 100, 300]
const LONGEST = 600

/**
 * Those of a ticket's brand, without it and without what was redacted. An incident is what a rule calls one, and what people have linked
 * incidents or duplicates with.
 */
export async function othersBeside(
  db: Db,
  { id, brandId, at }: { readonly id: number; readonly brandId: number; readonly at: Instant },
): Promise<Other[]> {
  // What a rule calls an incident is found however many others there are; what links make one, among the newest.
  const open = sql`brand_id = ${brandId} and not hidden and id <> ${id} and status = any(${[...activeStatuses]})
    and created_at > ${plus(at, -INCIDENT_SECONDS)}`
  return db.hot<Other>(sql`with active as (
      select t.id, t.type, s.state -> 'links' as links
      from ((select id, type from ticket where ${open} and type in ('incident', 'problem') order by created_at desc limit ${MOST_ACTIVE})
          union (select id, type from ticket where ${open} order by created_at desc limit ${MOST_ACTIVE})) t
        join ticket_state s on s.ticket_id = t.id
    ), incident as (
      select id, links, case when type = 'problem' or links @> '[{"linkType": "problem"}]' then 'problem' else 'incident' end as type
      from active where type in ('incident', 'problem') or links @> '[{"linkType": "problem"}]' or links @> '[{"linkType": "duplicated_by"}]'
    ), linked as (
      select (l ->> 'ticketId')::bigint as id, i.id as of_id, i.type from incident i, jsonb_array_elements(i.links) l
      where l ->> 'linkType' in ('problem', 'duplicated_by') order by 1 desc limit ${MOST_LINKED}
    ), recent as (
      select t.id from ticket t where t.brand_id = ${brandId} and not t.hidden and t.id < ${id}
        and t.created_at > ${plus(at, -RECENT_SECONDS)} order by t.created_at desc limit ${MOST_RECENT}
    ), each as (
      select id, id as of_id, type from incident where id <> all(select id from linked) union all select id, of_id, type from linked
      union all select id, id, null from recent where id not in (select id from incident union all select id from linked)
    )
    select t.id as "ticketId", e.of_id as "ofId", e.type, extract(epoch from ${at}::timestamptz - t.created_at)::float8 as "ageSeconds",
      t.status = any(${[...activeStatuses]}) as "isActive", t.subject || E'\n' || first.text as text
    from each e join ticket t on t.id = e.id and t.id <> ${id} and not t.hidden
      cross join lateral (select left(m.body_text, ${LONGEST}) as text, m.redacted_at, m.voided_at from message m
        where m.ticket_id = t.id and m.direction = 'inbound' and m.side_conversation_id is null order by m.id limit 1) first
    where first.redacted_at is null and first.voided_at is null`)
}

/** Whether somebody has said what a ticket is about: then nothing is offered again. */
export async function isAlikeSaid(db: Db, ticketId: number): Promise<boolean> {
  const rows = await db.hot(
    sql`select from assistant_run where ticket_id = ${ticketId} and alike_said is not null limit 1`,
  )
  return rows.length > 0
}

/** What a person made of an offered link. */
export async function sayAlike(db: Db, runId: number, said: AlikeWord, at: Instant): Promise<void> {
  await db.rows(
    sql`update assistant_run set alike_said = ${said}, alike_said_at = ${at} where id = ${runId} and alike_said is null`,
  )
}

export type AlikeCounts = { readonly offered: number } & Readonly<Record<AlikeWord, number>>

/** Tickets since a moment that a link was offered on, and what people made of it. */
export async function alikeCounts(db: Db, since: Instant): Promise<AlikeCounts> {
  const row = await db.row<{ offered: number; said: AlikeWord[] }>(sql`
    select count(*)::int as offered, coalesce(array_agg(said) filter (where said is not null), '{}') as said
    from (select ticket_id, max(alike_said) as said from assistant_run where alike is not null and at >= ${since} group by ticket_id) x`)
  const of = (word: AlikeWord) => (row?.said ?? []).filter((each) => each === word).length
  const [linked, refused] = alikeWords
  return { offered: row?.offered ?? 0, linked: of(linked), refused: of(refused) }
}
