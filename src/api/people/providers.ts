// Setting up providers of identity, what the groups of a company lead to, and who is joined with which provider.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  directoryTrial,
  groupAccess,
  groupAccessPut,
  identities,
  identityProvider,
  identityProviderPatch,
  identityProviders,
  newIdentityProvider,
} from '#api/contract/providers.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import {
  auditable,
  changeOf,
  goesElsewhere,
  isSameTried,
  madeKey,
  metadataOf,
  newProvider,
  presentProvider,
} from '#api/people/provider-shown.ts'
import { before, endTrial, noteFailure } from '#api/people/provider-callback.ts'
import { sessionOf } from '#api/people/proof.ts'
import { refuseBeyond, refuseMightier } from '#api/people/giving.ts'
import { findRole } from '#people/role-store.ts'
import { route } from '#api/route.ts'
import { ProviderProblem, type ProviderClaims } from '#channels/claims.ts'
import { tryOut } from '#channels/ldap.ts'
import { directoryOf, giveDirectoryTryBack, takeDirectoryTry } from '#desk/directory.ts'
import { applyGroups } from '#desk/account-change.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import { findAgent } from '#people/agent-store.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { Grant } from '#people/group-access.ts'
import { governedAgents, knownGroups, listGrants, setGrants } from '#people/group-store.ts'
import { dropIdentity, identitiesOf, isPasswordReplaced } from '#people/identity-store.ts'
import {
  addProvider,
  archiveProvider,
  changeProvider,
  findProvider,
  listProviders,
  noteTrial,
  setProviderSecret,
  type Provider,
} from '#people/provider-store.ts'
import type { Db, Transaction } from '#store/database.ts'

