import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChanges } from '#commands/ticket-changes.ts'

test('pairs become a change; an empty value clears, numbers are ids where people and teams stand', () => {
  const words = [
    'status=pending',
    'priority=high',
    'assignee=ada@desk.example',
    'team=2',
    'category=',
    'tag+=vip',
    'tag+=eu west',
    'tag-=old',
    'field.order=4711',
    'field.note=a=b',
    'field.parts=[lamp, bulb]',
    'field.paid=true',
    'snooze=',
  ]
  assert.deepEqual(readChanges(words), {
    ok: true,
    change: {
      status: 'pending',
      priority: 'high',
      assignee: 'ada@desk.example',
      team: 2,
      category: null,
      addTags: ['vip', 'eu west'],
      removeTags: ['old'],
      fields: { order: 4711, note: 'a=b', parts: ['lamp', 'bulb'], paid: true },
      snoozedUntil: null,
    },
  })
})

test('what is not understood is named, and nothing is guessed', () => {
  for (const [word, said] of [
    ['colour=red', /"colour=red" is not understood/],
    ['status', /"status" is not understood/],
    ['status+=open', /is not understood/],
    ['status=lost', /^status: /],
    ['snooze=tomorrow', /^snoozedUntil: /],
  ] as const) {
    const read = readChanges([word])
    assert.ok(!read.ok)
    assert.match(read.problem, said)
  }
})
