// The way to a provider of identity and back: what is remembered on it lies sealed in the browser's own cookie, and is good for ten
// minutes. What comes back signs in, joins an account with the provider, proves that it is oneself, or tries the set-up out.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { wayOut, waysIn, wayStart } from '#api/contract/providers.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { declineRight } from '#api/http/right.ts'
import { cookieOptions, signIn } from '#api/people/enter.ts'
import { enterOrAsk } from '#api/people/sign-in.ts'
import { assertFresh, route } from '#api/route.ts'
import {
  newCeremony,
  OidcProblem,
  openOidc,
  providerUrl,
  readLogout,
  whoCameBack,
  type OidcClient,
  type Opened,
  type ProviderWord,
} from '#channels/oidc.ts'
import { comeIn, isTrusted, link, type CameIn, type Refused } from '#desk/come-in.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { can, type Principal } from '#people/can.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { agentOfIdentity, closeSessionsAt, noteIdentity } from '#people/identity-store.ts'
import {
  changeProvider,
  findProvider,
  listProviders,
  noteTrial,
  providerSecret,
  type Provider,
} from '#people/provider-store.ts'
import { noteProof } from '#people/session-store.ts'
import type { Trial, TrialSide, TrialStep } from '#people/trial.ts'
import { waysThere, type WayProblem } from '#people/way.ts'
import type { Db } from '#store/database.ts'

/** A whole office comes from one network in the morning. */
const FEW = { max: 300, timeWindow: '1 minute' }
const WAY_SECONDS = 600

export function providerWayRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/session/providers',
    access: 'anyone',
    summary: 'Where one can sign in besides here',
    answer: waysIn,
    handler: async ({ db }) => {
      const all = await listProviders(db)
      return { items: all.filter(({ isOn }) => isOn).map(({ id, name }) => ({ id, name })) }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/session/providers/:id/start',
    access: 'anyone',
    summary:
      'Where the browser goes to sign in there; what comes back is told apart by the cookie that this sets',
    params: idParams,
    body: wayStart,
    answer: wayOut,
    status: 200,
    rateLimit: FEW,
    handler: async ({ db, params, body, request, reply }) => {
      const provider = (await findProvider(db, params.id)) ?? decline('not-found')
      const agentId = mayGo(desk, request.principal, provider, body.purpose)
      const config = await opened(desk, db, provider, body.purpose === 'trial').catch(async (error) => {
        if (body.purpose === 'trial') await noteFailure(desk, provider, [], error)
        throw error instanceof OidcProblem ? unreachable(error) : error
      })
      const ceremony = newCeremony()
      const way: Way = {
        ...ceremony,
        ...body,
        providerId: provider.id,
        agentId,
        until: plus(desk.clock.now(), WAY_SECONDS),
      }
      reply.setCookie(wayCookie(desk), sealWay(desk, way), { ...cookieOptions(desk), maxAge: WAY_SECONDS })
      const { scopes } = provider
      const redirectUri = redirectUriOf(desk, provider.id)
      return {
        url: await providerUrl(config, { ...ceremony, redirectUri, scopes, isAnew: way.purpose === 'proof' }),
      }
    },
  })
  callback(app, desk)
  backchannelLogout(app, desk)
}

/** The address that a provider sends browsers back to. */
export const redirectUriOf = (desk: Desk, id: number): string =>
  `${desk.baseUrl}/api/v1/session/providers/${id}/callback`

/** The address by which a provider says that somebody signed out there. */
export const logoutUriOf = (desk: Desk, id: number): string =>
  `${desk.baseUrl}/api/v1/session/providers/${id}/signed-out`

const way = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  purpose: z.enum(waysThere),
  next: z.string().optional(),
  providerId: z.number(),
  agentId: z.number().nullable(),
  until: z.string(),
})
type Way = z.output<typeof way>

const wayCookie = (desk: Desk): string =>
  desk.baseUrl.startsWith('https:') ? '__Host-docket-way' : 'docket_way'

const PLACE = 'provider way'

function sealWay(desk: Desk, going: Way): string {
  const { keyId, sealed } = desk.seal.close(JSON.stringify(going), PLACE)
  return `${keyId}.${sealed.toString('base64url')}`
}

