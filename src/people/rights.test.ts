import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  completed,
  knownOf,
  lightAgent,
  partOf,
  actions,
  gives,
  rightsOf,
  type Action,
} from '#people/rights.ts'

test('a role gives what the chosen rights need, and what everybody who works here may do', () => {
  const given = completed(['ticket.delete'])
  for (const action of ['ticket.close', 'ticket.update', 'ticket.note', 'ticket.read', 'desk.read'] as const)
    assert.ok(given.includes(action), action)
  assert.ok(!given.includes('ticket.reply'))
  assert.deepEqual(completed(given), given)
  assert.deepEqual(completed(knownOf(['ticket.fly', 'ticket.note'])), lightAgent)
})

test('what a holder is for rules and routing follows from the rights, and is never an administrator', () => {
  assert.equal(partOf(lightAgent), 'viewer')
  assert.equal(partOf(completed(['ticket.reply'])), 'agent')
  assert.equal(partOf(completed(['ticket.close'])), 'lead')
  assert.equal(partOf(Object.keys(actions) as Action[]), 'lead')
})

test('a role of the desk’s own gives its rights and no other, whatever it makes of its holder', () => {
  const holder = { role: 'lead', customRole: { id: 1, name: 'Few', actions: lightAgent } } as const
  assert.deepEqual(rightsOf(holder), lightAgent)
  assert.equal(gives(holder, 'ticket.close'), false)
  assert.equal(gives({ role: 'lead', customRole: null }, 'ticket.close'), true)
})
