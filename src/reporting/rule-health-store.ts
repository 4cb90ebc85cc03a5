// How rules fared, from the log: what they did day by day, and what of it people took back.
import { plus, type Instant } from '#kit/time.ts'
import type { Fired, Occurred, Regret } from '#reporting/rule-health.ts'
import type { Db } from '#store/database.ts'
import { empty, sql, type Sql } from '#store/sql.ts'
import type { TicketEvent } from '#tickets/event.ts'

const daysAgo = (now: Instant, days: number) => plus(now, -days * 86_400)

/** What a rule did on a day, counted back from now: 0 are the last 24 hours. */
export type FiredOn = Fired & {
  readonly ruleId: number
  readonly daysAgo: number
  readonly lastFiredAt: Instant | null
}

/** What rules did on each of so many days before now, in one reading; a day on which one did nothing has no row. */
export async function firedByDay(
  db: Db,
  now: Instant,
  days: number,
  ruleIds: readonly number[],
): Promise<FiredOn[]> {
  const of = (kind: string, more: Sql = empty) => sql`count(*) filter (where e.kind = ${kind} ${more})::int`
  return db.rows(sql`
    select e.actor_id as "ruleId", floor(extract(epoch from ${now}::timestamptz - e.at) / 86400)::int as "daysAgo",
      max(e.at) filter (where e.kind = 'rule_fired') as "lastFiredAt", ${of('rule_fired')} as fired,
      ${of('rule_fired', sql`and e.payload->>'noOp' = 'true'`)} as "noOp", ${of('action_refused')} as refused,
      ${of('rule_suppressed')} as suppressed, ${of('rule_conflict')} as conflicts
    from ticket_event e
    where e.actor_type = 'rule' and e.actor_id = any(${ruleIds}) and e.at > ${daysAgo(now, days)} and e.at <= ${now}
      and e.kind in ('rule_fired', 'action_refused', 'rule_suppressed', 'rule_conflict')
    group by 1, 2`)
}

/** What sets a field to a value that somebody may set otherwise. */
const SETTING: readonly TicketEvent['kind'][] = [
  'status_changed',
  'priority_changed',
  'team_changed',
  'category_changed',
  'assignee_changed',
  'field_changed',
]

/** So many of a rule's firings that set one field say how it is regretted within three points: a million are not gone after one by one. */
const MOST_JUDGED = 1_000

/** Firings that set a field, the newest of each, and those of them whose value a person set to another within a day. */
export async function regretByRule(
  db: Db,
  now: Instant,
  ruleIds: readonly number[],
): Promise<(Regret & { ruleId: number })[]> {
  return db.rows(sql`with fired as (
      select e.actor_id as rule_id, e.ticket_id, e.update_id, bool_or(exists (
        select from ticket_event p where p.ticket_id = e.ticket_id and p.seq > e.seq and p.actor_type = 'agent'
          and p.at <= e.at + interval '24 hours'
          and p.kind = e.kind and p.payload->'fieldId' is not distinct from e.payload->'fieldId'
          and p.payload->'from' = e.payload->'to' and p.payload->'to' is distinct from e.payload->'to')) as regretted
      from unnest(${ruleIds}::bigint[]) as r(id) cross join unnest(${SETTING}::text[]) as k(kind)
        cross join lateral (select o.* from ticket_event o
          where o.actor_type = 'rule' and o.actor_id = r.id and o.kind = k.kind and o.at > ${daysAgo(now, 90)} and o.at <= ${now}
          order by o.at desc limit ${MOST_JUDGED}) e
        join ticket t on t.id = e.ticket_id
      where not t.hidden
      group by 1, 2, 3)
    select rule_id as "ruleId", count(*)::int as set, count(*) filter (where regretted)::int as regretted
    from fired group by rule_id`)
}

/** Conflicts of the last 30 days by the two rules that were at odds, each told from either side; the most first. */
export async function fights(
  db: Db,
  now: Instant,
  ruleIds: readonly number[],
): Promise<{ ruleId: number; otherId: number; count: number }[]> {
  return db.rows(sql`select one::bigint as "ruleId", other::bigint as "otherId", count(*)::int as count
    from ticket_event e cross join jsonb_array_elements_text(e.payload->'detail'->'ruleIds') as one
      cross join jsonb_array_elements_text(e.payload->'detail'->'ruleIds') as other
    where e.actor_type = 'rule' and e.actor_id = any(${ruleIds}) and e.kind = 'rule_conflict'
      and e.at > ${daysAgo(now, 30)} and one <> other
    group by 1, 2 order by count desc, 1, 2`)
}

/** Those of the live rules that are what they were at a moment. */
export async function unchangedSince(db: Db, at: Instant): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`select (now->>'id')::bigint as id
    from rulebook live cross join jsonb_array_elements(live.content->'rules') as now
    where live.state = 'published' and exists (
      select from rulebook was cross join jsonb_array_elements(was.content->'rules') as old
      where was.published_at <= ${at} and (was.ended_at is null or was.ended_at > ${at}) and old = now)`)
  return rows.map(({ id }) => id)
}

/** How often things happened in 90 days that rules may listen to, where reports count them. */
export async function occurrences(db: Db, now: Instant): Promise<Occurred> {
  const rows = await db.rows<{ kind: string; count: number }>(sql`select kind, count(*)::int as count
    from report_fact where at > ${daysAgo(now, 90)} group by kind`)
  const of = (...kinds: readonly string[]) =>
    rows.reduce((sum, { kind, count }) => sum + (kinds.includes(kind) ? count : 0), 0)
  return {
    created: of('opened'),
    any: of('opened'),
    inbound_message: of('opened'),
    outbound_message: of('first_reply', 'next_reply', 'further_reply'),
    status_change: of('resolved'),
    reopened: of('reopened'),
    assignment: of('handoff'),
  }
}
