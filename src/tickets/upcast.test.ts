// Old events stay readable: the golden files hold every kind in every version it ever had, and the ticket they make.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { instant } from '#kit/time.ts'
import type { EventKind } from '#tickets/event.ts'
import { evolve, replay } from '#tickets/evolve.ts'
import ticketGolden from '#tickets/golden/ticket.json' with { type: 'json' }
import v1 from '#tickets/golden/v1.json' with { type: 'json' }
import { leadBo, monday, ticketId, updateId } from '#tickets/sentences.ts'
import { newestVersion, upcast } from '#tickets/upcast.ts'
import type { StoredEvent } from '#tickets/upcast.ts'

/** The type demands a golden payload for each kind. */
const golden: Readonly<Record<EventKind, object>> = v1

function stored(kind: string, payload: object, seq = 1, kindVersion = 1): StoredEvent {
  const envelope = {
    id: null,
    ticketId: ticketId(1),
    seq,
    at: instant(Date.parse(monday) + seq * 1000),
    updateId: updateId(1),
  }
  return { ...envelope, actor: leadBo.actor, causeEventId: null, kind, kindVersion, payload: { ...payload } }
}

test('the golden log of version 1 still makes the golden ticket', () => {
  const log = Object.entries(golden).map(([kind, payload], index) => upcast(stored(kind, payload, index + 1)))
  assert.deepEqual(replay(log), ticketGolden)
})

test('every kind has its golden file in its newest version', () => {
  for (const kind of Object.keys(golden) as EventKind[])
    assert.equal(newestVersion(kind), 1, `${kind}: add a golden file`)
})

test('an old version is read up step by step', () => {
  const steps = {
    snoozed: {
      1: (payload: object) => ({ ...payload, two: true }),
      2: (payload: object) => ({ ...payload, three: true }),
    },
  }
  const up = upcast(stored('snoozed', { until: monday }), steps, { snoozed: 3 })
  assert.deepEqual([up.kindVersion, up.payload], [3, { until: monday, two: true, three: true }])
  assert.throws(() => upcast(stored('snoozed', {}), {}, { snoozed: 2 }), /no way up/)
})

test('a version or a kind from the future stops the fold', () => {
  assert.throws(() => upcast(stored('snoozed', {}, 1, 2)), /newer than this program/)
  const opened = upcast(stored('ticket_opened', v1.ticket_opened))
  for (const kind of ['ticket_teleported', 'toString']) {
    assert.throws(() => evolve(evolve(null, opened), upcast(stored(kind, {}))), /unknown|newer/)
  }
})

test('a log begins with its opening, once', () => {
  const opened = upcast(stored('ticket_opened', v1.ticket_opened))
  assert.throws(() => replay([]), /empty/)
  assert.throws(() => replay([opened, opened]), /twice/)
  assert.throws(() => replay([upcast(stored('spam_marked', {}))]), /before ticket_opened/)
})
