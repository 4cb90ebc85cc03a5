// The backtest of a policy, a calendar or a change of routing that is not live yet: by what it is known again, and what it must answer for.
import type { Desk } from '#desk/desk.ts'
import { gateOf, type Gate } from '#desk/rules/gate.ts'
import type { Principal } from '#people/can.ts'
import { namedBy, type TriedRouting } from '#routing/draft-book.ts'
import { hashOf } from '#rules/rulebook.ts'
import { findVersion, liveVersion } from '#rules/rulebook-store.ts'
import type { TriedAgreement } from '#sla/draft-book.ts'
import type { Db } from '#store/database.ts'

/** What is tried beside the rules. */
export type Tried = TriedRouting & { readonly agreement?: TriedAgreement | null }

/** A past of fewer tickets says nothing about how an agreement will be kept, or who will get what. */
const THIN = 100

/** Names what was tried: this beside the rules, and beside the other agreements or the routing that are live. */
export async function hashOfTried(
  desk: Desk,
  { agreement, ...tried }: Tried,
  rulesHash: string,
): Promise<string> {
  const named = namedBy(tried)
  if (!agreement && named === null) return rulesHash
  const { sla, routing } = await desk.setup.now()
  return hashOf({
    rules: rulesHash,
    ...(agreement ? { sla: sla.revision, agreement } : {}),
    ...(named === null ? {} : { routing: routing.revision, ...named }),
  })
}

/** What must be answered for before it goes live. */
export async function gateOfTried(desk: Desk, db: Db, by: Principal, tried: Tried): Promise<Gate> {
  const rules = (await findVersion(db, await liveVersion(db)))?.hash ?? ''
  const hash = await hashOfTried(desk, tried, rules)
  return gateOf(desk, db, { hash, by, fromTickets: THIN })
}
