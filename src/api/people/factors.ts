// One's own second factors: an authenticator app, passkeys, recovery codes. Adding or removing takes a fresh proof.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  factorAdded,
  factors,
  newPasskey,
  passkey,
  passkeyOptions,
  passkeyPatch,
  recoveryCodes,
  totpConfirm,
  totpOffer,
} from '#api/contract/account.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { addFactor, own, removeFactor } from '#api/people/factor-change.ts'
import { askToMake, made, relyingParty, takeChallenge } from '#api/people/passkey-ceremony.ts'
import { holderOf, sessionOf } from '#api/people/proof.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { audit } from '#people/audit-store.ts'
import {
  beginTotp,
  dropTotp,
  factorRules,
  factorsOf,
  findTotp,
  recoveryCodesLeft,
  setRecoveryCodes,
  totpSince,
  useTotpStep,
} from '#people/factor-store.ts'
import { addPasskey, dropPasskey, listPasskeys, renamePasskey, type Passkey } from '#people/passkey-store.ts'
import { newRecoveryCodes, newTotpSecret } from '#people/secrets.ts'
import { takeProofTry } from '#people/sign-in-store.ts'
import { enrolmentUri, stepOf } from '#people/totp.ts'
import { readSettings } from '#setup/settings-store.ts'

const FEW = { max: 20, timeWindow: '1 minute' }
const MOST_PASSKEYS = 20

export function factorRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/account/factors',
    access: 'enrolling',
    summary: "One's own second factors",
    answer: factors,
    handler: async ({ db, principal }) => {
      sessionOf(principal)
      const since = await totpSince(db, principal.agentId)
      return {
        totp: since === null ? null : { since },
        passkeys: (await listPasskeys(db, principal.agentId)).map(presentPasskey),
        recoveryCodesLeft: await recoveryCodesLeft(db, principal.agentId),
        passkeysPossible: relyingParty(desk) !== null,
        origin: new URL(desk.baseUrl).origin,
        required: (await factorRules(db)).some(({ role }) => role === principal.role),
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/account/recovery-codes',
    access: 'enrolling',
    stepUp: true,
    summary: 'Makes ten new recovery codes, told once; those before are void',
    answer: recoveryCodes,
    answersSecret: true,
    handler: async ({ db, principal }) => {
      sessionOf(principal)
      if ((await factorsOf(db, principal.agentId)).length === 0)
        decline('refused', 'Recovery codes stand in for a second factor. Add one first.')
      const codes = newRecoveryCodes()
      await setRecoveryCodes(db, principal.agentId, codes)
      await audit(db, principal, desk.clock.now(), { action: 'recovery_codes_made', thing: own(principal) })
      return { recoveryCodes: codes }
    },
  })
  totpRoutes(app, desk)
  passkeyRoutes(app, desk)
}

function totpRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/account/totp',
    access: 'enrolling',
    stepUp: true,
    summary: 'A secret for an authenticator app, which counts once a code confirms it',
    answer: totpOffer,
    answersSecret: true,
    handler: async ({ db, principal }) => {
      sessionOf(principal)
      const { agentId, email } = principal
      const secret = newTotpSecret()
      if (!(await beginTotp(db, desk.seal, { agentId, secret, at: desk.clock.now() })))
        decline('refused', 'This account has an authenticator app. Remove it first.')
      const { deskName } = await readSettings(db)
      return { secret, uri: enrolmentUri(secret, deskName, email) }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/account/totp/confirm',
    access: 'enrolling',
    stepUp: true,
    summary: 'Shows that the app makes the right codes: from now on they are asked for',
    body: totpConfirm,
    answer: factorAdded,
    answersSecret: true,
    rateLimit: FEW,
    beforehand: ({ principal }) => {
      sessionOf(principal)
      return takeProofTry(desk.database, principal.agentId, desk.clock.now())
    },
    handler: async ({ db, body, early: mayTry, principal, reply }) => {
      if (!mayTry) decline('too-many', 'Too many wrong codes. Try again in an hour.')
      const at = desk.clock.now()
      const totp = await findTotp(db, desk.seal, principal.agentId)
      if (totp === null || totp.isConfirmed) decline('refused', 'There is no app to confirm. Begin again.')
      const step = stepOf(totp.secret, body.code.replace(/\s/g, ''), at)
      return addFactor(desk, db, { principal, reply, action: 'totp_added' }, async () => {
        if (step === null || !(await useTotpStep(db, principal.agentId, step, at)))
          declineInput('code', 'is not right. Is the clock of your phone?')
      })
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/account/totp',
    access: 'enrolling',
    stepUp: true,
    summary: 'Removes the authenticator app, and ends all other sessions',
    answer: z.null(),
    status: 204,
    handler: async ({ db, principal }) =>
      removeFactor(desk, db, { principal, action: 'totp_removed' }, async () =>
        (await dropTotp(db, principal.agentId)) ? [] : null,
      ),
  })
}

function passkeyRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/account/passkeys/challenge',
    access: 'enrolling',
    stepUp: true,
    summary: 'What a new passkey is to be made for',
    answer: passkeyOptions,
    answersSecret: true,
    status: 200,
    handler: async ({ db, principal }) => {
      const holder = holderOf(sessionOf(principal))
      if ((await listPasskeys(db, principal.agentId)).length >= MOST_PASSKEYS)
        decline('refused', `An account has at most ${MOST_PASSKEYS} passkeys. Remove one first.`)
      const { deskName } = await readSettings(db)
      return askToMake(desk, db, { principal, deskName, holder })
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/account/passkeys',
    access: 'enrolling',
    stepUp: true,
    summary: 'Keeps the passkey that the browser made',
    body: newPasskey,
    answer: factorAdded,
    answersSecret: true,
    beforehand: ({ body, principal }) =>
      takeChallenge(desk, body.passkey, { holder: holderOf(sessionOf(principal)), purpose: 'register' }),
    handler: async ({ db, body, early: challenge, principal, reply }) => {
      const { agentId } = principal
      const changes = [{ field: 'passkey', from: null, to: body.name }]
      const added = { ...(await made(desk, body.passkey, challenge)), agentId, name: body.name }
      return addFactor(desk, db, { principal, reply, action: 'passkey_added', changes }, async () => {
        if ((await addPasskey(db, { ...added, at: desk.clock.now() })) === null)
          declineInput('passkey', 'is known already')
      })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/account/passkeys/:id',
    access: 'enrolling',
    summary: 'Renames a passkey',
    params: idParams,
    body: passkeyPatch,
    answer: passkey,
    handler: async ({ db, params, body, principal }) => {
      sessionOf(principal)
      const renamed = await renamePasskey(db, principal.agentId, params.id, body.name)
      return presentPasskey(renamed ?? decline('not-found'))
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/account/passkeys/:id',
    access: 'enrolling',
    stepUp: true,
    summary: 'Removes a passkey, and ends all other sessions',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) =>
      removeFactor(desk, db, { principal, action: 'passkey_removed' }, async () => {
        const name = await dropPasskey(db, principal.agentId, params.id)
        return name === null ? null : [{ field: 'passkey', from: name, to: null }]
      }),
  })
}

function presentPasskey({ id, name, createdAt, lastUsedAt }: Passkey): z.input<typeof passkey> {
  return { id, name, createdAt, lastUsedAt }
}
