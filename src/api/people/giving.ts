// Nobody gives what they do not have, nor changes the account of somebody who may do more: both would be ways to more rights.
import { decline, declineInput } from '#api/http/problem.ts'
import type { Principal } from '#people/can.ts'
import { partOf, gives, rightsOf, type Holder } from '#people/rights.ts'
import type { Agent } from '#people/people.ts'
import { findRole, holderOf } from '#people/role-store.ts'
import type { Role } from '#people/role.ts'
import type { Db } from '#store/database.ts'

/** Refuses a role that gives more than `principal` has; the token that asks does not count, its scopes say what it may do. */
export function refuseBeyond(principal: Principal, holder: Holder): void {
  const missing = rightsOf(holder).filter((action) => !gives(principal, action))
  if (missing.length > 0)
    decline('forbidden', `Nobody can give what they do not have: ${missing.join(', ')}.`, {
      refusal: 'beyond_own',
    })
}

/** Refuses a change of the account of somebody who may do more. */
export async function refuseMightier(db: Db, principal: Principal, { id, name }: Agent): Promise<void> {
  const holder = await holderOf(db, id)
  if (holder !== null && rightsOf(holder).some((action) => !gives(principal, action)))
    decline('forbidden', `${name} may do more than you: somebody who may do as much changes this account.`, {
      refusal: 'beyond_own',
    })
}

type Chosen = { readonly role?: Role | undefined; readonly roleId?: number | null | undefined }

/** The role that was chosen for an agent, if `principal` may give it: what an account keeps of it, nothing where none was chosen. */
export async function chosenRole(
  db: Db,
  principal: Principal,
  { role, roleId }: Chosen,
): Promise<{ role?: Role; roleId?: number | null }> {
  if (roleId === undefined || roleId === null) {
    if (role === undefined) return {}
    refuseBeyond(principal, { role, customRole: null })
    return { role, roleId: null }
  }
  const found = await findRole(db, roleId)
  if (found === null || found.archived) return declineInput('roleId', 'is no role')
  const part = partOf(found.actions)
  refuseBeyond(principal, { role: part, customRole: found })
  return { role: part, roleId }
}

type Limited = {
  readonly onlyBrands?: Ids
  readonly onlyMailboxes?: Ids
  readonly sees?: string | undefined
  readonly teams?: readonly number[] | undefined
}
type Ids = readonly number[] | null | undefined

/**
 * Refuses to let somebody see more brands or mailboxes than one sees oneself, or, with a role of the desk's own, more teams: the four
 * roles' administrators move walls (decision 68), others do not give themselves what lies behind them. `had` is what is there already.
 */
export function refuseFurtherSight(principal: Principal, given: Limited, had: Agent | null): void {
  const { limits, customRole, sees, teamIds } = principal
  const isNew = had === null
  if (customRole !== null && sees === 'own_teams') {
    if (given.sees === 'all' && had?.sees !== 'all') declineInput('sees', 'is more than you see yourself')
    const known = [...teamIds, ...(had?.teams ?? []).map(({ id }) => id)]
    if (given.teams?.some((id) => !known.some((each) => each === id)))
      declineInput('teams', 'is more than you see yourself')
  }
  if (limits === null) return
  const isBeyond = (own: readonly number[] | null, ids: Ids) =>
    own !== null && (ids === undefined ? isNew : ids === null || ids.some((id) => !own.includes(id)))
  for (const [field, own] of [
    ['onlyBrands', limits.brandIds],
    ['onlyMailboxes', limits.mailboxIds],
  ] as const)
    if (isBeyond(own, given[field])) declineInput(field, 'is more than you see yourself')
}
