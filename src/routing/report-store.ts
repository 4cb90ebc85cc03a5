// What the report on shared work is made of: decisions that gave somebody a ticket, presences, and how offers ended.
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Given, PresenceChange } from '#routing/report.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Decisions by which somebody got a ticket that the reader sees. */
export async function givenSince(db: Db, since: Instant, reader: Reader): Promise<Given[]> {
  return db.rows<Given>(sql`select d.agent_id as "agentId", (extract(epoch from d.at) * 1000)::float8 as at, d.kind, d.units,
      d.waited_seconds as "waitedSeconds", d.over_capacity as "overCapacity", d.passed_over as "passedOver",
      coalesce((d.explanation->'place'->>'lane')::int, 0) as lane, t.priority, d.queue_id as "queueId",
      t.channel, (select min((n->>'tier')::int) from jsonb_array_elements(d.explanation->'needs') n) as tier,
      lower(p.language) as language,
      jsonb_array_length(coalesce(d.explanation->'relaxed'->'steps', '[]')) as steps
    from route_decision d join ticket t on t.id = d.ticket_id join person p on p.id = t.requester_id
    where d.at >= ${since} and ${inSight(reader)} and (d.kind <> 'offered'
      or exists (select from route_offer o where o.decision_id = d.id and o.state = 'accepted'))
    order by d.id limit 100000`)
}

/** Changes of presence since a moment, and for each agent the last one before it. */
export async function presencesSince(db: Db, since: Instant): Promise<PresenceChange[]> {
  return db.rows<PresenceChange>(sql`select agent_id as "agentId", (extract(epoch from at) * 1000)::float8 as at, presence
    from agent_presence where at >= ${since}
    union all
    select * from (select distinct on (agent_id) agent_id, (extract(epoch from at) * 1000)::float8, presence
      from agent_presence where at < ${since} order by agent_id, at desc) before`)
}

/** How offers of tickets in sight ended since a moment. */
export async function offersSince(
  db: Db,
  since: Instant,
  reader: Reader,
): Promise<{ accepted: number; declined: number; expired: number; all: number }> {
  const row = await db.row<{ accepted: number; declined: number; expired: number; all: number }>(sql`select
      count(*) filter (where o.state = 'accepted')::int as accepted, count(*) filter (where o.state = 'declined')::int as declined,
      count(*) filter (where o.state = 'expired')::int as expired, count(*)::int as all
    from route_offer o join ticket t on t.id = o.ticket_id where offered_at >= ${since} and ${inSight(reader)}`)
  return row ?? { accepted: 0, declined: 0, expired: 0, all: 0 }
}

/** Tickets in sight that wait for nobody on staff. */
export async function countUnroutable(db: Db, reader: Reader): Promise<number> {
  const row = await db.row<{ count: number }>(
    sql`select count(*)::int as count from route_waiting w join ticket t on t.id = w.ticket_id
      where unroutable is not null and ${inSight(reader)}`,
  )
  return row?.count ?? 0
}
