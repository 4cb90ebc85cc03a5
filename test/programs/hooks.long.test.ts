// Events of other systems: each sender's proof, tickets and their updates, repeats, what fails and is told again, and what is kept.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import type { HookMapping } from '#api/contract/hooks.ts'
import type { HookScheme } from '#channels/hook-words.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk.close())

const empty: HookMapping = {
  only: '',
  matter: '',
  email: 'alerts@shop.example',
  name: '',
  subject: '{{ event.title }}',
  body: '{{ event.text }}',
  status: '',
  priority: '',
  tags: '',
  fields: [],
}
/** As Alertmanager posts them: one event for each group of alerts, firing and later resolved. */
const alerts: HookMapping = {
  ...empty,
  matter: '{{ event.groupKey }}',
  name: 'Alertmanager',
  subject: '{{ event.commonLabels.alertname }} on {{ event.commonLabels.service }}',
  body: '{% for alert in event.alerts %}{{ alert.annotations.summary }}\n{% endfor %}',
  status: '{% if event.status == "resolved" %}resolved{% endif %}',
  priority: '{% if event.commonLabels.severity == "critical" %}urgent{% endif %}',
  tags: 'monitoring, {{ event.commonLabels.service }}',
}
const alert = (status: string, summary: string) => ({
  version: '4',
  groupKey: '{}:{alertname="Disk"}',
  status,
  commonLabels: { alertname: 'Disk', service: 'db', severity: 'critical' },
  alerts: [{ status, annotations: { summary } }],
})

const hookBody = (scheme: HookScheme, mapping: HookMapping) => ({
  name: `Hook ${scheme}`,
  scheme,
  brand: 1,
  team: null,
  category: null,
  mapping,
  again: 'note',
  acknowledges: false,
})

async function addHook(scheme: HookScheme, mapping: HookMapping, more: object = {}) {
  const made = await desk.api('POST', '/hooks', { ...hookBody(scheme, mapping), ...more })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body as { id: number; url: string; secret: string }
}

/** Posts to a hook's address, wherever the desk says it is. */
async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(`${desk.url}${new URL(url).pathname}`, { method: 'POST', body: text, headers })
  return { status: answer.status, body: (await answer.json()) as any } // eslint-disable-line typescript/no-explicit-any
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const seconds = () => Math.floor(Date.parse(desk.clock.now()) / 1_000)

test('an alert opens a ticket, fires again as a note on it, and is resolved; the next one is a matter of its own', async () => {
  const { id, url, secret } = await addHook('secret', alerts)
  const first = await post(url, alert('firing', 'Disk 91 % full'), bearer(secret))
  assert.deepEqual([first.status, first.body.detail], [200, 'opened'], JSON.stringify(first.body))
  const ticket = (await desk.api('GET', `/tickets/${first.body.ticketId}`)).body
  assert.deepEqual(
    [
      ticket.subject,
      ticket.channel,
      ticket.priority,
      ticket.tags,
      ticket.requester.email,
      ticket.requester.name,
    ],
    ['Disk on db', 'api', 'urgent', ['db', 'monitoring'], 'alerts@shop.example', 'Alertmanager'],
  )
  const again = await post(url, alert('firing', 'Disk 97 % full'), bearer(secret))
  assert.deepEqual([again.body.detail, again.body.ticketId], ['updated', ticket.id])
  const over = await post(url, alert('resolved', 'Disk 40 % full'), bearer(secret))
  assert.deepEqual([over.body.detail, over.body.ticketId], ['updated', ticket.id])
  const resolved = (await desk.api('GET', `/tickets/${ticket.id}`)).body
  assert.deepEqual([resolved.status, resolved.assignee], ['resolved', null])
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body
  assert.deepEqual(
    items.map(({ kind, text }: { kind: string; text: string }) => [kind, text.trim()]),
    [
      ['reply', 'Disk 91 % full'],
      ['note', 'Disk 97 % full'],
      ['note', 'Disk 40 % full'],
    ],
  )
  const anew = await post(url, alert('firing', 'Disk 93 % full'), bearer(secret))
  assert.deepEqual([anew.body.detail, anew.body.ticketId], ['updated', ticket.id])
  assert.equal((await desk.api('GET', `/tickets/${ticket.id}`)).body.status, 'open')
  const deaf = { ...alert('resolved', 'Nothing'), groupKey: 'never heard of' }
  assert.deepEqual((await post(url, deaf, bearer(secret))).body.detail, 'nothing_open')
  const kept = (await desk.api('GET', `/hooks/${id}/deliveries`)).body.items
  assert.deepEqual(
    kept.map(({ state }: { state: string }) => state),
    ['skipped', 'done', 'done', 'done', 'done'],
  )
})

