// The side doors between teams and to secrets: each fails closed, shown by state that did not change and by what is not told.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
/** Outside the wall, and within it. */
let outside: Call
let inside: Call
let privateTeam: number
let boss: Awaited<ReturnType<TestDesk['addAgent']>>

before(async () => {
  desk = await startDesk()
  privateTeam = (await desk.api('POST', '/teams', { name: 'Private' })).body.id
  const [out, within] = [await desk.addAgent('Otto', 'lead'), await desk.addAgent('Ina', 'lead')]
  boss = await desk.addAgent('Boss', 'admin')
  for (const [{ principal }, teams] of [
    [out, []],
    [within, [privateTeam]],
  ] as const) {
    const given = { sees: 'own_teams', teams }
    assert.equal((await desk.api('PATCH', `/agents/${principal.agentId}`, given)).status, 200)
  }
  outside = desk.as(out.token)
  inside = desk.as(within.token)
})
after(() => desk.close())

const asked = { subject: 'A question', body: 'How?', requester: { email: 'cy@customer.example', name: 'Cy' } }
const newTicket = async (): Promise<number> => (await desk.api('POST', '/tickets', asked)).body.id
const behindTheWall = (id: number) => inside('PATCH', `/tickets/${id}`, { team: privateTeam })
const seqOf = async (id: number): Promise<number> => (await desk.api('GET', `/tickets/${id}`)).body.seq
const lastOf = async (id: number, kind: string): Promise<number> =>
  (await desk.api('GET', `/tickets/${id}/events`)).body.items.findLast(
    (event: { kind: string }) => event.kind === kind,
  ).seq

/** Asks for what must be refused, and compares every ticket before and after. */
async function changesNothing(tickets: readonly number[], ask: () => ReturnType<Call>): Promise<void> {
  const earlier = await Promise.all(tickets.map(seqOf))
  assert.equal((await ask()).status, 404)
  assert.deepEqual(await Promise.all(tickets.map(seqOf)), earlier)
}

