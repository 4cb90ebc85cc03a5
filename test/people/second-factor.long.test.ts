// Signing in with a second factor, over real HTTP: what is counted stays counted, what is used stays used, and who may go on.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { generateSync } from 'otplib'
import { sql } from '#store/sql.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { visitor, type Visitor } from '../support/visitor.ts'

let desk: TestDesk
let count = 0
before(async () => void (desk = await startDesk({ trustedProxies: ['127.0.0.1'] })))
after(() => desk.close())
// Each test in an hour of its own, so that tries and codes of the one before are past.
beforeEach(() => desk.clock.pass(7_200))

type Agent = Awaited<ReturnType<TestDesk['addAgent']>>
const someone = (role: 'admin' | 'agent' = 'agent') => desk.addAgent(`Ada${++count}`, role)
const codeOf = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.parse(desk.clock.now()) / 1000) + steps * 30 })

async function enter({ email, password }: Agent): Promise<Visitor> {
  const browser = visitor(desk.url)
  assert.equal((await browser('POST', '/session', { email, password })).status, 200)
  return browser
}

/** An agent with an authenticator app, its secret, and a browser that is signed in. */
async function withApp(role: 'admin' | 'agent' = 'agent') {
  const agent = await someone(role)
  const browser = await enter(agent)
  const { secret } = (await browser('POST', '/account/totp')).body
  const added = await browser('POST', '/account/totp/confirm', { code: codeOf(secret) })
  assert.equal(added.status, 201)
  // The code that confirmed it is used up.
  desk.clock.pass(60)
  return { agent, secret, browser, recovery: added.body.recoveryCodes as string[] }
}

test('ten wrong codes shut the half-signed-in state, though each answer was a refusal', async () => {
  const { agent, secret } = await withApp()
  const browser = await enter(agent)
  for (let tried = 0; tried < 10; tried++)
    assert.equal((await browser('POST', '/session/factor', { code: '000000' })).status, 400)
  assert.equal((await browser('POST', '/session/factor', { code: codeOf(secret) })).status, 401)
  assert.equal((await browser('GET', '/session')).status, 401)
  // Who knows the password begins again, and finds twenty tries an hour for the account.
  const again = await enter(agent)
  for (let tried = 10; tried < 20; tried++)
    assert.equal((await again('POST', '/session/factor', { code: '000000' })).status, 400)
  const third = await enter(agent)
  assert.equal((await third('POST', '/session/factor', { code: codeOf(secret) })).status, 429)
  desk.clock.pass(3_601)
  const later = await enter(agent)
  assert.equal((await later('POST', '/session/factor', { code: codeOf(secret) })).status, 200)
})

test('the right password leads half way, and no further without the code', async () => {
  const { agent, secret } = await withApp()
  const browser = await enter(agent)
  const asked = await browser('POST', '/session', { email: agent.email, password: agent.password })
  assert.deepEqual(asked.body, { wanted: ['code', 'recovery'] })
  for (const [method, path] of [
    ['GET', '/session'],
    ['GET', '/tickets'],
    ['GET', '/account/factors'],
    ['POST', '/session/proof'],
  ] as const)
    assert.equal((await browser(method, path)).status, 401, path)
  const entered = await browser('POST', '/session/factor', { code: codeOf(secret) })
  assert.deepEqual([entered.status, entered.body.email], [200, agent.email])
  assert.equal((await browser('GET', '/tickets')).status, 200)
  assert.equal((await browser('POST', '/session/factor', { code: codeOf(secret, 1) })).status, 401, 'used up')
})

test('a link to a new password leads half way too, and so does a password chosen by it', async () => {
  const { agent, secret } = await withApp()
  const { browser: boss } = await withApp('admin')
  const path = `/agents/${agent.principal.agentId}/invitation`
  const { url } = (await boss('POST', path, { invite: 'link' })).body
  const browser = visitor(desk.url)
  const password = 'a new and long password'
  const chosen = await browser('POST', '/session/password', { token: url.split('#')[1], password })
  assert.deepEqual(chosen.body, { wanted: ['code', 'recovery'] })
  assert.equal((await browser('GET', '/session')).status, 401)
  assert.equal((await browser('POST', '/session/factor', { code: codeOf(secret) })).status, 200)
})

