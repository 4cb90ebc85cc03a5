// Runs with their reasons: written once, judged by people later. Also what the gate must know of a ticket's surroundings.
import type { Considered } from '#assistant/consider.ts'
import type { Alike } from '#assistant/alike.ts'
import { soFarOf, type Earlier, type ProcedureRun, type SoFar } from '#assistant/procedure.ts'
import { gravestOf } from '#assistant/verdict-store.ts'
import type { AlikeWord, Decision, DraftUse, PackagePart, Verdict } from '#assistant/words.ts'
import type { CategoryId, MessageId, TicketId, UpdateId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import type { Channel } from '#tickets/vocabulary.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { empty, sql, type Sql } from '#store/sql.ts'

export type EvidenceRow = {
  readonly id: string
  readonly articleId: number
  readonly version: number
  readonly title: string
  readonly heading: string
  readonly path: string
  readonly score: number
}

export type Run = {
  readonly id: number
  readonly ticketId: TicketId
  readonly seq: number
  readonly configVersion: number
  readonly at: Instant
  readonly mode: Considered['mode']
  readonly decision: Decision
  readonly reason: string | null
  readonly categoryId: CategoryId | null
  readonly steps: Considered['steps']
  readonly guesses: Considered['guesses']
  readonly evidence: readonly EvidenceRow[]
  readonly sentences: readonly { readonly sentence: string; readonly evidence: number | null }[]
  readonly pCorrect: number | null
  readonly threshold: number | null
  readonly answer: string | null
  readonly ms: number
  readonly messageId: MessageId | null
  readonly updateId: UpdateId | null
  readonly recalledAt: Instant | null
  readonly verdict: Verdict | null
  readonly verdictNote: string | null
  /** What an agent made of the answer that it suggested. */
  readonly use: DraftUse | null
  readonly procedure: ProcedureRun | null
  readonly alike: Alike | null
  readonly alikeSaid: AlikeWord | null
}

/** The event that says what became of a run's suggestion, as `e`; a reply that was taken back says nothing. */
export function usesOf(run: Sql): Sql {
  return sql`from ticket_event e where e.ticket_id = ${run}.ticket_id and e.kind = 'assistant_used'
    and (e.payload ->> 'runId')::bigint = ${run}.id and not exists (select from ticket_event u where u.ticket_id = e.ticket_id
      and u.kind = 'undone' and u.payload -> 'seqs' @> to_jsonb(e.seq))`
}

const columns = sql`r.id, r.ticket_id as "ticketId", r.seq, r.config_version as "configVersion", r.at, r.mode, r.decision, r.reason,
  r.category_id as "categoryId", r.steps, r.guesses, r.evidence, r.sentences, r.p_correct as "pCorrect", r.threshold, r.answer, r.ms, r.procedure, r.alike, r.alike_said as "alikeSaid",
  r.message_id as "messageId", r.update_id as "updateId", r.recalled_at as "recalledAt", said.verdict, said.note as "verdictNote",
  (select e.payload ->> 'use' ${usesOf(sql`r`)} limit 1) as use`
const runs = sql`assistant_run r left join lateral ${gravestOf('run_id', sql`r.id`)} said on true`

/** Writes a run down; null when this message had one under this configuration. */
export async function addRun(
  db: Db,
  considered: Considered,
  of: {
    ticketId: TicketId
    seq: number
    askedSeq: number
    configVersion: number
    categoryId: CategoryId | null
    at: Instant
    ms: number
    alike: Alike | null
  },
): Promise<number | null> {
  const { decision, reason, mode, steps, guesses, verified, features, pCorrect, threshold, answer } =
    considered
  const procedure = considered.procedure === null ? null : JSON.stringify(considered.procedure)
  const evidence = considered.evidence.map(({ id, articleId, version, title, heading, path, score }) => ({
    id,
    articleId,
    version,
    title,
    heading,
    path,
    score,
  }))
  const row = await db.row<{
    id: number
  }>(sql`insert into assistant_run (ticket_id, seq, asked_seq, config_version, at, mode, decision, reason,
      category_id, steps, guesses, evidence, sentences, features, p_correct, threshold, answer, ms, procedure, alike)
    values (${of.ticketId}, ${of.seq}, ${of.askedSeq}, ${of.configVersion}, ${of.at}, ${mode}, ${decision}, ${reason}, ${of.categoryId},
      ${JSON.stringify(steps)}, ${JSON.stringify(guesses)}, ${JSON.stringify(evidence)}, ${JSON.stringify(verified?.sentences ?? [])},
      ${features === null ? null : JSON.stringify(features)}, ${pCorrect}, ${threshold}, ${answer}, ${of.ms}, ${procedure},
      ${of.alike === null ? null : JSON.stringify(of.alike)})
    on conflict do nothing returning id`)
  return row?.id ?? null
}

/** What a run wrote. */
export async function noteWritten(
  db: Db,
  id: number,
  { messageId, updateId }: { messageId: MessageId | null; updateId: UpdateId },
): Promise<void> {
  await db.rows(
    sql`update assistant_run set message_id = ${messageId}, update_id = ${updateId} where id = ${id}`,
  )
}

/** What the package of a hand-over lacks; nothing: it is whole. */
export async function noteLacks(db: Db, id: number, lacks: readonly PackagePart[]): Promise<void> {
  await db.rows(sql`update assistant_run set lacks = ${[...lacks]} where id = ${id}`)
}

/** The runs of a ticket, newest first. */
export async function runsOf(db: Db, ticketId: number, limit: number): Promise<Run[]> {
  return db.rows<Run>(
    sql`select ${columns} from ${runs} where r.ticket_id = ${ticketId} order by r.id desc limit ${limit}`,
  )
}

export type ProcedureStory = SoFar & {
  /** The log up to here was read by it. */
  readonly seq: number
  /** Its question, when the customer wrote before that left. */
  readonly unsent: Written | null
}
export type Written = { readonly id: number; readonly updateId: UpdateId; readonly messageId: MessageId }

/** What procedures did on a ticket from a place of its log on, as a customer who wrote at a moment met it. */
export async function procedureStory(
  db: Db,
  ticketId: number,
  { since, at }: { readonly since: number; readonly at: Instant },
): Promise<ProcedureStory> {
  const rows = await db.rows<Earlier & Written & { seq: number; isQueued: boolean }>(sql`
    select r.id, r.seq, r.procedure as run, r.decision, r.update_id as "updateId", r.message_id as "messageId",
      r.message_id is not null and r.recalled_at is null and m.voided_at is null
        and (o.id is null or (o.state in ('sent', 'unknown') and o.settled_at <= ${at})) as "hasLeft",
      coalesce(r.recalled_at is null and m.voided_at is null and o.state = 'queued', false) as "isQueued",
      coalesce(said.verdict in ('wrong', 'harmful'), false) or exists (select ${usesOf(sql`r`)}) as "isDecided"
    from ${runs} left join message m on m.id = r.message_id
      left join lateral (select id, state, settled_at from outbox where message_id = r.message_id and kind = 'reply' order by id limit 1) o on true
    where r.ticket_id = ${ticketId} and r.procedure is not null and r.decision not in ('skip', 'triage_only')
      and greatest(r.seq, r.asked_seq) >= ${since} order by r.id desc limit 50`)
  const soFar = soFarOf(rows)
  const [newest] = rows
  const isUnsent = newest !== undefined && newest.decision === 'ask' && newest.isQueued
  const isReached = newest !== undefined && (soFar.pending !== null || soFar.ended.includes(newest.run.key))
  return { ...soFar, seq: isReached ? newest.seq : 0, unsent: isUnsent ? newest : null }
}

/**
 * The run whose proposal stands on a ticket, by its newest public message: nobody was answered by people since, and nothing came but
 * thanks and machines' mail that was looked at. Null where there is none, or people have decided.
 */
export async function standingProposal(db: Db, ticketId: number, newestSeq: number): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`select r.id from ${runs}
    where r.id = (select n.id from assistant_run n where n.ticket_id = ${ticketId}
        and not (n.decision = 'skip' and n.reason in ('thanks', 'automatic')) order by n.id desc limit 1)
      and (select max(n.seq) from assistant_run n where n.ticket_id = ${ticketId}) = ${newestSeq}
      and r.procedure ->> 'macroId' is not null and said.verdict is distinct from 'wrong' and said.verdict is distinct from 'harmful'
      and not exists (select ${usesOf(sql`r`)})
      and not exists (select from ticket_event e join message m on m.id = (e.payload ->> 'messageId')::bigint
        where e.ticket_id = ${ticketId} and e.seq > r.seq and e.kind = 'message_added' and m.kind = 'reply'
          and m.direction = 'outbound' and m.side_conversation_id is null and m.voided_at is null)`)
  return row?.id ?? null
}

