// Faults: killed at random under load, two workers at once, the same mail again. What was acknowledged is there, once.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test, type TestContext } from 'node:test'
import { systemClock } from '#kit/clock.ts'
import { runDocket } from '#server.ts'
import { letter, post } from '../support/customer.ts'
import { freshDatabase, quiet, root } from '../support/database.ts'
import { freePort, startDesk, until, type HandClock } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'

const support = 'support@docket.localhost'
/** How often it is killed: four times with DOCKET_TEST_LONG=1. */
const LIVES = process.env['DOCKET_TEST_LONG'] === undefined ? 2 : 4
/** The machine's own time: what lateness is measured in. */
const realClock: HandClock = { now: systemClock.now, pass: () => {}, set: () => {} }

async function start(t: TestContext, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(join(root, 'docket'), ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  atEnd(t, async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM'))
      await once(child, 'exit')
  })
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('Docket is ready')) return child
  throw new Error('Docket did not start')
}

async function printed(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(join(root, 'docket'), args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  return text.trim()
}

test('killed with SIGKILL under load, again and again: every acknowledged mail is one ticket', async (t) => {
  const dataDir = temporaryFolder(t)
  const [port, smtpPort] = [await freePort(), await freePort()]
  const env = {
    ...process.env,
    DOCKET_DATA: dataDir,
    DOCKET_PORT: String(port),
    DOCKET_SMTP_PORT: String(smtpPort),
    DOCKET_ADMIN_EMAIL: 'bo@desk.example',
    DOCKET_ADMIN_PASSWORD: 'bo has a long password',
    DOCKET_LOG: 'error',
  }
  const acknowledged = new Set<string>()
  let number = 0
  for (let round = 0; round < LIVES; round++) {
    const docket = await start(t, env)
    let alive = true
    const customers = Array.from({ length: 6 }, async () => {
      while (alive) {
        const subject = `Load ${++number}`
        const raw = letter({ from: `c${number}@customer.example`, to: support, subject })
        try {
          const answer = await post(smtpPort, raw, { from: 'c@customer.example', to: [support] })
          if (answer.startsWith('250')) acknowledged.add(subject)
        } catch {
          // Broken off: not acknowledged, so the customer's server would send it again.
        }
        // As many mails as can be read within the test's time, not as many as can be stored.
        await new Promise((done) => setTimeout(done, 100))
      }
    })
    // Not before there is something to lose, however slow the machine is.
    await until(async () => acknowledged.size >= (round + 1) * 8, 60_000)
    await new Promise((done) => setTimeout(done, 300 + round * 170))
    docket.kill('SIGKILL')
    alive = false
    await Promise.all(customers)
  }
  const docket = await start(t, env)
  const token = await printed(['token', 'create', '--name', 't', '--scopes', '*'], env)
  const subjects: string[] = []
  await until(async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    return /docket_waiting\{lane="inbound"\} 0/.test(metrics)
  }, 100_000)
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = cursor === '' ? '' : `&cursor=${cursor}`
    const url = `http://127.0.0.1:${port}/api/v1/tickets?limit=200&sort=oldest${query}`
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    const page = (await response.json()) as { items: { subject: string }[]; nextCursor: string | null }
    subjects.push(...page.items.map((item) => item.subject))
    cursor = page.nextCursor
  }
  assert.ok(acknowledged.size >= LIVES * 8, `only ${acknowledged.size} mails were acknowledged`)
  const lost = [...acknowledged].filter((subject) => !subjects.includes(subject))
  assert.deepEqual(lost, [], 'lost after 250')
  assert.equal(new Set(subjects).size, subjects.length, 'none twice')
  const verified = JSON.parse(await printed(['verify', '--json'], env)) as { differences: unknown[] }
  assert.deepEqual(verified.differences, [])
  const exited = new Promise((done) => docket.once('exit', done))
  docket.kill('SIGTERM')
  assert.equal(await exited, 0, 'SIGTERM stops everything cleanly')
  assert.throws(() => readFileSync(join(dataDir, 'docket.lock')), 'the lock is given back')
})

test('two Dockets on one database read each mail once and send each answer once', async () => {
  const database = await freshDatabase()
  const one = await startDesk({ databaseUrl: database.url })
  const config = one.config
  const second = { ...config, port: await freePort(), smtpPort: await freePort() }
  const two = await runDocket(second, root, quiet, { web: true, work: true }, one.clock)
  for (let n = 0; n < 30; n++) {
    const raw = letter({ from: `n${n}@customer.example`, to: support, subject: `Number ${n}` })
    const envelope = { from: `n${n}@customer.example`, to: [support] }
    await Promise.all([post(one.smtpPort, raw, envelope), post(two.smtpPort ?? 0, raw, envelope)])
  }
  await until(async () => (await one.api('GET', '/tickets?limit=200')).body.items.length >= 30)
  await until(async () => one.sink.mails.length >= 30, 15_000)
  await new Promise((done) => setTimeout(done, 300))
  const { body } = await one.api('GET', '/tickets?limit=200')
  assert.equal(body.items.length, 30)
  assert.equal(one.sink.mails.length, 30, 'each acknowledgement once')
  await two.stop()
  await one.close()
  await database.drop()
})

