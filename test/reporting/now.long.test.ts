// The board of now: what it counts, told on the stream a moment after it changed, to each as far as they see.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { searchesOfNow } from '#reporting/boards.ts'
import { sql } from '#store/sql.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk({ relay: false })))
after(() => desk.close())

async function ok(method: string, path: string, body?: unknown) {
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const open = async (more: object = {}) =>
  (
    await ok('POST', '/tickets', {
      subject: 'Hello',
      body: 'Help',
      requester: { email: 'cy@customer.example' },
      ...more,
    })
  ).id as number

type Board = {
  unassigned: number
  waiting: { band: string; count: number }[]
  oldest: { ticketId: number } | null
}

/** The boards that a stream tells, each with the moment at which it came. */
async function watch(token: string) {
  const stop = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${desk.url}/api/v1/stream?watch=now`, { headers, signal: stop.signal })
  const told: { board: Board; at: number }[] = []
  const read = async () => {
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts.filter((each) => each.startsWith('event: now\n')))
        told.push({ board: JSON.parse(part.split('\ndata: ')[1] ?? ''), at: performance.now() })
    }
  }
  void read().catch(() => {})
  return { told, stop: () => stop.abort() }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await new Promise((done) => setTimeout(done, 10))
  assert.ok(holds(), 'nothing came')
}

test('it counts who waits, for how long, and what a search finds', async () => {
  const first = await open()
  desk.clock.pass(2 * 3_600)
  await open()
  const mine = await open()
  const me = (await ok('GET', '/session')).agent?.id ?? (await ok('GET', '/agents')).items[0].id
  await ok('PATCH', `/tickets/${mine}`, { assignee: me })
  const board = await ok('GET', '/reports/now')
  assert.equal(board.unassigned, 2)
  assert.deepEqual(
    board.waiting.map(({ band, count }: Board['waiting'][number]) => [band, count]),
    [
      ['hour', 1],
      ['hours', 1],
    ],
  )
  assert.equal(board.oldest.ticketId, first)
  const told = board.agents.reduce((sum: number, { tickets }: { tickets: number }) => sum + tickets, 0)
  assert.equal(told, 1)
})

test('every tile opens a list of exactly as many', async () => {
  const ids = [await open(), await open(), await open(), await open(), await open()]
  const dues = ['-1 minute', '0 minutes', '59 minutes', '60 minutes', '30 minutes']
  await ok('PATCH', `/tickets/${ids[4]}`, { status: 'resolved' })
  const { database, clock } = desk.running.desk
  for (const [index, due] of dues.entries())
    await database.rows(
      sql`update ticket set due_at = ${clock.now()}::timestamptz + ${due}::interval where id = ${ids[index]}`,
    )
  const board = await ok('GET', '/reports/now')
  assert.deepEqual([board.overdue, board.dueSoon], [1, 2])
  for (const [tile, search] of Object.entries(searchesOfNow)) {
    const found = await ok('GET', `/tickets?q=${encodeURIComponent(search)}`)
    assert.equal(found.items.length, board[tile], tile)
  }
})

test('a change is told within 300 ms, and what changes nothing on the board is not', async () => {
  const { told, stop } = await watch(desk.token)
  await until(() => told.length === 1)
  const before = told[0]?.board.unassigned ?? 0
  const started = performance.now()
  await open()
  await until(() => told.at(-1)?.board.unassigned === before + 1)
  assert.ok((told.at(-1)?.at ?? Infinity) - started < 1_000)
  await new Promise((done) => setTimeout(done, 400))
  const count = told.length
  await ok('PATCH', '/tickets/1', { addTags: ['known'] })
  await new Promise((done) => setTimeout(done, 600))
  assert.equal(told.length, count)
  stop()
})

test('who is walled in watches their own teams alone', async () => {
  const north = (await ok('POST', '/teams', { name: 'North' })).id
  const south = (await ok('POST', '/teams', { name: 'South' })).id
  const { principal, token } = await desk.addAgent('Cy', 'agent')
  await ok('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams', teams: [south] })
  const { told, stop } = await watch(token)
  await until(() => told.length > 0)
  const before = told.at(-1)?.board.unassigned ?? 0
  await open({ team: north })
  await open({ team: south })
  await until(() => told.at(-1)?.board.unassigned === before + 1)
  await new Promise((done) => setTimeout(done, 600))
  assert.equal(told.at(-1)?.board.unassigned, before + 1)
  stop()
})
