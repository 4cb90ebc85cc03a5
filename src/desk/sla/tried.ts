// The backtest of a policy or calendar that is not published yet: by what it is known again, and what it must answer for.
import type { Desk } from '#desk/desk.ts'
import { gateOf, type Gate } from '#desk/rules/gate.ts'
import type { Principal } from '#people/can.ts'
import { hashOf } from '#rules/rulebook.ts'
import { findVersion, liveVersion } from '#rules/rulebook-store.ts'
import type { TriedAgreement } from '#sla/draft-book.ts'
import type { Db } from '#store/database.ts'

/** A past of fewer tickets says nothing about how an agreement will be kept. */
const THIN = 100

/** Names what was tried: this agreement beside the rules and the other agreements that are live. */
export async function hashOfAgreement(
  desk: Desk,
  agreement: TriedAgreement,
  rulesHash: string,
): Promise<string> {
  const { sla } = await desk.setup.now()
  return hashOf({ rules: rulesHash, sla: sla.revision, agreement })
}

/** What must be answered for before an agreement is published. */
export async function gateOfAgreement(
  desk: Desk,
  db: Db,
  by: Principal,
  agreement: TriedAgreement,
): Promise<Gate> {
  const rules = (await findVersion(db, await liveVersion(db)))?.hash ?? ''
  const hash = await hashOfAgreement(desk, agreement, rules)
  return gateOf(desk, db, { hash, by, fromTickets: THIN })
}
