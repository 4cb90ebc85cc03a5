// Backtests in the background: asked for by the API, worked off by workers that come and go, read, cancelled and forgotten.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { trialsOf } from '#backtest/gate-store.ts'
import type { Instant } from '#kit/time.ts'
import { backtestNext } from '#desk/past/backtest-lane.ts'
import { housekeeping } from '#desk/housekeep.ts'
import { createToken } from '#people/access-store.ts'
import { addDraft } from '#rules/rulebook-store.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk({ work: false })
  await publishRules(desk, [])
  for (let number = 1; number <= 6; number++) {
    const requester = { email: `c${number}@customer.example`, name: `Customer ${number}` }
    const subject = number % 2 === 0 ? '=1+1 an invoice' : 'A question'
    assert.equal((await desk.api('POST', '/tickets', { subject, body: 'Help', requester })).status, 201)
    desk.clock.pass(60)
  }
  await drafted()
})
after(() => desk.close())

const billing = aRule(1, {
  key: 'billing',
  title: 'Invoices are urgent',
  on: ['created'],
  if: { all: [{ field: 'subject', op: 'contains_word', value: 'invoice' }] },
  do: [{ setPriority: 'urgent' }],
})

const drafted = () =>
  addDraft(desk.running.desk.database, {
    content: { sections: [{ key: 'all', title: 'All' }], rules: [billing], templates: [] },
    parent: null,
    by: null,
    at: desk.clock.now(),
  })
const ask = async (): Promise<number> => {
  const { status, body } = await desk.api('POST', '/backtests', { candidate: 'draft', last: 30 })
  assert.equal(status, 202, JSON.stringify(body))
  return body.id as number
}
const read = async (id: number) => (await desk.api('GET', `/backtests/${id}`)).body
const worker = () => backtestNext(desk.running.desk)
const finish = async (round: ReturnType<typeof worker>) => {
  while ((await round()) === 'more');
}

test('a backtest of the draft tells its sums on the way, then its report, and changes nothing', async () => {
  const id = await ask()
  assert.deepEqual((await read(id)).state, 'queued')
  const round = worker()
  await round()
  const halfway = await read(id)
  assert.deepEqual([halfway.state, halfway.done, halfway.total], ['running', 6, 6])
  assert.deepEqual([halfway.soFar.tickets, halfway.soFar.diffs, halfway.soFar.certain], [6, 3, 3])
  await finish(round)
  const { state, report, begunAgain } = await read(id)
  assert.deepEqual([state, begunAgain, report.tickets, report.fidelity.share], ['done', 0, 6, 1])
  assert.deepEqual(
    report.fields.map(({ field, changes }: { field: string; changes: { to: string; count: number }[] }) => [
      field,
      changes.map(({ to, count }) => [to, count]),
    ]),
    [['priority', [['urgent', 3]]]],
  )
  const { body } = await desk.api('GET', '/tickets?q=priority:urgent')
  assert.equal(body.items.length, 0)
})

test('who goes away in the middle is followed by another, who begins again and says so', async () => {
  const id = await ask()
  await worker()()
  const next = worker()
  assert.equal(await next(), null, 'the first may still live')
  assert.equal((await read(id)).state, 'running')
  desk.clock.pass(61)
  await finish(next)
  const { state, begunAgain, done, report } = await read(id)
  assert.deepEqual([state, begunAgain, done, report.diffs], ['done', 1, 6, 3])
  const { body } = await desk.api('GET', `/backtests/${id}/diffs`)
  assert.equal(body.items.length, 3)
})

test('who was thought dead and comes back leaves off, and adds nothing', async () => {
  const id = await ask()
  const slow = worker()
  await slow()
  desk.clock.pass(61)
  const next = worker()
  await next()
  assert.equal(await slow(), 'more')
  assert.equal(await slow(), null)
  await finish(next)
  assert.equal((await read(id)).report.diffs, 3)
  assert.equal((await desk.api('GET', `/backtests/${id}/diffs`)).body.items.length, 3)
})