async function finished(jobId: number): Promise<void> {
  const give = Date.now() + 30_000
  while ((await outside('GET', `/jobs/${jobId}`)).body.state === 'running') {
    assert.ok(Date.now() < give, 'the job did not end')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('a mistyped word is understood by whoever sees what it means, and says nothing to others', async () => {
  const { body: hidden } = await desk.api('POST', '/tickets', {
    ...asked,
    subject: 'Nightingale plate flickers',
  })
  assert.equal((await behindTheWall(hidden.id)).status, 200)
  await until(async () => (await inside('GET', '/tickets?q=nightingale')).body.items.length === 1)
  const meant = async (call: Call, q: string) =>
    (await call('GET', `/search/spelling?q=${encodeURIComponent(q)}`)).body.q
  assert.equal(await meant(inside, 'nightnigale status:open'), null, 'what it means is new, not open')
  assert.equal(await meant(inside, 'nightnigale -status:closed palte'), 'nightingale -status:closed plate')
  assert.equal(await meant(outside, 'nightnigale'), null)
  assert.equal(await meant(inside, 'nightingale "nightnigale" tag:palte'), null)
})

test('A1: a split whose new ticket went behind a wall is not undone from outside, and is from within', async () => {
  const old = await newTicket()
  await desk.api('POST', `/tickets/${old}/messages`, { kind: 'note', body: 'And another thing' })
  const messages = (await desk.api('GET', `/tickets/${old}/messages`)).body.items
  const fresh = (await outside('POST', `/tickets/${old}/split`, { messageIds: [messages[0].id] })).body.id
  assert.equal((await behindTheWall(fresh)).status, 200)
  await inside('POST', `/tickets/${fresh}/messages`, { kind: 'note', body: 'For us alone' })
  const seq = await lastOf(old, 'ticket_split')
  await changesNothing([old, fresh], () => outside('POST', `/tickets/${old}/undo`, { seq }))
  assert.ok(!JSON.stringify((await outside('GET', `/tickets/${old}/messages`)).body).includes('For us alone'))
  assert.equal((await inside('POST', `/tickets/${old}/undo`, { seq })).status, 200)
})

test('A2: a merge into a ticket behind a wall is taken apart from within alone, by unmerge and by undo', async () => {
  const [source, target] = [await newTicket(), await newTicket()]
  const merged = await outside('POST', `/tickets/${source}/merge`, { into: target })
  assert.equal(merged.status, 200)
  assert.equal((await behindTheWall(target)).status, 200)
  const seq = await lastOf(source, 'ticket_merged_into')
  await changesNothing([source, target], () => outside('POST', `/tickets/${source}/unmerge`))
  await changesNothing([source, target], () => outside('POST', `/tickets/${source}/undo`, { seq }))
  assert.equal((await inside('POST', `/tickets/${source}/unmerge`)).status, 200)
})

test('A3: a job tells nothing of tickets that its owner does not see, then or by now', async () => {
  const [open, hidden, leaving] = [await newTicket(), await newTicket(), await newTicket()]
  await behindTheWall(hidden)
  const change = { addTags: ['swept'] }
  const job = await outside('POST', '/tickets/bulk', { ids: [open, hidden, leaving], change })
  assert.equal(job.status, 202)
  await finished(job.body.id)
  const shown = async () =>
    (await outside('GET', `/jobs/${job.body.id}/items`)).body.items.map(
      (item: { ticket: { id: number } }) => item.ticket.id,
    )
  assert.deepEqual(await shown(), [open, leaving])
  assert.deepEqual((await desk.api('GET', `/tickets/${hidden}`)).body.tags, [])
  await behindTheWall(leaving)
  assert.deepEqual(await shown(), [open], 'judged when it is read')
})

test('A3: a draft agreement tells an administrator nothing of the clocks behind a wall', async () => {
  const { principal, token } = await desk.addAgent('Ada', 'admin')
  await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams', teams: [] })
  const { body: seen } = await desk.api('POST', '/tickets', { ...asked, tags: ['drafted'] })
  const { body: hidden } = await desk.api('POST', '/tickets', { ...asked, tags: ['drafted'] })
  assert.equal((await behindTheWall(hidden.id)).status, 200)
  const target = { metric: 'first_reply', seconds: 60, calendar: 'always', warnAt: [] }
  const targets = ['low', 'normal', 'high', 'urgent'].map((priority) => ({ ...target, priority }))
  const policy = { title: 'Draft', kind: 'customer', q: 'tag:drafted', targets }
  const started = async (call: Call) => {
    const { status, body } = await call('POST', '/policies/preview', { policy })
    assert.equal(status, 200, JSON.stringify(body))
    const change = body.changes.find(({ kind }: { kind: string }) => kind === 'started')
    return [
      change.count,
      change.clocks
        .map(({ ticket }: { ticket: { id: number } }) => ticket.id)
        .toSorted((a: number, b: number) => a - b),
    ]
  }
  assert.deepEqual(await started(desk.api), [2, [seen.id, hidden.id]])
  assert.deepEqual(await started(desk.as(token)), [1, [seen.id]])
})

test('A4: the files of a split message are open where it is shown, and closed where it was', async () => {
  const upload = new FormData()
  upload.append('file', new Blob(['the secret plan']), 'plan.txt')
  const sent = await fetch(`${desk.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.token}` },
    body: upload,
  })
  const { id: file } = (await sent.json()) as { id: number }
  const old = await newTicket()
  const noted = { kind: 'note', body: 'See the file', attachments: [file] }
  const added = await desk.api('POST', `/tickets/${old}/messages`, noted)
  assert.equal(added.status, 201)
  const status = async (call: Call) => (await call('GET', `/attachments/${file}`)).status
  assert.deepEqual([await status(outside), await status(inside)], [200, 200])
  const last = (await desk.api('GET', `/tickets/${old}/messages`)).body.items.at(-1)
  const fresh = (await desk.api('POST', `/tickets/${old}/split`, { messageIds: [last.id] })).body.id
  await behindTheWall(fresh)
  assert.deepEqual([await status(outside), await status(inside)], [404, 200])
})

