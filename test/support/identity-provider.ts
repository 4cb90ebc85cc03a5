// A real provider of identity (`oidc-provider`) on loopback, which signs in whoever the test says without asking them anything.
import { createServer } from 'node:http'
import { generateKeyPairSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
// @ts-expect-error The package brings no types.
import { Provider } from 'oidc-provider'
import { withCookies } from './cookies.ts'

export type Somebody = {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
}

export type TestProvider = {
  readonly issuer: string
  /** Who is at the keyboard there; null refuses to sign in. */
  signedIn: Somebody | null
  /** Redirect URIs that are entered there. */
  readonly allow: (redirectUri: string, logoutUri: string) => void
  /** Follows the redirects from an address there until one leads away; answers that address. */
  readonly follow: (url: string) => Promise<string>
  /** Signs out there, which it tells whoever wants to know. */
  readonly signOut: () => Promise<void>
  readonly close: () => Promise<void>
}

export const CLIENT = { id: 'docket', secret: 'a secret of the company and the desk, long enough' }

/** Starts a provider with one client. */
export async function startProvider(): Promise<TestProvider> {
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const client = {
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
    redirect_uris: ['http://127.0.0.1:1/nowhere'] as string[],
    token_endpoint_auth_method: 'client_secret_post',
    backchannel_logout_uri: 'http://127.0.0.1:1/nowhere',
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }
  let get = withCookies()
  const self = { signedIn: null as Somebody | null }
  let provider: any // eslint-disable-line typescript/no-explicit-any
  const build = () => {
    provider = new Provider(issuer, {
      clients: [client],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
      cookies: { keys: ['some keys of a test'] },
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        rpInitiatedLogout: { enabled: true },
      },
      claims: { openid: ['sub', 'sid'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      // As many do: the ID token has the subject, the rest is asked for.
      conformIdTokenClaims: true,
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, sub: string) => ({
        accountId: sub,
        claims: async () => ({ ...self.signedIn, sub }),
      }),
      fetch: (url: string | URL, options: RequestInit & { dispatcher?: unknown }) => {
        const { dispatcher: _, ...rest } = options
        return fetch(url, rest)
      },
    })
  }
  build()
  const handle: Parameters<typeof createServer>[1] & object = async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return provider.callback()(request, response)
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (self.signedIn === null)
      return provider.interactionFinished(request, response, {
        error: 'access_denied',
        error_description: 'Not today',
      })
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: self.signedIn.sub } })
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
    grant.addOIDCScope('openid email profile')
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  }
  return Object.assign(self, {
    issuer,
    allow: (redirectUri: string, logoutUri: string) => {
      client.redirect_uris = [redirectUri]
      client.backchannel_logout_uri = logoutUri
      build()
    },
    follow: async (url: string) => {
      let at = url
      for (let hop = 0; hop < 12 && at.startsWith(issuer); hop++) {
        const answer = await get(at)
        const location = answer.headers.get('location')
        if (location === null)
          throw new Error(`${answer.status} at ${at}: ${(await answer.text()).slice(0, 300)}`)
        at = new URL(location, at).href
      }
      return at
    },
    signOut: async () => {
      const page = await (await get(`${issuer}/session/end`)).text()
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
      await get(`${issuer}/session/end/confirm`, new URLSearchParams({ xsrf, logout: 'yes' }))
      get = withCookies()
    },
    close: () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))),
  })
}