test('a code is good once, within one step of the clock, and for its own account', async () => {
  const { agent, secret } = await withApp()
  const other = await withApp()
  const browser = await enter(agent)
  const show = async (code: string) => (await browser('POST', '/session/factor', { code })).status
  assert.equal(await show(codeOf(other.secret)), 400, 'of another account')
  assert.equal(await show(codeOf(secret, -2)), 400, 'two steps late')
  assert.equal(await show(codeOf(secret, 2)), 400, 'two steps early')
  assert.equal(await show(codeOf(secret, -1)), 200, 'one step late')
  const again = await enter(agent)
  assert.equal((await again('POST', '/session/factor', { code: codeOf(secret, -1) })).status, 400, 'replayed')
  assert.equal((await again('POST', '/session/factor', { code: codeOf(secret, 1) })).status, 200, 'early')
  const third = await enter(agent)
  assert.equal((await third('POST', '/session/factor', { code: codeOf(secret) })).status, 400, 'older')
})

test('of one code shown twice at the same moment, one is taken', async () => {
  const { agent, secret } = await withApp()
  const browsers = await Promise.all([enter(agent), enter(agent)])
  const code = codeOf(secret)
  const answers = await Promise.all(browsers.map((browser) => browser('POST', '/session/factor', { code })))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400])
})

test('a recovery code is good once, however it is typed, and new ones make the old ones void', async () => {
  const { agent, recovery, browser: old } = await withApp()
  assert.equal(new Set(recovery).size, 10)
  const [first = '', second = '', third = ''] = recovery
  const browser = await enter(agent)
  const typed = first.toLowerCase().replaceAll('-', ' ')
  assert.equal((await browser('POST', '/session/factor', { code: typed })).status, 200)
  const again = await enter(agent)
  assert.equal((await again('POST', '/session/factor', { code: first })).status, 400)
  assert.equal((await again('POST', '/session/factor', { code: second })).status, 200)
  assert.equal((await old('GET', '/account/factors')).body.recoveryCodesLeft, 8)
  const made = (await old('POST', '/account/recovery-codes')).body.recoveryCodes
  const last = await enter(agent)
  assert.equal((await last('POST', '/session/factor', { code: third })).status, 400)
  assert.equal((await last('POST', '/session/factor', { code: made[0] })).status, 200)
})

test('the half-signed-in state ends with its ten minutes, the account, or its factor', async () => {
  const { agent, secret } = await withApp()
  const show = async (browser: Visitor) =>
    (await browser('POST', '/session/factor', { code: codeOf(secret) })).status
  const late = await enter(agent)
  desk.clock.pass(601)
  assert.equal(await show(late), 401)
  const disabled = await enter(agent)
  const account = `/agents/${agent.principal.agentId}`
  assert.equal((await desk.api('PATCH', account, { active: false })).status, 200)
  assert.equal(await show(disabled), 401)
  assert.equal((await desk.api('PATCH', account, { active: true })).status, 200)
  assert.equal(await show(disabled), 401, 'it does not come back')
  const reset = await enter(agent)
  const boss = await enter(await someone('admin'))
  assert.deepEqual((await boss('DELETE', `${account}/factors`)).body, { ended: 1 })
  assert.equal(await show(reset), 401)
  const free = visitor(desk.url)
  assert.equal(
    (await free('POST', '/session', { email: agent.email, password: agent.password })).body.id,
    agent.principal.agentId,
  )
})

test('an app counts once a code has confirmed it', async () => {
  const agent = await someone()
  const browser = await enter(agent)
  const first = (await browser('POST', '/account/totp')).body
  assert.match(first.uri, /^otpauth:\/\/totp\/Docket:ada\d+%40desk\.example\?/)
  const { secret } = (await browser('POST', '/account/totp')).body
  assert.equal((await browser('GET', '/account/factors')).body.totp, null)
  const confirm = (code: string) => browser('POST', '/account/totp/confirm', { code })
  assert.equal((await confirm(codeOf(first.secret))).status, 400, 'the one that was offered before')
  const cookie = browser.cookie('docket_session')
  assert.equal((await confirm(codeOf(secret))).status, 201)
  assert.notEqual(browser.cookie('docket_session'), cookie, 'another session than before')
  assert.equal((await confirm(codeOf(secret, 1))).status, 409)
  assert.equal((await browser('POST', '/account/totp')).status, 409)
})

