import assert from 'node:assert/strict'
import { test } from 'node:test'
import { madeByFirings } from '#rules/firings.ts'
import type { TicketEvent } from '#tickets/event.ts'

const event = (seq: number, updateId: number, kind: string, more: object = {}) =>
  ({
    id: seq,
    seq,
    updateId,
    kind,
    actor: { type: 'agent', id: 1 },
    causeEventId: null,
    payload: {},
    ...more,
  }) as never as TicketEvent
const fired = (seq: number, updateId: number, ruleId: number, rulebookVersion: number) =>
  event(seq, updateId, 'rule_fired', {
    actor: { type: 'rule', id: ruleId },
    payload: { ruleId, rulebookVersion },
  })
const made = (seq: number, updateId: number, by: TicketEvent, kind = 'priority_changed', payload = {}) =>
  event(seq, updateId, kind, { actor: by.actor, causeEventId: by.id, payload })

const [one, two, other] = [fired(2, 1, 7, 3), fired(6, 2, 7, 3), fired(9, 3, 8, 3)]
const log = [
  event(1, 1, 'ticket_opened'),
  one,
  made(3, 1, one),
  made(4, 1, one, 'effect_queued', { effectKind: 'notify' }),
  event(5, 2, 'tags_changed'),
  two,
  made(7, 2, two, 'tags_changed'),
  event(8, 3, 'tags_changed'),
  other,
  made(10, 3, other, 'effect_queued', { effectKind: 'webhook' }),
  made(11, 3, other, 'message_added'),
]

test('what firings changed stands by its update, the newest first; what only left the house or was said is none', () => {
  assert.deepEqual(madeByFirings(log, { version: 3, ruleId: null }), [
    { updateId: 2, seqs: [6, 7], firings: 1 },
    { updateId: 1, seqs: [2, 3, 4], firings: 1 },
  ])
  assert.deepEqual(madeByFirings(log, { version: 2, ruleId: null }), [])
  assert.deepEqual(madeByFirings(log, { version: 3, ruleId: 8 }), [])
})

test('what was taken back before is no more', () => {
  const undone = event(12, 4, 'undone', { payload: { seqs: [6, 7], restores: [], changedSince: [] } })
  assert.deepEqual(
    madeByFirings([...log, undone], { version: 3, ruleId: 7 }).map(({ updateId }) => updateId),
    [1],
  )
})