test('of two asked for at once the second waits for the first, whoever works', async () => {
  const [first, second] = [await ask(), await ask()]
  const [one, other] = [worker(), worker()]
  const [a, b] = await Promise.all([one(), other()])
  assert.deepEqual([a, b].toSorted(), ['more', null].toSorted())
  assert.deepEqual([(await read(first)).state, (await read(second)).state], ['running', 'queued'])
  await finish(one)
  await finish(other)
  await finish(one)
  assert.deepEqual([(await read(first)).state, (await read(second)).state], ['done', 'done'])
  assert.equal((await read(first)).report.hash, (await read(second)).report.hash)
})

test('a cancelled backtest stops with what it found; one that waits never begins', async () => {
  const [first, second] = [await ask(), await ask()]
  const round = worker()
  await round()
  for (const id of [first, second])
    assert.equal((await desk.api('POST', `/backtests/${id}/cancel`)).body.state, 'cancelled')
  await finish(round)
  assert.deepEqual([(await read(first)).state, (await read(second)).state], ['cancelled', 'cancelled'])
  assert.equal((await read(first)).soFar.diffs, 3)
  assert.equal((await desk.api('POST', `/backtests/${first}/cancel`)).status, 200)
})

test('the draft is frozen when it is asked for', async () => {
  const id = await ask()
  assert.equal((await desk.api('DELETE', '/rulebook/draft')).body.dropped, true)
  await finish(worker())
  assert.equal((await read(id)).report.diffs, 3)
  const again = await desk.api('POST', '/backtests', { candidate: 'draft', last: 30 })
  assert.deepEqual([again.status, again.body.refusal], [409, 'no_draft'])
})

test('diffs are filtered by all of one difference, paged, and told side by side', async () => {
  const id = (await desk.api('GET', '/backtests')).body.items[0].id as number
  const diffs = async (query: string) => (await desk.api('GET', `/backtests/${id}/diffs?${query}`)).body
  assert.equal((await diffs('kind=fired&rule=1&certain=true')).items.length, 3)
  assert.equal((await diffs('kind=fired&certain=false')).items.length, 0)
  assert.equal((await diffs('kind=value&what=priority&to=urgent')).items.length, 3)
  assert.equal((await diffs('kind=value&what=priority&to=low')).items.length, 0)
  const first = await diffs('limit=2')
  const rest = await diffs(`limit=2&cursor=${first.nextCursor}`)
  assert.deepEqual([first.items.length, rest.items.length, rest.nextCursor], [2, 1, null])
  const { ticketId } = first.items[0]
  const { body } = await desk.api('GET', `/backtests/${id}/diffs/${ticketId}`)
  const fired = (side: { rules: { title: string }[] }[]) =>
    side.flatMap(({ rules }) => rules.map((r) => r.title))
  assert.deepEqual([fired(body.baseline), fired(body.candidate)], [[], ['Invoices are urgent']])
  assert.equal((await desk.api('GET', `/backtests/${id}/diffs/999999`)).status, 404)
})

