// Where one is signed in, and signing out there; what an administrator ends of somebody else.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ended, openSessions } from '#api/contract/account.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { sessionOf } from '#api/people/proof.ts'
import { refuseMightier } from '#api/people/giving.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { tellOwner } from '#desk/outbound/alerts.ts'
import { findAgent } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import { deviceOf } from '#people/device.ts'
import { resetFactors } from '#people/reset-store.ts'
import { closeSessionOf, closeSessionsOf, listSessions } from '#people/session-store.ts'

export function accountSessionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/account/sessions',
    access: 'enrolling',
    summary: 'Where one is signed in',
    answer: openSessions,
    handler: async ({ db, principal }) => {
      const current = sessionOf(principal).id
      const all = await listSessions(db, principal.agentId, desk.clock.now())
      const items = all.map(({ userAgent, ...entry }) => ({
        ...entry,
        ...deviceOf(userAgent),
        isThis: entry.id === current,
      }))
      return { items }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/account/sessions/:id',
    access: 'enrolling',
    summary: 'Signs out there',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      sessionOf(principal)
      if (!(await closeSessionOf(db, principal.agentId, params.id))) decline('not-found')
      return null
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/account/sessions',
    access: 'enrolling',
    summary: 'Signs out everywhere but here',
    answer: ended,
    handler: async ({ db, principal }) => ({
      ended: await closeSessionsOf(db, principal.agentId, sessionOf(principal).id),
    }),
  })
  othersRoutes(app, desk)
}

function othersRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'DELETE',
    url: '/agents/:id/sessions',
    access: 'agents.write',
    stepUp: true,
    summary: 'Ends all sessions of an agent',
    params: idParams,
    answer: ended,
    handler: async ({ db, params, principal }) => {
      const found = (await findAgent(db, params.id)) ?? decline('not-found')
      await refuseMightier(db, principal, found)
      const { id, name } = found
      const count = await closeSessionsOf(db, id)
      await audit(db, principal, desk.clock.now(), {
        action: 'sessions_ended',
        thing: { type: 'agent', id, name },
      })
      return { ended: count }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/agents/:id/factors',
    access: 'agents.write',
    stepUp: true,
    summary: 'Takes all second factors from an agent who lost them, and ends its sessions',
    params: idParams,
    answer: ended,
    handler: async ({ db, params, principal }) => {
      // A stolen token must not take away what stands between a password and its account.
      if (principal.token !== null) decline('forbidden', 'A token cannot reset a second factor.')
      const agent = (await findAgent(db, params.id)) ?? decline('not-found')
      await refuseMightier(db, principal, agent)
      const count = await resetFactors(db, { agent, by: principal, at: desk.clock.now() })
      await tellOwner(desk, db, agent.id, 'factors_reset')
      return { ended: count }
    },
  })
}
