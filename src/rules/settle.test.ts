// Settling, in the spec's examples and in properties.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Cond } from '#rules/condition.ts'
import type { Action } from '#rules/action.ts'
import type { Rule } from '#rules/rule.ts'
import { firings, is, outcomes, rule, tagged, tellSettled } from '#rules/sentences.ts'
import { noPast, type Past } from '#rules/settle.ts'
import { instant } from '#kit/time.ts'
import { replay } from '#tickets/evolve.ts'
import { agentAda, does, mail, monday, noted, opened, set, story, Story } from '#tickets/sentences.ts'

const past = (of: Partial<Past>): Past => ({ ...noPast, ...of })
const times = (lastHour: number, circuitOpenedAt: string | null = null) =>
  new Map([[1, { total: lastHour, lastHour, circuitOpenedAt: circuitOpenedAt as typeof monday | null }]])

test('R01 a later rule makes an earlier one true: the run starts again from the top', () => {
  const told = new Story()
  const settled = tellSettled(told, opened(), [
    rule(1, { if: tagged('a'), do: [{ addTags: ['b'] }] }),
    rule(2, { on: ['created'], do: [{ addTags: ['a'] }] }),
  ])
  assert.deepEqual(firings(settled.events), ['2 in pass 1', '1 in pass 2'])
  assert.deepEqual(told.now.tags, ['a', 'b'])
})

test('R02 a change is seen from before the update to the present state', () => {
  const told = story(opened())
  const settled = tellSettled(told, set(agentAda, { priority: 'high' }), [
    rule(1, { if: is('priority', 'high'), do: [{ setPriority: 'low' }] }),
    rule(2, { if: { field: 'priority', op: 'changed_to', value: 'high' }, do: [{ setTeam: 2 }] }),
  ])
  assert.deepEqual(outcomes(settled), ['1 fired', '2 condition_false'])
  assert.equal(told.now.teamId, null)
})

test('R03 a rule that stops keeps the rest from the update', () => {
  const told = story(opened(), set(agentAda, { assigneeId: 1 as never }))
  const settled = tellSettled(told, noted(agentAda), [
    rule(1, { if: is('status', 'open'), do: [{ addTags: ['s'] }], stop: true }),
    rule(2, { do: [{ addTags: ['t'] }] }),
  ])
  assert.deepEqual(told.now.tags, ['s'])
  assert.deepEqual(outcomes(settled), ['1 fired', '2 stopped_by(1)'])
})

test('R04 two rules that set one field differently: the last wins, and the conflict is written down', () => {
  const told = story(opened())
  const settled = tellSettled(told, noted(agentAda), [
    rule(1, { do: [{ setPriority: 'high' }] }),
    rule(2, { do: [{ setPriority: 'low' }] }),
  ])
  assert.equal(told.now.priority, 'low')
  const conflict = settled.events.find(({ kind }) => kind === 'rule_conflict')
  assert.deepEqual(conflict?.payload, {
    ruleId: 2,
    ruleVersion: 'v2',
    detail: { field: 'priority', ruleIds: [1, 2], values: ['high', 'low'] },
  })
})

test('R05 a rule does not answer what came of itself; others may', () => {
  const told = story(opened())
  const settled = tellSettled(
    told,
    set(agentAda, { priority: 'high' }),
    [rule(1, { do: [{ webhook: { endpoint: 'crm' } }] }), rule(2, { do: [{ addTags: ['seen'] }] })],
    { past: past({ ancestors: new Set([1]), depth: 2 }), via: 'api' },
  )
  assert.deepEqual(outcomes(settled), ['1 self_caused', '2 fired'])
  assert.deepEqual(settled.effects, [])
})

test('R05 unless it may answer itself', () => {
  const step = set(agentAda, { priority: 'high' })
  const rules = [rule(1, { do: [{ addTags: ['x'] }], mayAnswerItself: true })]
  const settled = tellSettled(story(opened()), step, rules, { past: past({ ancestors: new Set([1]) }) })
  assert.deepEqual(outcomes(settled), ['1 fired'])
})

