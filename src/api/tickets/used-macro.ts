// A macro that is used on a ticket: found within the caller's sight, and noted beside the update that came of it.
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import type { Done } from '#desk/update.ts'
import { can, type Principal } from '#people/can.ts'
import { findMacro, noteMacroUse, type Macro } from '#rules/macro-store.ts'
import type { Db } from '#store/database.ts'

/** The macro, where the caller may use it; any other is not there. */
export async function seenMacro(desk: Desk, db: Db, macroId: number, principal: Principal): Promise<Macro> {
  const found = await findMacro(db, macroId, desk.clock.now())
  if (found === null || !isSeen(found, principal))
    return decline('not-found', `There is no macro ${macroId}.`)
  return found
}

/** Notes in the log's margin which macro an update came from. A macro the caller does not have is no macro of theirs. */
export async function noteMacro(
  desk: Desk,
  db: Db,
  macroId: number,
  { ticket, updateId, events }: Done,
  principal: Principal,
): Promise<void> {
  if (events.length === 0) return
  await seenMacro(desk, db, macroId, principal)
  const { agentId } = principal
  await noteMacroUse(db, { macroId, ticketId: ticket.id, updateId, agentId, at: desk.clock.now() })
}

/** Own, of one's teams, or shared. */
export function isSeen({ scope, ownerId, teamId }: Macro, principal: Principal): boolean {
  if (scope === 'personal') return ownerId === principal.agentId
  if (scope === 'shared' || can(principal, 'macros.share')) return true
  return teamId !== null && principal.teamIds.includes(teamId)
}
