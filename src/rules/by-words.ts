// Many rules by the words that they ask for: of hundreds that look for words, few look for one that a text has, and the rest need not be
// asked at all. Pure.
import { isLeaf, type Cond } from '#rules/condition.ts'
import type { Directory } from '#rules/directory.ts'
import { placesIn, spellingsIn, textsIn } from '#rules/evaluate.ts'
import { specOf } from '#rules/paths.ts'
import type { Scene } from '#rules/scene.ts'
import type { ReadyRule } from '#rules/settle.ts'
import { valueOf } from '#rules/values.ts'

/** A word that stands where a path leads: without one of these, a condition surely does not hold. */
type Word = { readonly path: string; readonly form: string }

/** Tells which of some rules may hold in a scene; those that are left out surely do not. */
export function byWords(
  rules: readonly ReadyRule[],
  directory: Directory,
): (scene: Scene) => readonly ReadyRule[] {
  const others: ReadyRule[] = []
  const paths = new Map<string, Map<string, Set<ReadyRule>>>()
  for (const ready of rules) {
    const words = wordsNeeded(ready.rule.if, directory)
    if (words === null) others.push(ready)
    for (const { path, form } of words ?? []) {
      const forms = paths.get(path) ?? new Map<string, Set<ReadyRule>>()
      paths.set(path, forms)
      forms.set(form, (forms.get(form) ?? new Set()).add(ready))
    }
  }
  return (scene) => {
    if (paths.size === 0) return others
    const found = new Set(others)
    for (const [path, forms] of paths)
      for (const text of textsIn(valueOf({ field: path }, scene)))
        for (const form of inBoth(forms, placesIn(text)))
          for (const ready of forms.get(form) ?? []) found.add(ready)
    return [...found]
  }
}

/** The smaller one is gone through: a rule may ask for one word of a long text, or hundreds for words of a short one. */
function* inBoth(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): Iterable<string> {
  const [few, many] = one.size < other.size ? [one, other] : [other, one]
  for (const key of few.keys()) if (many.has(key)) yield key
}

/** Words of which one at least is there wherever a condition holds; null: it may hold without any. */
function wordsNeeded(cond: Cond, directory: Directory): readonly Word[] | null {
  if (isLeaf(cond)) {
    const looksForWords = cond.op === 'contains_word' || cond.op === 'contains_phrase'
    if (!looksForWords || specOf(cond.field, directory)?.type !== 'text') return null
    return spellingsIn(cond).flatMap(([first = []]) => first.map((form) => ({ path: cond.field, form })))
  }
  if ('not' in cond) return null
  if ('all' in cond) {
    for (const each of cond.all) {
      const words = wordsNeeded(each, directory)
      if (words !== null) return words
    }
    return null
  }
  const all = cond.any.map((each) => wordsNeeded(each, directory))
  return all.includes(null) ? null : all.flatMap((words) => words ?? [])
}
