// The API's promises: bad input is named, access is denied by default, a key answers once, edits never overwrite silently.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const asked = { subject: 'A question', body: 'How?', requester: { email: 'cy@customer.example', name: 'Cy' } }

async function newTicket(): Promise<{ id: number; seq: number }> {
  return (await desk.api('POST', '/tickets', asked)).body
}

test('bad input gets a 400 that names the place', async () => {
  const bad: [string, unknown, string][] = [
    ['a wrong type', { ...asked, subject: 7 }, 'subject'],
    ['an unknown key', { ...asked, colour: 'red' }, ''],
    ['a NUL', { ...asked, body: 'a\0b' }, 'body'],
    ['half a surrogate pair', { ...asked, subject: 'a\ud800b' }, 'subject'],
    ['an unknown category', { ...asked, category: 'no/such' }, 'category'],
    ['an unknown assignee', { ...asked, assignee: 'nobody@desk.example' }, 'assignee'],
    ['an unknown field', { ...asked, fields: { nothing: 1 } }, 'fields.nothing'],
    ['a broken address', { ...asked, requester: { email: 'not an address' } }, 'requester.email'],
  ]
  for (const [name, body, path] of bad) {
    const { status, body: problem, headers } = await desk.api('POST', '/tickets', body)
    assert.equal(status, 400, name)
    assert.match(headers.get('content-type') ?? '', /application\/problem\+json/)
    assert.match(problem.type, /\/bad-input$/)
    assert.equal(problem.errors[0].path, path, name)
  }
  const huge = await desk.api('POST', '/tickets', { ...asked, body: 'x'.repeat(50_000_000) })
  assert.equal(huge.status, 413)
  const broken = await desk.api('POST', '/tickets', new TextEncoder().encode('{"subject":'), {
    'content-type': 'application/json',
  })
  assert.equal(broken.status, 400)
})

test('without a token nothing answers but the doors that are open to everyone', async () => {
  const { paths } = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { security?: unknown[] }>>
  }
  let closed = 0
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { security }] of Object.entries(operations)) {
      if (security?.length === 0 || (path.includes('/attachments/{id}') && method === 'get')) continue
      const response = await fetch(`${desk.url}${path.replace(/\{\w+\}/g, '1')}`, {
        method: method.toUpperCase(),
      })
      assert.equal(response.status, 401, `${method} ${path}`)
      closed++
    }
  }
  assert.ok(closed > 50, `only ${closed} routes were tried`)
})

test('a viewer changes nothing, an agent configures nothing', async () => {
  const viewer = desk.as((await desk.addAgent('Vi', 'viewer')).token)
  const agent = desk.as((await desk.addAgent('Al', 'agent')).token)
  const { id } = await newTicket()
  assert.equal((await viewer('GET', `/tickets/${id}`)).status, 200)
  for (const [method, path, body] of [
    ['POST', '/tickets', asked],
    ['PATCH', `/tickets/${id}`, { priority: 'high' }],
    ['POST', `/tickets/${id}/messages`, { kind: 'note', body: 'x' }],
    ['GET', '/outbox', undefined],
  ] as const) {
    assert.equal((await viewer(method, path, body)).status, 403, `${method} ${path}`)
  }
  for (const [method, path, body] of [
    ['POST', '/agents', { name: 'X', email: 'x@desk.example', role: 'admin' }],
    ['PATCH', '/settings', { deskName: 'Mine' }],
    ['POST', '/tokens', { name: 't', scopes: ['*'] }],
    ['GET', '/audit', undefined],
    ['PATCH', `/tickets/${id}`, { deleted: true }],
  ] as const) {
    assert.equal((await agent(method, path, body)).status, 403, `${method} ${path}`)
  }
})

test('the same Idempotency-Key makes one ticket, and another body with it is refused', async () => {
  const key = { 'idempotency-key': 'once' }
  const both = await Promise.all([
    desk.api('POST', '/tickets', asked, key),
    desk.api('POST', '/tickets', asked, key),
  ])
  assert.deepEqual(
    both.map(({ status }) => status),
    [201, 201],
  )
  assert.equal(both[0].body.id, both[1].body.id)
  assert.equal((await desk.api('POST', '/tickets', { ...asked, subject: 'Another' }, key)).status, 422)
})

