// Signing in by SAML 2.0: metadata in and out, answers that are good in every way that providers sign them, and all that are not; step-up,
// groups, other browsers, and certificates that end.
import assert from 'node:assert/strict'
import { createVerify, X509Certificate } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, mock, test } from 'node:test'
import { certificateOf, newOwnKey } from '#channels/own-certificate.ts'
import { sql } from '#store/sql.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import {
  newSigningKey,
  readRequest,
  samlAnswer,
  samlMetadata,
  type SamlSomebody,
  type Spoilt,
} from '../support/saml-provider.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
let boss: Awaited<ReturnType<typeof signedIn>>
let web: Server
let id: number
let path: string
let ours: { metadataUri: string; redirectUri: string }
const key = await newSigningKey(400)
let shown = samlMetadata([key])

before(async () => {
  desk = await startDesk()
  boss = await signedIn(desk.url, await desk.addAgent('Boss', 'admin'))
  web = createServer((_, response) => response.end(shown)).listen(0, '127.0.0.1')
  await new Promise((done) => web.once('listening', done))
})
after(async () => {
  web?.close()
  await desk?.close()
})

const json = async (answer: Promise<Response>) => (await answer).json() as Promise<any> // eslint-disable-line typescript/no-explicit-any

/** A browser leaves for the provider; its request, and the cookie that it keeps. */
async function leave(purpose = 'sign_in', cookie = '', next?: string) {
  const started = await fetch(`${desk.url}/api/v1/session/providers/${id}/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-docket-csrf': '1', cookie },
    body: JSON.stringify({ purpose, ...(next === undefined ? {} : { next }) }),
  })
  assert.equal(started.status, 200, await started.clone().text())
  const { url } = (await started.json()) as { url: string }
  return { ...readRequest(url), url, way: started.headers.getSetCookie()[0]?.split(';')[0] ?? '', cookie }
}

/** The provider's page sends its form, as another site does: without a cookie of ours. */
async function post(answer: string, relay?: string): Promise<string> {
  const sent = await fetch(`${desk.url}/api/v1/session/providers/${id}/callback`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: 'https://login.acme.example', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({
      SAMLResponse: answer,
      ...(relay === undefined ? {} : { RelayState: relay }),
    }),
  })
  assert.equal(sent.status, 303, await sent.text())
  assert.deepEqual(sent.headers.getSetCookie(), [])
  return sent.headers.get('location') ?? ''
}

/** The browser goes on where the form's answer led, with its own cookies. */
async function goOn(to: string, cookies: readonly string[]) {
  const answer = await fetch(to, {
    redirect: 'manual',
    headers: { cookie: cookies.filter(Boolean).join('; ') },
  })
  assert.equal(answer.status, 303)
  const session = answer.headers.getSetCookie().find((line) => line.startsWith('docket_session='))
  return { to: answer.headers.get('location') ?? '', session: session?.split(';')[0] ?? '' }
}

const answered = (who: SamlSomebody, asked: string | null, spoilt?: Spoilt) =>
  samlAnswer(who, { id: asked, entityId: ours.metadataUri, consumerUrl: ours.redirectUri, key }, spoilt)

async function comeBy(who: SamlSomebody, spoilt?: Spoilt, purpose = 'sign_in', cookie = '', next?: string) {
  const gone = await leave(purpose, cookie, next)
  return goOn(await post(answered(who, gone.id, spoilt)), [gone.way, cookie])
}

const me = (session: string) => json(fetch(`${desk.url}/api/v1/session`, { headers: { cookie: session } }))
const chief = { nameId: 'b-1', email: 'boss@desk.example', name: 'Boss', groups: ['Chiefs'] }

test('a provider is made of its metadata, pasted or from its address, and knows the desk by the desk’s own', async () => {
  const pasted = await boss.call('POST', '/identity-providers', {
    kind: 'saml',
    name: 'Wrong',
    metadata: '<a/>',
  })
  assert.deepEqual(((await pasted.json()) as any).errors[0].path, 'metadata') // eslint-disable-line typescript/no-explicit-any
  const metadataUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}/metadata`
  const made = await json(
    boss.call('POST', '/identity-providers', { kind: 'saml', name: 'Acme', metadataUrl }),
  )
  ours = made
  id = made.id
  path = `/identity-providers/${id}`
  assert.equal(made.issuer, 'https://login.acme.example/saml')
  assert.deepEqual(
    made.saml.certificates.map(({ subject }: { subject: string }) => subject),
    ['CN=Acme sign-in'],
  )
  const own = await fetch(made.metadataUri)
  assert.match(own.headers.get('content-type') ?? '', /samlmetadata/)
  const text = await own.text()
  assert.match(text, /WantAssertionsSigned="true"/)
  assert.ok(
    text.includes(`entityID="${made.metadataUri}"`) && text.includes(`Location="${made.redirectUri}"`),
  )
  // Without domains nobody is found by their address, and everybody can join the two by hand.
  await comeBy(chief, {}, 'trial', boss.cookie)
  const byHand = (await json(boss.call('GET', path))).trial.steps.at(-1)
  assert.deepEqual([byHand.step, byHand.isGood, byHand.said], ['account', true, 'by_hand'])
  await boss.call('PATCH', path, { domains: ['desk.example', 'acme.example'] })
  const signedOut = await fetch(`${desk.url}/api/v1/session/providers/${id}/signed-out`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: 'x' }),
  })
  assert.equal(signedOut.status, 404)
  const many = samlMetadata([key]).replace(
    '<md:IDPSSODescriptor',
    `${'<a/>'.repeat(120_000)}<md:IDPSSODescriptor`,
  )
  const read = await boss.call('PATCH', path, { metadata: many })
  assert.equal(read.status, 200, await read.text())
})