function openWay(desk: Desk, request: FastifyRequest): Way | null {
  const [keyId = '', text = ''] = (request.cookies[wayCookie(desk)] ?? '').split('.')
  try {
    const found = way.parse(
      JSON.parse(desk.seal.open({ keyId, sealed: Buffer.from(text, 'base64url') }, PLACE)),
    )
    return found.until > desk.clock.now() ? found : null
  } catch {
    return null
  }
}

/** Whose way it is, where that matters; refuses who may not go it. */
function mayGo(
  desk: Desk,
  principal: Principal | null,
  provider: Provider,
  purpose: Way['purpose'],
): PersonId | null {
  if (purpose !== 'trial' && !provider.isOn) decline('not-found')
  if (purpose === 'sign_in') return null
  if (principal === null) decline('signed-out')
  if (principal.token !== null) decline('forbidden', 'A token cannot change the account it acts for.')
  if (purpose === 'trial' && !can(principal, 'settings.write')) declineRight(principal, 'settings.write')
  if (purpose === 'link') assertFresh(principal, desk.clock.now())
  return principal.agentId
}

function unreachable(error: OidcProblem): never {
  decline('unavailable', `The provider cannot be asked. ${error.message}`)
}

async function clientOf(desk: Desk, db: Db, provider: Provider): Promise<OidcClient> {
  return { ...provider, clientSecret: await providerSecret(db, desk.seal, provider.id) }
}

type Kept = { readonly of: string; readonly until: Instant; readonly config: Opened }
const KEPT_SECONDS = 600
/** What providers offer, of each desk: whoever calls a route of strangers' is not to have the provider asked each time. */
const kept = new WeakMap<Desk, Map<number, Kept>>()

async function opened(desk: Desk, db: Db, provider: Provider, isAnew = false): Promise<Opened> {
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
      const going = openWay(desk, request)
      reply.clearCookie(wayCookie(desk), cookieOptions(desk))
      const provider = await findProvider(desk.database, params.id)
      if (going === null || provider === null || going.providerId !== params.id)
        return reply.redirect(signInPage('expired'), 303) as never
      return reply.redirect(await arrive(desk, provider, going, { request, reply }), 303) as never
    },
  })
}

type Door = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** Where the browser goes on to. */
async function arrive(desk: Desk, provider: Provider, going: Way, door: Door): Promise<string> {
  const came = `${redirectUriOf(desk, provider.id)}${new URL(door.request.url, desk.baseUrl).search}`
  const isAnew = going.purpose === 'proof'
  if (going.purpose !== 'trial' && !provider.isOn) return endOf(going, 'misset')
  try {
    const config = await opened(desk, desk.database, provider)
    const word = await whoCameBack(config, provider, { ...going, currentUrl: new URL(came), isAnew })
    if (going.purpose === 'trial') return await endTrial(desk, provider, word)
    if (going.purpose === 'link') return await endLink(desk, provider, going, word, door)
    if (going.purpose === 'proof') return await endProof(desk, provider, going, word, door)
    return await endSignIn(desk, provider, going, word, door)
  } catch (error) {
    if (!(error instanceof OidcProblem)) throw error
    const { step, side, message: said } = error
    desk.log.warn({ provider: provider.name, step, side, said }, 'Nobody came in')
    if (going.purpose !== 'trial') return endOf(going, problemOf(error))
    await noteFailure(desk, provider, before(error.step), error)
    return adminPage(provider)
  }
}

const adminPage = ({ id }: Provider): string => `/admin/providers/${id}#trial`
const signInPage = (problem: WayProblem, next?: string): string =>
  `/sign-in?problem=${problem}${next === undefined ? '' : `&next=${encodeURIComponent(next)}`}`

function endOf({ purpose, next }: Way, problem: WayProblem): string {
  if (purpose === 'link') return `/me?problem=${problem}`
  if (purpose === 'proof') return `/proved?problem=${problem}`
  return signInPage(problem, next)
}

function problemOf({ side }: OidcProblem): WayProblem {
  return side === 'network' ? 'unreachable' : side === 'person' ? 'refused' : 'misset'
}

