// The nouns of automation: rules, what they do, and the rulebook that holds every rule in one order.
import type { Action } from '#rules/action.ts'
import type { Cond } from '#rules/condition.ts'
import type { UpdateKind } from '#rules/scene.ts'
import type { Template } from '#rules/template.ts'

export const ruleKinds = ['trigger', 'timer', 'macro'] as const
export type RuleKind = (typeof ruleKinds)[number]

/** After the condition has held for `hold` seconds, or `offset` seconds from the day in the date field `at`. */
export type TimerSpec = {
  readonly hold?: number
  readonly at?: string
  /** Before the day when it is negative. */
  readonly offset?: number
  readonly calendar?: string
  readonly repeatEvery?: number
  readonly maxRepeats?: number
  /** What becomes of tickets that are overdue already when the rule goes live; `skip` unless said. */
  readonly onPublish?: 'skip' | 'fire' | { readonly spreadHours: number }
}

export type MacroSpec = { readonly availableTo: 'everyone' | readonly number[] }

/** A ticket as a test gives it, and what must come of it. */
export type RuleTest = {
  readonly given: Readonly<Record<string, unknown>>
  readonly on: UpdateKind
  readonly expect: Readonly<Record<string, unknown>>
}

export type Rule = {
  readonly id: number
  readonly key: string
  readonly kind: RuleKind
  readonly title: string
  readonly description: string
  readonly ownerId: number
  /** A day; at most a year ahead. */
  readonly reviewBy: string
  readonly section: string
  readonly enabled: boolean
  /** What the update must contain; any one is enough. Triggers only. */
  readonly on: readonly UpdateKind[]
  readonly if: Cond
  readonly do: readonly Action[]
  readonly stop: boolean
  readonly maxPerTicket?: number
  readonly mayAnswerItself?: boolean
  readonly timer?: TimerSpec
  readonly macro?: MacroSpec
  readonly tests?: readonly RuleTest[]
}

export type Section = { readonly key: string; readonly title: string }

/** All rules in their order, with their sections and templates. Immutable once it was live. */
export type Rulebook = {
  readonly version: number
  readonly sections: readonly Section[]
  readonly rules: readonly Rule[]
  readonly templates: readonly Template[]
}

/** `canary` judges a share of the tickets; `withdrawn` did once, and was never for all. */
export const rulebookStates = [
  'draft',
  'canary',
  'published',
  'superseded',
  'rolled_back',
  'withdrawn',
] as const
export type RulebookState = (typeof rulebookStates)[number]
