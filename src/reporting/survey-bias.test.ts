// Who answers, weighed: what is known of the silent brings the figure back to what all would have said.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerChances, surveyBias, type SurveyCell } from '#reporting/survey-bias.ts'

const cell = (more: Partial<SurveyCell>): SurveyCell => ({
  channel: 'email',
  teamId: 1,
  band: 'hour',
  resolvedBy: 'person',
  outcome: 'stands',
  sent: 0,
  answered: 0,
  good: 0,
  ...more,
})
const near = (value: number | undefined, wanted: number, within: number) =>
  assert.ok(Math.abs((value ?? NaN) - wanted) < within, `${value} is not ${wanted}`)

test('where those who waited long answer seldom, their few answers count for the many', () => {
  // All: 1,000 served fast, 90 % content; 1,000 served late, 40 % content: 65 %. Fast ones answer 40 %, late ones 20 %.
  const bias = surveyBias([
    cell({ band: 'hour', sent: 1_000, answered: 400, good: 360 }),
    cell({ band: 'longer', sent: 1_000, answered: 200, good: 80 }),
  ])
  near(bias.raw?.value, 440 / 600, 1e-9)
  near(bias.standardised?.value, 0.65, 0.002)
  assert.ok(bias.standardised !== null && bias.standardised.low < 0.65 && bias.standardised.high > 0.65)
  // Kish: (600 / 0.3)² ÷ … = 533.3 answers' worth, so the interval is wider than that of 600.
  near(bias.standardised.high - bias.standardised.low, 2 * 1.96 * Math.sqrt((0.65 * 0.35) / 533.3), 0.002)
})

test('where everybody is as likely to answer, weighing changes nothing', () => {
  const bias = surveyBias([
    cell({ channel: 'email', sent: 500, answered: 100, good: 90 }),
    cell({ channel: 'chat', sent: 500, answered: 100, good: 30 }),
  ])
  near(bias.standardised?.value, bias.raw?.value ?? 0, 1e-6)
})

test('an answer speaks for ten at most', () => {
  const bias = surveyBias([
    cell({ channel: 'email', sent: 1_000, answered: 500, good: 500 }),
    cell({ channel: 'chat', sent: 100_000, answered: 100, good: 0 }),
  ])
  // A hundredfold weight would leave 1 %.
  near(bias.standardised?.value, 1_000 / (1_000 + 10 * 100), 0.01)
})

test('few answers are not weighed, and fewer than one in twenty speak for nobody', () => {
  assert.equal(surveyBias([cell({ sent: 100, answered: 29, good: 20 })]).standardised, null)
  assert.equal(surveyBias([cell({ sent: 1_000, answered: 49 })]).isRepresentative, false)
  assert.equal(surveyBias([cell({ sent: 1_000, answered: 50 })]).isRepresentative, true)
  const none = surveyBias([])
  assert.deepEqual([none.response, none.raw, none.rates], [null, null, []])
})

test('rates are told by each trait, the commonest value first, with Wilson’s interval', () => {
  const { rates } = surveyBias([
    cell({ teamId: null, sent: 10, answered: 4 }),
    cell({ teamId: 7, sent: 20, answered: 2 }),
  ])
  const teams = rates.filter(({ trait }) => trait === 'teamId')
  assert.deepEqual(
    teams.map(({ value, sent, answered }) => [value, sent, answered]),
    [
      ['7', 20, 2],
      [null, 10, 4],
    ],
  )
  near(teams[1]?.rate.low, 0.1682, 1e-4)
})

test('the chances of a fitted model add up to what was answered, for any surveys', () => {
  const some = fc.record({
    channel: fc.constantFrom('email', 'chat', 'form'),
    teamId: fc.constantFrom(null, 1, 2),
    band: fc.constantFrom('hour', 'longer'),
    resolvedBy: fc.constantFrom('person', 'assistant'),
    outcome: fc.constantFrom('stands', 'reopened'),
    sent: fc.integer({ min: 1, max: 5_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  // Cells that contradict each other: full steps led past the best, and the fit never came to rest.
  const contradicting = (
    [
      ['chat', null, 'longer', 'assistant', 'reopened', 10, 0.8999999999999999],
      ['form', 1, 'hour', 'person', 'reopened', 473, 0],
      ['chat', 1, 'hour', 'person', 'reopened', 652, 0.9984662576687117],
      ['email', 1, 'longer', 'person', 'stands', 1977, 0],
      ['chat', null, 'hour', 'assistant', 'reopened', 3484, 0],
      ['form', 2, 'hour', 'person', 'reopened', 2999, 0],
      ['form', null, 'longer', 'assistant', 'stands', 1651, 0],
      ['email', null, 'longer', 'assistant', 'reopened', 2247, 0],
      ['chat', 2, 'longer', 'assistant', 'reopened', 9, 0],
      ['email', null, 'longer', 'person', 'reopened', 1974, 0],
    ] as const
  ).map(([channel, teamId, band, resolvedBy, outcome, sent, share]) => ({
    channel,
    teamId,
    band,
    resolvedBy,
    outcome,
    sent,
    share,
  }))
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 30 }), (drawn) => {
      const cells = drawn.map(({ share, ...each }) =>
        cell({ ...(each as Partial<SurveyCell>), answered: Math.floor(each.sent * share) }),
      )
      const chances = answerChances(cells)
      const expected = cells.reduce((sum, { sent }, index) => sum + sent * (chances[index] ?? 0), 0)
      const answered = cells.reduce((sum, each) => sum + each.answered, 0)
      assert.ok(chances.every((chance) => chance >= 0 && chance <= 1))
      assert.ok(Math.abs(expected - answered) < 1 + 1e-3 * answered, `${expected} of ${answered}`)
    }),
    { numRuns: 100, examples: [[contradicting]] },
  )
})
