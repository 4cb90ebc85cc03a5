// How long stretches last when some have not ended yet: Kaplan and Meier's estimate (1958), with Greenwood's variance (1926).
import { Z95, type Interval } from '#kit/statistics.ts'

/** So many stretches that ended after `time`, and that were lost from sight then. */
export type Lasted = { readonly time: number; readonly ended: number; readonly lost: number }

export type Survival = {
  readonly time: number
  /** The share that lasts longer. */
  readonly share: number
  readonly low: number
  readonly high: number
}

/** The estimate after each time at which something ended; what is lost at the same time counts as having lasted until then. */
export function survivalOf(lasted: readonly Lasted[]): Survival[] {
  const sorted = lasted.toSorted((a, b) => a.time - b.time)
  let atRisk = sorted.reduce((sum, { ended, lost }) => sum + ended + lost, 0)
  let [share, variance] = [1, 0]
  const steps: Survival[] = []
  for (const [time, same] of Map.groupBy(sorted, (each) => each.time)) {
    const ended = same.reduce((sum, each) => sum + each.ended, 0)
    const lost = same.reduce((sum, each) => sum + each.lost, 0)
    if (ended > 0) {
      share *= 1 - ended / atRisk
      variance += ended === atRisk ? 0 : ended / (atRisk * (atRisk - ended))
      const wide = Z95 * share * Math.sqrt(variance)
      steps.push({ time, share, low: Math.max(0, share - wide), high: Math.min(1, share + wide) })
    }
    atRisk -= ended + lost
  }
  return steps
}

/** Half of the comparisons of the last digits of a product would be chance. */
const NEAR = 1e-9

/** The least time by which a share (a half: the median) had ended; null when it was not reached. */
export function timeUntil(steps: readonly Survival[], ended: number): number | null {
  return steps.find(({ share }) => share <= 1 - ended + NEAR)?.time ?? null
}

/**
 * The median with its 95 % interval: the times at which a half is not excluded any more, and is (Brookmeyer R, Crowley J. A confidence
 * interval for the median survival time. Biometrics 38 (1982), 29–41). Null where one of them was not reached.
 */
export function medianOf(steps: readonly Survival[]): Interval | null {
  const value = timeUntil(steps, 0.5)
  const low = steps.find((step) => step.low <= 0.5 + NEAR)?.time
  const high = steps.find((step) => step.high <= 0.5 + NEAR)?.time
  return value === null || low === undefined || high === undefined ? null : { value, low, high }
}
