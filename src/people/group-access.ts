// What the groups of a company lead to here: of all roles that a person's groups name the one with most rights, and every team.
import type { TeamId } from '#kit/ids.ts'
import { rightsOf, type Holder } from '#people/rights.ts'
import type { Role } from '#people/role.ts'

/** Everybody who comes from there, whatever group they are in. */
export const EVERYBODY = '*'

export type Grant = {
  readonly group: string
  readonly role: Role | null
  /** The role of the desk's own that makes `role` of them. */
  readonly customRole: Holder['customRole']
  readonly teamId: TeamId | null
}

export type Granted = {
  /** Null: nothing lets them in. */
  readonly role: Role | null
  readonly roleId: number | null
  readonly teamIds: readonly TeamId[]
  /** The teams that some group decides about; membership in others stays as it is. */
  readonly decidedTeamIds: readonly TeamId[]
}

/** What members of `groups` are given. Names of groups are compared without case. */
export function grantedTo(groups: readonly string[], grants: readonly Grant[]): Granted {
  const held = new Set(groups.map((group) => group.toLowerCase()))
  const mine = grants.filter(({ group }) => group !== EVERYBODY && held.has(group.toLowerCase()))
  const everybody = grants.filter(({ group }) => group === EVERYBODY)
  const best = mightiest(mine) ?? mightiest(everybody)
  return {
    role: best?.role ?? null,
    roleId: best?.customRole?.id ?? null,
    teamIds: teamsOf([...mine, ...everybody]),
    decidedTeamIds: teamsOf(grants),
  }
}

/** The grant with most rights; of two alike the one that every desk has. */
function mightiest(grants: readonly Grant[]): Grant | null {
  const weight = ({ role, customRole }: Grant) => (role === null ? -1 : rightsOf({ role, customRole }).length)
  const [first] = grants
    .filter(({ role }) => role !== null)
    .toSorted(
      (a, b) => weight(b) - weight(a) || Number(a.customRole !== null) - Number(b.customRole !== null),
    )
  return first ?? null
}

/** Whether groups decide about roles at all; else those who are here keep theirs. */
export function decidesRoles(grants: readonly Grant[]): boolean {
  return grants.some(({ group, role }) => group !== EVERYBODY && role !== null)
}

const teamsOf = (grants: readonly Grant[]): TeamId[] =>
  [...new Set(grants.map(({ teamId }) => teamId).filter((id) => id !== null))].toSorted((a, b) => a - b)
