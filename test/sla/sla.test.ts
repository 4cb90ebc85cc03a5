// Agreements on a live desk: policies applied, clocks kept, warnings and breaches written once and in time, versions, previews.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { instant, plus } from '#kit/time.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk({ relay: false })))
after(() => desk.close())

const HOUR = 3_600
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
type Seconds = Readonly<Record<(typeof PRIORITIES)[number], number | null>>
type Event = { kind: string; at: string; actor: { type: string }; payload: Record<string, unknown> }

async function ok(method: string, path: string, body?: unknown) {
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const targets = (metric: string, seconds: Seconds, calendar = 'always', warnAt: object[] = []) =>
  PRIORITIES.map((priority) => ({ metric, priority, seconds: seconds[priority], calendar, warnAt }))
const same = (seconds: number): Seconds => ({ low: seconds, normal: seconds, high: seconds, urgent: seconds })

/** A policy for tickets with a tag of its own, so that the tests do not meet. */
async function policyFor(tag: string, of: object[], more: object = {}) {
  return ok('POST', '/policies', {
    kind: 'customer',
    title: `For ${tag}`,
    q: `tag:${tag}`,
    targets: of,
    ...more,
  })
}

async function opened(tag: string, more: object = {}) {
  const asked = { subject: `About ${tag}`, body: 'Help.', requester: { email: `${tag}@customer.example` } }
  return ok('POST', '/tickets', { ...asked, tags: [tag], ...more })
}

const eventsOf = async (id: number, kind?: string): Promise<Event[]> =>
  (await ok('GET', `/tickets/${id}/events?limit=200`)).items.filter(
    (each: Event) => kind === undefined || each.kind === kind,
  )
const explained = async (id: number) => (await ok('GET', `/tickets/${id}/clocks`)).items
const reply = (id: number) => ok('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'Here you are.' })

test('a ticket comes under the first policy that matches, is warned, breaches to the millisecond, once, and is met or missed', async () => {
  const policy = await policyFor(
    'prompt',
    targets('first_reply', same(2 * HOUR), 'always', [{ percent: 50 }]),
  )
  const ticket = await opened('prompt')
  const [clock] = ticket.clocks
  assert.deepEqual(
    [clock.metric, clock.state, clock.targetSeconds, clock.dueAt],
    ['first_reply', 'running', 2 * HOUR, plus(ticket.createdAt, 2 * HOUR)],
  )
  const [applied] = await eventsOf(ticket.id, 'sla_applied')
  assert.deepEqual([applied?.payload['policyId'], applied?.payload['policyVersion']], [policy.id, 1])
  await ok('PATCH', `/tickets/${ticket.id}`, { snoozedUntil: plus(ticket.createdAt, 86_400) })
  desk.clock.pass(HOUR)
  const warned = await until(async () => (await eventsOf(ticket.id, 'sla_warning'))[0])
  assert.deepEqual([warned.payload['threshold'], warned.actor.type], [HOUR, 'system'])
  assert.equal(
    (await ok('GET', `/tickets/${ticket.id}`)).snoozedUntil,
    null,
    'a warning wakes the ticket (L26)',
  )
  desk.clock.pass(HOUR)
  await new Promise((done) => setTimeout(done, 50))
  assert.deepEqual(await eventsOf(ticket.id, 'sla_breached'), [], 'due is not breached')
  desk.clock.pass(1)
  const breached = await until(async () => (await eventsOf(ticket.id, 'sla_breached'))[0])
  assert.equal(breached.payload['breachedAt'], plus(ticket.createdAt, 2 * HOUR))
  assert.equal(breached.payload['cause'], 'time')
  desk.clock.pass(5 * HOUR)
  await reply(ticket.id)
  const [ended] = await explained(ticket.id)
  assert.deepEqual([ended.state, ended.elapsedSeconds], ['missed', 7 * HOUR + 1])
  assert.equal(
    ended.spans.reduce(
      (sum: number, { counted, seconds }: { counted: boolean; seconds: number }) =>
        sum + (counted ? seconds : 0),
      0,
    ),
    ended.elapsedSeconds,
  )
  assert.equal((await eventsOf(ticket.id, 'sla_breached')).length, 1)
  assert.equal((await eventsOf(ticket.id, 'sla_warning')).length, 1)
})

test('a raised priority swaps the target and breaches at the change; lowered again the breach is withdrawn', async () => {
  await policyFor(
    'vip',
    targets('first_reply', { low: null, normal: 8 * HOUR, high: 4 * HOUR, urgent: HOUR }),
  )
  const ticket = await opened('vip')
  desk.clock.pass(2 * HOUR)
  const raised = await ok('PATCH', `/tickets/${ticket.id}`, { priority: 'urgent' })
  assert.equal(raised.clocks[0].breachedAt, desk.clock.now())
  const at = desk.clock.now()
  desk.clock.pass(1)
  const [breached] = await until(async () => {
    const found = await eventsOf(ticket.id, 'sla_breached')
    return found.length > 0 ? found : null
  })
  assert.deepEqual([breached?.payload['cause'], breached?.payload['breachedAt']], ['priority_change', at])
  const lowered = await ok('PATCH', `/tickets/${ticket.id}`, { priority: 'high' })
  assert.equal(lowered.clocks[0].breachedAt, null)
  await until(async () => (await eventsOf(ticket.id, 'sla_breach_withdrawn')).length === 1)
  const none = await ok('PATCH', `/tickets/${ticket.id}`, { priority: 'low' })
  assert.equal(none.clocks[0].state, 'cancelled', 'this priority has no target')
  assert.equal((await eventsOf(ticket.id, 'sla_applied')).length, 4)
})

test('clocks count by the team’s calendar, pause while pending, and go on after a reopen', async () => {
  const hours = {
    timeZone: 'Europe/Berlin',
    weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])),
  }
  const calendar = await ok('POST', '/calendars', { name: 'Berlin office', hours })
  const team = await ok('POST', '/teams', { name: 'Berlin' })
  await ok('PUT', '/calendar-uses', { owner: 'team', ownerId: team.id, calendarId: calendar.id })
  await policyFor('wait', targets('requester_wait', same(8 * HOUR), 'inherit'))
  desk.clock.set(instant(Date.parse('2026-03-06T15:00:00Z')))
  const ticket = await opened('wait', { team: team.id })
  assert.equal(ticket.clocks[0].dueAt, '2026-03-09T15:00:00.000Z', 'one hour on Friday, seven on Monday')
  desk.clock.set(instant(Date.parse('2026-03-09T09:00:00Z')))
  await ok('PATCH', `/tickets/${ticket.id}`, { status: 'pending' })
  const [paused] = await explained(ticket.id)
  assert.deepEqual(
    [paused.state, paused.dueAt, paused.elapsedSeconds, paused.calendar],
    ['paused', null, 2 * HOUR, 'of team:1'],
  )
  desk.clock.set(instant(Date.parse('2026-03-10T08:00:00Z')))
  await ok('PATCH', `/tickets/${ticket.id}`, { status: 'resolved' })
  assert.equal((await explained(ticket.id))[0].state, 'met')
  desk.clock.set(instant(Date.parse('2026-03-10T10:00:00Z')))
  await ok('PATCH', `/tickets/${ticket.id}`, { status: 'open' })
  const [resumed] = await explained(ticket.id)
  assert.deepEqual(
    [resumed.state, resumed.elapsedSeconds, resumed.dueAt],
    ['running', 2 * HOUR, '2026-03-10T16:00:00.000Z'],
  )
})

