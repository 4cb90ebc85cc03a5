// Who may call a route by the table of access: the oracle of the tests about rights.
import type { Role } from '#people/role.ts'
import { table } from './access-table.ts'

export type Somebody = {
  readonly role: Role
  readonly whole: boolean
  readonly scopes: readonly string[] | null
}

/** What each route asks for. */
export const needOf = new Map(
  Object.entries(table).flatMap(([need, routes]) => routes.map((each) => [each, need])),
)

const RANK: Record<Role, number> = { viewer: 0, agent: 1, lead: 2, admin: 3 }

/** Whether somebody has what a line of the table asks for. */
export function mayCall(need: string, { role, whole, scopes: held }: Somebody): boolean {
  if (need === 'anyone' || need === 'signed_in' || need === 'enrolling') return true
  // Nobody of the desk is a visitor.
  if (need === 'visitor') return false
  const [least = 'admin', scope = '', wholeDesk] = need.split(' ')
  if (RANK[role] < RANK[least as Role] || (wholeDesk !== undefined && !whole)) return false
  return held === null || held.includes(scope)
}
