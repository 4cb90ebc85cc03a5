// Which roles must have a second factor, and how long an account may go on without one.
import type { FastifyInstance } from 'fastify'
import { signInPolicy, signInPolicyPut } from '#api/contract/account.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { factorRules, setFactorRules, type FactorRule } from '#people/factor-store.ts'

export function signInPolicyRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/sign-in-policy',
    access: 'sign_in.write',
    summary: 'Which roles must have a second factor',
    answer: signInPolicy,
    handler: async ({ db }) => ({ required: await factorRules(db) }),
  })
  route(app, desk, {
    method: 'PUT',
    url: '/sign-in-policy',
    access: 'sign_in.write',
    stepUp: true,
    summary: 'Says which roles must have one; where one had to already, its days do not begin again',
    body: signInPolicyPut,
    answer: signInPolicy,
    handler: async ({ db, body, principal }) => {
      if (principal.token !== null) decline('forbidden', 'A token cannot change how people sign in.')
      const at = desk.clock.now()
      const before = await factorRules(db)
      await setFactorRules(db, body.required, at)
      const after = await factorRules(db)
      await audit(db, principal, at, {
        action: 'sign_in_policy_changed',
        thing: { type: 'sign_in_policy', id: null, name: null },
        changes: changesBetween({ required: inWords(before) }, { required: inWords(after) }),
        back: { method: 'PUT', path: '/sign-in-policy', body: putOf(before) },
      })
      return { required: after }
    },
  })
}

const inWords = (rules: readonly FactorRule[]) =>
  rules.map(({ role, graceDays }) => `${role}: ${graceDays} days`)

const putOf = (rules: readonly FactorRule[]) => ({
  required: rules.map(({ role, graceDays }) => ({ role, graceDays })),
})
