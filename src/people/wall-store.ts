// The wall around tickets as SQL: what `sees` says of one, said of the rows of a list.
import type { Reader, Requester } from '#people/can.ts'
import { empty, join, sql, type Sql } from '#store/sql.ts'

/** True of the tickets, as `t`, that the reader sees. */
export function inSight({ sees, agentId, teamIds, limits }: Reader): Sql {
  if (sees === 'all') return sql`true`
  const team = sees === 'own_teams' ? [sql`(t.team_id is null or t.team_id = any(${teamIds}))`] : []
  if (limits === null && sees === 'some') return sql`t.assignee_id = ${agentId}`
  const { brandIds = null, mailboxIds = null } = limits ?? {}
  if (brandIds !== null) team.push(sql`t.brand_id = any(${[...brandIds]}::bigint[])`)
  if (mailboxIds !== null) team.push(sql`t.mailbox_id = any(${[...mailboxIds]}::bigint[])`)
  return sql`(t.assignee_id = ${agentId} or ${join(team, ' and ')})`
}

/**
 * True where the ticket of this column is in sight, or where there is none. What is about no ticket may be of any mailbox: whoever is
 * kept to some does not see it.
 */
export function aboutNoneOrInSight(reader: Reader, ticketId: Sql): Sql {
  if (reader.sees === 'all') return sql`true`
  const isSeen = sql`exists (select from ticket t where t.id = ${ticketId} and ${inSight(reader)})`
  return reader.limits === null ? sql`(${ticketId} is null or ${isSeen})` : isSeen
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

const ofRole = (column: Sql) => sql`(select ${column} from custom_role r where r.id = a.role_id)`

/** Of an agent's own list and that of the role, what both let through; null where neither limits. */
const both = (column: Sql) => {
  const [own, role] = [sql`a.${column}`, ofRole(sql`r.${column}`)]
  return sql`case when a.role_id is null or ${role} is null then ${own} when ${own} is null then ${role}
    else array(select unnest(${own}) intersect select unnest(${role})) end`
}
const [brands, mailboxes] = [both(sql`only_brands`), both(sql`only_mailboxes`)]
const isLimited = sql`(a.only_brands is not null or a.only_mailboxes is not null or (a.role_id is not null
  and ${ofRole(sql`r.only_brands is not null or r.only_mailboxes is not null`)}))`

/** What an agent, as `a`, sees: the columns `sees` and `limits` of a reader. */
export const sightColumns = sql`case when a.sees = 'all' and ${isLimited} then 'some' else a.sees end as sees,
  case when ${isLimited} then json_build_object('brandIds', ${brands}, 'mailboxIds', ${mailboxes}) end as limits`
