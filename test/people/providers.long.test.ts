// Signing in by a provider of identity, a real one: tried before it is on; by subject, by verified address, by a new account; what groups
// lead to; proving once more; signing out there.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { CLIENT, startProvider, type Somebody, type TestProvider } from '../support/identity-provider.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
let provider: TestProvider
let boss: Awaited<ReturnType<typeof signedIn>>
let path: string
let providerId: number

before(async () => {
  provider = await startProvider()
  desk = await startDesk()
  boss = await signedIn(desk.url, await desk.addAgent('Boss', 'admin'))
})
after(async () => {
  await desk?.close()
  await provider?.close()
})

const json = async (answer: Promise<Response>) => (await answer).json() as Promise<any> // eslint-disable-line typescript/no-explicit-any

/** A browser that goes to the provider as somebody and comes back; answers where the desk leads, and its cookie. */
async function go(as: Somebody | null, purpose = 'sign_in', cookie = '', next?: string) {
  // Signed out there is signed out here: who proves once more stays.
  if (purpose !== 'proof') await provider.signOut()
  provider.signedIn = as
  const started = await fetch(`${desk.url}/api/v1/session/providers/${providerId}/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-docket-csrf': '1', cookie },
    body: JSON.stringify({ purpose, ...(next === undefined ? {} : { next }) }),
  })
  assert.equal(started.status, 200, await started.clone().text())
  const way = started.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { url } = (await started.json()) as { url: string }
  return { back: await provider.follow(url), way, cookie }
}

async function arrive({ back, way, cookie }: Awaited<ReturnType<typeof go>>) {
  const answer = await fetch(back, {
    redirect: 'manual',
    headers: { cookie: [way, cookie].filter(Boolean).join('; ') },
  })
  const session = answer.headers.getSetCookie().find((line) => line.startsWith('docket_session='))
  assert.equal(answer.status, 303)
  return { to: answer.headers.get('location') ?? '', session: session?.split(';')[0] ?? '' }
}

const comeBy = async (as: Somebody | null) => arrive(await go(as))
const agentNamed = async (name: string) =>
  (await desk.api('GET', `/agents?q=${name}`)).body.items[0] as { id: number }
const me = (session: string) => json(fetch(`${desk.url}/api/v1/session`, { headers: { cookie: session } }))

test('a provider is on only after a trial came to its end, and the trial says whose fault it is', async () => {
  const made = await json(
    boss.call('POST', '/identity-providers', {
      name: 'Acme',
      issuer: provider.issuer,
      clientId: CLIENT.id,
      clientSecret: 'not the secret',
    }),
  )
  providerId = made.id
  path = `/identity-providers/${providerId}`
  provider.allow(made.redirectUri, made.logoutUri)
  const early = await boss.call('PATCH', path, { isOn: true })
  assert.equal(early.status, 400)

  const person = {
    sub: 'b-1',
    email: 'boss@desk.example',
    email_verified: true,
    name: 'Boss',
    groups: ['Chiefs'],
  }
  const tried = async () => {
    const { to } = await arrive(await go(person, 'trial', boss.cookie))
    assert.equal(to, `/admin/providers/${providerId}#trial`)
    return (await json(boss.call('GET', path))).trial
  }
  const wrong = await tried()
  assert.deepEqual(
    wrong.steps.map(({ step, isGood, side }: never) => [step, isGood, side]),
    [
      ['discovery', true, null],
      ['answer', true, null],
      ['token', false, 'desk'],
    ],
  )
  assert.match(wrong.steps[2].said, /invalid_client/)

  await boss.call('PATCH', path, { clientSecret: CLIENT.secret })
  const right = await tried()
  assert.ok(
    right.steps.every(({ isGood }: never) => isGood),
    JSON.stringify(right.steps),
  )
  assert.match(right.steps.at(-1).said, /^linked: Boss/)
  assert.deepEqual(right.groups, ['Chiefs'])
  // A trial keeps nothing of it.
  assert.equal((await json(boss.call('GET', '/account/identities'))).items.length, 0)
  assert.equal((await boss.call('PATCH', path, { isOn: true })).status, 200)
  const shown = await json(fetch(`${desk.url}/api/v1/session/providers`))
  assert.deepEqual(shown.items, [{ id: providerId, name: 'Acme' }])
})

test('whoever comes is known by the subject, once by a verified address, and never by one that is not', async () => {
  const { principal } = await desk.addAgent('Ida', 'agent')
  const ida = { sub: 'i-1', email: 'ida@desk.example', name: 'Ida', groups: [] }
  assert.match((await comeBy({ ...ida, email_verified: false })).to, /^\/sign-in\?problem=unverified/)
  const first = await comeBy({ ...ida, email_verified: true })
  assert.deepEqual([first.to, (await me(first.session)).id], ['/', principal.agentId])
  await until(async () => desk.sink.mails.find(({ to }) => to.includes('ida@desk.example')))
  // The address is somebody else's later: the subject stays.
  const later = await comeBy({ ...ida, email: 'other@desk.example', email_verified: true })
  assert.equal((await me(later.session)).id, principal.agentId)
  // Whoever has the address there now is another.
  assert.match((await comeBy({ ...ida, sub: 'i-2', email_verified: true })).to, /problem=taken/)
  assert.match(
    (await comeBy({ sub: 'x', email: 'x@elsewhere.example', email_verified: true })).to,
    /unknown_account/,
  )
  assert.match((await comeBy(null)).to, /problem=refused/)
  await desk.api('PATCH', `/agents/${principal.agentId}`, { active: false })
  assert.match((await comeBy({ ...ida, email_verified: true })).to, /problem=deactivated/)
})

