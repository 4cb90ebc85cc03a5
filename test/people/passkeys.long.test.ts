// Passkeys over real HTTP, with a passkey in software: as the second factor, as the only one, and what is not believed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { relyingParty } from '#api/people/passkey-ceremony.ts'
import { authenticator } from '../support/authenticator.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { visitor, type Visitor } from '../support/visitor.ts'

let desk: TestDesk
let origin: string
let count = 0
before(async () => {
  desk = await startDesk({ trustedProxies: ['127.0.0.1'], isNamed: true })
  origin = desk.config.baseUrl
})
after(() => desk.close())

async function enter({ email, password }: { email: string; password: string }): Promise<Visitor> {
  const browser = visitor(desk.url)
  assert.equal((await browser('POST', '/session', { email, password })).status, 200)
  return browser
}

type Key = ReturnType<typeof authenticator>
const add = async (browser: Visitor, key: Key, name = 'Key') => {
  const { body } = await browser('POST', '/account/passkeys/challenge')
  return browser('POST', '/account/passkeys', { name, passkey: key.make(body, { origin }) })
}

async function withPasskey() {
  const agent = await desk.addAgent(`Eve${++count}`, 'admin')
  const browser = await enter(agent)
  const key = authenticator()
  const added = await add(browser, key)
  assert.deepEqual([added.status, added.body.recoveryCodes?.length], [201, 10])
  return { agent, browser, key }
}

const asked = async (browser: Visitor) => (await browser('POST', '/session/challenge')).body
const show = async (browser: Visitor, passkey: object) =>
  (await browser('POST', '/session/factor', { passkey })).status

test('a passkey is the second factor after the password, and the only one without', async () => {
  const { agent, key } = await withPasskey()
  const half = await enter(agent)
  const options = await asked(half)
  assert.deepEqual([options.allowCredentials.length, options.rpId], [1, 'localhost'])
  // Behind a password it need not make sure of its person again.
  assert.equal(await show(half, key.sign(options, { origin, isVerified: false })), 200)
  assert.equal((await half('GET', '/session')).body.email, agent.email)
  const alone = visitor(desk.url)
  const open = await asked(alone)
  assert.deepEqual([open.allowCredentials, open.userVerification], [[], 'required'])
  assert.equal(await show(alone, key.sign(open, { origin })), 200)
  assert.equal((await alone('GET', '/session')).body.email, agent.email)
  const unsure = visitor(desk.url)
  assert.equal(await show(unsure, key.sign(await asked(unsure), { origin, isVerified: false })), 400)
})

test('a challenge is used up even when its answer is refused, and good for who asked alone', async () => {
  const { agent, key } = await withPasskey()
  const browser = await enter(agent)
  const options = await asked(browser)
  assert.equal(await show(browser, key.sign(options, { origin: 'https://elsewhere.example' })), 400)
  assert.equal(await show(browser, key.sign(options, { origin })), 400, 'it was used')
  const old = await asked(browser)
  desk.clock.pass(301)
  assert.equal(await show(browser, key.sign(old, { origin })), 400, 'too old')
  const [here, there] = [await enter(agent), await enter(agent)]
  const ofHere = await asked(here)
  assert.equal(await show(there, key.sign(ofHere, { origin })), 400, 'of another browser')
  assert.equal(await show(here, key.sign(ofHere, { origin })), 200, 'and not used up by a stranger')
  const stepUp = (await here('POST', '/session/proof/challenge')).body
  assert.equal(await show(await enter(agent), key.sign(stepUp, { origin })), 400, 'of another purpose')
})

test('two tabs of one browser ask side by side', async () => {
  const { agent, key } = await withPasskey()
  const browser = await enter(agent)
  const [first, second] = [await asked(browser), await asked(browser)]
  assert.notEqual(first.challenge, second.challenge)
  assert.equal(await show(browser, key.sign(first, { origin })), 200)
})

