// Simulations as they are asked for, run and kept; and the past that they live through.
import { isWorded } from '#assistant/run-store.ts'
import type { Considered } from '#assistant/consider.ts'
import type { MeasuredConfig, Simulated, SimulationReport } from '#assistant/simulation.ts'
import type { Recorded } from '#assistant/procedure.ts'
import { gravestOf } from '#assistant/verdict-store.ts'
import type { Verdict } from '#assistant/words.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { Channel } from '#tickets/vocabulary.ts'

export type PastTicket = {
  readonly ticketId: number
  readonly at: Instant
  readonly subject: string
  readonly text: string
  readonly requesterId: number
  readonly brandId: number
  readonly channel: Channel
  readonly language: string | null
  /** What it was from its first update on; what people called it in the end. */
  readonly firstCategory: number | null
  readonly lastCategory: number | null
  readonly resolvedAt: Instant | null
  /** What people answered in public. */
  readonly reply: string | null
  /** Settled, and never reopened. */
  readonly survived: boolean
  /** What people said of the assistant's answer there, and from which section that was. */
  readonly verdict: Verdict | null
  readonly judgedSection: string | null
  /** What a procedure looked up when it was asked on. */
  readonly lookedUp: Recorded | null
}

/** Tickets that customers opened in a window, in order of time. People's answers only say
 * afterwards what was right. */
export async function pastTickets(db: Db, from: Instant, to: Instant): Promise<PastTicket[]> {
  return db.rows<PastTicket>(sql`
    select t.id as "ticketId", t.created_at as at, t.subject, first.text, t.requester_id as "requesterId",
      t.brand_id as "brandId", t.channel, p.language,
      (select (coalesce(e.payload ->> 'to', e.payload ->> 'categoryId'))::bigint from ticket_event e
        where e.ticket_id = t.id and e.kind in ('ticket_opened', 'category_changed')
          and e.update_id = (select o.update_id from ticket_event o where o.ticket_id = t.id and o.seq = 1)
        order by e.seq desc limit 1) as "firstCategory",
      t.category_id as "lastCategory", t.resolved_at as "resolvedAt", answer.text as reply,
      t.status in ('resolved', 'closed') and t.reopen_count = 0 as survived, judged.verdict, judged.section as "judgedSection",
      (select r.procedure from assistant_run r where r.ticket_id = t.id and r.procedure is not null order by r.id limit 1) as "lookedUp"
    from ticket t join person p on p.id = t.requester_id
      cross join lateral (select left(m.body_text, 20000) as text from message m where m.ticket_id = t.id
        and m.direction = 'inbound' and m.voided_at is null and m.redacted_at is null and m.side_conversation_id is null order by m.id limit 1) first
      left join lateral (select left(string_agg(m.body_text, E'\n' order by m.id), 20000) as text from message m
        where m.ticket_id = t.id and m.direction = 'outbound' and m.author_type in ('agent', 'api') and m.voided_at is null
        and m.redacted_at is null and m.side_conversation_id is null
        and not exists (select from assistant_verdict v where v.message_id = m.id and v.verdict in ('wrong', 'harmful'))) answer on true
      left join lateral (select said.verdict, r.evidence -> 0 ->> 'id' as section from assistant_run r
        join lateral ${gravestOf('run_id', sql`r.id`)} said on true where r.ticket_id = t.id and not ${isWorded} order by r.id limit 1) judged on true
    where t.created_at >= ${from} and t.created_at < ${to} and not t.hidden
    order by t.created_at, t.id`)
}

export type Simulation = {
  readonly id: number
  readonly state: 'queued' | 'running' | 'done' | 'failed'
  readonly configVersion: number
  readonly from: Instant
  readonly to: Instant
  readonly done: number
  readonly total: number
  readonly failure: string | null
  readonly createdBy: { readonly id: number; readonly name: string }
  readonly createdAt: Instant
  readonly finishedAt: Instant | null
}

