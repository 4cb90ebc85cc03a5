// Signing in by the password of a directory, a real OpenLDAP: over TLS alone, by what stays the same of somebody, with groups, without
// empty passwords and typed filters; and who is gone from there.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Attribute, Change } from 'ldapts'
import { compareDirectories } from '#desk/directory.ts'
import { sql } from '#store/sql.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'
import { BASE, startSlapd, withoutSlapd, type Slapd } from '../support/slapd.ts'

const skip = withoutSlapd()
let desk: TestDesk
let slapd: Slapd
let boss: Awaited<ReturnType<typeof signedIn>>
let path: string
let ldap: Record<string, unknown>

const person = (uid: string, name: string) => `dn: uid=${uid},ou=people,${BASE}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${name}
sn: ${name}
title:: ${Buffer.from('Büro').toString('base64')}
mail: ${uid}@acme.example
userPassword: ${uid} at the company

`
const group = (name: string, ...members: string[]) => `dn: cn=${name},ou=groups,${BASE}
objectClass: groupOfNames
cn: ${name}
${members.map((uid) => `member: uid=${uid},ou=people,${BASE}\n`).join('')}
`
const TREE = `dn: ${BASE}
objectClass: dcObject
objectClass: organization
o: Acme
dc: acme

dn: cn=reader,${BASE}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: only reads

dn: ou=people,${BASE}
objectClass: organizationalUnit
ou: people

dn: ou=groups,${BASE}
objectClass: organizationalUnit
ou: groups

dn: ou=moved,${BASE}
objectClass: referral
objectClass: extensibleObject
ou: moved
ref: ldap://else.acme.example/ou=moved,${BASE}

${person('nia', 'Nia')}${person('ole', 'Ole')}${person('pia', 'Pia')}${group('Support', 'nia', 'ole')}${group('Billing', 'nia')}${group('Lunch', 'pia')}`

before(async () => {
  if (skip !== false) return
  slapd = await startSlapd(TREE)
  desk = await startDesk()
  boss = await signedIn(desk.url, await desk.addAgent('Boss', 'admin'))
  ldap = {
    url: slapd.secureUrl,
    authority: slapd.authority,
    bindDn: `cn=reader,${BASE}`,
    baseDn: BASE,
    filter: '(&(objectClass=inetOrgPerson)(|(mail={login})(uid={login})))',
    nestedGroups: false,
    syncHours: 1,
  }
})
after(async () => {
  await desk?.close()
  await slapd?.close()
})

const json = async (answer: Promise<Response>) => (await answer).json() as Promise<any> // eslint-disable-line typescript/no-explicit-any
const come = (email: string, password: string) => signedIn(desk.url, { email, password })
const tried = async (login: string, password: string) =>
  (await json(boss.call('POST', `${path}/trial`, { login, password }))).trial

test(
  'a directory is on only after somebody was found there, and a trial says what is wrong',
  { skip },
  async () => {
    const add = (change: object) =>
      boss.call('POST', '/identity-providers', {
        kind: 'ldap',
        name: 'Directory',
        clientSecret: 'wrong',
        ldap: { ...ldap, ...change },
      })
    for (const change of [{ url: 'ldap://ldap.acme.example' }, { url: 'https://acme.example' }])
      assert.equal((await json(add(change))).errors[0].path, 'ldap.url')
    assert.equal((await add({ filter: '(mail=*)' })).status, 400)
    for (const filter of ['((mail={login}))', '(mail={login})(uid=x)'])
      assert.equal((await json(add({ filter }))).errors[0].path, 'ldap.filter', filter)
    const made = await json(add({ authority: null }))
    path = `/identity-providers/${made.id}`
    assert.equal(made.vouchesFactor, false)
    const last = async (change: object, login = 'nia', password = 'nia at the company') => {
      await boss.call('PATCH', path, change)
      const { step, side, said, isGood } = (await tried(login, password)).steps.at(-1)
      return [step, side, isGood, said]
    }
    const untrusted = await last({})
    assert.deepEqual(untrusted.slice(0, 3), ['connect', 'desk', false])
    assert.match(untrusted[3], /certificate/)
    assert.deepEqual((await last({ ldap })).slice(0, 3), ['connect', 'desk', false])
    assert.deepEqual((await last({ clientSecret: 'only reads' }, 'nobody')).slice(0, 3), [
      'find',
      'desk',
      false,
    ])
    const moved = await last({ ldap: { ...ldap, baseDn: `ou=moved,${BASE}` } })
    assert.deepEqual(moved.slice(0, 3), ['find', 'desk', false])
    assert.match(moved[3], /refers to another one/)
    await boss.call('PATCH', path, { ldap })
    assert.deepEqual((await last({}, 'nia', 'guessed')).slice(0, 3), ['answer', 'person', false])
    assert.deepEqual((await last({}, 'nia', '')).slice(0, 3), ['answer', 'person', false])
    assert.equal((await boss.call('PATCH', path, { isOn: true })).status, 400)
    assert.deepEqual((await last({ domains: ['acme.example'] })).slice(0, 3), ['account', null, true])
    // Letters as a directory's own tools write them.
    const escaped = { ...ldap, filter: '(&(mail={login})(title=B\\c3\\bcro))' }
    assert.deepEqual((await last({ ldap: escaped }, 'nia@acme.example')).slice(0, 3), ['account', null, true])
    await boss.call('PATCH', path, { ldap })
    const { groups } = await tried('nia@acme.example', 'nia at the company')
    assert.deepEqual(groups.toSorted(), ['Billing', 'Support'])
    assert.equal((await boss.call('PATCH', path, { isOn: true })).status, 200)
    // No button leads there.
    const ways = await json(fetch(`${desk.url}/api/v1/session/providers`))
    assert.deepEqual([ways.items, ways.directories], [[], ['Directory']])
  },
)

