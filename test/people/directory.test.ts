// A directory (SCIM 2.0) keeps accounts up to date, in the shapes that Entra ID and Okta send.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createToken } from '#people/access-store.ts'
import { table } from '../support/access-table.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
let token: string
before(async () => {
  desk = await startDesk()
  const boss = await signedIn(desk.url, await desk.addAgent('Boss', 'admin'))
  const made = await boss.call('POST', '/tokens', { name: 'Directory', scopes: ['scim'] })
  token = ((await made.json()) as { token: string }).token
  const team = (await desk.api('POST', '/teams', { name: 'Billing' })).body
  const grants = [
    { group: '*', role: 'viewer', teamId: null },
    { group: 'Support', role: 'agent', teamId: null },
    { group: 'Support', role: null, teamId: team.id },
  ]
  assert.equal((await boss.call('PUT', '/group-access', { grants })).status, 200)
})
after(() => desk?.close())

async function scim(method: string, path: string, body?: unknown, secret = token) {
  const answer = await fetch(`${desk.url}/scim/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  assert.ok(text === '' || answer.headers.get('content-type')?.startsWith('application/scim+json'), text)
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as any) } // eslint-disable-line typescript/no-explicit-any
}
const patchOf = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
})
const find = (filter: string) => scim('GET', `/Users?filter=${encodeURIComponent(filter)}`)
const agentOf = async (id: string) => (await desk.api('GET', `/agents/${id}`)).body

let ana: string
test('as Entra ID does: looks, makes, patches with "Replace" and "False"', async () => {
  assert.deepEqual((await find('userName eq "ana@corp.example"')).body.totalResults, 0)
  const made = await scim('POST', '/Users', {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    externalId: 'ana-oid',
    userName: 'Ana@corp.example',
    active: true,
    emails: [{ primary: true, type: 'work', value: 'Ana.Lima@corp.example' }],
    name: { formatted: 'Ana Lima', givenName: 'Ana', familyName: 'Lima' },
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Care' },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  ana = made.body.id
  assert.deepEqual(
    [made.body.userName, made.body.externalId, made.body.emails[0].value, made.body.active],
    ['Ana@corp.example', 'ana-oid', 'ana.lima@corp.example', true],
  )
  assert.equal((await agentOf(ana)).role, 'viewer')
  assert.equal((await find('userName eq "ANA@corp.example"')).body.Resources[0].id, ana)
  assert.equal((await find('externalId eq "ana-oid" and active eq true')).body.totalResults, 1)
  const urn = 'urn:ietf:params:scim:schemas:core:2.0:User'
  assert.equal((await find(`${urn}:USERNAME eq "ana@CORP.example"`)).body.totalResults, 1)
  const twice = await scim('POST', '/Users', { userName: 'ana@corp.example' })
  assert.deepEqual([twice.status, twice.body.scimType], [409, 'uniqueness'])

  const off = await scim('PATCH', `/Users/${ana}`, patchOf({ op: 'Replace', path: 'active', value: 'False' }))
  assert.deepEqual([off.status, off.body.active, (await agentOf(ana)).active], [200, false, false])
  const on = await scim(
    'PATCH',
    `/Users/${ana}`,
    patchOf(
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'ana@corp.example' },
      { op: 'Replace', path: `${urn}:NAME.familyName`, value: 'Lima Souza' },
      { op: 'Replace', value: { active: 'True', 'name.givenName': 'Anna', 'urn:x:nothing:known': 1 } },
    ),
  )
  assert.deepEqual(
    [on.body.active, on.body.displayName, on.body.emails[0].value],
    [true, 'Anna Lima Souza', 'ana@corp.example'],
  )
})

test('as Okta does: a patch without a path, a whole PUT, groups with members', async () => {
  const off = await scim('PATCH', `/Users/${ana}`, patchOf({ op: 'replace', value: { active: false } }))
  assert.equal(off.body.active, false)
  const put = await scim('PUT', `/Users/${ana}`, {
    ...off.body,
    active: true,
    name: { givenName: 'Ana', familyName: 'Lima' },
    displayName: 'Ana Lima',
  })
  assert.deepEqual([put.body.active, put.body.displayName], [true, 'Ana Lima'])

  const group = (await scim('POST', '/Groups', { displayName: 'Support', members: [] })).body
  const joined = await scim(
    'PATCH',
    `/Groups/${group.id}`,
    patchOf({ op: 'add', path: 'members', value: [{ value: ana, display: 'Ana' }] }),
  )
  assert.deepEqual(
    joined.body.members.map(({ value }: { value: string }) => value),
    [ana],
  )
  const agent = await agentOf(ana)
  assert.deepEqual(
    [agent.role, agent.teams.map(({ name }: { name: string }) => name)],
    ['agent', ['Billing']],
  )
  const listed = await scim(
    'GET',
    `/Groups?filter=${encodeURIComponent('displayName eq "support"')}&excludedAttributes=members`,
  )
  assert.deepEqual([listed.body.totalResults, 'members' in listed.body.Resources[0]], [1, false])
  const renamed = await scim(
    'PATCH',
    `/Groups/${group.id}`,
    patchOf({ op: 'replace', value: { id: group.id, displayName: 'Helpers' } }),
  )
  assert.equal(renamed.body.displayName, 'Helpers')
  assert.equal((await agentOf(ana)).role, 'viewer')
  await scim(
    'PATCH',
    `/Groups/${group.id}`,
    patchOf({ op: 'Replace', path: 'displayName', value: 'Support' }),
  )
  assert.equal((await agentOf(ana)).role, 'agent')
  await scim('PATCH', `/Groups/${group.id}`, patchOf({ op: 'remove', path: `members[value eq "${ana}"]` }))
  assert.deepEqual([(await agentOf(ana)).role, (await agentOf(ana)).teams], ['viewer', []])
})

test('who is deactivated is out within seconds: session, token, stream; and their tickets are given back', async () => {
  const zoe = await desk.addAgent('Zoe', 'agent')
  const id = zoe.principal.agentId
  const session = await signedIn(desk.url, zoe)
  const ticket = (
    await desk.api('POST', '/tickets', {
      subject: 'Hers',
      body: 'x',
      requester: { email: 'c@customer.example' },
      assignee: id,
    })
  ).body
  const stream = await fetch(`${desk.url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${zoe.token}` },
  })
  const ended = stream.text().then(
    () => true,
    () => true,
  )
  assert.equal((await find(`userName eq "${zoe.email}"`)).body.Resources[0].id, String(id))
  assert.equal((await scim('DELETE', `/Users/${id}`)).status, 204)
  assert.equal((await session.call('GET', '/session')).status, 401)
  assert.equal((await desk.as(zoe.token)('GET', '/session')).status, 401)
  assert.equal(await ended, true)
  await until(async () =>
    (await desk.api('GET', `/tickets/${ticket.id}`)).body.assignee === null ? true : null,
  )
  assert.equal((await scim('GET', `/Users/${id}`)).status, 404)
  const back = await scim('POST', '/Users', { userName: zoe.email, displayName: 'Zoe', active: true })
  assert.deepEqual([back.status, back.body.id, back.body.active], [201, String(id), true])
})

test('what cannot be done says so in the words of the RFC, and nobody else may', async () => {
  const odd = await find('userName co "a"')
  assert.deepEqual(
    [odd.status, odd.body.scimType, odd.body.schemas],
    [400, 'invalidFilter', ['urn:ietf:params:scim:api:messages:2.0:Error']],
  )
  assert.equal(
    (await scim('PATCH', `/Users/${ana}`, patchOf({ op: 'explode', path: 'active' }))).body.scimType,
    'invalidSyntax',
  )
  assert.equal(
    (await scim('PATCH', `/Users/${ana}`, patchOf({ op: 'replace', path: 'active', value: 'perhaps' })))
      .status,
    400,
  )
  assert.equal((await scim('GET', '/Users/0')).status, 404)
  assert.equal((await scim('GET', '/Users', undefined, '')).status, 401)
  const lee = await desk.addAgent('Lee', 'agent')
  const part = await desk.addAgent('Part', 'admin')
  await desk.api('PATCH', `/agents/${part.principal.agentId}`, { sees: 'own_teams' })
  const reads = { name: 'reads', agentId: part.principal.agentId, scopes: ['agents:write'] }
  const { secret } = await createToken(desk.running.desk.database, {
    ...reads,
    at: desk.clock.now(),
    expiresAt: null,
  })
  for (const route of table['admin scim whole'] ?? []) {
    const [method = '', path = ''] = route.replace(':id', ana).replace('/scim/v2', '').split(' ')
    const body = method === 'GET' || method === 'DELETE' ? undefined : {}
    assert.equal((await scim(method, path, body, '')).status, 401, route)
    for (const other of [lee.token, part.token, secret])
      assert.equal((await scim(method, path, body, other)).status, 403, route)
  }
  assert.equal((await agentOf(ana)).active, true)
  await desk.api('PATCH', `/agents/${part.principal.agentId}`, { role: 'agent' })
  const idOf = async (name: string) => (await find(`userName eq "${name}@desk.example"`)).body.Resources[0].id
  const off = patchOf({ op: 'replace', value: { active: false } })
  assert.equal((await scim('PATCH', `/Users/${await idOf('bo')}`, off)).status, 200)
  // Whose token it is: the desk would be without anybody who could mend it.
  const last = await scim('PATCH', `/Users/${await idOf('boss')}`, off)
  assert.deepEqual([last.status, /own token acts for/.test(last.body.detail)], [403, true])
  // An address is where links to a password go.
  const moved = patchOf({ op: 'replace', path: 'emails[type eq "work"].value', value: 'x@corp.example' })
  const refused = await scim('PATCH', `/Users/${await idOf('boss')}`, moved)
  assert.deepEqual([refused.status, refused.body.scimType], [403, 'mutability'])
  const inside = await find('displayName eq "a and b"')
  assert.deepEqual([inside.status, inside.body.scimType], [400, 'invalidFilter'])
  const named = await scim('POST', '/Groups', { displayName: 'Sales and Marketing' })
  const asked = encodeURIComponent('displayName eq "Sales and Marketing"')
  assert.equal((await scim('GET', `/Groups?filter=${asked}`)).body.totalResults, 1)
  const other = patchOf({ op: 'remove', path: 'members[display eq "Ana"]' })
  assert.equal((await scim('PATCH', `/Groups/${named.body.id}`, other)).body.scimType, 'invalidPath')
  assert.equal((await scim('GET', '/ServiceProviderConfig')).body.patch.supported, true)
  assert.equal((await scim('GET', '/Schemas')).body.totalResults, 2)
})