export function providerRoutes(app: FastifyInstance, desk: Desk): void {
  const present = (provider: Provider) => presentProvider(desk, provider)
  trialRoute(app, desk)
  route(app, desk, {
    method: 'GET',
    url: '/identity-providers',
    access: 'sign_in.write',
    summary: 'Where agents sign in besides here, with what was found of each when it was tried',
    answer: identityProviders,
    handler: async ({ db }) => ({ items: (await listProviders(db)).map(present) }),
  })
  route(app, desk, {
    method: 'GET',
    url: '/identity-providers/:id',
    access: 'sign_in.write',
    summary: 'One provider',
    params: idParams,
    answer: identityProvider,
    handler: async ({ db, params }) => present((await findProvider(db, params.id)) ?? decline('not-found')),
  })
  route(app, desk, {
    method: 'POST',
    url: '/identity-providers',
    access: 'sign_in.write',
    stepUp: true,
    summary: 'Adds a provider, switched off until it was tried',
    body: newIdentityProvider,
    answer: identityProvider,
    beforehand: async ({ body, principal }) => {
      refuseToken(principal)
      const metadata = await metadataOf(desk, body)
      return { metadata, key: body.kind === 'saml' && metadata !== null ? await madeKey(desk) : null }
    },
    handler: async ({ db, body, early, principal }) => {
      const provider = newProvider(body, early)
      const made = (await addProvider(db, provider, desk.clock.now())) ?? declineInput('name', 'is taken')
      const secret = provider.kind === 'saml' ? early.key?.privateKey : body.clientSecret
      if (secret !== undefined) await setProviderSecret(db, desk.seal, made, secret)
      return present(await noteProvider(desk, db, principal, { id: made, from: null }))
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/identity-providers/:id',
    access: 'sign_in.write',
    stepUp: true,
    summary: 'Changes a provider; it is switched on once a trial of it came to its end',
    params: idParams,
    body: identityProviderPatch,
    answer: identityProvider,
    beforehand: async ({ body, params, principal }) => {
      refuseToken(principal)
      const metadata = await metadataOf(desk, body)
      const saml = (await findProvider(desk.database, params.id))?.saml ?? null
      const wantsSigned = body.signsRequests === true || metadata?.wantsSigned === true
      const isNeeded = saml !== null && (body.newKey === true || (saml.own == null && wantsSigned))
      return { metadata, key: isNeeded ? await madeKey(desk) : null }
    },
    handler: async ({ db, params, body, early, principal }) => {
      const from = (await findProvider(db, params.id)) ?? decline('not-found')
      const clientSecret = from.kind === 'saml' ? early.key?.privateKey : body.clientSecret
      const change = changeOf(from, body, early)
      if (await isNameTaken(db, from, body.name)) declineInput('name', 'is taken')
      await changeProvider(db, from.id, change)
      const changed = (await findProvider(db, from.id)) ?? from
      // A secret is for whom it was given for: nobody has it sent to another by changing where it goes.
      const secret =
        clientSecret === undefined && from.hasSecret && goesElsewhere(from, changed) ? null : clientSecret
      if (secret !== undefined) await setProviderSecret(db, desk.seal, from.id, secret)
      if (!isSameTried(from, changed)) await noteTrial(db, from.id, null)
      const to = (await findProvider(db, from.id)) ?? from
      if (body.isOn === true && !cameToItsEnd(to))
        declineInput('isOn', 'try it first: nobody could sign in by what is set up now')
      return present(
        await noteProvider(desk, db, principal, {
          id: from.id,
          from,
          isNewSecret: from.kind !== 'saml' && secret !== undefined,
        }),
      )
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/identity-providers/:id',
    access: 'sign_in.write',
    stepUp: true,
    summary: 'Takes a provider away; sessions that came by it end, and accounts need another way in',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      refuseToken(principal)
      const from = (await findProvider(db, params.id)) ?? decline('not-found')
      const at = desk.clock.now()
      await archiveProvider(db, from.id, at)
      await audit(db, principal, at, {
        action: 'identity_provider_removed',
        thing: { type: 'identity_provider', id: from.id, name: from.name },
      })
      return null
    },
  })
}

/** Goes the way of somebody at a directory, step by step, and keeps what was found. */
function trialRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/identity-providers/:id/trial',
    access: 'sign_in.write',
    stepUp: true,
    summary: 'Tries a directory with somebody’s name and password there; nothing of either is kept',
    params: idParams,
    body: directoryTrial,
    answer: identityProvider,
    status: 200,
    rateLimit: { max: 20, timeWindow: '1 minute' },
    beforehand: async ({ params, body, principal }) => {
      refuseToken(principal)
      const provider = (await findProvider(desk.database, params.id)) ?? decline('not-found')
      const client = (await directoryOf(desk, provider)) ?? decline('not-found')
      const tried: string[] = []
      const mayTry = async ({ subject }: ProviderClaims) => {
        tried.push(subject)
        return takeDirectoryTry(desk, provider, subject)
      }
      try {
        const claims = await tryOut(desk.egress, client, body, mayTry)
        for (const subject of tried) await giveDirectoryTryBack(desk, provider, subject)
        await endTrial(desk, provider, claims)
      } catch (error) {
        if (!(error instanceof ProviderProblem)) throw error
        await noteFailure(desk, provider, before(provider, error.step), error)
      }
    },
    handler: async ({ db, params, principal }) => {
      const { id, name, ...found } = (await findProvider(db, params.id)) ?? decline('not-found')
      await audit(db, principal, desk.clock.now(), {
        action: 'identity_provider_tried',
        thing: { type: 'identity_provider', id, name },
      })
      return presentProvider(desk, { id, name, ...found })
    },
  })
}

export function groupAccessRoutes(app: FastifyInstance, desk: Desk): void {
  const read = async (db: Db) => ({
    grants: (await listGrants(db)).map(presentGrant),
    known: await knownGroups(db),
  })
  route(app, desk, {
    method: 'GET',
    url: '/group-access',
    access: 'sign_in.write',
    summary: 'What the groups of the company lead to here',
    answer: groupAccess,
    handler: ({ db }) => read(db),
  })
  route(app, desk, {
    method: 'PUT',
    url: '/group-access',
    access: 'sign_in.write',
    stepUp: true,
    summary: 'Says what groups lead to; everybody who comes from a provider or a directory has it at once',
    body: groupAccessPut,
    answer: groupAccess,
    handler: async ({ db, body, principal }) => {
      refuseToken(principal)
      const was = await listGrants(db)
      const grants = body.grants.map((grant) => ({ ...grant, teamId: grant.teamId as TeamId | null }))
      for (const { roleId } of grants)
        if (roleId !== null && (await findRole(db, roleId))?.archived !== false)
          declineInput('grants', 'names a role that there is not')
      await setGrants(db, grants)
      for (const { role, customRole } of await listGrants(db))
        if (role !== null) refuseBeyond(principal, { role, customRole })
      for (const agentId of await governedAgents(db)) await applyGroups(desk, db, agentId, principal)
      const own = await findAgent(db, principal.agentId)
      const isSame = own?.role === principal.role && own.customRole?.id === principal.customRole?.id
      if (!isSame || !own?.active) declineInput('grants', 'you would lose your own role by it')
      await audit(db, principal, desk.clock.now(), {
        action: 'group_access_changed',
        thing: { type: 'group_access', id: null, name: null },
        changes: changesBetween({ grants: inWords(was) }, { grants: inWords(await listGrants(db)) }),
        back: { method: 'PUT', path: '/group-access', body: { grants: was.map(presentGrant) } },
      })
      return read(db)
    },
  })
}

