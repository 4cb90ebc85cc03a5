// Roles of the desk's own, what they let somebody do wherever a role is given, and people who are kept to brands and mailboxes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { lightAgent, rightsOf, type Action } from '#people/rights.ts'
import { run } from '../support/command.ts'
import { letter, post } from '../support/customer.ts'
import { freshDatabase } from '../support/database.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

type Agent = Awaited<ReturnType<TestDesk['addAgent']>>
let desk: TestDesk
let drop: () => Promise<unknown>
let boss: Agent
let screen: Awaited<ReturnType<typeof signedIn>>
/** A ticket of each brand; that of the second came to a mailbox of its own. */
let lampTicket: number
let mainTicket: number
let lampBrand: number
let lampMailbox: number

before(async () => {
  const database = await freshDatabase()
  drop = database.drop
  desk = await startDesk({ databaseUrl: database.url })
  boss = await desk.addAgent('Boss', 'admin')
  screen = await signedIn(desk.url, boss)
  lampBrand = (await desk.api('POST', '/brands', { name: 'Lamp' })).body.id
  lampMailbox = (await desk.api('POST', '/mailboxes', { address: 'lamp@desk.example' })).body.id
  await desk.api('PATCH', `/mailboxes/${lampMailbox}`, { brand: lampBrand })
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  mainTicket = (await desk.api('POST', '/tickets', { subject: 'Main', body: 'plumjuice', requester })).body.id
  const mail = { from: 'cy@customer.example', to: 'lamp@desk.example', subject: 'Lamp', text: 'plumjuice' }
  await post(desk.smtpPort, letter(mail), { from: mail.from, to: [mail.to] })
  lampTicket = await until(async () => (await desk.api('GET', '/tickets?q=subject:Lamp')).body.items[0]?.id)
})
after(async () => {
  await desk?.close()
  await drop?.()
})

async function newRole(name: string, actions: readonly Action[], limits?: object): Promise<number> {
  const answer = await screen.call('POST', '/roles', {
    name,
    actions,
    ...(limits === undefined ? {} : { limits }),
  })
  const body = (await answer.json()) as { id: number }
  assert.equal(answer.status, 201, JSON.stringify(body))
  return body.id
}

/** Somebody with a role of the desk's own. */
async function holder(name: string, roleId: number): Promise<Agent & { readonly call: Call }> {
  const agent = await desk.addAgent(name, 'viewer')
  const given = await screen.call('PATCH', `/agents/${agent.principal.agentId}`, { roleId })
  assert.equal(given.status, 200, await given.text())
  return { ...agent, call: desk.as(agent.token) }
}
const statusOf = async (call: Call, method: string, path: string, body?: unknown) =>
  (await call(method, path, body)).status

let light: number
test('a light agent reads and writes notes, and nothing else; why is told', async () => {
  light = await newRole('Light agent', ['ticket.note'])
  const lena = await holder('Lena', light)
  const me = (await lena.call('GET', '/session')).body
  assert.deepEqual([me.role, me.customRole.name, me.permissions], ['viewer', 'Light agent', lightAgent])
  const messages = `/tickets/${mainTicket}/messages`
  assert.equal(await statusOf(lena.call, 'POST', messages, { kind: 'note', body: 'Seen' }), 201)
  for (const [method, path, body] of [
    ['POST', messages, { kind: 'reply', body: 'Hello' }],
    ['POST', messages, { kind: 'note', body: 'x', status: 'resolved' }],
    ['POST', messages, { kind: 'note', body: 'x', change: { priority: 'high' } }],
    ['PATCH', `/tickets/${mainTicket}`, { priority: 'high' }],
    ['POST', '/tickets', { subject: 's', body: 'b', requester: { email: 'cy@customer.example' } }],
    ['POST', '/roles', { name: 'Mine', actions: [] }],
    ['PATCH', `/agents/${lena.principal.agentId}`, { role: 'admin' }],
  ] as const)
    assert.equal(
      await statusOf(lena.call, method, path, body),
      403,
      `${method} ${path} ${JSON.stringify(body)}`,
    )
  const rights = (await desk.api('GET', `/agents/${lena.principal.agentId}/rights`)).body
  const of = (action: Action) => rights.items.find((each: { action: Action }) => each.action === action)
  assert.deepEqual(rights.role, { name: 'Light agent', custom: true })
  assert.deepEqual(of('ticket.note'), { action: 'ticket.note', allowed: true, because: 'role' })
  assert.equal(of('ticket.reply').because, 'not_in_role')
  // Nobody gives work to them.
  assert.ok(
    !(await desk.api('GET', '/staff')).body.items.some(({ name }: { name: string }) => name === 'Lena'),
  )
})

