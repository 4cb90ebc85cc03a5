// @docket/client as somebody else has it: packed, installed in another folder without a registry, typed, run by each Node that is here
// and in a browser, at a desk whose answers get lost on the way.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { installedChromium } from '../support/chromium.ts'
import { compileClient } from '../support/client-package.ts'
import { root } from '../support/database.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'

const STORY = `
import { answerOf, docket, DocketError } from '@docket/client'
export async function story(url, token) {
  const desk = docket({ url, token })
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  const ids = []
  for (const subject of ['One', 'Two', 'Three'])
    ids.push((await answerOf(desk.POST('/tickets', { body: { subject, body: 'Hello', requester } }))).id)
  const listed = []
  for await (const ticket of desk.pages('/tickets', { query: { limit: 2, sort: 'oldest' } })) listed.push(ticket.id)
  const refused = await answerOf(desk.GET('/tickets/{id}', { params: { path: { id: 999999 } } })).catch((error) => error)
  const stop = new AbortController()
  const told = []
  for await (const change of desk.changes({ signal: stop.signal })) {
    told.push(change.event === 'change' ? change.kind : change.event)
    if (change.event === 'change' && change.id === ids[0]) stop.abort()
  }
  return { ids, listed, told, refused: refused instanceof DocketError ? refused.status : String(refused) }
}
`
const TYPED = `
import { answerOf, docket, type Ticket } from '@docket/client'
const desk = docket({ url: 'https://desk.example', token: 'x' })
for await (const ticket of desk.pages('/tickets')) {
  const subject: string = ticket.subject
  const whole: Ticket = ticket
  // @ts-expect-error: a ticket has no such thing
  console.log(subject, whole, ticket.weather)
}
const { status } = await answerOf(desk.PATCH('/tickets/{id}', { params: { path: { id: 1 } }, body: { status: 'resolved' } }))
const same: Ticket['status'] = status
console.log(same)
// @ts-expect-error: no such status
await desk.PATCH('/tickets/{id}', { params: { path: { id: 1 } }, body: { status: 'happy' } })
// @ts-expect-error: one ticket is no list
desk.pages('/tickets/{id}')
`

let desk: TestDesk
/** Where the package was installed. */
let folder: string

before(async () => {
  desk = await startDesk()
  folder = mkdtempSync(join(tmpdir(), 'docket-client-'))
})
after(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

test('the package is packed, and installed elsewhere without asking anybody', async () => {
  compileClient()
  const npm = (...args: string[]) => spawnSync('npm', args, { cwd: folder, encoding: 'utf8' })
  const packed = npm('pack', join(root, 'client'), '--json')
  assert.equal(packed.status, 0, packed.stderr)
  const [{ filename, unpackedSize }] = JSON.parse(packed.stdout) as [
    { filename: string; unpackedSize: number },
  ]
  assert.ok(unpackedSize < 1_500_000, `${unpackedSize} bytes`)
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const installed = npm('install', '--offline', '--no-audit', '--no-fund', `./${filename}`)
  assert.equal(installed.status, 0, installed.stderr)
  writeFileSync(join(folder, 'story.js'), STORY)
  writeFileSync(
    join(folder, 'run.js'),
    `import { story } from './story.js'\nconsole.log(JSON.stringify(await story(...process.argv.slice(2))))`,
  )
  writeFileSync(join(folder, 'typed.ts'), TYPED)
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const flags = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2023,dom,dom.asynciterable',
  ]
  const types = spawnSync(process.execPath, [tsc, ...flags, 'typed.ts'], { cwd: folder, encoding: 'utf8' })
  assert.equal(types.status, 0, types.stdout)
})

for (const { name, path } of nodes())
  test(`${name} tells its story with it`, async () => {
    const lossy = await startLossy()
    const child = spawn(path, [join(folder, 'run.js'), lossy.url, desk.token], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (chunk) => (text += String(chunk)))
    const [code] = (await once(child, 'exit')) as [number]
    lossy.close()
    assert.equal(code, 0)
    assertStory(JSON.parse(text), lossy)
  })

