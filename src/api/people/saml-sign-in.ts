// What comes back from a SAML provider comes as a form that its page sends: from another site, and so without our cookies. The form is
// therefore judged by itself, what it says is kept for two minutes, and the browser sent on to the address where every provider's people
// arrive: there it brings its cookie, and with it the request that the answer must be to.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { ownPath } from '#api/contract/providers.ts'
import { arrive, problemOf, signInPage } from '#api/people/provider-callback.ts'
import {
  redirectUriOf,
  samlClientOf,
  samlRequestId,
  type AuthorizationRequest,
} from '#api/people/provider-request.ts'
import { route } from '#api/route.ts'
import { ProviderProblem, type ProviderClaims } from '#channels/claims.ts'
import { ownMetadata, readAnswer, type SamlArrival } from '#channels/saml.ts'
import type { Desk } from '#desk/desk.ts'
import { findProvider, type Provider } from '#people/provider-store.ts'
import { keepArrival, takeArrival } from '#people/saml-store.ts'
import { trialSides, trialSteps } from '#people/trial.ts'

type Kept = Pick<SamlArrival, 'claims' | 'inResponseTo'> & {
  /** Where the provider's page of applications wants to lead, where nobody asked. */
  readonly next: string | null
}

export function samlSignInRoutes(app: FastifyInstance, desk: Desk): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    route(scope, desk, {
      method: 'POST',
      url: '/session/providers/:id/callback',
      access: 'anyone',
      asStranger: true,
      summary: 'Where a SAML provider has the browser send its answer (assertion consumer service)',
      params: idParams,
      body: z.object({ SAMLResponse: z.string().max(150_000), RelayState: z.string().max(1_000).optional() }),
      answer: z.null(),
      status: 200,
      bodyLimit: 300_000,
      rateLimit: { max: 300, timeWindow: '1 minute' },
      // Committed before the browser is sent on: it asks for it at once.
      beforehand: async ({ params, body }) => {
        const provider = await findProvider(desk.database, params.id)
        return provider?.saml == null ? decline('not-found') : receive(desk, provider, body)
      },
      handler: async ({ early, reply }) => reply.redirect(early, 303) as never,
    })
  })
  route(app, desk, {
    method: 'GET',
    url: '/session/providers/:id/metadata',
    access: 'anyone',
    summary: 'What a SAML provider must know of this desk, as XML',
    params: idParams,
    answer: z.string(),
    handler: async ({ db, params: { id }, reply }) => {
      const provider = (await findProvider(db, id)) ?? decline('not-found')
      const client = (await samlClientOf(desk, db, provider)) ?? decline('not-found')
      reply.type('application/samlmetadata+xml; charset=utf-8')
      return reply.send(await ownMetadata(client)) as never
    },
  })
}

/** Judges an answer; returns where the browser goes on to, with what takes it, or with why it counts for nothing. */
async function receive(
  desk: Desk,
  provider: Provider,
  { SAMLResponse, RelayState }: { SAMLResponse: string; RelayState?: string | undefined },
): Promise<string> {
  const client = await samlClientOf(desk, desk.database, provider)
  if (client === null) return decline('not-found')
  const back = (query: Record<string, string>) =>
    `${redirectUriOf(desk, provider.id)}?${new URLSearchParams(query).toString()}`
  try {
    const { claims, assertionId, inResponseTo } = await readAnswer(client, SAMLResponse)
    const next = ownPath.safeParse(RelayState).data ?? null
    const came: Kept = { claims, inResponseTo, next }
    const secret = await keepArrival(desk.database, {
      providerId: provider.id,
      assertionId,
      came,
      at: desk.clock.now(),
    })
    if (secret === null)
      throw new ProviderProblem(
        'assertion',
        'person',
        `The assertion ${assertionId} came before: each counts once`,
      )
    return back({ arrived: secret })
  } catch (error) {
    if (!(error instanceof ProviderProblem)) throw error
    const { step, side, message: said } = error
    desk.log.warn({ provider: provider.name, step, side, said }, 'An answer of a provider counts for nothing')
    return back({ failed: sealFailure(desk, { step, side, said: said.slice(0, 500) }) })
  }
}

