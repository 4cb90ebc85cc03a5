// The plan by which the desk backs itself up, and its runs.
import type { Instant } from '#kit/time.ts'
import { isLate, type BackupFailure, type BackupOutcome } from '#setup/backup-plan.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { sql } from '#store/sql.ts'

export type BackupSettings = {
  readonly isOn: boolean
  readonly hour: number
  readonly weekday: number | null
  readonly place: string
  readonly keep: number
  readonly checks: boolean
}
export type BackupPlan = BackupSettings & {
  readonly since: Instant
  readonly onSince: Instant | null
  readonly retryAt: Instant | null
  readonly askedAt: Instant | null
  readonly askedBy: number | null
}

/** The plan of the desk, which is off until somebody turns it on. */
export async function readPlan(db: Db): Promise<BackupPlan> {
  const row = await db.row<BackupPlan>(sql`select is_on as "isOn", hour, weekday, place, keep, checks, since,
    on_since as "onSince", retry_at as "retryAt", asked_at as "askedAt", asked_by as "askedBy" from backup_plan`)
  if (row === null) throw new Error('Bug: there is no plan of backups')
  return row
}

/** Sets the plan; the first of it is made at its next moment. */
export async function setPlan(db: Db, plan: BackupSettings, at: Instant): Promise<void> {
  await db.rows(sql`update backup_plan set is_on = ${plan.isOn}, hour = ${plan.hour}, weekday = ${plan.weekday},
    place = ${plan.place}, keep = ${plan.keep}, checks = ${plan.checks}, since = ${at}, retry_at = null,
    on_since = case when not ${plan.isOn} then null when is_on then on_since else ${at}::timestamptz end`)
}

/** Asks for a backup now. */
export async function askForBackup(db: Db, agentId: number, at: Instant): Promise<void> {
  await db.rows(sql`update backup_plan set asked_at = ${at}, asked_by = ${agentId}`)
  tell(db, { lane: 'backups' })
}

/** Begins a run: what was due and what was asked for is dealt with by it. */
export async function beginRun(db: Db, plan: BackupPlan, at: Instant): Promise<number> {
  const row = await db.row<{ id: number }>(sql`with p as (
      update backup_plan set since = ${at}, asked_at = null, asked_by = null, retry_at = null)
    insert into backup_run (started_at, asked_by, place, checked)
    values (${at}, ${plan.askedBy}, ${plan.place}, ${plan.checks}) returning id`)
  tell(db, { changed: 'backups', id: null })
  return row?.id ?? 0
}

/** Notes how far a run is. */
export async function noteStep(db: Db, id: number, step: string, done: number, total: number): Promise<void> {
  await db.rows(
    sql`update backup_run set step = ${step}, done = ${done}, total = ${total} where id = ${id} and ended_at is null`,
  )
  tell(db, { changed: 'backups', id: null })
}

type Ended = {
  readonly at: Instant
  readonly retryAt: Instant | null
} & (
  | {
      readonly outcome: 'done'
      readonly bytes: number
      readonly files: number
      readonly copied: number
      readonly lost: number
    }
  | { readonly outcome: 'failed'; readonly failure: BackupFailure; readonly detail: string }
)

/** Ends a run, and says when it is tried again where it failed. */
export async function endRun(db: Db, id: number, ended: Ended): Promise<void> {
  const nothing = { bytes: null, files: null, copied: null, lost: null, failure: null, detail: null }
  const { bytes, files, copied, lost, failure, detail } = { ...nothing, ...ended }
  await db.rows(sql`with p as (update backup_plan set retry_at = ${ended.retryAt} where is_on)
    update backup_run set outcome = ${ended.outcome}, ended_at = ${ended.at}, bytes = ${bytes}, files = ${files},
      copied = ${copied}, lost = ${lost}, failure = ${failure}, detail = ${detail}, step = null, done = null, total = null
    where id = ${id}`)
  tell(db, { changed: 'backups', id: null })
  tell(db, { changed: 'alerts', id: null })
}

