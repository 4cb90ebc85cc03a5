// The search index: one document a ticket, rebuilt whole from what the ticket says now.
import type { TicketId } from '#kit/ids.ts'
import type { Vocabulary } from '#kit/near.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { vocabularyOf } from '#store/vocabulary.ts'
import { documentOf, type Said } from '#tickets/search-document.ts'

/** Takes tickets with something new out of the queue, for this transaction alone. */
export async function takeDueTickets(tx: Transaction, limit: number): Promise<TicketId[]> {
  const rows = await tx.hot<{ id: TicketId }>(sql`delete from reaction_due where ticket_id in (
    select ticket_id from reaction_due limit ${limit} for update skip locked) returning ticket_id as id`)
  return rows.map(({ id }) => id)
}

/** Leaves word that what tickets say of a person has changed. */
export async function reindexTicketsOf(db: Db, personId: number): Promise<void> {
  await db.rows(sql`insert into reaction_due (ticket_id)
    select id from ticket where requester_id = ${personId}
    union select id from ticket where participant_ids <> '[]' and participant_ids @> ${JSON.stringify([personId])}::jsonb
    order by id on conflict (ticket_id) do update set ticket_id = excluded.ticket_id`)
}

/** So much of one text is read: more is a log file. */
const LONGEST_TEXT = 500_000

/** Their words are taken for those of the desk: to read more takes longer than a person waits. */
const VOCABULARY_TICKETS = 5_000

type Row = {
  readonly id: TicketId
  readonly subject: string
  readonly name: string
  readonly email: string | null
  readonly beside: string
  readonly messages: readonly Message[] | null
}
type Message = {
  readonly text: string
  readonly folded: string | null
  readonly html: string | null
  readonly side: boolean
  readonly files: string | null
}

/** Ids that a path of the ticket's state leads to. */
const idsAt = (path: string) =>
  sql`array(select value::bigint from jsonb_path_query(s.state, ${path}::jsonpath) value)`

/** Rebuilds the documents of tickets. */
export async function indexTickets(db: Db, ids: readonly TicketId[]): Promise<void> {
  const rows = await db.hot<Row>(sql`
    select t.id, t.subject, p.name, p.email, ${besideOf} as beside, (
      select json_agg(json_build_object('text', left(m.body_text, ${LONGEST_TEXT}), 'folded', left(m.quoted_text, ${LONGEST_TEXT}),
          'html', case when m.direction = 'inbound' then left(m.body_html, ${LONGEST_TEXT}) end,
          'side', m.side_conversation_id is not null,
          'files', (select string_agg(a.name, E'\n') from attachment a where a.message_id = m.id)) order by m.id desc)
      from message m
      where (m.ticket_id = t.id or m.id = any(merged) or m.id = any(split)) and not (m.id = any(gone))
        and m.voided_at is null and m.redacted_at is null) as messages
    from ticket t join person p on p.id = t.requester_id
    left join ticket_state s on s.ticket_id = t.id
    cross join lateral (select ${idsAt('$.mergedIn[*].messageIds[*]')} as merged,
      ${idsAt('$.splitFrom.messageIds[*]')} as split, ${idsAt('$.splitOff[*].messageIds[*]')} as gone) shown
    where t.id = any(${ids})`)
  const documents = rows.map((row) => documentOf(saidIn(row)))
  const [words, pairs] = [
    documents.map((each) => each.words),
    documents.map((each) => `{${each.pairs.join()}}`),
  ]
  await db.hot(sql`insert into search_document (ticket_id, words, pairs)
    select id, words::tsvector, pairs::integer[]
    from unnest(${rows.map(({ id }) => id)}::bigint[], ${words}::text[], ${pairs}::text[]) as d(id, words, pairs)
    on conflict (ticket_id) do update set words = excluded.words, pairs = excluded.pairs`)
}

const participants = sql`array(select value::bigint from jsonb_array_elements_text(t.participant_ids))`

/** Tags, fields that are not personal, the people beside the requester, and all addresses but the requester's own first one. */
const besideOf = sql`concat_ws(E'\n', array_to_string(t.tags, E'\n'),
  (select string_agg(value #>> '{}', E'\n') from jsonb_each(t.fields) where jsonb_typeof(value) <> 'object'),
  (select string_agg(q.name, E'\n') from person q where q.id = any(${participants})),
  (select string_agg(a.address, E'\n') from person_address a
    where a.person_id = any(t.requester_id || ${participants}) and a.address is distinct from p.email))`

function saidIn({ id, subject, name, email, beside, messages }: Row): Said {
  const all = messages ?? []
  const own = all.filter(({ side }) => !side)
  return {
    id,
    subject,
    name,
    email: email ?? '',
    texts: own.map(({ text }) => text),
    beside: [beside, ...all.flatMap(({ files, side, text }) => [files ?? '', side ? text : ''])],
    folded: all.map(({ folded }) => folded ?? ''),
    shown: all.map(({ html }) => (html === null ? '' : textOfHtml(html))),
  }
}

/** Rebuilds the next documents that are older than this Docket, the newest of them first; false when there are none. */
export async function rebuildSome(tx: Transaction, limit: number): Promise<boolean> {
  const [next] = await tx.hot<{
    ids: TicketId[]
  }>(sql`select array(select id from ticket t where t.id < r.below
    order by id desc limit ${limit}) as ids from search_rebuild r for update of r skip locked`)
  if (next === undefined) return false
  await indexTickets(tx, next.ids)
  const below = next.ids.at(-1)
  await tx.hot(
    below === undefined ? sql`delete from search_rebuild` : sql`update search_rebuild set below = ${below}`,
  )
  return below !== undefined
}

/** The words of the newest tickets, the commonest first, each with how many of those have it. */
export async function ticketVocabulary(db: Db): Promise<Vocabulary> {
  return vocabularyOf(
    db,
    `select words from search_document order by ticket_id desc limit ${VOCABULARY_TICKETS}`,
  )
}

/** Whether articles are to be rebuilt too; says so once. */
export async function takeArticles(tx: Transaction): Promise<boolean> {
  return (await tx.hot(sql`update search_rebuild set articles = false where articles returning 1`)).length > 0
}
