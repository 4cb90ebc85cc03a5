// How rules fared, from the log: firings of several lengths of time at once, and those that people took back.
import { plus, type Instant } from '#kit/time.ts'
import type { Fired, Occurred, Regret } from '#reporting/rule-health.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'
import type { TicketEvent } from '#tickets/event.ts'

export const spans = [7, 30, 90] as const
export type Span = (typeof spans)[number]

const daysAgo = (now: Instant, days: number) => plus(now, -days * 86_400)

/** Firings by rule and length of time, with when it last fired; a rule that did nothing has no row. Each event is read once. */
export async function firedWithin(
  db: Db,
  now: Instant,
  ruleIds: readonly number[],
): Promise<(Fired & { ruleId: number; days: Span; lastFiredAt: Instant | null })[]> {
  const of = (filter: Sql) =>
    sql`array[${join(spans.map((days) => sql`count(*) filter (where ${filter} and e.at > ${daysAgo(now, days)})`))}]::int[]`
  const kind = (name: string) => sql`e.kind = ${name}`
  const rows = await db.rows<
    Record<keyof Fired, number[]> & { ruleId: number; lastFiredAt: Instant | null }
  >(sql`
    select e.actor_id as "ruleId", max(e.at) filter (where ${kind('rule_fired')}) as "lastFiredAt",
      ${of(kind('rule_fired'))} as fired, ${of(sql`${kind('rule_fired')} and e.payload->>'noOp' = 'true'`)} as "noOp",
      ${of(kind('action_refused'))} as refused, ${of(kind('rule_suppressed'))} as suppressed, ${of(kind('rule_conflict'))} as conflicts
    from ticket_event e
    where e.actor_type = 'rule' and e.actor_id = any(${ruleIds}) and e.at > ${daysAgo(now, 90)} and e.at <= ${now}
      and e.kind in ('rule_fired', 'action_refused', 'rule_suppressed', 'rule_conflict')
    group by e.actor_id`)
  return rows.flatMap(({ ruleId, lastFiredAt, ...counts }) =>
    spans.map((days, place) => {
      const at = (key: keyof Fired) => counts[key][place] ?? 0
      return {
        ruleId,
        days,
        lastFiredAt,
        fired: at('fired'),
        noOp: at('noOp'),
        refused: at('refused'),
        suppressed: at('suppressed'),
        conflicts: at('conflicts'),
      }
    }),
  )
}

/** How often rules fired in each of so many weeks before a moment, from the first on; weeks in which one did not have no row. */
export async function firedByWeek(
  db: Db,
  now: Instant,
  weeks: number,
  ruleIds: readonly number[],
): Promise<{ ruleId: number; week: number; fired: number }[]> {
  const from = daysAgo(now, weeks * 7)
  return db.rows(sql`select e.actor_id as "ruleId", floor(extract(epoch from e.at - ${from}::timestamptz) / 604800)::int as week,
      count(*)::int as fired
    from ticket_event e
    where e.actor_type = 'rule' and e.actor_id = any(${ruleIds}) and e.kind = 'rule_fired' and e.at >= ${from} and e.at < ${now}
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

/** So many of a rule's firings that set one field say how it is regretted within a point or two: a million are not gone after one by one. */
const MOST_JUDGED = 5_000

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
