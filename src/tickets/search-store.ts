// The search index: one document a ticket, rebuilt whole from what the ticket says now.
import type { TicketId } from '#kit/ids.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Takes tickets with something new out of the queue, for this transaction alone. */
export async function takeDueTickets(tx: Transaction, limit: number): Promise<TicketId[]> {
  const rows = await tx.hot<{ id: TicketId }>(sql`delete from reaction_due where ticket_id in (
    select ticket_id from reaction_due limit ${limit} for update skip locked) returning ticket_id as id`)
  return rows.map(({ id }) => id)
}

/** A document has room for so many characters of messages: the newest ones count. */
const MOST_CHARACTERS = 200_000

/** Rebuilds the documents of tickets: number, subject, requester, and what was newly said. */
export async function indexTickets(db: Db, ids: readonly TicketId[]): Promise<void> {
  await db.hot(sql`
    insert into search_document (ticket_id, words)
    select t.id, setweight(to_tsvector('simple', t.id || ' ' || t.subject), 'A')
      || setweight(to_tsvector('simple', p.name || ' ' || coalesce(p.email, '')), 'B')
      || to_tsvector('simple', left(coalesce(said.text, ''), ${MOST_CHARACTERS}))
    from ticket t join person p on p.id = t.requester_id
    left join lateral (
      select string_agg(left(m.body_text, 20000), ' ') as text from (
        select body_text from message where ticket_id = t.id and voided_at is null order by id desc limit 200) m) said on true
    where t.id = any(${ids})
    on conflict (ticket_id) do update set words = excluded.words`)
}
