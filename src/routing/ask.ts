// What the book asks of a ticket: which queue takes it, and which skills. The same for a ticket that lives and for one that is lived again.
import type { QueueRow, RoutingBook } from '#routing/book.ts'
import { mergeNeeds, type Requirement } from '#routing/model.ts'
import { leavesOf, type Cond } from '#rules/condition.ts'
import { holds } from '#rules/evaluate.ts'
import { needsOfPaths, type Needs } from '#rules/rulebook.ts'
import type { Scene } from '#rules/scene.ts'
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

/** What a queue and the skills' own conditions ask for. */
export function askedBy({ skills }: RoutingBook, { definition }: QueueRow, scene: Scene): Requirement[] {
  const asked = skills.flatMap(({ id: skillId, needs }) =>
    needs.flatMap(({ filter, minLevel, tier }) =>
      filter !== null && holds(filter, scene) ? [{ skillId, minLevel, tier }] : [],
    ),
  )
  const known = new Set(skills.map(({ id }) => id))
  return mergeNeeds([...definition.needs.filter(({ skillId }) => known.has(skillId)), ...asked])
}

/** What the conditions of queues and skills look at. */
export function needsOfBook({ queues, skills }: RoutingBook): Needs {
  const conditions = [
    ...queues.flatMap(({ definition: { filter, vip } }) => [filter, vip]),
    ...skills.flatMap(({ needs }) => needs.map(({ filter }) => filter)),
  ].filter((each): each is Cond => each !== null)
  return needsOfPaths(new Set(conditions.flatMap((each) => leavesOf(each).map(({ leaf }) => leaf.field))))
}
