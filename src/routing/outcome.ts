// What a played stretch of time came to: how long people waited, what was promised and missed, how evenly the work went.
import { quantile } from '#kit/statistics.ts'
import { gini } from '#routing/fairness.ts'
import type { Played, Scenario } from '#routing/simulate.ts'

export type Measures = {
  readonly tickets: number
  readonly left: number
  readonly p50WaitSeconds: number
  readonly p90WaitSeconds: number
  readonly p99WaitSeconds: number
  /** Of those with a promise: begun too late, or never. */
  readonly breachShare: number
  /** Of the hours of work given to each agent who is there. */
  readonly gini: number
}

/** Measures a play. */
export function measure({ agents }: Scenario, { started, left }: Played): Measures {
  const waits = started.map(({ arrival, at }) => (at - arrival.at) / 1000)
  const promised = started.filter(({ arrival }) => arrival.dueAt !== null)
  const late = promised.filter(({ arrival, at }) => at > (arrival.dueAt ?? Infinity)).length
  const never = left.filter(({ dueAt }) => dueAt !== null).length
  const given = agents
    .filter(({ presence }) => presence === 'online')
    .map(({ id }) =>
      started.filter(({ agentId }) => agentId === id).reduce((sum, { arrival }) => sum + arrival.workMs, 0),
    )
  const all = promised.length + never
  return {
    tickets: started.length + left.length,
    left: left.length,
    p50WaitSeconds: Math.round(quantile(waits, 0.5)),
    p90WaitSeconds: Math.round(quantile(waits, 0.9)),
    p99WaitSeconds: Math.round(quantile(waits, 0.99)),
    breachShare: all === 0 ? 0 : (late + never) / all,
    gini: gini(given),
  }
}
