// What a rulebook refers to: teams, agents, categories, tags, fields, templates, webhooks and macros, and in which rule each
// is used. The guard against deleting what is used, and the exchange of one thing for another, both read this.
import { isLeaf, leavesOf, valuesOf, type Cond, type Leaf } from '#rules/condition.ts'
import { thingsIn, type Action } from '#rules/action.ts'
import type { Rule, Rulebook } from '#rules/rule.ts'
import type { Thing, ThingKind } from '#rules/thing.ts'

export type Reference = Thing & { readonly place: string }
/** Where a thing is used, in words for people. */
export type Use = { readonly ruleId: number; readonly title: string; readonly place: string }

const kindByPath: Readonly<Record<string, ThingKind>> = {
  team: 'team',
  assignee: 'agent',
  category: 'category',
  queue: 'queue',
  brand: 'brand',
  mailbox: 'mailbox',
  tags: 'tag',
}

/** Everything that a rule refers to, with its place. */
export function referencesOf(rule: Rule): readonly Reference[] {
  return [
    ...referencesIn(rule.if),
    ...rule.do.flatMap((action, index) =>
      thingsIn(action).map((thing) => ({ ...thing, place: `do[${index}]` })),
    ),
    ...(rule.timer?.at === undefined
      ? []
      : [{ kind: 'field' as const, id: rule.timer.at, place: 'timer.at' }]),
    { kind: 'agent', id: rule.ownerId, place: 'ownerId' },
  ]
}

function ofLeaf(leaf: Leaf, place: string): readonly Reference[] {
  if (leaf.field.startsWith('field.'))
    return [{ kind: 'field', id: leaf.field.slice('field.'.length), place }]
  const kind = kindByPath[leaf.field]
  if (kind === undefined) return []
  return valuesOf(leaf).flatMap((id) => (id === 'me' ? [] : [{ kind, id, place }]))
}

/** What a condition alone refers to. */
export function referencesIn(cond: Cond): readonly Reference[] {
  return leavesOf(cond, 'if').flatMap(({ leaf, place }) => ofLeaf(leaf, place))
}

/** The rules of a rulebook that use a thing, each once. */
export function usesOf(thing: Thing, { rules }: Pick<Rulebook, 'rules'>): readonly Use[] {
  return rules.flatMap((rule) => {
    const found = referencesOf(rule).find(({ kind, id }) => kind === thing.kind && id === thing.id)
    return found === undefined ? [] : [{ ruleId: rule.id, title: rule.title, place: found.place }]
  })
}

/** The rules with one thing exchanged for another of its kind. */
export function replaced(rules: readonly Rule[], from: Thing, to: number | string): readonly Rule[] {
  return rules.map((rule) => {
    if (usesOf(from, { rules: [rule] }).length === 0) return rule
    const ownerId = from.kind === 'agent' && rule.ownerId === from.id ? Number(to) : rule.ownerId
    return {
      ...rule,
      ownerId,
      if: conditionReplaced(rule.if, from, to),
      do: rule.do.map((action) => inAction(action, from, to)),
    }
  })
}

/** A condition with one thing exchanged for another of its kind. */
export function conditionReplaced(cond: Cond, from: Thing, to: number | string): Cond {
  if ('all' in cond) return { all: cond.all.map((each) => conditionReplaced(each, from, to)) }
  if ('any' in cond) return { any: cond.any.map((each) => conditionReplaced(each, from, to)) }
  if ('not' in cond) return { not: conditionReplaced(cond.not, from, to) }
  if (!isLeaf(cond)) return cond
  if (from.kind === 'field')
    return cond.field === `field.${from.id}` ? { ...cond, field: `field.${to}` } : cond
  if (kindByPath[cond.field] !== from.kind) return cond
  if (Array.isArray(cond.value)) {
    const values = cond.value as readonly (string | number)[]
    return { ...cond, value: [...new Set(values.map((each) => (each === from.id ? to : each)))] }
  }
  return cond.value === from.id ? { ...cond, value: to } : cond
}

/** An action names a thing by its id, in a list, or as `team:2`. */
function inAction(action: Action, from: Thing, to: number | string): Action {
  if (thingsIn(action).every(({ kind, id }) => kind !== from.kind || id !== from.id)) return action
  const exchange = (value: unknown): unknown => {
    if (value === from.id) return to
    if (value === `${from.kind}:${from.id}`) return `${from.kind}:${to}`
    if (Array.isArray(value)) return [...new Set(value.map(exchange))]
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, exchange(each)]))
  }
  return exchange(action) as Action
}