test('R06 the 21st firing within an hour opens the circuit for an hour', () => {
  const rules = [rule(1, { do: [{ webhook: { endpoint: 'crm' } }] })]
  const run = (of: Past) => tellSettled(story(opened()), noted(agentAda), rules, { past: of })
  assert.deepEqual(outcomes(run(past({ firings: times(19) }))), ['1 fired'])
  const opening = run(past({ firings: times(20) }))
  assert.deepEqual(outcomes(opening), ['1 circuit_open'])
  assert.deepEqual(
    opening.events.map(({ kind }) => kind),
    ['rule_circuit_opened'],
  )
  const open = run(past({ firings: times(20, monday) }))
  assert.deepEqual(
    open.events.map(({ kind }) => kind),
    ['rule_suppressed'],
  )
  const later = run(past({ firings: times(3, instant(Date.parse(monday) - 3_601_000)) }))
  assert.deepEqual(outcomes(later), ['1 fired'])
  assert.deepEqual(outcomes(run(past({ depth: 9 }))), ['1 circuit_open'])
})

test('R07 a rule is all or nothing: what the ticket refuses takes the mail with it', () => {
  const told = story(opened(), set(agentAda, { assigneeId: 1 as never }))
  const settings = { requiredOnResolve: [{ fieldId: 9 as never }] }
  const settled = tellSettled(told, { ...noted(agentAda), settings }, [
    rule(1, { do: [{ setStatus: 'resolved' }, { addTags: ['done'] }, { reply: { template: 'solved' } }] }),
  ])
  assert.deepEqual(outcomes(settled), ['1 refused(fields_required)'])
  assert.deepEqual(settled.effects, [])
  assert.deepEqual([told.now.status, told.now.tags], ['open', []])
  assert.deepEqual(
    settled.events.map(({ kind }) => kind),
    ['action_refused'],
  )
})

test('R08 two rules that tell Ana the same send one mail', () => {
  const tell: Action = { notify: { template: 'alert', to: ['agent:1'] } }
  const settled = tellSettled(story(opened()), noted(agentAda), [
    rule(1, { do: [tell] }),
    rule(2, { do: [tell, { notify: { template: 'other', to: ['agent:1'] } }] }),
  ])
  assert.deepEqual(
    settled.effects.map((effect) => [effect.ruleId, effect.kind === 'notify' ? effect.template : '']),
    [
      [1, 'alert'],
      [2, 'other'],
    ],
  )
})

test('R10 what the assistant sets is an update like any', () => {
  const told = story(opened())
  const by = {
    actor: { type: 'assistant' as const, id: 5 },
    actorRole: null,
    actorPersonId: null,
    mayReopenClosed: false,
  }
  const settled = tellSettled(told, set(by, { categoryId: 4 as never }), [
    rule(1, {
      on: ['field_change'],
      if: { field: 'category', op: 'changed' },
      do: [{ addTags: ['sorted'] }],
    }),
  ])
  assert.deepEqual(outcomes(settled), ['1 fired'])
})

test('R11 an undo settles nothing', () => {
  const settled = tellSettled(story(opened()), noted(agentAda), [rule(1, { do: [{ addTags: ['x'] }] })], {
    via: 'undo',
  })
  assert.deepEqual(settled.considered, [])
})

test('R12 created is created, whichever way', () => {
  for (const openedFor of ['agent', 'quarantine', 'split', 'follow_up', undefined] as const) {
    const settled = tellSettled(new Story(), opened(openedFor === undefined ? {} : { openedFor }), [
      rule(1, { on: ['created'], do: [{ addTags: ['x'] }] }),
    ])
    assert.deepEqual(outcomes(settled), ['1 fired'])
  }
})

