// What tickets of a time are sorted by, how often that changed and by whom, and what people wrote in each category.
import type { Instant } from '#kit/time.ts'
import { within, type Scope } from '#reporting/scope-store.ts'
import type { Told } from '#reporting/split.ts'
import type { Together } from '#reporting/tags.ts'
import type { Db } from '#store/database.ts'
import { raw, sql, type Sql } from '#store/sql.ts'
import type { ActorType } from '#tickets/vocabulary.ts'

/** Up to now, which may be a moment of the past. */
const opened = (since: Instant, scope: Scope) =>
  sql`t.created_at >= ${since} and t.created_at <= ${scope.now} and not t.hidden and ${within(scope)}`

/** Tickets by category and team; null for none. */
export async function ticketsByCategory(
  db: Db,
  since: Instant,
  scope: Scope,
): Promise<{ categoryId: number | null; teamId: number | null; count: number }[]> {
  return db.rows(sql`select category_id as "categoryId", team_id as "teamId", count(*)::int as count
    from ticket t where ${opened(since, scope)} group by 1, 2`)
}

/** Undone, and that not undone in turn. Asked of each for itself: joined, all undoing of the desk would be read first. */
const isVoid = (
  e: Sql,
) => sql`coalesce((select true from ticket_event u where u.ticket_id = ${e}.ticket_id and u.seq > ${e}.seq
  and u.kind = 'undone' and u.payload->'seqs' @> to_jsonb(${e}.seq) and not exists (
    select from ticket_event v where v.ticket_id = u.ticket_id and v.seq > u.seq and v.kind = 'undone'
      and v.payload->'seqs' @> to_jsonb(u.seq)) limit 1), false)`

/** Tickets whose category was changed once it was set, by who did it; with all of them under null. */
export async function resorted(
  db: Db,
  since: Instant,
  scope: Scope,
): Promise<{ by: ActorType | null; count: number }[]> {
  return db.rows(sql`select e.actor_type as by, count(distinct e.ticket_id)::int as count
    from ticket_event e join ticket t on t.id = e.ticket_id
    where e.kind = 'category_changed' and e.at >= ${since} and e.at <= ${scope.now} and e.payload->>'from' is not null
      and not exists (select from category c
        where c.id = (e.payload->>'from')::bigint and c.merged_into = (e.payload->>'to')::bigint)
      and not ${isVoid(sql`e`)} and ${opened(since, scope)}
    group by grouping sets ((), (e.actor_type))`)
}

/** Living tags, with the tickets that have each, and whether only rules have put it there since. */
export async function tagsInUse(
  db: Db,
  since: Instant,
  scope: Scope,
): Promise<{ name: string; count: number; isByRules: boolean }[]> {
  return db.rows(sql`with used as (
      select name, count(*)::int as count from ticket t cross join unnest(t.tags) as name
      where ${opened(since, scope)} group by name),
    put as (select name, bool_and(e.actor_type = 'rule') as by_rules
      from ticket_event e cross join jsonb_array_elements_text(e.payload->'added') as name
      where e.kind = 'tags_changed' and e.at >= ${since} group by name)
    select g.name, coalesce(used.count, 0) as count, coalesce(put.by_rules, false) as "isByRules"
    from tag g left join used on used.name = g.name left join put on put.name = g.name
    where g.archived_at is null order by g.name`)
}

/** Tags that stand together on at least so many tickets. */
export async function tagsTogether(db: Db, since: Instant, scope: Scope, least: number): Promise<Together[]> {
  return db.rows(sql`select a as one, b as other, count(*)::int as count
    from ticket t cross join unnest(t.tags) as a cross join unnest(t.tags) as b
    where a < b and cardinality(t.tags) > 1 and ${opened(since, scope)} group by a, b having count(*) >= ${least}`)
}

/** How much of a text says what it is about. */
const LONGEST = raw('1500')
/** What opened a ticket, as `n`. */
const TEXT = sql`n.subject || ' ' || coalesce((select left(m.body_text, ${LONGEST}) from message m
        where m.ticket_id = n.id and m.redacted_at is null order by m.id limit 1), '')`

/** What opened the newest tickets of each category, at most so many of each. */
export async function textsByCategory(
  db: Db,
  since: Instant,
  scope: Scope,
  most: number,
): Promise<{ categoryId: number; text: string }[]> {
  return db.rows(sql`select n.category_id as "categoryId",
      ${TEXT} as text
    from (select t.id, t.category_id, t.subject, row_number() over (partition by t.category_id order by t.id desc) as place
      from ticket t where t.category_id is not null and ${opened(since, scope)}) n
    where n.place <= ${most}`)
}

/** The newest tickets of these categories, at most so many of each, with what opened them, whose they are and how long they took. */
export async function ticketsToSplit(
  db: Db,
  since: Instant,
  scope: Scope,
  { categoryIds, most }: { categoryIds: readonly number[]; most: number },
): Promise<(Told & { categoryId: number })[]> {
  return db.rows(sql`select n.category_id as "categoryId", n.id as "ticketId", n.subject, n.team_id as "teamId",
      (select floor(date_part('epoch', f.at - n.created_at))::float8 from report_fact f
        where f.ticket_id = n.id and f.kind = 'resolved' and f.until_at is null order by f.nth desc limit 1) as seconds, ${TEXT} as text
    from (select t.id, t.category_id, t.team_id, t.subject, t.created_at,
        row_number() over (partition by t.category_id order by t.id desc) as place
      from ticket t where t.category_id = any(${categoryIds}::bigint[]) and ${opened(since, scope)}) n
    where n.place <= ${most} order by n.category_id, n.id`)
}
