// The nouns of a report: what a backtest says of many tickets, as it is shown, printed and kept. Types, and lists of words.
import type { Bounds } from '#kit/statistics.ts'
import type { RuleCounts } from '#backtest/verdict.ts'
import type { Instant } from '#kit/time.ts'

/** Over what has been, or beside what is: its end moves with the clock. */
export const backtestModes = ['past', 'shadow'] as const
export type BacktestMode = (typeof backtestModes)[number]

export const backtestStates = ['queued', 'running', 'done', 'cancelled', 'failed'] as const
export type BacktestState = (typeof backtestStates)[number]

export const findingCodes = [
  'fidelity_low',
  'new_external_mail',
  'mail_per_ticket_up',
  'conflict_new',
  'loop_risk',
  'sla_worse',
  'rule_dead',
  'reopen_of_many',
  'broken_replay_share',
  'thin_history',
] as const
export type FindingCode = (typeof findingCodes)[number]

export type Finding = {
  readonly code: FindingCode
  /** The rule or metric it is about; null: the whole. */
  readonly about: string | null
  readonly baseline: number
  readonly candidate: number
  /** Shown and not asked about. */
  readonly isWarning: boolean
}

export type Pair<Value = number> = { readonly baseline: Value; readonly candidate: Value }

export type RuleReport = {
  readonly id: number
  readonly key: string
  readonly title: string
  readonly baseline: Omit<RuleCounts, 'days' | 'mailDays'>
  readonly candidate: Omit<RuleCounts, 'days' | 'mailDays'>
  /** How often the candidate's rule is to fire on a day. */
  readonly perDay: Bounds
  /** How many mails it is to send on a day. Earlier reports have none. */
  readonly mailsPerDay?: Bounds
  /** The candidate's firings by week of the window, the last one last; a year at most. Earlier reports have none. */
  readonly weeks?: readonly number[]
  readonly samples: readonly number[]
}

export type MetricReport = {
  readonly metric: string
  readonly tickets: number
  /** Shares kept, from 0 to 1; null where nothing was promised. */
  readonly attainment: Pair<number | null>
  readonly difference: number
  /** 95 % interval of the difference, by bootstrap over tickets. */
  readonly low: number
  readonly high: number
}

export type Recipient = Pair & { readonly to: string; readonly outside: boolean }

export const routingPresences = ['recorded_presence', 'synthetic'] as const
export type RoutingPresence = (typeof routingPresences)[number]

/** What of routing is tried. */
export const triedKinds = ['queue', 'skill', 'units', 'staff', 'team'] as const
export type TriedKind = (typeof triedKinds)[number]

/** Half of all, and nine of ten, wait no longer; who still waits at the end counts as if it were over then. */
export type Waits = { readonly p50Seconds: Pair; readonly p90Seconds: Pair }

/** Both days played, before and after: all of it is assumed. */
export type RoutingReport = {
  readonly presence: RoutingPresence
  /** Agents of whom no presence was kept: they are there by their hours. */
  readonly byHours: number
  /** From how many answers the pace of work was learnt; 0: it is a guess. */
  readonly answers: number
  /** Times that a ticket came into line, and times that no queue took it. */
  readonly arrivals: Pair
  readonly withoutQueue: Pair
  /** Times left out, as only the newest are played. */
  readonly leftOut: number
  /** Whom they went to: how many to another, and the largest groups of them. */
  readonly agents: Matrix
  /** The queue they were given out of, or wait in. */
  readonly queues: Matrix
  /** Until somebody has it. */
  readonly inLine: Waits
  /** Until somebody begins with it. */
  readonly begun: Waits
  /** Nobody had begun with them at the end. */
  readonly left: Pair
  readonly byQueue: readonly (Waits & {
    readonly queueId: number
    readonly tickets: Pair
    readonly left: Pair
  })[]
  readonly byAgent: readonly {
    readonly agentId: number
    readonly tickets: Pair
    readonly workHours: Pair
    /** While they were there with full hands, and could be given nothing. */
    readonly fullHours: Pair
  }[]
}

export type Cell = { readonly from: number | null; readonly to: number | null; readonly count: number }
/** What became of what; null stands for nobody, or for no queue. */
export type Matrix = { readonly otherwise: number; readonly cells: readonly Cell[] }

export type Report = {
  readonly window: { readonly from: Instant; readonly to: Instant }
  readonly seed: number
  /** The search whose tickets it is of, and how many were drawn; absent where it is of all. */
  readonly filter?: string
  readonly sample?: number
  readonly versions: Pair<string>
  readonly tickets: number
  readonly excluded: Readonly<Record<string, number>>
  readonly fidelity: {
    readonly tickets: number
    readonly reproduced: number
    /** Null where there is nothing to reproduce. */
    readonly share: number | null
    readonly causes: Readonly<Record<string, number>>
  }
  /** Tickets that would have gone otherwise. */
  readonly diffs: number
  /** Those of them of which some difference is sure. */
  readonly certain: number
  readonly marks: Readonly<Record<string, number>>
  readonly rules: readonly RuleReport[]
  readonly fields: Readonly<Record<string, readonly { from: string; to: string; count: number }[]>>
  readonly mails: {
    readonly total: Pair
    readonly outside: Pair
    readonly mostPerTicket: Pair
    /** People outside who would hear of the desk and did not. */
    readonly newRecipients: number
    readonly lostRecipients: number
    readonly recipients: readonly Recipient[]
  }
  readonly webhooks: Pair
  readonly conflicts: Pair
  readonly circuits: Pair
  readonly mostPasses: Pair
  readonly reopened: Pair
  readonly brokenReplays: number
  readonly sla: {
    readonly breached: readonly number[]
    readonly saved: readonly number[]
    readonly metrics: readonly MetricReport[]
  }
  /** Absent where routing was not played. */
  readonly routing?: RoutingReport
  readonly findings: readonly Finding[]
  readonly hash: string
}