test('a trial says at which step, and on which side, an answer is wrong; nobody comes in by any such', async () => {
  const warned = mock.method(desk.running.desk.log, 'warn')
  const other = await newSigningKey(400)
  const cases: readonly [Spoilt, RegExp, string, string?][] = [
    [{ sign: 'none' }, /signature/, 'desk'],
    [{ key: other }, /signature/, 'desk'],
    [{ after: (xml) => xml.replace('>b-1<', '>a-1<') }, /signature/, 'desk'],
    [{ sign: 'response', after: (xml) => xml.replace('>b-1<', '>a-1<') }, /signature/, 'desk'],
    // Left out of what is signed, and read differently by different readers.
    [{ after: (xml) => xml.replace('>b-1<', '>b<!---->-1<') }, /comments/, 'provider'],
    [{ after: (xml) => `<!DOCTYPE a [<!ENTITY b "c">]>${xml}` }, /comments/, 'provider'],
    // A second assertion beside the signed one.
    [
      {
        after: (xml) =>
          xml.replace(
            /(<saml:Assertion.*<\/saml:Assertion>)/,
            (all) =>
              all
                .replaceAll('b-1', 'a-1')
                .replace(/ ID="[^"]*"/, ' ID="_x"')
                .replace(/<Signature.*<\/Signature>/, '') + all,
          ),
      },
      /multiple/,
      'provider',
    ],
    // A process would be busy with it for minutes.
    [
      {
        sign: 'none',
        after: (xml) => xml.replace('<samlp:Status>', '<a/>'.repeat(20_000) + '<samlp:Status>'),
      },
      /longer/,
      'provider',
    ],
    [{ algorithm: 'rsa-sha1' }, /SHA-1/, 'provider'],
    // Judged by what it says, however that is written.
    [
      { algorithm: 'rsa-sha1', after: (xml) => xml.replace('#rsa-sha1', '#rsa-sh&#97;1') },
      /SHA-1/,
      'provider',
    ],
    [{ after: (xml) => xml.replace('xmlenc#sha256', 'xmlenc#other') }, /is signed by/, 'provider'],
    [{ audience: 'https://other.example' }, /audience/, 'provider'],
    [{ recipient: 'https://other.example/acs' }, /is for https:\/\/other/, 'provider'],
    [{ issuer: 'https://other.example' }, /is from https:\/\/other/, 'desk'],
    [{ minutesAgo: 60 }, /expired/, 'provider'],
    [{ minutesAgo: -10 }, /not yet valid/, 'provider'],
    [{ inResponseTo: '_another' }, /another request/, 'person'],
    [{ inResponseTo: null }, /another request/, 'person'],
    [{ format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }, /transient/, 'provider', 'claims'],
    [{ status: 'AuthnFailed', sign: 'none' }, /AuthnFailed/, 'person', 'answer'],
  ]
  for (const [spoilt, said, side, step = 'assertion'] of cases) {
    const { to } = await comeBy(chief, spoilt, 'trial', boss.cookie)
    assert.equal(to, `/admin/providers/${id}#trial`)
    const last = (await json(boss.call('GET', path))).trial.steps.at(-1)
    assert.match(last.said, said, JSON.stringify(spoilt))
    assert.deepEqual([last.step, last.side, last.isGood], [step, side, false], last.said)
  }
  assert.equal((await boss.call('PATCH', path, { isOn: true })).status, 400)
  assert.ok(
    warned.mock.calls.some(({ arguments: [about] }) =>
      /audience mismatch/.test((about as never as { said: string }).said),
    ),
  )
  warned.mock.restore()

  await comeBy(chief, {}, 'trial', boss.cookie)
  const { trial } = await json(boss.call('GET', path))
  assert.deepEqual(
    trial.steps.map(({ step, isGood }: never) => [step, isGood]),
    ['answer', 'assertion', 'claims', 'account'].map((step) => [step, true]),
    JSON.stringify(trial.steps),
  )
  assert.match(trial.steps.at(-1).said, /^linked: Boss/)
  assert.deepEqual(trial.groups, ['Chiefs'])
  assert.equal((await boss.call('PATCH', path, { isOn: true })).status, 200)
  const { to } = await comeBy(chief, { sign: 'none' })
  assert.equal(to, '/sign-in?problem=misset')
})

