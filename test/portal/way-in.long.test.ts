// What strangers, old links and impatient clicks do to the portal, and what they do not do to its customers.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrandId } from '#kit/ids.ts'
import { instant } from '#kit/time.ts'
import { readSignInToken, signInToken, ticketToken } from '#desk/mail-links.ts'
import { addAsk, hasAskedTooOften } from '#people/portal-store.ts'
import { sql } from '#store/sql.ts'
import { letter, post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { reader, type Reader } from '../support/pages.ts'

let desk: TestDesk
let brandId: BrandId
before(async () => {
  desk = await startDesk({ trustedProxies: ['127.0.0.1'] })
  brandId = (await desk.api('GET', '/brands')).body.items[0].id
})
after(() => desk.close())

async function opened(email: string, subject: string, more: object = {}) {
  const asked = {
    requester: { email, name: email.split('@')[0] },
    subject,
    body: `About ${subject}`,
    ...more,
  }
  const { status, body } = await desk.api('POST', '/tickets', asked)
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

const linksTo = (email: string) =>
  desk.sink.mails.flatMap(({ to, mail }) =>
    to.includes(email) ? (/\/portal\/enter\/[\w.-]+/.exec(mail.text ?? '')?.[0] ?? []) : [],
  )

async function ask(email: string, from: Reader, at: number = brandId): Promise<void> {
  const { status } = await from.send(await from.get(`/portal/${at}`), '/sign-in', { email })
  assert.equal(status, 200)
}

async function linkTo(email: string, from: Reader, at: number = brandId): Promise<string> {
  const { length } = linksTo(email)
  await ask(email, from, at)
  return until(async () => linksTo(email)[length])
}

async function signedIn(email: string): Promise<Reader> {
  const own = reader(desk.url)
  const link = await linkTo(email, own)
  assert.match((await own.send(await own.get(link), link)).html, /<h1>Your requests<\/h1>/)
  return own
}

test('who has asked a hundred times in the first hour is not sent a link for each ask after it', async () => {
  const { database } = desk.running.desk
  const email = 'flood@customer.example'
  const asks = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        addAsk(database, { brandId, email, language: 'en', at: desk.clock.now() }),
      ),
    )
  const next = { id: 1e9, brandId, email, language: 'en' }
  await asks(110)
  desk.clock.pass(3_700)
  await asks(2)
  assert.equal(await hasAskedTooOften(database, { ...next, at: desk.clock.now() }), false)
  await asks(1)
  assert.equal(await hasAskedTooOften(database, { ...next, at: desk.clock.now() }), true)
})

test('links are made of numbers that nothing else is known by', async () => {
  const { database, secret } = desk.running.desk
  await opened('una@customer.example', 'Una’s')
  const own = reader(desk.url)
  const link = await linkTo('una@customer.example', own)
  const number = readSignInToken(link.split('/').at(-1) ?? '', secret)
  const row = await database.row<{ id: number }>(sql`select id from portal_link where number = ${number}`)
  assert.ok(row !== null)
  assert.equal((await own.get(`/portal/enter/${signInToken(row.id, secret)}`)).status, 410)
  assert.equal((await own.get(link)).status, 200)
})

test('one network cannot use up the links of somebody else’s address, and is answered as ever', async () => {
  const email = 'vic@customer.example'
  await opened(email, 'Vic’s')
  const stranger = reader(desk.url)
  for (const later of [0, 3_700, 30_000]) {
    desk.clock.pass(later)
    for (let time = 0; time < 3; time++) await ask(email, stranger)
    assert.match(await linkTo(email, reader(desk.url)), /enter/)
  }
})