test('a browser tells it too', async (t) => {
  const found = await installedChromium()
  if (found === null) return t.skip('no Chromium')
  const entry = join(folder, 'story.js')
  const outDir = join(folder, 'built')
  const lib = { entry, formats: ['es' as const], fileName: 'story' }
  await build({ root: folder, logLevel: 'error', configFile: false, build: { lib, outDir } })
  const lossy = await startLossy(readFileSync(join(outDir, 'story.js'), 'utf8'))
  const browser = await chromium.launch({ executablePath: found.path, args: [...found.args] })
  atEnd(t, () => browser.close())
  const page = await browser.newPage()
  await page.goto(lossy.url)
  const story = await page.evaluate(
    `import('/story.js').then(({ story }) => story(location.origin, ${JSON.stringify(desk.token)}))`,
  )
  await browser.close()
  lossy.close()
  assertStory(story, lossy)
})

type Lossy = Awaited<ReturnType<typeof startLossy>>
type Story = { ids: number[]; listed: number[]; told: string[]; refused: number }

function assertStory(story: unknown, { keys, cuts }: Lossy): void {
  const { ids, listed, told, refused } = story as Story
  assert.equal(new Set(ids).size, 3)
  assert.deepEqual(listed.slice(-3), ids, 'each was opened once, though an answer was lost')
  assert.equal(new Set(listed).size, listed.length)
  assert.equal(keys.length, 5, 'one answer was lost, one came too early')
  assert.equal(new Set(keys).size, 3)
  assert.equal(refused, 404)
  assert.ok(
    cuts >= 1 && told.includes('ticket'),
    `what happened while the feed was cut is told: ${told.join(' ')}`,
  )
}

/** Every Node that is here, and the one of this desk. */
function nodes(): { name: string; path: string }[] {
  const ofPath = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'node'))
  const other = [...ofPath, '/usr/bin/node', '/usr/local/bin/node'].filter((path) => existsSync(path))
  const all = [process.execPath, ...other].map((path) => {
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim()
    return { name: `Node ${version.split('.')[0]?.slice(1) ?? ''}`, path }
  })
  const isTaken = ({ name }: { name: string }) => Number(name.slice(5)) >= 20
  return all
    .filter(isTaken)
    .filter(({ name }, at, list) => list.findIndex((each) => each.name === name) === at)
}

/**
 * A way to the desk that loses the answer of the first POST, turns the second away once, and cuts the first feed, in whose absence the
 * first ticket changes.
 */
async function startLossy(script = '') {
  const lossy = { url: '', keys: [] as string[], cuts: 0, close: () => void server.close() }
  const opened: number[] = []
  const server = createServer(
    (request, response) => void pass(request, response).catch(() => response.destroy()),
  )
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', method = 'GET' } = request
    if (url === '/') return void response.setHeader('content-type', 'text/html').end('<!doctype html>')
    if (url === '/story.js') return void response.setHeader('content-type', 'text/javascript').end(script)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (method === 'POST') lossy.keys.push(String(request.headers['idempotency-key']))
    if (method === 'POST' && lossy.keys.length === 3)
      return void response.writeHead(429, { 'retry-after': '0' }).end()
    const { host: _, connection: __, origin: ___, ...headers } = request.headers
    const stop = new AbortController()
    response.once('close', () => stop.abort())
    const init = { method, headers: headers as Record<string, string>, signal: stop.signal }
    const answer = await fetch(
      `${desk.url}${url}`,
      method === 'POST' ? { ...init, body: Buffer.concat(chunks) } : init,
    )
    if (url.endsWith('/stream')) return feed(answer, response)
    const text = await answer.text()
    if (method === 'POST') opened.push((JSON.parse(text) as { id: number }).id)
    if (method === 'POST' && lossy.keys.length === 1) return void response.destroy()
    const type = answer.headers.get('content-type') ?? 'application/json'
    response.writeHead(answer.status, { 'content-type': type }).end(text)
  }
  const feed = async (answer: Response, response: ServerResponse) => {
    response.writeHead(answer.status, { 'content-type': 'text/event-stream' })
    for await (const chunk of answer.body ?? []) {
      response.write(chunk)
      if (lossy.cuts > 0 || !Buffer.from(chunk as Uint8Array).includes('event: hello')) continue
      lossy.cuts++
      await desk.api('PATCH', `/tickets/${opened[0]}`, { priority: 'high' })
      await new Promise((done) => response.write('\n', done))
      return void response.end()
    }
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  lossy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return lossy
}
