// What the next step waits for, and what costs one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreementOf } from '#assistant/agreement.ts'
import { standardConfig, type AssistantConfig } from '#assistant/config.ts'
import type { Rung } from '#assistant/words.ts'
import { instant, plus } from '#kit/time.ts'
import { ladderOf, type LadderFacts, type Outcome } from './ladder.ts'
import { fallenTo, risesOf, rungBeside, rungOf, withRung } from './rungs.ts'

const returns = { brandId: null, channel: null, categoryId: 5 } as const
const now = instant(Date.parse('2026-03-31T12:00:00Z'))
const daysAgo = (days: number) => plus(now, -days * 86_400)
const measured: AssistantConfig = {
  ...standardConfig,
  thresholds: { 5: { from: 0.9, n: 300, bound: 0.01 } },
  simulationId: 1,
}
const at = (rung: Rung, config = measured) => withRung(config, returns, rung)
const answer: Outcome = {
  at: daysAgo(5),
  brandId: 1,
  channel: 'email',
  categoryId: 5,
  pCorrect: 0.95,
  isSent: true,
  isResolved: true,
  verdict: null,
  harmfulAt: null,
  use: null,
  isReopened: false,
  isEscalated: false,
  isBadlyRated: null,
}
const times = (n: number, more: Partial<Outcome> = {}) =>
  Array.from({ length: n }, () => ({ ...answer, ...more }))
const lived = (config: AssistantConfig, days: number) => ({
  ...config,
  publishedAt: daysAgo(days),
  steps: [],
  reason: '',
})
/** The rungs that were live, the newest last, each ten days. */
const stood = (all: readonly Rung[]) =>
  all.map((rung, index) => lived(at(rung), (all.length - index) * 10)).toReversed()

function row(rung: Rung, told: Partial<LadderFacts> = {}) {
  const facts: LadderFacts = {
    config: at(rung),
    history: stood([rung]),
    outcomes: [],
    looked: told.outcomes ?? [],
    handedOver: [],
    people: [],
    agreement: agreementOf([]),
    categoryIds: [],
    now,
    ...told,
  }
  const [first] = ladderOf(facts)
  assert.ok(first)
  return first
}
const missing = (...told: Parameters<typeof row>) => row(...told).missing.map(({ what }) => what)

test('a rung is a mode and a share, and back; above the last and below the first there is none', () => {
  for (const rung of ['off', 'shadow', 'draft', 'tenth', 'half', 'whole'] as const) {
    const [set] = at(rung).rows
    assert.equal(set && rungOf(set), rung)
  }
  assert.equal(rungOf({ mode: 'suggest', share: 1 }), 'shadow')
  assert.equal(rungOf({ mode: 'auto', share: 0 }), 'draft')
  assert.deepEqual([rungBeside('whole', 1), rungBeside('off', -1)], [null, null])
})

test('a new row stands above one that fits everything', () => {
  const all = { brandId: null, channel: null, categoryId: null, mode: 'off', share: 0 } as const
  assert.deepEqual(
    withRung({ ...measured, rows: [all] }, returns, 'draft').rows.map(({ mode }) => mode),
    ['draft', 'off'],
  )
})

test('the shadow is left after seven days in which it looked', () => {
  assert.deepEqual(row('shadow').missing, [{ what: 'days', has: 0, needs: 7 }])
  assert.deepEqual(row('shadow', { outcomes: times(1, { at: daysAgo(6), isSent: false }) }).missing, [
    { what: 'days', has: 6, needs: 7 },
  ])
  assert.deepEqual(missing('shadow', { outcomes: times(1, { at: daysAgo(8), isSent: false }) }), [])
})

test('drafts: fifty accepted or judged, at worst as many wrong as allowed, none harmful, and measured', () => {
  const good = times(200, { use: 'accepted', isSent: false })
  assert.deepEqual(missing('draft', { outcomes: good }), [])
  const few = row('draft', { outcomes: times(31, { verdict: 'correct' }) })
  assert.deepEqual(few.missing[0], { what: 'judged', has: 31, needs: 50 })
  assert.equal(few.missing[1]?.what, 'wrong')
  assert.deepEqual(missing('draft', { outcomes: [...good, ...times(4, { verdict: 'wrong' })] }), ['wrong'])
  assert.deepEqual(missing('draft', { outcomes: [...good, ...times(4, { use: 'rejected' })] }), ['wrong'])
  assert.deepEqual(
    missing('draft', { outcomes: [...good, ...times(1, { verdict: 'harmful', harmfulAt: daysAgo(2) })] }),
    ['wrong', 'harmful'],
  )
  assert.deepEqual(
    missing('draft', { outcomes: good, config: at('draft', { ...measured, simulationId: null }) }),
    ['simulation'],
  )
})