test('a published version is tried first, then judges every open ticket again, and what breached keeps its version', async () => {
  const policy = await policyFor('again', targets('first_reply', same(10 * HOUR)))
  const tickets = [await opened('again'), await opened('again')]
  desk.clock.pass(5 * HOUR)
  const next = { title: 'Faster', q: 'tag:again', targets: targets('first_reply', same(4 * HOUR)) }
  const { changes } = await ok('POST', '/policies/preview', {
    policy: { ...next, kind: 'customer', id: policy.id },
  })
  const breached = changes.find(({ kind }: { kind: string }) => kind === 'breached')
  assert.deepEqual(
    breached.clocks.map(({ ticket }: { ticket: { id: number } }) => ticket.id).toSorted(),
    tickets.map(({ id }) => id).toSorted(),
  )
  assert.deepEqual(await eventsOf(tickets[0].id, 'sla_breached'), [], 'a preview writes nothing')
  assert.equal((await ok('POST', `/policies/${policy.id}/versions`, next)).version, 2)
  await until(async () => {
    desk.clock.pass(1)
    const events = await Promise.all(tickets.map(({ id }) => eventsOf(id, 'sla_breached')))
    return events.every((each) => each.length === 1 && each[0]?.payload['policyVersion'] === 2)
  })
  const { items } = await ok('GET', '/policies/recompute')
  assert.ok(items[0].done > 0 && items[0].finishedAt !== null)
})