test('a right to change tickets is none to give them away; taking one is', async () => {
  const mia = await holder('Mia', await newRole('No giving', ['ticket.reply']))
  const me = mia.principal.agentId
  assert.equal(await statusOf(mia.call, 'PATCH', `/tickets/${mainTicket}`, { assignee: me }), 200)
  for (const change of [{ assignee: boss.principal.agentId }, { spam: true }, { deleted: true }])
    assert.equal(
      await statusOf(mia.call, 'PATCH', `/tickets/${mainTicket}`, change),
      403,
      JSON.stringify(change),
    )
  const many = { ids: [mainTicket], change: { assignee: boss.principal.agentId } }
  assert.equal(await statusOf(mia.call, 'POST', '/tickets/bulk', many), 403)
  assert.equal(await statusOf(desk.api, 'PATCH', `/tickets/${mainTicket}`, { assignee: null }), 200)
})

test('nobody gives what they do not have, nor changes the account of who may do more', async () => {
  const nora = await holder('Nora', await newRole('Staff office', ['roles.write', 'ticket.reply']))
  const { call } = await signedIn(desk.url, nora)
  const refused = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body)
    assert.equal(answer.status, 403, `${method} ${path} ${await answer.text()}`)
  }
  const boss_ = `/agents/${boss.principal.agentId}`
  await refused('POST', '/agents', { name: 'Eve', email: 'eve@desk.example', role: 'admin' })
  await refused('POST', '/agents', { name: 'Eve', email: 'eve@desk.example', role: 'lead' })
  await refused('PATCH', `/agents/${nora.principal.agentId}`, { role: 'admin' })
  await refused('PATCH', boss_, { password: 'a password of nora' })
  await refused('PATCH', boss_, { active: false })
  await refused('POST', `${boss_}/invitation`, { invite: 'link' })
  await refused('DELETE', `${boss_}/factors`)
  await refused('DELETE', `${boss_}/sessions`)
  await refused('POST', '/roles', { name: 'All', actions: ['settings.write'] })
  await refused('PUT', '/group-access', { grants: [{ group: '*', role: 'admin', teamId: null }] })
  const added = await call('POST', '/agents', {
    name: 'Lou',
    email: 'lou@desk.example',
    role: 'viewer',
    roleId: light,
    invite: 'link',
  })
  assert.equal(added.status, 201, await added.text())
  const own = (await desk.api('GET', '/roles?q=Staff')).body.items[0]
  await refused('PATCH', `/roles/${own.id}`, { actions: [...own.actions, 'settings.write'] })
  const less = await call('PATCH', `/roles/${own.id}`, { actions: ['ticket.reply'] })
  assert.equal(less.status, 400, 'who holds it could not change it back')
  // Nor does anybody let themselves see what lies behind the wall.
  const team = (await desk.api('POST', '/teams', { name: 'Private' })).body.id
  const ola = await holder('Ola', await newRole('Accounts', ['agents.write']))
  const path = `/agents/${ola.principal.agentId}`
  assert.equal((await screen.call('PATCH', path, { sees: 'own_teams' })).status, 200)
  const own_ = await signedIn(desk.url, ola)
  for (const body of [{ sees: 'all' }, { teams: [team] }])
    assert.equal((await own_.call('PATCH', path, body)).status, 400, JSON.stringify(body))
})

