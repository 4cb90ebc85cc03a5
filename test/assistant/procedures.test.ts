// Procedures on a desk: the customer is asked and answers, a person approves what is proposed, a version without a scenario stays behind.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AssistantConfig } from '#assistant/config.ts'
import type { Procedure } from '#assistant/procedure.ts'
import { asksForOrder } from '#assistant/sentences.ts'
import type { Mode } from '#assistant/words.ts'
import { createReader } from '#desk/assistant/reader.ts'
import { beginSimulation } from '#desk/assistant/simulate.ts'
import { plus } from '#kit/time.ts'
import { sql } from '#store/sql.ts'
import { goLive } from '../support/assistant.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let shipping: number
let late: Procedure

before(async () => {
  desk = await startDesk()
  shipping = (await desk.api('POST', '/categories', { name: 'shipping' })).body.id
  await desk.api('POST', '/fields', { key: 'order', label: 'Order', type: 'text' })
  await desk.api('POST', '/fields', { key: 'carrier', label: 'Carrier', type: 'text' })
  const macro = await desk.api('POST', '/macros', {
    name: 'Search for the parcel',
    scope: 'shared',
    change: { priority: 'high', addTags: ['search'], status: 'pending' },
    message: { kind: 'reply', body: '<p>We have asked the carrier about {{field.order}}.</p>' },
  })
  late = {
    key: 'late-parcel',
    name: 'Late parcel',
    categoryId: shipping,
    brandId: null,
    languages: ['en'],
    phrases: ['parcel is late'],
    mostQuestions: 2,
    steps: [
      { kind: 'look_up', only: [], fact: 'carrier', from: 'field.carrier' },
      {
        kind: 'answer',
        only: [{ fact: 'carrier', is: 'equal', value: 'Snail' }],
        text: { en: '{{carrier}} takes two weeks, <b>always</b>.' },
        closes: true,
      },
      { ...asksForOrder, text: { en: 'Which order is it? It looks like LU-12345.' } },
      { kind: 'propose', only: [], macroId: macro.body.id },
    ],
  }
})
after(() => desk.close())

const live = (mode: Mode, config: Partial<AssistantConfig> = {}) =>
  goLive(desk, shipping, { procedures: [late], ...config }, mode)

async function open(body: string, more: object = {}) {
  const requester = { email: `cy${Math.random().toString().slice(2)}@example.com` }
  const asked = { subject: 'My order', body, requester, category: 'shipping', channel: 'email', ...more }
  return (await desk.api('POST', '/tickets', asked)).body as { id: number; requester: { email: string } }
}
const runs = async (id: number) => (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs
const ranOn = (id: number, count = 1) =>
  until(async () => {
    const all = await runs(id)
    return all.length >= count && all
  })
const orderIn = (run: { procedure: { facts: { fact: string; value: string }[] } }) =>
  run.procedure.facts.find(({ fact }) => fact === 'order')?.value
const ticket = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body
const messages = async (id: number) => (await desk.api('GET', `/tickets/${id}/messages`)).body.items
const write = (id: number, email: string, body: string) =>
  desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, onBehalfOf: { email } })