test('one signature is enough, wherever it stands; the name alone says who it is; groups decide', async () => {
  for (const sign of ['assertion', 'response', 'both'] as const) {
    const { to, session } = await comeBy(chief, { sign }, 'sign_in', '', '/inbox/all')
    assert.deepEqual([to, (await me(session)).name], ['/inbox/all', 'Boss'], sign)
  }
  const nia = { nameId: 'n-1', email: 'nia@acme.example', name: 'Nia', groups: ['Support'] }
  const grants = [
    { group: '*', role: null, teamId: null },
    { group: 'support', role: 'agent', teamId: null },
    { group: 'chiefs', role: 'admin', teamId: null },
  ]
  assert.equal((await boss.call('PUT', '/group-access', { grants })).status, 200)
  assert.match((await comeBy({ ...nia, groups: ['lunch'] })).to, /no_group/)
  const first = await comeBy(nia)
  const { id: agentId, role } = await me(first.session)
  assert.equal(role, 'agent')
  // Another address later is still the same person; another person with that address is not.
  assert.equal((await me((await comeBy({ ...nia, email: 'new@acme.example' })).session)).id, agentId)
  // A sign that ends no line in XML 1.0, as it comes into names by pasting.
  const pasted = { ...nia, nameId: 's-1', email: 'sia@acme.example', name: 'Sia&#x2028;North' }
  assert.equal((await me((await comeBy(pasted)).session)).name, 'Sia North')
  assert.match(
    (await comeBy({ nameId: 'u-1', email: 'una@else.example', groups: ['Support'] })).to,
    /unverified/,
  )
  await desk.api('PATCH', `/agents/${agentId}`, { active: false })
  assert.equal((await comeBy(nia)).to, '/sign-in?problem=deactivated')
})

