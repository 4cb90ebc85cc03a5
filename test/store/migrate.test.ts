// Readiness: every migration has run, not only the newest, as those of two branches come in any order.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { isMigrated } from '#store/migrate.ts'
import { root } from '../support/database.ts'
import { startDesk } from '../support/desk.ts'

test('a database that lacks one migration of the middle is not up to date', async (t) => {
  const desk = await startDesk({ work: false })
  t.after(() => desk.close())
  const isReady = () => isMigrated(desk.running.desk.database, join(root, 'migrations'))
  assert.equal(await isReady(), true)
  const owner = new pg.Client({ connectionString: desk.config.databaseUrl ?? '' })
  await owner.connect()
  await owner.query('delete from schema_migration where version = 30')
  await owner.end()
  assert.equal(await isReady(), false)
})
