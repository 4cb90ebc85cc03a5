// Reads what surrounds a ticket when rules are asked about it: people, texts, and what its log says of rules.
import type { MessageId, PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { otherAddresses } from '#people/address-store.ts'
import type { MessageText, OrganizationFacts, PersonFacts } from '#rules/scene.ts'
import type { Db } from '#store/database.ts'
import { MOST_MESSAGES } from '#rules/update-kinds.ts'
import { sql } from '#store/sql.ts'

const messageColumns = sql`m.id, m.kind, m.direction, m.author_id as "authorId", m.author_type as "authorRole",
  case when m.redacted_at is null then m.body_text end as text, m.recipients,
  (select count(*) from attachment a where a.message_id = m.id) as "attachmentCount"`

type Row = Omit<MessageText, 'recipients' | 'thanks' | 'isAutoReply'> & {
  readonly recipients: {
    readonly to: readonly { email: string }[]
    readonly cc: readonly { email: string }[]
  }
}

function messageOf({ recipients, ...row }: Row): MessageText {
  const emails = [...recipients.to, ...recipients.cc].map(({ email }) => email)
  return { ...row, recipients: emails, thanks: false, isAutoReply: false }
}

/** The newest messages of a ticket and those it shows by reference, oldest first; none after `upTo`. */
export async function textsOfTicket(
  db: Db,
  ticketId: number,
  also: readonly MessageId[],
  upTo: number | null = null,
): Promise<MessageText[]> {
  const rows = await db.hot<Row>(sql`select ${messageColumns} from message m
    where (m.ticket_id = ${ticketId} or m.id = any(${also})) and m.voided_at is null and m.side_conversation_id is null
      and (${upTo}::bigint is null or m.id <= ${upTo}) order by m.at desc, m.id desc limit ${MOST_MESSAGES}`)
  return rows.toReversed().map(messageOf)
}

/** Messages by id. */
export async function textsById(db: Db, ids: readonly number[]): Promise<MessageText[]> {
  if (ids.length === 0) return []
  const rows = await db.hot<Row>(
    sql`select ${messageColumns} from message m where m.id = any(${ids}) order by m.id`,
  )
  return rows.map(messageOf)
}

/** The requester as rules see people. */
export async function personFacts(db: Db, id: number): Promise<PersonFacts | null> {
  const [row] =
    await db.hot<PersonFacts>(sql`select id, name, email, language, tags, created_at as "createdAt",
    ${otherAddresses} as "otherEmails" from person p where id = ${id}`)
  return row ?? null
}

/** An organisation as rules see it. */
export async function organizationFacts(db: Db, id: number): Promise<OrganizationFacts | null> {
  const [row] = await db.hot<OrganizationFacts>(sql`select id, name, tags from organization where id = ${id}`)
  return row ?? null
}

/** Active agents by team, each team's in order of their ids. */
export async function membersOfTeams(
  db: Db,
  teamIds: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  if (teamIds.length === 0) return new Map()
  const rows = await db.hot<{ teamId: number; agentId: number }>(sql`
    select m.team_id as "teamId", m.agent_id as "agentId" from team_member m join agent a on a.person_id = m.agent_id
    where m.team_id = any(${teamIds}) and a.deactivated_at is null order by m.agent_id`)
  const byTeam = Map.groupBy(rows, ({ teamId }) => teamId)
  return new Map([...byTeam].map(([teamId, members]) => [teamId, members.map(({ agentId }) => agentId)]))
}

/** Who was in which team when; since before it was kept without `from`, still without `to`. Nobody is in one once deactivated. */
export async function memberTimes(db: Db): Promise<MemberTime[]> {
  return db.rows<MemberTime>(sql`
    select m.team_id as "teamId", m.agent_id as "agentId", m.joined_at as "from", least(m.left_at, a.deactivated_at) as "to"
    from (select team_id, agent_id, joined_at, null::timestamptz as left_at from team_member
        union all select team_id, agent_id, joined_at, left_at from team_member_past) m
      join agent a on a.person_id = m.agent_id
    order by m.agent_id, m.team_id`)
}

export type MemberTime = {
  readonly teamId: number
  readonly agentId: number
  readonly from: Instant | null
  readonly to: Instant | null
}

/** How many mails to people outside each of these rules has written since a moment. */
export async function mailsByRule(
  db: Db,
  ruleIds: readonly number[],
  since: string,
): Promise<ReadonlyMap<number, number>> {
  const rows = await db.hot<{ ruleId: number; count: number }>(sql`
    select rule_id as "ruleId", count(*) from outbox
    where rule_id = any(${ruleIds}) and created_at > ${since} and not to_agent group by rule_id`)
  return new Map(rows.map(({ ruleId, count }) => [ruleId, count]))
}

/** Active agents who are not away, with their teams: whoever has fewest new and open tickets first. */
export function agentsByLoad(db: Db): Promise<{ id: PersonId; teamIds: TeamId[] }[]> {
  return db.hot(sql`select person_id as id,
      array(select team_id from team_member m where m.agent_id = a.person_id) as "teamIds"
    from agent a where deactivated_at is null and not away and role <> 'viewer'
    order by (select count(*) from ticket t
      where t.assignee_id = a.person_id and t.status in ('new', 'open') and not t.hidden), person_id`)
}
