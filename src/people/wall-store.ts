// The wall around tickets as SQL: what `sees` says of one, said of the rows of a list.
import type { Reader } from '#people/can.ts'
import { sql, type Sql } from '#store/sql.ts'

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