test('a rule is kept from a ticket after so many firings', () => {
  const rules = [rule(1, { do: [{ addTags: ['x'] }], maxPerTicket: 2 })]
  const settled = tellSettled(story(opened()), noted(agentAda), rules, { past: past({ firings: times(2) }) })
  assert.deepEqual(outcomes(settled), ['1 max_per_ticket'])
})

test('a rule that changes nothing fires without effect, and what it does not listen to passes by', () => {
  const settled = tellSettled(story(opened()), noted(agentAda), [
    rule(1, { do: [{ setPriority: 'normal' }] }),
    rule(2, { on: ['created'], do: [{ addTags: ['x'] }] }),
  ])
  assert.deepEqual(outcomes(settled), ['1 fired_no_op', '2 event_not_matched'])
})

test('the events of a rule name it as actor and its firing as their cause, and the fold takes them', () => {
  const told = story(opened())
  tellSettled(told, mail(), [rule(1, { on: ['inbound_message'], do: [{ addTags: ['x'] }] })])
  const [fired, changed] = told.log.slice(-2)
  assert.deepEqual([fired?.kind, fired?.actor.id, fired?.causeSeq], ['rule_fired', 1, told.log.length - 2])
  assert.deepEqual(
    [changed?.kind, changed?.actor.type, changed?.causeSeq],
    ['tags_changed', 'rule', fired?.seq],
  )
  assert.deepEqual(replay(told.log), told.now)
})

test('a deleted ticket settles nothing', () => {
  const by = { ...agentAda, actorRole: 'lead' as const }
  const settled = tellSettled(story(opened()), does(by, { kind: 'delete' }), [
    rule(1, { do: [{ addTags: ['x'] }] }),
  ])
  assert.deepEqual(settled.events, [])
})

const tag = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const cond: fc.Arbitrary<Cond> = fc.oneof(
  tag.map((one): Cond => tagged(one)),
  tag.map((one): Cond => ({ not: tagged(one) })),
  fc.constantFrom('low', 'high').map((one): Cond => is('priority', one)),
)
const action: fc.Arbitrary<Action> = fc.oneof(
  tag.map((one): Action => ({ addTags: [one] })),
  tag.map((one): Action => ({ removeTags: [one] })),
  fc.constantFrom('low', 'normal', 'high').map((one): Action => ({ setPriority: one as 'low' })),
  fc.constant<Action>({ setStatus: 'resolved' }),
)
const ruleParts = fc.record({
  if: fc.record({ all: fc.array(cond, { maxLength: 2 }) }),
  do: fc.array(action, { minLength: 1, maxLength: 3 }),
  stop: fc.boolean(),
}) as fc.Arbitrary<Pick<Rule, 'if' | 'do' | 'stop'>>

test('whatever the rules, a run ends, each fires once at most, and the same input gives the same answer', () => {
  fc.assert(
    fc.property(fc.array(ruleParts, { maxLength: 8 }), fc.subarray([1, 2, 3]), (parts, ancestors) => {
      const rules = parts.map((part, index) => rule(index + 1, part))
      const run = () => {
        const told = new Story()
        const settled = tellSettled(told, opened({ messageId: 1 as never }), rules, {
          past: past({ ancestors: new Set(ancestors) }),
        })
        return { told, settled }
      }
      const { told, settled } = run()
      const fired = settled.events.flatMap((event) =>
        event.kind === 'rule_fired' ? [event.payload.ruleId] : [],
      )
      assert.equal(new Set(fired).size, fired.length)
      assert.ok(
        fired.every((id) => !ancestors.includes(id)),
        'no rule answers its own descendants',
      )
      const passes = settled.considered.map(({ pass }) => pass)
      assert.ok(Math.max(0, ...passes) <= rules.length + 1)
      assert.deepEqual(replay(told.log), told.now)
      assert.deepEqual(run().settled, settled)
    }),
    { numRuns: 300 },
  )
})
