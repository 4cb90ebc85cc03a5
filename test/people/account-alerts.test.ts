// Whoever changes how somebody signs in, its owner hears of it by mail, in fixed words.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { generateSync } from 'otplib'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

type Agent = Awaited<ReturnType<TestDesk['addAgent']>>
async function enter({ email, password }: Agent) {
  const browser = visitor(desk.url)
  assert.equal((await browser('POST', '/session', { email, password })).status, 200)
  return browser
}
const code = (secret: string) =>
  generateSync({ secret, epoch: Math.floor(Date.parse(desk.clock.now()) / 1000) })
const toldOf = ({ email }: Agent, subject: string) =>
  until(async () => desk.sink.mails.findLast(({ to, mail }) => to[0] === email && mail.subject === subject))

test('an agent is told of their new password and of factors that come and go, whoever did it', async () => {
  const ada = await desk.addAgent('Ada', 'agent')
  const ben = await desk.addAgent('Ben', 'admin')
  const [browser, boss] = [await enter(ada), await enter(ben)]
  const { secret } = (await browser('POST', '/account/totp')).body
  const confirmed = await browser('POST', '/account/totp/confirm', { code: code(secret) })
  assert.equal(confirmed.status, 201)
  const added = await toldOf(ada, 'A second factor was added to your account')
  assert.deepEqual(added.mail.headers.get('auto-submitted'), ['auto-generated'])
  assert.match(added.mail.text ?? '', /This was done on 2 Mar 2026, \d\d:\d\d\. .*\/account/s)
  const elsewhere = await enter(ada)
  const [recovery] = confirmed.body.recoveryCodes
  assert.equal((await elsewhere('POST', '/session/factor', { code: recovery })).status, 200)
  await toldOf(ada, 'A recovery code of your account was used')
  assert.equal((await browser('DELETE', '/account/totp')).status, 204)
  await toldOf(ada, 'A second factor was removed from your account')
  const path = `/agents/${ada.principal.agentId}`
  assert.equal((await boss('PATCH', path, { password: 'somebody else chose this' })).status, 200)
  await toldOf(ada, 'Your password was changed')
  assert.equal((await boss('DELETE', `${path}/factors`)).status, 200)
  await toldOf(ada, 'Your second factors were reset')
  const own = { currentPassword: ben.password, newPassword: 'a longer one of my own' }
  assert.equal((await boss('PATCH', '/session', { ...own, language: 'de' })).status, 200)
  await toldOf(ben, 'Ihr Passwort wurde geändert')
})

test('what changes nothing about signing in is told to nobody', async () => {
  const eve = await desk.addAgent('Eve', 'agent')
  const browser = await enter(eve)
  assert.equal((await browser('PATCH', '/session', { language: 'de' })).status, 200)
  const wrong = { currentPassword: 'not it at all', newPassword: 'a longer one of my own' }
  assert.equal((await browser('PATCH', '/session', wrong)).status, 400)
  const { items } = (await desk.api('GET', '/outbox?limit=200')).body
  assert.ok(!JSON.stringify(items).includes(eve.email))
})
