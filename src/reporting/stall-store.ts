// How long tickets stay in a status, which ways they go from there, and which have stayed for too long.
import { plus, type Instant } from '#kit/time.ts'
import { groupOf, isWhole, within, type Scope } from '#reporting/scope-store.ts'
import { ACTIVE } from '#reporting/source-store.ts'
import { ENOUGH, FORECAST_WEEKS, LEARNT_DAYS, silentSince, type Flow, type Stuck } from '#reporting/stalls.ts'
import type { Lasted } from '#reporting/survival.ts'
import type { StayField } from '#reporting/vocabulary.ts'
import type { Db } from '#store/database.ts'
import { empty, raw, sql, type Sql } from '#store/sql.ts'
import type { ActiveStatus, Status } from '#tickets/vocabulary.ts'

const learntFrom = (now: Instant) => plus(now, -LEARNT_DAYS * 86_400)

/**
 * The last stretch of each run of one status, as `s`, with how long the run lasted, or has lasted until now. Where now is a moment of
 * the past, what ended later had not ended yet.
 */
function runs(scope: Scope): Sql {
  const end = sql`least(s.to_at, ${scope.now}::timestamptz)`
  return sql`select s.*, floor(date_part('epoch', ${end} - s.since_at))::bigint as seconds,
      coalesce(s.to_at <= ${scope.now} and not s.censored, false) as ended
    from report_span s ${sightOf(scope).tickets}
    where ${ACTIVE} and (s.next_status is not null or s.to_at is null or s.censored)
      and s.since_at >= ${learntFrom(scope.now)} and s.since_at < ${scope.now} and ${sightOf(scope).seen}`
}

/** The same of twice as many days: those of the earlier half, which are `past`, as it stood when that was over. */
function runsOfBoth(scope: Scope): Sql {
  const turn = learntFrom(scope.now)
  const until = sql`case when s.since_at < ${turn} then ${turn}::timestamptz else ${scope.now}::timestamptz end`
  return sql`select s.ticket_id, s.status, s.next_status, s.since_at < ${turn} as past,
      floor(date_part('epoch', least(s.to_at, ${until}) - s.since_at))::int as seconds,
      coalesce(s.to_at <= ${until} and not s.censored, false) as ended
    from report_span s ${sightOf(scope).tickets}
    where ${ACTIVE} and (s.next_status is not null or s.to_at is null or s.censored)
      and s.since_at >= ${learntFrom(turn)} and s.since_at < ${scope.now} and ${sightOf(scope).seen}`
}

/** Tickets that are set aside, by the index of them. */
const HIDDEN = raw('select h.id from ticket h where h.hidden_as is not null')

/** The tickets of stretches, where anything is asked of them. */
function sightOf(scope: Scope): { readonly tickets: Sql; readonly seen: Sql } {
  return isWhole(scope)
    ? { tickets: empty, seen: sql`true` }
    : { tickets: sql`join ticket t on t.id = s.ticket_id`, seen: within(scope) }
}

export type Way = {
  readonly from: ActiveStatus
  readonly to: Status
  readonly count: number
  readonly median: number
  readonly total: number
}

type Time = Lasted & { readonly status: ActiveStatus }
export type Stays = {
  readonly times: readonly Time[]
  /** Of as many days before, as it stood at their end. */
  readonly timesBefore: readonly Time[]
  readonly ways: readonly Way[]
}

type Stay = Time & {
  readonly past: boolean
  readonly next: Status | null
  readonly hidden: boolean
  readonly seconds: number
}

/**
 * How long runs of each status lasted, in whole minutes, now and as it stood before, and which status followed which, with the waiting
 * before it: what was waited for most in all comes first. One scan tells all of it.
 */
export async function staysIn(db: Db, scope: Scope): Promise<Stays> {
  const stays =
    await db.rows<Stay>(sql`select past, status, case when ended and not past then next_status end as next, time, hidden,
      case when ended then n else 0 end as ended, case when ended then 0 else n end as lost, seconds
    from (select past, status, next_status, ended, seconds / 60 * 60 as time, not past and ticket_id in (${HIDDEN}) as hidden,
        count(*)::int as n, sum(seconds)::float8 as seconds
      from (${runsOfBoth(scope)}) run group by 1, 2, 3, 4, 5, 6) counted`)
  const gone = stays.filter(({ next, hidden }) => next !== null && !hidden)
  const ways = [...Map.groupBy(gone, ({ status, next }) => `${status} ${next}`).values()].map((own) =>
    wayOf(own),
  )
  return {
    times: stays.filter(({ past }) => !past),
    timesBefore: stays.filter(({ past }) => past),
    ways: ways.toSorted((a, b) => b.total - a.total),
  }
}

export type StayOf = Lasted & { readonly status: ActiveStatus; readonly group: string | null }

/** How long runs of each status lasted, in whole minutes, by whose they were at their end. */
export async function staysBy(db: Db, scope: Scope, by: StayField): Promise<StayOf[]> {
  return db.rows(sql`select status, ${groupOf(by, sql`run`)} as "group", seconds / 60 * 60 as time,
      count(*) filter (where ended)::int as ended, count(*) filter (where not ended)::int as lost
    from (${runs(scope)}) run group by 1, 2, 3`)
}

