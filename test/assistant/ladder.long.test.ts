// The assistant earns its freedom and loses it again: from off over shadow and drafts to a tenth of the tickets alone, and back by one word
// of a reviewer who does not know whose answer it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { understand } from '#desk/reports/ask.ts'
import type { PersonId } from '#kit/ids.ts'
import { measuresOfBoard } from '#reporting/boards.ts'
import { summarise as folded, type Counted } from '#reporting/fold.ts'
import { measures } from '#reporting/measures.ts'
import type { Summary } from '#reporting/report.ts'
import { summarise } from '#reporting/report-store.ts'
import { reportRows } from '#reporting/rows.ts'
import { workedBy } from '#reporting/worked.ts'
import { eventsOfTickets } from '#tickets/ticket-store.ts'
import { goLive, writeHelp } from '../support/assistant.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

const DAY = 86_400
const said = 'Send it back within 30 days. We pay for the parcel.'
let desk: TestDesk
let returns: number

before(async () => {
  desk = await startDesk()
  returns = (await desk.api('POST', '/categories', { name: 'returns' })).body.id
  await writeHelp(desk)
})
after(() => desk.close())

let asked = 0
async function open(): Promise<number> {
  const { body } = await desk.api('POST', '/tickets', {
    subject: 'Returning a lamp',
    body: 'Returning a lamp: how can I return my lamp?',
    requester: { email: `cy${++asked}@customer.example` },
    category: 'returns',
    channel: 'email',
  })
  return body.id
}
const answer = (id: number, body: string) =>
  desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, status: 'resolved' })
const runsOn = (id: number) =>
  until(async () => {
    const { runs } = (await desk.api('GET', `/tickets/${id}/assistant`)).body
    return runs.length > 0 && runs
  })
const ladder = async () => (await desk.api('GET', '/assistant/ladder')).body.items[0]
const missing = async () => (await ladder()).missing.map(({ what }: { what: string }) => what)
async function step(from: string, to: string): Promise<number> {
  const place = { brandId: null, channel: null, categoryId: returns }
  const { status } = await desk.api('POST', '/assistant/ladder/steps', { ...place, from, to })
  return status
}
const live = async () => (await desk.api('GET', '/assistant')).body.live

const everybody = {
  reader: { agentId: 0 as PersonId, sees: 'all', teamIds: [], limits: null },
  people: 'everybody',
} as const

/** The tickets that count, each folded from its log. */
async function countedTickets({ running }: TestDesk): Promise<Counted[]> {
  const { database: db, setup } = running.desk
  const rows = await db.rows<Omit<Counted, 'spans' | 'facts'>>(sql`select id, created_at as "openedAt",
    requester_id as "requesterId", category_id as "categoryId", channel, brand_id as "brandId" from ticket where not hidden`)
  const logs = await eventsOfTickets(
    db,
    rows.map(({ id }) => id),
  )
  const { sla } = await setup.now()
  return rows.map((row) => ({ ...row, ...reportRows(logs.get(row.id) ?? [], workedBy(sla)) }))
}

test('from off to the shadow, and after a week in which it looked to drafts', async () => {
  const people = await open()
  await answer(people, 'Please send it back with the parcel service, we bear the costs.')
  const { standard } = (await desk.api('GET', '/assistant')).body
  const row = { brandId: null, channel: null, categoryId: returns, mode: 'shadow', share: 0 }
  const settings = { ...standard, rows: [row], holdout: 0, maxWrong: 0.2, leastEvidence: 0.05, draftFrom: 0 }
  const { version } = (await desk.api('POST', '/assistant/versions', { settings })).body
  assert.equal((await desk.api('POST', `/assistant/versions/${version}/publish`)).status, 200)
  await runsOn(await open())
  assert.deepEqual((await ladder()).missing, [{ what: 'days', has: 0, needs: 7 }])
  assert.equal(await step('shadow', 'draft'), 400)
  desk.clock.pass(8 * DAY)
  assert.equal(await step('shadow', 'tenth'), 400)
  assert.equal(await step('shadow', 'draft'), 201)
  assert.deepEqual([(await ladder()).rung, (await live()).settings.rows[0].mode], ['draft', 'draft'])
})