test('it asks the customer, and what it then proposes is done once, in the name of who presses', async () => {
  await live('auto')
  const { id, requester } = await open('My parcel is late.')
  const [first] = await ranOn(id)
  assert.deepEqual([first.decision, first.procedure.asked], ['ask', 'order'])
  const waiting = await ticket(id)
  assert.deepEqual([waiting.status, waiting.assignee], ['pending', null])
  assert.match((await messages(id)).at(-1).text, /Which order is it/)
  const sent = desk.sink.mails.length
  desk.clock.pass(61)
  await until(async () => desk.sink.mails.length > sent)

  await write(id, requester.email, 'lu-22101, please hurry')
  const [run] = await ranOn(id, 2)
  assert.deepEqual([run.decision, run.procedure.macroId !== null], ['draft', true])
  const found = await ticket(id)
  assert.deepEqual([found.status, found.assignee], ['open', null])
  const note = (await messages(id)).at(-1)
  assert.equal(note.kind, 'note')
  assert.match(note.text, /Late parcel[\s\S]*order: LU-22101[\s\S]*Search for the parcel/)

  const { body: shown } = await desk.api('GET', `/assistant/runs/${run.id}/proposal`)
  assert.equal(shown.macro.name, 'Search for the parcel')
  assert.deepEqual(
    shown.changes.map(({ field, to }: { field: string; to: string }) => [field, to]),
    [
      ['status', 'pending'],
      ['priority', 'high'],
      ['tags', 'search'],
      ['Order', 'LU-22101'],
    ],
  )
  assert.match(shown.message.body, /about LU-22101/)
  const ada = await desk.addAgent('Ada', 'agent')
  const press = (shown: string, of = run.id) =>
    desk.as(ada.token)('POST', `/assistant/runs/${of}/proposal`, { shown })
  const look = async (of: number) =>
    (await desk.as(ada.token)('GET', `/assistant/runs/${of}/proposal`)).body.shown
  // Another word of the customer's keeps what is known: the same is proposed again, nothing is asked.
  const before = await look(run.id)
  await write(id, requester.email, 'My parcel is late, is there any news?')
  const [again] = await ranOn(id, 3)
  assert.deepEqual(
    [again.decision, orderIn(again), again.procedure.macroId],
    ['draft', 'LU-22101', run.procedure.macroId],
  )
  assert.equal((await press(before)).body.refusal, 'overtaken')
  assert.equal((await desk.api('GET', `/tickets/${id}/assistant`)).body.proposes, again.id)
  const old = await look(again.id)
  await desk.api('PATCH', `/tickets/${id}`, { priority: 'low' })
  assert.equal((await press(old, again.id)).status, 409)
  const shownNow = await look(again.id)
  const both = await Promise.all([press(shownNow, again.id), press(shownNow, again.id)])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
  const done = await ticket(id)
  assert.deepEqual([done.priority, done.tags, done.fields.order], ['high', ['search'], 'LU-22101'])
  const reply = (await messages(id)).at(-1)
  assert.deepEqual([reply.author.name, /about LU-22101/.test(reply.text)], ['Ada', true])
  assert.equal((await runs(id))[0].use, 'accepted')
})

test('a question that has not left is taken back when the customer writes again, and a short row of messages is read as one', async () => {
  await live('auto')
  const { id, requester } = await open('My parcel is late.')
  assert.equal((await ranOn(id))[0].decision, 'ask')
  await write(id, requester.email, 'Forgot: the order is LU-44444')
  const [run] = await ranOn(id, 2)
  assert.deepEqual([run.decision, orderIn(run), run.procedure.questions], ['draft', 'LU-44444', 0])
  const said = (await messages(id)).map(({ text }: { text: string }) => text).join()
  assert.doesNotMatch(said, /Which order is it/)
  assert.equal((await desk.api('GET', `/tickets/${id}/assistant`)).body.proposes, run.id)
  assert.equal((await ticket(id)).status, 'open')
  await write(id, requester.email, 'Thank you!')
  await ranOn(id, 3)
  assert.equal((await desk.api('GET', `/tickets/${id}/assistant`)).body.proposes, run.id)
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'We look into it.' })
  assert.equal((await desk.api('GET', `/tickets/${id}/assistant`)).body.proposes, null)
})

test('what it looks up goes into its words as it stands, and a branch answers alone', async () => {
  await live('auto')
  const { id } = await open('My parcel is late.', { fields: { carrier: 'Snail' } })
  const [run] = await ranOn(id)
  assert.deepEqual(
    [run.decision, run.answer.split('\n')[0]],
    ['auto_resolve', 'Snail takes two weeks, <b>always</b>.'],
  )
  const answer = (await messages(id)).at(-1)
  assert.match(answer.text, /just reply and a person takes over/)
  assert.doesNotMatch(answer.html ?? '', /<b>/)
  assert.equal((await ticket(id)).status, 'resolved')
})

