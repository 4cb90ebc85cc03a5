// Agents as routing sees them: presence, room, skills, teams, and what they have in hand.
import { ALWAYS, type Calendar } from '#hours/calendar.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { usedUnits, type Held, type Units } from '#routing/load.ts'
import type { Agent, Presence } from '#routing/model.ts'
import { shiftAt } from '#routing/shift.ts'
import type { Db } from '#store/database.ts'
import { assignments, sql } from '#store/sql.ts'
import type { Channel } from '#tickets/vocabulary.ts'

export type StaffRow = {
  readonly id: PersonId
  readonly name: string
  readonly seesAll: boolean
  readonly presence: Presence
  readonly presenceSince: Instant | null
  readonly presenceReason: string | null
  readonly channelsOff: readonly Channel[]
  readonly maxUnits: number
  readonly capacity: Readonly<Partial<Record<Channel, number>>>
  readonly calendarId: string | null
  readonly substituteId: PersonId | null
  readonly expiries: number
  readonly lastAssignedAt: Instant | null
  readonly handedOverAt: Instant | null
  readonly skills: Readonly<Record<string, number>>
  readonly teams: readonly number[]
}

const DEFAULT_MAX_UNITS = 10

/** Every active agent who may have tickets, in order of name. */
export async function readStaff(db: Db): Promise<StaffRow[]> {
  return db.hot<StaffRow>(sql`select a.person_id as id, p.name, a.sees = 'all' as "seesAll",
      coalesce(r.presence, 'offline') as presence, r.presence_since as "presenceSince",
      r.presence_reason as "presenceReason", coalesce(r.channels_off, '{}') as "channelsOff",
      coalesce(r.max_units, ${DEFAULT_MAX_UNITS}::numeric) as "maxUnits", coalesce(r.capacity, '{}') as capacity,
      r.calendar_id::text as "calendarId", r.substitute_id as "substituteId", coalesce(r.expiries, 0) as expiries,
      r.last_assigned_at as "lastAssignedAt", r.handed_over_at as "handedOverAt",
      coalesce((select json_object_agg(s.skill_id, s.level) from agent_skill s where s.agent_id = a.person_id), '{}') as skills,
      array(select m.team_id from team_member m join team t on t.id = m.team_id
        where m.agent_id = a.person_id and t.archived_at is null order by 1) as teams
    from agent a join person p on p.id = a.person_id left join agent_routing r on r.agent_id = a.person_id
    where a.deactivated_at is null and a.role <> 'viewer' order by p.name, a.person_id`)
}

type Holding = Held & { readonly agentId: number }

/** What agents have: their tickets by kind, and the offers that are open. */
async function holdings(db: Db, now: Instant): Promise<Map<number, Holding[]>> {
  const rows =
    await db.hot<Holding>(sql`select assignee_id as "agentId", channel, status, category_id as "categoryId",
      count(*)::int as count from ticket
    where assignee_id is not null and status in ('new', 'open', 'pending') and not hidden
      and (snoozed_until is null or snoozed_until <= ${now})
    group by 1, 2, 3, 4`)
  return Map.groupBy(rows, ({ agentId }) => agentId)
}

async function offered(db: Db): Promise<Map<number, { channel: Channel; units: number }[]>> {
  const rows = await db.hot<{ agentId: number; channel: Channel; units: number }>(
    sql`select agent_id as "agentId", channel, units from route_offer where state = 'open'`,
  )
  return Map.groupBy(rows, ({ agentId }) => agentId)
}

