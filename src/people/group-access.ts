// What the groups of a company lead to here: the mightiest role of all that a person is in, and every team that is named.
import type { TeamId } from '#kit/ids.ts'
import { roles, type Role } from '#people/role.ts'

/** Everybody who comes from there, whatever group they are in. */
export const EVERYBODY = '*'

export type Grant = {
  readonly group: string
  readonly role: Role | null
  readonly teamId: TeamId | null
}

export type Granted = {
  /** Null: nothing lets them in. */
  readonly role: Role | null
  readonly teamIds: readonly TeamId[]
  /** The teams that some group decides about; membership in others stays as it is. */
  readonly decidedTeamIds: readonly TeamId[]
}

/** What members of `groups` are given. Names of groups are compared without case. */
export function grantedTo(groups: readonly string[], grants: readonly Grant[]): Granted {
  const held = new Set(groups.map((group) => group.toLowerCase()))
  const mine = grants.filter(({ group }) => group !== EVERYBODY && held.has(group.toLowerCase()))
  const everybody = grants.filter(({ group }) => group === EVERYBODY)
  const named = mine.map(({ role }) => role)
  const role =
    roles.find((each) => named.includes(each)) ?? everybody.find((each) => each.role !== null)?.role ?? null
  return {
    role,
    teamIds: teamsOf([...mine, ...everybody]),
    decidedTeamIds: teamsOf(grants),
  }
}

/** Whether groups decide about roles at all; else those who are here keep theirs. */
export function decidesRoles(grants: readonly Grant[]): boolean {
  return grants.some(({ group, role }) => group !== EVERYBODY && role !== null)
}

const teamsOf = (grants: readonly Grant[]): TeamId[] =>
  [...new Set(grants.map(({ teamId }) => teamId).filter((id) => id !== null))].toSorted((a, b) => a - b)
