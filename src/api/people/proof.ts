// Whether somebody is who they say: by a code, a passkey or the password. Signing in and stepping up ask here alike.
import type { z } from 'zod'
import type { factorShown, proofShown } from '#api/contract/account.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { signedBy, takeChallenge } from '#api/people/passkey-ceremony.ts'
import type { Desk } from '#desk/desk.ts'
import { isDirectoryPassword, type Unanswered } from '#desk/directory.ts'
import { tellOwner } from '#desk/outbound/alerts.ts'
import type { PersonId } from '#kit/ids.ts'
import { findAgent, passwordHashOf } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { findTotp, recoveryCodesLeft, useRecoveryCode, useTotpStep } from '#people/factor-store.ts'
import type { Purpose } from '#people/passkey-store.ts'
import { isPassword, readRecoveryCode } from '#people/secrets.ts'
import { forgetProofTries, giveProofTryBack, takeProofTry } from '#people/sign-in-store.ts'
import { isCode, stepOf } from '#people/totp.ts'
import type { Db } from '#store/database.ts'

export type Shown = z.output<typeof factorShown> | z.output<typeof proofShown>
/** What was used up before anything was judged: a try, or the challenge. It stays used up. */
export type Taken = {
  readonly mayTry: boolean
  readonly challenge: string | null
  /** Whether the password is right: a directory is asked before any transaction, and may not answer. */
  readonly isPassword: boolean | Unanswered
}

/** Takes what a proof costs, outside of the transaction that may refuse it. */
export async function take(
  desk: Desk,
  shown: Shown,
  from: { agentId: PersonId | null; holder: string; purpose: Purpose },
): Promise<Taken> {
  if ('passkey' in shown) {
    return { mayTry: true, challenge: await takeChallenge(desk, shown.passkey, from), isPassword: false }
  }
  const { agentId } = from
  const mayTry = agentId !== null && (await takeProofTry(desk.database, agentId, desk.clock.now()))
  const isRight = mayTry && 'password' in shown && (await isTheirPassword(desk, agentId, shown.password))
  // Who has an own password was judged by that.
  if (
    isRight === 'unreachable' &&
    agentId !== null &&
    (await passwordHashOf(desk.database, agentId)) === null
  )
    await giveProofTryBack(desk.database, agentId)
  return { mayTry, challenge: null, isPassword: isRight }
}

/** Who proved to be there; a refusal when nobody did, or somebody other than `agentId`. */
export async function prove(
  desk: Desk,
  db: Db,
  shown: Shown,
  { agentId, taken }: { agentId: PersonId | null; taken: Taken },
): Promise<PersonId> {
  if ('passkey' in shown) return signedBy(desk, db, shown.passkey, { challenge: taken.challenge, agentId })
  if (agentId === null) decline('signed-out', 'Sign in with your password first.')
  if (!taken.mayTry) decline('too-many', 'Too many wrong answers. Try again in an hour, or use a passkey.')
  if (!('password' in shown)) await proveCode(desk, db, agentId, shown.code)
  else if (taken.isPassword === 'unreachable') declineUnreachable()
  else if (!taken.isPassword) declineInput('password', 'is not right')
  await forgetProofTries(db, agentId)
  return agentId
}

/** The account's own password, or that of a directory which the agent comes from. */
async function isTheirPassword(
  desk: Desk,
  agentId: PersonId,
  password: string,
): Promise<boolean | Unanswered> {
  const isOwn = await isPassword(password, await passwordHashOf(desk.database, agentId))
  return isOwn || isDirectoryPassword(desk, agentId, password)
}

/** Says that nobody could judge a password, which says nothing of it. */
export function declineUnreachable(): never {
  decline('unavailable', 'The directory does not answer. Try again in some minutes.', {
    refusal: 'unreachable',
  })
}

async function proveCode(desk: Desk, db: Db, agentId: PersonId, code: string): Promise<void> {
  const at = desk.clock.now()
  const typed = code.replace(/\s/g, '')
  if (!isCode(typed)) return useRecovery(desk, db, agentId, typed)
  const totp = await findTotp(db, desk.seal, agentId)
  const step = totp?.isConfirmed === true ? stepOf(totp.secret, typed, at) : null
  if (step === null || !(await useTotpStep(db, agentId, step, at)))
    declineInput('code', 'is not right, or was used already')
}

async function useRecovery(desk: Desk, db: Db, agentId: PersonId, typed: string): Promise<void> {
  const at = desk.clock.now()
  if (!(await useRecoveryCode(db, agentId, readRecoveryCode(typed), at)))
    declineInput('code', 'is not right, or was used already')
  const left = await recoveryCodesLeft(db, agentId)
  const agent = await findAgent(db, agentId)
  await audit(db, null, at, {
    action: 'recovery_code_used',
    thing: { type: 'agent', id: agentId, name: agent?.name ?? null },
    changes: [{ field: 'recoveryCodes', from: left + 1, to: left }],
  })
  await tellOwner(desk, db, agentId, 'recovery_code')
}

/** The session at the screen; a token has none and changes nothing about the account that it acts for. */
export function sessionOf(principal: Principal) {
  return principal.session ?? decline('forbidden', 'A token cannot change the account it acts for.')
}

/** Whose challenges a session may answer. */
export const holderOf = (session: { readonly id: number }): string => `session:${session.id}`