test('what is not sure enough to leave alone is not what leaving alone is judged by', () => {
  const { judged } = row('draft', { outcomes: times(60, { verdict: 'wrong', pCorrect: 0.5 }) })
  assert.equal(judged, 0)
})

test('reviewers who do not mean the same open no gate', () => {
  const pairs = Array.from(
    { length: 30 },
    (_, index) => ['correct', index % 2 ? 'correct' : 'wrong'] as const,
  )
  const outcomes = times(200, { verdict: 'correct' })
  assert.deepEqual(missing('draft', { outcomes, agreement: agreementOf(pairs) }), ['agreement'])
})

test('customers who come back more often than to people keep it where it is', () => {
  const outcomes = [
    ...times(200, { verdict: 'correct' }),
    ...times(60, { verdict: 'correct', isReopened: true }),
  ]
  const people = [{ categoryId: 5, at: daysAgo(15), resolved: 300, reopened: 15, rated: 0, bad: 0 }]
  assert.deepEqual(missing('tenth', { outcomes, people }), ['reopened'])
  assert.deepEqual(
    missing('tenth', {
      outcomes,
      people: [{ categoryId: 5, at: daysAgo(15), resolved: 300, reopened: 60, rated: 0, bad: 0 }],
    }),
    [],
  )
})

test('each step takes a week and twenty judged answers of its own', () => {
  const history = [lived(at('half'), 2), lived(at('tenth'), 20)]
  const outcomes = times(300, { at: daysAgo(10), verdict: 'correct' })
  assert.deepEqual(row('half', { history, outcomes }).missing, [
    { what: 'days', has: 2, needs: 7 },
    { what: 'judged', has: 0, needs: 20 },
  ])
  assert.deepEqual(missing('whole', { outcomes }), ['nowhere'])
})

test('what happened before it came down counts no more', () => {
  const history = stood(['draft', 'tenth', 'draft'])
  const old = times(100, { at: daysAgo(25), verdict: 'correct' })
  assert.equal(row('draft', { history, outcomes: old }).judged, 0)
  assert.equal(row('draft', { history: stood(['shadow', 'draft', 'draft']), outcomes: old }).judged, 100)
})

test('what it came down for is told while it stands there, and no longer once it climbs', () => {
  const why = { from: 'tenth', why: 'bad_rating' } as const
  const fall = { ...lived(at('draft'), 10), steps: [{ ...returns, ...why, to: 'draft' as const }] }
  const [earlier] = stood(['tenth'])
  assert.ok(earlier !== undefined)
  const told = (rung: Rung, history: LadderFacts['history']) => row(rung, { history }).fell
  assert.deepEqual(told('draft', [fall, earlier]), why)
  assert.deepEqual(told('draft', [lived(at('draft'), 5), fall, earlier]), why)
  assert.equal(told('tenth', [lived(at('tenth'), 5), fall, earlier]), null)
  assert.equal(told('draft', [lived(at('draft'), 5), lived(at('shadow'), 10)]), null)
})

test('one harmful answer costs a step at once; said before the step, no second one', () => {
  const harmful = times(1, { verdict: 'harmful', harmfulAt: daysAgo(1) })
  for (const rung of ['draft', 'tenth', 'half', 'whole'] as const)
    assert.equal(row(rung, { outcomes: harmful }).falls, 'harmful')
  assert.equal(row('shadow', { outcomes: harmful }).falls, null)
  const history = [lived(at('draft'), 1), ...stood(['tenth'])]
  assert.equal(row('draft', { history, outcomes: harmful }).falls, null)
})

test('said beside a step up, or on the rung before, a harmful answer still costs one', () => {
  const history = [lived(at('half'), 1), lived(at('tenth'), 20)]
  const outcomes = times(1, { verdict: 'harmful', harmfulAt: daysAgo(2) })
  assert.equal(row('half', { history, outcomes }).falls, 'harmful')
  const shadow = [lived(at('draft'), 1), lived(at('shadow'), 20)]
  assert.equal(row('draft', { history: shadow, outcomes }).falls, null)
})

test('a row for a brand alone is a place in each category that it answers, and goes down before it', () => {
  const brand = { brandId: 1, channel: null, categoryId: null, mode: 'auto', share: 1 } as const
  const config = { ...measured, rows: [brand] }
  const outcomes = times(1, { verdict: 'harmful', harmfulAt: daysAgo(1) })
  const first = row('whole', { config, history: [lived(config, 9)], outcomes })
  assert.deepEqual([first.brandId, first.categoryId, first.rung, first.falls], [1, 5, 'whole', 'harmful'])
  const lower = withRung(config, first, 'half')
  assert.deepEqual(
    lower.rows.map(({ categoryId, share }) => [categoryId, share]),
    [
      [5, 0.5],
      [null, 1],
    ],
  )
  // A row that stands behind one that hides it comes before it.
  const hidden = { ...config, rows: [brand, { ...brand, categoryId: 5, share: 0.5 }] }
  assert.deepEqual(
    withRung(hidden, first, 'tenth').rows.map(({ share }) => share),
    [0.1, 1],
  )
})