test('fifty drafts that people took, and a simulation: a tenth is open, and a press takes it', async () => {
  assert.deepEqual(await missing(), ['judged', 'wrong', 'simulation'])
  const ids: number[] = []
  for (let number = 0; number < 50; number += 10) {
    ids.push(...(await Promise.all(Array.from({ length: 10 }, open))))
    desk.clock.pass(3_600)
  }
  // Asked once for all of them: fifty who ask every moment would keep the desk from working.
  const { database: db } = desk.running.desk
  await until(async () => (await db.rows(sql`select from assistant_due`)).length === 0, 60_000)
  const take = (id: number) => answer(id, `Hello,\n\n${said}\n\nBest wishes, Ada`)
  while (ids.length > 0) await Promise.all(ids.splice(0, 10).map(take))
  const { judged, wrong, bound } = await ladder()
  assert.deepEqual([judged, wrong], [50, 0])
  assert.ok(bound > 0.05 && bound < 0.08, String(bound))
  assert.deepEqual(await missing(), ['simulation'])
  desk.clock.pass(8 * DAY)
  const { id } = (
    await desk.api('POST', '/assistant/simulations', { version: (await live()).version, days: 90 })
  ).body
  await until(
    async () => (await desk.api('GET', `/assistant/simulations/${id}`)).body.state === 'done',
    60_000,
  )
  const used = (await desk.api('POST', `/assistant/simulations/${id}/use`)).body
  await desk.api('POST', `/assistant/versions/${used.version}/publish`)
  assert.deepEqual([(await ladder()).rung, await missing()], ['draft', []])
  assert.equal(await step('draft', 'tenth'), 201)
  const now = await live()
  assert.deepEqual([now.settings.rows[0].mode, now.settings.rows[0].share], ['auto', 0.1])
  assert.deepEqual(now.steps, [
    { brandId: null, channel: null, categoryId: returns, from: 'draft', to: 'tenth', why: 'pressed' },
  ])
  assert.equal(await step('draft', 'tenth'), 409)
})

test('a reviewer is not told whose words they are until they have judged; one harmful answer of the assistant’s takes a step back at once', async () => {
  desk.clock.pass(3_600)
  const lead = await desk.addAgent('Cleo', 'lead')
  const bo = desk.as(lead.token)
  const monday = async (day: string) => (await bo('GET', `/assistant/review?week=${day}`)).body
  const [first] = await desk.running.desk.database.rows<{ day: string }>(
    sql`select to_char(min(at), 'YYYY-MM-DD') as day from assistant_run`,
  )
  const { week, items } = await monday(first?.day ?? '')
  assert.deepEqual([items.length, items[0].sampled, items[0].judged], [1, 2, 0])
  const { body } = await bo('GET', `/assistant/review/answers?week=${week}&open=true`)
  assert.equal(body.items.length, 2)
  for (const { author, mine, question } of body.items)
    assert.deepEqual([author, mine, question], [null, null, 'Returning a lamp: how can I return my lamp?'])
  // Whoever wrote one is not asked about it.
  const owns = (await desk.api('GET', `/assistant/review/answers?week=${week}`)).body.items
  assert.equal(owns.length, 1)
  const judge = async (key: string, verdict: string) =>
    (await bo('POST', '/assistant/review/verdicts', { week, key, verdict })).body
  const mailed = desk.sink.mails.length
  const versions = (await live()).version
  const authors = []
  for (const { key } of body.items) authors.push((await judge(key, 'harmful')).author)
  assert.deepEqual(authors.toSorted(), ['assistant', 'person'])
  assert.equal((await monday(week)).items[0].judged, 2)
  assert.deepEqual((await bo('GET', `/assistant/review/answers?week=${week}&open=true`)).body.items, [])
  // Another person says the same of the same: no second step.
  const dora = desk.as((await desk.addAgent('Dora', 'lead')).token)
  desk.clock.pass(60)
  for (const { key } of body.items)
    await dora('POST', '/assistant/review/verdicts', { week, key, verdict: 'harmful' })
  // Nor does saying it again, which is no new word, or taking it back and saying it again.
  for (const { key } of body.items) await judge(key, 'harmful')
  assert.equal((await monday(week)).agreement.n, 2)
  for (const verdict of ['correct', 'harmful']) {
    desk.clock.pass(60)
    for (const { key } of body.items) await judge(key, verdict)
  }
  const now = await live()
  assert.equal(now.version, versions + 1)
  assert.equal(now.createdBy, null)
  assert.deepEqual([now.steps[0].from, now.steps[0].to, now.steps[0].why], ['tenth', 'draft', 'harmful'])
  assert.equal((await ladder()).rung, 'draft')
  assert.deepEqual(await missing(), ['judged', 'wrong'])
  // Publishing the version from before does not bring it back, whatever is said for it.
  const back = await desk.api('POST', `/assistant/versions/${versions}/publish`, { reason: 'It was fine.' })
  assert.equal(back.status, 400)
  assert.match(JSON.stringify(back.body), /returns from draft to tenth, where it went back by itself/)
  const [mail] = await until(async () => desk.sink.mails.length > mailed && desk.sink.mails.slice(-1))
  assert.match(mail?.raw.toString() ?? '', /The assistant went a step back: returns/)
})

