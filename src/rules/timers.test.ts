// When timer rules are due: R09 of the specification, episodes that end and begin anew, and those that time alone begins.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterWorkingTime, workingTime } from '#hours/working-time.ts'
import type { Calendar, LocalInterval } from '#hours/calendar.ts'
import { instant, plus, type Instant } from '#kit/time.ts'
import { noCalendars } from '#rules/calendar.ts'
import type { Cond } from '#rules/condition.ts'
import type { TimerSpec } from '#rules/rule.ts'
import { noContent, type Calendars, type Scene } from '#rules/scene.ts'
import { directory, is, rule } from '#rules/sentences.ts'
import { episodesOf, type Episode } from '#rules/timers.ts'
import { agentAda, opened, set, story } from '#tickets/sentences.ts'
import type { Ticket } from '#tickets/ticket.ts'

const nine: readonly LocalInterval[] = [[9 * 60, 17 * 60]]
const office: Calendar = {
  id: 'office',
  versions: [
    {
      effectiveFrom: null,
      timeZone: 'UTC',
      weekly: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
      holidays: new Set(),
      exceptions: new Map(),
    },
  ],
}
const calendars: Calendars = {
  ...noCalendars,
  secondsBetween: (_, from, to) => workingTime(office, Date.parse(from), Date.parse(to)) / 1000,
  plus: (_, from, seconds) => instant(afterWorkingTime(office, Date.parse(from), seconds * 1000) ?? 0),
}

const timer = (spec: TimerSpec, cond: Cond = is('status', 'pending')) => [
  rule(1, { kind: 'timer', on: [], timer: spec, if: cond, do: [{ addTags: ['x'] }] }),
]

function sceneAt(now: Ticket, at: Instant): Scene {
  return {
    before: null,
    now,
    at,
    zone: 'UTC',
    update: null,
    content: noContent,
    directory,
    calendars,
    reader: null,
  }
}

const friday = instant(Date.parse('2026-03-06T12:00:00Z'))
const pending = story(
  opened(),
  set(agentAda, { assigneeId: 1 as never }),
  set(agentAda, { status: 'pending' }),
).now
const open = { ...pending, status: 'open' as const }
const due = (episodes: readonly Episode[]) => episodes.map(({ dueAt }) => dueAt)

test('R09 twenty-four working hours after Friday noon is Wednesday noon; not again until it has ended and begun anew', () => {
  const rules = timer({ hold: 86_400, calendar: 'office' })
  const begun = episodesOf(rules, sceneAt(pending, friday), [])
  assert.deepEqual(due(begun), ['2026-03-11T12:00:00.000Z'])
  const later = episodesOf(rules, sceneAt(pending, plus(friday, 3_600)), begun)
  assert.deepEqual(later, begun, 'another update does not move it')
  const fired = begun.map((each) => ({ ...each, fired: 1, firedAt: plus(friday, 5 * 86_400) }))
  const after = plus(friday, 6 * 86_400)
  assert.deepEqual(due(episodesOf(rules, sceneAt(pending, after), fired)), [null])
  assert.deepEqual(episodesOf(rules, sceneAt(open, after), fired), [])
  assert.equal(episodesOf(rules, sceneAt(pending, plus(after, 60)), [])[0]?.startedAt, plus(after, 60))
})

test('repeats are counted from the firing, and end', () => {
  const rules = timer({ hold: 60, repeatEvery: 3_600, maxRepeats: 1 })
  const [begun] = episodesOf(rules, sceneAt(pending, friday), [])
  assert.ok(begun)
  const once = { ...begun, fired: 1, firedAt: plus(friday, 60) }
  assert.deepEqual(due(episodesOf(rules, sceneAt(pending, plus(friday, 61)), [once])), [plus(friday, 3_660)])
  const twice = { ...once, fired: 2, firedAt: plus(friday, 3_660) }
  assert.deepEqual(due(episodesOf(rules, sceneAt(pending, plus(friday, 3_661)), [twice])), [null])
})

test('what becomes true by time alone begins when it does', () => {
  const age: Cond = { all: [{ field: 'age', op: 'gte', value: 7_200 }, is('status', 'open')] }
  const rules = timer({ hold: 60 }, age)
  const [episode] = episodesOf(rules, sceneAt(open, open.openedAt), [])
  assert.equal(episode?.startedAt, plus(open.openedAt, 7_200))
  assert.equal(episode?.dueAt, plus(open.openedAt, 7_260))
})

test('closed and flagged tickets have none', () => {
  const rules = timer({ hold: 60 }, { all: [] })
  assert.deepEqual(episodesOf(rules, sceneAt({ ...open, status: 'closed' }, friday), []), [])
  const spam = { ...open, flags: { ...open.flags, spam: true } }
  assert.deepEqual(episodesOf(rules, sceneAt(spam, friday), []), [])
})

test('a timer by date is due so long before the day on the ticket, once for each day', () => {
  const dated = {
    ...directory,
    fields: [{ id: 7, key: 'contractEnd', label: 'Contract end', type: 'date' as const }],
  }
  const rules = timer({ at: 'contractEnd', offset: -3 * 86_400 })
  const on = (day: string | null, at: Instant) => ({
    ...sceneAt({ ...pending, fields: day === null ? {} : { 7: day } } as Ticket, at),
    directory: dated as never,
  })
  assert.deepEqual(episodesOf(rules, on(null, friday), []), [])
  const set = episodesOf(rules, on('2026-04-10', friday), [])
  assert.deepEqual(due(set), [instant(Date.parse('2026-04-07T00:00:00Z'))])
  const moved = episodesOf(rules, on('2026-05-10', friday), set)
  assert.deepEqual(due(moved), [instant(Date.parse('2026-05-07T00:00:00Z'))])
  const fired = moved.map((each) => ({ ...each, fired: 1, firedAt: each.dueAt }))
  const may = instant(Date.parse('2026-05-08T00:00:00Z'))
  assert.deepEqual(due(episodesOf(rules, on('2026-05-10', may), fired)), [null])
  // The moment had passed when the day was set.
  assert.deepEqual(due(episodesOf(rules, on('2026-05-09', may), fired)), [null])
  assert.deepEqual(due(episodesOf(rules, on('2026-06-10', may), fired)), [
    instant(Date.parse('2026-06-07T00:00:00Z')),
  ])
})
