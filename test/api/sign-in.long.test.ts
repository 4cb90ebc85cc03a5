// Guessing passwords is slow from everywhere; whoever knows theirs gets in, whatever others do meanwhile.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let ada: Awaited<ReturnType<TestDesk['addAgent']>>
before(async () => {
  desk = await startDesk({ work: false, trustedProxies: ['127.0.0.0/8'] })
  ada = await desk.addAgent('Ada', 'agent')
})
after(() => desk.close())

type Way = { from?: string; cookie?: string; email?: string }
const signIn = async (
  password: string,
  { from = '203.0.113.1', cookie = '', email = ada.email }: Way = {},
) => {
  const answer = await fetch(`${desk.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, cookie },
    body: JSON.stringify({ email, password }),
  })
  const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0] ?? '')
  const body = await answer.text()
  return {
    status: answer.status,
    body,
    mark: cookies.find((each) => each.startsWith('docket_device=')) ?? '',
  }
}
const wrongFrom = (from: string, email = ada.email) => signIn('not the password', { from, email })
const forget = () => desk.running.desk.database.rows(sql`delete from sign_in_try`)

test('twenty wrong passwords from elsewhere do not shut out a device that signed in before, nor a new one', async () => {
  const { mark, status } = await signIn(ada.password)
  assert.equal(status, 200)
  assert.match(mark, /^docket_device=/)
  for (let n = 0; n < 20; n++) await wrongFrom(`198.51.100.${n}`)
  assert.equal((await signIn(ada.password, { cookie: mark, from: '198.51.100.3' })).status, 200)
  assert.equal((await signIn(ada.password, { from: '192.0.2.77' })).status, 200, 'a new device elsewhere')
})

test('a right password from the very address that is shut out gets in with a known device alone', async () => {
  await forget()
  const { mark } = await signIn(ada.password)
  for (let n = 0; n < 25; n++) await wrongFrom('203.0.113.9', `nobody${n}@desk.example`)
  assert.equal((await signIn(ada.password, { from: '203.0.113.9' })).status, 429)
  assert.equal((await signIn(ada.password, { from: '203.0.113.9', cookie: mark })).status, 200)
})

test('an account that many addresses guess at leaves each of them three tries an hour', async () => {
  await forget()
  for (let n = 0; n < 10; n++) assert.equal((await wrongFrom(`198.51.100.${n}`)).status, 401)
  const late = '192.0.2.5'
  const answers = []
  for (let n = 0; n < 5; n++) answers.push((await wrongFrom(late)).status)
  assert.deepEqual(answers, [401, 401, 401, 429, 429])
  desk.clock.pass(3_600)
  assert.equal((await wrongFrom(late)).status, 401, 'an hour later there are tries again')
})

test('an account that there is not is answered as one that there is: same words, same budgets', async () => {
  await forget()
  const seen = async (email: string, net: string) => {
    const answers = []
    for (let n = 0; n < 14; n++) answers.push(await wrongFrom(`${net}.${n < 9 ? n : 9}`, email))
    return answers.map(({ status, body }) => `${status} ${body}`)
  }
  assert.deepEqual(await seen('nobody@desk.example', '10.1.1'), await seen(ada.email, '10.2.2'))
})

test('one network is one address: a /64 of IPv6, and IPv4 however it is written', async () => {
  await forget()
  for (let n = 0; n < 20; n++) await wrongFrom(`2001:db8:1:2::${n.toString(16)}`, `x${n}@desk.example`)
  assert.equal((await wrongFrom('2001:db8:1:2:ffff::1', 'y@desk.example')).status, 429)
  assert.equal((await wrongFrom('2001:db8:1:3::1', 'y@desk.example')).status, 401)
})

test('many guesses at the same moment are as many guesses', async () => {
  await forget()
  const all = await Promise.all(Array.from({ length: 40 }, () => wrongFrom('203.0.113.40')))
  assert.equal(all.filter(({ status }) => status === 401).length, 10)
})

test('a whole desk that is guessed at leaves each address three tries an account', async () => {
  await forget()
  await desk.running.desk.database.rows(
    sql`insert into sign_in_try (bucket, level, full_then, at) values ('desk', 300, false, ${desk.clock.now()})`,
  )
  const answers = []
  for (let n = 0; n < 4; n++) answers.push((await wrongFrom('203.0.113.50')).status)
  assert.deepEqual(answers, [401, 401, 401, 429])
  assert.equal((await signIn(ada.password, { from: '203.0.113.51' })).status, 200)
})

test('a mark of another account, another desk, another age or another shape is none', async () => {
  await forget()
  const { mark } = await signIn(ada.password)
  const [name = '', value = ''] = mark.split('=')
  const [device = '', day = '', signature = ''] = value.split('.')
  const marks = [
    `${name}=${device}.${Number(day) + 1}.${signature}`,
    `${name}=${'A'.repeat(22)}.${day}.${signature}`,
    `${name}=${device}.${day}.${'A'.repeat(43)}`,
    `${name}=`,
    `${name}=${'x'.repeat(3_000)}`,
    `docket_device_=${value}`,
  ]
  for (let n = 0; n < 20; n++) await wrongFrom('203.0.113.60', `z${n}@desk.example`)
  for (const cookie of marks)
    assert.equal((await signIn(ada.password, { from: '203.0.113.60', cookie })).status, 429, cookie)
  const bo = { email: 'bo@desk.example', from: '203.0.113.60', cookie: mark }
  assert.equal((await signIn('bo has a long password', bo)).status, 429, 'it is for one account')
  assert.equal((await signIn(ada.password, { from: '203.0.113.60', cookie: mark })).status, 200)
  desk.clock.pass(181 * 86_400)
  for (let n = 0; n < 20; n++) await wrongFrom('203.0.113.60', `z${n}@desk.example`)
  assert.equal((await signIn(ada.password, { from: '203.0.113.60', cookie: mark })).status, 429, 'too old')
})

test('a known device has tries of its own, and not for ever', async () => {
  await forget()
  const { mark } = await signIn(ada.password)
  const answers = []
  for (let n = 0; n < 11; n++) answers.push((await signIn('wrong', { cookie: mark })).status)
  assert.deepEqual(answers, [...Array.from({ length: 10 }, () => 401), 429])
})