test('the password of the directory signs in where one signs in, and groups decide', { skip }, async () => {
  const billing = (await desk.api('POST', '/teams', { name: 'Billing' })).body
  const grants = [
    { group: '*', role: null, teamId: null },
    { group: 'support', role: 'agent', teamId: null },
    { group: 'billing', role: null, teamId: billing.id },
  ]
  assert.equal((await boss.call('PUT', '/group-access', { grants })).status, 200)
  const nia = await come('nia', 'nia at the company')
  assert.equal(nia.status, 200)
  const { name, role, teams } = await json(nia.call('GET', '/session'))
  assert.deepEqual(
    [name, role, teams.map((team: { name: string }) => team.name)],
    ['Nia', 'agent', ['Billing']],
  )
  assert.equal((await come('nia@acme.example', 'nia at the company')).status, 200)
  // A password alone proves once more, too: that of the directory.
  desk.clock.pass(3_600)
  const code = () => nia.call('POST', '/account/totp', {})
  const stale = await json(code())
  assert.deepEqual(stale.proofs, ['password'])
  assert.equal((await nia.call('POST', '/session/proof', { password: 'guessed' })).status, 400)
  assert.ok((await nia.call('POST', '/session/proof', { password: 'nia at the company' })).ok)
  assert.ok((await code()).ok)
  const pia = await come('pia', 'pia at the company')
  assert.equal(pia.status, 403)
})

test('neither empty passwords nor typed filters nor a wrong password let anybody in', { skip }, async () => {
  // An agent whose own password is set aside comes in by the directory's, be the two alike or not.
  await boss.call('PATCH', path, { replacesPassword: true })
  assert.equal((await come('nia', 'nia at the company')).status, 200)
  assert.equal((await come('boss@desk.example', 'boss has a long password')).status, 200)
  for (const [login, password] of [
    ['nia', ''],
    ['nia', ' '],
    ['nia', 'ole at the company'],
    ['*', 'nia at the company'],
    ['nia)(uid=*', 'nia at the company'],
    ['nia)(|(uid=*', 'nia at the company'],
    ['', 'nia at the company'],
  ] as const)
    assert.equal((await come(login, password)).status, 401, `${login} ${password}`)
})

