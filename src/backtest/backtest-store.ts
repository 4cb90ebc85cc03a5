// Backtests as they are asked for, run and kept. One runs at a time on the whole desk; who works on it says again and again that it lives.
import {
  triedKinds,
  type BacktestMode,
  type BacktestState,
  type Report,
  type RoutingPresence,
  type TriedKind,
} from '#backtest/report.ts'
import type { SoFar } from '#backtest/tally.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { StoredBook } from '#routing/book.ts'
import type { TriedRouting } from '#routing/draft-book.ts'
import type { StaffRow } from '#routing/staff-store.ts'
import type { RulebookContent } from '#rules/rulebook-store.ts'
import type { TriedAgreement } from '#sla/draft-book.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** How routing is played, what is tried of it, if anything, and the book and the staff that were live when it was asked for. */
export type AskedRouting = TriedRouting & {
  readonly presence: RoutingPresence
  readonly book: StoredBook
  /** Earlier ones have none. */
  readonly staffThen?: readonly StaffRow[]
}

export type Backtest = {
  readonly id: number
  readonly state: BacktestState
  readonly mode: BacktestMode
  /** When a shadow ends. */
  readonly until: Instant | null
  readonly candidateVersion: number
  readonly candidateHash: string
  readonly baselineVersion: number
  /** The policy or calendar that it tries, by its name; null when it tries rules only. */
  readonly agreement: { readonly type: 'policy' | 'calendar'; readonly name: string } | null
  /** How routing is played, and what of it is tried by its name; null when it is taken as it was. */
  readonly routing: {
    readonly presence: RoutingPresence
    readonly tried: { readonly kind: TriedKind; readonly name: string | null }[]
  } | null
  readonly from: Instant
  readonly to: Instant
  readonly seed: number
  /** The search whose tickets it is of, and how many of them are drawn; null: all. */
  readonly filter: string | null
  readonly sample: number | null
  readonly done: number
  readonly total: number
  readonly soFar: SoFar | null
  readonly failure: string | null
  readonly begunAgain: number
  readonly createdBy: { readonly id: number; readonly name: string } | null
  readonly createdAt: Instant
  readonly finishedAt: Instant | null
}

const columns = sql`b.id, b.state, b.mode, b.until, b.candidate_version as "candidateVersion", b.candidate_hash as "candidateHash",
  b.baseline_version as "baselineVersion", case when b.agreement is not null then json_build_object('name', b.agreement ->> 'name',
    'type', case when jsonb_typeof(b.agreement -> 'policy') = 'object' then 'policy' else 'calendar' end) end as agreement, case when b.routing is not null then json_build_object('presence', b.routing ->> 'presence',
    'tried', (select coalesce(json_agg(json_build_object('kind', kind, 'name', coalesce(thing ->> 'title', thing ->> 'name',
        (select string_agg(each ->> 'name', ', ') from jsonb_array_elements(case jsonb_typeof(thing) when 'array' then thing else '[]' end) each)))
        order by place), '[]')
      from unnest(${triedKinds}::text[]) with ordinality as known (kind, place), lateral (select b.routing -> kind as thing) of
      where jsonb_typeof(thing) in ('object', 'array'))) end as routing, b.window_from as "from", b.window_to as "to", b.seed, b.filter, b.sample, b.done, b.total,
  b.so_far as "soFar", b.failure, b.begun_again as "begunAgain", b.created_at as "createdAt", b.finished_at as "finishedAt",
  (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = b.created_by) as "createdBy"`

