// Invited, or having forgotten: a link to choose a password goes to the account's own address, works once, and is shown to nobody else.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
let boss: Awaited<ReturnType<typeof signedIn>>
before(async () => {
  desk = await startDesk({ trustedProxies: ['127.0.0.1'] })
  boss = await signedIn(desk.url, await desk.addAgent('Boss', 'admin'))
})
after(() => desk?.close())

const anyone = (path: string, body: object) => desk.as('')('POST', path, body)
const linkIn = (text: string) => /#(\S+)/.exec(text)?.[1] ?? ''
const mailTo = (email: string, words: string) =>
  until(async () =>
    desk.sink.mails.find(({ to, mail }) => to.includes(email) && (mail.text ?? '').includes(words)),
  )

test('an agent is invited by mail, chooses a password once, and is in', async () => {
  const added = await boss.call('POST', '/agents', { name: 'Ivy', email: 'ivy@desk.example', role: 'agent' })
  const ivy = (await added.json()) as { id: number; invitation: unknown }
  assert.deepEqual(ivy.invitation, { mailedTo: 'ivy@desk.example', url: null })
  const { mail } = await mailTo('ivy@desk.example', 'Boss has made an account for you')
  const token = linkIn(mail.text ?? '')
  assert.ok(mail.text?.includes(`${desk.url}/choose-password#${token}`))
  // Those who read what leaves read no way into the account, nor does the database hold one.
  const entry = (await desk.api('GET', '/outbox?limit=5')).body.items[0]
  const shown = (await desk.api('GET', `/outbox/${entry.id}`)).body
  assert.ok(shown.text.includes('/choose-password#…') && !JSON.stringify(shown).includes(token))
  const kept = await desk.running.desk.database.rows<{ text: string }>(
    sql`select to_jsonb(o)::text as text from outbox o union all select to_jsonb(t)::text from one_time_token t`,
  )
  assert.ok(kept.length > 1 && kept.every(({ text }) => !text.includes(token)))

  assert.equal((await anyone('/session/password', { token, password: 'short' })).status, 400)
  const chosen = await anyone('/session/password', { token, password: 'a long word of Ivy’s' })
  assert.deepEqual([chosen.status, chosen.body.name], [200, 'Ivy'])
  assert.match(chosen.headers.get('set-cookie') ?? '', /^docket_session=/)
  const again = await anyone('/session/password', { token, password: 'a long word of another' })
  assert.deepEqual([again.status, again.body.refusal], [403, 'link_used'])
  const signed = await signedIn(desk.url, { email: 'ivy@desk.example', password: 'a long word of Ivy’s' })
  assert.equal(signed.status, 200)
})

test('a link goes stale after its time, by a newer one, and by a new address or deactivation', async () => {
  const { principal } = await desk.addAgent('Stan', 'agent')
  const path = `/agents/${principal.agentId}`
  const link = async () => {
    const made = (await (await boss.call('POST', `${path}/invitation`, { invite: 'link' })).json()) as {
      url: string
    }
    return linkIn(made.url)
  }
  const tried = async (token: string) =>
    (await anyone('/session/password', { token, password: 'another long word' })).status
  const [older, newer] = [await link(), await link()]
  assert.equal(await tried(older), 403)
  await boss.call('PATCH', path, { email: 'stanley@desk.example' })
  assert.equal(await tried(newer), 403)
  const third = await link()
  await boss.call('PATCH', path, { active: false })
  assert.equal(await tried(third), 403)
  assert.equal((await boss.call('POST', `${path}/invitation`, { invite: 'link' })).status, 409)
  await boss.call('PATCH', path, { active: true })
  const fourth = await link()
  desk.clock.pass(3_601)
  assert.equal(await tried(fourth), 403, 'an hour for who has a password already')
})

test('who forgot the password is mailed a link; who has none learns nothing by asking', async () => {
  const { email, password } = await desk.addAgent('Finn', 'agent')
  const finn = await signedIn(desk.url, { email, password })
  const answers = await Promise.all(
    [email, 'nobody@desk.example', ''].map(async (asked) => {
      const began = performance.now()
      const { status, body } = await anyone('/session/password-link', { email: asked })
      return { status, body, late: performance.now() - began > 240 }
    }),
  )
  assert.deepEqual(new Set(answers.map((each) => JSON.stringify(each))).size, 1)
  assert.equal(answers[0]?.status, 204)
  const { mail } = await mailTo(email, 'Somebody asked for a new password')
  const token = linkIn(mail.text ?? '')
  const chosen = await anyone('/session/password', { token, password: 'the newer long word' })
  assert.equal(chosen.status, 200)
  assert.equal((await finn.call('GET', '/session')).status, 401, 'whoever was in is out')
  assert.equal((await signedIn(desk.url, { email, password })).status, 401)
  await mailTo(email, 'This was done on')
  assert.ok(desk.sink.mails.every(({ to }) => !to.includes('nobody@desk.example')))
  const audit = (await desk.api('GET', '/audit?limit=1')).body.items[0]
  assert.deepEqual([audit.action, audit.thing.name], ['password_chosen', 'Finn'])
})

test('asking for a link takes no invitation away, and what one network asks for too much shuts nobody out', async () => {
  const chief = await signedIn(desk.url, await desk.addAgent('Chief', 'admin'))
  const added = await chief.call('POST', '/agents', {
    name: 'Nell',
    email: 'nell@desk.example',
    role: 'agent',
    invite: 'link',
  })
  const { invitation } = (await added.json()) as { invitation: { url: string } }
  const from = (address: string) => (email: string) =>
    desk.as('')('POST', '/session/password-link', { email }, { 'x-forwarded-for': address })
  const [stranger, elsewhere] = [from('198.51.100.7'), from('203.0.113.9')]
  assert.equal((await stranger('nell@desk.example')).status, 204)
  const token = linkIn(invitation.url)
  assert.equal((await anyone('/session/password', { token, password: 'a long word of Nell’s' })).status, 200)
  for (let index = 0; index < 12; index++) await stranger(`nobody${index}@desk.example`)
  const { email } = await desk.addAgent('Gus', 'agent')
  for (let index = 0; index < 5; index++) await stranger(email)
  assert.equal((await elsewhere(email)).status, 204)
  await mailTo(email, 'Somebody asked for a new password')
})

test('nobody is flooded with links, and the answer does not say that no more come', async () => {
  const { email } = await desk.addAgent('Flo', 'agent')
  for (let index = 0; index < 6; index++)
    assert.equal((await anyone('/session/password-link', { email })).status, 204)
  const mailed = () => desk.sink.mails.filter(({ to }) => to.includes(email)).length
  await until(async () => mailed() === 3)
  const waiting = (await desk.api('GET', '/outbox?limit=50')).body.items
  assert.equal(waiting.filter(({ to }: { to: { email: string }[] }) => to[0]?.email === email).length, 3)
})
