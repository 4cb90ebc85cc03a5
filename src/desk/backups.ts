// The lane of backups: one at a time over all processes, when the plan says so or somebody asks. A run whose process ended is found by the
// next one and made again; older backups stay until a new one is whole. Between its parts it rests as long as each took.
import { setTimeout as pause } from 'node:timers/promises'
import { assertMarked, failureOf, reasonOf } from '#desk/backup-place.ts'
import type { Desk } from '#desk/desk.ts'
import { tellAboutBackup } from '#desk/outbound/alerts.ts'
import { plus, type Instant } from '#kit/time.ts'
import { lastMoment, nextMoment } from '#setup/backup-plan.ts'
import {
  beginRun,
  endInterrupted,
  endRun,
  hasOpenRun,
  noteStep,
  readPlan,
  type BackupPlan,
} from '#setup/backup-plan-store.ts'
import { backup } from '#store/backup/backup.ts'
import { openPlace } from '#store/backup/place.ts'
import { checkParts } from '#store/backup/restore.ts'
import type { Round } from '#store/lane.ts'
import { createLocks } from '#store/lock.ts'

/** All backups of a desk, those of the command too, hold this lock while they are written. */
export const BACKUP_LOCK = 'backup'
const RETRY_SECONDS = 3_600
const TOLD_EVERY_MS = 1_000
/** Shorter parts hold nobody up. */
const SHORT_MS = 20
const LONGEST_REST_MS = 1_000

/** Its rounds, and how it is told to stop: what is being written is then made again by the next process. */
export function backupLane(
  desk: Desk,
  migrations: string,
): { round: () => Promise<Round>; stop: () => void } {
  const stopping = new AbortController()
  return {
    stop: () => stopping.abort(),
    round: async () => {
      if (stopping.signal.aborted) return null
      const next = await nextAt(desk, await readPlan(desk.database))
      const isDue = next !== null && next <= desk.clock.now()
      if (!isDue && !(await hasOpenRun(desk.database))) return next
      const locks = createLocks(desk.database)
      try {
        const lock = await locks.take(BACKUP_LOCK, 0)
        // Another process makes it.
        if (lock === null) return null
        const lost = new AbortController()
        void lock.lost.then(() => lost.abort())
        return await underLock(desk, migrations, { stopping: stopping.signal, lost: lost.signal })
      } finally {
        await locks.close()
      }
    },
  }
}

/** When a backup is due next; null for never. */
export async function nextAt(desk: Desk, plan: BackupPlan): Promise<Instant | null> {
  const at = desk.clock.now()
  if (plan.place === '') return null
  if (plan.askedAt !== null) return plan.askedAt
  if (!plan.isOn) return null
  const { timeZone } = (await desk.setup.now()).desk
  const last = lastMoment(plan, timeZone, at)
  const moment = last > plan.since ? last : nextMoment(plan, timeZone, at)
  return plan.retryAt !== null && plan.retryAt < moment ? plan.retryAt : moment
}

async function underLock(
  desk: Desk,
  migrations: string,
  { stopping, lost }: { readonly stopping: AbortSignal; readonly lost: AbortSignal },
): Promise<Round> {
  const { database, clock } = desk
  const now = clock.now()
  const interrupted = await database.transaction((tx) => endInterrupted(tx, now, plus(now, RETRY_SECONDS)))
  if (interrupted > 0) desk.log.warn({}, 'A backup was interrupted')
  // Whoever had the lock before may have made it.
  const plan = await readPlan(database)
  const next = await nextAt(desk, plan)
  if (next === null || next > now) return next
  const id = await beginRun(database, plan, now)
  try {
    await write(desk, { plan, id, migrations, at: now, signal: AbortSignal.any([stopping, lost]) })
  } catch (error) {
    // Whoever has the lock by now says what came of it.
    if (lost.aborted) return null
    if (stopping.aborted) {
      const at = clock.now()
      await database.transaction((tx) => endInterrupted(tx, at, at))
      return null
    }
    await fail(desk, plan, id, error)
  }
  return 'more'
}

type Written = {
  readonly plan: BackupPlan
  readonly id: number
  readonly migrations: string
  readonly at: Instant
  readonly signal: AbortSignal
}

async function write(desk: Desk, { plan, id, migrations, at, signal }: Written): Promise<void> {
  const { database, blobs, secret } = desk
  const place = openPlace(plan.place, desk.storage.s3)
  await assertMarked(place, secret)
  const onProgress = gently(signal, (step, done, total) => noteStep(database, id, step, done, total))
  const made = await backup(database, {
    place,
    keep: plan.keep,
    blobs,
    secret,
    sealedSecret: null,
    at,
    onProgress,
    ...(plan.checks ? { check: () => checkParts(place, null, migrations, onProgress) } : {}),
  })
  await endRun(database, id, {
    outcome: 'done',
    at: desk.clock.now(),
    retryAt: null,
    bytes: made.bytes,
    files: made.manifest.blobs.count,
    copied: made.copied,
    lost: made.damaged.length + made.missing.length,
  })
}

/** Progress that is told now and then, rests as long as the part before it took, and breaks off what must stop. */
function gently(
  signal: AbortSignal,
  note: (what: string, done: number, total: number) => Promise<void>,
): (what: string, done: number, total: number) => Promise<void> {
  let [toldAt, workedFrom] = [-Infinity, performance.now()]
  return async (what, done, total) => {
    const tookMs = performance.now() - workedFrom
    if (tookMs >= SHORT_MS) await pause(Math.min(tookMs, LONGEST_REST_MS), undefined, { signal })
    signal.throwIfAborted()
    if (performance.now() - toldAt >= TOLD_EVERY_MS) {
      await note(what, done, total)
      toldAt = performance.now()
    }
    workedFrom = performance.now()
  }
}

async function fail(desk: Desk, plan: BackupPlan, id: number, error: unknown): Promise<void> {
  const at = desk.clock.now()
  const failure = failureOf(error)
  const detail = reasonOf(error)
  desk.log.error({ err: error }, 'A backup failed')
  await desk.database.transaction(async (tx) => {
    await endRun(tx, id, { outcome: 'failed', at, retryAt: plus(at, RETRY_SECONDS), failure, detail })
    await tellAboutBackup(desk, tx, { place: plan.place, failure, detail })
  })
}
