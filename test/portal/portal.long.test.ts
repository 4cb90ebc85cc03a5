// The portal as its customers use it, without a script: the way in, what each of them sees, and what they can do there.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { letter, post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { reader, type Reader } from '../support/pages.ts'

let desk: TestDesk
let brandId: number
before(async () => {
  desk = await startDesk({ trustedProxies: ['127.0.0.1'] })
  brandId = (await desk.api('GET', '/brands')).body.items[0].id
  await desk.api('PATCH', `/brands/${brandId}`, { fromName: 'Lumen Lamps', ticketLinks: true })
})
after(() => desk.close())

async function opened(email: string, subject: string, more: object = {}) {
  const { status, body } = await desk.api('POST', '/tickets', {
    requester: { email, name: email.split('@')[0] },
    subject,
    body: `About ${subject}`,
    ...more,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

const mailsTo = (email: string, about: RegExp) =>
  desk.sink.mails.filter((mail) => mail.to.includes(email) && about.test(mail.mail.text ?? ''))

async function linkTo(email: string, from: Reader): Promise<string> {
  const before = mailsTo(email, /portal\/enter/).length
  const page = await from.get(`/portal/${brandId}`)
  assert.equal((await from.send(page, '/sign-in', { email })).status, 200)
  const mail = await until(async () => mailsTo(email, /portal\/enter/)[before])
  return /\/portal\/enter\/[\w.-]+/.exec(mail.mail.text ?? '')?.[0] ?? ''
}

async function signedIn(email: string): Promise<Reader> {
  const own = reader(desk.url)
  const link = await linkTo(email, own)
  const inside = await own.send(await own.get(link), link)
  assert.match(inside.html, /<h1>Your requests<\/h1>/)
  return own
}

test('a link signs in once, at the press of a button: whoever only looks at it is not signed in (K08)', async () => {
  await opened('cy@customer.example', 'Broken lamp')
  const cy = reader(desk.url)
  const link = await linkTo('cy@customer.example', cy)
  const scanner = reader(desk.url)
  for (let look = 0; look < 3; look++) assert.match((await scanner.get(link)).html, /Welcome back/)
  assert.equal(scanner.cookies.size, 0)
  const inside = await cy.send(await cy.get(link), link)
  assert.match(inside.html, /Broken lamp/)
  assert.match(inside.html, /We are working on it/)
  const again = await reader(desk.url).get(link)
  assert.deepEqual([again.status, /has been used/.test(again.html)], [410, true])
  assert.equal((await reader(desk.url).post(link, {})).status, 410, 'nor by pressing')
})

test('a link is too old after 15 minutes, and a forged one is none', async () => {
  await opened('dan@customer.example', 'Late')
  const link = await linkTo('dan@customer.example', reader(desk.url))
  desk.clock.pass(901)
  assert.equal((await reader(desk.url).get(link)).status, 410)
  assert.equal((await reader(desk.url).post(link, {})).status, 410)
  const forged = link.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A'))
  assert.equal((await reader(desk.url).get(forged)).status, 410)
})

test('known and unknown addresses are answered alike, and only the known one is mailed', async () => {
  await opened('known@customer.example', 'Known')
  const [one, other] = [reader(desk.url), reader(desk.url)]
  const answers = []
  for (const [who, email] of [
    [one, 'known@customer.example'],
    [other, 'nobody@customer.example'],
  ] as const) {
    const answer = await who.send(await who.get(`/portal/${brandId}`), '/sign-in', { email })
    answers.push({
      ...answer,
      headers: [...answer.headers.keys()].filter((key) => !/date|ratelimit/.test(key)),
    })
  }
  assert.deepEqual(answers[0], answers[1])
  await until(async () => mailsTo('known@customer.example', /portal\/enter/)[0])
  assert.equal(mailsTo('nobody@customer.example', /./).length, 0)
  const bad = await one.send(await one.get(`/portal/${brandId}`), '/sign-in', { email: 'no address' })
  assert.deepEqual([bad.status, /no address/.test(bad.html)], [422, true])
})

test('an address is sent three links in an hour, and three more that day', async () => {
  const email = 'eve@customer.example'
  await opened(email, 'Often')
  const ask = async () => {
    const own = reader(desk.url)
    await own.send(await own.get(`/portal/${brandId}`), '/sign-in', { email })
  }
  for (let time = 0; time < 5; time++) await ask()
  const witness = 'fay@customer.example'
  await opened(witness, 'Witness')
  await linkTo(witness, reader(desk.url))
  // Several leave at once: the last of them may come after its witness.
  const comes = (count: number) => until(async () => mailsTo(email, /portal\/enter/).length >= count)
  await comes(3)
  assert.equal(mailsTo(email, /portal\/enter/).length, 3)
  desk.clock.pass(3_700)
  for (let time = 0; time < 5; time++) await ask()
  await opened('gil@customer.example', 'Witness')
  await linkTo('gil@customer.example', reader(desk.url))
  await comes(6)
  assert.equal(mailsTo(email, /portal\/enter/).length, 6)
})

test('everybody sees their own tickets and those they are in copy of; a manager the organisation’s (K09)', async () => {
  const boss = await opened('boss@acme.example', 'Of the boss')
  const hal = await opened('hal@acme.example', 'Of Hal')
  const ida = await opened('ida@acme.example', 'Of Ida')
  await desk.api('POST', `/tickets/${hal.id}/messages`, { kind: 'note', body: 'Hal is a difficult one' })
  await desk.api('POST', `/tickets/${hal.id}/messages`, { kind: 'reply', body: 'Dear Hal, we look into it' })
  desk.clock.pass(60)
  for (const { requester } of [boss, hal, ida])
    await desk.api('PATCH', `/people/${requester.id}`, { organization: 'Acme' })
  await desk.api('POST', `/tickets/${ida.id}/participants`, { email: 'hal@acme.example', role: 'cc' })
  const path = (id: number) => `/portal/${brandId}/tickets/${id}`
  const asHal = await signedIn('hal@acme.example')
  const list = (await asHal.get(`/portal/${brandId}?whose=all`)).html
  assert.deepEqual(
    ['Of Hal', 'Of Ida', 'Of the boss'].map((each) => list.includes(each)),
    [true, true, false],
  )
  assert.equal((await asHal.get(path(boss.id))).status, 404)
  const asBoss = await signedIn('boss@acme.example')
  assert.equal((await asBoss.get(path(hal.id))).status, 404)
  const made = await desk.api('PUT', `/people/${boss.requester.id}/manager`, { manages: true })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const seen = await asBoss.get(path(hal.id))
  assert.equal(seen.status, 200)
  assert.match(seen.html, /Dear Hal/)
  assert.doesNotMatch(seen.html, /difficult/)
  assert.match((await asBoss.get(`/portal/${brandId}?whose=all`)).html, /Of Hal[\s\S]*by hal|by hal/)
  assert.doesNotMatch(seen.html, /<textarea/, 'a manager reads')
  assert.equal((await asBoss.post(`${path(hal.id)}/answer`, { text: 'x' })).status, 404)
  await desk.api('PATCH', `/people/${boss.requester.id}`, { organization: 'Elsewhere' })
  assert.equal((await asBoss.get(path(hal.id))).status, 404, 'who has left manages no more')
  assert.equal((await asHal.get(path(999_999))).status, 404)
})

test('an answer with a file comes in as a mail’s does: it opens what waited, once, and tells who wrote', async () => {
  const ticket = await opened('joe@customer.example', 'Waiting for Joe')
  await desk.api('PATCH', `/tickets/${ticket.id}`, { status: 'pending' })
  const joe = await signedIn('joe@customer.example')
  const page = await joe.get(`/portal/${brandId}/tickets/${ticket.id}`)
  assert.match(page.html, /We need your answer/)
  const file = new File(['<script>alert(1)</script>'], 'note.html', { type: 'text/html' })
  const once = /name="once" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
  const answered = await joe.send(page, '/answer', { text: 'It is <b>serial</b> 7', once }, [file])
  assert.match(answered.html, /Your answer has come in\./)
  assert.match(answered.html, /It is &#60;b&#62;serial&#60;\/b&#62; 7/)
  await joe.send(page, '/answer', { text: 'It is <b>serial</b> 7', once }, [file])
  // What was changed before it was sent again is another answer.
  await joe.send(page, '/answer', { text: 'It is serial 8', once }, [file])
  const after = (await desk.api('GET', `/tickets/${ticket.id}`)).body
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body
  assert.deepEqual(
    [after.status, items.length, items[1].via, items[1].author.name],
    ['open', 3, 'portal', 'joe'],
  )
  const href = new RegExp(`/portal/${brandId}/tickets/${ticket.id}/files/\\d+`).exec(answered.html)?.[0] ?? ''
  const download = await joe.get(href)
  assert.match(download.headers.get('content-disposition') ?? '', /^attachment/)
  assert.equal((await (await signedIn('cy@customer.example')).get(href)).status, 404)
  // Else browsers would call the forms' origin "null" over plain http.
  assert.equal(page.headers.get('referrer-policy'), 'same-origin')
  const empty = await joe.send(await joe.get(page.path), '/answer', { text: '  ' })
  assert.equal(empty.status, 422)
})

test('what comes from another page changes nothing', async () => {
  const ticket = await opened('kim@customer.example', 'Kim’s')
  const kim = await signedIn('kim@customer.example')
  const path = `/portal/${brandId}/tickets/${ticket.id}`
  const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  assert.equal((await kim.post(`${path}/answer`, { text: 'forged' }, elsewhere)).status, 404)
  for (const origin of ['https://evil.example', 'null'])
    assert.equal((await kim.post(`${path}/answer`, { text: 'forged' }, { origin })).status, 404)
  const kept = await kim.post(`${path}/answer`, { text: 'without a mark' })
  assert.deepEqual(
    [kept.status, kept.html.includes('without a mark')],
    [403, true],
    'what was typed is not lost',
  )
  assert.equal((await kim.post(`${path}/solved`, { mark: 'x'.repeat(32) })).status, 403)
  assert.equal((await kim.post(`/portal/${brandId}/sign-out-everywhere`, {}, elsewhere)).status, 404)
  assert.equal((await kim.post(`/portal/${brandId}/account`, { language: 'de' })).status, 403)
  assert.equal((await desk.api('GET', `/tickets/${ticket.id}/messages`)).body.items.length, 1)
  assert.equal((await desk.api('GET', `/tickets/${ticket.id}`)).body.status, 'new')
})

test('“solved” resolves, “not solved” opens again, and what was closed long ago goes on in another', async () => {
  const ticket = await opened('lea@customer.example', 'Lea’s')
  const lea = await signedIn('lea@customer.example')
  const path = `/portal/${brandId}/tickets/${ticket.id}`
  const solved = await lea.send(await lea.get(path), '/solved')
  assert.match(solved.html, /Resolved/)
  const opens = await lea.send(solved, '/reopen')
  assert.match(opens.html, /We are working on it/)
  await lea.send(opens, '/solved')
  // Resolved, closed by itself, and beyond the time in which it comes back.
  desk.clock.pass(5 * 86_400)
  await until(async () => (await desk.api('GET', `/tickets/${ticket.id}`)).body.status === 'closed')
  desk.clock.pass(20 * 86_400)
  await lea.get(path)
  desk.clock.pass(12 * 86_400)
  const late = await lea.get(path)
  assert.match(late.html, /begins a new request/)
  assert.doesNotMatch(late.html, /\/reopen"/)
  const next = await lea.send(late, '/answer', { text: 'It broke again' })
  assert.match(next.html, /It broke again/)
  assert.notEqual(next.path.split('?')[0], path)
})

test('a new request: articles first, then a form of the brand that knows who asks', async () => {
  const made = await desk.api('POST', '/articles', {
    title: 'Changing the bulb',
    body: '<p>Unscrew the shade.</p>',
    status: 'published',
  })
  assert.equal(made.status, 201)
  await opened('max@customer.example', 'Before')
  const max = await signedIn('max@customer.example')
  const found = await max.get(`/portal/${brandId}/new?about=how+do+I+change+the+bulb`)
  assert.ok(found.html.indexOf('Changing the bulb') < found.html.indexOf('Contact us'))
  const form = await max.get(`/portal/${brandId}/new/contact?about=My+bulb`)
  assert.match(form.html, /value="My bulb"/)
  assert.doesNotMatch(form.html, /name="email"/)
  const missing = await max.send(form, '/new/contact', { subject: 'My bulb', message: '' })
  assert.deepEqual([missing.status, /This is needed/.test(missing.html)], [422, true])
  const done = await max.send(form, '/new/contact', { subject: 'My bulb', message: 'It is dark' })
  const number = /tickets\/(\d+)">#/.exec(done.html)?.[1] ?? ''
  await max.send(form, '/new/contact', { subject: 'My bulb', message: 'It is dark' })
  const ticket = (await desk.api('GET', `/tickets/${number}`)).body
  assert.deepEqual(
    [ticket.channel, ticket.requester.email, ticket.subject],
    ['portal', 'max@customer.example', 'My bulb'],
  )
  assert.match((await max.get(`/portal/${brandId}?q=bulb`)).html, new RegExp(`#${number}`))
  // One read an article, wrote nothing at once, and wrote within the week all the same; one wrote after the search.
  await max.get(/href="(\/help\/en\/changing-the-bulb\?from=[^"]+)"/.exec(found.html)?.[1] ?? '')
  const asked = await max.get(`/portal/${brandId}/new?about=changing+bulbs`)
  const path = /href="([^"]+\/new\/contact\?[^"]+)"/.exec(asked.html)?.[1]?.replaceAll('&#38;', '&') ?? ''
  desk.clock.pass(60)
  await max.send(await max.get(path), '/new/contact', { subject: 'Bulbs', message: 'All of them' })
  const tally = async () => (await desk.api('GET', '/gaps')).body.deflection
  assert.deepEqual(await tally(), { shown: 2, wrote: 1, later: 0, quiet: 0, open: 1, left: 0 })
  desk.clock.pass(8 * 86_400)
  await until(async () => (await tally()).later === 1)
  assert.doesNotMatch((await max.get(`/portal/${brandId}?q=bulb`)).html, /Before/)
})

test('the link under a mail opens its ticket on any device, and no other (K05)', async () => {
  const email = 'nia@customer.example'
  const [ticket, other] = [await opened(email, 'Nia’s lamp'), await opened(email, 'Nia’s secret')]
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Which lamp is it?' })
  desk.clock.pass(60)
  const mail = await until(async () => mailsTo(email, /Which lamp/)[0])
  const link = /\/portal\/t\/[\w.-]+/.exec(mail.mail.text ?? '')?.[0] ?? ''
  const phone = reader(desk.url, 'de')
  const page = await phone.get(link)
  assert.match(page.html, /Which lamp is it\?/)
  assert.doesNotMatch(page.html, /secret/)
  assert.equal(phone.cookies.size, 0, 'it signs nobody in')
  const answered = await phone.send(page, '/answer', { text: 'The red one' })
  assert.match(answered.html, /The red one/)
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body
  assert.deepEqual([items.at(-1).text, items.at(-1).author.email], ['The red one', email])
  const numbers = link.split('.')
  const forged = [(other.id as number).toString(36), ...numbers.slice(1)].join('.')
  assert.equal((await phone.get(`/portal/t/${forged}`)).status, 404)
  assert.equal((await phone.get(`/portal/${brandId}/tickets/${other.id}`)).status, 404)
  // Whoever works here reads the mail without the customer's secret.
  const { items: sent } = (await desk.api('GET', `/outbox?ticketId=${ticket.id}`)).body
  const shown = (
    await desk.api('GET', `/outbox/${sent.find((each: { subject: string }) => each.subject === 'Reply').id}`)
  ).body
  assert.match(shown.text, /portal\/t\/…/)
  await desk.api('DELETE', `/people/${ticket.requester.id}/portal`)
  assert.equal((await phone.get(link)).status, 404, 'taken back')
})

test('a link lasts thirty days; to several readers none is sent', async () => {
  const email = 'oda@customer.example'
  const ticket = await opened(email, 'Oda’s')
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Only for Oda' })
  desk.clock.pass(60)
  const mail = await until(async () => mailsTo(email, /Only for Oda/)[0])
  const link = /\/portal\/t\/[\w.-]+/.exec(mail.mail.text ?? '')?.[0] ?? ''
  await desk.api('POST', `/tickets/${ticket.id}/participants`, { email: 'pia@customer.example', role: 'cc' })
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'For both of you' })
  desk.clock.pass(60)
  const both = await until(async () => mailsTo(email, /For both of you/)[0])
  assert.doesNotMatch(both.mail.text ?? '', /portal\/t/)
  assert.equal((await reader(desk.url).get(link)).status, 200)
  desk.clock.pass(31 * 86_400)
  assert.equal((await reader(desk.url).get(link)).status, 404)
})

test('language and zone are the person’s; signing out everywhere ends every session, and so does being blocked', async () => {
  const email = 'quin@customer.example'
  await opened(email, 'Quin’s')
  const [one, two] = [await signedIn(email), await signedIn(email)]
  const account = await one.get(`/portal/${brandId}/account`)
  const saved = await one.send(account, '/account', { language: 'de', zone: 'Asia/Tokyo' })
  assert.match(saved.html, /<html lang="de">[\s\S]*Gespeichert/)
  assert.match((await two.get(`/portal/${brandId}`)).html, /Ihre Anfragen/)
  await one.send(saved, '/sign-out-everywhere')
  for (const each of [one, two]) assert.match((await each.get(`/portal/${brandId}`)).html, /name="email"/)
  desk.clock.pass(1)
  const three = await signedInGerman(email)
  await desk.api('POST', '/sender-rules', { pattern: email, verdict: 'block' })
  await until(async () => /name="email"/.test((await three.get(`/portal/${brandId}`)).html))
})

async function signedInGerman(email: string): Promise<Reader> {
  const own = reader(desk.url)
  const link = await linkTo(email, own)
  assert.match((await own.send(await own.get(link), link)).html, /Ihre Anfragen/)
  return own
}

test('a mail from outside and an answer at the portal stand on one ticket', async () => {
  const from = 'ria@customer.example'
  const { items } = (await desk.api('GET', '/mailboxes')).body
  await post(desk.smtpPort, letter({ from, to: items[0].address, subject: 'By mail' }), {
    from,
    to: [items[0].address],
  })
  await until(async () => (await desk.api('GET', '/tickets?q=requester:ria@customer.example')).body.items[0])
  const ria = await signedIn(from)
  assert.match((await ria.get(`/portal/${brandId}`)).html, /By mail/)
})

test('a closed portal lets nobody in', async () => {
  const email = 'sam@customer.example'
  await opened(email, 'Sam’s')
  const sam = await signedIn(email)
  await desk.api('PATCH', `/brands/${brandId}`, { portal: false })
  for (const path of ['/portal', `/portal/${brandId}`, `/portal/${brandId}/account`])
    assert.equal((await sam.get(path)).status, 404, path)
  await desk.api('PATCH', `/brands/${brandId}`, { portal: true })
  for (const odd of [
    '/portal/0',
    '/portal/x',
    `/portal/${brandId}/tickets/%00`,
    `/portal/${brandId}/new/nothing`,
    '/portal/t/x.y',
  ])
    assert.equal((await sam.get(odd)).status, 404, odd)
})
