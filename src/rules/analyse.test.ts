// What the analysis finds before a rule runs: each code of the specification, by the smallest rule that has it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#rules/analyse.ts'
import { directory as small, rule as ready } from '#rules/sentences.ts'
import { problemFor } from '#rules/problem-words.ts'
import type { Rule, Rulebook } from '#rules/rule.ts'
import { canHold, implies } from '#rules/solve.ts'
import type { Cond } from '#rules/condition.ts'

const directory = {
  ...small,
  tags: new Set(['vip', 'done']),
  agents: [...small.agents, { id: 9, name: 'Gone', email: 'gone@desk.example', archived: true }],
}
const how = { directory, webhooks: new Set(['crm']), today: '2026-03-02' }
const tested = { tests: [{ given: {}, on: 'created' as const, expect: {} }] }
const plain = { ...tested, on: ['created' as const], section: 'all' }

function codes(rules: readonly Partial<Rule>[], templates: Rulebook['templates'] = []): readonly string[] {
  const made = rules.map(
    (each, index) => ready(index + 1, { do: [{ addTags: ['vip'] }], ...plain, ...each }).rule,
  )
  const book = { rules: made, templates, sections: [{ key: 'all', title: 'All' }] }
  return analyse(book, how).map((problem) => {
    const { ruleId, code, place, message } = problem
    // What the language of templates says of itself stays as it is.
    if (code !== 'template_error')
      assert.notEqual(
        problemFor(problem, { ...directory, language: 'de' }).message,
        message,
        'it has its German',
      )
    return `${ruleId ?? '-'} ${code} ${place}`
  })
}

const is = (field: string, value: string | number): Cond => ({ field, op: 'is', value })

test('a rule without fault has none', () => {
  assert.deepEqual(codes([{ if: is('priority', 'high') }]), [])
})

test('errors, each with its place', () => {
  assert.deepEqual(codes([{ if: { all: [is('status', 'new'), is('status', 'open')] } }]), [
    '1 unsatisfiable if',
  ])
  assert.deepEqual(codes([{ on: [] }]), ['1 no_event on'])
  assert.deepEqual(codes([{ do: [] }]), ['1 no_action do'])
  assert.deepEqual(codes([{ do: [{ setTeam: 77 }] }]), ['1 dangling_reference do[0]'])
  assert.deepEqual(codes([{ if: is('team', 77) }]), ['1 dangling_reference if.value'])
  assert.deepEqual(codes([{ if: is('field.nope', 'x') }]), ['1 dangling_reference if.field'])
  assert.deepEqual(codes([{ do: [{ webhook: { endpoint: 'none' } }] }]), ['1 dangling_reference do[0]'])
  assert.deepEqual(codes([{ do: [{ reply: { template: 'none' } }] }]), ['1 dangling_reference do[0]'])
  assert.deepEqual(codes([{ if: { field: 'subject', op: 'matches', value: '(a+)+' } }]), [
    '1 unsafe_regex if.value',
  ])
  assert.deepEqual(codes([{ ownerId: 9 }]), ['1 owner_inactive ownerId'])
  assert.deepEqual(codes([{ reviewBy: '2027-03-03' }]), ['1 malformed reviewBy'])
  assert.deepEqual(codes([{}], [{ key: 't', body: '{{ ticket.nope }}' }]), ['- template_error templates.t'])
  assert.deepEqual(codes([{}], [{ key: 't', body: '{% include "x" %}' }]), ['- template_error templates.t'])
  const timer = { kind: 'timer' as const, on: [], timer: { hold: 60 } }
  assert.deepEqual(codes([{ ...timer, if: { field: 'status', op: 'changed' } }]), ['1 not_in_timers if'])
  const failing = {
    tests: [{ given: { priority: 'high' }, on: 'created' as const, expect: { priority: 'low' } }],
  }
  assert.deepEqual(codes([{ ...failing, if: is('priority', 'high') }]), ['1 test_failed tests[0]'])
})

