// The live feed between teams, over two servers on one database: what is told of a ticket, and to whom, at this moment.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tell, type Notice } from '#store/listen.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

type Agent = Awaited<ReturnType<TestDesk['addAgent']>>
let desk: TestDesk
let second: TestDesk
let outsider: Agent
let insider: Agent
let team: number

before(async () => {
  desk = await startDesk()
  second = await startDesk({ databaseUrl: desk.config.databaseUrl ?? '', work: false, isNew: true })
  team = (await desk.api('POST', '/teams', { name: 'Private' })).body.id
  outsider = await desk.addAgent('Otto', 'lead')
  insider = await desk.addAgent('Ina', 'lead')
  for (const [{ principal }, teams] of [
    [outsider, []],
    [insider, [team]],
  ] as const)
    await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams', teams })
})
after(async () => {
  await second.close()
  await desk.close()
})

const asked = { subject: 'A question', body: 'How?', requester: { email: 'cy@customer.example', name: 'Cy' } }
const newTicket = async (): Promise<number> => (await desk.api('POST', '/tickets', asked)).body.id

type Told = { readonly event: string; readonly id?: number | null; readonly ticketId?: number; kind?: string }

/** An open stream on one of the servers, and what it has said so far. */
async function listenOn({ url }: TestDesk, { token }: Agent) {
  const stop = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${url}/api/v1/stream`, { headers, signal: stop.signal })
  assert.equal(answer.status, 200)
  const told: Told[] = []
  let rest = ''
  const reading = (async () => {
    for await (const bytes of answer.body ?? []) {
      const parts = (rest + Buffer.from(bytes).toString()).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const data = /^data: (.*)$/m.exec(part)?.[1]
        const event = /^event: (.*)$/m.exec(part)?.[1] ?? ''
        if (data !== undefined) told.push({ event, ...(JSON.parse(data) as object) })
      }
    }
  })().then(
    () => 'ended',
    () => 'ended',
  )
  await until(async () => told.some(({ event }) => event === 'hello'))
  const names = (id: number) =>
    told.filter((each) => (each.kind === 'ticket' || BESIDE.has(each.kind ?? '')) && each.id === id).length +
    told.filter((each) => each.ticketId === id).length
  return { told, names, reading, stop: () => stop.abort() }
}
const BESIDE = new Set(['draft', 'checklist', 'mentions', 'waiting'])

const within = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('A8: a stream falls silent about a ticket when the wall is raised, also from another server', async (t) => {
  const id = await newTicket()
  const [here, there, inside] = [
    await listenOn(desk, outsider),
    await listenOn(second, outsider),
    await listenOn(second, insider),
  ]
  t.after(() => [here, there, inside].forEach(({ stop }) => stop()))
  await desk.api('PATCH', `/tickets/${id}`, { priority: 'high' })
  await until(async () => here.names(id) > 0 && there.names(id) > 0)
  await desk.api('PATCH', `/tickets/${id}`, { team })
  await within(300)
  const [before, beforeThere, seen] = [here.names(id), there.names(id), inside.names(id)]
  await desk.api('PATCH', `/tickets/${id}`, { priority: 'low' })
  await until(async () => inside.names(id) > seen)
  await within(300)
  assert.deepEqual([here.names(id), there.names(id)], [before, beforeThere])
})

/** One of each kind that bears a ticket's number, as the desk tells it. */
const notices = (id: number): Record<string, (call: Call) => Promise<unknown>> => ({
  ticket: (call) => call('PATCH', `/tickets/${id}`, { priority: 'urgent' }),
  'presence, and who writes there': (call) =>
    call('PUT', '/presence', { tab: 'tab-of-ina', ticketId: id, typing: 'reply' }),
  draft: (call) => call('PUT', `/tickets/${id}/draft?mode=reply`, { body: 'Half' }),
  checklist: (call) => call('POST', `/tickets/${id}/checklist`, { text: 'Call' }),
  mentions: (call) =>
    call('POST', `/tickets/${id}/messages`, {
      kind: 'note',
      body: 'See @Otto',
      mentions: [outsider.principal.agentId, insider.principal.agentId],
    }),
  waiting: async () => tell(desk.running.desk.database, { changed: 'waiting', id } satisfies Notice),
})

test('A8: no kind of notice names a ticket behind a wall, on either server', async (t) => {
  const id = await newTicket()
  await desk.api('PATCH', `/tickets/${id}`, { team })
  const readers = [await listenOn(desk, outsider), await listenOn(second, outsider)]
  const inside = [await listenOn(desk, insider), await listenOn(second, insider)]
  t.after(() => [...readers, ...inside].forEach(({ stop }) => stop()))
  for (const [kind, make] of Object.entries(notices(id))) {
    const heard = inside.map(({ names }) => names(id))
    await make(kind === 'mentions' ? desk.api : desk.as(insider.token))
    await until(async () => inside.every(({ names }, index) => names(id) > (heard[index] ?? 0)))
    await within(100)
    for (const { names } of readers) assert.equal(names(id), 0, kind)
  }
})

test('A8: jobs, mails and held mail are told to who is walled in without their numbers', async (t) => {
  const reader = await listenOn(second, outsider)
  const whole = await listenOn(second, await desk.addAgent('Wendy', 'lead'))
  t.after(() => [reader, whole].forEach(({ stop }) => stop()))
  for (const changed of ['jobs', 'outbox', 'quarantine', 'offers'] as const) {
    tell(desk.running.desk.database, { changed, id: 4_711 })
    const of = ({ told }: { told: Told[] }) => told.find(({ kind }) => kind === changed)
    await until(async () => of(reader) !== undefined && of(whole) !== undefined)
    assert.deepEqual([of(reader)?.id, of(whole)?.id], [null, 4_711], changed)
  }
})

test('A8: who leaves the team hears nothing more of its tickets within two seconds, on any server', async (t) => {
  const id = await newTicket()
  await desk.api('PATCH', `/tickets/${id}`, { team })
  const leaver = await desk.addAgent('Lena', 'agent')
  const path = `/agents/${leaver.principal.agentId}`
  await desk.api('PATCH', path, { sees: 'own_teams', teams: [team] })
  const [here, there] = [await listenOn(desk, leaver), await listenOn(second, leaver)]
  t.after(() => [here, there].forEach(({ stop }) => stop()))
  await desk.api('PATCH', `/tickets/${id}`, { priority: 'high' })
  await until(async () => here.names(id) > 0 && there.names(id) > 0)
  await desk.api('PATCH', path, { teams: [] })
  await within(2_000)
  const heard = [here.names(id), there.names(id)]
  await desk.api('PATCH', `/tickets/${id}`, { priority: 'low' })
  await within(500)
  assert.deepEqual([here.names(id), there.names(id)], heard)
})

test('A8: suspension and sign-out end the stream within two seconds on the other server', async () => {
  const gone = await desk.addAgent('Gina', 'agent')
  const byToken = await listenOn(second, gone)
  const startedAt = Date.now()
  await desk.api('PATCH', `/agents/${gone.principal.agentId}`, { active: false })
  await byToken.reading
  assert.ok(Date.now() - startedAt < 2_000, `suspension took ${Date.now() - startedAt} ms`)

  const leaving = await desk.addAgent('Sina', 'agent')
  const screen = await signedIn(desk.url, leaving)
  assert.equal(screen.status, 200)
  const stream = await fetch(`${second.url}/api/v1/stream`, { headers: { cookie: screen.cookie } })
  assert.equal(stream.status, 200)
  const outAt = Date.now()
  assert.equal((await screen.call('DELETE', '/session')).status, 204)
  await stream.text().catch(() => '')
  assert.ok(Date.now() - outAt < 2_000, `the sign-out took ${Date.now() - outAt} ms`)
})
