// Routing on the wire: moments as text, what was softened told requirement by requirement.
import type { RouteExplanation, TicketRouting } from '#api/contract/routing.ts'
import type { Ineligible } from '#routing/eligible.ts'
import { instant } from '#kit/time.ts'
import type { Decision } from '#routing/decision-store.ts'
import type { Explanation, Lined } from '#routing/match.ts'
import type { Unroutable } from '#routing/unroutable.ts'

const text = (ms: number | null) => (ms === null ? null : instant(Math.floor(ms)))

export function presentExplanation(found: Explanation): RouteExplanation {
  const { rank, of, place, neighbours, candidates, ineligible, relaxed } = found
  return {
    rank,
    of,
    place: { ...place, eligibleAt: instant(place.eligibleAt) },
    neighbours: neighbours.map((each) => ({ ...each, eligibleAt: instant(each.eligibleAt) })),
    needs: presentNeedsOf(found),
    relaxed: [...relaxed.steps],
    candidates: candidates.map(({ agentId, criteria }) => ({
      agentId,
      criteria: { ...criteria, lastAssignedAt: text(criteria.lastAssignedAt) },
    })),
    ineligible: ineligible.map(presentIneligible),
  }
}

/** What a ticket asked for, and what has become of it. */
export function presentNeedsOf({
  needs,
  relaxed,
}: Pick<Explanation, 'needs' | 'relaxed'>): RouteExplanation['needs'] {
  return needs.map((need) => {
    const now = relaxed.needs.find(({ skillId }) => skillId === need.skillId)
    const state = now === undefined ? 'dropped' : now.minLevel < need.minLevel ? 'lowered' : 'asked'
    return { ...need, state }
  })
}

function presentIneligible(found: { agentId: number } & Ineligible): RouteExplanation['ineligible'][number] {
  switch (found.because) {
    case 'presence':
      return { ...found, since: text(found.since) }
    case 'excluded':
      return { ...found, until: text(found.until) }
    case 'shift_end':
      return { ...found, endsAt: instant(found.endsAt) }
    case 'reserved':
      return { ...found, until: text(found.until) }
    default:
      return found
  }
}

export function presentDecision(found: Decision, queueName: string): TicketRouting['decisions'][number] {
  const { ticketId: _, queueId, explanation, ...rest } = found
  return { ...rest, queue: { id: queueId, name: queueName }, explanation: presentExplanation(explanation) }
}

/** What nobody on staff can, by name. */
export function missingOf(found: Unroutable | null, skills: ReadonlyMap<number, string>): string[] {
  if (found === null) return []
  if (found.nobodyInTeams) return ['team']
  if (found.noCapacity === true) return ['capacity']
  if (found.inConflict === true) return ['conflict']
  return found.skills.map((id) => skills.get(id) ?? `skill ${id}`)
}

/** A ticket's place, as a row of its line. */
export function presentPlace({ place }: Lined) {
  const { lane, band, score, eligibleAt } = place
  return { lane, band, score: Math.round(score * 1000) / 1000, eligibleAt: instant(eligibleAt) }
}