test('a provider may want signed requests and encrypt what it says, by a key of the desk’s that lies sealed', async () => {
  boss = await signedIn(desk.url, { email: 'boss@desk.example', password: 'boss has a long password' })
  const text = async () => (await fetch(ours.metadataUri)).text()
  const certificates = (xml: string, use: string) =>
    [...xml.matchAll(new RegExp(`use="${use}">.*?<ds:X509Certificate>([^<]+)<`, 'gs'))].map(([, all = '']) =>
      certificateOf(all.replace(/\s/g, '')),
    )
  const before = await text()
  const [encryptFor = ''] = certificates(before, 'encryption')
  assert.match(new X509Certificate(encryptFor).subject, /^CN=127\.0\.0\.1$/)
  assert.deepEqual(certificates(before, 'signing'), [])
  // However it is signed and encrypted; what is inside is judged as what is not.
  for (const sign of ['assertion', 'response', 'both'] as const)
    for (const encryption of ['aes256-gcm', 'aes128-cbc'] as const)
      assert.equal((await comeBy(chief, { sign, encryptFor, encryption })).to, '/', `${sign} ${encryption}`)
  const strange = (await newOwnKey({ days: 9, commonName: 'x', nowMs: Date.now() })).certificate
  const spoilt: readonly [Spoilt, RegExp, string][] = [
    [{ encryption: 'rsa-1_5' }, /encrypted by .*rsa-1_5/, 'provider'],
    [{ encryptFor: strange }, /does not open/, 'provider'],
    [{ sign: 'none' }, /signature/, 'desk'],
    [{ hidden: (xml) => xml.replace('>b-1<', '>a-1<') }, /signature/, 'desk'],
    [{ hidden: (xml) => xml.replace('>b-1<', '>b<!---->-1<') }, /comments/, 'provider'],
    [{ sign: 'none', hidden: () => `<a>${'<b/>'.repeat(2_000)}</a>` }, /longer/, 'provider'],
    [{ algorithm: 'rsa-sha1' }, /SHA-1/, 'provider'],
    [{ audience: 'https://other.example' }, /audience/, 'provider'],
    [{ minutesAgo: 60 }, /expired/, 'provider'],
  ]
  for (const [how, said, side] of spoilt) {
    await comeBy(chief, { encryptFor, ...how }, 'trial', boss.cookie)
    const last = (await json(boss.call('GET', path))).trial.steps.at(-1)
    assert.match(last.said, said, JSON.stringify(how))
    assert.deepEqual([last.step, last.side, last.isGood], ['assertion', side, false])
  }
  const asked = (url: string) => new URL(url).searchParams
  assert.equal(asked((await leave()).url).get('Signature'), null)
  // Metadata that want signed requests have them signed, by what stands in ours.
  const wants = samlMetadata([key]).replace(
    '<md:IDPSSODescriptor',
    '<md:IDPSSODescriptor WantAuthnRequestsSigned="true"',
  )
  const wanting = await json(boss.call('PATCH', path, { metadata: wants }))
  assert.deepEqual([wanting.saml.signsRequests, wanting.trial, wanting.isOn], [true, null, true])
  const isSigned = async () => {
    const [certificate = ''] = certificates(await text(), 'signing')
    const { url } = await leave()
    const signature = asked(url).get('Signature') ?? ''
    const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap((name) => {
      const value = asked(url).get(name)
      return value === null ? [] : [`${name}=${encodeURIComponent(value)}`]
    })
    assert.equal(asked(url).get('SigAlg'), 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
    return createVerify('sha256').update(signed.join('&')).verify(certificate, signature, 'base64')
  }
  assert.ok(await isSigned())
  assert.match(await text(), /AuthnRequestsSigned="true"/)
  // Another key takes over at once.
  assert.equal((await boss.call('PATCH', path, { newKey: true })).status, 200)
  assert.ok(await isSigned())
  assert.match((await comeBy(chief, { encryptFor })).to, /misset/)
  const [next = ''] = certificates(await text(), 'encryption')
  assert.equal((await comeBy(chief, { encryptFor: next })).to, '/')
  const rows = await desk.running.desk.database.rows<{ saml: unknown; sealed: Buffer }>(
    sql`select saml, sealed from identity_provider where id = ${id}`,
  )
  assert.doesNotMatch(JSON.stringify(rows) + rows[0]?.sealed.toString('latin1'), /PRIVATE KEY/)
  const shownNow = await json(
    boss.call('PATCH', path, { signsRequests: false, metadata: samlMetadata([key]) }),
  )
  assert.equal(shownNow.saml.signsRequests, false)
  assert.equal(JSON.stringify(shownNow).includes('CERTIFICATE'), false)
})

test('an answer counts once, for the browser that asked, whichever process hears of it', async () => {
  const gone = await leave()
  const answer = answered(chief, gone.id)
  const led = await post(answer)
  assert.equal((await goOn(led, [])).to, '/sign-in?problem=expired')
  const again = await post(answer)
  assert.match(again, /failed=/)
  assert.equal((await goOn(again, [gone.way])).to, '/sign-in?problem=expired')
  // Of many at once one counts.
  const next = await leave()
  const same = answered(chief, next.id)
  const all = await Promise.all([1, 2, 3, 4].map(() => post(same)))
  assert.equal(all.filter((to) => to.includes('arrived=')).length, 1)
  const arrived = all.find((to) => to.includes('arrived=')) ?? ''
  assert.equal((await goOn(arrived, [next.way])).to, '/')
  assert.equal((await goOn(arrived, [next.way])).to, '/sign-in?problem=expired')
  // What was said waits two minutes, and what was taken is remembered for as long as it could come again.
  const late = await leave()
  const kept = await post(answered(chief, late.id))
  desk.clock.pass(130)
  assert.equal((await goOn(kept, [late.way])).to, '/sign-in?problem=expired')
  const mine = await leave()
  const theirs = await leave()
  assert.equal(
    (await goOn(await post(answered(chief, mine.id)), [theirs.way])).to,
    '/sign-in?problem=expired',
  )
})

test('what nobody asked for is taken only where the desk says so, and leads to paths of ours alone', async () => {
  boss = await signedIn(desk.url, { email: 'boss@desk.example', password: 'boss has a long password' })
  assert.equal((await goOn(await post(answered(chief, null)), [])).to, '/sign-in?problem=unasked')
  assert.equal((await boss.call('PATCH', path, { takesUnasked: true })).status, 200)
  const led = await goOn(await post(answered(chief, null), '/inbox/mine'), [])
  assert.deepEqual([led.to, (await me(led.session)).name], ['/inbox/mine', 'Boss'])
  for (const relay of ['https://evil.example/', '//evil.example', '/\\evil.example'])
    assert.equal((await goOn(await post(answered(chief, null), relay), [])).to, '/')
  await boss.call('PATCH', path, { takesUnasked: false })
})

test('proving once more asks the provider anew, and an old sign-in there proves nothing', async () => {
  const { session } = await comeBy(chief, { askedSecondsAgo: 7_200 })
  const call = (method: string, to: string, body?: object) =>
    fetch(`${desk.url}/api/v1${to}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-docket-csrf': '1', cookie: session },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const stale = await call('PATCH', path, { vouchesFactor: true })
  assert.deepEqual(
    [stale.status, ((await stale.json()) as { proofs: string[] }).proofs[0]],
    [403, 'provider'],
  )
  assert.ok((await leave('proof', session)).isAnew)
  assert.equal(
    (await comeBy(chief, { askedSecondsAgo: 7_200 }, 'proof', session)).to,
    '/proved?problem=misset',
  )
  assert.equal((await call('PATCH', path, { vouchesFactor: true })).status, 403)
  assert.equal((await comeBy(chief, {}, 'proof', session)).to, '/proved')
  assert.equal((await call('PATCH', path, { vouchesFactor: true })).status, 200)
})

test('a certificate that ends soon is told of until another stands beside it; both count', async () => {
  const soon = await newSigningKey(20, Date.parse(desk.clock.now()))
  const later = await newSigningKey(400, Date.parse(desk.clock.now()))
  const alerts = async () =>
    (await json(boss.call('GET', '/alerts'))).items.filter(
      ({ kind }: { kind: string }) => kind === 'certificate',
    )
  boss = await signedIn(desk.url, { email: 'boss@desk.example', password: 'boss has a long password' })
  shown = samlMetadata([soon, key])
  await boss.call('PATCH', path, { metadata: samlMetadata([soon]) })
  assert.deepEqual(
    (await alerts()).map(({ address, providerId }: never) => [address, providerId]),
    [['Acme', id]],
  )
  // Who signed in by this provider stays: it is the same one.
  assert.equal((await json(boss.call('GET', path))).people, 3)
  await boss.call('PATCH', path, { metadata: samlMetadata([soon, later]) })
  assert.deepEqual(await alerts(), [])
  for (const by of [soon, later]) assert.equal((await comeBy(chief, { key: by })).to, '/')
  assert.equal((await comeBy(chief)).to, '/sign-in?problem=misset')
  // Another entity ID is another provider: nobody is known there, and it has to be tried.
  const moved = await json(boss.call('PATCH', path, { metadata: samlMetadata([key], 'https://new.example') }))
  assert.deepEqual([moved.isOn, moved.people, moved.trial], [false, 0, null])
  await until(async () => ((await comeBy(chief).catch(() => null)) === null ? true : null))
})
