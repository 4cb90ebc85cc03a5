// The nouns of automation: rules, what they do, and the rulebook that holds every rule in one order.
import type { Cond } from '#rules/condition.ts'
import type { UpdateKind } from '#rules/scene.ts'
import type { CloseReason, LinkType, Priority, Status, TicketType } from '#tickets/vocabulary.ts'

export const ruleKinds = ['trigger', 'timer', 'macro'] as const
export type RuleKind = (typeof ruleKinds)[number]

/** One thing that a rule does: an object with one key. Things are meant by id, templates and macros by key. */
export type Action =
  | { readonly setStatus: Status; readonly closeReason?: CloseReason }
  | { readonly setPriority: Priority }
  | { readonly setType: TicketType | null }
  | { readonly setTeam: number | null }
  | { readonly setQueue: number | null }
  | { readonly setCategory: number | null }
  | { readonly assign: number | 'currentAgent' | 'leastLoaded' | 'none' }
  | { readonly setField: { readonly field: string; readonly value: FieldInput } }
  | { readonly addTags: readonly string[] }
  | { readonly removeTags: readonly string[] }
  | { readonly addFollower: number | 'currentAgent' }
  | { readonly removeFollower: number }
  /** Seconds from the update. */
  | { readonly snooze: number }
  | { readonly addNote: { readonly template: string } }
  | { readonly reply: { readonly template: string; readonly to?: 'requester' | 'all' } }
  | {
      readonly notify: {
        readonly template: string
        readonly to: readonly Recipient[]
        readonly allowMany?: boolean
      }
    }
  /** The endpoint's key. */
  | { readonly webhook: { readonly endpoint: string } }
  | { readonly link: { readonly linkType: LinkType; readonly ticketId: number } }
  | { readonly runAssistant: string }
  | { readonly runMacro: string }

export type FieldInput = string | number | boolean | readonly string[] | null
/** `agent:3`, `team:2`, or whoever has the part now. */
export type Recipient =
  | 'assignee'
  | 'followers'
  | 'owner'
  | 'requester'
  | `agent:${number}`
  | `team:${number}`

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

/** A text with placeholders. Templates of one family reach a recipient once per update. */
export type Template = {
  readonly key: string
  readonly family?: string
  readonly subject?: string
  readonly body: string
}

export type Section = { readonly key: string; readonly title: string }

/** All rules in their order, with their sections and templates. Immutable once it was live. */
export type Rulebook = {
  readonly version: number
  readonly sections: readonly Section[]
  readonly rules: readonly Rule[]
  readonly templates: readonly Template[]
}

export type ActionName = Action extends infer One ? (One extends unknown ? keyof One : never) : never

/** The word for what an action does. */
export function nameOfAction(action: Action): string {
  return Object.keys(action).find((key) => key !== 'closeReason') ?? ''
}
