// How likely a running clock is to be missed, learned from the desk's own clocks that have ended: of those that were still
// running with this share of their target used, how many were missed. Pure.

/** Ended clocks with the same metric, priority and share of the target used when they ended (in twentieths, 20 = all or more). */
export type EndedClocks = {
  readonly metric: string
  readonly priority: string
  readonly twentieth: number
  readonly missed: boolean
  /** Which half of the history: the score is learned on one half and tested on the other. */
  readonly half: 0 | 1
  readonly count: number
}

export type RiskModel = (metric: string, priority: string, shareUsed: number) => number | null

/** A cell leans on its metric as if so many further clocks had behaved like the metric as a whole. */
const LEAN = 20
/** Fewer ended clocks of a metric say nothing. */
const FEWEST = 30
const STEPS = 20

/** Learns a score from ended clocks. It answers null for metrics with too little history. */
export function learnRisk(history: readonly EndedClocks[]): RiskModel {
  const overall = tallies(history, ({ metric }) => metric)
  const cells = tallies(history, ({ metric, priority }) => `${metric} ${priority}`)
  return (metric, priority, shareUsed) => {
    const step = Math.min(STEPS - 1, Math.max(0, Math.floor(shareUsed * STEPS)))
    const whole = overall.get(metric)
    if (whole === undefined || (whole.running[0] ?? 0) < FEWEST) return null
    if (shareUsed >= 1) return 1
    const base = ((whole.missed[step] ?? 0) + 1) / ((whole.running[step] ?? 0) + 2)
    const cell = cells.get(`${metric} ${priority}`)
    return ((cell?.missed[step] ?? 0) + LEAN * base) / ((cell?.running[step] ?? 0) + LEAN)
  }
}

type Tally = { readonly running: number[]; readonly missed: number[] }

/** For each step: how many clocks were still running there, and how many of these were missed in the end. */
function tallies(history: readonly EndedClocks[], keyOf: (each: EndedClocks) => string): Map<string, Tally> {
  const found = new Map<string, Tally>()
  for (const each of history) {
    const key = keyOf(each)
    const tally = found.get(key) ?? { running: Array(STEPS).fill(0), missed: Array(STEPS).fill(0) }
    found.set(key, tally)
    for (let step = 0; step < STEPS && step <= each.twentieth; step++) {
      tally.running[step] = (tally.running[step] ?? 0) + each.count
      if (each.missed) tally.missed[step] = (tally.missed[step] ?? 0) + each.count
    }
  }
  return found
}

export type Calibration = {
  readonly samples: number
  /** Mean squared error; 0 is perfect, and `plain` is what always saying the average would reach. */
  readonly brier: number | null
  readonly plain: number | null
  readonly bins: readonly {
    readonly from: number
    readonly to: number
    readonly samples: number
    readonly said: number
    readonly happened: number
  }[]
}

/** Learns on one half of the history and asks how the other half came out, by tenths of the score. */
export function calibrate(history: readonly EndedClocks[]): Calibration {
  const model = learnRisk(history.filter(({ half }) => half === 0))
  const bins = Array.from({ length: 10 }, () => ({ samples: 0, said: 0, happened: 0 }))
  let [samples, error, missed] = [0, 0, 0]
  for (const each of history.filter(({ half }) => half === 1)) {
    for (let step = 0; step < STEPS && step <= each.twentieth; step++) {
      const said = model(each.metric, each.priority, (step + 0.5) / STEPS)
      const bin = said === null ? undefined : bins[Math.min(9, Math.floor(said * 10))]
      if (said === null || bin === undefined) continue
      const happened = each.missed ? 1 : 0
      samples += each.count
      error += each.count * (said - happened) ** 2
      missed += each.count * happened
      bin.samples += each.count
      bin.said += each.count * said
      bin.happened += each.count * happened
    }
  }
  const share = samples === 0 ? 0 : missed / samples
  return {
    samples,
    brier: samples === 0 ? null : error / samples,
    plain: samples === 0 ? null : share * (1 - share),
    bins: bins.flatMap(({ samples: count, said, happened }, index) =>
      count === 0
        ? []
        : [
            {
              from: index / 10,
              to: (index + 1) / 10,
              samples: count,
              said: said / count,
              happened: happened / count,
            },
          ],
    ),
  }
}