test('a role changes for all who hold it at once, and signs out who loses a right; a held one stays', async () => {
  const id = await newRole('Closing', ['ticket.close'])
  const kim = await holder('Kim', id)
  const session = await signedIn(desk.url, kim)
  assert.equal((await desk.api('GET', `/agents/${kim.principal.agentId}`)).body.role, 'lead')
  const taken = await screen.call('PATCH', `/roles/${id}`, { name: 'light AGENT' })
  assert.equal(taken.status, 400)
  const changed = await screen.call('PATCH', `/roles/${id}`, { actions: ['ticket.reply'] })
  assert.equal(changed.status, 200, await changed.text())
  const now = (await desk.api('GET', `/agents/${kim.principal.agentId}`)).body
  assert.deepEqual([now.role, now.customRole.name], ['agent', 'Closing'])
  assert.equal((await session.call('GET', '/session')).status, 401)
  assert.equal((await screen.call('PATCH', `/roles/${id}`, { archived: true })).status, 409)
  await screen.call('PATCH', `/agents/${kim.principal.agentId}`, { role: 'agent' })
  assert.equal((await desk.api('GET', `/agents/${kim.principal.agentId}`)).body.customRole, null)
  assert.equal((await screen.call('PATCH', `/roles/${id}`, { archived: true })).status, 200)
  assert.equal((await screen.call('PATCH', `/agents/${kim.principal.agentId}`, { roleId: id })).status, 400)
  const audit = (await desk.api('GET', `/audit?thing=role&thingId=${id}`)).body.items
  assert.deepEqual(
    audit.map(({ action }: { action: string }) => action),
    ['role_changed', 'role_changed', 'role_added'],
  )
})

test('the last administrator stays one, whatever role is given instead', async () => {
  const everything = await newRole('Everything', rightsOf({ role: 'admin', customRole: null }))
  const bo = (await desk.api('GET', '/session')).body.id
  assert.equal((await screen.call('PATCH', `/agents/${bo}`, { roleId: everything })).status, 200)
  const last = await screen.call('PATCH', `/agents/${boss.principal.agentId}`, { roleId: everything })
  assert.equal(last.status, 400)
  assert.match(await last.text(), /last administrator/)
  // Who holds every right by a role of the desk's own goes on with the administrator's token.
  assert.equal((await desk.api('GET', '/settings')).status, 200)
  assert.equal((await screen.call('PATCH', `/agents/${bo}`, { role: 'admin' })).status, 200)
})

