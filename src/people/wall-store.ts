// The wall around tickets as SQL: what `sees` says of one, said of the rows of a list.
import type { Reader, Requester } from '#people/can.ts'
import { empty, sql, type Sql } from '#store/sql.ts'

/** True of the tickets, as `t`, that the reader sees. */
export function inSight({ sees, agentId, teamIds }: Reader): Sql {
  if (sees === 'all') return sql`true`
  return sql`(t.assignee_id = ${agentId} or t.team_id is null or t.team_id = any(${teamIds}))`
}

/** True where the ticket of this column is in sight, or where there is none. */
export function aboutNoneOrInSight(reader: Reader, ticketId: Sql): Sql {
  if (reader.sees === 'all') return sql`true`
  return sql`(${ticketId} is null or exists (select from ticket t where t.id = ${ticketId} and ${inSight(reader)}))`
}

/** True of the tickets, as `t`, that a customer reads at the portal: what `requesterCan` says of one. */
export function inSightOf({ personId, brandId, managesId }: Requester): Sql {
  const copied = JSON.stringify([{ personId, role: 'cc' }])
  const managed =
    managesId === null
      ? empty
      : sql`union select m.id from ticket m where m.organization_id = ${managesId} and not m.hidden
        union select m.id from ticket m where m.organization_id is null and not m.hidden
          and m.requester_id in (select id from person where organization_id = ${managesId})`
  return sql`t.brand_id = ${brandId} and not t.hidden and t.id in (
    select o.id from ticket o where o.requester_id = ${personId}
    union select o.id from ticket o join ticket_state s on s.ticket_id = o.id
      where not o.hidden and o.participant_ids <> '[]' and o.participant_ids @> to_jsonb(${personId}::bigint)
        and s.state->'participants' @> ${copied}::jsonb ${managed})`
}
