// Whether it helped: asked once for each resolve, answered by a press and by nothing less, and kept as an event of the ticket.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { surveyToken, ticketToken } from '#desk/mail-links.ts'
import { SignJWT } from 'jose'
import { comes, type ChatVisitor } from '../support/chat.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { reader } from '../support/pages.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
let brandId: number
const DAY = 86_400
before(async () => {
  desk = await startDesk({ trustedProxies: ['127.0.0.1'] })
  brandId = (await desk.api('GET', '/brands')).body.items[0].id
  await setUp({})
})
after(() => desk.close())

const setUp = async (more: object) => {
  const body = { isOn: true, delaySeconds: DAY, scale: 2, holdoutPercent: 0, withoutMailboxes: [], ...more }
  const { status, body: set } = await desk.api('PUT', `/brands/${brandId}/survey`, body)
  assert.equal(status, 200, JSON.stringify(set))
}

async function resolved(email: string, more: object = {}) {
  const { body: ticket } = await desk.api('POST', '/tickets', {
    requester: { email, name: email.split('@')[0] },
    subject: 'A lamp',
    body: 'It is dark',
    ...more,
  })
  const { status, body } = await desk.api('PATCH', `/tickets/${ticket.id}`, { status: 'resolved' })
  assert.equal(status, 200, JSON.stringify(body))
  return ticket
}

