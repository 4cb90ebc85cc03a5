// The fold is total and reads nothing but its arguments: any event may follow any other.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { plus } from '#kit/time.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { replay } from '#tickets/evolve.ts'
import v1 from '#tickets/golden/v1.json' with { type: 'json' }
import { given, leadBo, monday, opened, system, ticketId, updateId } from '#tickets/sentences.ts'
import { upcast } from '#tickets/upcast.ts'

const { ticket_opened: opening, ...later } = v1

function event(kind: string, payload: object, index: number): TicketEvent {
  const envelope = {
    id: null,
    ticketId: ticketId(1),
    seq: index + 1,
    at: plus(monday, index),
    updateId: updateId(1),
  }
  return upcast({
    ...envelope,
    actor: system.actor,
    causeEventId: null,
    kind,
    kindVersion: 1,
    payload: { ...payload },
  })
}

test('any order of events folds, and always to the same ticket', () => {
  const payloads = Object.entries(later)
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...payloads), { maxLength: 60 }), (chosen) => {
      const all = [['ticket_opened', opening] as const, ...chosen]
      const log = all.map(([kind, payload], index) => event(kind, payload, index))
      const frozen = log.map(
        (one) => Object.freeze({ ...one, payload: Object.freeze(one.payload) }) as TicketEvent,
      )
      const ticket = replay(frozen)
      assert.deepEqual(replay(log), ticket)
      assert.equal(ticket.seq, log.length)
      assert.deepEqual(ticket.tags, [...new Set(ticket.tags)].toSorted())
    }),
    { numRuns: 200 },
  )
})

test('an imported ticket keeps its status, fields and people, closed as it is', () => {
  const closed = opened(
    {
      importedStatus: 'closed',
      openedFor: 'import',
      participants: [{ personId: 9 as never, role: 'cc' }],
      set: { tags: ['old'], assigneeId: 2 as never },
    },
    leadBo,
  )
  const { story } = given().when(closed)
  const { status, tags, assigneeId, participants, closedAt } = story.now
  assert.deepEqual(
    [status, tags, assigneeId, participants.length, closedAt],
    ['closed', ['old'], 2, 1, monday],
  )
})
