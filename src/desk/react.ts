// What follows an update once it is committed. A reaction and the note that it is done are one transaction: a crash or a
// second worker does nothing twice. Reactors: the search index, and links that rules asked for.
import type { Desk } from '#desk/desk.ts'
import { makeRuleLinks } from '#desk/rules/links.ts'
import { reindexArticles } from '#knowledge/article-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { indexTickets, rebuildSome, takeArticles, takeDueTickets } from '#tickets/search-store.ts'

const AT_ONCE = 100
/** Few: requests are answered in between. */
const REBUILT_AT_ONCE = 25

/** Reacts to the updates of some tickets. */
export async function reactToUpdates(desk: Desk): Promise<Round> {
  const taken = await desk.database.transaction(async (tx) => {
    const ids = await takeDueTickets(tx, AT_ONCE)
    if (ids.length > 0) await indexTickets(tx, ids)
    return ids.length
  })
  const links = await desk.database.transaction((tx) => makeRuleLinks(desk, tx, AT_ONCE))
  if (taken === AT_ONCE || links === AT_ONCE) return 'more'
  return (await desk.database.transaction(rebuild)) ? 'more' : null
}

/** Documents from before an upgrade, when nothing newer is due; false when there are none. */
async function rebuild(tx: Transaction): Promise<boolean> {
  if (!(await takeArticles(tx))) return rebuildSome(tx, REBUILT_AT_ONCE)
  await reindexArticles(tx)
  return true
}