const asked = (email: string) =>
  desk.sink.mails.filter((mail) => mail.to.includes(email) && /\/rate\//.test(mail.mail.text ?? ''))
const surveysOf = async (id: number) => (await desk.api('GET', `/tickets/${id}/surveys`)).body.items
const linkIn = (email: string) => /\/rate\/[\w.-]+/.exec(asked(email).at(-1)?.mail.text ?? '')?.[0] ?? ''

async function linkFor(email: string, more: object = {}) {
  const ticket = await resolved(email, more)
  desk.clock.pass(DAY)
  await until(async () => asked(email)[0])
  return { ticket, link: linkIn(email) }
}

async function report(key: string, more = '') {
  const from = desk.clock.now().slice(0, 4)
  const { status, body } = await desk.api(
    'GET',
    `/reports/${key}?from=2026-01-01&to=${Number(from) + 1}-01-01${more}`,
  )
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

test('it is asked when its time has come, and what only looks at the links records nothing (K08)', async () => {
  const email = 'ann@customer.example'
  const ticket = await resolved(email)
  desk.clock.pass(DAY - 60)
  assert.equal(asked(email).length, 0)
  desk.clock.pass(60)
  const mail = await until(async () => asked(email)[0])
  const text = mail.mail.text ?? ''
  const links = [...text.matchAll(/\/rate\/\S+/g)].map(([link]) => link)
  assert.equal(links.length, 3, 'good, bad, and no more of it')
  assert.doesNotMatch(text, /A lamp|It is dark/, 'nothing of what was written')
  assert.match(mail.raw.toString(), /List-Unsubscribe-Post: List-Unsubscribe=One-Click/)
  const scanner = reader(desk.url)
  for (const link of links) assert.equal((await scanner.get(link)).status, 200)
  assert.deepEqual(
    (await surveysOf(ticket.id)).map((each: { score: null }) => each.score),
    [null],
  )
  const page = await scanner.get(links[0] ?? '')
  assert.match(page.html, /value="5" required checked/)
  const thanks = await scanner.send(page, linkIn(email), { score: '5', comment: 'Quick & kind' })
  assert.match(thanks.html, /Thank you/)
  const [survey] = await surveysOf(ticket.id)
  assert.deepEqual([survey.score, survey.comment, survey.episode], [5, 'Quick & kind', 1])
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/events`)).body
  const told = items.filter((each: { kind: string }) => each.kind.startsWith('csat'))
  assert.deepEqual(told.map((each: { kind: string }) => each.kind).toSorted(), ['csat_answered', 'csat_sent'])
  assert.doesNotMatch(JSON.stringify(told), /Quick/, 'words are not in the log')
})

test('a chat asks at its end: one press counts, and whoever has seen it there is not asked by mail; who had left before is', async () => {
  const made = await desk.api('POST', '/widgets', {
    name: 'Shop',
    brand: brandId,
    origins: ['https://shop.example'],
  })
  const place = { url: desk.url, key: made.body.key, isFromAnywhere: true }
  const { secret } = (await desk.api('POST', `/widgets/${made.body.id}/keys`, { algorithm: 'HS256' })).body
  const comesAs = async (name: string) => {
    const identity = await new SignJWT({ sub: name, email: `${name}@customer.example` })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(place.key)
      .setExpirationTime(Math.floor(Date.parse(desk.clock.now()) / 1000) + 600)
      .sign(new TextEncoder().encode(secret))
    return comes(place, { identity })
  }
  const chat = async (name: string) => {
    const visitor = await comesAs(name)
    const { state } = (await visitor.say('A lamp')).body
    assert.equal(state.question, null)
    await desk.api('PATCH', `/tickets/${state.id}`, { status: 'resolved' })
    const questionNow = async () => (await visitor.call('GET', '/conversation')).body.state.question
    return { visitor, id: state.id as number, questionNow }
  }
  const ida = await chat('ida')
  assert.deepEqual(await ida.questionNow(), { scale: 2, score: null, comment: '', isAsked: false })
  for (const _ of [1, 2]) assert.equal((await ida.visitor.call('POST', '/questions', {})).status, 204)
  assert.equal((await ida.questionNow()).isAsked, true)
  assert.deepEqual(
    (await surveysOf(ida.id)).map((each: { outcome: string; score: null }) => [each.outcome, each.score]),
    [['chat', null]],
  )
  const bad = await ida.visitor.call('POST', '/ratings', { score: 3 })
  assert.deepEqual([bad.status, bad.body.refusal], [409, 'not_now'])
  // Whether the score or the question seen is heard of first: they were asked.
  const max = await chat('max')
  await max.visitor.call('POST', '/ratings', { score: 5 })
  assert.equal((await max.visitor.call('POST', '/questions', {})).status, 204)
  const kindsOf = async (id: number) =>
    (await desk.api('GET', `/tickets/${id}/events`)).body.items
      .map(({ kind }: { kind: string }) => kind)
      .filter((kind: string) => kind.startsWith('csat'))
      .toSorted()
  assert.deepEqual(await kindsOf(max.id), ['csat_answered', 'csat_sent'])
  const rated = await ida.visitor.call('POST', '/ratings', { score: 5 })
  assert.equal(rated.body.state.question.score, 5)
  await ida.visitor.call('POST', '/ratings', { score: 5, comment: 'Quick' })
  const [survey] = await surveysOf(ida.id)
  assert.deepEqual([survey.score, survey.comment], [5, 'Quick'])
  assert.deepEqual(await kindsOf(ida.id), ['csat_answered', 'csat_sent'], 'the same score with a word')
  // There is an end to changing one's mind.
  const scores = [1, 5, 1, 5, 1, 5, 1, 5, 1, 5, 1, 5]
  const statuses = []
  for (const score of scores)
    statuses.push((await ida.visitor.call('POST', '/ratings', { score, comment: 'Quick' })).status)
  assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 200), 409, 200])
  // Of whom no mail can reach the chat asks all the same, for three days.
  const [soon, late] = [await comes(place), await comes(place)]
  for (const visitor of [soon, late]) {
    const { state } = (await visitor.say('A lamp')).body
    await desk.api('PATCH', `/tickets/${state.id}`, { status: 'resolved' })
  }
  const nobody = async (visitor: ChatVisitor) => (await visitor.call('GET', '/conversation')).body.state
  await chat('jon')
  // They had left, and never saw it.
  desk.clock.pass(DAY)
  await until(async () => asked('jon@customer.example')[0])
  assert.equal(asked('ida@customer.example').length, 0)
  const jonLater = await comesAs('jon')
  const questionThen = async () => (await jonLater.call('GET', '/conversation')).body.state.question
  assert.equal((await questionThen()).isAsked, true)
  const { id: soonId, question } = await nobody(soon)
  assert.equal((await surveysOf(soonId))[0]?.outcome, 'unreachable')
  assert.equal(question.isAsked, false)
  assert.equal((await soon.call('POST', '/questions', {})).status, 204)
  assert.equal((await surveysOf(soonId))[0]?.outcome, 'chat')
  assert.equal((await nobody(soon)).question.isAsked, true)
  // Within two weeks nobody is asked again, and whoever goes on talking is asked nothing.
  const again = await chat('ida')
  assert.equal(await again.questionNow(), null)
  await jonLater.say('One more thing')
  assert.equal(await questionThen(), null)
  assert.equal((await jonLater.call('POST', '/ratings', { score: 5 })).status, 409)
  desk.clock.pass(3 * DAY + 60)
  assert.equal((await nobody(late)).question, null)
})

test('an answer can be changed for a week, and the log says so; after that, and after thirty days, it cannot', async () => {
  const email = 'ben@customer.example'
  const { ticket, link } = await linkFor(email)
  const ben = reader(desk.url)
  await ben.send(await ben.get(link), link, { score: '1', comment: '' })
  desk.clock.pass(6 * DAY)
  await ben.send(await ben.get(link), link, { score: '5', comment: 'After all' })
  await ben.send(await ben.get(link), link, { score: '5', comment: 'After all' })
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/events`)).body
  assert.equal(items.filter((each: { kind: string }) => each.kind === 'csat_changed').length, 1)
  const form = await ben.get(link)
  desk.clock.pass(2 * DAY)
  assert.equal((await ben.get(link)).status, 410)
  assert.equal((await ben.send(form, link, { score: '1' })).status, 410)
  assert.equal((await surveysOf(ticket.id))[0].score, 5)
  const late = await linkFor('late@customer.example')
  desk.clock.pass(31 * DAY)
  assert.equal((await ben.get(late.link)).status, 410)
})