test('merging into an answered thread, spam and its recovery leave no clock behind that should not be', async () => {
  await policyFor('merge', targets('first_reply', same(4 * HOUR)))
  const early = await opened('merge')
  desk.clock.pass(3 * HOUR)
  const late = await opened('merge')
  await ok('POST', `/tickets/${early.id}/merge`, { into: late.id })
  assert.equal((await explained(early.id))[0].state, 'cancelled')
  assert.equal((await explained(late.id))[0].elapsedSeconds, 3 * HOUR, 'the earliest opening is inherited')
  await ok('POST', `/tickets/${early.id}/unmerge`)
  assert.equal((await explained(late.id))[0].elapsedSeconds, 0)
  await ok('PATCH', `/tickets/${late.id}`, { spam: true })
  desk.clock.pass(10 * HOUR)
  await ok('PATCH', `/tickets/${late.id}`, { spam: false })
  const [back] = await explained(late.id)
  assert.deepEqual([back.state, back.elapsedSeconds, back.breachedAt], ['running', 0, null])
})

test('what can never work is refused, with the place', async () => {
  const refused = async (path: string, body: object) => {
    const { status, body: problem } = await desk.api('POST', path, body)
    assert.equal(status, 400, JSON.stringify(problem))
    return problem.errors
      .map((each: { path: string; message: string }) => `${each.path}: ${each.message}`)
      .join('; ')
  }
  const calendar = (hours: object) => refused('/calendars', { name: 'X', hours })
  assert.match(
    await calendar({ timeZone: 'Mars/Base', weekly: { mon: [['09:00', '10:00']] } }),
    /timeZone.*IANA/,
  )
  assert.match(
    await calendar({ timeZone: 'UTC', weekly: { mon: [['17:00', '09:00']] } }),
    /ends before it begins/,
  )
  assert.match(
    await calendar({
      timeZone: 'UTC',
      weekly: {
        mon: [
          ['09:00', '12:00'],
          ['11:00', '13:00'],
        ],
      },
    }),
    /overlap/,
  )
  assert.match(await calendar({ timeZone: 'UTC' }), /never opens/)
  assert.match(await calendar({ union: ['999999'] }), /no calendar 999999/)
  const policy = (more: object) =>
    refused('/policies', {
      kind: 'customer',
      title: 'X',
      q: '',
      targets: targets('first_reply', same(60)),
      ...more,
    })
  assert.match(await policy({ q: 'nonsense:1' }), /q: "nonsense:1"/)
  assert.match(await policy({ targets: targets('first_reply', same(60)).slice(1) }), /says nothing for low/)
  assert.match(await policy({ targets: targets('first_reply', same(60), '999999') }), /no calendar 999999/)
})

test('lists sort by what is due, show what is overdue, and a calendar in use is not archived', async () => {
  const calendar = await ok('POST', '/calendars', {
    name: 'Round',
    hours: { timeZone: 'UTC', weekly: { sun: [['00:00', '24:00']], mon: [['00:00', '24:00']] } },
  })
  await policyFor(
    'sort',
    targets('first_reply', { low: HOUR, normal: 2 * HOUR, high: 3 * HOUR, urgent: 4 * HOUR }),
  )
  const ids = []
  for (const priority of ['urgent', 'low', 'normal']) ids.push((await opened('sort', { priority })).id)
  const listed = async (q: string) =>
    (await ok('GET', `/tickets?q=${encodeURIComponent(`tag:sort ${q}`)}`)).items.map(
      ({ id }: { id: number }) => id,
    )
  assert.deepEqual(await listed('sort:due'), [ids[1], ids[2], ids[0]])
  assert.deepEqual(await listed('sla:<90m'), [ids[1]])
  desk.clock.pass(HOUR + 60)
  assert.deepEqual(await listed('is:overdue'), [ids[1]])
  await policyFor('bound', targets('first_reply', same(HOUR), String(calendar.id)))
  const { status, body } = await desk.api('PATCH', `/calendars/${calendar.id}`, { archived: true })
  assert.deepEqual([status, body.refusal], [409, 'in_use'])
  // And so with whatever else lives by one.
  const { id } = await ok('POST', '/calendars', {
    name: 'Lived by',
    hours: { timeZone: 'UTC', weekly: { mon: [['09:00', '17:00']] } },
  })
  await ok('POST', '/calendars', { name: 'Both', hours: { union: [String(calendar.id), String(id)] } })
  await ok('POST', '/widgets', { name: 'Corner', brand: 1, team: null, calendar: String(id) })
  const lived = await desk.api('PATCH', `/calendars/${id}`, { archived: true })
  assert.match(lived.body.detail, /calendar "Both", widget "Corner"/)
})

