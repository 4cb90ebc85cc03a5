// What untidiness costs: from 100, each fault takes as much of its weight as there is of it.
import type { TaxonomyFault } from '#reporting/vocabulary.ts'

/** What a fault may cost at most, and at which share of what it spoils it costs that. */
const faults: Readonly<Record<TaxonomyFault, { readonly weight: number; readonly worst: number }>> = {
  other: { weight: 20, worst: 0.3 },
  unset: { weight: 20, worst: 0.3 },
  churn: { weight: 15, worst: 0.3 },
  near: { weight: 15, worst: 0.3 },
  unused: { weight: 10, worst: 0.5 },
  tail: { weight: 5, worst: 0.5 },
  decoration: { weight: 5, worst: 0.5 },
  split: { weight: 5, worst: 0.3 },
  tags: { weight: 5, worst: 0.3 },
}

export type Penalty = {
  readonly fault: TaxonomyFault
  readonly weight: number
  readonly share: number
  readonly points: number
}

/** The points left of 100 and what took the others, the dearest first. */
export function scoreOf(shares: Readonly<Record<TaxonomyFault, number>>): {
  readonly score: number
  readonly penalties: readonly Penalty[]
} {
  const penalties = (Object.keys(faults) as TaxonomyFault[]).map((fault): Penalty => {
    const { weight, worst } = faults[fault]
    return { fault, weight, share: shares[fault], points: weight * Math.min(1, shares[fault] / worst) }
  })
  const lost = penalties.reduce((sum, { points }) => sum + points, 0)
  return { score: Math.round(100 - lost), penalties: penalties.toSorted((a, b) => b.points - a.points) }
}
