// Webhooks: signed by Standard Webhooks, tried again, given up, replayed, never led inside the network, and answered without
// a rule answering itself.
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import { after, before, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { mayReach } from '#channels/egress.ts'
import { readCause, writeCause } from '#channels/cause.ts'
import { placeOfSecret, rotateWebhookSecrets } from '#channels/webhook-store.ts'
import { createSeal, type Sealed } from '#store/seal.ts'
import { sql } from '#store/sql.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

type Told = { headers: IncomingMessage['headers']; body: string }
let desk: TestDesk
let told: Told[] = []
let answerWith: () => number = () => 204
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += String(chunk)))
  request.on('end', () => {
    told.push({ headers: request.headers, body })
    response.writeHead(answerWith(), { location: 'http://169.254.169.254/' }).end('x'.repeat(100))
  })
})
let url = ''

before(async () => {
  desk = await startDesk()
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const address = receiver.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hook`
})
after(async () => {
  await desk.close()
  receiver.close()
})

async function open() {
  const body = { subject: 'Late', body: 'Where is it?', requester: { email: 'cy@example.org', name: 'Cy' } }
  return (await desk.api('POST', '/tickets', body)).body
}

test('a rule tells a webhook once, signed; a failing one is tried again, given up after a day, and replayed', async () => {
  const hook = (await desk.api('POST', '/webhooks', { key: 'crm', name: 'CRM', url })).body
  assert.match(hook.secret, /^whsec_/)
  await publishRules(desk, [aRule(1, { on: ['created'], do: [{ webhook: { endpoint: 'crm' } }] })])
  const ticket = await open()
  const [first] = await until(async () => told.length > 0 && told)
  assert.ok(first)
  const payload = new Webhook(hook.secret).verify(first.body, {
    ...(first.headers as Record<string, string>),
    // The desk's clock stands still in tests; the library compares with the machine's.
    ...(() => {
      const now = new Date()
      const id = String(first.headers['webhook-id'])
      return {
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(hook.secret).sign(id, now, first.body),
      }
    })(),
  }) as { type: string; data: { ticket: { id: number } } }
  assert.deepEqual([payload.type, payload.data.ticket.id], ['ticket.rule_fired', ticket.id])
  const at = new Date(Number(first.headers['webhook-timestamp']) * 1000)
  assert.equal(
    first.headers['webhook-signature'],
    new Webhook(hook.secret).sign(String(first.headers['webhook-id']), at, first.body),
  )

  answerWith = () => 500
  told = []
  await open()
  await until(async () => told.length === 1)
  for (let tries = 2; tries <= 12; tries++) {
    await until(
      async () =>
        (await newest(hook.id)).attempts === tries - 1 && (await newest(hook.id)).state === 'queued',
    )
    desk.clock.pass(40_000)
    await until(async () => told.length === tries)
  }
  const dead = await until(async () => {
    const delivery = await newest(hook.id)
    return delivery.state === 'dead' && delivery
  })
  const detail = (await desk.api('GET', `/webhooks/${hook.id}/deliveries/${dead.id}`)).body
  assert.equal(detail.tries.length, 12)
  assert.equal(new Set(told.map(({ headers }) => headers['webhook-id'])).size, 1)
  answerWith = () => 204
  assert.equal((await desk.api('POST', `/webhooks/${hook.id}/deliveries/${dead.id}/replay`)).status, 200)
  await until(async () => (await newest(hook.id)).state === 'delivered')
})

async function newest(hookId: number) {
  return (await desk.api('GET', `/webhooks/${hookId}/deliveries?limit=1`)).body.items[0]
}

test('a redirect is not followed', async () => {
  told = []
  answerWith = () => 302
  await open()
  await until(async () => told.length === 1)
  const [hook] = (await desk.api('GET', '/webhooks')).body.items
  const delivery = await until(async () => {
    const found = await newest(hook.id)
    return found.attempts === 1 && found.state === 'queued' && found
  })
  const { tries } = (await desk.api('GET', `/webhooks/${hook.id}/deliveries/${delivery.id}`)).body
  assert.deepEqual([tries[0].status, tries[0].detail], [302, 'A redirect: give its target instead'])
  answerWith = () => 204
})

test('what calls back with the cause is not answered by the rule that told it', async () => {
  told = []
  await publishRules(desk, [
    aRule(2, { on: ['created', 'field_change'], do: [{ webhook: { endpoint: 'crm' } }] }),
    aRule(3, {
      on: ['field_change'],
      if: { field: 'priority', op: 'is', value: 'high' },
      do: [{ addTags: ['seen'] }],
    }),
  ])
  const ticket = await open()
  const [first] = await until(async () => told.length > 0 && told)
  const cause = String(first?.headers['docket-cause'])
  const changed = await desk.api(
    'PATCH',
    `/tickets/${ticket.id}`,
    { priority: 'high' },
    { 'docket-cause': cause },
  )
  assert.deepEqual(changed.body.tags, ['seen'])
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/events?limit=200`)).body
  const suppressed = items.find(({ kind }: { kind: string }) => kind === 'rule_suppressed')
  assert.deepEqual([suppressed?.payload.ruleId, suppressed?.payload.detail.why], [2, 'self_caused'])
  await desk.api(
    'PATCH',
    `/tickets/${ticket.id}`,
    { priority: 'low' },
    { 'docket-cause': '12.AAAAAAAAAAAAAAAAAAAAAA' },
  )
  await until(async () => told.length === 2)
  assert.equal(readCause(writeCause(7, 'a'), 'b'), null)
})

test('no spelling of an address inside the network can be told anything', async () => {
  const spellings = [
    'http://10.0.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254/latest',
    'http://[fe80::1]',
    'http://[::ffff:10.0.0.1]',
    'http://0x0a000001',
    'http://167772161',
    'http://0',
    'http://[fd00::1]',
    'http://100.64.0.1',
  ]
  for (const spelling of spellings) {
    const answer = await desk.api('POST', '/webhooks', { key: 'in', name: 'Inside', url: spelling })
    assert.deepEqual([answer.status, answer.body.errors?.[0]?.path], [400, 'url'], spelling)
  }
  assert.equal(
    (await desk.api('POST', '/webhooks', { key: 'in', name: 'Inside', url: 'ftp://example.org' })).status,
    400,
  )
  assert.equal(mayReach('a', '127.0.0.1', []), false)
})

test('a webhook’s secret moves to a new DOCKET_SECRET, and opens with nothing else', async () => {
  const { database } = desk.running.desk
  const made = (await desk.api('POST', '/webhooks', { key: 'moves', name: 'Moves', url })).body
  const old = desk.config.secret ?? ''
  const next = createSeal('another secret that is long enough for it', [old])
  assert.equal(await database.transaction((tx) => rotateWebhookSecrets(tx, next)), 2)
  assert.equal(await database.transaction((tx) => rotateWebhookSecrets(tx, next)), 0)
  const kept = await database.row<Sealed>(
    sql`select key_id as "keyId", sealed from webhook where key = 'moves'`,
  )
  assert.ok(kept)
  assert.equal(next.open(kept, placeOfSecret('moves')), made.secret)
  assert.throws(() => next.open(kept, placeOfSecret('crm')))
  assert.throws(() => createSeal(old).open(kept, placeOfSecret('moves')), /another DOCKET_SECRET/)
})