test('what another version would let further is told, and where that goes back over a step down', () => {
  const fall = { ...returns, from: 'tenth', to: 'draft', why: 'harmful' } as const
  const before = [{ ...lived(at('draft'), 1), steps: [fall] }, lived(at('tenth'), 20)]
  const rises = risesOf(before, at('tenth'))
  assert.deepEqual(rises, [{ ...returns, from: 'draft', to: 'tenth' }])
  assert.equal(fallenTo(before, returns), 'draft')
  const pressed = { ...returns, from: 'draft', to: 'tenth', why: 'pressed' } as const
  assert.equal(fallenTo([{ ...lived(at('tenth'), 0), steps: [pressed] }, ...before], returns), null)
  assert.deepEqual(risesOf(before, at('shadow')), [])
  assert.deepEqual(risesOf([], at('whole')), [])
  const brand = { brandId: 1, channel: null, categoryId: 5, mode: 'auto', share: 1 } as const
  const around = { ...at('draft'), rows: [brand, ...at('draft').rows] }
  assert.deepEqual(
    risesOf(before, around).map(({ brandId, to }) => [brandId, to]),
    [[1, 'whole']],
  )
  assert.equal(fallenTo(before, { brandId: 1, channel: null, categoryId: 5 }), 'draft')
})

test('each signal is watched by itself, of what left alone since the rung was reached', () => {
  const calm = times(40)
  assert.equal(row('tenth', { outcomes: calm }).falls, null)
  assert.equal(row('tenth', { outcomes: [...calm, ...times(9, { isReopened: true })] }).falls, 'reopened')
  assert.equal(row('tenth', { outcomes: times(9, { isBadlyRated: true }) }).falls, 'bad_rating')
  assert.equal(row('tenth', { outcomes: times(9, { verdict: 'wrong' }) }).falls, 'wrong')
  assert.equal(row('tenth', { outcomes: times(9, { isEscalated: true }) }).falls, 'escalated')
  assert.equal(row('tenth', { outcomes: times(9, { verdict: 'wrong', isSent: false }) }).falls, null)
  assert.equal(row('tenth', { outcomes: times(9, { isReopened: true, at: daysAgo(30) }) }).falls, null)
  assert.equal(row('draft', { outcomes: times(9, { isReopened: true }) }).falls, null)
})

test('people who get better since the step make nothing wrong that was usual then', () => {
  const day = { categoryId: 5, rated: 0, bad: 0, resolved: 100 }
  const people = [
    { ...day, at: daysAgo(15), reopened: 12 },
    { ...day, at: daysAgo(2), reopened: 0 },
  ]
  const outcomes = times(500).map((each, nth) => ({ ...each, isReopened: nth % 10 === 0 }))
  assert.equal(row('tenth', { outcomes, people }).falls, null)
  assert.equal(row('tenth', { outcomes, people: people.slice(1) }).falls, 'reopened')
  // What stayed open cannot be reopened, and is no witness.
  assert.equal(row('tenth', { outcomes: times(9, { isReopened: true, isResolved: false }) }).falls, null)
})

test('a category that no row names goes as all others do', () => {
  const config = { ...measured, otherwise: 'suggest' } as const
  const [other] = ladderOf({
    config,
    history: [lived(config, 9)],
    outcomes: times(2, { at: daysAgo(8) }),
    looked: times(1, { at: daysAgo(8) }),
    handedOver: [],
    people: [],
    agreement: agreementOf([]),
    categoryIds: [5],
    now,
  })
  assert.deepEqual([other?.rung, other?.answers, other?.missing], ['shadow', 2, []])
})

test('while packages of hand-overs lack something, the next step waits; what was mended counts no more', () => {
  const judged = times(300, { verdict: 'correct', at: daysAgo(5), isSent: false })
  const handed = (days: number, isWhole: boolean, n = 1) =>
    Array.from({ length: n }, () => ({ ...answer, at: daysAgo(days), isWhole }))
  const told = { outcomes: judged, history: stood(['draft']) }
  assert.ok(!missing('draft', { ...told, handedOver: handed(4, true) }).includes('package'))
  const [hindrance] = row('draft', { ...told, handedOver: handed(4, false, 2) }).missing
  assert.deepEqual(hindrance, { what: 'package', has: 2, needs: 0 })
  // On an earlier rung, and before twenty whole ones.
  for (const handedOver of [handed(40, false), [...handed(4, false), ...handed(3, true, 20)]])
    assert.ok(!missing('draft', { ...told, handedOver }).includes('package'))
  const elsewhere = handed(4, false).map((each) => ({ ...each, categoryId: 6 }))
  assert.ok(!missing('draft', { ...told, handedOver: elsewhere }).includes('package'))
})
