// Roles of the desk's own: who may do what beyond the four that every desk has. Nobody gives what they do not have.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { deskQuery } from '#api/contract/desk.ts'
import {
  agentRights,
  customRole,
  customRolePage,
  customRolePatch,
  newCustomRole,
} from '#api/contract/roles.ts'
import { idParams } from '#api/contract/shapes.ts'
import { nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { refuseBeyond } from '#api/people/giving.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import type { BrandId, MailboxId } from '#kit/ids.ts'
import { findAgent, readersById } from '#people/agent-store.ts'
import { audit, changesBetween, type Change } from '#people/audit-store.ts'
import type { Limits } from '#people/can.ts'
import { completed, partOf, actions, gives, type Action, type Needs } from '#people/rights.ts'
import {
  addRole,
  changeRole,
  findRole,
  findRoleByName,
  holderOf,
  listRoles,
  lockRole,
  usesOfRole,
  type CustomRole,
} from '#people/role-store.ts'
import { closeSessionsOf } from '#people/session-store.ts'
import { lookAtWaiting } from '#routing/queue-store.ts'
import { listBrands } from '#setup/brand-store.ts'
import { listMailboxes } from '#setup/mailbox-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function roleRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/roles',
    access: 'desk.read',
    summary: 'Roles of the desk’s own by name, with the rights that they give',
    query: deskQuery,
    answer: customRolePage,
    handler: async ({ db, query: { q = '', limit, cursor, archived } }) => {
      const page = { q, limit: limit + 1, archived: archived === 'true', after: readCursor(cursor, nameKey) }
      return pageFrom(await listRoles(db, page), limit, ({ name, id }) => ({ name, id }), present)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/roles',
    access: 'roles.write',
    stepUp: true,
    summary: 'Adds a role; what the chosen rights need comes with them',
    body: newCustomRole,
    answer: customRole,
    handler: async ({ db, body, principal }) => {
      const given = completed(body.actions)
      refuseBeyond(principal, { role: partOf(given), customRole: { id: 0, name: body.name, actions: given } })
      const at = desk.clock.now()
      const id = await addRole(db, { name: body.name, actions: given, limits: limitsOf(body.limits), at })
      if (id === null) return declineInput('name', 'is taken')
      const made = (await findRole(db, id)) ?? decline('not-found')
      await audit(db, principal, at, {
        action: 'role_added',
        thing: { type: 'role', id, name: made.name },
        changes: changesOf(null, made),
      })
      tell(db, { changed: 'agents', id: null })
      return present(made)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/roles/:id',
    access: 'roles.write',
    stepUp: true,
    summary: 'Changes a role for all who hold it, at once; archives one that nobody holds',
    params: idParams,
    body: customRolePatch,
    answer: customRole,
    handler: async ({ db, params, body, principal }) => {
      await lockRole(db, params.id)
      const from = (await findRole(db, params.id)) ?? decline('not-found')
      const given = body.actions === undefined ? from.actions : completed(body.actions)
      // Neither what it gave nor what it gives is more than one has oneself.
      for (const rights of [from.actions, given])
        refuseBeyond(principal, { role: partOf(rights), customRole: { ...from, actions: rights } })
      await refuseTaken(db, from, body.name, body.archived)
      if (body.archived === true && !from.archived) await refuseInUse(db, from)
      if (principal.customRole?.id === from.id && !given.includes('roles.write'))
        declineInput('actions', 'you could not change this role back: you hold it yourself')
      const { name, archived } = body
      const limits = body.limits === undefined ? undefined : limitsOf(body.limits)
      const at = desk.clock.now()
      await changeRole(db, from.id, { name, actions: given, limits, archived }, at)
      const to = (await findRole(db, from.id)) ?? decline('not-found')
      await afterChange(db, from, to)
      await audit(db, principal, at, {
        action: 'role_changed',
        thing: { type: 'role', id: from.id, name: to.name },
        changes: changesOf(from, to),
        back: {
          method: 'PATCH',
          path: `/roles/${from.id}`,
          body: {
            name: from.name,
            actions: [...from.actions],
            limits: shapeOf(from.limits),
            archived: from.archived,
          },
        },
      })
      tell(db, { changed: 'agents', id: null })
      return present(to)
    },
  })
  rightsRoute(app, desk)
}

function rightsRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/agents/:id/rights',
    access: 'agents.write',
    summary: 'What an agent may do, and why: which role gives it, which wall takes it',
    params: idParams,
    answer: agentRights,
    handler: async ({ db, params }) => {
      const found = (await findAgent(db, params.id)) ?? decline('not-found')
      const holder = (await holderOf(db, found.id)) ?? decline('not-found')
      const [reader] = await readersById(db, [found.id])
      if (reader === undefined) return decline('not-found')
      const because = (action: Action) => {
        if (!gives(holder, action)) return 'not_in_role'
        const { wholeDesk }: Needs = actions[action]
        if (wholeDesk === true && reader.sees !== 'all') return 'wall'
        return found.active ? 'role' : 'deactivated'
      }
      const items = (Object.keys(actions) as Action[]).map((action) => {
        const why = because(action)
        return { action, allowed: why === 'role', because: why } as const
      })
      const { brandIds = null, mailboxIds = null } = reader.limits ?? {}
      const named = <Named extends { id: number; name: string }>(
        all: readonly Named[],
        ids: readonly number[] | null,
      ) =>
        ids === null ? null : all.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }))
      const role = holder.customRole === null ? null : await findRole(db, holder.customRole.id)
      return {
        role: { name: holder.customRole?.name ?? holder.role, custom: holder.customRole !== null },
        items,
        sight: {
          teams: found.sees === 'all' ? null : [...found.teams],
          brands: named(await listBrands(db), brandIds),
          mailboxes: named(
            (await listMailboxes(db)).map(({ id, address }) => ({ id, name: address })),
            mailboxIds,
          ),
          limitedBy: [
            ...(role?.limits == null ? [] : (['role'] as const)),
            ...(found.onlyBrands === null && found.onlyMailboxes === null ? [] : (['agent'] as const)),
          ],
        },
      }
    },
  })
}

/** Who loses a right is signed out, as with any other role; waiting tickets are looked at anew. */
async function afterChange(
  db: Parameters<typeof closeSessionsOf>[0],
  from: CustomRole,
  to: CustomRole,
): Promise<void> {
  const isLess = from.actions.some((action) => !to.actions.includes(action))
  if (isLess) for (const { id } of (await usesOfRole(db, from.id)).agents) await closeSessionsOf(db, id)
  await lookAtWaiting(db)
}

async function refuseTaken(
  db: Db,
  from: CustomRole,
  name: string | undefined,
  archived: boolean | undefined,
): Promise<void> {
  if (archived ?? from.archived) return
  const other = await findRoleByName(db, name ?? from.name)
  if (other !== null && other.id !== from.id) declineInput('name', 'is taken')
}

async function refuseInUse(db: Db, { id, name }: CustomRole): Promise<void> {
  const { agents, groups } = await usesOfRole(db, id)
  const uses = [...agents.map((each) => each.name), ...groups]
  if (uses.length > 0)
    decline(
      'conflict',
      `${name} is still given to: ${uses.slice(0, 10).join(', ')}. Give them another role first.`,
    )
}

const limitsOf = (shape: z.output<typeof newCustomRole>['limits']): Limits | null =>
  shape === undefined || (shape.brandIds === null && shape.mailboxIds === null)
    ? null
    : { brandIds: shape.brandIds as BrandId[] | null, mailboxIds: shape.mailboxIds as MailboxId[] | null }

const shapeOf = (limits: Limits | null) => ({
  brandIds: limits?.brandIds == null ? null : [...limits.brandIds],
  mailboxIds: limits?.mailboxIds == null ? null : [...limits.mailboxIds],
})

/** What changed of a role: of its rights those that came and those that went. */
function changesOf(from: CustomRole | null, to: CustomRole): Change[] {
  const came = to.actions.filter((action) => from?.actions.includes(action) !== true)
  const went = from?.actions.filter((action) => !to.actions.includes(action)) ?? []
  return [
    ...changesBetween(from === null ? { archived: false } : auditable(from), auditable(to)),
    ...(came.length === 0 ? [] : [{ field: 'rightsGiven', from: null, to: came }]),
    ...(went.length === 0 ? [] : [{ field: 'rightsTaken', from: went, to: null }]),
  ]
}

const auditable = ({ name, limits, archived }: CustomRole) => ({
  name,
  onlyBrands: limits?.brandIds ?? null,
  onlyMailboxes: limits?.mailboxIds ?? null,
  archived,
})

function present({ limits, actions: given, ...role }: CustomRole): z.input<typeof customRole> {
  return { ...role, actions: [...given], limits: shapeOf(limits) }
}
