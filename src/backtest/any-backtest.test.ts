// What must hold for any backtest, on random lives.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { days, lived, reported, saying, tried, under, window } from '#backtest/sentences.ts'
import { always } from '#backtest/configuration.ts'
import { add, emptyTally, join } from '#backtest/tally.ts'
import { replay } from '#backtest/replay.ts'
import { judgeTicket } from '#backtest/verdict.ts'
import { watchFor } from '#backtest/watch.ts'
import { is, rule, tagged } from '#rules/sentences.ts'
import type { ReadyRule } from '#rules/settle.ts'
import { changes } from '#tickets/random.ts'
import {
  agentAda,
  leadBo,
  mail,
  messageId,
  monday,
  noted,
  opened,
  replied,
  set,
  type Step,
} from '#tickets/sentences.ts'

const hour = 3_600
const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const none = under([])
const someRules: readonly ReadyRule[] = [
  rule(1, { if: tagged('a'), do: [{ addTags: ['b'] }] }),
  rule(2, { if: is('priority', 'high'), do: [{ setTeam: 1 }] }),
  rule(3, { on: ['inbound_message'], if: is('status', 'open'), do: [{ addTags: ['again'] }] }),
  rule(4, {
    kind: 'timer',
    on: [],
    timer: { hold: days(2) },
    if: is('status', 'pending'),
    do: [{ setStatus: 'open' }],
  }),
]
const steps = fc.array(
  fc.oneof(
    changes.map((each) => (at: number) => set(leadBo, each, { at })),
    fc.constant((at: number) => mail({ at })),
    fc.constant((at: number) => replied(agentAda, {}, { at })),
    fc.constant((at: number) => noted(agentAda, { at })),
  ),
  { maxLength: 8 },
)

/** A random life under some rules; steps that are refused are left out. */
function randomPast(id: number, makers: readonly ((at: number) => Step)[], rules: readonly ReadyRule[]) {
  const told: Step[] = [opened({ messageId: messageId(id) })]
  for (const [index, make] of makers.entries()) {
    const step = make((index + 1) * 10 * hour)
    try {
      lived(id, under([]), [...told, step])
      told.push(step)
    } catch {
      // Refused: nobody did it.
    }
  }
  return lived(id, under(rules), told)
}

test('history that the engine made is reproduced whole, and its own configuration changes nothing', () => {
  const property = fc.property(steps, (makers) => {
    const rules = under(someRules)
    const { report, verdicts } = tried([randomPast(1, makers, someRules)], rules, { ...rules })
    assert.deepEqual(verdicts[0]?.fidelity.cause, null)
    assert.equal(report.diffs, 0)
  })
  fc.assert(property, { numRuns: 60 })
})

test('the check can fail: a record that other rules wrote is not reproduced, and the reason is named', () => {
  const raises = under([rule(1, { on: ['created'], do: [{ setPriority: 'high' }] })])
  const past = saying(1, 'Hello', [], raises)
  const unversioned = tried([past], none, none, none).report.fidelity
  assert.deepEqual([unversioned.share, unversioned.causes], [0, { config_not_versioned: 1 }])
  const other = under([rule(1, { on: ['created'], do: [{ setPriority: 'low' }] })])
  const wrong = tried([past], other, other, other).report.fidelity
  assert.deepEqual([wrong.share, wrong.causes], [0, { unknown: 1 }])
})

test('a fault in the engine is seen: where a rule is not asked that was, the record is not reproduced', () => {
  const raises = under([rule(1, { on: ['created'], do: [{ setPriority: 'high' }] })])
  const past = saying(1, 'Hello', [], raises)
  const { rulebook } = raises
  const forgets = { ...raises, rulebook: { ...rulebook, listening: () => [] } }
  const { share, causes } = tried([past], forgets, forgets, forgets).report.fidelity
  assert.deepEqual([share, causes], [0, { config_not_versioned: 1 }])
  const twice = (kinds: Parameters<typeof rulebook.listening>[0]) =>
    rulebook.listening(kinds).map(({ rule: own, version }) => ({
      rule: { ...own, do: [{ setPriority: 'low' as const }] },
      version,
    }))
  const errs = { ...raises, rulebook: { ...rulebook, listening: twice } }
  assert.deepEqual(tried([past], errs, errs, errs).report.fidelity.causes, { unknown: 1 })
})

