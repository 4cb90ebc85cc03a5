// Forms at /forms/KEY as browsers without scripts send them, and the brand they wear.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onceIn } from '../support/puzzle.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const page = async (key: string) => (await fetch(`${desk.url}/forms/${key}`)).text()
async function send(key: string, values: Record<string, string | string[]>, file?: File) {
  const form = new FormData()
  for (const [name, value] of Object.entries(values))
    for (const each of [value].flat()) form.append(name, each)
  if (file) form.append('files', file)
  const answer = await fetch(`${desk.url}/forms/${key}`, { method: 'POST', body: form })
  return { status: answer.status, text: await answer.text() }
}
const newest = async (q: string) =>
  until(async () => (await desk.api('GET', `/tickets?q=${q}`)).body.items[0])
const ask = (name: string, more: object = {}) => ({
  ask: name,
  label: null,
  help: null,
  required: false,
  ...more,
})

test('the contact form is there from the start, and what it is sent becomes a ticket, once', async () => {
  const html = await page('contact')
  assert.match(html, /<p class="logo">[^<]+<\/p><h1>Contact us<\/h1>/, 'whose it is, without a logo too')
  const german = await fetch(`${desk.url}/forms/contact`, { headers: { 'accept-language': 'de' } })
  assert.match(await german.text(), /<h1>Kontakt<\/h1>\s*<p>Schreiben Sie uns/)
  const filled = {
    name: 'Pat',
    email: 'pat@customer.example',
    subject: 'Contactform',
    message: 'Hello',
    once: onceIn(html),
  }
  const first = await send('contact', filled, new File(['a file'], 'note.txt', { type: 'text/plain' }))
  assert.equal(first.status, 200)
  assert.match(first.text, /Its number is #\d+/)
  const number = /#(\d+)/.exec(first.text)?.[1]
  const again = await send('contact', filled, new File(['a file'], 'note.txt', { type: 'text/plain' }))
  assert.ok(again.text.includes(`#${number}`), 'sent twice it is one ticket, whose number is said again')
  const ticket = await newest('Contactform')
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body
  assert.deepEqual([items.length, items[0].attachments[0].name, ticket.channel], [1, 'note.txt', 'form'])
})

test('a form of one’s own asks for fields, sorts what comes in, and keeps what was typed when something is missing', async () => {
  const field = async (label: string, type: string, options?: string[]) =>
    (await desk.api('POST', '/fields', { label, type, ...(options ? { options } : {}) })).body.key
  const [order, why, parts] = [
    await field('Order number', 'text'),
    await field('Reason', 'select', ['Broken', 'Wrong <item>']),
    await field('Parts', 'multi_select', ['Shade', 'Base']),
  ]
  const team = (await desk.api('POST', '/teams', { name: 'Returns' })).body
  await desk.api('POST', '/categories', { name: 'returns' })
  const brand = (await desk.api('GET', '/brands')).body.items[0]
  const { status, body: form } = await desk.api('POST', '/forms', {
    key: 'returns',
    title: 'Send something back',
    intro: 'We pay the postage.\n\nReally.',
    brand: brand.id,
    team: team.id,
    category: 'returns',
    questions: [
      ask('email'),
      ask(`field.${order}`, { required: true, help: 'It stands on the box' }),
      ask(`field.${why}`, { label: 'What is wrong?' }),
      ask(`field.${parts}`),
      ask('message', { label: 'Tell us more' }),
    ],
    files: false,
    thanks: 'A label is on its way.',
  })
  assert.equal(status, 201, JSON.stringify(form))
  const html = await page('returns')
  assert.ok(html.indexOf('Order number') < html.indexOf('What is wrong?'), 'in the order they were put')
  assert.match(html, /Wrong &#60;item&#62;/)
  const answers = {
    email: 'ret@customer.example',
    message: 'Too dark <b>',
    [`field.${why}`]: 'Wrong <item>',
    once: onceIn(html),
  }
  const missing = await send('returns', answers)
  assert.equal(missing.status, 422)
  assert.match(missing.text, /This is needed\./)
  assert.match(missing.text, /Too dark &#60;b&#62;/)
  assert.match(missing.text, /<option selected>Wrong/)
  const sent = await send('returns', {
    ...answers,
    [`field.${order}`]: 'LL-1',
    [`field.${parts}`]: ['Shade', 'Base'],
  })
  assert.match(sent.text, /A label is on its way\./)
  const ticket = await newest('requester:ret@customer.example')
  assert.deepEqual(
    [ticket.subject, ticket.team.name, ticket.category, ticket.fields],
    [
      'Send something back',
      'Returns',
      'returns',
      { [order]: 'LL-1', [why]: 'Wrong <item>', [parts]: ['Shade', 'Base'] },
    ],
  )
  assert.equal(
    (await send('returns', { ...answers, [`field.${order}`]: 'x', [`field.${why}`]: 'Green' })).status,
    422,
  )
  await desk.api('PATCH', `/forms/${form.id}`, { archived: true })
  assert.equal((await fetch(`${desk.url}/forms/returns`)).status, 404)
  assert.equal((await send('returns', answers)).status, 404)
})

test('a question that hangs on another is not required of who does not see it, and what it was given is not kept', async () => {
  const field = async (label: string, type: string, options?: string[]) =>
    (await desk.api('POST', '/fields', { label, type, ...(options ? { options } : {}) })).body.key
  const topic = `field.${await field('Topic', 'select', ['Refund', 'Other'])}`
  const iban = `field.${await field('Account', 'text')}`
  const when = { ask: topic, is: ['Refund'], makes: 'shown' }
  const form = {
    key: 'topics',
    title: 'By topic',
    intro: '',
    brand: (await desk.api('GET', '/brands')).body.items[0].id,
    team: null,
    category: null,
    questions: [ask('email'), ask(topic), ask(iban, { required: true, when }), ask('message')],
    files: false,
    thanks: '',
  }
  const wrong = [ask('email'), ask(iban, { when }), ask(topic), ask('message')]
  const refused = await desk.api('POST', '/forms', { ...form, questions: wrong })
  assert.equal(refused.status, 400)
  assert.match(refused.body.detail, /not asked before/)
  const { body: made } = await desk.api('POST', '/forms', form)
  assert.deepEqual(made.questions[2].when, when)
  const html = await page('topics')
  assert.match(html, /Only for Topic: Refund\./, 'said to who has no script')
  assert.doesNotMatch(html.slice(html.indexOf('q-field-account')).split('>')[0] ?? '', / required/)
  const answers = { email: 'topic@customer.example', message: 'Hi', once: onceIn(html) }
  assert.equal((await send('topics', { ...answers, [topic]: 'Refund' })).status, 422)
  assert.equal((await send('topics', { ...answers, [topic]: 'Other', [iban]: 'DE1' })).status, 200)
  const ticket = await newest('requester:topic@customer.example')
  assert.deepEqual(ticket.fields, { [topic.slice(6)]: 'Other' })
})

test('a brand lends its colour and logo to its forms, and its name and signature to its mail', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const upload = async (bytes: Uint8Array<ArrayBuffer>, name: string) => {
    const form = new FormData()
    form.set('file', new File([bytes], name))
    const headers = { authorization: `Bearer ${desk.token}` }
    const answer = await fetch(`${desk.url}/api/v1/attachments`, { method: 'POST', body: form, headers })
    return ((await answer.json()) as { id: number }).id
  }
  const svg = await upload(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'x.svg')
  assert.equal((await desk.api('POST', '/brands', { name: 'Bright', logo: svg })).status, 400)
  const input = {
    name: 'Bright',
    fromName: 'Bright Lamps',
    signature: 'Yours, Bright',
    color: '#ffcc00',
    logo: await upload(new Uint8Array(png), 'l.png'),
    footer: 'Bright & Co, 1 Sun Road',
    footerLinks: [{ label: 'Imprint', url: 'https://bright.example/imprint' }],
  }
  const { body: brand } = await desk.api('POST', '/brands', input)
  assert.equal((await desk.api('POST', '/brands', { name: 'Bright' })).status, 400, 'the name is taken')
  const questions = [ask('email'), ask('message')]
  await desk.api('POST', '/forms', {
    key: 'bright',
    title: 'Ask Bright',
    intro: '',
    brand: brand.id,
    team: null,
    category: null,
    questions,
    files: true,
    thanks: '',
  })
  const html = await page('bright')
  assert.match(html, /alt="Bright Lamps"/)
  assert.equal((await fetch(`${desk.url}${brand.logoUrl}`)).headers.get('content-type'), 'image/png')
  assert.match(
    await (await fetch(`${desk.url}/forms/brand/${brand.id}.css`)).text(),
    /--accent: light-dark\(#876c00, #ffcc00\); --button: #ffcc00; --on-accent: #000/,
  )
  await send('bright', { email: 'sun@customer.example', message: 'Is it bright?', once: onceIn(html) })
  const ticket = await newest('requester:sun@customer.example')
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Very.' })
  desk.clock.pass(11)
  const sent = await until(async () => desk.sink.mails.find(({ mail }) => /Very\./.test(mail.text ?? '')))
  assert.match(sent.mail.text ?? '', /Yours, Bright/)
  assert.equal(sent.mail.from?.name, 'Bright Lamps')
  assert.match(sent.mail.text ?? '', /Bright & Co, 1 Sun Road\nImprint: https:\/\/bright\.example\/imprint/)
  assert.match(
    sent.mail.html ?? '',
    /Bright &amp; Co, 1 Sun Road<br[^>]*><a [^>]*href="https:\/\/bright\.example\/imprint"/,
  )
  assert.deepEqual(sent.mail.attachments, [], 'a person’s answer is a letter')
  // What a machine writes carries the logo.
  await desk.api('PATCH', `/tickets/${ticket.id}`, { status: 'resolved' })
  const told = await until(async () =>
    desk.sink.mails.find(({ mail }) => /resolved/.test(mail.subject ?? '')),
  )
  const [logo] = told.mail.attachments
  assert.match(told.mail.html ?? '', /<img [^>]*src="cid:\w+@docket" alt="Bright Lamps"/)
  assert.deepEqual([logo?.type, logo?.inline], ['image/png', true])
})

test('only administrators change forms and brands, and a form that could not be answered is refused', async () => {
  const agent = desk.as((await desk.addAgent('Ana', 'agent')).token)
  const { body } = await desk.api('GET', '/forms')
  assert.equal((await agent('GET', '/forms')).status, 200)
  assert.equal((await agent('PATCH', `/forms/${body.items[0].id}`, { title: 'Mine' })).status, 403)
  assert.equal((await agent('POST', '/brands', { name: 'Mine' })).status, 403)
  assert.equal((await desk.as('nonsense')('GET', '/forms')).status, 401)
  const brand = body.items[0].brand.id
  const form = {
    key: 'bad',
    title: 'Bad',
    intro: '',
    brand,
    team: null,
    category: null,
    files: true,
    thanks: '',
  }
  for (const questions of [
    [ask('email')],
    [ask('email'), ask('email'), ask('message')],
    [ask('email'), ask('message'), ask('field.gone')],
  ])
    assert.equal((await desk.api('POST', '/forms', { ...form, questions })).status, 400)
  assert.equal(
    (await desk.api('POST', '/forms', { ...form, key: 'contact', questions: [ask('email'), ask('message')] }))
      .status,
    400,
  )
})
