// An authorization request at a provider of identity, as it waits for its answer: sealed in the browser's own cookie for ten minutes, so that
// there is no table of them. And the provider itself: its addresses here, and what it offers.
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOidc, type OidcClient, type Opened } from '#channels/oidc.ts'
import type { SamlClient } from '#channels/saml.ts'
import type { Desk } from '#desk/desk.ts'
import { plus, type Instant } from '#kit/time.ts'
import { providerSecret, type Provider } from '#people/provider-store.ts'
import { signInPurposes } from '#people/provider-sign-in.ts'
import type { Db } from '#store/database.ts'

export const REQUEST_SECONDS = 600

/** The address that a provider sends browsers back to. */
export const redirectUriOf = (desk: Desk, id: number): string =>
  `${desk.baseUrl}/api/v1/session/providers/${id}/callback`

/** The address by which a provider says that somebody signed out there. */
export const logoutUriOf = (desk: Desk, id: number): string =>
  `${desk.baseUrl}/api/v1/session/providers/${id}/signed-out`

/** Where our metadata stands for a SAML provider, which knows us by this address. */
export const metadataUriOf = (desk: Desk, id: number): string =>
  `${desk.baseUrl}/api/v1/session/providers/${id}/metadata`

/** A SAML provider as it is spoken with; null for one that speaks something else. */
export async function samlClientOf(desk: Desk, db: Db, provider: Provider): Promise<SamlClient | null> {
  const { id, issuer, saml, groupsClaim, domains } = provider
  if (saml === null) return null
  const [entityId, consumerUrl] = [metadataUriOf(desk, id), redirectUriOf(desk, id)]
  const privateKey = saml.own === null ? null : await providerSecret(db, desk.seal, id)
  return { ...saml, privateKey, issuer, groupsClaim, domains, entityId, consumerUrl }
}

/** What a SAML request is called: names of XML do not begin with a digit. */
export const samlRequestId = ({ state }: { readonly state: string }): string => `_${state}`

const authorizationRequest = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  purpose: z.enum(signInPurposes),
  next: z.string().optional(),
  providerId: z.number(),
  agentId: z.number().nullable(),
  until: z.string(),
})
export type AuthorizationRequest = z.output<typeof authorizationRequest>

export const requestCookie = (desk: Desk): string =>
  desk.baseUrl.startsWith('https:') ? '__Host-docket-authorization' : 'docket_authorization'

const PLACE = 'authorization request'

/** The request as the browser keeps it: sealed, so that it neither reads nor changes it. */
export function sealRequest(desk: Desk, asked: AuthorizationRequest): string {
  const { keyId, sealed } = desk.seal.close(JSON.stringify(asked), PLACE)
  return `${keyId}.${sealed.toString('base64url')}`
}

/** The request that a browser is on its way with; null when it has none, or it is too old. */
export function openRequest(desk: Desk, request: FastifyRequest): AuthorizationRequest | null {
  const [keyId = '', text = ''] = (request.cookies[requestCookie(desk)] ?? '').split('.')
  try {
    const found = authorizationRequest.parse(
      JSON.parse(desk.seal.open({ keyId, sealed: Buffer.from(text, 'base64url') }, PLACE)),
    )
    return found.until > desk.clock.now() ? found : null
  } catch {
    return null
  }
}

async function clientOf(desk: Desk, db: Db, provider: Provider): Promise<OidcClient> {
  return { ...provider, clientSecret: await providerSecret(db, desk.seal, provider.id) }
}

type Kept = { readonly of: string; readonly until: Instant; readonly config: Opened }
const KEPT_SECONDS = 600
/** What providers offer, of each desk: whoever calls a route of strangers' is not to have the provider asked each time. */
const kept = new WeakMap<Desk, Map<number, Kept>>()

/** What a provider offers, as it said within the last ten minutes; `isAnew` asks it again. Throws a ProviderProblem. */
export async function opened(desk: Desk, db: Db, provider: Provider, isAnew = false): Promise<Opened> {
  const mine = kept.get(desk) ?? new Map<number, Kept>()
  kept.set(desk, mine)
  const asked = await clientOf(desk, db, provider)
  const of = JSON.stringify([asked.issuer, asked.clientId, asked.clientSecret])
  const before = mine.get(provider.id)
  if (before?.of === of && before.until > desk.clock.now() && !isAnew) return before.config
  const config = await openOidc(desk.egress, asked)
  mine.set(provider.id, { of, until: plus(desk.clock.now(), KEPT_SECONDS), config })
  return config
}
