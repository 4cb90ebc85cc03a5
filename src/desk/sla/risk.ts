// The desk's own risk score, learned anew from its ended clocks every ten minutes.
import type { Desk } from '#desk/desk.ts'
import { plus, type Instant } from '#kit/time.ts'
import { endedClocks } from '#sla/clock-store.ts'
import { learnRisk, type RiskModel } from '#sla/risk.ts'

const LASTS_SECONDS = 600
const HISTORY_SECONDS = 180 * 86_400

const learned = new WeakMap<Desk['database'], { until: Instant; model: Promise<RiskModel> }>()

/** The score as of a moment ago. */
export function riskOf({ database, clock }: Desk): Promise<RiskModel> {
  const now = clock.now()
  const known = learned.get(database)
  if (known !== undefined && known.until > now) return known.model
  const model = endedClocks(database, plus(now, -HISTORY_SECONDS)).then(learnRisk)
  learned.set(database, { until: plus(now, LASTS_SECONDS), model })
  model.catch(() => learned.delete(database))
  return model
}

/** The ended clocks that the score is learned from. */
export function riskHistory({ database, clock }: Desk) {
  return endedClocks(database, plus(clock.now(), -HISTORY_SECONDS))
}
