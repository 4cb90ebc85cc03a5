// A no says what is missing or wrong.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sentenceOf } from '#programs/refused.ts'

const no = (status: number, more: object) =>
  sentenceOf({ type: 'https://docket.dev/problems/x', title: 'Not allowed', status, ...more })

test('a token without the scope is told which', () => {
  const said = no(403, { detail: 'This needs the right "ticket.reply".', scope: 'tickets:write' })
  assert.match(said, /lacks the scope tickets:write\b/)
})

test('a role that is too small is not mistaken for a scope', () => {
  const said = no(403, { detail: 'This needs the right "ticket.close".' })
  assert.match(said, /ticket\.close/)
  assert.doesNotMatch(said, /scope/)
})

test('each wrong field is named with what is wrong', () => {
  const errors = [
    { path: 'priority', message: 'Invalid option' },
    { path: 'team', message: 'is no team' },
  ]
  assert.equal(no(400, { errors }), 'Not understood: priority Invalid option; team is no team.')
})

test('fields that somebody else changed, and fields that are missing, are named', () => {
  const actor = { type: 'agent', id: 1, name: 'Ada' } as const
  const conflict = [{ field: 'status', base: 1, theirs: 2, yours: 3, theirActor: actor, theirSeq: 4 }]
  assert.match(no(409, { detail: 'It changed.', conflict }), /^It changed\. Read the ticket again: status\.$/)
  assert.match(no(409, { detail: 'Fill in first: Order.', fields: ['order'] }), /Their keys: order\.$/)
})

test('a token that is not valid is told how to get one', () => {
  assert.match(no(401, {}), /token create/)
})
