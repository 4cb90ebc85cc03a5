// OpenID Connect: discovery, the way to the provider and back (authorization code with PKCE and nonce), and its word that somebody has
// signed out. Every request goes by the egress guard; what does not fit says which step it was and who has to change something.
import { createRemoteJWKSet, customFetch as joseFetch, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { z } from 'zod'
import { GROUP_LETTERS, MANY_GROUPS, ProviderProblem, type ProviderClaims } from '#channels/claims.ts'
import type { Egress } from '#channels/egress.ts'
import type { Instant } from '#kit/time.ts'
import type { TrialStep } from '#people/trial.ts'

export type OidcClient = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  readonly groupsClaim: string
}

export type Opened = client.Configuration

/** Secrets of one way there and back: they lie in the browser's own sealed cookie. */
export type RequestSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** New secrets for one way there and back. */
export function newRequestSecrets(): RequestSecrets {
  return {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  }
}

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/

/** Whether an issuer may be asked: over https, or on this machine. */
export function isIssuer(issuer: string): boolean {
  // An address for all companies at once would let each company say who its people are here.
  if (/^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)\b/i.test(issuer)) return false
  return URL.canParse(issuer) && (issuer.startsWith('https://') || LOOPBACK.test(issuer))
}

/** Asks a provider what it offers (OpenID Connect Discovery 1.0); throws a ProviderProblem. */
export async function openOidc(
  egress: Egress,
  { issuer, clientId, clientSecret }: OidcClient,
): Promise<Opened> {
  const auth = clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret)
  try {
    const config = await client.discovery(new URL(issuer), clientId, undefined, auth, {
      [client.customFetch]: fetchBy(egress),
      execute: LOOPBACK.test(issuer) ? [client.allowInsecureRequests] : [],
    })
    // Providers differ in how a client shows its secret; the one they must all take is preferred where they name it.
    const taken = config.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    if (clientSecret === null || taken.includes('client_secret_post')) return withSignatures(config)
    const basic = new client.Configuration(
      config.serverMetadata(),
      clientId,
      undefined,
      client.ClientSecretBasic(clientSecret),
    )
    basic[client.customFetch] = fetchBy(egress)
    if (LOOPBACK.test(issuer)) client.allowInsecureRequests(basic)
    return withSignatures(basic)
  } catch (error) {
    throw problemOf(error, 'discovery')
  }
}

/** A token that came over TLS need not be looked at by its signature; ours are all the same. */
function withSignatures(config: Opened): Opened {
  client.enableNonRepudiationChecks(config)
  return config
}

/** Where the browser goes. `isAnew` asks the provider to ask its person once more. */
export async function providerUrl(
  config: Opened,
  asked: RequestSecrets & { redirectUri: string; scopes: string; isAnew: boolean },
): Promise<string> {
  const { redirectUri, scopes, state, nonce, verifier, isAnew } = asked
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: scopes,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(isAnew ? { prompt: 'login', max_age: '0' } : {}),
  })
  return url.href
}

const word = z.looseObject({
  email: z.email().max(320).optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.string()]).optional().catch(undefined),
  // Microsoft's name for the same, and only where an optional claim asks for it.
  xms_edov: z.union([z.boolean(), z.string(), z.number()]).optional().catch(undefined),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  sid: z.string().min(1).max(200).optional().catch(undefined),
})

const YES = new Set<unknown>([true, 'true', 1, '1'])

/** Who is in no group is told of without the claim. Too many for a token are told of by a link, which is no word of who is in none. */
function groupsIn(told: Readonly<Record<string, unknown>>, claim: string): readonly string[] | null {
  const { _claim_names: elsewhere, hasgroups } = told
  const isElsewhere = typeof elsewhere === 'object' && elsewhere !== null && claim in elsewhere
  if (isElsewhere || (YES.has(hasgroups) && told[claim] === undefined)) return null
  const found =
    typeof told[claim] === 'string' ? [told[claim]] : Array.isArray(told[claim]) ? told[claim] : []
  const names = found.filter((each): each is string => typeof each === 'string')
  return names.slice(0, MANY_GROUPS).map((each) => each.slice(0, GROUP_LETTERS))
}

/**
 * Who came back: exchanges the code, checks signature, issuer, audience, nonce and times, and asks for what the ID token leaves out.
 * `currentUrl` is the address that the browser came back to; with `isAnew` the provider must have asked within two minutes.
 */
