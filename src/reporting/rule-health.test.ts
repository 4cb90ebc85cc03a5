// The verdicts on rules, each at its bound.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  occurredFor,
  regretOf,
  savedBy,
  verdictsOn,
  type Fired,
  type RuleFacts,
} from '#reporting/rule-health.ts'

const none: Fired = { fired: 0, noOp: 0, refused: 0, suppressed: 0, conflicts: 0 }
const healthy: RuleFacts = {
  rule: { kind: 'trigger', on: ['created'], do: [{ addTags: ['a'] }], tests: [], reviewBy: '2026-12-31' },
  quarter: { ...none, fired: 15 },
  regret: { set: 10, regretted: 0 },
  conflicts: 9,
  occurred: 1_000,
  isOwnerActive: true,
  isOld: false,
  leadsNowhere: false,
  today: '2026-06-01',
}
const on = (more: Partial<RuleFacts>) => verdictsOn({ ...healthy, ...more })
const rule = (more: Partial<RuleFacts['rule']>) => ({ rule: { ...healthy.rule, ...more } })

test('a rule that does its work has no verdict', () => assert.deepEqual(on({}), []))

test('a rule is dead when it was not asked for although there was occasion', () => {
  assert.deepEqual(on({ quarter: none, occurred: 100 }), ['dead'])
  assert.deepEqual(on({ quarter: none, occurred: 99 }), [])
})

test('a rule is an orphan from the day after its review, or once its owner has left', () => {
  assert.deepEqual(on({ today: '2026-12-31' }), [])
  assert.deepEqual(on({ today: '2027-01-01' }), ['orphan'])
  assert.deepEqual(on({ isOwnerActive: false }), ['orphan'])
})

test('a rule is noisy when of more than a hundred firings more than half did nothing', () => {
  assert.deepEqual(on({ quarter: { ...none, fired: 101, noOp: 51 } }), ['noisy'])
  assert.deepEqual(on({ quarter: { ...none, fired: 102, noOp: 51 } }), [])
  assert.deepEqual(on({ quarter: { ...none, fired: 100, noOp: 100 } }), [])
})

test('a rule is wrong only when chance does not explain it', () => {
  assert.deepEqual(on({ regret: { set: 4, regretted: 1 } }), [])
  assert.deepEqual(on({ regret: { set: 40, regretted: 10 } }), ['wrong'])
  assert.deepEqual(on({ regret: { set: 1_000, regretted: 200 } }), [])
  assert.deepEqual(regretOf({ set: 0, regretted: 0 }), { share: 0, low: 0, high: 0 })
})

test('a rule that mails or resolves without a test is risky, and two that fight are told', () => {
  assert.deepEqual(on(rule({ do: [{ setStatus: 'resolved' }] })), ['risky'])
  assert.deepEqual(on(rule({ do: [{ setStatus: 'pending' }] })), [])
  assert.deepEqual(on({ conflicts: 10 }), ['fighting'])
})

test('a rule that routes is stale after a year untouched, once tickets are moved on or its target was put away', () => {
  const routes = rule({ do: [{ setTeam: 4 }] })
  const moved = { set: 40, regretted: 4 }
  assert.deepEqual(on({ ...routes, isOld: true, regret: moved }), ['stale_route'])
  assert.deepEqual(on({ ...routes, isOld: true, leadsNowhere: true }), ['stale_route'])
  assert.deepEqual(on({ ...routes, isOld: true }), [])
  assert.deepEqual(on({ ...routes, isOld: false, regret: moved, leadsNowhere: true }), [])
  assert.deepEqual(on({ isOld: true, regret: moved, leadsNowhere: true }), [])
  assert.deepEqual(on({ ...rule({ do: [{ setTeam: null }] }), isOld: true, regret: moved }), [])
})

test('what a rule listens to happened at least as often as its commonest kind', () => {
  const counts = { created: 5, reopened: 2, any: 5 }
  assert.equal(occurredFor({ kind: 'trigger', on: ['created', 'reopened'] }, counts), 5)
  assert.equal(occurredFor({ kind: 'trigger', on: ['csat'] }, counts), 0)
  assert.equal(occurredFor({ kind: 'timer', on: [] }, counts), 5)
})

test('a rule saved fifteen seconds each time that it did something, but for what people took back', () => {
  assert.equal(savedBy({ ...none, fired: 100, noOp: 20 }, { set: 0, regretted: 0 }), 80 * 15)
  assert.equal(savedBy({ ...none, fired: 100, noOp: 20 }, { set: 10, regretted: 5 }), 40 * 15)
  assert.equal(savedBy({ ...none, fired: 1, refused: 3 }, { set: 0, regretted: 0 }), 0)
})