async function endSignIn(desk: Desk, provider: Provider, going: Way, word: ProviderWord, { reply }: Door) {
  return desk.database.transaction(async (tx) => {
    const found = await comeIn(desk, tx, provider, word)
    if (typeof found === 'string') return signInPage(found, going.next)
    const isVouched = provider.vouchesFactor
    const from = { providerId: provider.id, subject: word.subject, session: word.session, isVouched }
    // Who signed in there this morning has proved nothing just now.
    const provenAt = plus(desk.clock.now(), -(word.signedInSeconds ?? 0))
    const answer = await (isVouched
      ? signIn(desk, tx, found.agentId, reply, provenAt, from)
      : enterOrAsk(desk, tx, found.agentId, reply, { came: from, provenAt }))
    const next = going.next ?? '/'
    if (!('wanted' in answer)) return next
    return `/sign-in?factor=${answer.wanted.join('.')}&next=${encodeURIComponent(next)}`
  })
}

async function endLink(desk: Desk, provider: Provider, going: Way, word: ProviderWord, { request }: Door) {
  const agentId = request.principal?.agentId
  if (agentId === undefined || agentId !== going.agentId) return endOf(going, 'other_person')
  if (!isTrusted(provider, word)) return endOf(going, word.email === null ? 'unverified' : 'unknown_account')
  return desk.database.transaction(async (tx) => {
    const known = await agentOfIdentity(tx, { providerId: provider.id, subject: word.subject })
    if (known !== null && known.id !== agentId) return endOf(going, 'taken')
    const email = word.email ?? word.unverifiedEmail ?? ''
    const { subject, groups } = word
    await noteIdentity(tx, { providerId: provider.id, subject, agentId, email, groups, at: desk.clock.now() })
    if (known === null) await link(desk, tx, provider, agentId)
    return '/me'
  })
}

async function endProof(desk: Desk, provider: Provider, going: Way, word: ProviderWord, { request }: Door) {
  const { principal } = request
  const known = await agentOfIdentity(desk.database, { providerId: provider.id, subject: word.subject })
  const session = principal?.session
  const isSame = known?.active === true && known.id === principal?.agentId && known.id === going.agentId
  if (session === undefined || !isSame) return endOf(going, 'other_person')
  if (session.factors.length > 0 && !provider.vouchesFactor) return endOf(going, 'misset')
  await noteProof(desk.database, session.id, desk.clock.now())
  return '/proved'
}

const trialOrder: readonly TrialStep[] = ['discovery', 'answer', 'token', 'claims', 'account']
const before = (step: TrialStep): readonly TrialStep[] => trialOrder.slice(0, trialOrder.indexOf(step))

const good = (step: TrialStep, said = ''): Trial['steps'][number] => ({
  step,
  isGood: true,
  side: null,
  said,
})

async function noteFailure(desk: Desk, provider: Provider, passed: readonly TrialStep[], error: unknown) {
  if (!(error instanceof OidcProblem)) return
  const { step, side, message } = error
  const steps = [...passed.map((each) => good(each)), { step, isGood: false, side, said: message }]
  await noteTrial(desk.database, provider.id, { at: desk.clock.now(), steps, groups: [] })
}

class NotKept extends Error {}

/** What would become of who came back, without anything of it being kept. */
async function endTrial(desk: Desk, provider: Provider, word: ProviderWord): Promise<string> {
  let found: CameIn | Refused = 'unknown_account'
  let said = ''
  await desk.database
    .transaction(async (tx) => {
      // As if it were on: nothing of it is kept.
      await changeProvider(tx, provider.id, { isOn: true })
      found = await comeIn(desk, tx, provider, word)
      if (typeof found !== 'string') {
        const row = await principalOfAgent(tx, found.agentId)
        said = `${found.how}: ${row?.name ?? ''} <${row?.email ?? ''}>, ${row?.role ?? ''}`
      }
      throw new NotKept()
    })
    .catch((error: unknown) => {
      if (!(error instanceof NotKept)) throw error
    })
  const steps = [
    ...before('claims').map((each) => good(each)),
    good('claims', word.claims.join(', ')),
    said === ''
      ? { step: 'account' as const, isGood: false, side: sideOf(found), said: String(found) }
      : good('account', said),
  ]
  await noteTrial(desk.database, provider.id, { at: desk.clock.now(), steps, groups: word.groups ?? [] })
  return adminPage(provider)
}

const sideOf = (found: CameIn | Refused): TrialSide => (found === 'unverified' ? 'provider' : 'desk')

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
