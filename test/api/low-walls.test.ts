// Smaller side doors, each by name: counts, replies taken back, remembered answers, names, addresses of webhooks, lists of senders.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { housekeeping } from '#desk/housekeep.ts'
import { sql } from '#store/sql.ts'
import { startDesk, type Call, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
let outside: Call
let inside: Call
let agents: Record<'otto' | 'ina' | 'lea', Awaited<ReturnType<TestDesk['addAgent']>>>
let team: number
let adminId: number

before(async () => {
  desk = await startDesk({ work: false })
  adminId = (await desk.api('GET', '/session')).body.id
  team = (await desk.api('POST', '/teams', { name: 'Private' })).body.id
  agents = {
    otto: await desk.addAgent('Otto', 'agent'),
    ina: await desk.addAgent('Ina', 'agent'),
    lea: await desk.addAgent('Lea', 'lead'),
  }
  for (const [{ principal }, teams] of [
    [agents.otto, []],
    [agents.ina, [team]],
  ] as const)
    await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams', teams })
  outside = desk.as(agents.otto.token)
  inside = desk.as(agents.ina.token)
})
after(() => desk.close())

const asked = { subject: 'A question', body: 'How?', requester: { email: 'cy@customer.example', name: 'Cy' } }
const newTicket = async (more: object = {}): Promise<number> =>
  (await desk.api('POST', '/tickets', { ...asked, ...more })).body.id

test('low: tags and people count the tickets that the reader sees', async () => {
  const id = await newTicket({ tags: ['counted'] })
  const requester = (await desk.api('GET', `/tickets/${id}`)).body.requester.id
  const counts = async (call: Call) => [
    (await call('GET', '/tags?q=counted')).body.items[0].ticketCount,
    (await call('GET', `/people/${requester}`)).body.ticketCount,
  ]
  assert.deepEqual(
    [await counts(outside), await counts(inside)],
    [
      [1, 1],
      [1, 1],
    ],
  )
  await desk.api('PATCH', `/tickets/${id}`, { team })
  assert.deepEqual(
    [await counts(outside), await counts(inside)],
    [
      [0, 0],
      [1, 1],
    ],
  )
})

test('low: a reply that was taken back is read by its number by nobody', async () => {
  const id = await newTicket()
  const screen = desk.as(agents.lea.token)
  const soon = new Date(Date.parse(desk.clock.now()) + 3_600_000).toISOString()
  const reply = { kind: 'reply', body: 'Regretted', sendAt: soon }
  const { id: messageId } = (await screen('POST', `/tickets/${id}/messages`, reply)).body
  const path = `/tickets/${id}/messages/${messageId}`
  assert.equal((await desk.api('GET', path)).status, 200)
  assert.equal((await screen('POST', `${path}/undo-send`)).status, 200)
  for (const each of [path, `${path}/frame`, `${path}/source`, `/tickets/${id}/messages?before=${messageId}`])
    assert.notEqual((await desk.api('GET', each)).status, 200, each)
  const forward = { subject: 'S', to: ['x@supplier.example'], body: 'See', forward: messageId }
  assert.notEqual((await desk.api('POST', `/tickets/${id}/side-conversations`, forward)).status, 201)
})

test('low: an answer is not given again when any ticket that it names has gone out of sight', async () => {
  const [here, other] = [await newTicket(), await newTicket()]
  const key = { 'idempotency-key': 'linked-once' }
  const link = () => outside('POST', `/tickets/${here}/links`, { type: 'relates', ticketId: other }, key)
  const first = await link()
  assert.equal(first.status, 201)
  assert.deepEqual((await link()).body, first.body)
  await desk.api('PATCH', `/tickets/${other}`, { team })
  assert.equal((await link()).status, 404)
  const played = await newTicket({ tags: ['played'] })
  const next = { 'idempotency-key': 'played-once' }
  const play = () => outside('POST', '/tickets/next', { q: 'tag:played', skip: [] }, next)
  assert.equal((await play()).body.ticket?.id, played)
  await desk.api('PATCH', `/tickets/${played}`, { team })
  assert.equal((await play()).status, 404)
})

test('remembered answers are forgotten after a day', async () => {
  const key = { 'idempotency-key': 'for-a-day' }
  await desk.api('POST', '/tickets', asked, key)
  const kept = async () =>
    (await desk.running.desk.database.rows(sql`select from idempotency where key = 'for-a-day'`)).length
  desk.clock.pass(86_000)
  await housekeeping(desk.running.desk)()
  assert.equal(await kept(), 1)
  desk.clock.pass(500)
  await housekeeping(desk.running.desk)()
  assert.equal(await kept(), 0)
})

test('low: agents rename neither administrators nor each other, whoever they are told to be', async () => {
  const name = async (id: number) => (await desk.api('GET', `/people/${id}`)).body.name
  for (const call of [outside, inside, desk.as(agents.lea.token)])
    for (const id of [adminId, agents.otto.principal.agentId, agents.lea.principal.agentId]) {
      const before = await name(id)
      for (const change of [{ name: 'Mallory' }, { notes: 'x' }, { phone: '1' }])
        assert.equal((await call('PATCH', `/people/${id}`, change)).status, 403)
      assert.equal(await name(id), before)
    }
  const requester = (await desk.api('GET', '/people?q=cy%40customer')).body.items[0].id
  assert.equal((await outside('PATCH', `/people/${requester}`, { name: 'Cy Young' })).status, 200)
  assert.equal((await desk.api('PATCH', `/people/${adminId}`, { phone: '1' })).status, 200)
})

test('low: nobody calls themselves what reads as a colleague or as the desk', async () => {
  const screen = await signedIn(desk.url, agents.otto)
  const { deskName } = (await desk.api('GET', '/settings')).body
  const own = agents.otto.principal.agentId
  for (const name of [
    'Lea',
    'LEA',
    'Lеа',
    'L\u200bea',
    ' l e a ',
    'Bo',
    'В0',
    deskName,
    deskName.toUpperCase(),
  ]) {
    assert.equal((await screen.call('PATCH', '/session', { name })).status, 400, name)
    assert.equal((await screen.call('PATCH', `/people/${own}`, { name })).status, 400, name)
  }
  assert.equal((await screen.call('PATCH', '/session', { name: 'Otto Lea' })).status, 200)
  assert.equal((await screen.call('PATCH', '/session', { name: 'Otto' })).status, 200)
})

test('a picture of one’s own is seen by colleagues alone, and only what is a picture is one', async () => {
  const screen = await signedIn(desk.url, agents.otto)
  const upload = async (token: string, file: File) => {
    const form = new FormData()
    form.set('file', file)
    const headers = { authorization: `Bearer ${token}` }
    const sent = await fetch(`${desk.url}/api/v1/attachments`, { method: 'POST', headers, body: form })
    return ((await sent.json()) as { id: number }).id
  }
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
    'base64',
  )
  const picture = await upload(agents.otto.token, new File([png], 'me.png'))
  const page = await upload(
    agents.otto.token,
    new File(['<svg onload="x()">'], 'me.png', { type: 'image/png' }),
  )
  const theirs = await upload(agents.lea.token, new File([png], 'lea.png'))
  for (const none of [page, theirs, 0])
    assert.equal((await screen.call('PATCH', '/session', { picture: none })).status, 400)
  assert.equal((await screen.call('PATCH', '/session', { picture })).status, 200)
  const own = agents.otto.principal.agentId
  const { picture: address } = (await desk.api('GET', `/agents/${own}`)).body
  const headers = { authorization: `Bearer ${agents.lea.token}` }
  const seen = await fetch(desk.url + address, { headers })
  assert.deepEqual([seen.status, seen.headers.get('content-type')], [200, 'image/png'])
  assert.equal((await fetch(desk.url + address)).status, 401)
  assert.equal((await screen.call('PATCH', '/session', { picture: null })).status, 200)
  assert.equal((await fetch(desk.url + address, { headers })).status, 404)
})

