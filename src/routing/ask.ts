// What the book asks of a ticket: which queue takes it, and which skills. The same for a ticket that lives and for one that is lived again.
import type { QueueRow, RoutingBook } from '#routing/book.ts'
import { mergeNeeds, type Requirement } from '#routing/model.ts'
import { leavesOf, type Cond } from '#rules/condition.ts'
import { holds } from '#rules/evaluate.ts'
import { needsOfPaths, type Needs } from '#rules/rulebook.ts'
import type { Scene } from '#rules/scene.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Whether a ticket stands in line: it is our turn, and nobody has it. */
export function waits(ticket: Ticket): boolean {
  const { assigneeId, status, snoozedUntil } = ticket
  const isOurTurn = status === 'new' || status === 'open'
  return assigneeId === null && isOurTurn && !isFlagged(ticket) && snoozedUntil === null
}

/** The first queue whose condition holds; null when none does. */
export function queueOf({ queues }: RoutingBook, scene: Scene): QueueRow | null {
  return queues.find(({ definition: { filter } }) => filter === null || holds(filter, scene)) ?? null
}

/**
 * What a queue and the skills' own conditions ask for; and what the assistant read out of the customer's words, which is let go of first:
 * nobody waits long for a guess.
 */
export function askedBy(
  { skills }: RoutingBook,
  { definition }: QueueRow,
  scene: Scene,
  read: readonly number[] = [],
): Requirement[] {
  const asked = skills.flatMap(({ id: skillId, needs }) =>
    needs.flatMap(({ filter, minLevel, tier }) =>
      filter !== null && holds(filter, scene) ? [{ skillId, minLevel, tier }] : [],
    ),
  )
  const known = new Set(skills.map(({ id }) => id))
  const letsGo = definition.relax.some((step) => 'dropTier' in step.do && step.do.dropTier === 3)
  const guessed = letsGo ? read.map((skillId) => ({ skillId, minLevel: 1, tier: 3 }) as const) : []
  return mergeNeeds(
    [...definition.needs, ...guessed].filter(({ skillId }) => known.has(skillId)).concat(asked),
  )
}

/** What the conditions of queues and skills look at. */
export function needsOfBook({ queues, skills }: RoutingBook): Needs {
  const conditions = [
    ...queues.flatMap(({ definition: { filter, vip } }) => [filter, vip]),
    ...skills.flatMap(({ needs }) => needs.map(({ filter }) => filter)),
  ].filter((each): each is Cond => each !== null)
  return needsOfPaths(new Set(conditions.flatMap((each) => leavesOf(each).map(({ leaf }) => leaf.field))))
}

/** The skills that the assistant last read out of a ticket, by its log. */
export function skillsRead(log: readonly TicketEvent[]): readonly number[] {
  const last = log.findLast((event) => event.kind === 'assistant_ran' && event.payload.skillIds !== undefined)
  return last?.kind === 'assistant_ran' ? (last.payload.skillIds ?? []) : []
}
