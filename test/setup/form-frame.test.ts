// A form on other people's pages: who may name which pages, and what the policy of the form's page then says to browsers.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { onceIn } from '../support/puzzle.ts'

let desk: TestDesk
let contact: { id: number; key: string; origins: string[] }
before(async () => {
  desk = await startDesk()
  contact = (await desk.api('GET', '/forms')).body.items[0]
})
after(() => desk.close())

const change = (body: object) => desk.api('PATCH', `/forms/${contact.id}`, body)
const open = (path: string, init?: RequestInit) => fetch(`${desk.url}${path}`, init)
const ancestorsOf = ({ headers }: Response) =>
  /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1]
const post = (values: Record<string, string | File>, headers: Record<string, string> = {}) => {
  const body = new FormData()
  for (const [name, value] of Object.entries(values)) body.append(name, value)
  return open('/forms/contact?embed', { method: 'POST', body, headers })
}
const filled = async (subject: string) => ({
  email: 'cy@customer.example',
  subject,
  message: 'Hello',
  once: onceIn(await (await open('/forms/contact?embed')).text()),
})

test('no page may show a form until its origins are named, and then those alone', async () => {
  assert.deepEqual(contact.origins, [])
  const closed = await open('/forms/contact?embed')
  assert.deepEqual([ancestorsOf(closed), closed.headers.get('x-frame-options')], [`'none'`, 'DENY'])

  const named = ['https://München.example/', 'http://localhost:3000', 'https://xn--mnchen-3ya.example:443']
  const { status, body } = await change({ origins: named })
  const kept = ['https://xn--mnchen-3ya.example', 'http://localhost:3000']
  assert.deepEqual([status, body.origins], [200, kept])
  const shown = await open('/forms/contact?embed')
  assert.deepEqual([ancestorsOf(shown), shown.headers.get('x-frame-options')], [kept.join(' '), null])
  assert.match(shown.headers.get('content-security-policy') ?? '', /default-src 'none'.*script-src 'self'/)
  assert.match(await shown.text(), /data-parents="https:\/\/xn--mnchen-3ya\.example http:\/\/localhost:3000"/)

  // The page by itself, other forms, and all else stay closed to frames.
  for (const path of ['/forms/contact', '/forms/none?embed', '/help', '/', '/api/v1/forms?embed'])
    assert.equal(ancestorsOf(await open(path)), `'none'`, path)
  assert.equal(ancestorsOf(await open('/forms/contact?embed=preview')), `'self'`)
})

test('a title or a thanks changed alone leaves the origins, and what changed is in the audit with its way back', async () => {
  await change({ origins: ['https://shop.example'] })
  assert.deepEqual((await change({ thanks: 'Bye' })).body.origins, ['https://shop.example'])
  await change({ origins: [], thanks: '' })
  const [entry] = (await desk.api('GET', `/audit?thing=form&thingId=${contact.id}&limit=1`)).body.items
  assert.deepEqual(
    entry.changes.find(({ field }: { field: string }) => field === 'origins'),
    { field: 'origins', from: ['https://shop.example'], to: [] },
  )
  const restored = await desk.api(entry.back.method, entry.back.path, entry.back.body)
  assert.deepEqual(restored.body.origins, ['https://shop.example'])
})

test('what no policy may name is refused with its place and a reason, by whoever may not change forms altogether', async () => {
  for (const [origin, said] of [
    ['http://shop.example', /origins\.1: "http:\/\/shop\.example" is not https/],
    ['https://*.example', /more than one/],
    ['https://shop.example/contact', /path/],
    [`https://a.example;script-src`, /letters/],
    ['null', /not an origin/],
  ] as const) {
    const { status, body } = await change({ origins: ['https://fine.example', origin] })
    assert.equal(status, 400)
    assert.match(body.detail, said)
    assert.equal(body.errors[0].path, 'origins.1')
  }
  const many = Array.from({ length: 21 }, (_, at) => `https://shop${at}.example`)
  assert.match((await change({ origins: many })).body.detail, /at most 20/)
  assert.equal((await change({ origins: many.slice(1) })).status, 200)
  const agent = desk.as((await desk.addAgent('Ana', 'agent')).token)
  const origins = ['https://mine.example']
  assert.equal((await agent('PATCH', `/forms/${contact.id}`, { origins })).status, 403)
  assert.equal((await desk.as('nobody')('PATCH', `/forms/${contact.id}`, { origins })).status, 401)
})

test('what answers a form is shown in the same frame: thanks, faults, files too large, and that it is closed', async () => {
  await change({ origins: ['https://shop.example'] })
  const sent = await post(await filled('From a frame'))
  assert.deepEqual([sent.status, ancestorsOf(sent)], [200, 'https://shop.example'])
  assert.match(await sent.text(), /forms-frame\.js.*Its number is #\d+/s)
  const faulty = await post({ ...(await filled('No address')), email: 'x' })
  assert.deepEqual([faulty.status, ancestorsOf(faulty)], [422, 'https://shop.example'])
  const large = new File([new Uint8Array(10_500_000)], 'large.bin')
  const refused = await post({ ...(await filled('Large')), files: large })
  assert.deepEqual([refused.status, ancestorsOf(refused)], [413, 'https://shop.example'])
  assert.match(await refused.text(), /<h1>That was too large/)
  await change({ archived: true })
  const closed = await open('/forms/contact?embed')
  assert.deepEqual([closed.status, ancestorsOf(closed)], [404, 'https://shop.example'])
  assert.match(await closed.text(), /<h1>This form is closed.*/)
  assert.equal((await post({ email: 'cy@customer.example', message: 'Late' })).status, 404)
  await change({ archived: false })
})

test('an agent who is signed in sends a form like everybody, on the desk’s own site too', async () => {
  const { email, password } = await desk.addAgent('Lee', 'lead')
  const signedIn = await open('/api/v1/session', {
    method: 'POST',
    body: JSON.stringify({ email, password }),
    headers: {
      'content-type': 'application/json',
      'x-docket-csrf': '1',
      'idempotency-key': crypto.randomUUID(),
    },
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  assert.equal((await post(await filled('By an agent'), { cookie })).status, 200)
})

test('the script for other pages may be loaded by them, and the one in the frame by nobody else', async () => {
  const policyOf = async (path: string) => (await open(path)).headers.get('cross-origin-resource-policy')
  assert.equal(await policyOf('/forms-embed.js'), 'cross-origin')
  assert.equal(await policyOf('/forms-frame.js'), 'same-origin')
})

test('whoever sends too often is told so in the frame', async () => {
  let answer = await post({})
  for (let tries = 0; tries < 10 && answer.status !== 429; tries++) answer = await post({})
  assert.deepEqual([answer.status, ancestorsOf(answer)], [429, 'https://shop.example'])
  assert.match(await answer.text(), /<h1>Too much was sent at once/)
})