test('A5: events name no ticket that is out of the reader’s sight', async () => {
  const [source, target] = [await newTicket(), await newTicket()]
  await outside('POST', `/tickets/${source}/merge`, { into: target })
  await behindTheWall(target)
  const names = async (call: Call) =>
    (await call('GET', `/tickets/${source}/events`)).body.items.flatMap((event: { names: object }) =>
      Object.keys(event.names),
    )
  assert.ok(!(await names(outside)).includes(`ticket:${target}`))
  assert.ok((await names(inside)).includes(`ticket:${target}`))
})

test('A6: mail on its way out for a ticket behind a wall is not listed, read or sent again from outside', async () => {
  const id = await newTicket()
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'Between us' })
  await behindTheWall(id)
  const mails = async (call: Call) => (await call('GET', `/outbox?ticketId=${id}`)).body.items
  const [mail] = await mails(inside)
  assert.deepEqual(await mails(outside), [])
  assert.equal((await inside('GET', `/outbox/${mail.id}`)).status, 200)
  assert.equal((await outside('GET', `/outbox/${mail.id}`)).status, 404)
  assert.equal((await outside('POST', `/outbox/${mail.id}/retry`)).status, 404)
})

test('A7: held mail about a ticket behind a wall is neither shown nor settled from outside', async () => {
  const id = await newTicket()
  const raw = 'From: <>\r\nSubject: held\r\n\r\nx'
  await desk.api('POST', '/inbound/email', new TextEncoder().encode(raw), {
    'content-type': 'message/rfc822',
  })
  const list = async (call: Call) => (await call('GET', '/quarantine')).body.items
  const give = Date.now() + 30_000
  while ((await list(desk.api)).length === 0) {
    assert.ok(Date.now() < give, 'the mail was not held')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const [held] = await list(desk.api)
  await desk.running.desk.database.rows(sql`update quarantine set ticket_id = ${id} where id = ${held.id}`)
  assert.equal((await list(outside)).length, 1)
  await behindTheWall(id)
  assert.deepEqual(await list(outside), [])
  assert.equal((await outside('GET', `/quarantine/${held.id}`)).status, 404)
  assert.equal((await outside('POST', `/quarantine/${held.id}/discard`)).status, 404)
  const many = await outside('POST', '/quarantine/bulk', { ids: [held.id], action: 'discard' })
  assert.equal(many.body.done, 0)
  assert.equal((await list(inside)).length, 1, 'still held')
  assert.equal((await inside('POST', `/quarantine/${held.id}/discard`)).status, 204)
})

test('A8: an open stream ends with the sign-out and with the suspension of who reads it', async () => {
  const reader = await desk.addAgent('Rita', 'agent')
  for (const end of [
    (cookie: string) =>
      fetch(`${desk.url}/api/v1/session`, { method: 'DELETE', headers: { cookie, 'x-docket-csrf': '1' } }),
    () => desk.api('PATCH', `/agents/${reader.principal.agentId}`, { active: false }),
  ]) {
    const session = await fetch(`${desk.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-docket-csrf': '1' },
      body: JSON.stringify({ email: reader.email, password: reader.password }),
    })
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
    const signal = AbortSignal.timeout(15_000)
    const stream = await fetch(`${desk.url}/api/v1/stream`, { headers: { cookie }, signal })
    assert.equal(stream.status, 200)
    await end(cookie)
    const ended = await stream.text().then(
      () => 'ended',
      (error: Error) => error.name,
    )
    assert.notEqual(ended, 'TimeoutError')
  }
})

test('an answer is not given again under its Idempotency-Key when the ticket has gone out of sight', async () => {
  const key = { 'idempotency-key': 'made-outside' }
  const made = await outside('POST', '/tickets', asked, key)
  const noteKey = { 'idempotency-key': 'noted-outside' }
  const note = () =>
    outside('POST', `/tickets/${made.body.id}/messages`, { kind: 'note', body: 'Mine' }, noteKey)
  assert.equal((await note()).status, 201)
  assert.deepEqual((await outside('POST', '/tickets', asked, key)).body, made.body)
  assert.equal((await note()).status, 201)
  await behindTheWall(made.body.id)
  assert.equal((await outside('POST', '/tickets', asked, key)).status, 404)
  assert.equal((await note()).status, 404)
})

test('A9: an answer with a secret is told once and kept nowhere', async () => {
  const screen = await signedIn(desk.url, boss)
  const wanted: [string, object, string][] = [
    [
      `/agents/${(await desk.addAgent('New', 'agent')).principal.agentId}/invitation`,
      { invite: 'link' },
      'url',
    ],
    ['/tokens', { name: 'For a program', scopes: ['tickets:read'] }, 'token'],
    ['/webhooks', { key: 'hook', name: 'Hook', url: 'http://127.0.0.1:9/hook' }, 'secret'],
  ]
  for (const [path, body, secret] of wanted) {
    const key = { 'idempotency-key': `once ${path}` }
    const first = await screen.call('POST', path, body, key)
    const answer = (await first.json()) as Record<string, string>
    assert.equal(first.status, 201, `${path} ${JSON.stringify(answer)}`)
    const told = answer[secret] ?? ''
    assert.ok(told.length > 15, path)
    const again = await screen.call('POST', path, body, key)
    const said = (await again.json()) as { refusal: string }
    assert.deepEqual([again.status, said.refusal], [409, 'told_once'], path)
    const kept = await desk.running.desk.database.rows(
      sql`select 1 from idempotency where strpos(response::text, ${told}) > 0`,
    )
    assert.deepEqual(kept, [], path)
  }
})

test('A10: the desk’s scope makes no agent, and no token ever gives a password', async () => {
  const screen = await signedIn(desk.url, boss)
  const tokenWith = async (scope: string): Promise<Call> => {
    const made = await screen.call('POST', '/tokens', { name: scope, scopes: [scope] })
    return desk.as(((await made.json()) as { token: string }).token)
  }
  const someone = { name: 'Someone', email: 'someone@desk.example', role: 'admin' }
  const names = async () =>
    (await desk.api('GET', '/agents?limit=200')).body.items.map(({ email }: { email: string }) => email)
  const forDesk = await tokenWith('desk:write')
  assert.equal((await forDesk('POST', '/agents', someone)).status, 403)
  assert.equal((await forDesk('POST', '/teams', { name: 'By a token' })).status, 403)
  const forAgents = await tokenWith('agents:write')
  const password = 'a long password of theirs'
  assert.equal((await forAgents('POST', '/agents', { ...someone, password })).status, 403)
  assert.ok(!(await names()).includes(someone.email))
  const added = await forAgents('POST', '/agents', someone)
  assert.deepEqual([added.status, added.body.invitation], [201, null])
  const link = { invite: 'link' }
  assert.equal((await forAgents('POST', `/agents/${added.body.id}/invitation`, link)).status, 403)
  assert.equal((await forAgents('PATCH', `/agents/${added.body.id}`, { password })).status, 403)
  assert.equal((await signedIn(desk.url, { email: someone.email, password })).status, 401)
  const forTeams = await tokenWith('teams:write')
  assert.equal((await forTeams('POST', '/teams', { name: 'By a token' })).status, 201)
})

test('answers of the API are stored nowhere on the way', async () => {
  for (const path of ['/tickets', '/tickets/0', '/session'])
    assert.equal((await desk.api('GET', path)).headers.get('cache-control'), 'no-store', path)
})

test('figures are for this machine, and for a token from anywhere else', async () => {
  const figures = (headers: Record<string, string>) => fetch(`${desk.url}/metrics`, { headers })
  const far = { 'x-forwarded-for': '203.0.113.9' }
  assert.equal((await figures({})).status, 200)
  assert.equal((await figures(far)).status, 401)
  assert.equal((await figures({ ...far, authorization: `Bearer ${desk.token}` })).status, 200)
})

test('whoever finds a hole is told where to report it', async () => {
  const found = await fetch(`${desk.url}/.well-known/security.txt`)
  assert.equal(found.headers.get('content-type'), 'text/plain; charset=utf-8')
  const text = await found.text()
  assert.match(text, /^Contact: mailto:/m)
  assert.ok((/^Expires: (.+)$/m.exec(text)?.[1] ?? '') > desk.clock.now())
})
