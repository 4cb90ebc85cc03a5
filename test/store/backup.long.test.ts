// Backups: made while the desk is served, restored whole elsewhere, and each part that is not as it was written is named.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import pg from 'pg'
import { startEmbedded } from '#store/embedded.ts'
import { startBucketStore, STORE_KEYS, type BucketStore } from '../support/bucket-store.ts'
import { run } from '../support/command.ts'
import { letter, post } from '../support/customer.ts'
import { quiet, root } from '../support/database.ts'
import { until } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'
import { startProcess } from '../support/process.ts'

const SECRET = 'the secret of this desk, long enough for anybody'
type Asked = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: any }> // eslint-disable-line typescript/no-explicit-any

async function lived(t: TestContext, dataDir: string, more: Readonly<Record<string, string>> = {}) {
  const docket = await startProcess(dataDir, '', { DOCKET_SECRET: SECRET, ...more })
  atEnd(t, docket.stop)
  const headers = { authorization: `Bearer ${docket.token}`, 'content-type': 'application/json' }
  const ask: Asked = async (method, path, body) => {
    const answer = await fetch(`${docket.url}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }
  return { docket, ask, headers }
}

const docketIn = (dataDir: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  run(args, { DOCKET_DATA: dataDir, DATABASE_URL: '', DOCKET_LOG: 'silent', DOCKET_SECRET: SECRET, ...more })

/** How a desk reaches a store of the test, and keeps its files there where a place is named. */
const bucketEnv = ({ endpoint }: BucketStore, files = ''): Record<string, string> => ({
  DOCKET_BLOBS: files,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ACCESS_KEY_ID: STORE_KEYS.id,
  AWS_SECRET_ACCESS_KEY: STORE_KEYS.secret,
})

/** Has the database of a data folder do something, while no Docket runs there. */
async function stateIn(dataDir: string, statement: string) {
  const server = await startEmbedded({ root, dataDir, log: quiet })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
  await server.stop()
}

const listOf = async (ask: Asked) => {
  const { items } = (await ask('GET', '/tickets?limit=200&sort=oldest')).body
  return Promise.all(
    items.map(
      async ({ id, subject, tags, seq }: { id: number; subject: string; tags: string[]; seq: number }) => ({
        id,
        subject,
        tags,
        seq,
        events: (await ask('GET', `/tickets/${id}/events?limit=200`)).body,
        messages: (await ask('GET', `/tickets/${id}/messages`)).body.items.map(
          ({ id: message, text, attachments }: { id: number; text: string; attachments: unknown[] }) => ({
            message,
            text,
            files: attachments.length,
          }),
        ),
      }),
    ),
  )
}

test(
  'a desk is backed up while it is served and comes back whole, files and large mails included',
  { timeout: 400_000 },
  async (t) => {
    const [here, dir, there] = [temporaryFolder(t), temporaryFolder(t), temporaryFolder(t)]
    // Its files lie in a bucket, as those of a desk on several machines do; where it comes back, they lie in the data folder.
    const store = await startBucketStore('files', 'backups')
    atEnd(t, store.close)
    const inBucket = bucketEnv(store, 's3://files/desk')
    const { docket, ask, headers } = await lived(t, here, inBucket)
    const form = new FormData()
    form.append('file', new File([new Uint8Array(300_000).fill(7)], 'seven.bin'))
    const uploaded = await fetch(`${docket.url}/api/v1/attachments`, {
      method: 'POST',
      headers: { authorization: headers.authorization },
      body: form,
    })
    const { id: fileId } = (await uploaded.json()) as { id: number }
    const { body: ticket } = await ask('POST', '/tickets', {
      subject: 'With "quotes"\tand\\backslashes',
      body: 'Hello – ∅\u0001',
      requester: { email: 'cy@customer.example' },
      tags: ['a', 'b'],
    })
    const sent = { kind: 'reply', body: 'See the file', attachments: [fileId] }
    assert.equal((await ask('POST', `/tickets/${ticket.id}/messages`, sent)).status, 201)
    const large = letter({
      from: 'dee@customer.example',
      to: 'support@docket.localhost',
      subject: 'Large',
      text: 'word '.repeat(80_000),
    })
    const envelope = { from: 'dee@customer.example', to: ['support@docket.localhost'] }
    assert.match(await post(docket.smtpPort, large, envelope), /^250 /)
    await until(async () => (await listOf(ask)).length === 2)

    // Somebody works on: what comes while it is written is in it whole, or not at all.
    let busy = true
    const writing = (async () => {
      for (let n = 0; busy; n++) {
        await ask('POST', '/tickets', {
          subject: `Meanwhile ${n}`,
          body: 'x',
          requester: { email: `n${n}@c.example` },
        })
        // Enough of them to be in between, few enough to be compared one by one.
        await pause(400)
      }
    })()
    const made = await docketIn(here, ['backup', dir, '--json'], inBucket)
    busy = false
    await writing
    assert.equal(made.code, 0, made.err)
    assert.deepEqual(JSON.parse(made.out).damaged, [])
    const before = await listOf(ask)
    const bucket = 's3://backups/of/the-desk'
    const outside = await docketIn(here, ['backup', bucket, '--json', '--keep', '2'], inBucket)
    assert.equal(outside.code, 0, outside.err)
    const again = JSON.parse(
      (await docketIn(here, ['backup', bucket, '--json', '--keep', '2'], inBucket)).out,
    )
    assert.equal(again.copied, 0, 'files that are there are not copied again')
    const third = await docketIn(here, ['backup', bucket, '--json', '--keep', '2'], inBucket)
    assert.equal(third.code, 0, third.err)
    const folders = new Set([...store.objects.keys()].flatMap((name) => /tables-[^/]+/.exec(name)?.[0] ?? []))
    assert.equal(folders.size, 2, 'two are kept')
    assert.equal((await docketIn(here, ['restore', dir])).code, 69, 'not beside a running Docket')
    assert.equal(await docket.stop(), 0)
    assert.match((await docketIn(here, ['restore', dir])).err, /Somebody works on this desk already/)

    const elder = [...folders].toSorted()[0]?.slice('tables-'.length) ?? ''
    const drill = ['restore', bucket, '--check', '--json', '--of', elder]
    const checked = await docketIn(there, drill, bucketEnv(store))
    assert.equal(checked.code, 0, checked.err)
    assert.deepEqual([JSON.parse(checked.out).differences, existsSync(join(there, 'postgres'))], [[], false])
    const none = await docketIn(there, ['restore', bucket, '--of', '1999-01-01'], bucketEnv(store))
    assert.deepEqual(
      [none.code, /There is no backup of 1999-01-01 in s3:/.test(none.err)],
      [65, true],
      none.err,
    )
    const restored = await docketIn(there, ['restore', bucket, '--json'], bucketEnv(store))
    assert.equal(restored.code, 0, restored.err)
    assert.equal(JSON.parse(restored.out).tickets, before.length)
    const back = await lived(t, there)
    assert.deepEqual(await listOf(back.ask), before)
    const download = await fetch(`${back.docket.url}/api/v1/attachments/${fileId}`, {
      headers: { authorization: back.headers.authorization },
    })
    assert.equal((await download.arrayBuffer()).byteLength, 300_000)
    const mails = (await back.ask('GET', '/mails?limit=10')).body.items
    const { id: mailId } = mails.find(({ size }: { size: number }) => size > 300_000)
    assert.equal((await back.ask('GET', `/mails/${mailId}`)).status, 200, 'a large mail lies among the files')
    const next = await back.ask('POST', '/tickets', {
      subject: 'After',
      body: 'x',
      requester: { email: 'z@c.example' },
    })
    assert.ok(next.status === 201 && next.body.id > Math.max(...before.map(({ id }) => id)), 'numbers go on')
  },
)

test(
  'each part of a backup is broken once, and the one that is broken is named',
  { timeout: 400_000 },
  async (t) => {
    const [here, dir, there] = [temporaryFolder(t), temporaryFolder(t), temporaryFolder(t)]
    const { docket, ask, headers } = await lived(t, here)
    const form = new FormData()
    form.append('file', new File([new Uint8Array(10).fill(7)], 'seven.bin'))
    await fetch(`${docket.url}/api/v1/attachments`, {
      method: 'POST',
      headers: { authorization: headers.authorization },
      body: form,
    })
    await ask('POST', '/tickets', { subject: 'One', body: 'x', requester: { email: 'cy@c.example' } })
    const pass = spawn(join(root, 'docket'), ['backup', dir, '--with-secret'], {
      env: { ...process.env, DOCKET_DATA: here, DATABASE_URL: '', DOCKET_SECRET: SECRET },
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    pass.stdin.end('correct horse battery\n')
    assert.equal(await new Promise((done) => pass.once('exit', done)), 0)
    assert.equal(await docket.stop(), 0)
    const tables = readdirSync(dir).find((name) => name.startsWith('tables-')) ?? ''
    const [blob = ''] = readdirSync(join(dir, 'blobs')).flatMap((part) =>
      /^[0-9a-f]{2}$/.test(part)
        ? readdirSync(join(dir, 'blobs', part)).map((name) => join('blobs', part, name))
        : [],
    )
    const cut = (path: string) => writeFileSync(path, readFileSync(path).subarray(0, -5))
    const breaks: readonly [string, (copy: string) => void, RegExp][] = [
      [
        'a table cut short',
        (copy) => cut(join(copy, tables, 'ticket.copy.gz')),
        /The table ticket .* is damaged/,
      ],
      [
        'two tables swapped',
        (copy) => cpSync(join(copy, tables, 'ticket.copy.gz'), join(copy, tables, 'message.copy.gz')),
        /The table message .* is damaged, or another one/,
      ],
      [
        'a table missing',
        (copy) => rmSync(join(copy, tables, 'message.copy.gz')),
        /The table message .* is missing/,
      ],
      ['a file altered', (copy) => cut(join(copy, blob)), /The file [0-9a-f]{64} is damaged/],
      ['a file missing', (copy) => rmSync(join(copy, blob)), /The file [0-9a-f]{64} is missing/],
      ['the manifest cut short', (copy) => cut(join(copy, 'manifest.json')), /manifest\.json is damaged/],
      ['no manifest', (copy) => rmSync(join(copy, 'manifest.json')), /holds no manifest\.json/],
    ]
    // Each starts the command; with DOCKET_TEST_LONG=1 all of them, else every second.
    const all = process.env['DOCKET_TEST_LONG'] !== undefined
    for (const [what, harm, said] of breaks.filter((_, at) => all || at % 2 === 0)) {
      const copy = join(temporaryFolder(t), 'copy')
      cpSync(dir, copy, { recursive: true })
      harm(copy)
      const { code, err } = await docketIn(there, ['restore', copy])
      assert.deepEqual([what, code, said.test(err)], [what, 65, true], err)
      assert.ok(!existsSync(join(there, 'postgres')), 'nothing was begun')
    }
    await stateIn(there, 'create table somebody_elses (id int)')
    const strange = await docketIn(there, ['restore', dir])
    assert.deepEqual([strange.code, /holds "somebody_elses", .* would be lost/.test(strange.err)], [65, true])
    await stateIn(there, 'drop table somebody_elses')
    const other = await docketIn(there, ['restore', dir], {
      DOCKET_SECRET: 'another secret that is long enough as well',
    })
    assert.deepEqual([other.code, /another secret/.test(other.err)], [65, true])
    const noneYet = await docketIn(there, ['restore', dir, '--json'], { DOCKET_SECRET: '' })
    assert.deepEqual([noneYet.code, /no secret yet/.test(noneYet.err)], [0, true], noneYet.err)
  },
)
