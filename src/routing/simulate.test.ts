// Simulated days: the desk's routing against giving out in turn and to the least loaded, and against one that knew the future.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bootstrap, quantile, stream } from '#kit/statistics.ts'
import { gini } from '#routing/fairness.ts'
import type { Agent } from '#routing/model.ts'
import { playKnowing } from '#routing/offline.ts'
import { measure } from '#routing/outcome.ts'
import { agent, at, office, queue } from '#routing/sentences.ts'
import { play, type Arrival, type Scenario } from '#routing/simulate.ts'

const HOUR = 3_600_000
const [german, kubernetes] = [1, 2]

const staff = (ill: readonly number[]): Agent[] =>
  Array.from({ length: 10 }, (_, index): Agent =>
    agent(index + 1, {
      calendar: office,
      maxUnits: 1,
      presence: ill.includes(index + 1) ? 'offline' : 'online',
      skills: { ...(index < 4 ? { [german]: 4 } : {}), ...(index % 3 === 0 ? { [kubernetes]: 3 } : {}) },
    }),
  )

/** Arrivals of one day by hour, each with work of 4 to 26 minutes. */
function day(seed: number, byHour: readonly number[]): Arrival[] {
  const next = stream(seed)
  const arrivals: Arrival[] = []
  byHour.forEach((count, hour) => {
    for (let index = 0; index < count; index++) {
      const hard = next()
      const begins = at('09:00') + hour * HOUR + Math.floor(next() * HOUR)
      arrivals.push({
        id: arrivals.length + 1,
        queueId: 1,
        at: begins,
        priority: 'normal',
        channel: 'email',
        units: 1,
        handleSeconds: null,
        needs: [
          ...(hard < 0.3 ? [{ skillId: german, minLevel: 3, tier: 0 } as const] : []),
          ...(hard > 0.75 ? [{ skillId: kubernetes, minLevel: 2, tier: 2 } as const] : []),
        ],
        workMs: (4 + next() ** 2 * 22) * 60_000,
        dueAt: begins + HOUR / 2,
      })
    }
  })
  return arrivals
}

const shapes = {
  'a calm day': { byHour: [30, 34, 34, 30, 30, 32, 30, 20], ill: [] },
  'a Monday peak': { byHour: [58, 56, 44, 34, 26, 20, 16, 10], ill: [] },
  'a day on which an expert is ill': { byHour: [38, 40, 36, 34, 30, 32, 30, 20], ill: [1] },
}

for (const [name, { byHour, ill }] of Object.entries(shapes))
  test(`${name}: shorter waits and fewer breaches than giving out blindly, near to what could be had`, () => {
    const runs = [1, 2, 3, 4, 5, 6].map((seed) => {
      const scenario: Scenario = { queues: [queue()], agents: staff(ill), arrivals: day(seed, byHour) }
      const of = (policy: Parameters<typeof play>[1]) => measure(scenario, play(scenario, policy))
      return {
        docket: of('docket'),
        turn: of('given_out_in_turn'),
        least: of('given_out_to_least_loaded'),
        knowing: measure(scenario, playKnowing(scenario, 300)),
      }
    })
    const mean = (pick: (run: (typeof runs)[number]) => number) =>
      runs.reduce((sum, run) => sum + pick(run), 0) / runs.length
    const [docket, turn, least, knowing] = (['docket', 'turn', 'least', 'knowing'] as const).map((who) => ({
      p90: mean((run) => run[who].p90WaitSeconds),
      breaches: mean((run) => run[who].breachShare),
      gini: mean((run) => run[who].gini),
    }))
    assert(docket && turn && least && knowing)
    const told = JSON.stringify({ docket, turn, least, knowing })
    if (process.env['SHOW']) console.log(name, told)
    for (const other of [turn, least]) {
      assert.ok(docket.p90 <= other.p90, told)
      assert.ok(docket.breaches <= other.breaches, told)
      assert.ok(docket.gini <= other.gini + 0.05, told)
    }
    assert.ok(docket.p90 <= knowing.p90 * 1.1, told)
    assert.ok(runs.every((run) => run.docket.left === 0))
  })

test('the same scenario plays the same, and nobody works on two at once or outside their hours', () => {
  const scenario: Scenario = { queues: [queue()], agents: staff([]), arrivals: day(7, [40, 40, 40]) }
  const played = play(scenario, 'docket')
  assert.deepEqual(play(scenario, 'docket'), played)
  const byAgent = Map.groupBy(played.started, ({ agentId }) => agentId)
  for (const own of byAgent.values())
    own.reduce((before, now) => {
      assert.ok(now.at >= before.endsAt)
      return now
    })
  assert.ok(played.started.every(({ at: begins }) => new Date(begins).getUTCHours() < 17))
})

test('Gini is 0 for equal shares and grows with inequality; its interval holds it', () => {
  assert.equal(gini([3, 3, 3]), 0)
  assert.equal(gini([0, 0, 0, 1]), 0.75)
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2)
  const { value, low, high } = bootstrap([1, 2, 3, 4, 5, 6], gini)
  assert.ok(low <= value && value <= high)
})
