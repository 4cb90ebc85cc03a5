// An agent's account changes, whoever asked: an administrator, a directory, or the groups of whoever just signed in.
import { releaseTicketsOf } from '#desk/leave.ts'
import type { Desk } from '#desk/desk.ts'
import { byOf, bySystem } from '#desk/update.ts'
import type { PersonId } from '#kit/ids.ts'
import {
  changeAgent,
  countAdministrators,
  findAgent,
  isShutByGroups,
  lockAdministrators,
  noteShutByGroups,
  setTeamsOf,
  type AgentChange,
} from '#people/agent-store.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { decidesRoles, grantedTo, type Grant } from '#people/group-access.ts'
import { groupsOf, listGrants, lockGrants, moveTeams } from '#people/group-store.ts'
import { isLost } from '#people/identity-store.ts'
import type { Agent } from '#people/people.ts'
import { closeSessionsOf } from '#people/session-store.ts'
import { lookAtWaiting } from '#routing/queue-store.ts'
import { tell } from '#store/listen.ts'
import type { Transaction } from '#store/database.ts'

export type AccountPatch = AgentChange & { readonly teams?: readonly number[] | undefined }

/** What of an agent stands in the audit log. */
export function auditable(agent: Agent) {
  const { name, email, active, sees, teams, onlyBrands, onlyMailboxes } = agent
  const names = teams.map((each) => each.name)
  return { name, email, role: roleName(agent), active, sees, teams: names, onlyBrands, onlyMailboxes }
}

/** What the role of an agent is called: its own name, or the word for one of the four. */
export const roleName = ({ role, customRole }: Pick<Agent, 'role' | 'customRole'>): string =>
  customRole?.name ?? role

/** Whether a change would leave the desk without an administrator. */
export async function losesLastAdministrator(
  tx: Transaction,
  from: Agent,
  change: Pick<AgentChange, 'role' | 'active'>,
): Promise<boolean> {
  const isOne = from.role === 'admin' && from.active
  const stays = (change.role ?? 'admin') === 'admin' && change.active !== false
  if (!isOne || stays) return false
  // Of two who go at once, the second is to see that the first has gone.
  await lockAdministrators(tx)
  return (await countAdministrators(tx)) === 1
}

/**
 * Changes an account and all that follows: sessions end with a new role, password or deactivation; tickets of teams left are given
 * back; waiting tickets are looked at anew; it is written down. `by` is null when no agent asked. Returns the agent as it is then.
 */
export async function changeAccount(
  desk: Desk,
  tx: Transaction,
  { from, change, by }: { from: Agent; change: AccountPatch; by: Principal | null },
): Promise<Agent> {
  const at = desk.clock.now()
  const { teams, ...rest } = change
  await changeAgent(tx, from.id, rest, at)
  const left = teams === undefined ? [] : await setTeamsOf(tx, from.id, teams, at)
  const isOut = change.active === false
  const isOther =
    (change.role ?? from.role) !== from.role ||
    (change.roleId !== undefined && change.roleId !== (from.customRole?.id ?? null))
  if (change.passwordHash !== undefined || isOut || isOther) await closeSessionsOf(tx, from.id)
  if (teams !== undefined || change.active !== undefined) await lookAtWaiting(tx)
  await releaseTicketsOf(desk, tx, {
    agentId: from.id,
    teamIds: isOut ? 'all' : left,
    by: by === null ? bySystem : byOf(by),
  })
  return noteChange(desk, tx, { from, by, isAlways: by !== null })
}

async function noteChange(
  desk: Desk,
  tx: Transaction,
  { from, by, isAlways = false }: { from: Agent; by: Principal | null; isAlways?: boolean },
): Promise<Agent> {
  const to = (await findAgent(tx, from.id)) ?? from
  const changes = changesBetween(auditable(from), auditable(to))
  if (changes.length === 0 && !isAlways) return to
  const { name, email, role, customRole, active, sees, teams, onlyBrands, onlyMailboxes } = from
  await audit(tx, by, desk.clock.now(), {
    action: 'agent_changed',
    thing: { type: 'agent', id: to.id, name: to.name },
    changes,
    back: {
      method: 'PATCH',
      path: `/agents/${from.id}`,
      body: {
        name,
        email,
        role,
        roleId: customRole?.id ?? null,
        active,
        sees,
        onlyBrands,
        onlyMailboxes,
        teams: teams.map((each) => each.id),
      },
    },
  })
  tell(tx, { changed: 'agents', id: to.id })
  return to
}

/**
 * Gives an agent who comes from a provider or a directory what the groups of the company lead to. The last administrator stays one.
 * False when their groups let them in no longer, or their directory has lost them.
 */
export async function applyGroups(
  desk: Desk,
  tx: Transaction,
  agentId: PersonId,
  by: Principal | null,
): Promise<boolean> {
  await lockGrants(tx)
  const at = desk.clock.now()
  const from = await findAgent(tx, agentId)
  if (from === null) return true
  if ((await isLost(tx, agentId)) && !(await losesLastAdministrator(tx, from, { active: false }))) {
    await shutOut(desk, tx, from, by)
    return false
  }
  const groups = await groupsOf(tx, agentId)
  if (groups === null) return true
  const grants = await listGrants(tx)
  const granted = grantedTo(groups, grants)
  const own = { role: from.role, roleId: from.customRole?.id ?? null }
  const { role, roleId } = decidesRoles(grants) ? granted : own
  if (role === null && !(await losesLastAdministrator(tx, from, { active: false }))) {
    await shutOut(desk, tx, from, by)
    return false
  }
  if (!from.active && (await isShutByGroups(tx, agentId)))
    await changeAccount(desk, tx, { from, change: { active: true }, by })
  const isLast = role === null || (await losesLastAdministrator(tx, from, { role }))
  if (role !== null && (role !== own.role || roleId !== own.roleId) && !isLast) {
    await changeAgent(tx, agentId, { role, roleId }, at)
    await closeSessionsOf(tx, agentId)
  }
  const left = await moveTeams(tx, agentId, {
    into: granted.teamIds,
    outOf: granted.decidedTeamIds,
    at,
  })
  await releaseTicketsOf(desk, tx, { agentId, teamIds: left, by: by === null ? bySystem : byOf(by) })
  const to = await noteChange(desk, tx, { from, by })
  if (to.teams.length !== from.teams.length || left.length > 0) await lookAtWaiting(tx)
  return true
}

/** Whether their directory, or none of their groups, would let an agent in: what `applyGroups` goes by, asked of many. */
export async function wouldBeShutOut(
  tx: Transaction,
  agentId: PersonId,
  grants: readonly Grant[],
): Promise<boolean> {
  if (await isLost(tx, agentId)) return true
  const groups = await groupsOf(tx, agentId)
  return groups !== null && decidesRoles(grants) && grantedTo(groups, grants).role === null
}

/**
 * No group lets them in any more, or their directory has them no longer: nothing of theirs does, until a group does again. The last
 * administrator stays.
 */
async function shutOut(desk: Desk, tx: Transaction, from: Agent, by: Principal | null): Promise<void> {
  if (!from.active || (await losesLastAdministrator(tx, from, { active: false }))) return
  await changeAccount(desk, tx, { from, change: { active: false }, by })
  await noteShutByGroups(tx, from.id)
}