test('groups of the company lead to such a role, and so does the command line', async () => {
  const grants = [
    { group: '*', role: 'viewer', teamId: null },
    { group: 'Legal', role: null, roleId: light, teamId: null },
  ]
  const put = await screen.call('PUT', '/group-access', { grants })
  assert.equal(put.status, 200, await put.text())
  const scim = async (method: string, path: string, body: unknown) => {
    const answer = await fetch(`${desk.url}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as { id: string }
  }
  const user = await scim('POST', '/Users', { userName: 'ana@corp.example', displayName: 'Ana' })
  await scim('POST', '/Groups', { displayName: 'legal', members: [{ value: user.id }] })
  assert.equal((await desk.api('GET', `/agents/${user.id}`)).body.customRole?.name, 'Light agent')
  assert.equal((await screen.call('PATCH', `/roles/${light}`, { archived: true })).status, 409)

  const typed = ['user', 'add', 'pat@desk.example', '--name', 'Pat', '--json', '--role']
  const env = { DATABASE_URL: desk.config.databaseUrl ?? '', DOCKET_DATA: desk.config.dataDir }
  const added = await run([...typed, 'light agent'], env)
  assert.equal(added.code, 0, added.err)
  const pat = (await desk.api('GET', `/agents/${JSON.parse(added.out).id}`)).body
  assert.deepEqual([pat.role, pat.customRole.name], ['viewer', 'Light agent'])
})

test('who is kept to a brand or a mailbox sees no ticket of another: lists, counts, search, reports', async () => {
  const byRole = await holder(
    'Rita',
    await newRole('Lamp only', ['ticket.reply', 'rules.read', 'quarantine.read', 'audit.read'], {
      brandIds: [lampBrand],
      mailboxIds: null,
    }),
  )
  const plain = async (name: string, sight: object) => {
    const agent = await desk.addAgent(name, 'agent')
    const kept = await screen.call('PATCH', `/agents/${agent.principal.agentId}`, sight)
    assert.equal(kept.status, 200, await kept.text())
    return { ...agent, call: desk.as(agent.token) }
  }
  const byBrand = await plain('Bea', { onlyBrands: [lampBrand] })
  const byMailbox = await plain('Mo', { onlyMailboxes: [lampMailbox] })
  const nothing = await plain('Nell', { onlyBrands: [] })
  const idsIn = async (call: Call, path: string) =>
    (await call('GET', path)).body.items.map(({ id }: { id: number }) => id)
  for (const { call, principal } of [byRole, byBrand, byMailbox]) {
    assert.deepEqual(await idsIn(call, '/tickets'), [lampTicket], principal.name)
    assert.deepEqual(await idsIn(call, '/tickets?q=plumjuice'), [lampTicket])
    assert.equal(await statusOf(call, 'GET', `/tickets/${lampTicket}`), 200)
    assert.equal(await statusOf(call, 'GET', `/tickets/${mainTicket}`), 404)
    assert.equal(await statusOf(call, 'GET', '/audit'), 403)
    const { body } = await call('GET', '/tickets/counts?q=')
    assert.deepEqual([body.all.count, body.unassigned.count], [1, 1])
    const now = (await call('GET', '/reports/now')).body
    assert.equal(JSON.stringify(now), JSON.stringify((await byRole.call('GET', '/reports/now')).body))
    assert.notEqual(JSON.stringify(now), JSON.stringify((await desk.api('GET', '/reports/now')).body))
    const person = (await call('GET', '/people?q=cy')).body.items[0]
    assert.equal((await call('GET', `/people/${person.id}`)).body.ticketCount, 1)
  }
  assert.deepEqual(await idsIn(nothing.call, '/tickets'), [])
  // What is their own they see.
  const given = { assignee: byBrand.principal.agentId }
  assert.equal(await statusOf(desk.api, 'PATCH', `/tickets/${mainTicket}`, given), 200)
  assert.equal((await idsIn(byBrand.call, '/tickets')).length, 2)
  await desk.api('PATCH', `/tickets/${mainTicket}`, { assignee: null })
  assert.deepEqual(await idsIn(byBrand.call, '/tickets'), [lampTicket])
  const rights = (await desk.api('GET', `/agents/${byRole.principal.agentId}/rights`)).body
  assert.deepEqual(
    [rights.sight.brands.map(({ name }: { name: string }) => name), rights.sight.limitedBy],
    [['Lamp'], ['role']],
  )
  const audit = rights.items.find(({ action }: { action: string }) => action === 'audit.read')
  assert.equal(audit.because, 'wall')
})

test('a stream says nothing of tickets of other brands', async (t) => {
  const { token } = await holder('Sue', (await desk.api('GET', '/roles?q=Lamp')).body.items[0].id)
  const stop = new AbortController()
  t.after(() => stop.abort())
  const answer = await fetch(`${desk.url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  })
  let told = ''
  void (async () => {
    for await (const bytes of answer.body ?? []) told += Buffer.from(bytes).toString()
  })().catch(() => {})
  await until(async () => told.includes('hello'))
  await desk.api('PATCH', `/tickets/${mainTicket}`, { priority: 'high' })
  await desk.api('PATCH', `/tickets/${lampTicket}`, { priority: 'high' })
  await until(async () => told.includes(`"id":${lampTicket},`))
  assert.ok(!told.includes(`"id":${mainTicket},`), told)
})
