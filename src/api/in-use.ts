// The guard around what rules use: a team, agent, tag, category or field is not archived while one of them does.
import { readBooks } from '#api/present-rule.ts'
import { decline } from '#api/problem.ts'
import { usesOf, type Thing } from '#rules/references.ts'
import type { Db } from '#store/database.ts'

/**
 * Refuses `in_use` with the rules that use a thing, in what is live or drafted. They can be changed to another by
 * /rulebook/replace. A rule's owner may leave: the rule then cannot be published until it has another.
 */
export async function refuseInUse(db: Db, thing: Thing, what: string): Promise<void> {
  const { live, book } = await readBooks(db)
  const used = new Map(
    [...usesOf(thing, live), ...usesOf(thing, book)].flatMap((use) =>
      use.place === 'ownerId' ? [] : [[use.ruleId, use]],
    ),
  )
  if (used.size === 0) return
  const titles = [...used.values()].map(({ title }) => `“${title}”`)
  const shown =
    titles.length > 5 ? `${titles.slice(0, 5).join(', ')} and ${titles.length - 5} more` : titles.join(', ')
  const count = used.size === 1 ? 'one rule' : `${used.size} rules`
  decline('refused', `${what} is used in ${count}: ${shown}. Replace it there first, and publish.`, {
    refusal: 'in_use',
    uses: [...used.values()],
  })
}
