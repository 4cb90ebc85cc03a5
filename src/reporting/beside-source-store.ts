// What reports count that stands beside a ticket's log: how long people had it before them, what reviews say of its resolves, and what
// the assistant saved by resolving alone. Whose it is says the stretch of its ticket in which it was, or the resolve.
import type { Reviews, Saved, Touches } from '#reporting/measures.ts'
import { FEWEST, FEWEST_PEOPLE, type Asked } from '#reporting/report.ts'
import { groupOf, within, type Scope } from '#reporting/scope-store.ts'
import { defaultDeskSettings } from '#setup/settings-store.ts'
import { empty, raw, sql, type Sql } from '#store/sql.ts'
import { isOfStanding } from '#tickets/report-standing.ts'

/** Of each ticket what everybody spent on it, by when they last did, with who they are; of one person their own. */
export function touchesOf(_source: Touches, { by, from, to }: Asked, scope: Scope): Sql {
  const { ownOf } = scope
  const whose = by !== null && isOfStanding(by) ? ofItsTime(sql`x.ticket_id`, sql`x.at`) : empty
  return sql`select x.ticket_id, 'touch' as kind, 0 as nth, x.at, x.value, x.people,
      ${by === 'author' ? sql`x.author_id::text` : groupOf(by, sql`s`)} as grp
    from (select ticket_id, max(agent_id) as author_id, max(last_at) as at, sum(seconds)::bigint as value,
          string_agg(agent_id::text, ' ') as people from touch_time
        where ${ownOf === null ? sql`true` : sql`agent_id = ${ownOf}`}
          and ticket_id in (select ticket_id from touch_time where last_at >= ${from})
        group by ticket_id) x
      join ticket t on t.id = x.ticket_id ${whose}
    where x.at >= ${from} and x.at < ${to} and not t.hidden and ${within(scope)}`
}

/** The stretch of a ticket that a moment was in, as `s`. */
function ofItsTime(ticketId: Sql, at: Sql): Sql {
  return sql`left join lateral (select s.* from report_span s where s.ticket_id = ${ticketId} and s.from_at <= ${at}
    order by s.nth desc limit 1) s on true`
}

/** Reviews, by when they were written: whether all was as it should be. By question: each answer, yes or no. */
export function reviewsOf(_source: Reviews, { by, from, to }: Asked, scope: Scope): Sql {
  const { ownOf } = scope
  const own = ownOf === null ? empty : sql`and f.assignee_id = ${ownOf}`
  const isByQuestion = by === 'question'
  const [nth, value, group] = isByQuestion
    ? [sql`f.nth * 100 + q.place`, sql`(q.said->>'answer' = 'yes')::int`, sql`q.said->>'question'`]
    : [sql`f.nth`, sql`r.passed::int`, groupOf(by, sql`f`)]
  const counts = isByQuestion ? sql`q.said->>'answer' <> 'skip'` : sql`r.passed is not null`
  return sql`select r.ticket_id, 'review' as kind, ${nth} as nth, r.at, ${value} as value, ${group} as grp
    from review r join report_fact f on f.ticket_id = r.ticket_id and f.kind = 'resolved' and f.at = r.resolved_at
      join ticket t on t.id = r.ticket_id
      ${isByQuestion ? sql`cross join jsonb_array_elements(r.answers) with ordinality q (said, place)` : empty}
    where r.at >= ${from} and r.at < ${to} and ${counts} and not t.hidden ${own} and ${within(scope)}`
}

/** So many tickets say how long one takes, of so many people. */
const ENOUGH = raw(`e.n >= ${FEWEST} and e.people >= ${FEWEST_PEOPLE}`)
/** How long before a window people's time is looked at, as far back as it says something of today. */
const LOOK_BACK = raw("interval '90 days'")

/**
 * Resolves by the assistant alone that stood, given as rows of `thingsOf` with 1 where they did; each with the time that people would have
 * spent: the median of theirs in the category, else of all of theirs, else what the desk takes for it.
 */
export function savedOf(_source: Saved, { from, to }: Asked, alone: Sql): Sql {
  return sql`with effort as (
      select f.category_id, grouping(f.category_id) = 1 as is_whole, count(*) as n, count(distinct f.assignee_id) as people,
        percentile_disc(0.5) within group (order by x.seconds) as median
      from (select ticket_id, sum(seconds) as seconds from touch_time
          where last_at >= ${from}::timestamptz - ${LOOK_BACK} and last_at < ${to} group by ticket_id) x
        join ticket t on t.id = x.ticket_id and not t.hidden
        join report_fact f on f.ticket_id = x.ticket_id and f.kind = 'resolved' and f.until_at is null and f.config_version is null
      group by grouping sets ((), (f.category_id)))
    select a.ticket_id, a.kind, a.nth, a.at, coalesce(
        (select e.median from effort e where not e.is_whole and e.category_id = f.category_id and ${ENOUGH}),
        (select e.median from effort e where e.is_whole and ${ENOUGH}),
        (select (d.value->>'handlingSeconds')::bigint from desk_setting d order by d.version desc limit 1),
        ${defaultDeskSettings.handlingSeconds}::bigint) as value, a.grp
    from (${alone}) a join report_fact f on f.ticket_id = a.ticket_id and f.kind = a.kind and f.nth = a.nth
    where a.value = 1`
}