test('warnings about one rule', () => {
  assert.deepEqual(codes([{ if: { any: [is('status', 'new'), { not: is('status', 'new') }] } }]), [
    '1 always_true if',
  ])
  assert.deepEqual(codes([{ if: is('priority', 'high'), do: [{ setPriority: 'high' }] }]), ['1 no_op do[0]'])
  const reply = { do: [{ reply: { template: 't' } }] as const }
  const templates = [{ key: 't', body: 'Hello' }]
  assert.deepEqual(codes([{ ...reply, on: ['field_change'] }], templates), ['1 mail_requester_wide do[0]'])
  assert.deepEqual(codes([{ ...reply, on: ['field_change'], if: is('status', 'pending') }], templates), [])
  assert.deepEqual(codes([{ do: [{ addTags: ['fresh'] }] }]), ['1 tag_only_used_here do[0]'])
  assert.deepEqual(codes([{ reviewBy: '2026-01-01' }]), ['1 review_overdue reviewBy'])
  assert.deepEqual(codes([{ tests: [] }]), ['1 no_test tests'])
})

test('warnings between rules name the later one', () => {
  const high = is('priority', 'high')
  const narrow: Cond = { all: [high, is('channel', 'email')] }
  assert.deepEqual(codes([{ if: high, stop: true, do: [{ addTags: ['done'] }] }, { if: narrow }]), [
    '2 shadowed if',
  ])
  assert.deepEqual(codes([{ if: high }, { if: narrow }]), ['2 subsumed if'])
  const sets = (value: 'low' | 'urgent') => ({ do: [{ setPriority: value }] as const })
  assert.deepEqual(
    codes([
      { if: is('channel', 'email'), ...sets('low') },
      { if: is('channel', 'email'), ...sets('urgent') },
    ]),
    ['2 contradiction do[0]'],
  )
  const tagged = (tag: string): Cond => ({ field: 'tags', op: 'has_any', value: [tag] })
  assert.deepEqual(
    codes([
      { if: tagged('vip'), do: [{ addTags: ['done'] }] },
      { if: tagged('done'), do: [{ addTags: ['vip'] }] },
    ]),
    ['2 cycle do'],
  )
  assert.deepEqual(codes([{ mayAnswerItself: true }]), ['1 cycle do'])
})

test('what can hold, and what implies what', () => {
  const no = (cond: Cond) => assert.equal(canHold(cond, directory), false, JSON.stringify(cond))
  const yes = (cond: Cond) => assert.equal(canHold(cond, directory), true, JSON.stringify(cond))
  const number = (op: 'lt' | 'gt' | 'gte' | 'lte', value: number): Cond => ({
    field: 'count.reopens',
    op,
    value,
  })
  no({ all: [number('gt', 3), number('lt', 3)] })
  no({ all: [number('gt', 3), number('lte', 3)] })
  yes({ all: [number('gte', 3), number('lte', 3)] })
  no({
    all: [
      { field: 'tags', op: 'has_all', value: ['a', 'b'] },
      { field: 'tags', op: 'has_none', value: ['b'] },
    ],
  })
  no({
    all: [
      { field: 'tags', op: 'empty' },
      { field: 'tags', op: 'has_any', value: ['a'] },
    ],
  })
  no({ all: [is('team', 1), { field: 'team', op: 'empty' }] })
  no({
    all: [
      { field: 'status', op: 'not_in', value: ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] },
    ],
  })
  no({
    all: [
      { field: 'subject', op: 'contains_word', value: 'x' },
      { not: { field: 'subject', op: 'contains_word', value: 'x' } },
    ],
  })
  no({ any: [] })
  yes({ all: [] })
  assert.ok(
    implies(
      { field: 'status', op: 'in', value: ['new'] },
      { field: 'status', op: 'in', value: ['new', 'open'] },
      directory,
    ),
  )
  assert.ok(!implies({ field: 'status', op: 'in', value: ['new', 'open'] }, is('status', 'new'), directory))
})
