// Stopping: SIGTERM to the process of `npm start` alone ends everything; who is being served is answered first.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { Agent, request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../support/command.ts'
import { root } from '../support/database.ts'
import { freePort, startDesk, until } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'
import { lineThat } from '../support/process.ts'

test('SIGTERM to npm start, as a supervisor sends it: after ten seconds nothing is alive', async (t) => {
  const dataDir = temporaryFolder(t)
  const env = {
    ...process.env,
    DOCKET_DATA: dataDir,
    DATABASE_URL: '',
    DOCKET_PORT: String(await freePort()),
    DOCKET_SMTP_PORT: '0',
    DOCKET_LOG: 'silent',
  }
  const npm = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  atEnd(t, () => npm.kill('SIGTERM'))
  await lineThat(npm, /^Docket is ready/)
  const alive = () => processesWith(dataDir)
  assert.ok(alive().length > 2, 'Docket and its database run')
  npm.kill('SIGTERM')
  await until(async () => alive().length === 0, 10_000).catch(() => {})
  assert.deepEqual(alive(), [])
})

test('who asks on a kept-alive connection while Docket stops is answered, and told that it ends', async () => {
  const desk = await startDesk()
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const ask = (method: string, path: string) =>
    new Promise<IncomingMessage>((done, fail) => {
      const headers = { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' }
      const asked = request(`${desk.url}/api/v1${path}`, { method, headers, agent }, (answer) => {
        answer.resume().once('end', () => done(answer))
      }).once('error', fail)
      asked.end(method === 'POST' ? JSON.stringify({ name: `T${Math.random()}` }) : '')
    })
  const failed: unknown[] = []
  const statuses: (number | undefined)[] = []
  let connection: string | undefined
  let isOver = false
  const asking = Array.from({ length: 4 }, async () => {
    while (!isOver)
      await ask('POST', '/tags').then(
        (answer) => {
          statuses.push(answer.statusCode)
          connection = answer.headers.connection
          isOver ||= connection === 'close'
        },
        (error: unknown) => failed.push(error),
      )
  })
  await until(async () => statuses.length > 20)
  const began = performance.now()
  await Promise.all([desk.close(), ...asking])
  assert.ok(performance.now() - began < 5_000)
  assert.deepEqual(failed, [])
  assert.deepEqual([...new Set(statuses)], [201])
  assert.equal(connection, 'close')
})

test('others on the machine do not look into the data folder, root is told once what it is, and doctor names the versions', async (t) => {
  const dataDir = join(temporaryFolder(t), 'data')
  const env = {
    ...process.env,
    DOCKET_DATA: dataDir,
    DATABASE_URL: '',
    DOCKET_PORT: String(await freePort()),
    DOCKET_SMTP_PORT: '0',
    DOCKET_LOG: 'warn',
  }
  const started = spawn(join(root, 'docket'), ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((done) => started.once('exit', done))
  atEnd(t, () => (started.kill('SIGTERM'), ended))
  let said = ''
  const hear = (bytes: Buffer) => (said += String(bytes))
  started.stdout.on('data', hear)
  started.stderr.on('data', hear)
  await until(async () => said.includes('Docket is ready'), 30_000)
  assert.equal(statSync(dataDir).mode & 0o066, 0)
  for (const name of readdirSync(dataDir, { withFileTypes: true }))
    if (name.isFile()) assert.equal(statSync(join(dataDir, name.name)).mode & 0o077, 0, name.name)
  assert.equal(said.split('runs as root').length - 1, process.getuid?.() === 0 ? 1 : 0)
  const findings = JSON.parse((await run(['doctor', '--json'], env)).out) as { check: string; says: string }[]
  const versions = findings.find(({ check }) => check === 'versions')?.says ?? ''
  assert.match(
    versions,
    /Node 24\.\S+ \(OpenSSL \S+, ICU \S+, .*PostgreSQL \d+\.\d+ \(OpenSSL \d[\d.]*, ICU \d+/,
  )
})

/** The processes that name a folder in their arguments or their environment. */
function processesWith(folder: string): string[] {
  const says = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      return ''
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => says(pid, 'cmdline').includes(folder) || says(pid, 'environ').includes(folder))
    .map((pid) => `${pid} ${says(pid, 'cmdline').replaceAll('\0', ' ').slice(0, 80)}`)
}
