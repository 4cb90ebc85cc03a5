// The guard around what rules and views use: a team, agent, tag, category or field is not archived while one of them does.
import { readBooks } from '#api/rules/present-rule.ts'
import { decline } from '#api/http/problem.ts'
import { referencesIn, usesOf } from '#rules/references.ts'
import type { Thing } from '#rules/thing.ts'
import { commonViews } from '#rules/view-store.ts'
import type { Db } from '#store/database.ts'

/**
 * Refuses `in_use` with the rules that use a thing, in what is live or drafted, and the views. In rules it can be exchanged for
 * another by /rulebook/replace. A rule's owner may leave: the rule then cannot be published until it has another.
 */
export async function refuseInUse(db: Db, thing: Thing, what: string): Promise<void> {
  const { live, book } = await readBooks(db)
  const rules = new Map(
    [...usesOf(thing, live), ...usesOf(thing, book)].flatMap((use) =>
      use.place === 'ownerId' ? [] : [[use.ruleId, use]],
    ),
  )
  const views = (await commonViews(db)).filter(({ cond }) =>
    referencesIn(cond).some(({ kind, id }) => kind === thing.kind && id === thing.id),
  )
  if (rules.size + views.length === 0) return
  const names = [...[...rules.values()].map(({ title }) => title), ...views.map(({ name }) => name)].map(
    (name) => `“${name}”`,
  )
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
  const counts = [counted(rules.size, 'rule'), counted(views.length, 'view')].filter((text) => text !== '')
  const uses = [...rules.values(), ...views.map(({ id, name }) => ({ viewId: id, title: name }))]
  decline(
    'refused',
    `${what} is used in ${counts.join(' and ')}: ${shown}. Replace it there first, and publish.`,
    {
      refusal: 'in_use',
      uses,
    },
  )
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : count === 1 ? `one ${noun}` : `${count} ${noun}s`
}
