// A rulebook made ready to run: each rule with the hash that names it, macros put in where they are run, and the triggers by
// what they listen to, so that an update which no rule listens to costs nothing.
import { createHash } from 'node:crypto'
import { leavesOf } from '#rules/condition.ts'
import type { Action } from '#rules/action.ts'
import type { Rule, Rulebook } from '#rules/rule.ts'
import type { UpdateKind } from '#rules/scene.ts'
import type { ReadyRule } from '#rules/settle.ts'

export type ReadyRulebook = {
  readonly version: number
  readonly rulebook: Rulebook
  readonly timers: readonly ReadyRule[]
  /** Enabled triggers that listen to any of these kinds, in order. */
  readonly listening: (kinds: readonly UpdateKind[]) => readonly ReadyRule[]
  readonly byId: ReadonlyMap<number, ReadyRule>
  /** Whether a rule assigns whoever has least to do: what it has just assigned then counts for the next update. */
  readonly weighsLoad: boolean
}

export const emptyRulebook: Rulebook = { version: 0, sections: [], rules: [], templates: [] }

/** Makes a rulebook ready. */
export function makeReady(rulebook: Rulebook): ReadyRulebook {
  const macros = new Map(rulebook.rules.flatMap((rule) => (rule.kind === 'macro' ? [[rule.key, rule]] : [])))
  const ready = rulebook.rules.map((rule) => ({
    rule: { ...rule, do: rule.do.flatMap((action) => withoutMacro(action, macros)) },
    version: versionOf(rule),
  }))
  const living = ready.filter(({ rule }) => rule.enabled)
  const triggers = living.filter(({ rule }) => rule.kind === 'trigger')
  const known = new Map<string, readonly ReadyRule[]>()
  return {
    version: rulebook.version,
    rulebook,
    timers: living.filter(({ rule }) => rule.kind === 'timer'),
    listening: (kinds) => {
      const as = kinds.join(' ')
      const found = known.get(as)
      if (found !== undefined) return found
      // In whichever order they are named, it is one list.
      const key = kinds.toSorted().join(' ')
      const fresh = known.get(key) ?? triggers.filter(({ rule }) => rule.on.some((on) => kinds.includes(on)))
      known.set(key, fresh).set(as, fresh)
      return fresh
    },
    byId: new Map(ready.map((each) => [each.rule.id, each])),
    weighsLoad: living.some(({ rule }) =>
      rule.do.some((action) => 'assign' in action && action.assign === 'leastLoaded'),
    ),
  }
}

/** A macro inside a macro is not run: the analysis refuses it. */
function withoutMacro(action: Action, macros: ReadonlyMap<string, Rule>): readonly Action[] {
  if (!('runMacro' in action)) return [action]
  return macros.get(action.runMacro)?.do.filter((each) => !('runMacro' in each)) ?? []
}

/** The hash that names a version of a rule: the same whatever the order of its keys. */
export function versionOf(rule: Rule): string {
  return hashOf(rule).slice(0, 12)
}

/** SHA-256 of a value as JSON with sorted keys. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
}

/** What of the content around a ticket rules look at: only that is read before they run. */
export type Needs = {
  readonly subject: boolean
  /** Texts of all messages; those of the update itself are at hand. */
  readonly messages: boolean
  readonly requester: boolean
  readonly organization: boolean
  readonly participants: boolean
  readonly history: boolean
  readonly clocks: boolean
}

const needsByRules = new WeakMap<readonly ReadyRule[], Needs>()

/** What the conditions of some rules need; told at once for a list that was asked about before. */
export function needsOf(rules: readonly ReadyRule[]): Needs {
  const known = needsByRules.get(rules)
  if (known !== undefined) return known
  const needs = needsOfPaths(new Set(rules.flatMap((ready) => [...pathsOf(ready)])))
  needsByRules.set(rules, needs)
  return needs
}

/** What either needs. */
export function bothNeeds(a: Needs, b: Needs): Needs {
  if (a === b) return a
  const parts = Object.keys(a) as (keyof Needs)[]
  return Object.fromEntries(parts.map((part) => [part, a[part] || b[part]])) as Needs
}

/** What conditions on some paths need. */
export function needsOfPaths(paths: ReadonlySet<string>): Needs {
  const any = (...starts: readonly string[]) =>
    [...paths].some((path) => starts.some((start) => path === start || path.startsWith(`${start}.`)))
  return {
    subject: any('subject', 'text'),
    messages: any('text', 'anyMessage', 'hasAttachment'),
    requester: any('requester', 'language', 'text'),
    organization: any('organization'),
    participants: any('participants'),
    history:
      any('timeSinceAssigned') ||
      ['assignees', 'teams', 'inboundSinceReply', 'ruleFirings'].some((count) => paths.has(`count.${count}`)),
    clocks: any('sla'),
  }
}

const pathsByRule = new WeakMap<Rule, ReadonlySet<string>>()

function pathsOf({ rule }: ReadyRule): ReadonlySet<string> {
  const known = pathsByRule.get(rule)
  if (known !== undefined) return known
  const paths = new Set(leavesOf(rule.if).map(({ leaf }) => leaf.field))
  pathsByRule.set(rule, paths)
  return paths
}

/** Timer rules that were not live before, or not in this form: tickets that are there already are looked at for them. */
export function freshTimers(live: Rulebook, { rules }: Rulebook): readonly number[] {
  const versions = new Map(live.rules.flatMap((rule) => (rule.enabled ? [[rule.id, versionOf(rule)]] : [])))
  const timers = rules.filter((rule) => rule.kind === 'timer' && rule.enabled)
  return timers.filter((rule) => versions.get(rule.id) !== versionOf(rule)).map(({ id }) => id)
}
