// What a rulebook refers to: teams, agents, categories, tags, fields, templates, webhooks and macros, and in which rule each
// is used. The guard against deleting what is used, and the exchange of one thing for another, both read this.
import { isLeaf, leavesOf, valuesOf, type Cond, type Leaf } from '#rules/condition.ts'
import type { Action, Recipient, Rule, Rulebook } from '#rules/rule.ts'

export type ThingKind =
  | 'team'
  | 'agent'
  | 'category'
  | 'queue'
  | 'brand'
  | 'mailbox'
  | 'tag'
  | 'field'
  | 'template'
  | 'webhook'
  | 'macro'

/** A thing by id, or by name or key where it has no id. */
export type Thing = { readonly kind: ThingKind; readonly id: number | string }
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
    ...rule.do.flatMap((action, index) => ofAction(action, `do[${index}]`)),
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

function ofAction(action: Action, place: string): readonly Reference[] {
  const one = (kind: ThingKind, id: number | string | null): readonly Reference[] =>
    id === null ? [] : [{ kind, id, place }]
  if ('setTeam' in action) return one('team', action.setTeam)
  if ('setQueue' in action) return one('queue', action.setQueue)
  if ('setCategory' in action) return one('category', action.setCategory)
  if ('assign' in action) return typeof action.assign === 'number' ? one('agent', action.assign) : []
  if ('addFollower' in action)
    return typeof action.addFollower === 'number' ? one('agent', action.addFollower) : []
  if ('removeFollower' in action) return one('agent', action.removeFollower)
  if ('setField' in action) return one('field', action.setField.field)
  if ('addTags' in action) return action.addTags.flatMap((tag) => one('tag', tag))
  if ('removeTags' in action) return action.removeTags.flatMap((tag) => one('tag', tag))
  if ('addNote' in action) return one('template', action.addNote.template)
  if ('reply' in action) return one('template', action.reply.template)
  if ('notify' in action)
    return [
      ...one('template', action.notify.template),
      ...action.notify.to.flatMap((to) => ofRecipient(to, place)),
    ]
  if ('webhook' in action) return one('webhook', action.webhook.endpoint)
  return 'runMacro' in action ? one('macro', action.runMacro) : []
}

function ofRecipient(recipient: Recipient, place: string): readonly Reference[] {
  const [kind, id] = recipient.split(':')
  return (kind === 'agent' || kind === 'team') && id !== undefined ? [{ kind, id: Number(id), place }] : []
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
      if: inCondition(rule.if, from, to),
      do: rule.do.map((action) => inAction(action, from, to)),
    }
  })
}

function inCondition(cond: Cond, from: Thing, to: number | string): Cond {
  if ('all' in cond) return { all: cond.all.map((each) => inCondition(each, from, to)) }
  if ('any' in cond) return { any: cond.any.map((each) => inCondition(each, from, to)) }
  if ('not' in cond) return { not: inCondition(cond.not, from, to) }
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
  if (ofAction(action, '').every(({ kind, id }) => kind !== from.kind || id !== from.id)) return action
  const exchange = (value: unknown): unknown => {
    if (value === from.id) return to
    if (value === `${from.kind}:${from.id}`) return `${from.kind}:${to}`
    if (Array.isArray(value)) return [...new Set(value.map(exchange))]
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, exchange(each)]))
  }
  return exchange(action) as Action
}
