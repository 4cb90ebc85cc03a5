// The search index: one document a ticket, rebuilt whole from what the ticket says now.
import type { TicketId } from '#kit/ids.ts'
import { wordsOf } from '#kit/words.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Takes tickets with something new out of the queue, for this transaction alone. */
export async function takeDueTickets(tx: Transaction, limit: number): Promise<TicketId[]> {
  const rows = await tx.hot<{ id: TicketId }>(sql`delete from reaction_due where ticket_id in (
    select ticket_id from reaction_due limit ${limit} for update skip locked) returning ticket_id as id`)
  return rows.map(({ id }) => id)
}

/** A document has room for so many words: the newest messages count. */
const MOST_WORDS = 15_000
const MOST_MESSAGES = 200

type Said = { id: TicketId; subject: string; name: string; email: string | null; texts: string[] }

/** Words of the subject and of the requester's name stand in the document a second time with a mark: found without a recheck. */
export const SUBJECT_MARK = 's:'
export const NAME_MARK = 'n:'

/** Rebuilds the documents of tickets: subject (A), requester (B), number and address (C), what was newly said (D). */
export async function indexTickets(db: Db, ids: readonly TicketId[]): Promise<void> {
  const rows = await db.hot<Said>(sql`
    select t.id, t.subject, p.name, p.email, coalesce(said.texts, '{}') as texts
    from ticket t join person p on p.id = t.requester_id
    left join lateral (
      select array_agg(left(m.body_text, 20000) order by id desc) as texts from (
        select id, body_text from message where ticket_id = t.id and voided_at is null and redacted_at is null
        order by id desc limit ${MOST_MESSAGES}) m) said on true
    where t.id = any(${ids})`)
  const documents = rows.map(documentOf)
  await db.hot(sql`insert into search_document (ticket_id, words)
    select id, words::tsvector from unnest(${rows.map(({ id }) => id)}::bigint[], ${documents}::text[]) as d(id, words)
    on conflict (ticket_id) do update set words = excluded.words`)
}

/** Between two texts: no phrase reaches across. */
const GAP = 10

/** The tsvector of a ticket, written out. Words are letters and digits only, so nothing needs escaping. */
function documentOf({ id, subject, name, email, texts }: Said): string {
  const places = new Map<string, string[]>()
  let at = 1
  const put = (word: string, weight: string) => {
    const known = places.get(word)
    if (known === undefined) places.set(word, [`${at}${weight}`])
    else if (known.length < 255) known.push(`${at}${weight}`)
  }
  const add = (text: string, weight: 'A' | 'B' | 'C' | 'D', mark: string | null = null) => {
    for (const word of wordsOf(text)) {
      if (at > MOST_WORDS) return
      put(word, weight)
      if (mark !== null) put(`${mark}${word}`, weight)
      at++
    }
    at += GAP
  }
  add(subject, 'A', SUBJECT_MARK)
  add(name, 'B', NAME_MARK)
  add(String(id), 'C')
  add(email ?? '', 'C')
  for (const text of texts) add(text, 'D')
  return [...places].map(([word, positions]) => `'${word}':${positions.join(',')}`).join(' ')
}