test('files of the diffs run nothing in a spreadsheet', async () => {
  const id = (await desk.api('GET', '/backtests')).body.items[0].id as number
  const csv = await desk.api('GET', `/backtests/${id}/diffs.csv?kind=fired`)
  assert.match(csv.headers.get('content-type') ?? '', /text\/csv/)
  const lines = csv.body.trim().split('\r\n')
  assert.equal(lines[0], 'ticket,subject,kind,at,certain,rule,what,from,to')
  assert.equal(lines.length, 7)
  assert.match(lines[1], /^\d+,'=1\+1 an invoice,fired,/)
  const ndjson = await fetch(`${desk.url}/api/v1/backtests/${id}/diffs.ndjson`, {
    headers: { authorization: `Bearer ${desk.token}` },
  })
  const tickets = (await ndjson.text()).trim().split('\n')
  assert.deepEqual(
    tickets.map((line) => JSON.parse(line).subject),
    ['=1+1 an invoice', '=1+1 an invoice', '=1+1 an invoice'],
  )
  assert.equal((await desk.api('GET', '/backtests/999999/diffs.csv')).status, 404)
})

test('only who publishes rules and sees the whole desk may ask; a token that reads no tickets gets numbers', async () => {
  const { token } = await desk.addAgent('Lea', 'lead')
  for (const path of ['/backtests', '/backtests/1', '/backtests/1/diffs', '/backtests/1/diffs.csv'])
    assert.equal((await desk.as(token)('GET', path)).status, 403, path)
  const { principal } = await desk.addAgent('Ann', 'admin')
  const { secret } = await createToken(desk.running.desk.database, {
    name: 'numbers',
    agentId: principal.agentId,
    scopes: ['rules:write'],
    at: desk.clock.now(),
    expiresAt: null,
  })
  const id = (await desk.api('GET', '/backtests')).body.items[0].id as number
  const { body } = await desk.as(secret)('GET', `/backtests/${id}/diffs`)
  assert.deepEqual(
    body.items.map(({ subject }: { subject: unknown }) => subject),
    [null, null, null],
  )
  const { ticketId } = body.items[0]
  assert.equal((await desk.as(secret)('GET', `/backtests/${id}/diffs/${ticketId}`)).status, 403)
})

test('what cannot be is refused', async () => {
  const bad = [
    { candidate: 'draft', last: 0 },
    { candidate: 99, last: 30 },
    { candidate: 1, last: { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' } },
    { candidate: 1, last: 30, seed: -1 },
  ]
  for (const body of bad)
    assert.equal((await desk.api('POST', '/backtests', body)).status, 400, JSON.stringify(body))
})

test('after 90 days nothing of it is left', async () => {
  desk.clock.pass(89 * 86_400)
  await housekeeping(desk.running.desk)()
  assert.ok((await desk.api('GET', '/backtests')).body.items.length > 0)
  desk.clock.pass(2 * 86_400)
  await housekeeping(desk.running.desk)()
  assert.deepEqual((await desk.api('GET', '/backtests')).body.items, [])
})

test('any ticket is asked what would have happened to it under other rules, by who sees it', async () => {
  await drafted()
  const { items } = (await desk.api('GET', '/tickets?limit=10')).body
  const { id } = items.find(({ subject }: { subject: string }) => subject.includes('invoice'))
  const asked = await desk.api('GET', `/tickets/${id}/what-if?candidate=draft`)
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const { fidelity, baselineVersion, differences, baseline, candidate } = asked.body
  assert.deepEqual([fidelity, baselineVersion], [{ reproduced: true, cause: null }, 1])
  const told = differences.map(({ kind, certain, rule, change }: Told) => [
    kind,
    certain,
    rule?.title,
    change?.to,
  ])
  assert.deepEqual(told, [
    ['fired', true, 'Invoices are urgent', undefined],
    ['value', false, undefined, 'urgent'],
  ])
  assert.deepEqual([baseline[0].changed, candidate[0].rules.length], [[], 1])
  const same = await desk.api('GET', `/tickets/${id}/what-if?candidate=live`)
  assert.deepEqual([same.body.differences, same.body.divergesAt], [[], null])
  assert.equal((await desk.api('GET', `/tickets/${id}/what-if?candidate=99`)).status, 400)
  assert.equal((await desk.api('GET', `/tickets/4711/what-if?candidate=draft`)).status, 404)
  const { principal, token } = await desk.addAgent('Ona', 'agent')
  const seen = () => desk.as(token)('GET', `/tickets/${id}/what-if?candidate=draft`)
  await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams' })
  assert.equal((await seen()).status, 200)
  const team = (await desk.api('POST', '/teams', { name: 'Walled' })).body
  await desk.api('PATCH', `/tickets/${id}`, { team: team.id })
  assert.equal((await seen()).status, 404)
})
type Told = { kind: string; certain: boolean; rule: { title: string } | null; change: { to: string } | null }

test('a shadow runs beside live: it is lived again while it lasts, and its day is the backtest of that day', async () => {
  desk.clock.pass(60)
  const { status, body } = await desk.api('POST', '/backtests', { candidate: 'draft', shadow: 1 })
  assert.equal(status, 202, JSON.stringify(body))
  const [round, id] = [worker(), body.id as number]
  await finish(round)
  assert.deepEqual((await read(id)).report.tickets, 0, 'nothing has happened since it began')
  const requester = { email: 'late@customer.example', name: 'Late' }
  desk.clock.pass(600)
  const made = await desk.api('POST', '/tickets', { subject: 'An invoice again', body: 'Help', requester })
  await finish(round)
  const watching = await read(id)
  assert.deepEqual([watching.state, watching.mode, watching.report.diffs], ['queued', 'shadow', 1])
  const { items } = (await desk.api('GET', `/backtests/${id}/diffs`)).body
  assert.deepEqual(
    items.map(({ ticketId }: { ticketId: number }) => ticketId),
    [made.body.id],
  )
  assert.ok((await round()) !== 'more', 'it rests until its next time')
  desk.clock.pass(2 * 86_400)
  await finish(round)
  const ended = await read(id)
  assert.deepEqual([ended.state, ended.to], ['done', ended.until])
  const { from, to } = ended
  const again = await desk.api('POST', '/backtests', { candidate: 'draft', last: { from, to } })
  await finish(round)
  assert.deepEqual((await read(again.body.id)).report, ended.report)
})

test('a shadow ends by hand up to that moment, and when other rules go live; either last or shadow is asked for', async () => {
  const begin = async () =>
    (await desk.api('POST', '/backtests', { candidate: 'draft', shadow: 3 })).body.id as number
  const [round, byHand] = [worker(), await begin()]
  await finish(round)
  desk.clock.pass(900)
  assert.equal((await desk.api('POST', `/backtests/${byHand}/cancel`)).status, 200)
  await finish(round)
  const ended = await read(byHand)
  assert.deepEqual([ended.state, ended.to], ['done', ended.until])
  const overtaken = await begin()
  await finish(round)
  desk.clock.pass(900)
  await publishRules(desk, [])
  const publishedAt = desk.clock.now()
  desk.clock.pass(900)
  await finish(round)
  const stopped = await read(overtaken)
  assert.deepEqual([stopped.state, Date.parse(stopped.until)], ['done', Date.parse(publishedAt)])
  await drafted()
  for (const asked of [{}, { last: 7, shadow: 1 }])
    assert.equal((await desk.api('POST', '/backtests', { candidate: 'draft', ...asked })).status, 400)
})

test('a backtest of some tickets: those that a search finds, or drawn by its seed; it does not count for publishing', async () => {
  const round = worker()
  const run = async (more: object) => {
    const { status, body } = await desk.api('POST', '/backtests', { candidate: 'draft', last: 365, ...more })
    assert.equal(status, 202, JSON.stringify(body))
    await finish(round)
    return read(body.id)
  }
  const { items } = (await desk.api('GET', '/tickets?limit=200')).body
  const marked = items.find(({ subject }: { subject: string }) => subject.includes('invoice'))
  assert.equal((await desk.api('PATCH', `/tickets/${marked.id}`, { addTags: ['chosen'] })).status, 200)
  const whole = await run({})
  const invoices = await run({ filter: 'tag:chosen' })
  assert.ok(whole.report.tickets > 3)
  assert.deepEqual([invoices.report.tickets, invoices.report.diffs, invoices.filter], [1, 1, 'tag:chosen'])
  const [drawn, again, other] = [
    await run({ sample: 3 }),
    await run({ sample: 3 }),
    await run({ sample: 3, seed: 2 }),
  ]
  assert.deepEqual([drawn.report.tickets, other.report.tickets], [3, 3])
  assert.deepEqual(drawn.report, again.report)
  const odd = await desk.api('POST', '/backtests', { candidate: 'draft', last: 30, filter: 'nonsense:7' })
  assert.deepEqual([odd.status, odd.body.errors[0].path], [400, 'filter'])
  const { clock, database } = desk.running.desk
  const since = new Date(Date.parse(clock.now()) - 86_400_000).toISOString() as Instant
  const { candidateHash: hash, baselineVersion } = whole
  const trials = await trialsOf(database, { hash, baselineVersion, since })
  const ids = trials.map(({ id }) => id)
  assert.ok(ids.includes(whole.id) && !ids.includes(invoices.id) && !ids.includes(drawn.id))
})