test('low: the address of a webhook is for those who may change it', async () => {
  const url = 'http://127.0.0.1:9/a-secret-path'
  assert.equal((await desk.api('POST', '/webhooks', { key: 'hook', name: 'Hook', url })).status, 201)
  for (const call of [outside, desk.as(agents.lea.token)]) {
    const { status, body } = await call('GET', '/webhooks')
    assert.deepEqual([status, body.items[0].name, body.items[0].url], [200, 'Hook', null])
    assert.ok(!JSON.stringify((await call('GET', '/rulebook/vocabulary')).body).includes('a-secret-path'))
  }
  assert.equal((await desk.api('GET', '/webhooks')).body.items[0].url, url)
})

test('low: a whole domain is listed by those who lead, and never blocked where a mailbox of the desk lies', async () => {
  const rule = (call: Call, pattern: string, verdict = 'block') =>
    call('POST', '/sender-rules', { pattern, verdict })
  assert.equal((await rule(outside, 'spam@bad.example')).status, 201)
  assert.equal((await rule(outside, '@bad.example')).status, 403)
  assert.equal((await rule(outside, '@bad.example', 'allow')).status, 403)
  const listed = await rule(desk.as(agents.lea.token), '@bad.example')
  assert.equal(listed.status, 201)
  assert.equal((await outside('DELETE', `/sender-rules/${listed.body.id}`)).status, 403)
  assert.equal((await desk.api('GET', '/sender-rules?q=%40bad.example')).body.items.length, 2, 'still listed')
  const [{ address }] = (await desk.api('GET', '/mailboxes')).body.items
  const domain = address.slice(address.indexOf('@'))
  for (const pattern of [domain, domain.toUpperCase(), address])
    assert.equal((await rule(desk.api, pattern)).status, 400, pattern)
  assert.equal((await rule(desk.api, `colleague${domain}`)).status, 201)
})

