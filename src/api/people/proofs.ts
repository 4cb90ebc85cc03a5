// Stepping up: proving once more to be there, for what needs a session whose proof is fresh.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { passkeyOptions, proofShown } from '#api/contract/account.ts'
import { declineInput } from '#api/http/problem.ts'
import { askToSign } from '#api/people/passkey-ceremony.ts'
import { holderOf, prove, sessionOf, take } from '#api/people/proof.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { noteProof } from '#people/session-store.ts'

const FEW = { max: 20, timeWindow: '1 minute' }

export function proofRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/session/proof/challenge',
    access: 'enrolling',
    summary: "What one of one's own passkeys is to sign",
    answer: passkeyOptions,
    answersSecret: true,
    status: 200,
    rateLimit: FEW,
    handler: async ({ db, principal }) => {
      const holder = holderOf(sessionOf(principal))
      return askToSign(desk, db, { agentId: principal.agentId, holder, purpose: 'prove' })
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/session/proof',
    access: 'enrolling',
    summary: 'Proves to be there; for ten minutes nothing asks again',
    body: proofShown,
    answer: z.null(),
    status: 204,
    rateLimit: FEW,
    beforehand: ({ body, principal }) => {
      const holder = holderOf(sessionOf(principal))
      return take(desk, body, { agentId: principal.agentId, holder, purpose: 'prove' })
    },
    handler: async ({ db, body, early: taken, principal }) => {
      const session = sessionOf(principal)
      if ('password' in body && session.factors.length > 0)
        declineInput('password', 'is not enough for an account with a second factor')
      await prove(desk, db, body, { agentId: principal.agentId, taken })
      await noteProof(db, session.id, desk.clock.now())
      return null
    },
  })
}