test('what grants wants a fresh proof, of the factor where there is one', async () => {
  const { agent, secret, browser } = await withApp('admin')
  const make = () => browser('POST', '/tokens', { name: 'T', scopes: ['tickets:read'] })
  assert.equal((await make()).status, 201)
  desk.clock.pass(600)
  const refused = await make()
  assert.deepEqual(
    [refused.status, refused.body.type, refused.body.proofs],
    [403, 'https://docket.dev/problems/step-up', ['code', 'recovery']],
  )
  assert.equal((await browser('POST', '/session/proof', { password: agent.password })).status, 400)
  assert.equal((await browser('POST', '/session/proof', { code: '000000' })).status, 400)
  assert.equal((await make()).status, 403)
  assert.equal((await browser('POST', '/session/proof', { code: codeOf(secret) })).status, 204)
  assert.equal((await make()).status, 201)
  // A new password proves less than the factor, and makes nothing fresh.
  desk.clock.pass(600)
  const change = { currentPassword: agent.password, newPassword: 'another long password' }
  assert.equal((await browser('PATCH', '/session', change)).status, 200)
  assert.equal((await make()).status, 403)
  // Without a factor the password is the proof.
  const plain = await someone('admin')
  const second = await enter(plain)
  desk.clock.pass(600)
  assert.equal((await second('DELETE', `/agents/${agent.principal.agentId}/factors`)).status, 403)
  assert.equal((await second('POST', '/session/proof', { password: 'not the password' })).status, 400)
  assert.equal((await second('POST', '/session/proof', { password: plain.password })).status, 204)
  assert.equal((await second('DELETE', `/agents/${agent.principal.agentId}/sessions`)).status, 200)
  assert.equal((await browser('GET', '/session')).status, 401)
  // A token is asked for nothing, and can do none of what gives credentials.
  assert.equal((await desk.api('PATCH', `/agents/${agent.principal.agentId}`, { name: 'New' })).status, 200)
  for (const [method, path] of [
    ['DELETE', `/agents/${agent.principal.agentId}/factors`],
    ['POST', '/account/totp'],
    ['GET', '/account/factors'],
    ['GET', '/account/sessions'],
    ['POST', '/session/proof/challenge'],
  ] as const)
    assert.equal((await desk.api(method, path)).status, 403, path)
})

test('the whole desk is taken out, and the key of another brought in, by whoever has just shown who they are', async () => {
  const { secret, browser } = await withApp('admin')
  const taken = () => browser('POST', '/exports')
  const fetched = async () => {
    const cookie = `docket_session=${browser.cookie('docket_session')}`
    const answer = await fetch(`${desk.url}/api/v1/exports/docket.jsonl`, { headers: { cookie } })
    const text = await answer.text()
    return { status: answer.status, body: JSON.parse(text.split('\n')[0] ?? '') }
  }
  const asked = () =>
    browser('POST', '/imports', {
      kind: 'zendesk',
      url: 'https://desk.example',
      user: 'a@b.example',
      token: 't',
      look: true,
    })
  desk.clock.pass(600)
  for (const each of [taken, fetched, asked]) {
    const { status, body } = await each()
    assert.deepEqual([status, body.type], [403, 'https://docket.dev/problems/step-up'])
  }
  assert.equal((await browser('POST', '/session/proof', { code: codeOf(secret) })).status, 204)
  assert.equal((await taken()).status, 204)
  assert.equal((await fetched()).status, 200)
  assert.equal((await asked()).status, 202)
  const { items } = (await desk.api('GET', '/audit?limit=2')).body
  assert.deepEqual(items.map(({ action }: { action: string }) => action).toSorted(), [
    'desk_exported',
    'import_asked',
  ])
})

