// What the log of a ticket tells of rules and of its own course: folds, the same live, in an explanation and in a backtest.
import { plus, type Instant } from '#kit/time.ts'
import type { HistoryFacts } from '#rules/scene.ts'
import type { Past } from '#rules/settle.ts'
import type { TicketEvent } from '#tickets/event.ts'

const HOUR = 3_600

/** What a ticket's log tells of rules, for an update at `at` whose causes are these, the nearest first. */
export function pastOf(log: readonly TicketEvent[], causes: readonly TicketEvent[], at: Instant): Past {
  const firings = new Map<number, { total: number; lastHour: number; circuitOpenedAt: Instant | null }>()
  const since = plus(at, -HOUR)
  for (const event of log) {
    if (event.kind !== 'rule_fired' && event.kind !== 'rule_circuit_opened') continue
    const { ruleId } = event.payload
    const known = firings.get(ruleId) ?? { total: 0, lastHour: 0, circuitOpenedAt: null }
    firings.set(
      ruleId,
      event.kind === 'rule_fired'
        ? { ...known, total: known.total + 1, lastHour: known.lastHour + (event.at > since ? 1 : 0) }
        : { ...known, circuitOpenedAt: event.at },
    )
  }
  const here = log[0]?.ticketId
  const ancestors = causes.flatMap((event) =>
    event.kind === 'rule_fired' && event.ticketId === here ? [event.payload.ruleId] : [],
  )
  return { ancestors: new Set(ancestors), depth: causes.length, firings }
}

/** Counts of a ticket's course that its state does not keep. */
export function historyOf(log: readonly TicketEvent[]): HistoryFacts {
  const assignees = new Set<number>()
  const teams = new Set<number>()
  let inboundSinceReply = 0
  let ruleFirings = 0
  let assignedAt: Instant | null = null
  for (const event of log) {
    if (event.kind === 'assignee_changed' && event.payload.to !== null) {
      assignees.add(event.payload.to)
      assignedAt = event.at
    } else if (event.kind === 'team_changed' && event.payload.to !== null) teams.add(event.payload.to)
    else if (event.kind === 'rule_fired') ruleFirings++
    if (event.kind === 'ticket_opened') {
      if (event.payload.teamId !== undefined) teams.add(event.payload.teamId)
      if (event.payload.direction === 'inbound') inboundSinceReply++
    } else if (event.kind === 'message_added' && event.payload.sideConversationId === undefined) {
      if (event.payload.direction === 'inbound') inboundSinceReply++
      else if (event.payload.direction === 'outbound' && isHuman(event)) inboundSinceReply = 0
    }
  }
  return { assignees: assignees.size, teams: teams.size, inboundSinceReply, ruleFirings, assignedAt }
}

function isHuman({ actor }: TicketEvent): boolean {
  return actor.type !== 'rule' && actor.type !== 'system'
}