test('what comes back counts once, for the browser that went, for ten minutes', async () => {
  const ben = { sub: 'b-1', email: 'boss@desk.example', email_verified: true, groups: ['Chiefs'] }
  const gone = await go(ben)
  assert.match((await arrive({ ...gone, way: '' })).to, /problem=expired/)
  assert.equal((await arrive(gone)).to, '/')
  assert.match((await arrive(gone)).to, /problem=misset/)
  // An answer under another browser's cookie: the state is not the one that it went with.
  const other = await go(ben)
  assert.match((await arrive({ ...other, way: gone.way })).to, /problem=misset/)
  const late = await go(ben)
  desk.clock.pass(601)
  assert.match((await arrive(late)).to, /problem=expired/)
  for (const next of ['//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example']) {
    const refused = await fetch(`${desk.url}/api/v1/session/providers/${providerId}/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ purpose: 'sign_in', next }),
    })
    assert.equal(refused.status, 400, next)
  }
})

test('groups make accounts, give and take roles and teams, and let nobody in who is in none', async () => {
  boss = await signedIn(desk.url, { email: 'boss@desk.example', password: 'boss has a long password' })
  const billing = (await desk.api('POST', '/teams', { name: 'Billing' })).body
  const mine = (await desk.api('POST', '/teams', { name: 'By hand' })).body
  const grants = [
    { group: '*', role: null, teamId: null },
    { group: 'support', role: 'agent', teamId: null },
    { group: 'chiefs', role: 'admin', teamId: null },
    { group: 'Billing', role: null, teamId: billing.id },
  ]
  const without = grants.filter(({ group }) => group !== 'chiefs')
  assert.equal((await boss.call('PUT', '/group-access', { grants: without })).status, 400)
  assert.equal((await boss.call('PUT', '/group-access', { grants })).status, 200)
  await boss.call('PATCH', path, { domains: ['acme.example', 'desk.example'] })
  const nia = { sub: 'n-1', email: 'nia@acme.example', email_verified: true, name: 'Nia' }
  assert.match((await comeBy({ ...nia, groups: ['lunch'] })).to, /no_group/)
  // Whoever is verified under another domain is not believed, whose address it may be here.
  await desk.addAgent('Una', 'agent')
  await boss.call('PATCH', `/agents/${(await agentNamed('Una')).id}`, { email: 'una@else.example' })
  const una = { sub: 'u-1', email: 'una@else.example', email_verified: true, groups: ['support'] }
  assert.match((await comeBy(una)).to, /unknown_account/)
  const first = await comeBy({ ...nia, groups: ['Support', 'billing'] })
  const { id, role, teams } = await me(first.session)
  assert.deepEqual([role, teams.map((team: { name: string }) => team.name)], ['agent', ['Billing']])
  await desk.api('PATCH', `/agents/${id}`, { teams: [billing.id, mine.id] })
  const second = await comeBy({ ...nia, groups: ['Support', 'Chiefs'] })
  const now = await me(second.session)
  assert.deepEqual([now.role, now.teams.map((team: { name: string }) => team.name)], ['admin', ['By hand']])
  assert.equal(
    (await fetch(`${desk.url}/api/v1/session`, { headers: { cookie: first.session } })).status,
    401,
  )
  // No group at all: out, and no administrator any more.
  assert.match((await comeBy({ ...nia, groups: [] })).to, /no_group/)
  const out = (await desk.api('GET', `/agents/${id}`)).body
  assert.equal(out.active, false)
  assert.match((await comeBy({ ...nia, groups: ['Support'] })).to, /^\/$/)
})

test('signing in there proves once more that it is oneself, and signing out there signs out here', async () => {
  const nia = { sub: 'n-1', email: 'nia@acme.example', email_verified: true, groups: ['Support'] }
  const hers = await comeBy(nia)
  const boss1 = { sub: 'b-1', email: 'boss@desk.example', email_verified: true, groups: ['chiefs'] }
  const { session } = await comeBy(boss1)
  desk.clock.pass(3_600)
  const call = (method: string, to: string, body?: object) =>
    fetch(`${desk.url}/api/v1${to}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-docket-csrf': '1', cookie: session },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const stale = await call('PATCH', path, { vouchesFactor: true })
  const problem = (await stale.json()) as { proofs: string[] }
  assert.deepEqual([stale.status, problem.proofs], [403, ['provider', 'password']])
  const somebody = await arrive({ ...(await go(boss1, 'proof', session)), cookie: hers.session })
  assert.match(somebody.to, /proved\?problem=other_person/)
  const proved = await arrive(await go(boss1, 'proof', session))
  assert.equal(proved.to, '/proved')
  const fresh = await call('PATCH', path, { vouchesFactor: true })
  assert.equal(fresh.status, 200)

  assert.equal((await call('GET', '/session')).status, 200)
  await provider.signOut()
  await until(async () =>
    (await fetch(`${desk.url}/api/v1/session`, { headers: { cookie: session } })).status === 401
      ? true
      : null,
  )
  const forged = await fetch(`${desk.url}/api/v1/session/providers/${providerId}/signed-out`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: 'eyJhbGciOiJub25lIn0.e30.' }),
  })
  assert.equal(forged.status, 400)
})

test('where the provider replaces passwords, only administrators have one still', async () => {
  boss = await signedIn(desk.url, { email: 'boss@desk.example', password: 'boss has a long password' })
  const pat = await desk.addAgent('Pat', 'agent')
  await boss.call('PATCH', path, { replacesPassword: true })
  assert.equal((await signedIn(desk.url, pat)).status, 200)
  await comeBy({ sub: 'p-1', email: pat.email, email_verified: true, groups: ['support'] })
  assert.equal((await signedIn(desk.url, pat)).status, 403)
  assert.equal(
    (await signedIn(desk.url, { email: 'boss@desk.example', password: 'boss has a long password' })).status,
    200,
  )
})
