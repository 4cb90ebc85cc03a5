// Which agreements a ticket comes under: for each kind the first policy whose filter holds. Pure.
import { holds } from '#rules/evaluate.ts'
import type { Scene } from '#rules/scene.ts'
import type { SlaBook } from '#sla/book.ts'
import { POLICY_KINDS, type PolicyKind, type PolicyVersion } from '#sla/policy.ts'

/** For each kind of agreement the first live policy whose filter holds in this scene; kinds without one are absent. */
export function matchingPolicies(
  { live }: Pick<SlaBook, 'live'>,
  scene: Scene,
): ReadonlyMap<PolicyKind, PolicyVersion> {
  return new Map(
    POLICY_KINDS.flatMap((kind) => {
      const found = live.find((policy) => policy.kind === kind && holds(policy.filter, scene))
      return found === undefined ? [] : [[kind, found] as const]
    }),
  )
}
