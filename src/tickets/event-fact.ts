// Events that later rooms write into the log (clocks, rules, routing, assistant, surveys). They fold as facts: the ticket's
// state stays as it was.
import type { MessageId, PersonId, QueueId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Priority } from '#tickets/vocabulary.ts'

type Clock = {
  readonly metric: string
  readonly instance: number
  readonly policyId: number
  readonly policyVersion: number
  readonly priority: Priority
  /** Elapsed seconds at which it warns. */
  readonly threshold?: number
  readonly breachedAt?: Instant
  readonly agreement?: string
  readonly cause: 'time' | 'policy_change' | 'priority_change' | 'calendar_change' | 'merge' | 'reopen'
}
type RuleOutcome = { readonly ruleId: number; readonly ruleVersion: string; readonly detail: unknown }
type Route = {
  readonly queueId: QueueId
  readonly agentId?: PersonId
  readonly decisionId?: number
  readonly eligibleAt: Instant
  readonly step?: number
}
type Survey = {
  readonly surveyId: number
  readonly episode: number
  readonly score?: number
  readonly from?: number
}

export type FactPayloads = {
  sla_applied: {
    readonly policyId?: number
    readonly policyVersion: number
    readonly ola: unknown
    readonly onChange?: string
    /** Which of the agreements: customer, internal, supplier. */
    readonly agreement?: string
  }
  sla_warning: Clock
  sla_breached: Clock
  sla_breach_withdrawn: Clock
  rule_fired: {
    readonly ruleId: number
    readonly ruleVersion: string
    readonly rulebookVersion: number
    readonly pass: number
    readonly noOp: boolean
    readonly effects: readonly { readonly kind: string; readonly count: number }[]
  }
  rule_suppressed: RuleOutcome
  action_refused: RuleOutcome
  rule_conflict: RuleOutcome
  rule_circuit_opened: RuleOutcome
  effect_queued: {
    readonly effectKind: string
    readonly key: string
    readonly recipientId?: PersonId
    readonly templateId?: number
    readonly messageId?: MessageId
  }
  route_entered: Route
  route_relaxed: Route
  route_offered: Route
  route_accepted: Route
  route_declined: Route
  route_expired: Route
  route_left: Route
  assistant_ran: {
    readonly runId: number
    readonly decision: string
    readonly reason?: string
    readonly configVersion: number
    /** What it read of who asks and set: their language. */
    readonly language?: string
    /** Skills that whoever takes the ticket had better have. */
    readonly skillIds?: readonly number[]
  }
  assistant_escalated: { readonly runId: number; readonly reason: string }
  /** A person gave the ticket to the assistant, or took it away. */
  assistant_enabled: { readonly enabled: boolean }
  /** A person answered where the assistant had suggested an answer: taken as it was, changed, or left. */
  assistant_used: {
    readonly runId: number
    readonly configVersion: number
    readonly use: 'accepted' | 'edited' | 'rejected'
    /** The share of the suggestion that the answer does not say. */
    readonly changed: number
  }
  /** What was said here was erased for good: of a person who asked for it, or because it had been kept long enough. */
  words_erased: { readonly why: 'person' | 'retention' }
  csat_sent: Survey
  csat_answered: Survey
  csat_changed: Survey
}
