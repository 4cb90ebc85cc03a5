// Conversations of a source that were told before, as far as later mails are known by them.
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type ToldBefore = {
  /** The name under which it was told. */
  readonly id: string
  /** The keys of its mails. */
  readonly told: readonly string[]
  /** The Message-IDs that lie on its ticket by now, whoever brought them. */
  readonly rfcIds: readonly string[]
  /** Addresses of those outside who take part there. */
  readonly people: readonly string[]
  readonly lastAt: string
}

/** What was told before under the name of a source, a page at a time. */
export async function toldBefore(
  db: Db,
  source: string,
  after: string,
  limit: number,
): Promise<ToldBefore[]> {
  return db.rows<ToldBefore>(sql`
    select r.source_id as id, r.told, 
      coalesce((select max(at) from message where ticket_id = t.id), t.created_at) as "lastAt",
      array(select rfc_message_id from message where ticket_id = t.id and rfc_message_id is not null
        union select rfc_message_id from outbox where ticket_id = t.id) as "rfcIds",
      array(select a.address from person_address a where a.person_id = t.requester_id or a.person_id in (
        select author_id from message where ticket_id = t.id and direction = 'inbound')) as people
    from import_ref r join ticket t on t.id = r.local_id
    where r.source = ${source} and r.kind = 'tickets' and r.source_id > ${after} order by r.source_id limit ${limit}`)
}