function wayOf(own: readonly Stay[]): Way {
  const [{ status: from, next }] = own as readonly [Stay]
  const count = own.reduce((sum, { ended }) => sum + ended, 0)
  let rank = Math.ceil(count / 2)
  const middle = own.toSorted((a, b) => a.time - b.time).find(({ ended }) => (rank -= ended) <= 0)
  return {
    from,
    to: next as Status,
    count,
    median: middle?.time ?? 0,
    total: own.reduce((sum, { seconds }) => sum + seconds, 0),
  }
}

export type StuckTicket = Omit<Stuck, 'overloaded' | 'proposes'> & {
  /** Of the newest word on it: what a proposal must be about to stand; null where none was ever made. */
  readonly proposalSeq: number | null
  readonly ticketId: number
  readonly subject: string
  readonly assignee: string | null
  readonly teamId: number | null
  readonly sinceAt: Instant
  /** Beyond what 95 % of its like took; null when it is silence alone. */
  readonly usualSeconds: number | null
}

/** As the index `report_span_active` has those that have not ended. */
const LASTING = raw(`coalesce(s.to_at, 'infinity') = 'infinity'`)

/** Whether the thread `c` of the ticket `t` is open: done is what was last said of it in the log. */
const SIDE_OPEN = sql`coalesce((select e.kind from ticket_event e where e.ticket_id = t.id
  and e.kind in ('side_conversation_opened', 'side_conversation_done')
  and (e.payload->>'sideConversationId')::bigint = c.id order by e.seq desc limit 1), '') <> 'side_conversation_done'`

/** Active tickets, and what came among them and went in the weeks of a forecast: the two sides of the measure `netFlow`. */
export async function flowOf(db: Db, scope: Scope): Promise<Flow> {
  const from = plus(scope.now, -FORECAST_WEEKS * 7 * 86_400)
  const row = await db.row<Flow>(sql`select
      (select count(*)::int from report_span s join ticket t on t.id = s.ticket_id
        where ${ACTIVE} and ${LASTING} and not t.hidden and ${within(scope)}) as backlog,
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
  // Sorting each group's own numbers is cheaper than sorting all by three columns; the wider groups are asked for only where they are needed.
  const p95 = sql`percentile_disc(0.95) within group (order by x)`
  return db.rows(sql`with own as materialized (
      select status, team_id, category_id, array_agg(seconds::int) as all_seconds, count(*) as n
      from (${runs(scope)}) run where ended group by status, team_id, category_id),
    usual as materialized (select status, team_id, category_id, (select ${p95} from unnest(all_seconds) x) as p95 from own where n >= ${enough}),
    usual_of_team as materialized (select status, team_id, ${p95} as p95 from own cross join unnest(all_seconds) x
      group by status, team_id having count(*) >= ${enough}),
    usual_of_status as materialized (select status, ${p95} as p95 from own cross join unnest(all_seconds) x
      group by status having count(*) >= ${enough}),
    run as (select s.ticket_id, s.since_at, s.status, extract(epoch from ${scope.now}::timestamptz - s.since_at) as seconds,
        coalesce(usual.p95,
          (select p95 from usual_of_team u where u.status = s.status and u.team_id is not distinct from s.team_id),
          (select p95 from usual_of_status u where u.status = s.status)) as p95
      from report_span s left join usual on usual.status = s.status
        and coalesce(usual.team_id, 0) = coalesce(s.team_id, 0) and coalesce(usual.category_id, 0) = coalesce(s.category_id, 0)
      where ${ACTIVE} and ${LASTING})
    select t.id as "ticketId", t.subject, t.status, t.assignee_id as "assigneeId", p.name as assignee, t.team_id as "teamId",
      run.since_at as "sinceAt", t.snoozed_until as "snoozedUntil", a.away as "isAway", a.deactivated_at is not null as "hasLeft",
      case when run.seconds > run.p95 then run.p95::float8 end as "usualSeconds",
      exists (select from report_fact f where f.ticket_id = t.id and f.kind = 'ping_pong' and f.at >= run.since_at) as "pingPong",
      exists (select from route_waiting w where w.ticket_id = t.id and w.unroutable is not null) as unroutable,
      exists (select from side_conversation c where c.ticket_id = t.id and ${SIDE_OPEN}) as "sideOpen",
      case when exists (select from assistant_run r where r.ticket_id = t.id and r.procedure ->> 'macroId' is not null)
        then coalesce((k.state->'newestPublic'->>'seq')::int, 0) end as "proposalSeq",
      exists (select from jsonb_array_elements(k.state->'links') l join ticket c on c.id = (l->>'ticketId')::bigint
        where l->>'linkType' = 'parent' and not c.hidden and c.status in ('new', 'open', 'pending', 'on_hold')) as "childrenOpen",
      not exists (select from ticket_clock c where c.ticket_id = t.id)
        and exists (select from sla_policy where archived_at is null) as "noPolicy"
    from run join ticket t on t.id = run.ticket_id join ticket_state k on k.ticket_id = t.id
      left join agent a on a.person_id = t.assignee_id left join person p on p.id = t.assignee_id
    where not t.hidden and (t.snoozed_until is null or t.snoozed_until < ${scope.now})
      and (run.seconds > run.p95 or greatest(run.since_at, t.last_inbound_at::timestamptz, t.last_reply_at::timestamptz) < ${silent})
      and ${within(scope)}
    order by run.since_at, t.id limit ${limit}`)
}