test('a role that must have a factor gets its days, and then nothing but adding one', async () => {
  const boss = await enter(await someone('admin'))
  const policy = (graceDays: number) =>
    boss('PUT', '/sign-in-policy', { required: [{ role: 'agent', graceDays }] })
  const agent = await someone()
  assert.equal((await policy(7)).status, 200)
  const began = desk.clock.now()
  const browser = await enter(agent)
  const me = (await browser('GET', '/session')).body
  assert.deepEqual(
    [Date.parse(me.factorDueAt), me.mustAddFactor],
    [Date.parse(began) + 7 * 86_400_000, false],
  )
  assert.equal((await browser('GET', '/tickets')).status, 200)
  desk.clock.pass(7 * 86_400)
  const late = await enter(agent)
  assert.equal((await late('GET', '/session')).body.mustAddFactor, true)
  assert.deepEqual((await late('GET', '/session')).body.permissions, [])
  for (const [method, path] of [
    ['GET', '/tickets'],
    ['GET', '/agents'],
    ['GET', '/stream'],
    ['PATCH', '/session'],
  ] as const) {
    const answer = await late(method, path, method === 'PATCH' ? { name: 'X' } : undefined)
    assert.deepEqual([answer.status, answer.body.type.split('/').at(-1)], [403, 'factor-required'], path)
  }
  assert.equal((await late('GET', '/account/sessions')).status, 200)
  const { secret } = (await late('POST', '/account/totp')).body
  assert.equal((await late('POST', '/account/totp/confirm', { code: codeOf(secret) })).status, 201)
  assert.equal((await late('GET', '/tickets')).status, 200)
  assert.equal((await late('DELETE', '/account/totp')).body.refusal, 'last_factor')
  assert.notEqual((await late('GET', '/account/factors')).body.totp, null, 'and it is still there')
  // Other days do not begin again; and no role, no duty.
  desk.clock.pass(60)
  const again = await enter(await someone('admin'))
  const same = { required: [{ role: 'agent', graceDays: 3 }] }
  assert.equal((await again('PUT', '/sign-in-policy', same)).body.required[0].since, began)
  assert.equal((await again('PUT', '/sign-in-policy', { required: [] })).status, 200)
  const back = visitor(desk.url)
  assert.deepEqual((await back('POST', '/session', { email: agent.email, password: agent.password })).body, {
    wanted: ['code', 'recovery'],
  })
  desk.clock.pass(60)
  assert.equal((await back('POST', '/session/factor', { code: codeOf(secret) })).status, 200)
  assert.equal((await back('DELETE', '/account/totp')).status, 204)
  assert.equal((await back('GET', '/account/factors')).body.recoveryCodesLeft, 0)
})

test('two tabs that remove the last two codes and apps at once do not leave a role without its factor', async () => {
  const { agent, browser } = await withApp()
  const boss = await enter(await someone('admin'))
  const required = [{ role: 'agent', graceDays: 0 }]
  assert.equal((await boss('PUT', '/sign-in-policy', { required })).status, 200)
  await desk.running.desk.database.rows(sql`insert into passkey
    (agent_id, credential_id, public_key, sign_count, transports, name, created_at)
    values (${agent.principal.agentId}, ${`of ${agent.email}`}, ''::bytea, 0, '{}', 'Key', now())`)
  const { passkeys } = (await browser('GET', '/account/factors')).body
  const answers = await Promise.all([
    browser('DELETE', '/account/totp'),
    browser('DELETE', `/account/passkeys/${passkeys[0].id}`),
  ])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [204, 409])
  assert.equal((await boss('PUT', '/sign-in-policy', { required: [] })).status, 200)
})