test('a passkey of somebody else, of another site, or that was removed is not believed', async () => {
  const [one, two] = [await withPasskey(), await withPasskey()]
  const half = await enter(one.agent)
  assert.equal(await show(half, two.key.sign(await asked(half), { origin })), 400, 'somebody else’s')
  const elsewhere = { origin, rpId: 'elsewhere.example' }
  assert.equal(await show(half, one.key.sign(await asked(half), elsewhere)), 400, 'for another site')
  assert.equal(await show(half, authenticator().sign(await asked(half), { origin })), 400, 'unknown')
  const spare = authenticator()
  assert.equal((await add(one.browser, spare, 'Spare')).body.recoveryCodes, null)
  const options = await asked(half)
  const { passkeys } = (await one.browser('GET', '/account/factors')).body
  assert.deepEqual(
    passkeys.map(({ name }: { name: string }) => name),
    ['Key', 'Spare'],
  )
  assert.equal((await two.browser('DELETE', `/account/passkeys/${passkeys[0].id}`)).status, 404)
  assert.equal((await one.browser('DELETE', `/account/passkeys/${passkeys[0].id}`)).status, 204)
  assert.equal(await show(half, one.key.sign(options, { origin })), 401, 'the way in ended with it')
  const [entry] = (await desk.api('GET', `/audit?thingId=${one.agent.principal.agentId}&thing=agent`)).body
    .items
  const removed = { field: 'passkey', from: 'Key', to: null }
  assert.deepEqual([entry.action, entry.changes], ['passkey_removed', [removed]])
  const fresh = await enter(one.agent)
  assert.equal(await show(fresh, one.key.sign(await asked(fresh), { origin })), 400, 'removed')
  assert.equal(await show(fresh, spare.sign(await asked(fresh), { origin })), 200)
})

test('a passkey that counts must count on: a copy is found out', async () => {
  const { agent, key } = await withPasskey()
  const signs = async (signCount: number) => {
    const browser = await enter(agent)
    return show(browser, key.sign(await asked(browser), { origin, signCount }))
  }
  assert.equal(await signs(5), 200)
  assert.equal(await signs(5), 400)
  assert.equal(await signs(4), 400)
  assert.equal(await signs(6), 200)
})

test('a passkey is registered once, for the session that asked, and renamed by its owner', async () => {
  const { browser, key } = await withPasskey()
  assert.equal((await add(browser, key)).status, 400, 'it is known')
  const other = await enter(await desk.addAgent(`Eve${++count}`, 'agent'))
  assert.equal((await add(other, key)).status, 400, 'and is nobody else’s')
  const options = (await browser('POST', '/account/passkeys/challenge')).body
  const foreign = { name: 'Stolen', passkey: authenticator().make(options, { origin }) }
  assert.equal((await other('POST', '/account/passkeys', foreign)).status, 400)
  const wrong = { name: 'X', passkey: authenticator().make(options, { origin: 'http://localhost' }) }
  assert.equal((await browser('POST', '/account/passkeys', wrong)).status, 400, 'another port')
  const [mine] = (await browser('GET', '/account/factors')).body.passkeys
  const path = `/account/passkeys/${mine.id}`
  assert.equal((await other('PATCH', path, { name: 'Mine now' })).status, 404)
  assert.equal((await browser('PATCH', path, { name: 'Laptop' })).body.name, 'Laptop')
})

test('a passkey steps up', async () => {
  const { browser, key } = await withPasskey()
  desk.clock.pass(600)
  const token = { name: 'T', scopes: ['tickets:read'] }
  assert.deepEqual((await browser('POST', '/tokens', token)).body.proofs, ['passkey', 'recovery'])
  const { body } = await browser('POST', '/session/proof/challenge')
  const proof = { passkey: key.sign(body, { origin, isVerified: false }) }
  assert.equal((await browser('POST', '/session/proof', proof)).status, 204)
  assert.equal((await browser('POST', '/tokens', token)).status, 201)
  assert.equal((await browser('POST', '/session/proof', proof)).status, 400, 'once')
})

test('what is no answer of a passkey is refused, never a failure', async () => {
  const { agent, key } = await withPasskey()
  const browser = await enter(agent)
  const signed = key.sign(await asked(browser), { origin })
  const { response } = signed
  const text = (value: string) => Buffer.from(value).toString('base64url')
  for (const changed of [
    { clientDataJSON: text('no JSON') },
    { clientDataJSON: text('null') },
    { clientDataJSON: text('{"challenge": 7}') },
    { authenticatorData: text('short') },
    { signature: text('none') },
    { signature: '' },
    { authenticatorData: 'not base64url!' },
  ])
    assert.equal(await show(browser, { ...signed, response: { ...response, ...changed } }), 400)
})

test('passkeys are for https and localhost, by name', () => {
  const at = (baseUrl: string) => relyingParty({ baseUrl })?.id ?? null
  assert.equal(at('https://desk.example:8443/help'), 'desk.example')
  assert.equal(at('http://localhost:3000'), 'localhost')
  assert.equal(at('http://desk.example'), null)
  assert.equal(at('https://192.0.2.7'), null)
  assert.equal(at('https://[2001:db8::1]'), null)
  assert.equal(at('http://127.0.0.1:3000'), null)
})