test('reports count what people made of its drafts', async () => {
  const told = async (key: string, more = '') =>
    (await desk.api('GET', `/reports/${key}?from=2020-01-01${more}`)).body
  assert.deepEqual([(await told('draftsAccepted')).n, (await told('draftsAccepted')).value], [50, 1])
  const { rows } = await told('draftsAccepted', '&by=version')
  assert.deepEqual(
    rows.map(({ n }: { n: number }) => n),
    [50],
  )
  const harmful = await told('assistantHarmful')
  assert.deepEqual([harmful.n, harmful.value], [1, 1])
  const list = (await desk.api('GET', '/reports/assistantHarmful/tickets?from=2020-01-01')).body
  assert.equal(list.items.length, 1)
})

test('what it answered alone is counted by SQL as by the fold of the logs, in all and by version', async () => {
  const before = (await live()).version
  await goLive(desk, returns, { leastEvidence: 0.05, holdout: 0 })
  const answered = [await open(), await open(), await open()]
  for (const id of answered) await runsOn(id)
  desk.clock.pass(3_600)
  const { requester } = (await desk.api('GET', `/tickets/${answered[0]}`)).body
  const body = 'That did not help, the lamp is still here.'
  await desk.api('POST', `/tickets/${answered[0]}/messages`, {
    kind: 'reply',
    body,
    onBehalfOf: { email: requester.email },
  })
  await until(async () => (await runsOn(answered[0] ?? 0)).length > 1)
  await answer(answered[0] ?? 0, said)
  const told = async (key: string) => (await desk.api('GET', `/reports/${key}?from=2020-01-01`)).body
  const share = async (key: string) => {
    const { n, value } = await told(key)
    return [n, Math.round(value * n)]
  }
  assert.deepEqual(await share('assistantContained'), [3, 2])
  assert.deepEqual(await share('assistantReopened'), [3, 1])
  const tickets = await countedTickets(desk)
  for (const key of measuresOfBoard.assistant)
    for (const by of [undefined, 'category', 'version'] as const) {
      const words = { key, by, from: '2020-01-01', to: 'today', zone: 'UTC' }
      const found = await understand(desk.running.desk, words, everybody)
      assert.ok(found.ok, JSON.stringify(found))
      if (measures[key].source.from === 'verdicts') continue
      const { asked, begins, scope } = found.question
      const sorted = (all: readonly Summary[]) =>
        all.map((each) => JSON.stringify([each.bucket, each.group, each.n, each.sum])).toSorted()
      const db = desk.running.desk.database
      assert.deepEqual(
        sorted(await summarise(db, asked, begins, scope)),
        sorted(folded(tickets, asked, begins, scope.now)),
        `${key} ${by}`,
      )
    }
  await desk.api('POST', `/assistant/versions/${before}/publish`)
})

