// The database goes away and comes back: restarted by its owner, killed, or standing still. Docket lives, says so, and loses nothing.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { systemClock } from '#kit/clock.ts'
import { watchSteps } from '#kit/crash.ts'
import { Fault } from '#kit/fault.ts'
import { openDatabase } from '#store/database.ts'
import { startEmbedded } from '#store/embedded.ts'
import { sql } from '#store/sql.ts'
import { quiet, root } from '../support/database.ts'
import { handClock, startDesk, until } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'
import { startProcess } from '../support/process.ts'
import { underRestarts } from '../support/restarts.ts'

test('a PostgreSQL restarted under writers, fast and at once: nothing acknowledged is lost or doubled', async () => {
  const { acknowledged, lost, doubled } = await underRestarts(2, 4)
  assert.ok(acknowledged > 10, `only ${acknowledged} were acknowledged`)
  assert.deepEqual({ lost, doubled }, { lost: 0, doubled: 0 })
})

test('the embedded PostgreSQL is killed: it is started again, Docket lives on', async (t) => {
  const dataDir = temporaryFolder(t)
  const docket = await startProcess(dataDir)
  atEnd(t, () => docket.child.kill('SIGKILL'))
  const pidOf = () => Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  for (const signal of ['SIGKILL', 'SIGQUIT'] as const) {
    process.kill(pidOf(), signal)
    await until(async () => (await docket.readiness()) === 503)
    await until(async () => (await docket.readiness()) === 200)
  }
  const asked = { subject: 'After', body: 'Hello', requester: { email: 'cy@customer.example' } }
  const headers = { authorization: `Bearer ${docket.token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${docket.url}/api/v1/tickets`, {
    method: 'POST',
    headers,
    body: JSON.stringify(asked),
  })
  assert.equal(answer.status, 201)
  assert.equal(await docket.stop(), 0)
})

test('a PostgreSQL that stands still: not ready within seconds, ready again when it goes on', async (t) => {
  const server = await startEmbedded({ root, dataDir: temporaryFolder(t), log: quiet })
  atEnd(t, () => server.stop())
  const docket = await startProcess(temporaryFolder(t), server.url)
  atEnd(t, () => docket.child.kill('SIGKILL'))
  const { frozen, thaw } = freeze(server.pid())
  atEnd(t, thaw)
  assert.ok(frozen > 1)
  const began = performance.now()
  assert.equal(await docket.readiness(), 503)
  assert.ok(performance.now() - began < 5_000)
  thaw()
  await until(async () => (await docket.readiness()) === 200)
  assert.equal(await docket.stop(), 0)
})

test('a mail that was taken over as the database went away is written down when it is back, and does not leave again', async (t) => {
  const server = await startEmbedded({ root, dataDir: temporaryFolder(t), log: quiet })
  atEnd(t, () => server.stop())
  const desk = await startDesk({ databaseUrl: server.url, clock: handClock(systemClock.now()) })
  atEnd(t, desk.close)
  await desk.running.desk.database.rows(sql`update agent set send_delay_seconds = 0`)
  const asked = { subject: 'One', body: 'Hello', requester: { email: 'cy@customer.example' } }
  const { body: ticket } = await desk.api('POST', '/tickets', asked)
  const outbox = async (): Promise<{ state: string }[]> =>
    (await desk.api('GET', '/outbox?limit=10').catch(() => ({ body: {} }))).body.items ?? []
  const isOver = async (count: number) => {
    const mails = await outbox()
    return mails.length === count && mails.every(({ state }) => state === 'sent')
  }
  await until(() => isOver(1))
  watchSteps((name) => {
    if (name !== 'send: taken over') return
    watchSteps(null)
    process.kill(server.pid(), 'SIGQUIT')
  })
  const reply = { kind: 'reply', body: 'Once.', sendAnyway: true }
  assert.equal((await desk.api('POST', `/tickets/${ticket.id}/messages`, reply)).status, 201)
  await until(() => isOver(2))
  assert.equal(desk.sink.mails.filter(({ mail }) => mail.text?.includes('Once.') === true).length, 1)
})

test('what is not on the second machine in time, or meets a primary that follows by now, is no acknowledgement', async (t) => {
  const server = await startEmbedded({ root, dataDir: temporaryFolder(t), log: quiet })
  atEnd(t, () => server.stop())
  const database = openDatabase(server.url, { log: quiet, size: 1, role: null })
  atEnd(t, database.close)
  const isFault = (error: unknown) => error instanceof Fault && error.retryable
  const write = sql`insert into kept default values`
  const inOne = () => database.transaction((tx) => tx.rows(write))
  await database.rows(sql`create table kept (id serial)`)
  await database.rows(sql`set default_transaction_read_only = on`)
  await assert.rejects(database.rows(write), isFault)
  await database.rows(write)
  await database.rows(sql`set default_transaction_read_only = on`)
  await assert.rejects(inOne, isFault)
  await inOne()

  await database.rows(sql`alter system set synchronous_standby_names = 'nobody'`)
  await database.rows(sql`select pg_reload_conf()`)
  await until(async () => {
    const [row] = await database.rows<{ names: string }>(
      sql`select current_setting('synchronous_standby_names') as names`,
    )
    return row?.names === 'nobody'
  })
  // It is the checkpointer that has commits wait, once it has read the setting, too.
  await database.rows(sql`checkpoint`)
  const operator = openDatabase(server.url, { log: quiet, size: 1, role: null })
  atEnd(t, operator.close)
  for (const wait of [() => database.rows(write), inOne]) {
    const refused = assert.rejects(wait, isFault)
    await until(async () => {
      const cancelled = await operator.rows(
        sql`select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'`,
      )
      return cancelled.length > 0
    })
    await refused
  }
  assert.deepEqual(
    await database.rows(sql`select count(*) as n from kept`),
    [{ n: 4 }],
    'kept here all the same',
  )
})

/** Stops a PostgreSQL with all its processes. */
function freeze(pid: number): { frozen: number; thaw: () => void } {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  const all = [pid, ...children]
  const send = (signal: 'SIGSTOP' | 'SIGCONT') => {
    for (const each of all)
      try {
        process.kill(each, signal)
      } catch {
        // gone by itself
      }
  }
  send('SIGSTOP')
  return { frozen: all.length, thaw: () => send('SIGCONT') }
}