/** Queues a backtest and answers its id. */
export async function addBacktest(
  db: Db,
  asked: {
    readonly candidate: RulebookContent
    readonly candidateHash: string
    readonly candidateVersion: number
    readonly baselineVersion: number
    readonly agreement: TriedAgreement | null
    readonly routing: AskedRouting | null
    readonly window: { readonly from: Instant; readonly to: Instant }
    /** For a shadow: when it ends. */
    readonly until: Instant | null
    readonly seed: number
    readonly filter: string | null
    readonly sample: number | null
    readonly by: PersonId
    readonly at: Instant
  },
): Promise<number> {
  const {
    candidate,
    candidateHash,
    candidateVersion,
    baselineVersion,
    agreement,
    routing,
    window,
    until,
    seed,
    filter,
    sample,
    by,
    at,
  } = asked
  const row = await db.row<{ id: number }>(sql`insert into backtest
      (state, candidate, candidate_hash, candidate_version, baseline_version, agreement, routing, window_from, window_to, mode, until, seed,
        filter, sample, created_by, created_at)
    values ('queued', ${JSON.stringify(candidate)}, ${candidateHash}, ${candidateVersion}, ${baselineVersion},
      ${agreement === null ? null : JSON.stringify(agreement)}, ${routing === null ? null : JSON.stringify(routing)}, ${window.from}, ${window.to},
      ${until === null ? 'past' : 'shadow'}, ${until}, ${seed}, ${filter}, ${sample}, ${by}, ${at}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** One backtest. */
export async function findBacktest(db: Db, id: number): Promise<Backtest | null> {
  return db.row<Backtest>(sql`select ${columns} from backtest b where b.id = ${id}`)
}

/** Its report; null until it is done. */
export async function reportOfBacktest(db: Db, id: number): Promise<Report | null> {
  const row = await db.row<{ report: Report | null }>(sql`select report from backtest where id = ${id}`)
  return row?.report ?? null
}

/** What it tries, as it was when it was asked for. */
export async function candidateOfBacktest(
  db: Db,
  id: number,
): Promise<{
  readonly rules: RulebookContent
  readonly agreement: TriedAgreement | null
  readonly routing: AskedRouting | null
} | null> {
  return db.row(sql`select candidate as rules, agreement, routing from backtest where id = ${id}`)
}

/** Backtests, newest first. */
export async function listBacktests(
  db: Db,
  page: { readonly limit: number; readonly before: number | null },
): Promise<Backtest[]> {
  return db.rows<Backtest>(sql`select ${columns} from backtest b
    where b.id < ${page.before ?? Number.MAX_SAFE_INTEGER} order by b.id desc limit ${page.limit}`)
}

export type Holder = { readonly worker: string; readonly at: Instant; readonly aliveUntil: Instant }

/**
 * Takes the next backtest to work on, to be added up from its beginning: the one that runs if nobody alive works on it, else the oldest that
 * waits, shadows last. Null when there is none, or another works. What an earlier try found is thrown away; a shadow keeps it until it
 * has been lived again, up to now, its end, or the moment at which other rules went live.
 */
export async function takeBacktest(
  db: Db,
  { worker, at, aliveUntil }: Holder,
): Promise<{ id: number; mode: BacktestMode } | null> {
  const taken = await db.row<{ id: number; mode: BacktestMode }>(sql`
    update backtest b set state = 'running', worker = ${worker}, alive_until = ${aliveUntil},
      begun_again = begun_again + (state = 'running')::int, done = 0, so_far = case when mode = 'past' then null else so_far end,
      until = least(until, (select min(r.published_at) from rulebook r where r.published_at > b.window_from)),
      window_to = case when mode = 'past' then window_to else least(${at}, until,
        (select min(r.published_at) from rulebook r where r.published_at > b.window_from)) end
    where id = (select id from backtest where state = 'running' or (state = 'queued' and (next_at is null or next_at <= ${at}))
        order by state = 'running' desc, mode = 'shadow', id limit 1)
      and (state = 'queued' or (state = 'running' and (worker = ${worker} or alive_until < ${at}))) returning id, mode`)
  if (taken?.mode === 'past')
    await db.rows(sql`delete from backtest_difference where backtest_id = ${taken.id}`)
  return taken
}

/** When the next shadow is to be lived again. */
export async function nextShadowAt(db: Db, at: Instant): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(
    sql`select min(next_at) as at from backtest where state = 'queued' and next_at > ${at}`,
  )
  return row?.at ?? null
}

/** Notes how far it came. False when it was cancelled or another works on it: whoever asks leaves off. */
export async function noteProgress(
  db: Db,
  id: number,
  { worker, aliveUntil }: Holder,
  progress: { readonly done: number; readonly total: number; readonly soFar: SoFar | null },
): Promise<boolean> {
  const row = await db.row(sql`update backtest set done = ${progress.done}, total = ${progress.total},
      so_far = coalesce(${progress.soFar === null ? null : JSON.stringify(progress.soFar)}, so_far), alive_until = ${aliveUntil}
    where id = ${id} and worker = ${worker} and state = 'running' returning id`)
  return row !== null
}

/** Keeps the report of a backtest that came to its end. */
export async function finishBacktest(
  db: Db,
  id: number,
  { worker, at }: Holder,
  report: Report,
): Promise<void> {
  await db.rows(sql`update backtest set state = 'done', report = ${JSON.stringify(report)}, finished_at = ${at}
    where id = ${id} and worker = ${worker} and state = 'running'`)
}

/** Keeps what a shadow has found up to now, to be lived again at a moment; at its end it is done. */
export async function keepShadow(
  db: Db,
  id: number,
  { worker, at }: Holder,
  found: { readonly report: Report; readonly soFar: SoFar; readonly nextAt: Instant },
): Promise<void> {
  await db.rows(sql`update backtest set report = ${JSON.stringify(found.report)}, so_far = ${JSON.stringify(found.soFar)},
      state = case when window_to >= until then 'done' else 'queued' end, next_at = least(${found.nextAt}, until),
      finished_at = case when window_to >= until then ${at}::timestamptz end
    where id = ${id} and worker = ${worker} and state = 'running'`)
}

/** Ends a shadow now; it is lived again up to this moment. False when it is none, or has ended. */
export async function endShadow(db: Db, id: number, at: Instant): Promise<boolean> {
  const row = await db.row(sql`update backtest set until = ${at}, next_at = ${at}
    where id = ${id} and mode = 'shadow' and state in ('queued', 'running') returning id`)
  return row !== null
}

/** Ends a backtest that cannot go on. */
export async function failBacktest(
  db: Db,
  id: number,
  { worker, at }: Holder,
  failure: string,
): Promise<void> {
  await db.rows(sql`update backtest set state = 'failed', failure = ${failure}, finished_at = ${at}
    where id = ${id} and worker = ${worker} and state = 'running'`)
}

/** Cancels a backtest; what it found until then stays. False when it had ended. */
export async function cancelBacktest(db: Db, id: number, at: Instant): Promise<boolean> {
  const row = await db.row(sql`update backtest set state = 'cancelled', finished_at = ${at}
    where id = ${id} and state in ('queued', 'running') returning id`)
  return row !== null
}

/** Forgets the backtests that ended before a moment, with what they found. */
export async function dropOldBacktests(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from backtest where finished_at < ${before}`)
}