/** The staff as the match knows it. An open offer is as much in hand as a ticket. */
export async function readAgents(
  db: Db,
  staff: readonly StaffRow[],
  units: Units,
  calendars: ReadonlyMap<string, Calendar>,
  now: Instant,
): Promise<Agent[]> {
  const held = await holdings(db, now)
  const offers = await offered(db)
  return staff.map((row) => {
    const { used, usedBy } = usedUnits(units, held.get(row.id) ?? [], row.maxUnits)
    const open = offers.get(row.id) ?? []
    const calendar = row.calendarId === null ? null : (calendars.get(row.calendarId) ?? ALWAYS)
    for (const offer of open) usedBy[offer.channel] = (usedBy[offer.channel] ?? 0) + offer.units
    return {
      id: row.id,
      presence: row.presence,
      presenceSince: row.presenceSince === null ? null : Date.parse(row.presenceSince),
      channelsOff: row.channelsOff,
      skills: new Map(Object.entries(row.skills).map(([skill, level]) => [Number(skill), level])),
      maxUnits: row.maxUnits,
      capacity: row.capacity,
      teams: row.teams,
      calendar,
      shiftEndsAt: shiftAt(calendar, Date.parse(now))?.endsAt ?? null,
      used: used + open.reduce((sum, offer) => sum + offer.units, 0),
      usedBy,
      lastAssignedAt: row.lastAssignedAt === null ? null : Date.parse(row.lastAssignedAt),
      seesAll: row.seesAll,
    }
  })
}

export type StaffChange = {
  readonly presence?: Presence | undefined
  readonly presenceSince?: Instant | undefined
  readonly presenceReason?: string | null | undefined
  readonly channelsOff?: readonly Channel[] | undefined
  readonly maxUnits?: number | undefined
  readonly capacity?: Readonly<Partial<Record<Channel, number>>> | undefined
  readonly calendarId?: number | null | undefined
  readonly substituteId?: number | null | undefined
  readonly expiries?: number | undefined
  readonly lastAssignedAt?: Instant | undefined
  readonly handedOverAt?: Instant | null | undefined
}

/** Changes what is given of an agent's routing. `away` beside their account follows presence: a reopened ticket asks it. */
export async function changeStaff(db: Db, agentId: number, change: StaffChange): Promise<void> {
  const sets = assignments({
    presence: change.presence,
    presence_since: change.presenceSince,
    presence_reason: change.presenceReason,
    channels_off: change.channelsOff,
    max_units: change.maxUnits,
    capacity: change.capacity === undefined ? undefined : JSON.stringify(change.capacity),
    calendar_id: change.calendarId,
    substitute_id: change.substituteId,
    expiries: change.expiries,
    last_assigned_at: change.lastAssignedAt,
    handed_over_at: change.handedOverAt,
  })
  if (sets === null) return
  await db.rows(sql`insert into agent_routing (agent_id) values (${agentId}) on conflict do nothing`)
  await db.rows(sql`update agent_routing set ${sets} where agent_id = ${agentId}`)
  if (change.presence === undefined) return
  if (change.presenceSince !== undefined)
    await db.rows(sql`insert into agent_presence (agent_id, at, presence)
      values (${agentId}, ${change.presenceSince}, ${change.presence})`)
  const away = change.presence === 'away' || change.presence === 'away_and_reassigning'
  await db.rows(sql`update agent set away = ${away} where person_id = ${agentId}`)
}

/** Sets an agent's skills; level 0 takes one away. */
export async function setSkills(
  db: Db,
  agentId: number,
  skills: readonly { readonly skillId: number; readonly level: number }[],
): Promise<void> {
  const gone = skills.filter(({ level }) => level === 0).map(({ skillId }) => skillId)
  const kept = skills
    .filter(({ level }) => level > 0)
    .map(({ skillId, level }) => ({ skill_id: skillId, level }))
  await db.rows(
    sql`delete from agent_skill where agent_id = ${agentId} and skill_id = any(${gone}::bigint[])`,
  )
  await db.rows(sql`insert into agent_skill (agent_id, skill_id, level)
    select ${agentId}::bigint, x.skill_id, x.level from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb)
      as x(skill_id bigint, level integer)
    on conflict (agent_id, skill_id) do update set level = excluded.level`)
}

/** Writes down who was there when in the past, which changes nothing of now. */
export async function tellPresences(
  db: Db,
  told: readonly { readonly agentId: number; readonly at: Instant; readonly presence: Presence }[],
): Promise<void> {
  const [agents, moments] = [told.map(({ agentId }) => agentId), told.map(({ at }) => at)]
  await db.rows(sql`insert into agent_presence (agent_id, at, presence)
    select * from unnest(${agents}::bigint[], ${moments}::timestamptz[], ${told.map(({ presence }) => presence)}::text[])`)
}