/** The answer that the newest run wrote down for people, while none of them has answered since; null where there is none. */
export async function newestOffer(
  db: Db,
  ticketId: number,
): Promise<{ readonly id: number; readonly configVersion: number; readonly words: string } | null> {
  return db.row(sql`select r.id, r.config_version as "configVersion",
      (select string_agg(s.x ->> 'sentence', ' ' order by s.n) from jsonb_array_elements(r.sentences) with ordinality s (x, n)) as words
    from assistant_run r
    where r.id = (select n.id from assistant_run n where n.ticket_id = ${ticketId} and n.decision <> 'triage_only' and n.decision <> 'skip'
        order by n.id desc limit 1)
      and r.decision in ('draft', 'escalate') and r.mode in ('draft', 'auto') and jsonb_array_length(r.sentences) > 0
      and not exists (select ${usesOf(sql`r`)})`)
}

export type RunFilter = {
  readonly decision: Decision | null
  readonly reason: string | null
  readonly categoryId: number | null
  readonly judged: boolean | null
}

/** Runs on tickets in sight, newest first. */
export async function listRuns(
  db: Db,
  filter: RunFilter,
  reader: Reader,
  page: { limit: number; before: number | null },
): Promise<(Run & { readonly subject: string })[]> {
  const { decision, reason, categoryId, judged } = filter
  const and = (isAsked: boolean, part: Sql) => (isAsked ? sql`and ${part}` : empty)
  return db.rows(sql`select ${columns}, t.subject from ${runs} join ticket t on t.id = r.ticket_id
    where r.id < ${page.before ?? Number.MAX_SAFE_INTEGER} and not t.hidden and ${inSight(reader)}
      ${and(decision !== null, sql`r.decision = ${decision}`)} ${and(reason !== null, sql`r.reason = ${reason}`)}
      ${and(categoryId !== null, sql`r.category_id = ${categoryId}`)}
      ${and(judged !== null, judged === true ? sql`said.verdict is not null` : sql`said.verdict is null`)}
    order by r.id desc limit ${page.limit}`)
}

