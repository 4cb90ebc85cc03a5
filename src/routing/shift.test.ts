// The end of a shift, as sentences: what is not begun, what cannot wait, and who must not have it at all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALWAYS, type Calendar } from '#hours/calendar.ts'
import { openUntil } from '#hours/working-time.ts'
import { explain, nextFor, route } from '#routing/route.ts'
import { agent, at, desk, office, queue, ticket } from '#routing/sentences.ts'
import { handoverWhy, shiftAt } from '#routing/shift.ts'
import { unroutable } from '#routing/unroutable.ts'

const [ana, bo] = [1, 2]
const friday = '2026-03-06'

const split: Calendar = {
  id: 'split',
  versions: [
    {
      effectiveFrom: null,
      timeZone: 'UTC',
      weekly: {
        mon: [
          [540, 720],
          [780, 1020],
        ],
      },
      holidays: new Set(),
      exceptions: new Map(),
    },
  ],
}

test('a shift ends when the calendar closes; they are back when it opens again', () => {
  assert.deepEqual(shiftAt(office, at('10:00')), { endsAt: at('17:00'), backAt: at('09:00', '2026-03-03') })
  assert.deepEqual(shiftAt(office, at('16:59', friday)), {
    endsAt: at('17:00', friday),
    backAt: at('09:00', '2026-03-09'),
  })
  assert.equal(shiftAt(null, at('10:00')), null)
  assert.equal(shiftAt(ALWAYS, at('10:00')), null, 'what never closes has no end')
})

test('a lunch hour is no end of a shift', () => {
  assert.equal(openUntil(split, at('10:00')), at('12:00'))
  for (const time of ['10:00', '12:30', '16:00']) assert.equal(shiftAt(split, at(time))?.endsAt, at('17:00'))
})

test('after hours no shift is on, and they are back in the morning', () => {
  assert.deepEqual(shiftAt(office, at('20:00')), { endsAt: null, backAt: at('09:00', '2026-03-03') })
})

const leaving = (id: number) => agent(id, { calendar: office, shiftEndsAt: at('17:00') })
const long = (different = {}) =>
  desk({
    at: at('16:50'),
    agents: [leaving(ana)],
    tickets: [ticket(1, { handleSeconds: 900 })],
    ...different,
  })

test('in the last quarter of an hour nothing is given out that would not be done by the end', () => {
  assert.deepEqual(route(long()).moves, [])
  assert.deepEqual(explain(long(), 1)?.ineligible, [
    { agentId: ana, because: 'shift_end', endsAt: at('17:00'), handleSeconds: 900 },
  ])
  assert.equal(route(long({ at: at('16:44') })).moves.length, 1, 'sixteen minutes before it is given')
  const short = [ticket(1, { handleSeconds: 480 })]
  assert.equal(route(long({ tickets: short })).moves.length, 1, 'eight minutes fit into ten')
  const unknown = [ticket(1)]
  assert.equal(route(long({ tickets: unknown })).moves.length, 1, 'nobody knows how long')
  assert.equal(route(long({ queues: [queue({ respectShiftEnd: false })] })).moves.length, 1)
})

test('it goes to a colleague who stays, and whoever leaves may still take it by hand', () => {
  const [move] = route(long({ agents: [leaving(ana), agent(bo, { used: 9 })] })).moves
  assert.equal(move?.kind === 'assign' && move.agentId, bo)
  assert.deepEqual(nextFor(long(), ana), [{ ticketId: 1, queueId: 1 }])
})

test('what waits for the next shift is looked at again when it begins', () => {
  assert.equal(route(long({ queues: [queue({ relax: [] })] })).nextAt, at('09:00', '2026-03-03'))
})

test('a customer who waits and a clock that is due before they are back cannot wait; the rest can', () => {
  const back = at('09:00', '2026-03-03')
  const why = (different: object) =>
    handoverWhy(
      { status: 'open', unansweredSince: null, snoozedUntil: null, dueAt: null, ...different },
      at('17:00'),
      back,
    )
  assert.equal(why({}), null)
  assert.equal(why({ unansweredSince: '2026-03-02T16:00:00.000Z' }), 'waiting')
  assert.equal(why({ unansweredSince: '2026-03-02T16:00:00.000Z', status: 'pending' }), null)
  assert.equal(why({ unansweredSince: 'x', snoozedUntil: '2026-03-04T09:00:00.000Z' }), null)
  assert.equal(why({ dueAt: at('18:00') }), 'due')
  assert.equal(why({ status: 'pending', dueAt: at('18:00') }), 'due')
  assert.equal(why({ dueAt: at('10:00', '2026-03-03') }), null, 'they are back before it is due')
})

test('a conflict of interest keeps a ticket from an agent by every way, and for ever', () => {
  const excluded = [{ agentId: ana, why: 'conflict', until: null }] as const
  const alone = desk({ agents: [agent(ana)], tickets: [ticket(1, { excluded, affinityAgentId: ana })] })
  assert.deepEqual(route(alone).moves, [])
  assert.deepEqual(nextFor(alone, ana), [])
  assert.deepEqual(explain(alone, 1)?.ineligible, [
    { agentId: ana, because: 'excluded', why: 'conflict', until: null },
  ])
  const [move] = route({ ...alone, agents: [agent(ana), agent(bo, { used: 9 })] }).moves
  assert.equal(move?.kind === 'assign' && move.agentId, bo)
})

test('a ticket that only people with a conflict of interest could take, or only people without capacity, says so', () => {
  const agents = [agent(ana), agent(bo)]
  assert.equal(unroutable([], queue(), agents, [ana]), null)
  assert.equal(unroutable([], queue(), agents, [ana, bo])?.inConflict, true)
  const idle = agents.map((each) => ({ ...each, maxUnits: 0 }))
  assert.equal(unroutable([], queue(), idle)?.noCapacity, true)
})