test('a link that is used or too old leads to its own brand, and whoever it let in to their requests', async () => {
  const made = await desk.api('POST', '/brands', {
    name: 'Second',
    fromName: 'Second Lamps',
    ticketLinks: true,
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const second = made.body.id
  await opened('wim@customer.example', 'Wim’s')
  const wim = reader(desk.url)
  const link = await linkTo('wim@customer.example', wim, second)
  const page = await wim.get(link)
  await wim.send(page, link)
  for (const again of [await wim.send(page, link), await wim.get(link)])
    assert.deepEqual([again.status, again.path], [200, `/portal/${second}`])
  const used = await reader(desk.url).get(link)
  assert.deepEqual([used.status, used.html.includes(`href="/portal/${second}"`)], [410, true])
  // A ticket of the second brand came to its mailbox.
  const to = 'second@desk.example'
  const mailbox = await desk.api('POST', '/mailboxes', { address: to })
  const given = await desk.api('PATCH', `/mailboxes/${mailbox.body.id}`, { brand: second, language: 'de' })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  const from = 'wim2@customer.example'
  await post(desk.smtpPort, letter({ from, to, subject: 'By mail' }), { from, to: [to] })
  const ticket = await until(
    async () => (await desk.api('GET', `/tickets?q=requester:${from}`)).body.items[0],
  )
  const { secret } = desk.running.desk
  const at = instant(0)
  const token = ticketToken({ ticketId: ticket.id, personId: ticket.requester.id, at }, secret)
  const old = await reader(desk.url).get(`/portal/t/${token}`)
  assert.deepEqual([old.status, old.html.includes(`href="/portal/${second}"`)], [404, true])
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Which lamp is it?' })
  desk.clock.pass(60)
  const mail = await until(async () =>
    desk.sink.mails.find((each) => each.to.includes(from) && /Which lamp/.test(each.mail.text ?? '')),
  )
  assert.match(mail.mail.text ?? '', /Diese Anfrage im Browser/, 'in the language of the mailbox')
})

test('whoever comes back within a month stays signed in', async () => {
  await opened('xan@customer.example', 'Xan’s')
  const xan = await signedIn('xan@customer.example')
  assert.deepEqual((await xan.get(`/portal/${brandId}`)).headers.getSetCookie(), [])
  desk.clock.pass(20 * 86_400)
  const [cookie = ''] = (await xan.get(`/portal/${brandId}`)).headers.getSetCookie()
  assert.match(cookie, /^docket_portal_\d+=[\w-]{20,}; Max-Age=2592000; .*HttpOnly/)
  desk.clock.pass(20 * 86_400)
  assert.match((await xan.get(`/portal/${brandId}`)).html, /<h1>Your requests/)
})

test('two requests without a mark of their page are two tickets', async () => {
  await opened('yve@customer.example', 'Before')
  const yve = await signedIn('yve@customer.example')
  const form = await yve.get(`/portal/${brandId}/new/contact`)
  const numbers = []
  for (const subject of ['One', 'Other']) {
    const done = await yve.send(form, '/new/contact', { subject, message: 'It is dark', once: '' })
    numbers.push(/tickets\/(\d+)">#/.exec(done.html)?.[1])
  }
  assert.equal(new Set(numbers).size, 2, numbers.join())
})

test('the search finds a ticket by what its page shows, and not by what was split off', async () => {
  const email = 'zoe@customer.example'
  const old = await opened(email, 'Zoe’s')
  await desk.api('POST', `/tickets/${old.id}/messages`, { kind: 'reply', body: 'About the zinc shade' })
  desk.clock.pass(60)
  const { items } = (await desk.api('GET', `/tickets/${old.id}/messages`)).body
  const zoe = await signedIn(email)
  const found = async () => {
    const { html } = await zoe.get(`/portal/${brandId}?q=zinc`)
    return [...html.matchAll(/tickets\/(\d+)/g)].map(([, id]) => Number(id))
  }
  await until(async () => (await found()).includes(old.id))
  const split = { messageIds: [items.at(-1).id], subject: 'Apart' }
  const { status, body } = await desk.api('POST', `/tickets/${old.id}/split`, split)
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(await found(), [body.id])
})
