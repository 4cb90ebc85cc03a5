// Backtests as they are asked for, run and kept. One runs at a time on the whole desk; who works on it says again and again that it lives.
import type { BacktestState, Report } from '#backtest/report.ts'
import type { SoFar } from '#backtest/tally.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { RulebookContent } from '#rules/rulebook-store.ts'
import type { TriedAgreement } from '#sla/draft-book.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Backtest = {
  readonly id: number
  readonly state: BacktestState
  readonly candidateVersion: number
  readonly candidateHash: string
  readonly baselineVersion: number
  /** The policy or calendar that it tries, by its name; null when it tries rules only. */
  readonly agreement: { readonly type: 'policy' | 'calendar'; readonly name: string } | null
  readonly from: Instant
  readonly to: Instant
  readonly seed: number
  readonly done: number
  readonly total: number
  readonly soFar: SoFar | null
  readonly failure: string | null
  readonly begunAgain: number
  readonly createdBy: { readonly id: number; readonly name: string } | null
  readonly createdAt: Instant
  readonly finishedAt: Instant | null
}

const columns = sql`b.id, b.state, b.candidate_version as "candidateVersion", b.candidate_hash as "candidateHash",
  b.baseline_version as "baselineVersion", case when b.agreement is not null then json_build_object('name', b.agreement ->> 'name',
    'type', case when jsonb_typeof(b.agreement -> 'policy') = 'object' then 'policy' else 'calendar' end) end as agreement, b.window_from as "from", b.window_to as "to", b.seed, b.done, b.total,
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
    readonly window: { readonly from: Instant; readonly to: Instant }
    readonly seed: number
    readonly by: PersonId
    readonly at: Instant
  },
): Promise<number> {
  const { candidate, candidateHash, candidateVersion, baselineVersion, agreement, window, seed, by, at } =
    asked
  const row = await db.row<{ id: number }>(sql`insert into backtest
      (state, candidate, candidate_hash, candidate_version, baseline_version, agreement, window_from, window_to, seed, created_by, created_at)
    values ('queued', ${JSON.stringify(candidate)}, ${candidateHash}, ${candidateVersion}, ${baselineVersion},
      ${agreement === null ? null : JSON.stringify(agreement)}, ${window.from}, ${window.to}, ${seed}, ${by}, ${at}) returning id`)
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
): Promise<{ readonly rules: RulebookContent; readonly agreement: TriedAgreement | null } | null> {
  return db.row(sql`select candidate as rules, agreement from backtest where id = ${id}`)
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
 * Takes the next backtest to work on, from its beginning: the one that runs if nobody alive works on it, else the oldest that
 * waits. Null when there is none, or another works. What an earlier try found is thrown away.
 */
export async function takeBacktest(
  db: Db,
  { worker, at, aliveUntil }: Holder,
): Promise<{ id: number } | null> {
  const taken = await db.row<{ id: number }>(sql`update backtest set state = 'running', worker = ${worker},
      alive_until = ${aliveUntil}, begun_again = begun_again + (state = 'running')::int, done = 0, so_far = null
    where id = (select id from backtest where state in ('queued', 'running') order by state = 'running' desc, id limit 1)
      and (state = 'queued' or (state = 'running' and (worker = ${worker} or alive_until < ${at}))) returning id`)
  if (taken !== null) await db.rows(sql`delete from backtest_difference where backtest_id = ${taken.id}`)
  return taken
}

/** Notes how far it came. False when it was cancelled or another works on it: whoever asks leaves off. */
export async function noteProgress(
  db: Db,
  id: number,
  { worker, aliveUntil }: Holder,
  progress: { readonly done: number; readonly total: number; readonly soFar: SoFar },
): Promise<boolean> {
  const row = await db.row(sql`update backtest set done = ${progress.done}, total = ${progress.total},
      so_far = ${JSON.stringify(progress.soFar)}, alive_until = ${aliveUntil}
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
