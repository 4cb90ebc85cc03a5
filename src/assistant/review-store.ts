// The weekly sample of answers to be judged: of each category the assistant's and some that people wrote, drawn by a hash of the week and
// the answer, so that it is the same for everybody and nobody can choose. Shown in the order of the hash, which tells nothing.
import { bareAnswer } from '#assistant/bare.ts'
import type { Judged } from '#assistant/verdict-store.ts'
import type { Verdict } from '#assistant/words.ts'
import type { CategoryId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { empty, sql, type Sql } from '#store/sql.ts'

/** Of each category and week so many of the assistant's answers, or all that there are; and so many of people's, mixed in. */
const [ASSISTANTS, PEOPLES] = [20, 7]
const LONGEST = 20_000

export type Week = { readonly from: Instant; readonly to: Instant }

export type Sampled = {
  readonly key: string
  readonly ticketId: TicketId
  readonly categoryId: CategoryId
  readonly at: Instant
  readonly subject: string
  readonly question: string | null
  readonly answer: string
  /** What the reader has said of it. */
  readonly mine: Verdict | null
  readonly note: string | null
  /** Whose words they are. */
  readonly runId: number | null
  readonly messageId: number | null
}

/** Answers of a week with their place in the draw. */
function drawn({ from, to }: Week): Sql {
  return sql`
    answered as (
      select r.id as run_id, null::bigint as message_id, r.ticket_id, coalesce(r.category_id, t.category_id) as category_id, r.at,
        (select string_agg(s.x ->> 'sentence', ' ' order by s.n) from jsonb_array_elements(r.sentences) with ordinality s (x, n)) as answer,
        null::bigint as author_id
      from assistant_run r join ticket t on t.id = r.ticket_id
      where r.at >= ${from} and r.at < ${to} and r.answer is not null and r.recalled_at is null and not t.hidden
        and r.decision in ('ask', 'auto_resolve', 'answer_stay_open', 'draft')
    ), written as (
      select null::bigint as run_id, m.id as message_id, f.ticket_id, t.category_id, f.at, m.answer, m.author_id
      from report_fact f join ticket t on t.id = f.ticket_id
      join lateral (select o.id, o.author_type, o.author_id, o.redacted_at, left(o.body_text, ${LONGEST}) as answer
        from message o where o.ticket_id = f.ticket_id and o.direction = 'outbound' and o.kind = 'reply'
          and o.side_conversation_id is null and o.voided_at is null order by o.id limit 1) m on true
      where f.kind = 'first_reply' and f.at >= ${from} and f.at < ${to} and m.author_type in ('agent', 'api') and m.redacted_at is null
        and not t.hidden and t.category_id in (select category_id from answered)
        and not exists (select from answered a where a.ticket_id = f.ticket_id)
    ), keyed as (
      select x.*, md5(${from}::text || ' ' || coalesce('run ' || run_id, 'message ' || message_id)) as key
      from (select * from answered union all select * from written) x where category_id is not null and answer <> ''
    ), drawn as (
      select k.*, row_number() over (partition by category_id, run_id is null order by key) as place from keyed k
    ), sample as (
      select d.* from drawn d where place <= case when run_id is null then ${PEOPLES}::int else ${ASSISTANTS}::int end
    )`
}

const verdictsOf = sql`assistant_verdict v where v.run_id = s.run_id or v.message_id = s.message_id`
/** Two people are asked about a quarter of them, about the rest one. */
const wanted = sql`(case when right(s.key, 1) < '4' then 2 else 1 end)`

/** The sample of a week in sight, but for the reader's own words; only what still waits for the reader's word where `open`. */
export async function sampleOf(
  db: Db,
  week: Week,
  reader: Reader,
  page: { open: boolean; key?: string; after: string | null; limit: number },
): Promise<Sampled[]> {
  const waits = sql`and mine.verdict is null and (select count(*) from ${verdictsOf} and v.is_blind) < ${wanted}`
  const rows = await db.rows<Sampled>(sql`with ${drawn(week)}
    select s.key, s.ticket_id as "ticketId", s.category_id as "categoryId", s.at, t.subject, s.answer, s.run_id as "runId",
      s.message_id as "messageId", mine.verdict as mine, mine.note, asked.text as question
    from sample s join ticket t on t.id = s.ticket_id
    left join lateral (select v.verdict, v.note from assistant_verdict v
      where (v.run_id = s.run_id or v.message_id = s.message_id) and v.person_id = ${reader.agentId}) mine on true
    left join lateral (select left(m.body_text, ${LONGEST}) as text from message m where m.ticket_id = s.ticket_id and m.direction = 'inbound'
      and m.side_conversation_id is null and m.voided_at is null and m.redacted_at is null and m.at <= s.at order by m.id desc limit 1) asked on true
    where ${inSight(reader)} and s.author_id is distinct from ${reader.agentId} and s.key > ${page.after ?? ''} ${page.open ? waits : empty}
      ${page.key === undefined ? empty : sql`and s.key = ${page.key}`}
    order by s.key limit ${page.limit}`)
  return rows.map((row) => ({ ...row, answer: bareAnswer(row.answer) }))
}

/** Whose answer it is, to be judged. */
export function judgedOf({ runId, messageId }: Pick<Sampled, 'runId' | 'messageId'>): Judged {
  return runId === null ? { messageId: messageId ?? 0 } : { runId }
}

export type SampleCount = {
  readonly categoryId: CategoryId
  readonly path: string
  readonly sampled: number
  readonly judged: number
}

/** How far a week's sample is judged, by category. */
export async function sampleCounts(db: Db, week: Week, reader: Reader): Promise<SampleCount[]> {
  return db.rows<SampleCount>(sql`with ${drawn(week)}
    select c.id as "categoryId", c.path, count(*)::int as sampled,
      (count(*) filter (where exists (select from assistant_verdict v where v.run_id = s.run_id or v.message_id = s.message_id)))::int as judged
    from sample s join ticket t on t.id = s.ticket_id join category c on c.id = s.category_id
    where ${inSight(reader)} group by c.id, c.path order by c.path`)
}
