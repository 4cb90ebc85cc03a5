// The desk's backups: when and where they are made, one now, and what came of them.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { backupPlan, backupPlanPut, backupRunPage } from '#api/contract/backups.ts'
import { pageQuery } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { tryPlace } from '#desk/backup-place.ts'
import { nextAt } from '#desk/backups.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import {
  askForBackup,
  backupHealth,
  hasOpenRun,
  listRuns,
  readPlan,
  setPlan,
  type BackupSettings,
} from '#setup/backup-plan-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const thing = { type: 'backups', id: null, name: null }

export function backupRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/backup-plan',
    access: 'backups.write',
    summary: 'When and where the desk backs itself up, and how that fares',
    answer: backupPlan,
    handler: async ({ db }) => present(desk, db),
  })
  route(app, desk, {
    method: 'PUT',
    url: '/backup-plan',
    access: 'backups.write',
    stepUp: true,
    summary: 'Sets when and where; the place is tried by writing to it',
    body: backupPlanPut,
    answer: backupPlan,
    // Before the transaction: a place may take its time.
    beforehand: async ({ body, db }) => {
      const before = await readPlan(db)
      const missing = { says: 'is missing: name a folder or a bucket.', isUnmarked: false }
      if (body.place === '') return body.isOn ? missing : null
      const isOther = bare(body.place) !== bare(before.place)
      // A disk that is gone must not keep anybody from turning them off.
      if (!body.isOn && !isOther) return null
      return tryPlace(desk, body.place, { mayMark: isOther || body.isNewDisk === true })
    },
    handler: async ({ db, body, principal, early }) => {
      if (early !== null) declineInput(early.isUnmarked ? 'isNewDisk' : 'place', early.says)
      const at = desk.clock.now()
      const before = await readPlan(db)
      await setPlan(db, body, at)
      const changes = changesBetween(settingsOf(before), settingsOf(body))
      await audit(db, principal, at, { action: 'backup_plan_changed', thing, changes })
      tell(db, { lane: 'backups' })
      tell(db, { changed: 'backups', id: null })
      return present(desk, db)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/backups',
    access: 'backups.write',
    summary: 'Runs, newest first',
    query: pageQuery,
    answer: backupRunPage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const before = readCursor(cursor, idKey)
      const rows = await listRuns(db, { before, limit: limit + 1 })
      return pageFrom(
        rows,
        limit,
        ({ id }) => id,
        (run) => run,
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/backups',
    access: 'backups.write',
    stepUp: true,
    summary: 'Has a backup made now, in the place of the plan',
    answer: z.null(),
    status: 204,
    handler: async ({ db, principal }) => {
      const { place, askedAt } = await readPlan(db)
      if (place === '')
        decline('refused', 'Save first where backups are to be kept.', { refusal: 'no_place' })
      if (askedAt !== null || (await hasOpenRun(db)))
        decline('refused', 'A backup is being made already.', { refusal: 'running' })
      const at = desk.clock.now()
      await askForBackup(db, principal.agentId, at)
      await audit(db, principal, at, { action: 'backup_asked', thing })
      return null
    },
  })
}

const bare = (place: string) => place.replace(/\/+$/, '')

const settingsOf = ({ isOn, hour, weekday, place, keep, checks }: BackupSettings) => ({
  isOn,
  hour,
  weekday,
  place,
  keep,
  checks,
})

async function present(desk: Desk, db: Db) {
  const { lastGoodAt, isLate } = await backupHealth(db, desk.clock.now())
  const { timeZone } = (await desk.setup.now()).desk
  const plan = await readPlan(db)
  return { ...settingsOf(plan), timeZone, nextAt: await nextAt(desk, plan), lastGoodAt, isLate }
}
