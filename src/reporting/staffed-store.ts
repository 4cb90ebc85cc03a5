// When agents came and went, as they said, and by which calendars they work.
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import type { Came } from '#reporting/staffed.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** Agents of whom the reader may know: all, or those of their teams. */
const known = ({ sees, agentId, teamIds }: Reader, agent: Sql) =>
  sees === 'all'
    ? sql`true`
    : sql`(${agent} = ${agentId} or exists (select from team_member m where m.agent_id = ${agent} and m.team_id = any(${teamIds})))`

/** Since when presence is recorded; null where it never was. */
export async function presenceSince(db: Db): Promise<Instant | null> {
  return (await db.row<{ at: Instant | null }>(sql`select min(at) as at from agent_presence`))?.at ?? null
}

/** Who came and went until a moment, by the minute; what was before `from` in one. Who left the desk is there no more. */
export async function comings(db: Db, from: Instant, to: Instant, reader: Reader): Promise<Came[]> {
  return db.rows<Came>(sql`with said as (
      select p.agent_id, p.at, p.presence in ('online', 'transfers_only') as is_there from agent_presence p where p.at >= ${from} and p.at < ${to}
      union all select b.* from agent a cross join lateral (select p.agent_id, p.at, p.presence in ('online', 'transfers_only')
        from agent_presence p where p.agent_id = a.person_id and p.at < ${from} order by p.at desc limit 1) b
      union all select a.person_id, a.deactivated_at, false from agent a where a.deactivated_at < ${to}),
    step as (select greatest(date_trunc('minute', at), ${from}::timestamptz) as at,
        is_there::int - coalesce(lag(is_there::int) over (partition by agent_id order by at), 0) as agents
      from said where ${known(reader, sql`agent_id`)})
    select (extract(epoch from at) * 1000)::float8 as at, sum(agents)::int as agents from step group by at having sum(agents) <> 0 order by at`)
}

/** The calendars by which agents work who are on the desk now, with how many have each. */
export async function calendarsOfAgents(
  db: Db,
  reader: Reader,
): Promise<{ calendarId: string; agents: number }[]> {
  return db.rows(sql`select r.calendar_id::text as "calendarId", count(*)::int as agents
    from agent_routing r join agent a on a.person_id = r.agent_id
    where a.deactivated_at is null and r.calendar_id is not null and ${known(reader, sql`r.agent_id`)} group by 1`)
}