/** One run. */
export async function findRun(db: Db, id: number): Promise<Run | null> {
  return db.row<Run>(sql`select ${columns} from ${runs} where r.id = ${id}`)
}

/** Answers that went out in the last day, in all and to one address. */
export async function answersSince(
  db: Db,
  at: Instant,
  toEmail: string,
): Promise<{ all: number; toAddress: number }> {
  const [row] = await db.hot<{ all: number; toAddress: number }>(sql`
    select count(*)::int as all, (count(*) filter (where o.to_email = ${toEmail.toLowerCase()}))::int as "toAddress"
    from assistant_run r left join outbox o on o.message_id = r.message_id
    where r.update_id is not null and r.at > ${plus(at, -86_400)} and r.decision in ('ask', 'auto_resolve', 'answer_stay_open')`)
  return row ?? { all: 0, toAddress: 0 }
}

/** Whether a mail says of itself that a machine wrote it, or that it went to many. */
export async function isMachines(db: Db, rawMailId: number): Promise<boolean> {
  const [row] = await db.hot<{ head: string }>(
    sql`select convert_from(substring(bytes for 32768), 'LATIN1') as head from raw_mail where id = ${rawMailId}`,
  )
  const head = row?.head.split(/\r?\n\r?\n/)[0] ?? ''
  return /^(?:auto-submitted:\s*auto-|precedence:\s*(?:bulk|junk|list|auto_reply)|x-auto-response-suppress:\s*all|list-id:|list-unsubscribe:)/im.test(
    head,
  )
}

/** Whether somebody has touched a draft of an answer since a moment. */
export async function isSomebodyWriting(db: Db, ticketId: number, since: Instant): Promise<boolean> {
  const rows = await db.hot(
    sql`select from draft where ticket_id = ${ticketId} and mode = 'reply' and updated_at > ${since} limit 1`,
  )
  return rows.length > 0
}

export type Waiting = {
  readonly id: number
  readonly ticketId: TicketId
  readonly updateId: UpdateId
  readonly messageId: MessageId
  readonly configVersion: number
  readonly brandId: number
  readonly channel: Channel
  readonly categoryId: number | null
}

/** Answers whose mail has not left yet: of the scopes that are switched off, or of other versions than the one that is live. */
export async function recallable(db: Db, scopes: readonly string[], version: number): Promise<Waiting[]> {
  return db.hot(sql`select r.id, r.ticket_id as "ticketId", r.update_id as "updateId", r.message_id as "messageId",
      r.config_version as "configVersion", t.brand_id as "brandId", t.channel, coalesce(r.category_id, t.category_id) as "categoryId"
    from outbox o join assistant_run r on r.message_id = o.message_id join ticket t on t.id = r.ticket_id
    where o.state = 'queued' and o.kind = 'reply' and r.recalled_at is null and (r.config_version <> ${version} or 'desk' = any(${[...scopes]})
      or 'brand:' || t.brand_id = any(${[...scopes]}) or 'category:' || coalesce(r.category_id, t.category_id) = any(${[...scopes]}))
    order by r.id limit 1000`)
}

/** Its mail was taken back. */
export async function noteRecalled(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update assistant_run set recalled_at = ${at} where id = ${id}`)
}

/** Tickets to look at, the oldest first, but for some. */
export async function assistantDue(db: Db, but: readonly TicketId[], limit: number): Promise<TicketId[]> {
  const rows = await db.hot<{ id: TicketId }>(
    sql`select ticket_id as id from assistant_due where ticket_id <> all(${but}::bigint[]) order by ticket_id limit ${limit}`,
  )
  return rows.map(({ id }) => id)
}

/** Runs that a model worded, as `r`: of them nothing is learnt about articles' own words. */
export const isWorded = sql`r.steps @> '[{"step": "model"}]'`

/** It has been looked at. */
export async function dropDue(db: Db, ticketId: number): Promise<void> {
  await db.rows(sql`delete from assistant_due where ticket_id = ${ticketId}`)
}