test('a draft that somebody left becomes a scenario by one press, and a version that fails one does not go live', async () => {
  const id = await open()
  const [run] = await runsOn(id)
  assert.equal(run.decision, 'draft')
  // A reply that is taken back before it leaves says nothing of the draft; the next one does.
  const use = async () => (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs[0].use
  const sent = (await answer(id, said)).body
  assert.equal(await use(), 'accepted')
  assert.equal((await desk.api('POST', `/tickets/${id}/messages/${sent.id}/undo-send`)).status, 200)
  assert.equal(await use(), null)
  const drafts = async () => (await desk.api('GET', '/assistant')).body.drafts
  const before = await drafts()
  await answer(id, 'We have no lamps any more, sorry.')
  assert.equal(await use(), 'rejected')
  // Whoever answers here came to the desk a moment ago.
  const newcomers = { ...before.newcomers, rejected: before.newcomers.rejected + 1 }
  assert.deepEqual(await drafts(), { ...before, newcomers })
  const made = (await desk.api('POST', `/assistant/runs/${run.id}/scenario`)).body
  assert.deepEqual(
    made.turns.map(({ checks }: { checks: { kind: string }[] }) => checks.map(({ kind }) => kind)),
    [['no_article']],
  )
  const tried = (await desk.api('POST', '/assistant/scenarios/run', {})).body
  assert.deepEqual([tried.passed, tried.items[0].turns[0].failed[0].kind], [0, 'no_article'])
  const { version } = await live()
  const refused = await desk.api('POST', `/assistant/versions/${version}/publish`)
  assert.deepEqual(
    [refused.status, /fails a scenario: Returning a lamp/.test(JSON.stringify(refused.body))],
    [400, true],
  )
  const { id: _, ticketId: _of, createdBy: _by, updatedAt: _at, ...words } = made
  assert.equal((await desk.api('PUT', `/assistant/scenarios/${made.id}`, words)).status, 200)
  // What it came to because a person had answered says nothing of the customer's words.
  const { requester } = (await desk.api('GET', `/tickets/${id}`)).body
  const onBehalfOf = { email: requester.email }
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'Really none?', onBehalfOf })
  const [silent] = await until(async () => {
    const { runs } = (await desk.api('GET', `/tickets/${id}/assistant`)).body
    return runs.length > 1 && runs
  })
  assert.equal((await desk.api('POST', `/assistant/runs/${silent.id}/scenario`)).status, 400)
  // What was taken from a ticket goes into no file, and goes with the words it was taken from.
  assert.deepEqual((await desk.api('GET', '/assistant/scenarios/file')).body.scenarios, [])
  await desk.api('POST', `/assistant/runs/${run.id}/verdict`, { verdict: 'wrong', note: 'Cy has no lamp' })
  const redact = async (words?: string[]) => {
    const { items } = (await desk.api('GET', `/tickets/${id}/messages`)).body
    const { id: first } = items.find(({ direction }: { direction: string }) => direction === 'inbound')
    return (await desk.api('POST', `/tickets/${id}/messages/${first}/redact`, { words })).status
  }
  const scenarios = async () => (await desk.api('GET', '/assistant/scenarios')).body.items
  assert.equal(await redact(['my lamp']), 200)
  assert.equal((await scenarios())[0].turns[0].text, 'Returning a lamp: how can I return █████?')
  assert.equal((await desk.api('GET', `/tickets/${id}/assistant`)).body.runs[1].verdictNote, '')
  await desk.api('PATCH', `/tickets/${id}`, { deleted: true })
  assert.deepEqual(await scenarios(), [])
  await desk.api('PATCH', `/tickets/${id}`, { deleted: false })
  assert.deepEqual([(await scenarios()).length, await redact(), await scenarios()], [1, 200, []])
  const threat = {
    title: 'A threat',
    subject: 'Lamp',
    turns: [{ text: 'I will sue you.', checks: [{ kind: 'reason', value: 'policy_hard' }] }],
  }
  const add = async (categoryId: number) =>
    (await desk.api('POST', '/assistant/scenarios', { ...threat, categoryId })).status
  assert.deepEqual([await add(returns + 1_000), await add(returns)], [400, 201])
  assert.equal((await desk.api('POST', `/assistant/versions/${version}/publish`)).status, 200)
  const kept = (await desk.api('GET', '/assistant/scenarios/file')).body
  assert.equal((await desk.api('POST', '/assistant/scenarios/file', kept)).body.added, 1)
  assert.equal((await scenarios()).length, 2)
})

test('by hand it goes up with a reason, which the ladder tells; published once more, a version forgets nothing', async () => {
  const { version } = await live()
  assert.equal(await step('draft', 'shadow'), 201)
  const publish = (reason?: string) =>
    desk.api('POST', `/assistant/versions/${version}/publish`, reason === undefined ? undefined : { reason })
  const refused = await publish()
  assert.deepEqual([refused.status, refused.body.errors[0].path], [400, 'reason'])
  assert.equal((await publish('The shadow was a slip.')).status, 200)
  const { rung, reason, since } = await ladder()
  assert.deepEqual([rung, reason], ['draft', 'The shadow was a slip.'])
  desk.clock.pass(DAY)
  await desk.api('DELETE', '/assistant/live')
  assert.equal((await publish()).status, 200)
  assert.equal((await ladder()).since, since)
})