const FAILURE = 'saml failure'
const failure = z.object({ step: z.enum(trialSteps), side: z.enum(trialSides), said: z.string() })

/** Why an answer counts for nothing, for the browser to carry on: nothing of strangers is kept here. */
function sealFailure(desk: Desk, what: z.output<typeof failure>): string {
  const { keyId, sealed } = desk.seal.close(JSON.stringify(what), FAILURE)
  return `${keyId}.${sealed.toString('base64url')}`
}

const query = z.object({ arrived: z.string().max(200).optional(), failed: z.string().max(2_000).optional() })

/** Takes what an answer said, or throws why it counts for nothing. */
async function take(desk: Desk, provider: Provider, request: FastifyRequest): Promise<Kept | null> {
  const { arrived, failed } = query.safeParse(request.query).data ?? {}
  if (failed !== undefined) throw openFailure(desk, failed)
  if (arrived === undefined) return null
  return (await takeArrival(desk.database, {
    providerId: provider.id,
    secret: arrived,
    at: desk.clock.now(),
  })) as Kept | null
}

function openFailure(desk: Desk, text: string): ProviderProblem {
  const [keyId = '', sealed = ''] = text.split('.')
  try {
    const kept = { keyId, sealed: Buffer.from(sealed, 'base64url') }
    const { step, side, said } = failure.parse(JSON.parse(desk.seal.open(kept, FAILURE)))
    return new ProviderProblem(step, side, said)
  } catch {
    return new ProviderProblem(
      'assertion',
      'person',
      'The address that the browser came by is not one of ours',
    )
  }
}

const ANEW_SECONDS = 120

/** Who came back with the answer to what this browser asked. */
export async function readArrival(
  desk: Desk,
  provider: Provider,
  { request, asked, isAnew }: { request: FastifyRequest; asked: AuthorizationRequest; isAnew: boolean },
): Promise<ProviderClaims> {
  const came = await take(desk, provider, request)
  if (came === null)
    throw new ProviderProblem('assertion', 'person', 'What the provider said was taken before, or too late')
  const { claims, inResponseTo } = came
  if (inResponseTo !== samlRequestId(asked))
    throw new ProviderProblem(
      'assertion',
      'person',
      `It answers another request (${inResponseTo ?? 'none'}) than this browser’s`,
    )
  // As with max_age: that it was asked to ask anew is no word that it did.
  if (isAnew && (claims.signedInSeconds ?? ANEW_SECONDS + 1) > ANEW_SECONDS)
    throw new ProviderProblem(
      'claims',
      'provider',
      'It did not ask its person anew (ForceAuthn, AuthnInstant)',
    )
  return claims
}

/**
 * Lets somebody in whom the provider sends by itself, where the desk allows that. Whoever has an account there could otherwise have anybody's
 * browser signed in as themselves, and read what is then written.
 */
export async function endUnasked(
  desk: Desk,
  provider: Provider,
  door: { request: FastifyRequest; reply: FastifyReply },
): Promise<string> {
  const came = await take(desk, provider, door.request).catch((error: unknown) => {
    if (error instanceof ProviderProblem) return error
    throw error
  })
  if (came instanceof ProviderProblem) return signInPage(problemOf(came))
  if (came === null || came.inResponseTo !== null) return signInPage('expired')
  if (provider.saml?.takesUnasked !== true) {
    desk.log.warn({ provider: provider.name }, 'A sign-in that nobody here asked for was refused')
    return signInPage('unasked')
  }
  const asked = {
    purpose: 'sign_in' as const,
    agentId: null,
    ...(came.next === null ? {} : { next: came.next }),
  }
  return arrive(desk, provider, asked, door, async () => came.claims)
}
