// The tickets of a simulation, for people to read: what the assistant would have said, beside what people said then.
import type { Decision, SimulatedChange } from '#assistant/words.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { empty, sql, type Sql } from '#store/sql.ts'

export type SimulatedRow = {
  readonly ticketId: number
  readonly subject: string
  readonly decision: Decision
  readonly reason: string | null
  readonly categoryId: number | null
  readonly pCorrect: number | null
  readonly isRight: boolean | null
  readonly change: SimulatedChange | null
  readonly evidence: {
    readonly articleId: number
    readonly title: string
    readonly heading: string
    readonly score: number
  }[]
  readonly answer: string | null
  readonly question: string | null
  readonly reply: string | null
}

export type SimulatedFilter = {
  readonly decision: Decision | null
  readonly reason: string | null
  readonly right: boolean | null
  readonly change: SimulatedChange | null
}

const LONGEST = 4_000
const change = sql`case when s.is_right and not before.is_right then 'fixed'
  when not s.is_right and before.is_right then 'broken' end`
const readable = sql`m.ticket_id = t.id and m.voided_at is null and m.redacted_at is null and m.side_conversation_id is null`

/** Tickets in sight of one simulation, the newest ticket first. What was redacted since is not shown. */
export async function listSimulated(
  db: Db,
  simulationId: number,
  filter: SimulatedFilter,
  reader: Reader,
  page: { limit: number; before: number | null },
): Promise<SimulatedRow[]> {
  const { decision, reason, right } = filter
  const and = (isAsked: boolean, part: Sql) => (isAsked ? sql`and ${part}` : empty)
  return db.rows<SimulatedRow>(sql`select s.ticket_id as "ticketId", t.subject, s.decision, s.reason, s.category_id as "categoryId",
      s.p_correct as "pCorrect", s.is_right as "isRight", ${change} as change, s.evidence, s.answer,
      (select left(m.body_text, ${LONGEST}) from message m where ${readable} and m.direction = 'inbound' order by m.id limit 1) as question,
      (select left(string_agg(m.body_text, E'\n\n' order by m.id), ${LONGEST}) from message m where ${readable}
        and m.direction = 'outbound' and m.author_type in ('agent', 'api')) as reply
    from assistant_simulated s join ticket t on t.id = s.ticket_id
      left join assistant_simulated before on before.ticket_id = s.ticket_id and before.simulation_id =
        (select max(id) from assistant_simulation where id < ${simulationId} and state = 'done')
    where s.simulation_id = ${simulationId} and s.ticket_id < ${page.before ?? Number.MAX_SAFE_INTEGER}
      and not t.hidden and ${inSight(reader)}
      ${and(decision !== null, sql`s.decision = ${decision}`)} ${and(reason !== null, sql`s.reason = ${reason}`)}
      ${and(right !== null, sql`s.is_right = ${right}`)} ${and(filter.change !== null, sql`${change} = ${filter.change}`)}
    order by s.ticket_id desc limit ${page.limit}`)
}
