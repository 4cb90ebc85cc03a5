// What is given out of a person: what the desk keeps of them beside tickets, and which tickets are theirs to read.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Themselves as the desk knows them, to be read by them: notes of the desk about them are not. */
export async function selfOf(db: Db, personId: PersonId): Promise<Readonly<Record<string, unknown>> | null> {
  const row = await db.row<{
    self: Record<string, unknown>
  }>(sql`select json_build_object('name', p.name, 'addresses',
      array(select address from person_address where person_id = p.id order by address),
      'phone', p.phone, 'organization', (select o.name from organization o where o.id = p.organization_id),
      'language', p.language, 'timeZone', p.time_zone, 'knownSince', p.created_at,
      'signedIn', (select coalesce(json_agg(json_build_object('since', created_at, 'lastSeen', seen_at) order by id), '[]')
        from portal_session where person_id = p.id),
      'ratings', (select coalesce(json_agg(json_build_object('ticket', ticket_id, 'at', answered_at, 'score', score, 'of', scale,
        'comment', comment) order by id), '[]') from survey where person_id = p.id and answered_at is not null),
      'wantsNoSurveys', exists (select from survey_opt_out where person_id = p.id),
      'searches', (select coalesce(json_agg(json_build_object('at', at, 'query', query) order by id), '[]')
        from help_search where person_id = p.id),
      'chats', (select coalesce(json_agg(json_build_object('ticket', c.ticket_id, 'begun', c.begun_at, 'page', c.page,
        'cameFrom', c.referrer) order by c.ticket_id), '[]') from chat c join visitor v on v.id = c.visitor_id
        where v.person_id = p.id)) as self
    from person p where p.id = ${personId}`)
  return row?.self ?? null
}

/** Tickets that they asked for, or take part in as the portal would show them; in order, from after one. */
export async function ticketsToRead(
  db: Db,
  personId: PersonId,
  after: number,
  limit: number,
): Promise<TicketId[]> {
  const copied = JSON.stringify([{ personId, role: 'cc' }])
  const rows = await db.rows<{
    id: TicketId
  }>(sql`select id from ticket t where id > ${after} and (requester_id = ${personId}
      or not hidden and participant_ids <> '[]' and participant_ids @> to_jsonb(${personId}::bigint)
        and exists (select from ticket_state s where s.ticket_id = t.id and s.state->'participants' @> ${copied}::jsonb))
    order by id limit ${limit}`)
  return rows.map(({ id }) => id)
}

/** Personal values of a ticket's fields, by label. */
export async function personalValues(db: Db, ticketId: number): Promise<Readonly<Record<string, unknown>>> {
  const rows = await db.rows<{ label: string; value: unknown }>(sql`select distinct on (f.id) f.label, v.value
    from field_value v join field f on f.id = v.field_id where v.ticket_id = ${ticketId} order by f.id, v.id desc`)
  return Object.fromEntries(rows.map(({ label, value }) => [label, value]))
}
