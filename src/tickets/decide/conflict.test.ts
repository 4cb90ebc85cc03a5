// Lost updates, as sentences of lifecycle §12.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  agentAda,
  does,
  given,
  leadBo,
  mail,
  messageId,
  noted,
  opened,
  replied,
  requesterCy,
  set,
} from '#tickets/sentences.ts'

const high = set(leadBo, { priority: 'high' })

test('L32 other fields are applied on top', () => {
  given(opened(), set(leadBo, { addTags: ['a'] }), set(leadBo, { addTags: ['b'] }))
    .when(set(agentAda, { priority: 'high', addTags: ['c'], removeTags: ['a'] }, { expectedSeq: 1 }))
    .then(['priority_changed normal→high', 'tags_changed'], { tags: ['b', 'c'] })
})

test('L33 the same field says base, theirs and yours', () => {
  given(opened(), high)
    .when(set(agentAda, { priority: 'low' }, { expectedSeq: 1 }))
    .refused('conflict', {
      conflict: [
        {
          field: 'priority',
          base: 'normal',
          theirs: 'high',
          yours: 'low',
          theirActor: leadBo.actor,
          theirSeq: 2,
        },
      ],
    })
})

test('the base is what the client saw, however often it changed since', () => {
  const twice = [high, set(leadBo, { priority: 'urgent' })]
  const outcome = given(opened(), ...twice).when(set(agentAda, { priority: 'low' }, { expectedSeq: 1 }))
  const refusal = outcome.refused('conflict')
  assert(refusal.name === 'conflict')
  assert.deepEqual(
    [refusal.conflict[0]?.base, refusal.conflict[0]?.theirs, refusal.conflict[0]?.theirSeq],
    ['normal', 'urgent', 3],
  )
})

test('agreeing, and a field changed there and back, are no conflict', () => {
  given(opened(), high)
    .when(set(agentAda, { priority: 'high' }, { expectedSeq: 1 }))
    .then([])
  given(opened(), high, set(leadBo, { priority: 'normal' }))
    .when(set(agentAda, { priority: 'low' }, { expectedSeq: 1 }))
    .then(['priority_changed normal→low'])
  given(opened(), high)
    .when(set(agentAda, { priority: 'low' }, { expectedSeq: 2 }))
    .then(['priority_changed high→low'])
})

test('custom fields conflict one by one, and all are named', () => {
  const theirs = set(leadBo, { fields: { 4: 'x', 5: ['y'] }, assigneeId: 2 as never })
  const yours = set(
    agentAda,
    { fields: { 4: 'z', 5: ['y'], 6: 1 }, assigneeId: 1 as never, status: 'pending' },
    { expectedSeq: 1 },
  )
  const refusal = given(opened(), theirs).when(yours).refused('conflict')
  assert(refusal.name === 'conflict')
  assert.deepEqual(
    refusal.conflict.map((one) => one.field),
    ['status', 'assigneeId', 'fields.4'],
  )
})

test('what an undo set back counts as touched', () => {
  const back = does(leadBo, { kind: 'undo', updateId: 2 as never, batchId: 1 as never })
  given(opened(), high, back)
    .when(set(agentAda, { priority: 'low' }, { expectedSeq: 2 }))
    .refused('conflict')
})

test('replaced tags are merged with what others added and removed', () => {
  const start = set(agentAda, { tags: ['a', 'b'] })
  given(opened(), start, set(leadBo, { addTags: ['c'], removeTags: ['b'] }))
    .when(set(agentAda, { tags: ['a', 'b', 'd'] }, { expectedSeq: 2 }))
    .then(['tags_changed'], { tags: ['a', 'c', 'd'] })
})

test('L34 a reply that others have overtaken is refused, unless sent anyway', () => {
  const asked = [opened(), set(agentAda, { status: 'pending' }), mail({}, { messageId: messageId(9) })]
  const late = { expectedSeq: 2 }
  given(...asked)
    .when(replied(agentAda, {}, late))
    .refused('newer_message', { messageIds: [9] })
  given(...asked)
    .when(replied(agentAda, { sendAnyway: true }, late))
    .then(['message_added'])
  given(...asked)
    .when(replied(agentAda, { sendAnyway: true, set: { status: 'pending' } }, late))
    .then(['message_added', 'status_changed open→pending'])
})

test('notes, and messages beside the conversation, overtake nothing', () => {
  given(opened(), noted(agentAda), replied(leadBo, { sideConversationId: 1 as never }))
    .when(replied(agentAda, {}, { expectedSeq: 1 }))
    .then(['message_added', 'status_changed new→open'])
  given(opened(), mail())
    .when(noted(agentAda, { expectedSeq: 1 }))
    .then(['message_added'])
  given(opened(), mail())
    .when(mail({ expectedSeq: 1, by: requesterCy }))
    .then(['message_added'])
})
