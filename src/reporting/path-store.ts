// Which ways tickets took: from team to team, by which statuses they came to their end, and those that were set to pending when hardly
// any time was left.
import { plus } from '#kit/time.ts'
import { isWhole, within, type Scope } from '#reporting/scope-store.ts'
import { LEARNT_DAYS } from '#reporting/stalls.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

const learntFrom = ({ now }: Scope) => plus(now, -LEARNT_DAYS * 86_400)

/** Of tickets in sight that are not set aside. */
function seen(scope: Scope, ticketId: Sql): Sql {
  return isWhole(scope)
    ? sql`${ticketId} not in (select h.id from ticket h where h.hidden_as is not null)`
    : sql`${ticketId} in (select t.id from ticket t where not t.hidden and ${within(scope)})`
}

export type TeamWay = {
  readonly from: number
  readonly to: number
  readonly count: number
  /** Of them those that went back to where they came from without a message in between. */
  readonly back: number
  /** Seconds in the team before. */
  readonly median: number
  readonly total: number
}

/** From which team to which, with the time in the one before; what took most in all comes first. */
export async function teamWays(db: Db, scope: Scope): Promise<TeamWay[]> {
  return db.rows(sql`select "from", "to", count(*)::int as count, (count(*) filter (where back))::int as back,
      percentile_disc(0.5) within group (order by seconds)::float8 as median, sum(seconds)::float8 as total
    from (select s.team_id as "from", f.team_id as "to", date_part('epoch', f.at - coalesce(
          (select max(o.to_at) from report_span o where o.ticket_id = s.ticket_id and o.nth < s.nth and o.team_id is distinct from s.team_id),
          (select o.from_at from report_span o where o.ticket_id = s.ticket_id and o.nth = 1))) as seconds,
        exists (select from report_fact p where p.ticket_id = f.ticket_id and p.kind = 'ping_pong' and p.at = f.at) as back
      from report_fact f join lateral (select * from report_span s where s.ticket_id = f.ticket_id and s.to_at = f.at
        order by s.nth desc limit 1) s on true
      where f.kind = 'team_hop' and f.at >= ${learntFrom(scope)} and f.at < ${scope.now} and ${seen(scope, sql`f.ticket_id`)}) hop
    where "from" is not null and "to" is not null and "from" <> "to"
    group by 1, 2 order by total desc limit 50`)
}

export type Path = {
  readonly statuses: readonly string[]
  readonly count: number
  /** From the opening to the end, in seconds. */
  readonly median: number
}

const MOST_PATHS = 10

/** The commonest ways by which tickets that were opened since came to their last resolve, or to being closed without one. */
export async function commonestPaths(db: Db, scope: Scope): Promise<{ paths: Path[]; ended: number }> {
  // Closed after it was resolved is the same end.
  const rows = await db.rows<
    Path & { ended: number }
  >(sql`select string_to_array(path, ' ') as statuses, count(*)::int as count,
      percentile_disc(0.5) within group (order by seconds)::float8 as median, (sum(count(*)) over ())::int as ended
    from (select case when path like '%resolved closed' then left(path, -length(' closed')) else path end as path,
        date_part('epoch', case when path like '%resolved closed' then resolved_at else last_at end - opened_at) as seconds
      from (select string_agg(s.status, ' ' order by s.nth) as path, min(s.from_at) as opened_at, max(s.from_at) as last_at,
          max(s.from_at) filter (where s.status = 'resolved') as resolved_at
        from report_span s where s.since_at = s.from_at and s.from_at >= ${learntFrom(scope)}
        group by s.ticket_id having min(s.nth) = 1 and ${seen(scope, sql`s.ticket_id`)}) life
      where path like '%resolved' or path like '%closed') way
    group by path order by count desc, path limit ${MOST_PATHS}`)
  return {
    ended: rows[0]?.ended ?? 0,
    paths: rows.map(({ statuses, count, median }) => ({ statuses, count, median })),
  }
}

export type LastMinute = {
  readonly ticketId: number
  readonly subject: string
  readonly metric: string
  /** Working time that its clock has left, in seconds. */
  readonly left: number
  readonly since: string
}

const MOST_LAST_MINUTE = 50

/** Pending tickets whose clock was stopped with at most a tenth of its target left, or a quarter of an hour; the least first. */
export async function pendingAtTheLast(db: Db, scope: Scope): Promise<LastMinute[]> {
  return db.rows(sql`select * from (
      select t.id as "ticketId", t.subject, c.metric, (c.target_seconds - c.elapsed_ms / 1000)::int as "left",
        c.target_seconds as target, c.as_of as since
      from ticket_clock c join ticket t on t.id = c.ticket_id
      where c.state = 'paused' and c.breached_at is null and t.status = 'pending' and not t.hidden and ${within(scope)}) c
    where "left" >= 0 and "left" <= greatest(900, target / 10)
    order by "left", "ticketId" limit ${MOST_LAST_MINUTE}`)
}
