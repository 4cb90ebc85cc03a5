// How far two people agree on what is right, beyond what chance alone would make of it: Cohen's kappa (1960). Pure.
import { verdicts, type Verdict } from '#assistant/words.ts'

export type Agreement = {
  /** Answers that two people have judged, neither knowing whose words they are. */
  readonly n: number
  /** The share on which they agree. */
  readonly observed: number
  /** Null where it says nothing: too few, or everybody always says the same. */
  readonly kappa: number | null
}

/** Fewer pairs say nothing of how people judge. */
export const LEAST_PAIRS = 20
/** Below this they do not mean the same by "right", and their verdicts open no gate. */
export const LEAST_KAPPA = 0.6

/** The agreement of pairs of verdicts, each of the same answer. */
export function agreementOf(pairs: readonly (readonly [Verdict, Verdict])[]): Agreement {
  const n = pairs.length
  if (n === 0) return { n, observed: 0, kappa: null }
  const share = (fits: (pair: readonly [Verdict, Verdict]) => boolean) => pairs.filter(fits).length / n
  const observed = share(([one, other]) => one === other)
  const expected = verdicts.reduce(
    (sum, verdict) => sum + share(([one]) => one === verdict) * share(([, other]) => other === verdict),
    0,
  )
  const kappa = n < LEAST_PAIRS || expected === 1 ? null : (observed - expected) / (1 - expected)
  return { n, observed, kappa }
}

/** Whether what reviewers say may open a gate. */
export function isAgreed({ kappa }: Agreement): boolean {
  return kappa === null || kappa >= LEAST_KAPPA
}
