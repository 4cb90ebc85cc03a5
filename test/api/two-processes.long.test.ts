// Two processes of Docket on one database: rights are read anew in the one when they change in the other.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { freshDatabase } from '../support/database.ts'
import { until } from '../support/desk.ts'
import { startProcess, type DocketProcess } from '../support/process.ts'
import { visitor, type Visitor } from '../support/visitor.ts'

const folders: string[] = []
let one: DocketProcess
let other: DocketProcess
let drop: () => Promise<unknown>
let boss: Visitor

before(async () => {
  const database = await freshDatabase()
  drop = database.drop
  const start = () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-two-'))
    folders.push(folder)
    return startProcess(folder, database.url)
  }
  one = await start()
  other = await start()
  boss = visitor(one.url)
  const right = { email: 'bo@desk.example', password: 'bo has a long password' }
  assert.equal((await boss('POST', '/session', right)).status, 200)
})
after(async () => {
  await Promise.all([one.stop(), other.stop()])
  await drop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** An agent whose session was made at the one, and a stream of theirs that is open at the other. */
async function agentWithStream(name: string, more: object) {
  const password = 'a password of an agent'
  const email = `${name.toLowerCase()}@desk.example`
  const { body, status } = await boss('POST', '/agents', { name, email, password, role: 'agent' })
  assert.equal(status, 201, JSON.stringify(body))
  assert.equal((await boss('PATCH', `/agents/${body.id}`, more)).status, 200)
  const browser = visitor(other.url)
  assert.equal((await browser('POST', '/session', { email, password })).status, 200)
  const stop = new AbortController()
  const answer = await fetch(`${other.url}/api/v1/stream`, {
    headers: { cookie: browser.cookies() },
    signal: stop.signal,
  })
  assert.equal(answer.status, 200)
  const heard = { text: '', ended: false }
  void (async () => {
    for await (const bytes of answer.body ?? []) heard.text += Buffer.from(bytes).toString()
  })()
    .catch(() => {})
    .finally(() => (heard.ended = true))
  await until(async () => heard.text.includes('event: hello'))
  return { id: body.id as number, heard, browser, stop: () => stop.abort() }
}

const asked = { subject: 'A question', body: 'How?', requester: { email: 'cy@customer.example', name: 'Cy' } }
const names = (text: string, id: number) => text.split(`"kind":"ticket","id":${id},`).length - 1
const within = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('A8: a wall that is raised at one process is a wall at the other, for its streams and its lists', async () => {
  const { body: team } = await boss('POST', '/teams', { name: 'Private' })
  const outside = await agentWithStream('Otto', { sees: 'own_teams', teams: [] })
  const { body: ticket } = await boss('POST', '/tickets', asked)
  await until(async () => names(outside.heard.text, ticket.id) > 0)
  assert.equal((await boss('PATCH', `/tickets/${ticket.id}`, { team: team.id })).status, 200)
  await within(500)
  const before = names(outside.heard.text, ticket.id)
  assert.equal((await boss('PATCH', `/tickets/${ticket.id}`, { priority: 'high' })).status, 200)
  await within(1_000)
  assert.equal(names(outside.heard.text, ticket.id), before)
  assert.equal((await outside.browser('GET', `/tickets/${ticket.id}`)).status, 404)
  outside.stop()
})

test('A8: who is suspended at one process is put out of the other within two seconds', async () => {
  const gone = await agentWithStream('Gina', {})
  assert.equal((await gone.browser('GET', '/tickets')).status, 200)
  assert.equal((await boss('PATCH', `/agents/${gone.id}`, { active: false })).status, 200)
  await within(2_000)
  assert.equal(gone.heard.ended, true)
  assert.equal((await gone.browser('GET', '/tickets')).status, 401)
})

test('A8: who signs out everywhere at one process has no stream at the other', async () => {
  const lena = await agentWithStream('Lena', {})
  assert.equal((await boss('DELETE', `/agents/${lena.id}/sessions`)).status, 200)
  await within(2_000)
  assert.equal(lena.heard.ended, true)
})
