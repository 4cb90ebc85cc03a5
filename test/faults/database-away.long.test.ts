// The database goes away and comes back: restarted by its owner, killed, or standing still. Docket lives, says so, and loses nothing.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startEmbedded } from '#store/embedded.ts'
import { quiet, root } from '../support/database.ts'
import { until } from '../support/desk.ts'
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
