// What is still asked for a ticket after its wait: requirements dropped or lowered step by step, by the queue's calendar.
import { afterWorkingTime, workingTime } from '#hours/working-time.ts'
import type { Queue, RelaxStep, Requirement, Waiting } from '#routing/model.ts'

export type Relaxed = {
  /** What is still asked, at the level that is asked now. */
  readonly needs: readonly Requirement[]
  readonly dropped: readonly Requirement[]
  readonly loweredBy: number
  readonly secondaryTeams: boolean
  readonly overflow: boolean
  /** The steps that have been taken, in order. */
  readonly steps: readonly RelaxStep[]
  /** Business seconds until the next one; null when none is left. */
  readonly nextIn: number | null
}

/** What is asked at an instant. Tier 0 is never dropped, though its level may be lowered. */
export function relax(ticket: Waiting, queue: Queue, at: number): Relaxed {
  const steps = stepsOf(queue)
  if (steps.length === 0) return unrelaxed(ticket)
  const waited = workingTime(queue.calendar, ticket.enteredAt, at) / 1000
  const taken = steps.filter(({ after }) => after <= waited)
  const next = steps[taken.length]
  const nextIn = next === undefined ? null : next.after - waited
  if (taken.length === 0) return { ...unrelaxed(ticket), nextIn }
  const tiers = new Set<number>()
  let loweredBy = 0
  let secondaryTeams = false
  let overflow = false
  for (const { do: step } of taken) {
    if ('dropTier' in step) tiers.add(step.dropTier)
    else if ('lowerLevelsBy' in step) loweredBy += step.lowerLevelsBy
    else if ('addSecondaryTeams' in step) secondaryTeams = true
    else overflow = true
  }
  const kept = ticket.needs.filter(({ tier }) => tier === 0 || !tiers.has(tier))
  return {
    needs: kept.map((need) => ({ ...need, minLevel: lowered(need, loweredBy) })),
    dropped: ticket.needs.filter((need) => !kept.includes(need)),
    loweredBy,
    secondaryTeams,
    overflow,
    steps: taken,
    nextIn,
  }
}

const sortedSteps = new WeakMap<Queue, readonly RelaxStep[]>()

function stepsOf(queue: Queue): readonly RelaxStep[] {
  const known = sortedSteps.get(queue)
  if (known !== undefined) return known
  const sorted = queue.relax.toSorted((a, b) => a.after - b.after)
  sortedSteps.set(queue, sorted)
  return sorted
}

/** When the next step is due; null when none is left or the queue never opens. */
export function nextStepAt(queue: Queue, nextIn: number | null, at: number): number | null {
  return nextIn === null ? null : afterWorkingTime(queue.calendar, at, nextIn * 1000)
}

function unrelaxed({ needs }: Waiting): Relaxed {
  return {
    needs,
    dropped: [],
    loweredBy: 0,
    secondaryTeams: false,
    overflow: false,
    steps: [],
    nextIn: null,
  }
}

function lowered({ minLevel }: Requirement, by: number): Requirement['minLevel'] {
  return Math.max(1, minLevel - by) as Requirement['minLevel']
}
