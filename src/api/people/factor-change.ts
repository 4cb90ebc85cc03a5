// What comes with every second factor that is added or removed: recovery codes, sessions, the audit log, a word to
// the owner.
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import type { factorAdded } from '#api/contract/account.ts'
import { decline } from '#api/http/problem.ts'
import { signIn } from '#api/people/enter.ts'
import { sessionOf } from '#api/people/proof.ts'
import type { Desk } from '#desk/desk.ts'
import { tellOwner } from '#desk/outbound/alerts.ts'
import { audit, type Change } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import {
  factorRules,
  factorsOf,
  lockFactors,
  recoveryCodesLeft,
  setRecoveryCodes,
} from '#people/factor-store.ts'
import { newRecoveryCodes } from '#people/secrets.ts'
import { closeSessionsOf, noteProof } from '#people/session-store.ts'
import { forgetProofTries } from '#people/sign-in-store.ts'
import type { Db } from '#store/database.ts'

type Adding = {
  readonly principal: Principal
  readonly reply: FastifyReply
  readonly action: string
  readonly changes?: readonly Change[]
}

/** Adds a factor. With the first one begins another way in: recovery codes, and a new session in the place of all before. */
export async function addFactor(
  desk: Desk,
  db: Db,
  { principal, reply, action, changes = [] }: Adding,
  add: () => Promise<void>,
): Promise<z.input<typeof factorAdded>> {
  const at = desk.clock.now()
  const { agentId } = principal
  await lockFactors(db, agentId)
  const isFirst = (await factorsOf(db, agentId)).length === 0
  await add()
  await forgetProofTries(db, agentId)
  await audit(db, principal, at, { action, thing: own(principal), changes })
  await tellOwner(desk, db, agentId, 'factor_added')
  if (isFirst) {
    await closeSessionsOf(db, agentId)
    await signIn(desk, db, agentId, reply)
  } else await noteProof(db, sessionOf(principal).id, at)
  if ((await recoveryCodesLeft(db, agentId)) > 0) return { recoveryCodes: null }
  const codes = newRecoveryCodes()
  await setRecoveryCodes(db, agentId, codes)
  return { recoveryCodes: codes }
}

/** Removes a factor and ends all other sessions. The last one stays where the role needs one; recovery codes go with the last. */
export async function removeFactor(
  desk: Desk,
  db: Db,
  { principal, action }: { principal: Principal; action: string },
  remove: () => Promise<readonly Change[] | null>,
): Promise<null> {
  const { agentId, role } = principal
  const session = sessionOf(principal)
  await lockFactors(db, agentId)
  const changes = (await remove()) ?? decline('not-found')
  if ((await factorsOf(db, agentId)).length === 0) {
    if ((await factorRules(db)).some((rule) => rule.role === role))
      decline('refused', 'Your role needs a second factor. Add another before you remove this one.', {
        refusal: 'last_factor',
      })
    await setRecoveryCodes(db, agentId, [])
  }
  await closeSessionsOf(db, agentId, session.id)
  await audit(db, principal, desk.clock.now(), { action, thing: own(principal), changes })
  await tellOwner(desk, db, agentId, 'factor_removed')
  return null
}

/** An account as the audit log names it. */
export const own = ({ agentId, name }: Principal) => ({ type: 'agent', id: agentId, name })