test('sessions are listed by device; one, all others, or an agent’s are ended', async () => {
  const agent = await someone()
  const phone = await enter(agent)
  desk.clock.pass(60)
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const here = visitor(desk.url, { 'user-agent': firefox })
  await here('POST', '/session', { email: agent.email, password: agent.password })
  const list = async () => (await here('GET', '/account/sessions')).body.items
  const [mine, other] = await list()
  assert.deepEqual([mine.browser, mine.system, mine.isThis], ['Firefox', 'Linux', true])
  assert.deepEqual([mine.address.startsWith('10.0.'), other.isThis], [true, false])
  const stranger = await enter(await someone())
  assert.equal((await stranger('DELETE', `/account/sessions/${other.id}`)).status, 404)
  assert.equal((await phone('GET', '/session')).status, 200)
  assert.equal((await here('DELETE', `/account/sessions/${other.id}`)).status, 204)
  assert.equal((await phone('GET', '/session')).status, 401)
  await enter(agent)
  assert.deepEqual((await here('DELETE', '/account/sessions')).body, { ended: 1 })
  await here('POST', '/session', { email: agent.email, password: agent.password })
  assert.equal((await list()).length, 1)
})

test('the stream of an ended session stops', async () => {
  const agent = await someone()
  const browser = await enter(agent)
  const stream = await fetch(`${desk.url}/api/v1/stream`, { headers: { cookie: browser.cookies() } })
  assert.equal(stream.status, 200)
  const boss = await enter(await someone('admin'))
  assert.equal((await boss('DELETE', `/agents/${agent.principal.agentId}/sessions`)).status, 200)
  await assert.rejects(async () => {
    for await (const _ of stream.body ?? []);
  })
})

test('everything that grants or removes is in the audit log', async () => {
  const { browser, agent } = await withApp('admin')
  await browser('POST', '/account/recovery-codes')
  const other = await someone()
  const account = `/agents/${agent.principal.agentId}`
  assert.equal((await desk.api('GET', account)).body.hasFactor, true)
  assert.equal((await desk.as(other.token)('GET', account)).body.hasFactor, null, 'no concern of theirs')
  await browser('DELETE', '/account/totp')
  assert.equal((await desk.api('GET', account)).body.hasFactor, false)
  const page = await desk.api('GET', `/audit?thing=agent&thingId=${agent.principal.agentId}&limit=10`)
  assert.deepEqual(
    page.body.items.map(({ action }: { action: string }) => action),
    ['totp_removed', 'recovery_codes_made', 'totp_added'],
  )
})

test('a password that was shown leaves no hash behind that can be guessed from the database alone', async () => {
  const agent = await someone()
  const browser = await enter(agent)
  const body = JSON.stringify({ password: agent.password })
  const headers = { 'idempotency-key': 'once', 'content-type': 'application/json', 'x-docket-csrf': '1' }
  const url = `${desk.url}/api/v1/session/proof`
  const shown = await fetch(url, { method: 'POST', headers: { ...headers, cookie: browser.cookies() }, body })
  assert.equal(shown.status, 204)
  const kept = await desk.running.desk.database.row<{ hash: string }>(
    sql`select request_hash as hash from idempotency where key = 'once'`,
  )
  const plain = createHash('sha256').update('POST /api/v1/session/proof\n').update(body)
  assert.notEqual(kept?.hash, plain.digest('base64url'))
})

test('a desk at a bare address says that it has no passkeys, and offers none', async () => {
  const browser = await enter(await someone())
  assert.equal((await browser('GET', '/account/factors')).body.passkeysPossible, false)
  assert.equal((await browser('POST', '/account/passkeys/challenge')).body.refusal, 'no_passkeys_here')
  assert.equal((await browser('POST', '/session/challenge')).body.refusal, 'no_passkeys_here')
})

test('a session is no place to guess the password: all who ask for it count together', async () => {
  const agent = await someone()
  const browser = await enter(agent)
  const { password } = agent
  for (let tried = 0; tried < 10; tried++) {
    const change = { currentPassword: `not ${tried}`, newPassword: 'another long password' }
    assert.equal((await browser('PATCH', '/session', change)).status, 400)
    assert.equal((await browser('POST', '/session/proof', { password: `not ${tried}` })).status, 400)
  }
  assert.equal((await browser('POST', '/session/proof', { password })).status, 429)
  const right = { currentPassword: password, newPassword: 'another long password' }
  assert.equal((await browser('PATCH', '/session', right)).status, 429)
  assert.equal((await browser('PATCH', '/session', { name: 'Ada' })).status, 200)
  desk.clock.pass(3_601)
  assert.equal((await browser('PATCH', '/session', right)).status, 200)
})
