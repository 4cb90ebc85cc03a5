// Machines whose clocks are ten minutes apart, on one database: they agree on what is due, and none takes for abandoned what another is
// just sending.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimDue, postLetter, releaseAbandoned } from '#channels/outbox-store.ts'
import type { UpdateId } from '#kit/ids.ts'
import type { Log } from '#kit/log.ts'
import { openDatabase } from '#store/database.ts'
import { sharedClock } from '#store/shared-clock-store.ts'
import { freshDatabase, quiet } from '../support/database.ts'
import { startDesk } from '../support/desk.ts'

const APART_MS = 600_000

test('two clocks ten minutes apart go by the database’s: what one is sending, the other does not send again', async (t) => {
  const fresh = await freshDatabase()
  const desk = await startDesk({ databaseUrl: fresh.url, work: false })
  const database = openDatabase(fresh.url, { log: quiet, size: 2, role: null })
  const said: string[] = []
  const log = { ...quiet, warn: (_: unknown, text: string) => void said.push(text) } as unknown as Log
  const off = (ms: number) => sharedClock(database, log, () => Date.now() + ms)
  const clocks = await Promise.all([off(0), off(-APART_MS), off(APART_MS)])
  t.after(async () => {
    await Promise.all(clocks.map(({ stop }) => stop()))
    await database.close()
    await desk.close()
    await fresh.drop()
  })
  const [right, slow, fast] = clocks.map(({ now }) => Date.parse(now()))
  assert.ok(right !== undefined && slow !== undefined && fast !== undefined)
  assert.ok(Math.abs(right - slow) < 5_000 && Math.abs(right - fast) < 5_000, `${right} ${slow} ${fast}`)
  assert.equal(said.filter((text) => /not that of the database/.test(text)).length, 2)
  // An answer that took ten seconds says nothing.
  let looks = 0
  const late = await sharedClock(database, log, () => Date.now() + (looks++ === 1 ? 10_000 : 0))
  assert.ok(Math.abs(Date.parse(late.now()) - Date.now()) < 2_000)
  await late.stop()

  const [, behind, ahead] = clocks
  assert.ok(behind !== undefined && ahead !== undefined)
  const mailboxId = (await desk.api('GET', '/mailboxes')).body.items[0].id
  await postLetter(database, {
    key: 'k',
    kind: 'alert',
    mailboxId,
    to: { name: '', email: 'cy@customer.example' },
    rfcMessageId: '<k@desk.example>',
    subject: 'S',
    bodyText: 'B',
    aboutId: null,
    toAgent: false,
    updateId: 1 as UpdateId,
    at: behind.now(),
  })
  const claimed = await claimDue(database, '00000000-0000-4000-8000-000000000001', behind.now(), {
    limit: 5,
    mailboxIds: 'all',
  })
  assert.equal(claimed.length, 1)
  assert.equal(await releaseAbandoned(database, ahead.now()), 0)
})