test('a due moment fires within a second, once, with two workers and after a restart', async () => {
  const database = await freshDatabase()
  const one = await startDesk({ databaseUrl: database.url, clock: realClock })
  const config = { ...one.config, port: await freePort(), smtpPort: 0 }
  let two = await runDocket(config, root, quiet, { web: false, work: true })
  const ids: number[] = []
  for (let n = 0; n < 20; n++) {
    const asked = { subject: `Wake ${n}`, body: 'x', requester: { email: 'cy@customer.example' } }
    ids.push(await until(async () => (await one.api('POST', '/tickets', asked)).body.id))
  }
  const awake = async (id: number) => {
    const { items = [] } = (await one.api('GET', `/tickets/${id}/events`)).body
    return items.filter(({ kind }: { kind: string }) => kind === 'unsnoozed') as { at: string }[]
  }
  const [before, after] = [ids.slice(0, 10), ids.slice(10)]
  const soon = new Date(Date.now() + 5_000).toISOString()
  const snooze = (id: number, snoozedUntil: string) =>
    until(async () => (await one.api('PATCH', `/tickets/${id}`, { snoozedUntil })).status === 200)
  await Promise.all(before.map((id) => snooze(id, soon)))
  for (const id of before) {
    const woken = await until(async () => (await awake(id))[0])
    const lateMs = Date.parse(woken.at) - Date.parse(soon)
    assert.ok(lateMs >= 0 && lateMs < 1_000, `${lateMs} ms late`)
  }
  const later = new Date(Date.now() + 5_000).toISOString()
  await Promise.all(after.map((id) => snooze(id, later)))
  await two.stop()
  two = await runDocket(config, root, quiet, { web: false, work: true })
  for (const id of after) {
    const woken = await until(async () => (await awake(id))[0])
    assert.ok(Date.parse(woken.at) - Date.parse(later) < 1_000)
  }
  for (const id of ids) assert.equal((await awake(id)).length, 1, `ticket ${id} woke once`)
  await two.stop()
  await one.close()
  await database.drop()
})

test('a clock warns and breaches within a second, once each, with two workers and after a restart', async () => {
  const database = await freshDatabase()
  const one = await startDesk({ databaseUrl: database.url, clock: realClock })
  const config = { ...one.config, port: await freePort(), smtpPort: 0 }
  let two = await runDocket(config, root, quiet, { web: false, work: true })
  const targets = ['low', 'normal', 'high', 'urgent'].map((priority) => ({
    metric: 'first_reply',
    priority,
    seconds: 6,
    calendar: 'always',
    warnAt: [{ percent: 50 }],
  }))
  const policy = { kind: 'customer', title: 'At once', q: 'tag:clock', targets }
  assert.equal((await one.api('POST', '/policies', policy)).status, 201)
  const opened: { id: number; createdAt: string }[] = []
  for (let n = 0; n < 10; n++) {
    const asked = {
      subject: `Clock ${n}`,
      body: 'x',
      requester: { email: 'cy@customer.example' },
      tags: ['clock'],
    }
    opened.push((await one.api('POST', '/tickets', asked)).body)
  }
  const told = async (id: number, kind: string) => {
    const { items = [] } = (await one.api('GET', `/tickets/${id}/events`)).body
    return items.filter((event: { kind: string }) => event.kind === kind) as { at: string }[]
  }
  const inTime = async (kind: string, seconds: number) => {
    for (const { id, createdAt } of opened) {
      const [event] = await until(async () => {
        const found = await told(id, kind)
        return found.length > 0 && found
      })
      const lateMs = Date.parse(event?.at ?? '') - Date.parse(createdAt) - seconds * 1_000
      assert.ok(lateMs >= 0 && lateMs < 1_000, `${kind} ${lateMs} ms late`)
    }
  }
  await inTime('sla_warning', 3)
  await two.stop()
  two = await runDocket(config, root, quiet, { web: false, work: true })
  await inTime('sla_breached', 6)
  for (const { id } of opened)
    assert.deepEqual(
      [(await told(id, 'sla_warning')).length, (await told(id, 'sla_breached')).length],
      [1, 1],
    )
  await two.stop()
  await one.close()
  await database.drop()
})