test('a forged link, a score that was not asked for, and none at all, are no answers', async () => {
  const { ticket, link } = await linkFor('cat@customer.example')
  const cat = reader(desk.url)
  const page = await cat.get(link)
  for (const score of ['', '3', '99', 'x'])
    assert.equal((await cat.send(page, link, { score })).status, 422, score)
  assert.equal((await cat.get(link.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')))).status, 404)
  assert.equal((await surveysOf(ticket.id))[0].score, null)
  await desk.api('DELETE', `/people/${ticket.requester.id}/portal`)
  assert.equal((await cat.get(link)).status, 404, 'taken back')
})

test('who was blocked rates nothing, nor is a ticket rated that was put aside; to be asked no more is for everybody', async () => {
  const [spam, blocked] = [await linkFor('kai@customer.example'), await linkFor('lou@customer.example')]
  const someone = reader(desk.url)
  const pages = [await someone.get(spam.link), await someone.get(blocked.link)] as const
  await desk.api('PATCH', `/tickets/${spam.ticket.id}`, { spam: true })
  await desk.api('POST', '/sender-rules', { pattern: 'lou@customer.example', verdict: 'block' })
  for (const [page, { link, ticket }] of [
    [pages[0], spam],
    [pages[1], blocked],
  ] as const) {
    assert.equal((await someone.send(page, link, { score: '5', comment: '' })).status, 404)
    assert.equal((await someone.get(link)).status, 404)
    assert.equal((await surveysOf(ticket.id))[0].score, null)
    assert.equal((await someone.get(`${link}/stop`)).status, 200)
  }
})

test('the number of a survey is no link to it, and a score that was not asked for spends none', async () => {
  await desk.api('PATCH', `/brands/${brandId}`, { ticketLinks: true })
  const ticket = await resolved('mia@customer.example')
  const { secret, clock } = desk.running.desk
  const mia = reader(desk.url)
  const link = ticketToken({ ticketId: ticket.id, personId: ticket.requester.id, at: clock.now() }, secret)
  const page = await mia.get(`/portal/t/${link}`)
  assert.equal((await mia.send(page, '/rate', { score: '3', comment: '' })).status, 422)
  assert.deepEqual(await surveysOf(ticket.id), [])
  await desk.api('PATCH', `/brands/${brandId}`, { ticketLinks: false })
  desk.clock.pass(DAY)
  await until(async () => asked('mia@customer.example')[0])
  const [{ id }] = await surveysOf(ticket.id)
  assert.equal((await mia.get(`/rate/${surveyToken(id, secret)}`)).status, 404)
})

test('nobody is asked twice in two weeks, nor who wants no more of it, nor about spam, nor what was opened again', async () => {
  const email = 'dora@customer.example'
  const { link } = await linkFor(email)
  const lately = await resolved(email)
  desk.clock.pass(DAY)
  await until(async () => (await surveysOf(lately.id))[0]?.outcome === 'asked_lately')
  const dora = reader(desk.url)
  const stop = await dora.get(`${link}/stop`)
  assert.match(stop.html, /Ask me no more/)
  // As a mail program does it, with one press.
  const pressed = await fetch(`${desk.url}${link}/stop`, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  assert.equal(pressed.status, 200)
  desk.clock.pass(15 * DAY)
  const never = await resolved(email)
  desk.clock.pass(DAY)
  await until(async () => (await surveysOf(never.id))[0]?.outcome === 'opted_out')
  assert.equal(asked(email).length, 1)
  const [spam, again] = [await resolved('ed@customer.example'), await resolved('ed2@customer.example')]
  await desk.api('PATCH', `/tickets/${spam.id}`, { spam: true })
  await desk.api('PATCH', `/tickets/${again.id}`, { status: 'open' })
  desk.clock.pass(2 * DAY)
  // Whoever is asked later is asked after them.
  await linkFor('fin@customer.example')
  assert.equal(asked('ed2@customer.example').length, 0)
  assert.deepEqual(await surveysOf(again.id), [])
})

test('a ticket that is resolved again is asked about again; the answer stays with who resolved it then', async () => {
  const email = 'gus@customer.example'
  const [ada, eve] = [await desk.addAgent('Ada', 'agent'), await desk.addAgent('Eve', 'agent')]
  const own = await desk.api('POST', '/tickets', { requester: { email }, subject: 'Twice', body: 'x' })
  const id = own.body.id
  await desk.as(ada.token)('PATCH', `/tickets/${id}`, { assignee: ada.principal.agentId, status: 'resolved' })
  await desk.api('PATCH', `/tickets/${id}`, { assignee: eve.principal.agentId })
  desk.clock.pass(DAY)
  await until(async () => asked(email)[0])
  const first = linkIn(email)
  await desk.api('PATCH', `/tickets/${id}`, { status: 'open' })
  await desk.api('PATCH', `/tickets/${id}`, { status: 'resolved' })
  const gus = reader(desk.url)
  await gus.send(await gus.get(first), first, { score: '1', comment: 'It came back' })
  desk.clock.pass(15 * DAY)
  const surveys = await until(async () => {
    const all = await surveysOf(id)
    return all.length === 2 ? all : null
  }).catch(() => surveysOf(id))
  const about = surveys.find((each: { episode: number }) => each.episode === 1)
  assert.deepEqual([about.score, about.assignee.name], [1, 'Ada'])
  const by = await report('csat', '&by=assignee')
  const row = by.rows.find((each: { group: string }) => each.group === 'Ada')
  assert.deepEqual([row?.n, row?.value], [1, null], 'of one person fewer than ten say nothing')
})

test('a bad rating is an event that rules answer, with the score to ask for', async () => {
  await publishRules(desk, [
    aRule(1, { on: ['csat'], if: { field: 'rating', op: 'lte', value: 2 }, do: [{ addTags: ['unhappy'] }] }),
  ])
  const bad = await linkFor('hana@customer.example')
  const good = await linkFor('ivo@customer.example')
  const someone = reader(desk.url)
  await someone.send(await someone.get(bad.link), bad.link, { score: '1', comment: '' })
  await someone.send(await someone.get(good.link), good.link, { score: '5', comment: '' })
  const tagsOf = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body.tags
  assert.deepEqual([await tagsOf(bad.ticket.id), await tagsOf(good.ticket.id)], [['unhappy'], []])
})

test('five answers where five are asked for, held out where a share is; at the portal without being asked', async () => {
  await setUp({ scale: 5 })
  const { link } = await linkFor('jan@customer.example')
  const page = await reader(desk.url, 'de').get(`${link}?score=4`)
  assert.equal(page.html.match(/name="score"/g)?.length, 5)
  assert.match(page.html, /value="4" required checked/)
  await setUp({ holdoutPercent: 90 })
  const many = await Promise.all(
    Array.from({ length: 12 }, (_, at) => resolved(`held${at}@customer.example`)),
  )
  desk.clock.pass(DAY)
  const outcomes = await until(async () => {
    const all = (await Promise.all(many.map(({ id }) => surveysOf(id)))).flat()
    return all.length === many.length ? all.map((each: { outcome: string }) => each.outcome) : null
  })
  assert.ok(outcomes.filter((each) => each === 'held_out').length >= 8, outcomes.join())
  await setUp({ withoutMailboxes: [] })
})

test('what reports say of ratings has its interval, its list, and the log behind it', async () => {
  const csat = await report('csat')
  assert.ok(csat.n >= 5 && csat.low < csat.value && csat.high > csat.value, JSON.stringify(csat))
  const response = await report('csatResponse')
  assert.ok(response.n > csat.n && response.value > 0 && response.value < 1, JSON.stringify(response))
  const { tickets, differences } = await verifyAll(desk.running.desk.database)
  assert.ok(tickets > 10)
  assert.deepEqual(differences, [])
})

test('the mail can be read before anybody gets it', async () => {
  const german = await desk.api('GET', `/brands/${brandId}/survey/preview?language=de&scale=5`)
  assert.match(german.body.text, /Sehr gut: .*\/rate\/…\?score=5/)
  assert.equal((await desk.api('PUT', `/brands/${brandId}/survey`, { isOn: true })).status, 400)
  assert.equal((await desk.api('GET', '/brands/99/survey')).status, 404)
})
