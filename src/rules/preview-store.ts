// Reads the newest tickets whole, for previews: their logs, texts and people, in a few statements.
import type { RecentTicket } from '#rules/preview.ts'
import { otherAddresses } from '#people/address-store.ts'
import type { MessageText, OrganizationFacts, PersonFacts } from '#rules/scene.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { eventsOfTickets } from '#tickets/ticket-store.ts'

type Around = {
  readonly id: number
  readonly subject: string
  readonly requester: PersonFacts
  readonly organization: OrganizationFacts | null
}
type Said = MessageText & { readonly ticketId: number }

/** So much of each message is looked at. */
const LONGEST_TEXT = 4_000

/** The newest tickets that are in some list, newest first. */
export async function recentTickets(db: Db, most: number): Promise<RecentTicket[]> {
  const around = await db.rows<Around>(sql`
    select t.id, t.subject,
      json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'language', p.language, 'tags', p.tags,
        'otherEmails', ${otherAddresses}, 'createdAt', to_char(p.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as requester,
      case when o.id is null then null else json_build_object('id', o.id, 'name', o.name, 'tags', o.tags) end as organization
    from ticket t join person p on p.id = t.requester_id left join organization o on o.id = t.organization_id
    where not t.hidden order by t.id desc limit ${most}`)
  const ids = around.map(({ id }) => id)
  const [logs, said] = await Promise.all([eventsOfTickets(db, ids), textsOf(db, ids)])
  return around.map(({ id, subject, requester, organization }) => ({
    log: logs.get(id) ?? [],
    subject,
    messages: said.get(id) ?? [],
    requester,
    organization,
  }))
}

async function textsOf(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, MessageText[]>> {
  const rows = await db.rows<Said>(sql`
    select m.id, m.ticket_id as "ticketId", m.kind, m.direction, m.author_id as "authorId", m.author_type as "authorRole",
      case when m.redacted_at is null then left(m.body_text, ${LONGEST_TEXT}) end as text, false as thanks,
      (select count(*) from attachment a where a.message_id = m.id) as "attachmentCount",
      array(select e->>'email' from jsonb_array_elements(m.recipients->'to' || (m.recipients->'cc')) e) as recipients,
      false as "isAutoReply"
    from message m where m.ticket_id = any(${ids}) and m.voided_at is null and m.side_conversation_id is null order by m.id`)
  const byTicket = new Map<number, MessageText[]>()
  for (const { ticketId, ...message } of rows) {
    const list = byTicket.get(ticketId) ?? []
    list.push(message)
    byTicket.set(ticketId, list)
  }
  return byTicket
}
