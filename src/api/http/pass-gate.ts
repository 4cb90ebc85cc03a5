// The gate before a policy, a calendar or a change of routing goes live: passed with a backtest, or with a reason that is written down.
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { gateOfTried, type Tried } from '#desk/past/tried.ts'
import type { Change } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'

const refusals = {
  needs_reason: 'Its backtest is missing or has findings: say why it is published all the same.',
  needs_backtest: 'Backtest it first: over 30 days, 1,000 tickets or all there are, in the last 7 days.',
}

/** Passes the gate, and answers what the audit log is to tell of that; declined where it is shut or a reason is missing. */
export async function passGate(
  desk: Desk,
  db: Db,
  by: Principal,
  tried: Tried,
  reason: string | undefined,
): Promise<readonly Change[]> {
  const { problems, isShut } = await gateOfTried(desk, db, by, tried)
  const refusal = isShut
    ? 'needs_backtest'
    : problems.length > 0 && reason === undefined
      ? 'needs_reason'
      : null
  if (refusal !== null) return decline('refused', refusals[refusal], { refusal, problems })
  if (problems.length === 0) return []
  return [{ field: 'acknowledged', from: problems.map(({ code }) => code), to: reason }]
}
