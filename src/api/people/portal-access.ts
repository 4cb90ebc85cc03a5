// How a person comes to their tickets at the portal: their sessions, taking back all that lets them in, and who manages an organisation.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { managerBody, portalAccess } from '#api/contract/desk.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { refuseOutOfSight } from '#api/people/addresses.ts'
import { refuseColleague } from '#api/people/present-person.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import { portalAccessOf, revokePortal, setManager } from '#people/portal-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function portalAccessRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/people/:id/portal',
    access: 'people.read',
    summary: 'How a person comes to their tickets at the portal',
    params: idParams,
    answer: portalAccess,
    handler: ({ db, params }) => accessOf(desk, db, params.id),
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/people/:id/portal',
    access: 'people.write',
    summary: 'Ends a person’s sessions at the portal, and takes back the links in mails to them',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      await accessOf(desk, db, params.id)
      await refuseColleague(db, params.id, principal)
      await refuseOutOfSight(db, [params.id], principal)
      await revokePortal(db, params.id as PersonId, desk.clock.now())
      await noted(desk, db, principal, 'portal_revoked', params.id)
      return null
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: '/people/:id/manager',
    access: 'people.managers',
    summary:
      'Makes a person the manager of their organisation, who reads its tickets at the portal, or no manager',
    params: idParams,
    body: managerBody,
    answer: portalAccess,
    handler: async ({ db, params, body, principal }) => {
      const { manages } = await accessOf(desk, db, params.id)
      if (manages === body.manages) return accessOf(desk, db, params.id)
      if (!(await setManager(db, params.id as PersonId, body.manages)))
        decline('refused', 'They belong to no organisation. Give them one first.', {
          refusal: 'no_organization',
        })
      await noted(desk, db, principal, body.manages ? 'manager_made' : 'manager_unmade', params.id)
      return accessOf(desk, db, params.id)
    },
  })
}

async function accessOf(desk: Desk, db: Db, personId: number): Promise<z.input<typeof portalAccess>> {
  return (await portalAccessOf(db, personId as PersonId, desk.clock.now())) ?? decline('not-found')
}

async function noted(desk: Desk, db: Db, by: Principal, action: string, personId: number): Promise<void> {
  const [person] = await peopleById(db, [personId])
  const name = person?.name || person?.email || null
  await audit(db, by, desk.clock.now(), { action, thing: { type: 'person', id: personId, name } })
  tell(db, { changed: 'people', id: null })
}