export function identityRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/account/identities',
    access: 'enrolling',
    summary: "Where one's own account can be signed in to besides here",
    answer: identities,
    handler: async ({ db, principal }) => ({ items: await identitiesOf(db, principal.agentId) }),
  })
  route(app, desk, {
    method: 'GET',
    url: '/agents/:id/identities',
    access: 'agents.write',
    summary: 'Where an agent signs in besides here',
    params: idParams,
    answer: identities,
    handler: async ({ db, params }) => ({ items: await identitiesOf(db, params.id as PersonId) }),
  })
  const parted = z.object({ id: z.coerce.number().int(), provider: z.coerce.number().int() })
  route(app, desk, {
    method: 'DELETE',
    url: '/account/identities/:provider',
    access: 'enrolling',
    stepUp: true,
    summary: "Parts one's own account from a provider; sessions that came by it end",
    params: parted.pick({ provider: true }),
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      sessionOf(principal)
      if (await isPasswordReplaced(db, principal.agentId))
        decline(
          'forbidden',
          'You sign in by the company’s provider alone. Only an administrator parts you from it.',
        )
      return part(desk, db, principal, { agentId: principal.agentId, providerId: params.provider })
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/agents/:id/identities/:provider',
    access: 'agents.write',
    stepUp: true,
    summary: 'Parts an agent from a provider; sessions that came by it end',
    params: parted,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      refuseToken(principal)
      await refuseMightier(db, principal, (await findAgent(db, params.id)) ?? decline('not-found'))
      return part(desk, db, principal, { agentId: params.id as PersonId, providerId: params.provider })
    },
  })
}

async function part(
  desk: Desk,
  db: Transaction,
  principal: Principal,
  { agentId, providerId }: { agentId: PersonId; providerId: number },
): Promise<null> {
  const agent = (await findAgent(db, agentId)) ?? decline('not-found')
  const provider = (await findProvider(db, providerId)) ?? decline('not-found')
  if (!(await dropIdentity(db, agentId, providerId))) decline('not-found')
  await audit(db, principal, desk.clock.now(), {
    action: 'identity_parted',
    thing: { type: 'agent', id: agentId, name: agent.name },
    changes: [{ field: 'provider', from: provider.name, to: null }],
  })
  return null
}

/** How people sign in is for people to change: whoever stole a token could make a way in of their own. */
function refuseToken({ token }: Principal): void {
  if (token !== null) decline('forbidden', 'A token cannot change how people sign in.')
}

async function isNameTaken(db: Db, from: Provider, name: string | undefined): Promise<boolean> {
  if (name === undefined) return false
  const others = (await listProviders(db)).filter(({ id }) => id !== from.id)
  return others.some((other) => other.name.toLowerCase() === name.toLowerCase())
}

/** A trial that found who it is and lets them in. */
const cameToItsEnd = ({ trial }: Provider): boolean =>
  trial !== null && trial.steps.length > 0 && trial.steps.every(({ isGood }) => isGood)

async function noteProvider(
  desk: Desk,
  db: Db,
  principal: Principal,
  { id, from, isNewSecret = false }: { id: number; from: Provider | null; isNewSecret?: boolean },
): Promise<Provider> {
  const to = (await findProvider(db, id)) ?? decline('not-found')
  const changes = changesBetween(from === null ? {} : auditable(from), auditable(to))
  await audit(db, principal, desk.clock.now(), {
    action: from === null ? 'identity_provider_added' : 'identity_provider_changed',
    thing: { type: 'identity_provider', id, name: to.name },
    changes: isNewSecret ? [...changes, { field: 'clientSecret', from: null, to: null }] : changes,
  })
  return to
}

const presentGrant = ({ group, role, customRole, teamId }: Grant) => ({
  group,
  role: customRole === null ? role : null,
  roleId: customRole?.id ?? null,
  teamId,
})

const inWords = (grants: readonly Grant[]) =>
  grants.map(
    ({ group, role, customRole, teamId }) =>
      `${group}: ${[customRole?.name ?? role, teamId && `team ${teamId}`].filter(Boolean).join(', ') || 'nothing'}`,
  )