test('a history with gaps, or one that was brought without its past, takes no part and says why', () => {
  const past = saying(1, 'Hello', [mail({ at: hour }), mail({ at: 2 * hour })])
  const [first, ...later] = past.log
  if (first?.kind !== 'ticket_opened') throw new Error('Bug: it begins with its opening')
  const how = { recorded: always(none), baseline: none, candidate: none, watch: null, window }
  const verdictOf = (log: typeof past.log) => judgeTicket({ ...past, log }, how)
  assert.equal(verdictOf([first, ...later.slice(1)]), 'history_with_gaps')
  const imported = { ...first, payload: { ...first.payload, openedFor: 'import' as const } }
  assert.equal(verdictOf([imported, ...later]), 'imported_without_history')
})

test('a rule that is gone since fires in the record as it did, and what nobody understands any more never holds', () => {
  const before = under([rule(1, { on: ['created'], do: [{ setPriority: 'high' }] })])
  const past = saying(1, 'Hello', [], before)
  const { report } = tried([past], none, none, before)
  assert.deepEqual([report.fidelity.share, report.diffs], [1, 0])
  const odd = rule(2, { on: ['created'], if: is('no.such.field', 'x'), do: [{ setPriority: 'urgent' }] })
  assert.equal(tried([past], before, under([...before.rulebook.byId.values(), odd])).report.diffs, 0)
  const older = rule(3, { on: ['created'], do: [{ noSuchAction: 1 } as never] })
  const kept = tried([past], before, under([...before.rulebook.byId.values(), older])).report
  assert.deepEqual(
    [kept.rules.map(({ id, candidate }) => [id, candidate.noOp]), kept.tickets],
    [
      [
        [1, 0],
        [3, 1],
      ],
      1,
    ],
  )
})

test('a rule that never holds changes nothing', () => {
  const property = fc.property(steps, (makers) => {
    const never = rule(99, { if: { any: [] }, do: [{ setPriority: 'urgent' }] })
    const { report } = tried(
      [randomPast(1, makers, someRules)],
      under(someRules),
      under([...someRules, never]),
    )
    assert.equal(report.diffs, 0)
  })
  fc.assert(property, { numRuns: 40 })
})

test('a run that is split and put together again says the same, byte for byte', () => {
  const candidate = under(someRules)
  const pasts = ids(30).map((id) =>
    saying(id, 'Hello', [
      set(
        leadBo,
        { priority: id % 3 === 0 ? 'high' : 'low', addTags: id % 2 === 0 ? ['a'] : [] },
        { at: hour },
      ),
    ]),
  )
  const { verdicts, report } = tried(pasts, none, candidate)
  const property = fc.property(fc.integer({ min: 0, max: 30 }), (at) => {
    const [left, right] = [emptyTally(), emptyTally()]
    for (const verdict of verdicts.slice(0, at)) add(left, verdict)
    for (const verdict of verdicts.slice(at)) add(right, verdict)
    join(right, left)
    const whole = emptyTally()
    for (const verdict of verdicts) add(whole, verdict)
    const bare = (tally: typeof whole) => JSON.stringify([...tally.rules].toSorted(([a], [b]) => a - b))
    assert.equal(bare(right), bare(whole))
    assert.equal(reported(verdicts.toReversed(), candidate).hash, report.hash)
  })
  fc.assert(property, { numRuns: 20 })
})

test('a replay of something else than a ticket’s whole life is none', () => {
  const past = saying(1, 'Hello')
  assert.equal(replay({ ...past, log: past.log.slice(1) }, always(none), monday), null)
})

const others: readonly ReadyRule[] = [
  rule(1, { if: tagged('a'), do: [{ addTags: ['b'] }] }),
  rule(2, { if: is('priority', 'high'), do: [{ setTeam: 2 }] }),
  rule(3, { on: ['inbound_message'], if: is('status', 'open'), do: [{ addTags: ['again'] }] }),
  rule(5, { on: ['note'], if: tagged('again'), do: [{ setPriority: 'low' }] }),
  rule(6, { if: tagged('b'), do: [{ setPriority: 'urgent' }], stop: true }),
  rule(7, {
    kind: 'timer',
    on: [],
    timer: { hold: days(1) },
    if: is('status', 'on_hold'),
    do: [{ addTags: ['c'] }],
  }),
]

test('a ticket that other rules cannot touch is lived once, and the report is the same as if it were lived twice', () => {
  const some = fc.subarray([...others])
  let once = 0
  const property = fc.property(steps, fc.subarray([...someRules]), some, (makers, before, after) => {
    const [baseline, bare] = [under(before), under(after)]
    const candidate = { ...baseline, rulebook: bare.rulebook }
    const past = randomPast(1, makers, before)
    const watch = watchFor(baseline, candidate)
    const quick = tried([past], baseline, candidate, baseline, watch).report
    assert.deepEqual(quick, tried([past], baseline, candidate).report)
    if (watch !== null && quick.diffs === 0) once++
  })
  fc.assert(property, { numRuns: 150 })
  assert.ok(once > 10)
})