test(
  'an own machine is asked without encryption; a password is for the address that it was given for; one’s own stays the way back',
  { skip },
  async () => {
    const plain = slapd.plainUrl.replace('127.0.0.1', 'localhost')
    desk.clock.pass(1_800)
    const asked = { ...ldap, url: plain, authority: null }
    boss = await come('boss@desk.example', 'boss has a long password')
    const moved = await json(boss.call('PATCH', path, { ldap: asked }))
    assert.deepEqual([moved.hasSecret, moved.isOn, moved.trial], [false, false, null])
    const clientSecret = 'only reads'
    await boss.call('PATCH', path, { clientSecret })
    const { steps } = await tried('nia', 'nia at the company')
    assert.ok(steps.at(-1).isGood, JSON.stringify(steps))
    assert.equal((await boss.call('PATCH', path, { isOn: true })).status, 200)
    assert.equal((await come('ole', 'ole at the company')).status, 200)

    // What was tried is another now; who cannot be judged is told so, and loses no tries.
    const both = await boss.call('PATCH', path, { ldap: { ...asked, nestedGroups: true }, isOn: true })
    assert.equal(both.status, 400)
    const other = { ...asked, bindDn: `cn=other,${BASE}` }
    const { isOn, trial, hasSecret } = await json(boss.call('PATCH', path, { ldap: other }))
    assert.deepEqual([isOn, trial, hasSecret], [true, null, false])
    for (let times = 0; times < 5; times += 1) {
      const silent = await fetch(`${desk.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'ole', password: 'ole at the company' }),
      })
      assert.deepEqual([silent.status, ((await silent.json()) as any).refusal], [503, 'unreachable']) // eslint-disable-line typescript/no-explicit-any
    }
    await boss.call('PATCH', path, { ldap: asked, clientSecret })
    assert.equal((await come('ole', 'ole at the company')).status, 200)

    // However a name is spelled, the directory counts the same three.
    for (const login of ['ole', 'OLE', 'ole@acme.example'])
      assert.equal((await come(login, 'guessed')).status, 401)
    assert.equal((await come('oLe', 'ole at the company')).status, 401)
    desk.clock.pass(1_800)
    assert.equal((await come('ole', 'ole at the company')).status, 200)
    assert.equal((await come('nia', 'nia at the company')).status, 200)
  },
)

test(
  'who is gone from the directory is out by the next comparison; a directory that is empty puts nobody out',
  { skip },
  async () => {
    const { id } = (await desk.api('GET', '/agents?q=Ole')).body.items[0]
    const ticket = (
      await desk.api('POST', '/tickets', {
        subject: 'A lamp',
        body: 'Dark',
        requester: { email: 'cy@customer.example' },
      })
    ).body
    await desk.api('PATCH', `/tickets/${ticket.id}`, { assignee: id })
    const ole = await come('ole', 'ole at the company')
    const dn = `uid=ole,ou=people,${BASE}`
    await slapd.change(async (client) => {
      await client.modify(
        `cn=Support,ou=groups,${BASE}`,
        new Change({ operation: 'delete', modification: new Attribute({ type: 'member', values: [dn] }) }),
      )
      await client.del(dn)
      await client.modify(
        `cn=Billing,ou=groups,${BASE}`,
        new Change({
          operation: 'add',
          modification: new Attribute({ type: 'member', values: [`uid=pia,ou=people,${BASE}`] }),
        }),
      )
    })
    const compared = async () => {
      desk.clock.pass(3_700)
      boss = await come('boss@desk.example', 'boss has a long password')
      await compareDirectories(desk.running.desk)
    }
    await compared()
    await until(async () => ((await desk.api('GET', `/agents/${id}`)).body.active ? null : true))
    assert.equal((await ole.call('GET', '/session')).status, 401)
    assert.equal((await desk.api('GET', `/tickets/${ticket.id}`)).body.assignee, null)
    assert.equal((await desk.api('GET', '/agents?q=Nia')).body.items[0].active, true)
    // Saving groups lets nobody in again whom the directory has lost; nor does whoever has their address there now.
    const { grants } = await json(boss.call('GET', '/group-access'))
    assert.equal((await boss.call('PUT', '/group-access', { grants })).status, 200)
    assert.equal((await desk.api('GET', `/agents/${id}`)).body.active, false)
    await slapd.change((client) =>
      client.add(dn, {
        objectClass: 'inetOrgPerson',
        cn: 'Ole',
        sn: 'Ole',
        mail: 'ole@acme.example',
        userPassword: 'another Ole',
      }),
    )
    assert.equal((await come('ole', 'another Ole')).status, 403)
    assert.equal((await desk.api('GET', `/agents/${id}`)).body.active, false)

    // Many at once are not gone; one who was made anew there is known by the name that is there.
    const { database } = desk.running.desk
    const note = (subject: string, agentId: number) =>
      database.rows(sql`insert into agent_identity (provider_id, subject, agent_id, email, created_at, seen_at)
        values (${Number(path.split('/').at(-1))}, ${subject}, ${agentId}, '', ${desk.clock.now()}, ${desk.clock.now()})`)
    const subjects = async () => (await database.rows(sql`select from agent_identity`)).length
    const nia = (await desk.api('GET', '/agents?q=Nia')).body.items[0].id
    await note('made before', nia)
    const before = await subjects()
    await compared()
    assert.equal(await subjects(), before - 1)
    assert.equal((await desk.api('GET', `/agents/${nia}`)).body.active, true)
    const many = ['Uma', 'Udo', 'Ute', 'Uli']
    for (const name of many) await note(`of ${name}`, (await desk.addAgent(name, 'agent')).principal.agentId)
    await compared()
    const kept = await json(boss.call('GET', path))
    assert.match(kept.syncProblem, /^4 of 6 people/)
    assert.ok(kept.syncedAt < desk.clock.now())
    for (const name of many)
      assert.equal((await desk.api('GET', `/agents?q=${name}`)).body.items[0].active, true, name)

    boss = await come('boss@desk.example', 'boss has a long password')
    await boss.call('PATCH', path, {
      ldap: {
        ...ldap,
        url: slapd.plainUrl.replace('127.0.0.1', 'localhost'),
        authority: null,
        filter: '(description={login})',
      },
    })
    await compared()
    await until(async () =>
      /nothing was changed/.test((await json(boss.call('GET', path))).syncProblem ?? '') ? true : null,
    )
    assert.equal((await desk.api('GET', '/agents?q=Nia')).body.items[0].active, true)
  },
)