test('where it only drafts, its question is a note; a newer word overtakes what was proposed, and wiped words are gone from the run', async () => {
  await live('draft')
  const asking = await open('My parcel is late.')
  assert.deepEqual(
    [(await ranOn(asking.id))[0].decision, (await messages(asking.id)).at(-1).kind],
    ['draft', 'note'],
  )
  const { id, requester } = await open('My parcel is late: LU-33333')
  const [run] = await ranOn(id)
  assert.equal(run.procedure.facts.at(-1).value, 'LU-33333')
  await write(id, requester.email, 'Still nothing, my parcel is late')
  await ranOn(id, 2)
  assert.equal((await desk.api('POST', `/assistant/runs/${run.id}/proposal`, { shown: '' })).status, 409)
  const [first] = await messages(id)
  await desk.api('POST', `/tickets/${id}/messages/${first.id}/redact`, { words: ['LU-33333'] })
  for (const each of await runs(id)) assert.deepEqual(each.procedure.facts, [])
})

test('a version goes live when a scenario calls its procedure and holds; what would stop in the middle is not kept', async () => {
  const { standard } = (await desk.api('GET', '/assistant')).body
  const settings = { ...standard, otherwise: 'draft', procedures: [late] }
  const holed = { ...late, steps: [{ kind: 'answer', only: [], text: { en: '{{nothing}}' }, closes: true }] }
  const refused = await desk.api('POST', '/assistant/versions', {
    settings: { ...settings, procedures: [holed] },
  })
  assert.deepEqual(
    [refused.status, refused.body.errors?.[0]?.path],
    [400, 'settings.procedures.0.steps.0.text.en'],
  )
  const { version } = (await desk.api('POST', '/assistant/versions', { settings })).body
  const publish = () =>
    desk.api('POST', `/assistant/versions/${version}/publish`, { reason: 'Drafts harm nobody.' })
  assert.match(JSON.stringify((await publish()).body), /no scenario calls/)
  const turns = [
    {
      text: 'My parcel is late',
      checks: [
        { kind: 'called', value: 'late-parcel' },
        { kind: 'asked', value: 'order' },
      ],
    },
    {
      text: 'LU-10101',
      checks: [
        { kind: 'called', value: 'late-parcel' },
        { kind: 'decision', value: 'draft' },
      ],
    },
  ]
  const scenario = { title: 'Late', subject: 'My order', categoryId: shipping, turns }
  const kept = (await desk.api('POST', '/assistant/scenarios', scenario)).body
  const other = {
    ...scenario,
    title: 'Snail',
    lookedUp: { 'field.carrier': 'Snail' },
    turns: [{ text: 'My parcel is late', checks: [{ kind: 'decision', value: 'auto_resolve' }] }],
  }
  await desk.api('POST', '/assistant/scenarios', other)
  const { items } = (await desk.api('POST', '/assistant/scenarios/run', { version })).body
  assert.deepEqual(
    items.map((each: { isPassed: boolean }) => each.isPassed),
    [true, true],
    JSON.stringify(items),
  )
  assert.equal((await publish()).status, 200)
  const order = (await desk.api('GET', '/fields')).body.items.find(
    ({ key }: { key: string }) => key === 'carrier',
  )
  const put = await desk.api('PATCH', `/fields/${order.id}`, { archived: true })
  assert.deepEqual([put.status, put.body.uses[0].kind], [409, 'assistant'])
  // As a desk may have it from before that was refused.
  const { database, setup } = desk.running.desk
  await database.rows(sql`update field set archived_at = now() where id = ${order.id}`)
  setup.forget()
  assert.match(JSON.stringify((await publish()).body), /is no field that may be looked up/)
  const again = await desk.api('POST', '/assistant/versions', { settings })
  assert.deepEqual([again.status, again.body.errors?.[0]?.path], [400, 'settings.procedures.0.steps.0.from'])
  await desk.api('PATCH', `/fields/${order.id}`, { archived: false })
  const wrong = {
    ...scenario,
    turns: [{ text: 'My parcel is late', checks: [{ kind: 'not_called', value: 'late-parcel' }] }],
  }
  await desk.api('PUT', `/assistant/scenarios/${kept.id}`, wrong)
  assert.match(JSON.stringify((await publish()).body), /no scenario calls|fails/)
})