test('what shows or sends the whole desk is not for an administrator who sees a part of it', async () => {
  const part = await desk.addAgent('Parta', 'admin')
  await desk.api('PATCH', `/agents/${part.principal.agentId}`, { sees: 'own_teams' })
  const call = desk.as(part.token)
  for (const path of ['/mails', '/mails/1', '/audit', '/webhooks/1/deliveries'])
    assert.equal((await call('GET', path)).status, 403, path)
  assert.equal((await call('GET', '/mail-policy')).status, 200)
})

test('a link to a file opens it for one agent while that agent sees it', async () => {
  const id = await newTicket()
  const form = new FormData()
  form.append('file', new Blob(['the plan']), 'plan.txt')
  const headers = { authorization: `Bearer ${agents.otto.token}` }
  const sent = await fetch(`${desk.url}/api/v1/attachments`, { method: 'POST', headers, body: form })
  const file = (await sent.json()) as { id: number }
  await outside('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'See', attachments: [file.id] })
  const linkFor = async (call: Call): Promise<string> =>
    (await call('GET', `/tickets/${id}/messages`)).body.items.at(-1).attachments[0].url
  const [his, hers] = [await linkFor(outside), await linkFor(inside)]
  const bare = async (path: string) => (await fetch(desk.url + path)).status
  assert.deepEqual([await bare(his), await bare(hers)], [200, 200])
  const { principal } = agents.ina
  assert.equal(await bare(his.replace(/for=\d+/, `for=${principal.agentId}`)), 404, 'a link is for one')
  assert.equal(await bare(his.replace(/for=\d+&/, '')), 404)
  const tagged = await fetch(desk.url + his)
  const again = await fetch(desk.url + his, {
    headers: { 'if-none-match': tagged.headers.get('etag') ?? '' },
  })
  assert.equal(again.status, 304)
  await desk.api('PATCH', `/tickets/${id}`, { team })
  assert.deepEqual([await bare(his), await bare(hers)], [404, 200])
  const lent = await fetch(desk.url + hers, { headers })
  assert.equal(lent.status, 404, 'who is signed in is asked for themselves')
  await desk.api('PATCH', `/agents/${principal.agentId}`, { active: false })
  assert.equal(await bare(hers), 404)
})

test('a rule mails nobody what the app does not show them: neither a follower who lost sight, nor whom it names', async () => {
  const named = (agent: { principal: { agentId: number } }) => `agent:${agent.principal.agentId}` as const
  await publishRules(
    desk,
    [
      aRule(1, {
        if: { field: 'priority', op: 'is', value: 'urgent' },
        do: [{ notify: { template: 'alert', to: ['followers', named(agents.otto), named(agents.lea)] } }],
      }),
    ],
    [{ key: 'alert', subject: 'Look', body: 'Look at {{ticket.subject}}' }],
  )
  const mailed = async (id: number) =>
    (
      await desk.running.desk.database.rows<{ email: string }>(
        sql`select to_email as email from outbox where ticket_id = ${id} and to_agent order by 1`,
      )
    ).map(({ email }) => email)
  const follow = (id: number) =>
    desk.api('POST', `/tickets/${id}/participants`, {
      role: 'follower',
      personId: agents.otto.principal.agentId,
    })
  const [open, hidden] = [await newTicket(), await newTicket()]
  for (const id of [open, hidden]) await follow(id)
  await desk.api('PATCH', `/tickets/${hidden}`, { team })
  for (const id of [open, hidden]) await desk.api('PATCH', `/tickets/${id}`, { priority: 'urgent' })
  assert.deepEqual(await mailed(open), ['lea@desk.example', 'otto@desk.example'])
  assert.deepEqual(await mailed(hidden), ['lea@desk.example'])
})
