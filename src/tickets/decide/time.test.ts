// Snoozing and waking, as sentences of lifecycle §8.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { plus } from '#kit/time.ts'
import { dueMoments } from '#tickets/due.ts'
import {
  agentAda,
  batch,
  day,
  does,
  given,
  leadBo,
  mail,
  monday,
  opened,
  set,
  story,
  system,
  updateId,
} from '#tickets/sentences.ts'
import { defaultSettings } from '#tickets/settings.ts'

const resolved = set(agentAda, { status: 'resolved' })
const wakeTimer = (at: number) => does(system, { kind: 'unsnooze', reason: 'time' }, { at })

test('L25 a message wakes a snoozed ticket', () => {
  given(opened(), set(agentAda, { snoozedUntil: plus(monday, 3 * day) }))
    .when(mail())
    .then(['message_added', 'unsnoozed message'], { snoozedUntil: null })
})

test('L26 a warning of a clock wakes a snoozed ticket', () => {
  const warning = {
    metric: 'first_reply',
    instance: 1,
    policyId: 1,
    policyVersion: 1,
    priority: 'normal',
    cause: 'time',
  } as const
  given(opened(), set(agentAda, { snoozedUntil: plus(monday, 3 * day) }))
    .when(does(system, { kind: 'record', facts: [{ kind: 'sla_warning', payload: warning }] }))
    .then(['sla_warning', 'unsnoozed sla'], { snoozedUntil: null })
})

test('a snooze ends at its time, not before, on resolving, and is at most 366 days', () => {
  const snoozed = set(agentAda, { snoozedUntil: plus(monday, day) })
  given(opened(), snoozed)
    .when(wakeTimer(day - 1))
    .then([])
  given(opened(), snoozed).when(wakeTimer(day)).then(['unsnoozed time'])
  given(opened(), snoozed)
    .when(resolved)
    .then(['assignee_changed null→1', 'status_changed new→resolved', 'unsnoozed resolved'])
  given(opened())
    .when(set(agentAda, { snoozedUntil: plus(monday, 367 * day) }))
    .refused('limit_exceeded')
  given(opened(), resolved)
    .when(set(agentAda, { snoozedUntil: plus(monday, day) }))
    .refused('transition_not_allowed')
})

test('a flagged ticket has no due moments', () => {
  const snoozed = set(agentAda, { snoozedUntil: plus(monday, day) })
  const told = story(opened(), snoozed)
  assert.deepEqual(dueMoments(told.now, defaultSettings), [{ kind: 'unsnooze', dueAt: plus(monday, day) }])
  assert(told.tell(does(agentAda, { kind: 'markSpam' })).ok)
  assert.deepEqual(dueMoments(told.now, defaultSettings), [])
})

test('an undo puts no settled ticket to sleep', () => {
  const snoozed = set(agentAda, { snoozedUntil: plus(monday, day) })
  const woken = set(agentAda, { snoozedUntil: null })
  const undo = does(leadBo, { kind: 'undo', updateId: updateId(3), batchId: batch })
  given(opened(), snoozed, woken, resolved).when(undo).then(['undone'], { snoozedUntil: null })
  given(opened(), snoozed, woken)
    .when(undo)
    .then(['undone'], { snoozedUntil: plus(monday, day) })
})

test('an undo that settles a snoozed ticket wakes it', () => {
  const reopened = set(agentAda, { status: 'open' })
  const undo = does(leadBo, { kind: 'undo', updateId: updateId(3), batchId: batch })
  given(opened(), resolved, reopened, set(agentAda, { snoozedUntil: plus(monday, day) }))
    .when(undo)
    .then(['undone', 'unsnoozed resolved'], { status: 'resolved', snoozedUntil: null })
})
