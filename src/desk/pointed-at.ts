// What of the desk's setup is asked for by a condition somewhere, and what else it is given by: a name that neither does serves nobody.
import { referencesIn } from '#rules/references.ts'
import { thingsIn } from '#rules/action.ts'
import type { Cond } from '#rules/condition.ts'
import { sharedMacros } from '#rules/macro-store.ts'
import { everyReport } from '#reporting/saved-store.ts'
import type { Rule } from '#rules/rule.ts'
import { findDraftVersion, liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import type { Thing } from '#rules/thing.ts'
import { sharedViews } from '#rules/view-store.ts'
import { listQueues, listSkills } from '#routing/queue-store.ts'
import { listForms } from '#setup/form-store.ts'
import { listPolicies } from '#sla/agreement-store.ts'
import type { Db } from '#store/database.ts'

export type PointedAt = {
  /** Some condition asks for it. */
  readonly isRead: (thing: Thing) => boolean
  /** A condition asks for it, or an action, form or macro gives it. */
  readonly isUsed: (thing: Thing) => boolean
}

const EVERY = { q: '', archived: false, limit: 10_000, after: '' }
const keyOf = ({ kind, id }: Thing) => `${kind} ${id}`

/** Reads all that is live or drafted, once. */
export async function pointedAt(db: Db): Promise<PointedAt> {
  const rules = await rulesOf(db)
  const conditions = [...rules.map((rule) => rule.if), ...(await otherConditions(db))]
  const read = new Set(conditions.flatMap(referencesIn).map(keyOf))
  const given = new Set(rules.flatMap(({ do: actions }) => actions.flatMap(thingsIn)).map(keyOf))
  for (const { categoryId } of await listForms(db, EVERY))
    if (categoryId !== null) given.add(keyOf({ kind: 'category', id: categoryId }))
  for (const { change } of await sharedMacros(db)) {
    const { category, tags, addTags } = change as Readonly<Record<string, unknown>>
    // Macros name a category by its path.
    if (category !== undefined && category !== null)
      given.add(keyOf({ kind: 'category', id: String(category) }))
    for (const tag of [tags, addTags].flat()) given.add(keyOf({ kind: 'tag', id: String(tag) }))
  }
  const isRead = (thing: Thing) => read.has(keyOf(thing))
  return { isRead, isUsed: (thing) => isRead(thing) || given.has(keyOf(thing)) }
}

async function rulesOf(db: Db): Promise<Rule[]> {
  const versions = [await liveVersion(db), (await findDraftVersion(db))?.version ?? null]
  const books = await Promise.all(
    versions.map((version) => (version === null ? null : readRulebook(db, version))),
  )
  return books.flatMap((book) => book?.rules ?? [])
}

async function otherConditions(db: Db): Promise<Cond[]> {
  const queues = (await listQueues(db)).flatMap(({ definition: { filter, vip } }) => [filter, vip])
  const skills = (await listSkills(db)).flatMap(({ needs }) => needs.map(({ filter }) => filter))
  const policies = (await listPolicies(db)).filter(({ archived }) => !archived)
  const views = (await sharedViews(db)).filter(({ archivedAt }) => archivedAt === null)
  const all = [
    ...queues,
    ...skills,
    ...policies.map(({ definition }) => definition.filter),
    ...views.map(({ cond }) => cond),
    ...(await everyReport(db)).map(({ cond }) => cond),
  ]
  return all.filter((cond) => cond !== null)
}