test('edits of other fields are applied on top; the same field answers 409 with base, theirs and yours', async () => {
  const ticket = await newTicket()
  assert.equal((await desk.api('PATCH', `/tickets/${ticket.id}`, { priority: 'high' })).status, 200)
  const other = await desk.api('PATCH', `/tickets/${ticket.id}`, {
    addTags: ['vip'],
    expectedSeq: ticket.seq,
  })
  assert.equal(other.status, 200)
  const same = await desk.api(
    'PATCH',
    `/tickets/${ticket.id}`,
    { priority: 'low' },
    { 'if-match': `"${ticket.seq}"` },
  )
  assert.equal(same.status, 409)
  assert.match(same.body.type, /\/conflict$/)
  const { base, theirs, yours } = same.body.conflict[0]
  assert.deepEqual([base, theirs, yours], ['normal', 'high', 'low'])
})

test('a refused transition is a 409 with its name; what an agent resolves without an owner becomes theirs', async () => {
  const { id } = await newTicket()
  const closed = await desk.api('PATCH', `/tickets/${id}`, { status: 'closed' })
  assert.deepEqual([closed.status, closed.body.refusal], [409, 'close_reason_required'])
  const resolved = await desk.api('PATCH', `/tickets/${id}`, { status: 'resolved' })
  assert.deepEqual([resolved.status, resolved.body.assignee.name], [200, 'Bo'])
})

test('merge needs the new readers acknowledged, and unmerge takes it apart again', async () => {
  const one = await newTicket()
  const two = (await desk.api('POST', '/tickets', { ...asked, requester: { email: 'di@customer.example' } }))
    .body
  const refused = await desk.api('POST', `/tickets/${one.id}/merge`, { into: two.id })
  assert.deepEqual([refused.status, refused.body.refusal], [409, 'privacy_ack_required'])
  const acknowledgedNewReaders = refused.body.newReaders.map(({ id }: { id: number }) => id)
  const merged = await desk.api('POST', `/tickets/${one.id}/merge`, { into: two.id, acknowledgedNewReaders })
  assert.equal(merged.status, 200)
  const messages = await desk.api('GET', `/tickets/${two.id}/messages`)
  assert.deepEqual(
    messages.body.items
      .map(({ mergedFromTicketId }: { mergedFromTicketId: number }) => mergedFromTicketId)
      .toSorted(),
    [null, one.id].toSorted(),
  )
  assert.equal((await desk.api('POST', `/tickets/${one.id}/unmerge`)).status, 200)
  assert.equal((await desk.api('GET', `/tickets/${two.id}/messages`)).body.items.length, 1)
})

test('undo takes a whole update back, undo send gives the draft back', async () => {
  const { id } = await newTicket()
  const set = (await desk.api('PATCH', `/tickets/${id}`, { priority: 'urgent', addTags: ['vip'] })).body
  const undone = await desk.api('POST', `/tickets/${id}/undo`, { seq: set.seq })
  assert.deepEqual([undone.body.ticket.priority, undone.body.ticket.tags], ['normal', []])
  const reply = (
    await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'Too soon', status: 'resolved' })
  ).body
  assert.equal(reply.ticket.status, 'resolved')
  const back = await desk.api('POST', `/tickets/${id}/messages/${reply.id}/undo-send`)
  assert.deepEqual([back.status, back.body.ticket.status], [200, 'new'])
  assert.match(back.body.draft.body, /^<p[^>]*>Too soon<\/p>$/)
  desk.clock.pass(60)
  assert.equal(desk.sink.mails.filter(({ mail }) => /Too soon/.test(mail.text ?? '')).length, 0)
})

test('notes never leave the house', async () => {
  const { id } = await newTicket()
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'for us alone' })
  const outbox = await desk.api('GET', `/outbox?ticketId=${id}`)
  assert.ok(outbox.body.items.every(({ messageId }: { messageId: number | null }) => messageId === null))
})
