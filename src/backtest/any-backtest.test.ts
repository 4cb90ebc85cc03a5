// What must hold for any backtest, on random lives.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  days,
  everSince,
  lived,
  promising,
  reported,
  saying,
  text,
  tried,
  under,
  window,
} from '#backtest/sentences.ts'
import { mayTouch } from '#backtest/footprint.ts'
import { aroundOf, isFor, keptOf, verdictFrom, type KeptLife } from '#backtest/kept.ts'
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import { always, asItWas } from '#backtest/configuration.ts'
import { add, emptyTally, join } from '#backtest/tally.ts'
import { replay } from '#backtest/replay.ts'
import { judgeTicket, liveAgain, verdictOn, type Under } from '#backtest/verdict.ts'
import { watchFor } from '#backtest/watch.ts'
import { plus } from '#kit/time.ts'
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
function randomPast(
  id: number,
  makers: readonly ((at: number) => Step)[],
  rules: readonly ReadyRule[] | Configuration,
) {
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
  return lived(id, 'rulebook' in rules ? rules : under(rules), told)
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

/** Rules about whatever a condition can ask about, so that what is kept has to answer for all of it. */
const asking: readonly ReadyRule[] = [
  ...others,
  rule(8, {
    on: ['created'],
    if: { field: 'subject', op: 'contains_word', value: 'lamp' },
    do: [{ addTags: ['d'] }],
  }),
  rule(9, { if: { field: 'message.text', op: 'contains_word', value: 'lamp' }, do: [{ addTags: ['e'] }] }),
  rule(10, { if: { not: { field: 'assignee', op: 'empty' } }, do: [{ addTags: ['f'] }] }),
  rule(11, { if: { field: 'priority', op: 'changed_to', value: 'low' }, do: [{ addTags: ['g'] }] }),
  rule(12, {
    on: ['any'],
    if: { all: [is('requester.domain', 'customer.example'), is('status', 'resolved')] },
    do: [{ addTags: ['h'] }],
  }),
  rule(13, { if: { field: 'language', op: 'empty' }, do: [{ addTags: ['i'] }] }),
  rule(14, {
    kind: 'timer',
    on: [],
    timer: { hold: days(3) },
    if: { all: [is('status', 'open'), { field: 'age', op: 'gte', value: days(1) }] },
    do: [{ setPriority: 'urgent' }],
  }),
]

/** The record as it is read for a window that ends then. */
function upTo(past: PastTicket, to: PastTicket['until']): PastTicket {
  const log = past.log.filter(({ at }) => at <= to)
  return { ...past, log, until: to, more: past.log.find(({ at }) => at > to)?.at ?? null }
}

test('what is kept of a ticket says the same as living it again, for any later window and candidate', () => {
  const spans = fc.oneof(
    fc.constant([-1, 59 * 24] as const),
    fc.tuple(fc.integer({ min: -1, max: 20 }), fc.integer({ min: 0, max: 59 * 24 })),
  )
  const promised = fc.constantFrom(null, 2 * hour, days(4))
  const some = fc.subarray([...asking])
  const counts = { lived: 0, alone: 0, both: 0 }
  const property = fc.property(
    fc.tuple(steps, fc.constantFrom('A lamp', 'Hello', null)),
    fc.tuple(fc.subarray([...someRules]), promised),
    fc.tuple(some, some),
    fc.tuple(spans, spans, fc.boolean()),
    ([makers, words], [before, promise], [first, then], [early, late, isTurned]) => {
      const sla = promise === null ? {} : { sla: promising(promise) }
      const baseline = under(before, sla)
      const past = {
        ...randomPast(1, makers, baseline),
        messages: new Map([[1, text(1, words)]]),
      }
      const turn = plus(monday, days(20))
      const were = {
        ...everSince(baseline),
        rulebooks: [{ from: turn, to: null, rulebook: under(someRules).rulebook }],
      }
      const recorded = isTurned ? asItWas(baseline, were, none.rulebook) : always(baseline)
      const asked = (rules: readonly ReadyRule[], [from, to]: readonly [number, number]) => {
        const candidate: Configuration = { ...baseline, rulebook: under(rules).rulebook }
        const span = { from: plus(monday, days(from)), to: plus(monday, to * hour) }
        const watch = watchFor(baseline, candidate)
        return { recorded, baseline, candidate, watch, window: span } satisfies Under
      }
      const kept = new Map<string, KeptLife>()
      const one = asked(first, early)
      const life = liveAgain(upTo(past, one.window.to), one)
      if (typeof life !== 'string')
        for (const [basis, row] of keptOf(life, verdictOn(life, one), one))
          kept.set(basis, JSON.parse(JSON.stringify(row)) as KeptLife)
      for (const [rules, isSame] of [
        [first, true],
        [then, false],
      ] as const) {
        const other = asked(rules, late)
        const whole = judgeTicket(upTo(past, other.window.to), other)
        if (typeof whole === 'string') continue
        counts.lived++
        for (const basis of ['both', 'baseline'] as const) {
          const row = kept.get(basis)
          if (row === undefined || !isFor(row.holds, other.window)) continue
          if (basis === 'both' && !isSame) continue
          const place = {
            ...past,
            directory: baseline.directory,
            zone: 'UTC',
            at: other.window.to,
            ticketId: 1,
          }
          const { watch } = other
          if (basis === 'baseline' && (watch === null || row.footprint === undefined)) continue
          if (basis === 'baseline' && watch && row.footprint && mayTouch(watch, row.footprint, place))
            continue
          assert.equal(row.around, aroundOf(row, past))
          assert.deepEqual(verdictFrom(whole.ticketId, row.verdict), whole)
          counts[basis === 'both' ? 'both' : 'alone']++
        }
      }
    },
  )
  fc.assert(property, { numRuns: 400 })
  assert.ok(counts.alone > 10 && counts.both > 10, JSON.stringify(counts))
})

test('what is kept holds up to the next change of what was live', () => {
  const waits = rule(1, {
    kind: 'timer',
    on: [],
    timer: { hold: days(1), onPublish: 'fire' },
    if: is('status', 'new'),
    do: [{ addTags: ['a'] }],
  })
  const [turn, baseline] = [plus(monday, days(20)), under([])]
  const rulebooks = [{ from: turn, to: null, rulebook: under([waits]).rulebook }]
  const recorded = asItWas(baseline, { ...everSince(baseline), rulebooks }, none.rulebook)
  const span = (to: number) => ({ from: monday, to: plus(monday, days(to)) })
  const how: Under = { recorded, baseline, candidate: baseline, watch: null, window: span(10) }
  const life = liveAgain(upTo(saying(1, 'Hello'), how.window.to), how)
  if (typeof life === 'string') throw new Error('Bug: it can be lived again')
  const [[, { holds }] = ['baseline', null as never]] = keptOf(life, verdictOn(life, how), how)
  assert.deepEqual(
    [5, 19, 20, 30].map((to) => isFor(holds, span(to))),
    [true, true, false, false],
  )
})