test('rules hear of warnings and breaches, see the clocks, and know the desk’s calendars', async () => {
  await ok('POST', '/calendars', {
    name: 'Night',
    hours: { timeZone: 'UTC', weekly: { mon: [['22:00', '24:00']] } },
  })
  await policyFor('heard', targets('first_reply', same(HOUR)))
  await publishRules(desk, [
    aRule(1, {
      on: ['sla_breached'],
      if: {
        all: [
          { field: 'tags', op: 'has_any', value: ['heard'] },
          { field: 'sla.first_reply.breached', op: 'is', value: true },
          { not: { field: 'now', op: 'within_hours', calendar: 'Night' } },
        ],
      },
      do: [{ setPriority: 'urgent' }],
    }),
  ])
  const ticket = await opened('heard')
  desk.clock.pass(HOUR + 1)
  await until(async () => (await ok('GET', `/tickets/${ticket.id}`)).priority === 'urgent')
  const changed = (await eventsOf(ticket.id, 'priority_changed'))[0]
  assert.equal(changed?.actor.type, 'rule')
})

test('a clock of the desk’s own starts, pauses and stops by its searches, and is warned like any other', async () => {
  const customs = [
    {
      key: 'supplier',
      title: 'supplier',
      start: 'tag:waiting',
      stop: '-tag:waiting',
      pause: 'status:pending',
    },
  ]
  const policy = await policyFor('own', targets('custom:supplier', same(2 * HOUR)), { customs })
  assert.deepEqual(policy.customs[0], { ...customs[0], cycle: 'restart' })
  const ticket = await opened('own')
  assert.deepEqual(ticket.clocks, [])
  await ok('PATCH', `/tickets/${ticket.id}`, { addTags: ['waiting'] })
  desk.clock.pass(HOUR)
  await ok('PATCH', `/tickets/${ticket.id}`, { status: 'pending' })
  desk.clock.pass(5 * HOUR)
  await ok('PATCH', `/tickets/${ticket.id}`, { status: 'open' })
  desk.clock.pass(HOUR / 2)
  const done = await ok('PATCH', `/tickets/${ticket.id}`, { removeTags: ['waiting'] })
  const [clock] = done.clocks
  assert.deepEqual([clock.metric, clock.state, clock.elapsedSeconds], ['custom:supplier', 'met', 1.5 * HOUR])
  const again = await ok('PATCH', `/tickets/${ticket.id}`, { addTags: ['waiting'] })
  assert.deepEqual(
    again.clocks
      .map(({ instance, state }: { instance: number; state: string }) => [instance, state])
      .toSorted(),
    [
      [1, 'met'],
      [2, 'running'],
    ],
  )
  const { body } = await desk.api('POST', '/policies', {
    kind: 'customer',
    title: 'X',
    q: '',
    targets: targets('custom:nothing', same(60)),
  })
  assert.match(body.detail, /no clock "nothing"/)
})

test('a machine’s clock that jumps ahead and back breaches once', async () => {
  await policyFor('jump', targets('first_reply', same(2 * HOUR)))
  const ticket = await opened('jump')
  const start = desk.clock.now()
  desk.clock.set(plus(start, 86_400))
  await until(async () => (await eventsOf(ticket.id, 'sla_breached')).length === 1)
  for (const seconds of [-3_600, 3_600, 90_000, 86_400]) {
    desk.clock.set(plus(start, seconds))
    await ok('PATCH', `/tickets/${ticket.id}`, {
      addTags: [`at${Math.abs(seconds)}${seconds < 0 ? 'b' : 'a'}`],
    })
  }
  desk.clock.set(plus(start, 2 * 86_400))
  await ok('PATCH', `/tickets/${ticket.id}`, { addTags: ['later'] })
  const breaches = await eventsOf(ticket.id, 'sla_breached')
  assert.deepEqual(
    breaches.map(({ payload }) => payload['breachedAt']),
    [plus(start, 2 * HOUR)],
  )
})