test('two events of one matter at the same moment are one ticket', async () => {
  const { url, secret } = await addHook('secret', { ...empty, matter: '{{ event.order }}' })
  const all = await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      post(url, { order: 'A-1', title: 'Order A-1', text: `Event ${n}` }, bearer(secret)),
    ),
  )
  assert.deepEqual(all.map(({ body }) => body.detail).toSorted(), [
    'opened',
    'updated',
    'updated',
    'updated',
    'updated',
  ])
  assert.equal(new Set(all.map(({ body }) => body.ticketId)).size, 1)
})

test('each sender proves itself in its way; what is not proven is refused, noted, and nothing of it is kept', async () => {
  const event = { id: 'evt_1', title: 'Paid', text: 'An order was paid' }
  const text = JSON.stringify(event)
  const hmac = (secret: string, of: string) => createHmac('sha256', secret).update(of).digest('hex')
  const signed: Record<string, (secret: string, at: number) => Record<string, string>> = {
    standard: (secret, at) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,AAAA ${new Webhook(secret).sign('msg_1', new Date(at * 1_000), text)}`,
    }),
    github: (secret) => ({
      'x-github-delivery': 'd-1',
      'x-hub-signature-256': `sha256=${hmac(secret, text)}`,
    }),
    stripe: (secret, at) => ({ 'stripe-signature': `t=${at},v1=00,v1=${hmac(secret, `${at}.${text}`)}` }),
    secret: (secret) => ({ authorization: `Basic ${btoa(`any:${secret}`)}`, 'idempotency-key': 'k-1' }),
  }
  for (const [scheme, headersOf] of Object.entries(signed)) {
    const own = scheme === 'github' ? { secret: 'as GitHub drew it' } : {}
    const { id, url, secret } = await addHook(scheme as HookScheme, empty, own)
    const right = await post(url, text, headersOf(secret, seconds()))
    assert.deepEqual(
      [right.status, right.body.detail],
      [200, 'opened'],
      `${scheme} ${JSON.stringify(right.body)}`,
    )
    const repeated = await post(url, text, headersOf(secret, seconds()))
    assert.deepEqual([repeated.body.ticketId, repeated.body.isRepeated], [right.body.ticketId, true], scheme)
    if (scheme === 'github') {
      const recorded = { ...headersOf(secret, seconds()), 'x-github-delivery': 'd-2' }
      assert.equal((await post(url, text, recorded)).body.isRepeated, true, 'the number is not signed')
    }
    for (const headers of [{}, headersOf(`${secret.slice(0, -4)}AAA=`, seconds())])
      assert.equal((await post(url, text, headers)).status, 403, scheme)
    if (scheme !== 'secret')
      assert.equal(
        (await post(url, `${text} `, headersOf(secret, seconds()))).status,
        403,
        `${scheme}, another body`,
      )
    if (scheme === 'standard' || scheme === 'stripe')
      assert.equal((await post(url, text, headersOf(secret, seconds() - 301))).status, 403, `${scheme}, old`)
    const { refusal, failed } = (await desk.api('GET', `/hooks/${id}`)).body
    assert.ok(refusal, scheme)
    assert.equal(failed, 0)
    assert.equal((await desk.api('GET', `/hooks/${id}/deliveries`)).body.items.length, 1, scheme)
  }
  for (const secret of ['whsec_short', 'whsec_é' + 'A'.repeat(40), 'whsec_' + '-_'.repeat(20)])
    assert.equal(
      (await desk.api('POST', '/hooks', { ...hookBody('standard', empty), secret })).status,
      400,
      secret,
    )
})

test('an address that leads nowhere is refused before the body is read; bodies have an end, and must be JSON', async () => {
  const { id, url } = await addHook('none', empty)
  const nowhere = await post('http://desk/hooks/not-a-key', { title: 'x' })
  assert.equal(nowhere.status, 404)
  assert.equal((await post(url, `"${'x'.repeat(1_000_001)}"`)).status, 413)
  const unread = await post(url, 'title=x')
  assert.equal(unread.status, 400)
  const kept = (await desk.api('GET', `/hooks/${id}/deliveries/${unread.body.deliveryId}`)).body
  assert.deepEqual([kept.state, kept.body], ['failed', 'title=x'])
  const long = await post(url, { title: `x${'😀'.repeat(400)}`, text: `x${'😀'.repeat(30_000)}` })
  assert.equal(long.status, 200, JSON.stringify(long.body))
  assert.equal((await post(url, { title: 'Anybody', text: 'may' })).body.detail, 'opened')
  const acknowledging = await desk.api('PATCH', `/hooks/${id}`, { acknowledges: true })
  assert.equal(acknowledging.status, 400)
  const { url: other } = (await desk.api('POST', `/hooks/${id}/address`)).body
  assert.equal((await post(url, { title: 'x', text: 'y' })).status, 404)
  assert.equal((await post(other, { title: 'x', text: 'y' })).status, 200)
  await desk.api('PATCH', `/hooks/${id}`, { enabled: false })
  assert.equal((await post(other, { title: 'x', text: 'y' })).status, 404)
})

test('what fails is kept with its reason, tried under another mapping without writing, and told again', async () => {
  const field = (await desk.api('POST', '/fields', { key: 'amount', label: 'Amount', type: 'number' })).body
  assert.equal(field.key, 'amount')
  const mapping = {
    ...empty,
    email: '{{ event.customer }}',
    fields: [{ field: 'amount', text: '{{ event.total }}' }],
  }
  const { id, url, secret } = await addHook('secret', mapping)
  const order = {
    customer: { email: 'cy@customer.example' },
    title: 'Order 7',
    text: 'New',
    total: '12.50 EUR',
  }
  const failed = await post(url, order, { ...bearer(secret), 'idempotency-key': 'o-7' })
  assert.equal(failed.status, 400)
  assert.match(failed.body.detail, /^email: /)
  const delivery = failed.body.deliveryId
  assert.equal((await desk.api('GET', `/hooks/${id}`)).body.failed, 1)

  const before = (await desk.api('GET', '/tickets/counts')).body.all.count
  const attempt = async (change: object) =>
    (await desk.api('POST', '/hooks/tries', { mapping: { ...mapping, ...change }, hook: id, delivery })).body
  const half = await attempt({ email: '{{ event.customer.email }}' })
  assert.deepEqual([half.outcome, half.path], ['failed', 'fields.amount'])
  const whole = {
    email: '{{ event.customer.email }}',
    fields: [{ field: 'amount', text: '{{ event.total | split: " " | first }}' }],
  }
  const good = await attempt(whole)
  assert.deepEqual(
    [good.outcome, good.texts.find(({ part }: { part: string }) => part === 'fields.amount').text],
    ['opens', '12.50'],
  )
  assert.deepEqual((await attempt({ only: '{{ event.cancelled }}' })).outcome, 'skipped')
  assert.equal(
    (await attempt({ subject: '{% for a in (1..100000000) %}{{ a }}{% endfor %}' })).outcome,
    'failed',
  )
  assert.equal((await desk.api('GET', '/tickets/counts')).body.all.count, before)

  assert.equal(
    (await desk.api('PATCH', `/hooks/${id}`, { mapping: { ...mapping, ...whole, subject: '{% if' } })).status,
    400,
  )
  await desk.api('PATCH', `/hooks/${id}`, { mapping: { ...mapping, ...whole } })
  const again = (await desk.api('POST', `/hooks/${id}/deliveries/${delivery}/replay`)).body
  assert.deepEqual([again.state, again.detail], ['done', 'opened'])
  assert.deepEqual((await desk.api('GET', `/tickets/${again.ticketId}`)).body.fields, { amount: 12.5 })
  assert.equal((await desk.api('POST', `/hooks/${id}/deliveries/${delivery}/replay`)).status, 409)
  const repeated = await post(url, order, { ...bearer(secret), 'idempotency-key': 'o-7' })
  assert.deepEqual([repeated.status, repeated.body.isRepeated], [200, true])
  const other = await post(
    url,
    { ...order, title: 'Order 8' },
    { ...bearer(secret), 'idempotency-key': 'o-7' },
  )
  assert.equal(other.status, 422, JSON.stringify(other.body))
  // What was sent under a number and failed is what was sent last.
  const key = { ...bearer(secret), 'idempotency-key': `o-9${'9'.repeat(300)}` }
  const odd = await post(url, { ...order, total: 'much' }, key)
  assert.equal(odd.status, 400)
  await desk.api('DELETE', `/hooks/${id}/deliveries/${odd.body.deliveryId}`)
  const gone = (await desk.api('GET', `/hooks/${id}/deliveries/${odd.body.deliveryId}`)).body
  assert.deepEqual([gone.body, gone.detail], [null, null])
  const mended = await post(url, order, key)
  assert.deepEqual([mended.body.detail, mended.body.deliveryId], ['opened', odd.body.deliveryId])
  const sample = () =>
    desk.api('POST', `/hooks/${id}/deliveries`, { body: JSON.stringify(order) }, { 'idempotency-key': 'a' })
  const sampled = await sample()
  assert.equal(sampled.body.detail, 'opened')
  assert.deepEqual((await sample()).body, sampled.body)
})

test('the content of the newest fifty is kept, and goes when the message of its ticket does, or when somebody takes it away', async () => {
  const { id, url, secret } = await addHook('secret', { ...empty, only: '{{ event.keep }}' })
  const first = await post(url, { keep: true, title: 'Secret', text: 'Card 4242' }, bearer(secret))
  const detail = async (delivery: number) =>
    (await desk.api('GET', `/hooks/${id}/deliveries/${delivery}`)).body
  assert.match((await detail(first.body.deliveryId)).body, /4242/)
  const { ticketId } = first.body
  const held = await desk.api('PUT', `/tickets/${ticketId}/hold`, { reason: 'A case' })
  assert.ok(held.status < 300, JSON.stringify(held.body))
  assert.equal((await desk.api('DELETE', `/hooks/${id}/deliveries/${first.body.deliveryId}`)).status, 409)
  assert.equal((await desk.api('DELETE', `/tickets/${ticketId}/hold`)).status, 200)
  const [message] = (await desk.api('GET', `/tickets/${first.body.ticketId}/messages`)).body.items
  await desk.api('POST', `/tickets/${first.body.ticketId}/messages/${message.id}/redact`, {})
  assert.equal((await detail(first.body.deliveryId)).body, null)
  const second = await post(url, { title: 'Left out' }, bearer(secret))
  for (let n = 0; n < 50; n++) await post(url, { n }, bearer(secret))
  assert.equal((await detail(second.body.deliveryId)).isKept, false)
  const [newest] = (await desk.api('GET', `/hooks/${id}/deliveries?limit=1`)).body.items
  assert.equal(newest.isKept, true)
  assert.equal((await desk.api('DELETE', `/hooks/${id}/deliveries/${newest.id}`)).status, 204)
  assert.equal((await detail(newest.id)).body, null)
})

test('a webhook of this very desk that leads into it does not go round for ever', async () => {
  const told = (
    await desk.api('POST', '/webhooks', { key: 'self', name: 'Self', url: 'http://127.0.0.1:9/x' })
  ).body
  const mapping = { ...empty, subject: 'Round', body: '{{ event.data.ticket.id }}' }
  const { id, url } = await addHook('standard', mapping, { secret: told.secret })
  const own = `${desk.url}${new URL(url).pathname}`
  assert.equal((await desk.api('PATCH', `/webhooks/${told.id}`, { url: own })).status, 200)
  await publishRules(desk, [aRule(1, { on: ['created'], do: [{ webhook: { endpoint: 'self' } }] })])
  await desk.api('POST', '/tickets', {
    subject: 'Begin',
    body: 'Go',
    requester: { email: 'cy@customer.example' },
  })
  // The last of them names the brake, and nothing left the house for it.
  const last = await until(async () => {
    const [delivery] = (await desk.api('GET', `/hooks/${id}/deliveries?limit=1`)).body.items
    if (delivery?.ticketId == null) return false
    const { items } = (await desk.api('GET', `/tickets/${delivery.ticketId}/events`)).body
    return items.find(
      ({ kind }: { kind: string }) => kind === 'rule_circuit_opened' || kind === 'rule_suppressed',
    )
  })
  assert.equal(last.payload.ruleId, 1)
  const { items } = (await desk.api('GET', `/hooks/${id}/deliveries`)).body
  assert.ok(items.length <= 12, `${items.length} times round`)
  await publishRules(desk, [])
})

test('what a hook leads to is not put away, and moves along', async () => {
  const team = (await desk.api('POST', '/teams', { name: 'Shop' })).body
  const north = (await desk.api('POST', '/teams', { name: 'North' })).body
  const category = (await desk.api('POST', '/categories', { name: 'orders' })).body
  const { id } = await addHook(
    'secret',
    { ...empty, fields: [{ field: 'amount', text: '1' }] },
    { team: team.id, category: 'orders' },
  )
  const uses = (await desk.api('GET', `/teams/${team.id}/uses`)).body.items
  assert.deepEqual(
    uses.map(({ kind, id: of }: { kind: string; id: number }) => [kind, of]),
    [['hook', id]],
  )
  assert.equal((await desk.api('PATCH', `/categories/${category.id}`, { archived: true })).status, 409)
  const amount = (await desk.api('GET', '/fields')).body.items.find(
    ({ key }: { key: string }) => key === 'amount',
  )
  assert.equal((await desk.api('PATCH', `/fields/${amount.id}`, { archived: true })).status, 409)
  const moved = await desk.api('POST', `/teams/${team.id}/archive`, { moveTo: north.id })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  assert.equal((await desk.api('GET', `/hooks/${id}`)).body.team.name, 'North')
})