export async function whoCameBack(
  config: Opened,
  { groupsClaim }: Pick<OidcClient, 'groupsClaim'>,
  came: RequestSecrets & { currentUrl: URL; isAnew: boolean },
): Promise<ProviderClaims> {
  const { currentUrl, state, nonce, verifier, isAnew } = came
  const tokens = await client
    .authorizationCodeGrant(config, currentUrl, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(isAnew ? { maxAge: 120 } : {}),
    })
    .catch((error: unknown) => {
      throw problemOf(error, error instanceof client.AuthorizationResponseError ? 'answer' : 'token')
    })
  const token = tokens.claims()
  if (token === undefined) throw new ProviderProblem('token', 'provider', 'The provider gave no ID token.')
  const told = { ...token } as Record<string, unknown>
  const isShort = told['email'] === undefined || told[groupsClaim] === undefined
  if (isShort && config.serverMetadata().userinfo_endpoint !== undefined) {
    const more = await client
      .fetchUserInfo(config, tokens.access_token, token.sub)
      .catch((error: unknown) => {
        throw problemOf(error, 'claims')
      })
    for (const [name, value] of Object.entries(more)) told[name] ??= value
  }
  const { email, name, sid, ...found } = word.parse(told)
  const isVerified = YES.has(found.email_verified) || YES.has(found.xms_edov)
  return {
    subject: token.sub,
    email: isVerified ? (email?.toLowerCase() ?? null) : null,
    unverifiedEmail: isVerified ? null : (email?.toLowerCase() ?? null),
    name: name ?? null,
    groups: groupsIn(told, groupsClaim),
    hostedDomain: typeof told['hd'] === 'string' ? told['hd'].toLowerCase() : null,
    session: sid ?? null,
    signedInSeconds:
      token.auth_time === undefined ? null : Math.max(0, Math.round(Date.now() / 1_000 - token.auth_time)),
    claimNames: Object.keys(told).toSorted(),
  }
}

const logoutClaims = z.looseObject({
  sub: z.string().optional(),
  sid: z.string().optional(),
  iat: z.number(),
  nonce: z.undefined().optional(),
  events: z.looseObject({ 'http://schemas.openid.net/event/backchannel-logout': z.looseObject({}) }),
})
/** A provider's keys are asked for once, and again when one is not among them. */
const keysOf = new WeakMap<Opened, ReturnType<typeof createRemoteJWKSet>>()
const SIGNATURES = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** Whose session is over (OpenID Connect Back-Channel Logout 1.0 §2.6); throws when the token is not to be believed. */
export async function readLogout(
  egress: Egress,
  config: Opened,
  { clientId, token }: { clientId: string; token: string },
): Promise<{ subject: string | null; session: string | null; before: Instant }> {
  const { issuer, jwks_uri: keys } = config.serverMetadata()
  if (keys === undefined || !isIssuer(keys))
    throw new ProviderProblem('token', 'provider', 'The provider tells no keys by https.')
  const jwks =
    keysOf.get(config) ?? createRemoteJWKSet(new URL(keys), { [joseFetch]: fetchBy(egress) as typeof fetch })
  keysOf.set(config, jwks)
  const { payload } = await jwtVerify(token, jwks, {
    issuer,
    audience: clientId,
    algorithms: SIGNATURES,
    maxTokenAge: '10 minutes',
    clockTolerance: 60,
  })
  const { sub, sid, iat } = logoutClaims.parse(payload)
  if (sub === undefined && sid === undefined) throw new Error('It names neither a subject nor a session')
  return {
    subject: sub ?? null,
    session: sid ?? null,
    // Its clock may be behind ours.
    before: new Date((iat + 60) * 1_000).toISOString() as Instant,
  }
}

/** `fetch` as the libraries want it, by the guard. */
function fetchBy(egress: Egress): client.CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const answer = await egress.fetch(url, {
      method,
      headers,
      ...(body == null ? {} : { body: body instanceof URLSearchParams ? body.toString() : (body as string) }),
      ...(signal == null ? {} : { signal }),
    })
    const isEmpty = answer.status === 204 || answer.status === 304
    return new Response(isEmpty ? null : new Uint8Array(answer.bytes), {
      status: answer.status,
      headers: [...answer.headers.entries()],
    })
  }
}

/** Which side a failure of the library is on, with the words that were said. */
function problemOf(error: unknown, step: TrialStep): ProviderProblem {
  if (error instanceof ProviderProblem) return error
  if (error instanceof client.AuthorizationResponseError) {
    const { error: code, error_description: words } = error
    const side = code === 'access_denied' || code === 'login_required' ? 'person' : 'desk'
    return new ProviderProblem(step, side, [code, words].filter(Boolean).join(': '), error)
  }
  if (error instanceof client.ResponseBodyError) {
    const { error: code, error_description: words } = error
    return new ProviderProblem(step, 'desk', [code, words].filter(Boolean).join(': '), error)
  }
  const failure = error as { code?: string; message?: string; cause?: { message?: string; name?: string } }
  const isFault = failure.cause?.name === 'Fault' || (error as Error).name === 'Fault'
  const said = [failure.message, failure.cause?.message].filter(Boolean).join(': ')
  if (isFault || failure.code === 'OAUTH_TIMEOUT') return new ProviderProblem(step, 'network', said, error)
  return new ProviderProblem(step, 'provider', said, error)
}
