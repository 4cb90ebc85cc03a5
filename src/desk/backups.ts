// The lane of backups: one at a time over all processes, when the plan says so or somebody asks. A run whose process ended is found by the
// next one and made again; older backups stay until a new one is whole. Between its parts it rests as long as each took.
import { setTimeout as pause } from 'node:timers/promises'
import { assertMarked, failureOf, FilesLost, reasonOf, secretsOf } from '#desk/backup-place.ts'
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
import type { Manifest } from '#store/backup/manifest.ts'
import { openPlace } from '#store/backup/place.ts'
import { checkAll, type Heal } from '#store/backup/restore.ts'
import type { Round } from '#store/lane.ts'
import { createLocks } from '#store/lock.ts'

/** All backups of a desk, those of the command too, hold this lock while they are written. */
export const BACKUP_LOCK = 'backup'
const RETRY_SECONDS = 3_600
const TOLD_EVERY_MS = 1_000
/** Shorter parts hold nobody up. */
const SHORT_MS = 20
const LONGEST_REST_MS = 1_000
const INTERRUPTED =
  'Twice in a row it was interrupted: its process was ended, or the connection by which it holds its lock on the database.'

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
  await database.transaction(async (tx) => {
    const inARow = await endInterrupted(tx, now, plus(now, RETRY_SECONDS))
    if (inARow > 0) desk.log.warn({ inARow }, 'A backup was interrupted')
    // Once is a restart; again is something that will not pass by itself.
    if (inARow > 1)
      await tellAboutBackup(desk, tx, {
        place: (await readPlan(tx)).place,
        failure: 'other',
        detail: INTERRUPTED,
      })
  })
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
  const { database, blobs, secret, clock } = desk
  const place = openPlace(plan.place, desk.storage.s3)
  await assertMarked(place, secretsOf(desk))
  const onProgress = gently(signal, (step, done, total) => noteStep(database, id, step, done, total))
  const check = (manifest: Manifest, heal: Heal) => checkAll(place, manifest, migrations, onProgress, heal)
  const made = await backup(database, {
    place,
    keep: plan.keep,
    blobs,
    secret,
    sealedSecret: null,
    at,
    onProgress,
    signal,
    ...(plan.checks ? { check } : {}),
  })
  const { lost } = made
  if (lost.length > 0)
    throw new FilesLost(`${lost.length} of its files, ${lost.slice(0, 3).join(', ')} first.`)
  await endRun(database, id, {
    outcome: 'done',
    at: clock.now(),
    retryAt: null,
    bytes: made.bytes,
    files: made.manifest.blobs.count,
    copied: made.copied,
    lost: made.damaged.length,
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
    // What is lost is no nearer in an hour, and each try keeps one more: its moment is the next of the plan.
    const retryAt = failure === 'lost' ? null : plus(at, RETRY_SECONDS)
    await endRun(tx, id, { outcome: 'failed', at, retryAt, failure, detail })
    await tellAboutBackup(desk, tx, { place: plan.place, failure, detail })
  })
}
