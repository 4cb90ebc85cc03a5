// Macros, canned replies, mentions, drafts: what an agent writes with, and what must never go wrong with it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let ada: Call
let adaId: number
let cat: Call
let catId: number
let viewer: Call

before(async () => {
  desk = await startDesk()
  const [a, c] = [await desk.addAgent('Ada', 'agent'), await desk.addAgent('Cat', 'agent')]
  ada = desk.as(a.token)
  adaId = a.principal.agentId
  cat = desk.as(c.token)
  catId = c.principal.agentId
  viewer = desk.as((await desk.addAgent('Vic', 'viewer')).token)
  await desk.api('POST', '/fields', { key: 'order', label: 'Order number', type: 'text' })
})
after(() => desk.close())

async function newTicket(more: object = {}): Promise<{ id: number; seq: number }> {
  const requester = { email: 'cy@customer.example', name: 'Cy Doe' }
  return (
    await desk.api('POST', '/tickets', { subject: 'My lamp hums', body: 'It hums.', requester, ...more })
  ).body
}

async function upload(token: string, file: File): Promise<{ id: number }> {
  const form = new FormData()
  form.set('file', file)
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${desk.url}/api/v1/attachments`, { method: 'POST', headers, body: form })
  assert.equal(response.status, 201)
  return (await response.json()) as { id: number }
}

const refund = {
  name: 'Refund',
  scope: 'shared',
  change: { status: 'pending', addTags: ['refund'], assignee: 'me' },
  message: {
    kind: 'reply',
    body: '<p>Hi {{requester.firstName}}, order {{field.order}} & <b>all</b><script>x()</script></p>',
  },
}

test('a macro shows what it would change, blocks on an empty variable, and is applied as one update', async () => {
  const { body: macro, status } = await desk.api('POST', '/macros', refund)
  assert.equal(status, 201)
  assert.doesNotMatch(macro.message.body, /script/)
  const ticket = await newTicket()
  const { body: preview } = await ada('POST', `/macros/${macro.id}/preview`, { ticketId: ticket.id })
  assert.deepEqual(preview.changes, [
    { field: 'status', from: 'new', to: 'pending' },
    { field: 'assignee', from: '', to: 'Ada' },
    { field: 'tags', from: '', to: 'refund' },
  ])
  assert.deepEqual(preview.message.unresolved, ['field.order'])
  assert.match(preview.message.body, /Hi Cy, order \{\{field\.order\}\}/)
  const refused = await ada('POST', `/macros/${macro.id}/apply`, { ticketId: ticket.id })
  assert.equal(refused.body.refusal, 'unresolved_variable')
  assert.equal((await ada('GET', `/tickets/${ticket.id}`)).body.status, 'new', 'nothing was changed')
  await ada('PATCH', `/tickets/${ticket.id}`, { fields: { order: 'A<1>' } })
  const { body: after } = await ada('POST', `/macros/${macro.id}/apply`, { ticketId: ticket.id })
  assert.deepEqual([after.status, after.assignee.name, after.tags], ['pending', 'Ada', ['refund']])
  const { items } = (await ada('GET', `/tickets/${ticket.id}/messages`)).body
  assert.match(items[1].text, /Hi Cy, order A<1> & all/)
  assert.doesNotMatch(items[1].html, /<1>/, 'a value never becomes markup')
  const { items: events } = (await ada('GET', `/tickets/${ticket.id}/events?limit=200`)).body
  const named = events.filter((event: { macro?: { name: string } }) => event.macro?.name === 'Refund')
  assert.ok(named.length >= 3)
  assert.equal(new Set(named.map((event: { updateId: number }) => event.updateId)).size, 1)
  assert.equal((await ada('GET', '/macros')).body.items[0].uses, 1)
})

test('what was staged by a macro is sent with the message, and the status chosen at Send wins', async () => {
  const { body: macro } = await desk.api('POST', '/macros', { ...refund, name: 'Staged' })
  const ticket = await newTicket()
  const { body } = await ada('POST', `/tickets/${ticket.id}/messages`, {
    kind: 'reply',
    body: '<p>Edited by hand</p>',
    bodyFormat: 'html',
    change: macro.change,
    macroId: macro.id,
    status: 'resolved',
  })
  assert.deepEqual([body.ticket.status, body.ticket.tags], ['resolved', ['refund']])
})

test('macros of others are not there, shared ones are kept by leads, viewers apply none', async () => {
  const mine = (await ada('POST', '/macros', { ...refund, name: 'Mine', scope: 'personal' })).body
  const ticket = await newTicket()
  assert.equal((await cat('POST', `/macros/${mine.id}/preview`, { ticketId: ticket.id })).status, 404)
  assert.equal((await cat('PATCH', `/macros/${mine.id}`, { name: 'x' })).status, 404)
  assert.equal(
    (await cat('GET', '/macros')).body.items.some(({ id }: { id: number }) => id === mine.id),
    false,
  )
  assert.equal((await ada('POST', '/macros', refund)).status, 403)
  assert.equal((await viewer('POST', '/macros', { ...refund, scope: 'personal' })).status, 403)
  assert.equal((await viewer('POST', '/macros/1/apply', { ticketId: ticket.id })).status, 403)
  assert.equal((await ada('POST', '/macros', { name: 'Nothing', scope: 'personal' })).status, 400)
  const borrowed = { kind: 'note', body: 'x', macroId: mine.id }
  assert.equal((await cat('POST', `/tickets/${ticket.id}/messages`, borrowed)).status, 404)
})

test('a macro lies in a folder, speaks the customer’s language, and brings its files', async () => {
  const bo = desk.token
  const made = await desk.api('POST', '/macros', {
    name: 'Guide',
    scope: 'shared',
    folder: 'Lamps/Care',
    message: { kind: 'reply', body: '<p>Read this.</p>', texts: { de: '<p>Bitte lesen.</p>' } },
    uploads: [(await upload(bo, new File(['how to'], 'care.txt'))).id],
  })
  assert.deepEqual([made.status, made.body.files[0].name, made.body.files[0].size], [201, 'care.txt', 6])
  const { id } = made.body
  const inFolder = (folder: string) => ada('GET', `/macros?folder=${encodeURIComponent(folder)}`)
  assert.deepEqual(
    (await inFolder('Lamps/Care')).body.items.map((each: { id: number }) => each.id),
    [id],
  )
  assert.equal((await inFolder('Lamps')).body.items.length, 0)
  assert.equal((await ada('GET', '/macros?q=lamps')).body.items.length, 1, 'its folder finds it')
  const bytes = await fetch(`${desk.url}/api/v1/macros/${id}/files/${made.body.files[0].sha256}`, {
    headers: { authorization: `Bearer ${bo}` },
  })
  assert.equal(await bytes.text(), 'how to')

  const german = await newTicket({ body: 'Guten Tag, die Lampe ist kaputt und ich habe noch Garantie.' })
  const look = async (ticketId: number) => (await ada('POST', `/macros/${id}/preview`, { ticketId })).body
  assert.deepEqual(
    [(await look(german.id)).message.language, (await look(german.id)).files.length],
    ['de', 1],
  )
  assert.match((await look((await newTicket()).id)).message.body, /Read this/)
  assert.equal((await ada('POST', `/macros/${id}/apply`, { ticketId: german.id })).status, 200)
  const sent = (await ada('GET', `/tickets/${german.id}/messages`)).body.items[1]
  assert.deepEqual([sent.text.trim(), sent.attachments[0].name], ['Bitte lesen.', 'care.txt'])
  const { items } = (await ada('POST', `/macros/${id}/uploads`)).body
  const note = { kind: 'note', body: 'For you', attachments: [items[0].id] }
  assert.equal((await ada('POST', `/tickets/${german.id}/messages`, note)).status, 201)

  const { files, message } = (await desk.api('PATCH', `/macros/${id}`, { name: 'The guide' })).body
  assert.deepEqual([files.length, message.texts.de], [1, '<p>Bitte lesen.</p>'], 'what is not named stays')
  const known = { message: { kind: 'reply', body: '<p>Read that.</p>' } }
  assert.equal((await desk.api('PATCH', `/macros/${id}`, known)).body.message.texts.de, '<p>Bitte lesen.</p>')
  assert.deepEqual((await desk.api('PATCH', `/macros/${id}`, { files: [] })).body.files, [])
  const [entry] = (await desk.api('GET', '/audit?limit=1')).body.items
  assert.deepEqual([entry.action, entry.changes.length], ['macro_changed', 1], JSON.stringify(entry))
  const [{ sha256 }] = made.body.files
  assert.equal((await desk.api('PATCH', `/macros/${id}`, { files: [sha256] })).body.files[0].name, 'care.txt')
  assert.equal((await desk.api('PATCH', `/macros/${id}`, { files: ['0'.repeat(64)] })).status, 400)
  const theirs = (await upload((await desk.addAgent('Dan', 'agent')).token, new File(['x'], 'x.txt'))).id
  assert.equal((await desk.api('PATCH', `/macros/${id}`, { uploads: [theirs] })).status, 400)
  const silent = { name: 'Silent', scope: 'shared', change: { priority: 'high' }, uploads: [theirs] }
  assert.equal((await desk.api('POST', '/macros', silent)).status, 400)
})

test('a mention tells the colleague, who follows from then on; who may not see the ticket is not told', async () => {
  const ticket = await newTicket()
  const note = { kind: 'note', body: '<p>@Cat look</p>', bodyFormat: 'html', mentions: [catId, adaId] }
  await ada('POST', `/tickets/${ticket.id}/messages`, note)
  const { body } = await cat('GET', '/mentions')
  assert.equal(body.unread, 1)
  assert.deepEqual(
    [body.items[0].ticket.id, body.items[0].by.name, body.items[0].snippet],
    [ticket.id, 'Ada', '@Cat look'],
  )
  const followers = (await ada('GET', `/tickets/${ticket.id}`)).body.participants
  assert.deepEqual(
    followers.map(({ name, role }: { name: string; role: string }) => [name, role]),
    [['Cat', 'follower']],
  )
  assert.equal((await ada('GET', '/mentions')).body.items.length, 0, 'nobody mentions themselves')
  await cat('POST', '/mentions/read')
  assert.equal((await cat('GET', '/mentions')).body.unread, 0)
})

test('a draft keeps what is set with it and whom it mentions', async () => {
  const ticket = await newTicket()
  const draft = {
    body: '<p>Half</p>',
    cc: null,
    attachments: [],
    change: { status: 'pending' },
    mentions: [catId],
  }
  assert.equal((await ada('PUT', `/tickets/${ticket.id}/draft?mode=note`, draft)).status, 200)
  const { body } = await ada('GET', `/tickets/${ticket.id}/draft?mode=note`)
  assert.deepEqual([body.body, body.change, body.mentions], ['<p>Half</p>', { status: 'pending' }, [catId]])
  assert.equal(
    (await cat('GET', `/tickets/${ticket.id}/draft?mode=note`)).body.body,
    '',
    'a draft is its writer’s',
  )
})

test('a reply that was taken back is a draft again with its format, its copies and its files', async () => {
  const ticket = await newTicket()
  const { token } = await desk.addAgent('Fay', 'agent')
  const fay = desk.as(token)
  const { id: fileId } = await upload(token, new File(['hello'], 'hello.txt', { type: 'text/plain' }))
  const sent = await fay('POST', `/tickets/${ticket.id}/messages`, {
    kind: 'reply',
    body: '<p>Look at <strong>this</strong></p>',
    bodyFormat: 'html',
    cc: ['dee@customer.example'],
    attachments: [fileId],
  })
  assert.equal(sent.status, 201)
  const { body } = await fay('POST', `/tickets/${ticket.id}/messages/${sent.body.id}/undo-send`)
  assert.equal(body.draft.body, '<p>Look at <strong>this</strong></p>')
  assert.deepEqual(body.draft.cc, ['dee@customer.example'])
  assert.deepEqual(
    body.draft.attachments.map(({ id }: { id: number }) => id),
    [fileId],
  )
})

test('a picture in the text leaves as part of the mail and is shown in the conversation', async () => {
  const ticket = await newTicket()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
  const { token } = await desk.addAgent('Gus', 'agent')
  const file = await upload(token, new File([png], 'lamp.png', { type: 'image/png' }))
  const { body } = await desk.as(token)('POST', `/tickets/${ticket.id}/messages`, {
    kind: 'reply',
    body: `<p>Here</p><img src="cid:up-${file.id}" alt="lamp"><img src="https://tracker.example/x.gif">`,
    bodyFormat: 'html',
    attachments: [file.id],
  })
  assert.match(body.html, new RegExp(`src="/api/v1/attachments/${file.id}\\?`))
  assert.equal(body.attachments.length, 0, 'it stands in the text, not beside it')
  desk.clock.pass(11)
  const mail = await until(async () => desk.sink.mails.find(({ mail: each }) => /Here/.test(each.html ?? '')))
  assert.match(mail.mail.html ?? '', new RegExp(`src="cid:up-${file.id}"`))
  assert.equal(mail.mail.attachments[0]?.contentId?.replace(/[<>]/g, ''), `up-${file.id}`)
})
