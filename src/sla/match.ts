// Which agreements a ticket comes under: for each kind the first policy whose filter holds. Pure.
import { leavesOf } from '#rules/condition.ts'
import { holds } from '#rules/evaluate.ts'
import { needsOfPaths, type Needs } from '#rules/rulebook.ts'
import type { Scene } from '#rules/scene.ts'
import type { SlaBook } from '#sla/book.ts'
import { POLICY_KINDS, type PolicyKind, type PolicyVersion } from '#sla/policy.ts'
import { isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Closed and flagged tickets keep the agreement they had. */
export function keepsAgreement(ticket: Ticket): boolean {
  return ticket.status === 'closed' || isFlagged(ticket)
}

const needsByLive = new WeakMap<SlaBook['live'], Needs>()

/** What the filters of the live policies look at; told at once for policies that were asked about before. */
export function needsOfFilters({ live }: Pick<SlaBook, 'live'>): Needs {
  const known = needsByLive.get(live)
  if (known !== undefined) return known
  const paths = live.flatMap(({ filter }) => leavesOf(filter).map(({ leaf }) => leaf.field))
  const needs = needsOfPaths(new Set(paths))
  needsByLive.set(live, needs)
  return needs
}

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
