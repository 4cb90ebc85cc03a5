// How long tickets stay in a status, which ways they go from there, and which have stayed for too long.
import { plus, type Instant } from '#kit/time.ts'
import { ACTIVE, within, type Scope } from '#reporting/source-store.ts'
import { ENOUGH, FORECAST_WEEKS, LEARNT_DAYS, silentSince, type Flow, type Stuck } from '#reporting/stalls.ts'
import type { Lasted } from '#reporting/survival.ts'
import type { Db } from '#store/database.ts'
import { raw, sql, type Sql } from '#store/sql.ts'
import type { ActiveStatus } from '#tickets/vocabulary.ts'

const learntFrom = (now: Instant) => plus(now, -LEARNT_DAYS * 86_400)

/**
 * The last stretch of each run of one status, as `s`, with how long the run lasted, or has lasted until now. Where now is a moment of
 * the past, what ended later had not ended yet.
 */
function runs(scope: Scope): Sql {
  const end = sql`least(s.to_at, ${scope.now}::timestamptz)`
  return sql`select s.*, floor(extract(epoch from ${end} - s.since_at))::bigint as seconds,
      coalesce(s.to_at <= ${scope.now} and not s.censored, false) as ended
    from report_span s join ticket t on t.id = s.ticket_id
      left join report_span n on n.ticket_id = s.ticket_id and n.nth = s.nth + 1
    where ${ACTIVE} and (n.nth is null or n.since_at = n.from_at) and s.since_at >= ${learntFrom(scope.now)} and s.since_at < ${scope.now}
      and ${within(scope)}`
}

/** How long runs of each status lasted, in whole minutes. */
export async function timesInStatus(db: Db, scope: Scope): Promise<(Lasted & { status: ActiveStatus })[]> {
  return db.rows(sql`select status, seconds / 60 * 60 as time, count(*) filter (where ended)::int as ended,
      count(*) filter (where not ended)::int as lost
    from (${runs(scope)}) run group by status, seconds / 60`)
}

export type Way = {
  readonly from: ActiveStatus
  readonly to: string
  readonly count: number
  readonly median: number
  readonly total: number
}

/** Which status follows which, with the waiting before it; what was waited for most in all comes first. */
export async function waysBetween(db: Db, scope: Scope): Promise<Way[]> {
  return db.rows(sql`select s.status as "from", n.status as "to", count(*)::int as count,
      percentile_disc(0.5) within group (order by extract(epoch from n.from_at - s.since_at))::float8 as median,
      sum(extract(epoch from n.from_at - s.since_at))::float8 as total
    from report_span n join report_span s on s.ticket_id = n.ticket_id and s.nth = n.nth - 1
      join ticket t on t.id = n.ticket_id
    where n.since_at = n.from_at and n.status <> s.status and ${ACTIVE} and n.from_at >= ${learntFrom(scope.now)}
      and not t.hidden and ${within(scope)}
    group by s.status, n.status order by total desc`)
}

export type StuckTicket = Omit<Stuck, 'overloaded'> & {
  readonly ticketId: number
  readonly subject: string
  readonly assignee: string | null
  readonly teamId: number | null
  readonly sinceAt: Instant
  /** Beyond what 95 % of its like took; null when it is silence alone. */
  readonly usualSeconds: number | null
}

/** Whether the thread `c` of the ticket `t` is open: done is what was last said of it in the log. */
const SIDE_OPEN = sql`coalesce((select e.kind from ticket_event e where e.ticket_id = t.id
  and e.kind in ('side_conversation_opened', 'side_conversation_done')
  and (e.payload->>'sideConversationId')::bigint = c.id order by e.seq desc limit 1), '') <> 'side_conversation_done'`

/** Active tickets, and what came among them and went in the weeks of a forecast: the two sides of the measure `netFlow`. */
export async function flowOf(db: Db, scope: Scope): Promise<Flow> {
  const from = plus(scope.now, -FORECAST_WEEKS * 7 * 86_400)
  const row = await db.row<Flow>(sql`select
      (select count(*)::int from report_span s join ticket t on t.id = s.ticket_id
        where ${ACTIVE} and s.to_at is null and not t.hidden and ${within(scope)}) as backlog,
      count(*) filter (where f.kind in ('opened', 'reopened'))::int as came,
      count(*) filter (where f.kind in ('resolved', 'closed_unresolved'))::int as went
    from report_fact f join ticket t on t.id = f.ticket_id
    where f.kind in ('opened', 'reopened', 'resolved', 'closed_unresolved') and f.at >= ${from} and f.at < ${scope.now}
      and not t.hidden and ${within(scope)}`)
  return row ?? { backlog: 0, came: 0, went: 0 }
}

/** Active tickets that have been in their status longer than 95 % of their like, or without a word for three weekdays; oldest first. */
export async function stuckTickets(db: Db, scope: Scope, limit: number): Promise<StuckTicket[]> {
  const enough = raw(String(ENOUGH))
  const silent = silentSince(scope.now, scope.how.zone)
  return db.rows(sql`with usual as materialized (
      select status, team_id, category_id, grouping(team_id, category_id) as level,
        percentile_disc(0.95) within group (order by seconds) as p95
      from (${runs(scope)}) run where ended
      group by grouping sets ((status, team_id, category_id), (status, team_id), (status)) having count(*) >= ${enough}),
    run as (select s.ticket_id, s.since_at, s.status, extract(epoch from ${scope.now}::timestamptz - s.since_at) as seconds,
        coalesce(
          (select p95 from usual u where level = 0 and u.status = s.status
            and u.team_id is not distinct from s.team_id and u.category_id is not distinct from s.category_id),
          (select p95 from usual u where level = 1 and u.status = s.status and u.team_id is not distinct from s.team_id),
          (select p95 from usual u where level = 3 and u.status = s.status)) as p95
      from report_span s where ${ACTIVE} and s.to_at is null)
    select t.id as "ticketId", t.subject, t.status, t.assignee_id as "assigneeId", p.name as assignee, t.team_id as "teamId",
      run.since_at as "sinceAt", t.snoozed_until as "snoozedUntil", a.away as "isAway", a.deactivated_at is not null as "hasLeft",
      case when run.seconds > run.p95 then run.p95::float8 end as "usualSeconds",
      exists (select from report_fact f where f.ticket_id = t.id and f.kind = 'ping_pong' and f.at >= run.since_at) as "pingPong",
      exists (select from route_waiting w where w.ticket_id = t.id and w.unroutable is not null) as unroutable,
      exists (select from side_conversation c where c.ticket_id = t.id and ${SIDE_OPEN}) as "sideOpen",
      not exists (select from ticket_clock c where c.ticket_id = t.id)
        and exists (select from sla_policy where archived_at is null) as "noPolicy"
    from run join ticket t on t.id = run.ticket_id
      left join agent a on a.person_id = t.assignee_id left join person p on p.id = t.assignee_id
    where not t.hidden and (t.snoozed_until is null or t.snoozed_until < ${scope.now})
      and (run.seconds > run.p95 or greatest(run.since_at, t.last_inbound_at::timestamptz, t.last_reply_at::timestamptz) < ${silent})
      and ${within(scope)}
    order by run.since_at, t.id limit ${limit}`)
}
