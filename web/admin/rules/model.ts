// The rule in the editor: its condition as groups and tests that can be moved about, to and from the tree of the API.
import type { RuleBody } from '../../../src/api/contract/rules.ts'

export type Draft = RuleBody['rule']
export type Value =
  | string
  | number
  | boolean
  | readonly (string | number)[]
  | { from?: unknown; to?: unknown }
export type Leaf = { field: string; op: string; value?: Value; calendar?: string }

export type GroupKind = 'all' | 'any' | 'none'
export type Group = { key: number; kind: GroupKind; children: readonly Node[] }
export type Test = { key: number; leaf: Leaf }
export type Node = Group | Test

let nextKey = 1
export const isGroup = (node: Node): node is Group => 'kind' in node
export const newTest = (leaf: Leaf): Test => ({ key: nextKey++, leaf })
export const newGroup = (kind: GroupKind, children: readonly Node[] = []): Group => ({
  key: nextKey++,
  kind,
  children,
})

/** The groups of a condition; what is no group at the top stands in one. */
export function toNodes(cond: unknown): Group {
  const node = nodeOf(cond)
  return isGroup(node) ? node : newGroup('all', [node])
}

function nodeOf(cond: unknown): Node {
  const tree = (cond ?? { all: [] }) as Record<string, unknown>
  if (Array.isArray(tree['all'])) return newGroup('all', tree['all'].map(nodeOf))
  if (Array.isArray(tree['any'])) return newGroup('any', tree['any'].map(nodeOf))
  if (tree['not'] !== undefined) {
    const inner = tree['not'] as Record<string, unknown>
    return newGroup('none', Array.isArray(inner['any']) ? inner['any'].map(nodeOf) : [nodeOf(inner)])
  }
  return newTest(tree as unknown as Leaf)
}

/** The condition that the API takes. */
export function toCondition(node: Node): unknown {
  if (!isGroup(node)) return node.leaf
  const inside = node.children.map(toCondition)
  return node.kind === 'none' ? { not: { any: inside } } : { [node.kind]: inside }
}

/** Where a child of a group stands, as the server names places. */
export function placeOf(group: Group, place: string, index: number): string {
  return group.kind === 'none' ? `${place}.not.any[${index}]` : `${place}.${group.kind}[${index}]`
}

/** The tree with one node exchanged; nothing in its place takes it away. */
export function withNode(group: Group, key: number, next: Node | null): Group {
  const children = group.children.flatMap((child) => {
    if (child.key === key) return next === null ? [] : [next]
    return [isGroup(child) ? withNode(child, key, next) : child]
  })
  return { ...group, children }
}

/** The tree with a node added at the end of a group. */
export function withChild(group: Group, key: number, child: Node): Group {
  if (group.key === key) return { ...group, children: [...group.children, child] }
  return {
    ...group,
    children: group.children.map((each) => (isGroup(each) ? withChild(each, key, child) : each)),
  }
}

/** The tree with a node one place up or down inside its group. */
export function moved(group: Group, key: number, by: 1 | -1): Group {
  const at = group.children.findIndex((child) => child.key === key)
  if (at !== -1) return { ...group, children: swapped(group.children, at, at + by) }
  return { ...group, children: group.children.map((each) => (isGroup(each) ? moved(each, key, by) : each)) }
}

/** The tree with a copy of a node behind it. */
export function duplicated(group: Group, key: number): Group {
  return {
    ...group,
    children: group.children.flatMap((child) => {
      if (child.key === key) return [child, nodeOf(toCondition(child))]
      return [isGroup(child) ? duplicated(child, key) : child]
    }),
  }
}

export function swapped<Item>(list: readonly Item[], one: number, other: number): readonly Item[] {
  const [a, b] = [list[one], list[other]]
  if (a === undefined || b === undefined) return list
  return list.map((item, index) => (index === one ? b : index === other ? a : item))
}

/** A rule that does nothing yet, of the person who begins it, to be looked at again in a quarter. */
export function newRule(ownerId: number, section: string): Draft {
  const review = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  return {
    key: '',
    kind: 'trigger',
    title: '',
    description: '',
    ownerId,
    reviewBy: review,
    section,
    enabled: true,
    on: ['created'],
    if: { all: [] },
    do: [],
    stop: false,
  }
}

/** Whether an action was added and what it is to do is not said yet. */
export function isUnfinished(action: Draft['do'][number]): boolean {
  const [value] = Object.values(action) as unknown[]
  const named = value as { template?: unknown; endpoint?: unknown; field?: unknown } | null
  const said = named?.template ?? named?.endpoint ?? named?.field ?? value
  return said === '' || said === 0 || (Array.isArray(said) && said.length === 0)
}

/** The rule without what is not finished yet, and where its actions stand in the editor. */
export function finished(rule: Draft): { rule: Draft; placeOf: (place: string) => string } {
  const kept = rule.do.flatMap((action, at) => (isUnfinished(action) ? [] : [at]))
  return {
    rule: { ...rule, do: rule.do.filter((action) => !isUnfinished(action)) },
    placeOf: (place) =>
      place.replace(/^do\[(\d+)\]/, (_, at: string) => `do[${kept[Number(at)] ?? Number(at)}]`),
  }
}

/** "VIP tickets are urgent" becomes `vip-tickets-are-urgent`. */
export function keyOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9 -]/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[ -]+/g, '-')
  return plain.slice(0, 60)
}

/** What a test is given, or expects, as `key: value` by lines. */
export function written(value: Record<string, unknown>): string {
  return Object.entries(value)
    .map(([key, each]) => `${key}: ${writtenValue(each)}`)
    .join('\n')
}

function writtenValue(value: unknown): string {
  if (typeof value === 'string') return value
  const isWords = Array.isArray(value) && value.every((each) => typeof each === 'string')
  return isWords ? value.join(', ') : JSON.stringify(value)
}
