// What strangers, old links and impatient clicks do to the portal, and what they do not do to its customers.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrandId } from '#kit/ids.ts'
import { readSignInToken, signInToken } from '#desk/mail-links.ts'
import { addAsk, hasAskedTooOften } from '#people/portal-store.ts'
import { sql } from '#store/sql.ts'
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
  const asked = { requester: { email, name: email.split('@')[0] }, subject, body: `About ${subject}`, ...more }
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
