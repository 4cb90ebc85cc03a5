// Who may call a route by the table of access: the oracle of the tests about rights.
import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Role } from '#people/role.ts'
import { table } from './access-table.ts'

export type Somebody = {
  readonly role: Role
  readonly whole: boolean
  readonly scopes: readonly string[] | null
  /** What a role of the desk's own gives, in the place of `role`. */
  readonly rights?: readonly string[]
}

/** What each route asks for. */
export const needOf = new Map(
  Object.entries(table).flatMap(([need, routes]) => routes.map((each) => [each, need])),
)

const RANK: Record<Role, number> = { viewer: 0, agent: 1, lead: 2, admin: 3 }

/** The right that each route asks for, as the desk itself says it: noted from before it starts. */
export const rightOf = new Map<string, string>()

/** Notes the rights of routes of every desk that starts from now on. */
export function noteRights(): void {
  const note = ({ method, url, config }: RouteOptions) =>
    void rightOf.set(`${String(method)} ${url.replace('/api/v1', '')}`, config?.access ?? '')
  subscribe('fastify.initialization', (message) =>
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', note),
  )
}

/** Whether somebody may call a route: by the table, and where the role is the desk's own by the right that the route asks for. */
export function mayCallRoute(route: string, somebody: Somebody): boolean {
  const need = needOf.get(route) ?? ''
  if (somebody.rights === undefined || !need.includes(' ')) return mayCall(need, somebody)
  const { whole, rights } = somebody
  return rights.includes(rightOf.get(route) ?? '') && (whole || !need.endsWith(' whole'))
}

/** Whether somebody has what a line of the table asks for. */
export function mayCall(need: string, { role, whole, scopes: held }: Somebody): boolean {
  if (need === 'anyone' || need === 'signed_in' || need === 'enrolling') return true
  // Nobody of the desk is a visitor.
  if (need === 'visitor') return false
  const [least = 'admin', scope = '', wholeDesk] = need.split(' ')
  if (RANK[role] < RANK[least as Role] || (wholeDesk !== undefined && !whole)) return false
  return held === null || held.includes(scope)
}