/** Whether a run has not ended: its process works on it, or is gone. */
export async function hasOpenRun(db: Db): Promise<boolean> {
  return (await db.row(sql`select id from backup_run where ended_at is null limit 1`)) !== null
}

/**
 * Says of runs whose process is gone that they were interrupted, and has them made again: at once the first time, then when `later` is,
 * as it may be the backup that ends its process. Only whoever holds the lock may call it. Gives how many there were in a row: 0, 1, or 2 for more.
 */
export async function endInterrupted(db: Db, at: Instant, later: Instant): Promise<0 | 1 | 2> {
  const rows = await db.rows<{
    id: number
    asked: number | null
  }>(sql`update backup_run set outcome = 'interrupted',
    ended_at = ${at} where ended_at is null returning id, asked_by as asked`)
  const [first] = rows
  if (first === undefined) return 0
  const before = await db.row<{ outcome: BackupOutcome }>(
    sql`select outcome from backup_run where id < ${first.id} order by id desc limit 1`,
  )
  const isAgain = before?.outcome === 'interrupted'
  const again = isAgain ? later : at
  await db.rows(sql`update backup_plan set retry_at = case when is_on then ${again}::timestamptz end,
    asked_at = case when is_on or ${again}::timestamptz > ${at} then asked_at else ${at}::timestamptz end,
    asked_by = case when is_on or ${again}::timestamptz > ${at} then asked_by else ${first.asked} end`)
  tell(db, { changed: 'backups', id: null })
  tell(db, { changed: 'alerts', id: null })
  return isAgain ? 2 : 1
}

export type BackupRun = {
  readonly id: number
  readonly startedAt: Instant
  readonly endedAt: Instant | null
  readonly by: string | null
  readonly place: string
  readonly checked: boolean
  readonly outcome: BackupOutcome
  readonly step: string | null
  readonly done: number | null
  readonly total: number | null
  readonly bytes: number | null
  readonly files: number | null
  readonly copied: number | null
  readonly lost: number | null
  readonly failure: BackupFailure | null
  readonly detail: string | null
}

/** Runs, newest first. */
export async function listRuns(
  db: Db,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<BackupRun[]> {
  return db.rows<BackupRun>(sql`select r.id, r.started_at as "startedAt", r.ended_at as "endedAt", p.name as by, r.place,
      r.checked, r.outcome, r.step, r.done, r.total, r.bytes, r.files, r.copied, r.lost, r.failure, r.detail
    from backup_run r left join person p on p.id = r.asked_by
    where r.id < ${before ?? Number.MAX_SAFE_INTEGER} order by r.id desc limit ${limit}`)
}

export type BackupHealth = {
  readonly isOn: boolean
  readonly place: string
  readonly lastGoodAt: Instant | null
  /** When the last run failed, or was interrupted after one that did not come to its end either; null where neither is so. */
  readonly failedAt: Instant | null
  readonly isLate: boolean
}

/** How the backups of the desk fare. */
export async function backupHealth(db: Db, at: Instant): Promise<BackupHealth> {
  const plan = await readPlan(db)
  const good = await db.row<{ at: Instant | null }>(
    sql`select max(ended_at) as at from backup_run where outcome = 'done'`,
  )
  const [last, before] = await db.rows<{ outcome: BackupOutcome; endedAt: Instant }>(
    sql`select outcome, ended_at as "endedAt" from backup_run where ended_at is not null order by id desc limit 2`,
  )
  const hasFailed =
    last?.outcome === 'failed' ||
    (last?.outcome === 'interrupted' && before !== undefined && before.outcome !== 'done')
  const lastGoodAt = good?.at ?? null
  return {
    isOn: plan.isOn,
    place: plan.place,
    lastGoodAt,
    failedAt: hasFailed ? last.endedAt : null,
    isLate: isLate({ ...plan, lastGoodAt }, at),
  }
}
