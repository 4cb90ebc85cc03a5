// What differs between two versions of the rulebook, rule by rule.
import { hashOf, versionOf } from '#rules/rulebook.ts'
import type { Rule, Rulebook } from '#rules/rule.ts'

export type RuleChange = {
  readonly ruleId: number
  readonly key: string
  readonly title: string
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  /** What of the rule differs: its parts from and to. */
  readonly parts: readonly { readonly part: string; readonly from: unknown; readonly to: unknown }[]
}

type Book = Pick<Rulebook, 'rules' | 'templates'>

/** Rules that were added, removed, changed or moved, in the order of the newer version. */
export function changesBetweenBooks(from: Book, to: Book): readonly RuleChange[] {
  const before = new Map(from.rules.map((rule) => [rule.id, rule]))
  const after = new Set(to.rules.map(({ id }) => id))
  const moved = movedIds(from.rules, to.rules)
  const kept = to.rules.flatMap((rule): RuleChange[] => {
    const old = before.get(rule.id)
    const named = { ruleId: rule.id, key: rule.key, title: rule.title }
    if (old === undefined) return [{ ...named, change: 'added', parts: partsOf({}, rule) }]
    if (versionOf(old) !== versionOf(rule))
      return [{ ...named, change: 'changed', parts: partsOf(old, rule) }]
    return moved.has(rule.id) ? [{ ...named, change: 'moved', parts: [] }] : []
  })
  const gone = from.rules.flatMap((rule): RuleChange[] =>
    after.has(rule.id)
      ? []
      : [{ ruleId: rule.id, key: rule.key, title: rule.title, change: 'removed', parts: partsOf(rule, {}) }],
  )
  return [...kept, ...gone]
}

/** Keys of templates that were added, removed or changed. */
export function changedTemplates(from: Book, to: Book): readonly string[] {
  const text = (book: Book) => new Map(book.templates.map((each) => [each.key, hashOf(each)]))
  const [before, after] = [text(from), text(to)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .toSorted()
}

function partsOf(from: Partial<Rule>, to: Partial<Rule>): RuleChange['parts'] {
  const parts = [...new Set([...Object.keys(from), ...Object.keys(to)])] as (keyof Rule)[]
  return parts.flatMap((part) =>
    hashOf(from[part]) === hashOf(to[part]) ? [] : [{ part, from: from[part] ?? null, to: to[part] ?? null }],
  )
}

/** The fewest rules whose moving explains the new order: all that are not in the longest common run. */
function movedIds(from: readonly Rule[], to: readonly Rule[]): ReadonlySet<number> {
  const place = new Map(from.map(({ id }, index) => [id, index]))
  const kept = to.flatMap(({ id }) => (place.has(id) ? [{ id, at: place.get(id) ?? 0 }] : []))
  const tails: number[] = []
  const before: number[] = []
  const ends: number[] = []
  for (const [index, { at }] of kept.entries()) {
    let low = tails.findIndex((tail) => tail >= at)
    if (low === -1) low = tails.length
    tails[low] = at
    ends[low] = index
    before[index] = low > 0 ? (ends[low - 1] ?? -1) : -1
  }
  const stay = new Set<number>()
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) stay.add(kept[index]?.id ?? 0)
  return new Set(kept.filter(({ id }) => !stay.has(id)).map(({ id }) => id))
}
