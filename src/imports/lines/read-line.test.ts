import assert from 'node:assert/strict'
import { test } from 'node:test'
import { goingOn, moved, UNMOVED, type Offsets } from '#imports/lines/moved.ts'
import { readLine, type TicketLine } from '#imports/lines/read-line.ts'

const at = '2026-03-02T09:00:00.000Z'
const event = {
  seq: 1,
  at,
  updateId: 3,
  actor: { type: 'requester', id: 1 },
  causeEventId: null,
  kindVersion: 1,
}
const message = { messageId: 4, messageKind: 'reply', direction: 'inbound', channel: 'email' }
const opening = { ...message, status: 'new', priority: 'normal', requesterId: 1, brandId: 1 }
const line = (kind: string, payload: object, more: object = {}) => ({
  kind: 'ticket',
  id: 2,
  events: [
    { ...event, id: 7, kind: 'ticket_opened', payload: opening },
    { ...event, id: 8, seq: 2, kind, payload, ...more },
  ],
  messages: [],
  subjects: [],
  values: [],
  asides: [],
  checklist: [],
})
const problemOf = (given: object) => {
  const read = readLine(JSON.stringify(given))
  return 'problem' in read ? read.problem : null
}

test('a line that says what no list here could show, or when no desk was, is set aside with its reason', () => {
  assert.equal(problemOf(line('status_changed', { from: 'new', to: 'open', reason: 'agent' })), null)
  const broken: readonly (readonly [string, object, object?])[] = [
    ['status_changed', { from: 'new', to: 'zzz' }],
    ['message_added', { ...message, channel: 'zzz', authorId: 1, attachmentCount: 0, recipientCount: 1 }],
    ['tags_changed', { added: [5], removed: [] }],
    ['team_changed', { from: null, to: 'North' }],
    ['field_changed', { fieldId: 1, from: null, to: { deep: { er: 1 } } }],
    ['undone', { seqs: [1], changedSince: [], restores: [{ field: 'status', from: 'new', to: 'zzz' }] }],
    ['snoozed', { until: 'infinity' }],
    ['note_of_nobody', {}, { at: '0001-01-01T00:00:00.000Z' }],
    ['note_of_nobody', {}, { at: '9999-12-31T23:59:59.999Z' }],
    ['note_of_nobody', {}, { id: Number.MAX_SAFE_INTEGER }],
  ]
  for (const [kind, payload, more] of broken)
    assert.notEqual(problemOf(line(kind, payload, more)), null, kind)
  assert.notEqual(problemOf({ ...line('note_of_nobody', {}), id: 2 ** 40 }), null)
  const last = { tickets: 2 ** 40, content: 0, events: 0, asides: 0 }
  assert.notEqual(problemOf({ kind: 'docket', version: 1, desk: 'x', last }), null)
})

test('what a later file has more is moved past what was numbered here since, and what came keeps its numbers', () => {
  const all = (each: number): Offsets => ({ tickets: each, content: each, events: each, asides: each })
  const first = [{ upTo: all(10), by: UNMOVED }]
  assert.equal(goingOn(first, all(10), all(500)), first)
  assert.deepEqual(goingOn(first, all(20), all(10)), [{ upTo: all(20), by: UNMOVED }])
  const pieces = goingOn(first, all(20), all(500))
  const line20 = {
    ...line('link_added', { linkType: 'relates', ticketId: 12 }, { id: 12, updateId: 15, causeEventId: 7 }),
    id: 9,
  } as unknown as TicketLine
  const here = moved(line20, { pieces, others: new Map(), withoutFacts: false })
  assert.equal(here.id, 9)
  const [opened, added] = here.events
  assert.deepEqual([opened?.id, opened?.payload['messageId']], [7, 4])
  assert.deepEqual([added?.id, added?.updateId, added?.causeEventId], [502, 505, 7])
  assert.equal(added?.payload['ticketId'], 502)
})
