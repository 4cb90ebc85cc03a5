// Signing in by a provider of identity: where the browser goes, where it comes back to, and the provider's own word that somebody has
// signed out. What is of SAML alone stands in saml-sign-in.ts.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { authorizationUrl, signInProviders, signInStart } from '#api/contract/providers.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { declineRight } from '#api/http/right.ts'
import { cookieOptions } from '#api/people/enter.ts'
import { arrive, noteFailure, signInPage } from '#api/people/provider-callback.ts'
import {
  opened,
  openRequest,
  redirectUriOf,
  REQUEST_SECONDS,
  requestCookie,
  samlClientOf,
  samlRequestId,
  sealRequest,
  type AuthorizationRequest,
} from '#api/people/provider-request.ts'
import { endUnasked, readArrival } from '#api/people/saml-sign-in.ts'
import { assertFresh, route } from '#api/route.ts'
import { ProviderProblem } from '#channels/claims.ts'
import {
  newRequestSecrets,
  providerUrl,
  readLogout,
  whoCameBack,
  type RequestSecrets,
} from '#channels/oidc.ts'
import { samlUrl } from '#channels/saml.ts'
import type { Db } from '#store/database.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { can, type Principal } from '#people/can.ts'
import { closeSessionsAt } from '#people/identity-store.ts'
import { findProvider, listProviders, type Provider } from '#people/provider-store.ts'

/** A whole office comes from one network in the morning. */
const FEW = { max: 300, timeWindow: '1 minute' }

export function providerSignInRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/session/providers',
    access: 'anyone',
    summary: 'Where one can sign in besides here',
    answer: signInProviders,
    handler: async ({ db }) => {
      const all = (await listProviders(db)).filter(({ isOn }) => isOn)
      const isDirectory = ({ kind }: Provider) => kind === 'ldap'
      return {
        items: all.filter((each) => !isDirectory(each)).map(({ id, name }) => ({ id, name })),
        directories: all.filter(isDirectory).map(({ name }) => name),
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/session/providers/:id/start',
    access: 'anyone',
    summary:
      'Where the browser goes to sign in there; what comes back is told apart by the cookie that this sets',
    params: idParams,
    body: signInStart,
    answer: authorizationUrl,
    status: 200,
    rateLimit: FEW,
    handler: async ({ db, params, body, request, reply }) => {
      const provider = (await findProvider(db, params.id)) ?? decline('not-found')
      // Nobody goes to a directory: its password is typed here.
      if (provider.kind === 'ldap') decline('not-found')
      const agentId = whoseRequest(desk, request.principal, provider, body.purpose)
      const secrets = newRequestSecrets()
      const url = await wayTo(desk, db, provider, { ...secrets, purpose: body.purpose }).catch(
        async (error) => {
          if (body.purpose === 'trial') await noteFailure(desk, provider, [], error)
          throw error instanceof ProviderProblem ? unreachable(error) : error
        },
      )
      const pending: AuthorizationRequest = {
        ...secrets,
        ...body,
        providerId: provider.id,
        agentId,
        until: plus(desk.clock.now(), REQUEST_SECONDS),
      }
      reply.setCookie(requestCookie(desk), sealRequest(desk, pending), {
        ...cookieOptions(desk),
        maxAge: REQUEST_SECONDS,
      })
      return { url }
    },
  })
  callback(app, desk)
  backchannelLogout(app, desk)
}

/** Where the browser goes; throws a ProviderProblem. */
async function wayTo(
  desk: Desk,
  db: Db,
  provider: Provider,
  asked: RequestSecrets & { purpose: AuthorizationRequest['purpose'] },
): Promise<string> {
  const isAnew = asked.purpose === 'proof'
  const saml = await samlClientOf(desk, db, provider)
  if (saml !== null) return samlUrl(saml, { requestId: samlRequestId(asked), isAnew })
  const config = await opened(desk, db, provider, asked.purpose === 'trial')
  const { scopes } = provider
  return providerUrl(config, { ...asked, redirectUri: redirectUriOf(desk, provider.id), scopes, isAnew })
}

/** Whose request it is, where that matters; refuses who may not make it. */
function whoseRequest(
  desk: Desk,
  principal: Principal | null,
  provider: Provider,
  purpose: AuthorizationRequest['purpose'],
): PersonId | null {
  if (purpose !== 'trial' && !provider.isOn) decline('not-found')
  if (purpose === 'sign_in') return null
  if (principal === null) decline('signed-out')
  if (principal.token !== null) decline('forbidden', 'A token cannot change the account it acts for.')
  if (purpose === 'trial' && !can(principal, 'sign_in.write')) declineRight(principal, 'sign_in.write')
  if (purpose === 'link') assertFresh(principal, desk.clock.now())
  return principal.agentId
}

function unreachable(error: ProviderProblem): never {
  decline('unavailable', `The provider cannot be asked. ${error.message}`)
}

function callback(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/session/providers/:id/callback',
    access: 'anyone',
    summary: 'Where a provider sends the browser back to',
    params: idParams,
    query: z.looseObject({}),
    answer: z.null(),
    rateLimit: FEW,
    handler: async ({ params, request, reply }) => {
      const asked = openRequest(desk, request)
      reply.clearCookie(requestCookie(desk), cookieOptions(desk))
      const provider = await findProvider(desk.database, params.id)
      const go = (to: string) => reply.redirect(to, 303) as never
      if (provider?.saml != null && asked === null)
        return go(await endUnasked(desk, provider, { request, reply }))
      if (asked === null || provider === null || asked.providerId !== params.id)
        return go(signInPage('expired'))
      const read = async (isAnew: boolean) => {
        if (provider.saml !== null) return readArrival(desk, provider, { request, asked, isAnew })
        const config = await opened(desk, desk.database, provider)
        const came = `${redirectUriOf(desk, provider.id)}${new URL(request.url, desk.baseUrl).search}`
        return whoCameBack(config, provider, { ...asked, currentUrl: new URL(came), isAnew })
      }
      return go(await arrive(desk, provider, asked, { request, reply }, read))
    },
  })
}

/** OpenID Connect Back-Channel Logout 1.0: the provider says that somebody signed out there, and their sessions here end. */
function backchannelLogout(app: FastifyInstance, desk: Desk): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    route(scope, desk, {
      method: 'POST',
      url: '/session/providers/:id/signed-out',
      access: 'anyone',
      asStranger: true,
      summary: 'A provider says, by a signed logout_token, that somebody signed out there',
      params: idParams,
      body: z.object({ logout_token: z.string().max(20_000) }),
      answer: z.null(),
      status: 200,
      bodyLimit: 30_000,
      rateLimit: { max: 600, timeWindow: '1 minute' },
      handler: async ({ db, params, body, reply }) => {
        reply.header('cache-control', 'no-store')
        const provider = (await findProvider(db, params.id)) ?? decline('not-found')
        if (provider.kind !== 'oidc') decline('not-found')
        const config = await opened(desk, db, provider).catch(unreachable)
        const token = body.logout_token
        const over = await readLogout(desk.egress, config, { clientId: provider.clientId, token }).catch(
          (error: Error) => decline('bad-input', `logout_token: ${error.message}`),
        )
        await closeSessionsAt(db, { providerId: provider.id, ...over })
        return null
      },
    })
  })
}