const columns = sql`s.id, s.state, s.config_version as "configVersion", s.window_from as "from", s.window_to as "to", s.done, s.total,
  s.failure, s.created_at as "createdAt", s.finished_at as "finishedAt",
  json_build_object('id', s.created_by, 'name', (select p.name from person p where p.id = s.created_by)) as "createdBy"`

/** Queues a simulation and answers its id. */
export async function addSimulation(
  db: Db,
  asked: { version: number; from: Instant; to: Instant; by: PersonId; at: Instant },
): Promise<number> {
  const row = await db.row<{ id: number }>(sql`insert into assistant_simulation
      (state, config_version, window_from, window_to, created_by, created_at)
    values ('queued', ${asked.version}, ${asked.from}, ${asked.to}, ${asked.by}, ${asked.at}) returning id`)
  return row?.id ?? 0
}

/** Simulations, newest first. */
export async function listSimulations(
  db: Db,
  page: { limit: number; before: number | null },
): Promise<Simulation[]> {
  return db.rows<Simulation>(sql`select ${columns} from assistant_simulation s
    where s.id < ${page.before ?? Number.MAX_SAFE_INTEGER} order by s.id desc limit ${page.limit}`)
}

/** One simulation; what it found is there once it is done. */
export async function findSimulation(
  db: Db,
  id: number,
): Promise<
  (Simulation & { readonly report: SimulationReport | null; readonly measured: MeasuredConfig | null }) | null
> {
  return db.row(sql`select ${columns}, s.report, s.measured from assistant_simulation s where s.id = ${id}`)
}

/** Takes the next to work on; one whose worker went away begins again. */
export async function takeSimulation(db: Db, at: Instant, aliveUntil: Instant): Promise<Simulation | null> {
  const row = await db.row<{
    id: number
  }>(sql`update assistant_simulation set state = 'running', alive_until = ${aliveUntil}, done = 0
    where id = (select id from assistant_simulation where state = 'queued' or (state = 'running' and alive_until < ${at})
      order by id limit 1 for update skip locked) returning id`)
  if (row === null) return null
  await db.rows(sql`delete from assistant_simulated where simulation_id = ${row.id}`)
  return db.row<Simulation>(sql`select ${columns} from assistant_simulation s where s.id = ${row.id}`)
}

/** Notes how far it came. */
export async function noteSimulated(
  db: Db,
  id: number,
  progress: { done: number; total: number; aliveUntil: Instant },
): Promise<void> {
  await db.rows(sql`update assistant_simulation set done = ${progress.done}, total = ${progress.total},
    alive_until = ${progress.aliveUntil} where id = ${id}`)
}

/** Ends it: with what it found, or with why it failed. */
export async function endSimulation(
  db: Db,
  id: number,
  at: Instant,
  ended: { report: SimulationReport; measured: MeasuredConfig } | { failure: string },
): Promise<void> {
  const found = 'failure' in ended ? null : ended
  await db.rows(sql`update assistant_simulation set state = ${found === null ? 'failed' : 'done'}, finished_at = ${at},
    failure = ${'failure' in ended ? ended.failure : null}, report = ${found && JSON.stringify(found.report)},
    measured = ${found && JSON.stringify(found.measured)} where id = ${id}`)
}

/** Keeps what became of tickets, for people to read. */
export async function addSimulated(
  db: Db,
  id: number,
  rows: readonly (Simulated & Pick<Considered, 'answer' | 'evidence'>)[],
): Promise<void> {
  const kept = rows.map(
    ({ ticketId, decision, reason, categoryId, pCorrect, isRight, answer, evidence }) => ({
      ticket_id: ticketId,
      decision,
      reason,
      category_id: categoryId,
      p_correct: pCorrect,
      is_right: isRight,
      answer,
      evidence: evidence.map(({ articleId, title, heading, score }) => ({
        articleId,
        title,
        heading,
        score,
      })),
    }),
  )
  await db.rows(sql`insert into assistant_simulated (simulation_id, ticket_id, decision, reason, category_id, p_correct, is_right, evidence, answer)
    select ${id}, x.* from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as x(ticket_id bigint, decision text, reason text,
      category_id bigint, p_correct double precision, is_right boolean, evidence jsonb, answer text)`)
}