test('a simulation takes what was looked up then, and leaves out tickets of which nobody knows', async () => {
  const config = {
    ...(await desk.running.desk.setup.now()).assistant.config,
    procedures: [late],
  } as AssistantConfig
  await desk.api('DELETE', '/assistant/live')
  const unknown = await open('My parcel is late, again')
  const now = desk.clock.now()
  const reader = createReader()
  try {
    const simulating = await beginSimulation(desk.running.desk, reader, config, {
      from: plus(now, -3_600),
      to: plus(now, 1),
    })
    const lived = []
    for (let some = await simulating.next(); some !== null; some = await simulating.next())
      lived.push(...some)
    assert.equal(
      lived.some(({ ticketId }) => ticketId === unknown.id),
      false,
    )
    assert.ok(lived.length > 0 && lived.length < simulating.total)
  } finally {
    await reader.close()
  }
})

test('a ticket that is about an open incident is offered a link: made at a press, or refused for good, and counted', async () => {
  await live('off')
  const { offered: earlier } = (await desk.api('GET', '/assistant')).body.alike
  const outage = { subject: 'Checkout fails', category: undefined }
  const { id: incident } = await open('The checkout page shows error 502 when I pay by card.', outage)
  const { id: known } = await open('Our bank does not answer.', outage)
  await desk.api('POST', `/tickets/${incident}/links`, { type: 'problem', ticketId: known })
  const offered = async (id: number) =>
    (
      await until(async () => {
        const { body } = await desk.api('GET', `/tickets/${id}/assistant`)
        return body.runs.length > 0 && body
      })
    ).alike
  const one = await open('I cannot pay, the checkout ends with error 502.', outage)
  const found = await offered(one.id)
  assert.deepEqual([found.ticket.id, found.linkType], [incident, 'incident'])
  const links = async (id: number) => (await desk.api('GET', `/tickets/${id}/links`)).body.items
  assert.deepEqual(await links(one.id), [])
  await desk.api('POST', `/assistant/runs/${found.runId}/alike`, { said: 'linked' })
  assert.deepEqual(
    (await links(one.id)).map((each: { type: string; ticket: { id: number } }) => [
      each.type,
      each.ticket.id,
    ]),
    [['incident', incident]],
  )
  assert.equal(await offered(one.id), null)

  const other = await open('Checkout: error 502 for my card.', outage)
  const { runId } = await offered(other.id)
  // How many are alike is counted on the whole desk: told to those who see all of it.
  await desk.running.desk.database.rows(
    sql`update assistant_run set alike = jsonb_set(alike, '{count}', '4') where id = ${runId}`,
  )
  const { principal, token } = await desk.addAgent('Otto', 'lead')
  await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams', teams: [] })
  const within = (await desk.as(token)('GET', `/tickets/${other.id}/assistant`)).body.alike
  assert.deepEqual([(await offered(other.id)).count, within.runId, within.count], [4, runId, 0])
  const said = await desk.api('POST', `/assistant/runs/${runId}/alike`, { said: 'refused' })
  const late = await desk.api('POST', `/assistant/runs/${runId}/alike`, { said: 'linked' })
  assert.deepEqual([late.status, await links(other.id)], [409, []])
  assert.equal(said.body.alike, null)
  await write(other.id, other.requester.email, 'The checkout page shows error 502 again when I pay by card')
  await ranOn(other.id, 2)
  assert.equal(await offered(other.id), null)
  const { alike } = (await desk.api('GET', '/assistant')).body
  assert.deepEqual(alike, { offered: earlier + 2, linked: 1, refused: 1 })
  await desk.api('PATCH', `/tickets/${incident}`, { status: 'resolved' })
  assert.equal(
    (await offered((await open('The checkout shows error 502 when I pay', outage)).id))?.linkType,
    undefined,
  )
})

test('a question that is called harmful is counted, and lets its category go back a step', async () => {
  await live('auto')
  const { id } = await open('My parcel is late.')
  const [run] = await ranOn(id)
  assert.equal(run.decision, 'ask')
  const rung = async () =>
    (await desk.api('GET', '/assistant/ladder')).body.items.find(
      ({ categoryId }: { categoryId: number }) => categoryId === shipping,
    ).rung
  assert.equal(await rung(), 'whole')
  desk.clock.pass(1)
  await desk.api('POST', `/assistant/runs/${run.id}/verdict`, { verdict: 'harmful' })
  assert.equal(await rung(), 'half')
})
