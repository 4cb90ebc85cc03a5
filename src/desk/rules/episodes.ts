// The episodes of timer rules on a ticket, reckoned anew with each of its updates.
import { sceneOf } from '#desk/rules/scene.ts'
import type { Decided } from '#desk/update.ts'
import { needsOf } from '#rules/rulebook.ts'
import { episodesOfTicket } from '#rules/timer-store.ts'
import { episodesOf, mayBeOpen, type Episode } from '#rules/timers.ts'
import type { Db } from '#store/database.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Reckoned = { readonly episodes: readonly Episode[]; readonly had: boolean }

/** The episodes of a ticket as an update leaves it. Costs nothing where there are no timer rules. */
export async function reckonEpisodes(
  db: Db,
  decided: Decided,
  after: Ticket,
  firedRuleId: number | null,
): Promise<Reckoned> {
  const { timers } = decided.setup.rulebook
  if (timers.length === 0 || decided.content.via === 'import') return { episodes: [], had: false }
  const { before } = decided
  const scene = { ...(await sceneOf(db, decided, needsOf(timers))), now: after }
  const mayHave = before !== null && mayBeOpen(timers, scene, before)
  const known = mayHave ? (decided.content.inHand?.episodes ?? (await episodesOfTicket(db, before.id))) : []
  const counted = known.map((each) =>
    each.ruleId === firedRuleId ? { ...each, fired: each.fired + 1, firedAt: decided.at } : each,
  )
  return { episodes: episodesOf(timers, scene, counted), had: known.length > 0 }
}
