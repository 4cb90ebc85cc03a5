// Who is never to have whose tickets: pairs of an agent and a person, or everybody of an organisation.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type RoutingConflict = {
  readonly id: number
  readonly agent: { readonly id: number; readonly name: string }
  readonly person: { readonly id: number; readonly name: string; readonly email: string | null } | null
  readonly organization: { readonly id: number; readonly name: string } | null
  readonly note: string
  readonly addedBy: string | null
  readonly addedAt: Instant
}

const source = sql`select c.id, json_build_object('id', a.id, 'name', a.name) as agent,
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'email', p.email) end as person,
      case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end as organization,
      c.note, b.name as "addedBy", c.added_at as "addedAt"
    from routing_conflict c join person a on a.id = c.agent_id left join person p on p.id = c.person_id
      left join organization o on o.id = c.organization_id left join person b on b.id = c.added_by`

/** Pairs by number after one, the oldest first. */
export async function listConflicts(
  db: Db,
  page: { limit: number; after: number | null },
): Promise<RoutingConflict[]> {
  return db.rows<RoutingConflict>(
    sql`${source} where c.id > ${page.after ?? 0} order by c.id limit ${page.limit}`,
  )
}

/** One pair; null when there is none. */
export async function findConflict(db: Db, id: number): Promise<RoutingConflict | null> {
  return db.row<RoutingConflict>(sql`${source} where c.id = ${id}`)
}

/** Adds a pair; null when it is there already. */
export async function addConflict(
  db: Db,
  pair: {
    agentId: number
    personId: number | null
    organizationId: number | null
    note: string
    addedBy: number
    at: Instant
  },
): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`insert into routing_conflict
      (agent_id, person_id, organization_id, note, added_by, added_at)
    values (${pair.agentId}, ${pair.personId}, ${pair.organizationId}, ${pair.note}, ${pair.addedBy}, ${pair.at})
    on conflict do nothing returning id`)
  return row?.id ?? null
}

/** Takes a pair off the list; false when there is none. */
export async function dropConflict(db: Db, id: number): Promise<boolean> {
  return (await db.rows(sql`delete from routing_conflict where id = ${id} returning id`)).length > 0
}

/** Agents who must not have a ticket of this requester, of this organisation. */
export async function agentsInConflict(
  db: Db,
  { requesterId, organizationId }: { requesterId: number; organizationId: number | null },
): Promise<PersonId[]> {
  const rows = await db.hot<{ id: PersonId }>(sql`select distinct agent_id as id from routing_conflict
    where person_id = ${requesterId} or organization_id = ${organizationId}`)
  return rows.map(({ id }) => id)
}
