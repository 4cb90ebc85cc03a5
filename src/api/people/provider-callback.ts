// Who came back from a provider of identity, and what for: to sign in, to join an account with it, to prove that it is oneself, or to try
// the set-up out, of which nothing is kept.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { signIn } from '#api/people/enter.ts'
import type { AuthorizationRequest } from '#api/people/provider-request.ts'
import { enterOrAsk } from '#api/people/sign-in.ts'
import { ProviderProblem, type ProviderClaims } from '#channels/claims.ts'
import { comeIn, isTrusted, link, type CameIn, type Refused } from '#desk/come-in.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { agentOfIdentity, noteIdentity } from '#people/identity-store.ts'
import type { ProviderKind } from '#people/provider-kind.ts'
import type { SignInProblem } from '#people/provider-sign-in.ts'
import { changeProvider, noteTrial, type Provider } from '#people/provider-store.ts'
import { noteProof } from '#people/session-store.ts'
import type { Trial, TrialSide, TrialStep } from '#people/trial.ts'

type Door = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** What a request was for: one that nobody here asked for can only sign in. */
type Asked = Pick<AuthorizationRequest, 'purpose' | 'next' | 'agentId'>

/**
 * Does what the request was for, and says where the browser goes on to. `read` says who it is, of whom the provider must have asked just now
 * where it is `isAnew`; it throws a ProviderProblem.
 */
export async function arrive(
  desk: Desk,
  provider: Provider,
  asked: Asked,
  door: Door,
  read: (isAnew: boolean) => Promise<ProviderClaims>,
): Promise<string> {
  if (asked.purpose !== 'trial' && !provider.isOn) return endOf(asked, 'misset')
  try {
    const claims = await read(asked.purpose === 'proof')
    if (asked.purpose === 'trial') return await endTrial(desk, provider, claims)
    if (asked.purpose === 'link') return await endLink(desk, provider, asked, claims, door)
    if (asked.purpose === 'proof') return await endProof(desk, provider, asked, claims, door)
    return await endSignIn(desk, provider, asked, claims, door)
  } catch (error) {
    if (!(error instanceof ProviderProblem)) throw error
    const { step, side, message: said } = error
    desk.log.warn({ provider: provider.name, step, side, said }, 'Nobody came in')
    if (asked.purpose !== 'trial') return endOf(asked, problemOf(error))
    await noteFailure(desk, provider, before(provider, error.step), error)
    return adminPage(provider)
  }
}

const adminPage = ({ id }: Provider): string => `/admin/providers/${id}#trial`
/** Where one signs in, with why nobody came in. */
export const signInPage = (problem: SignInProblem, next?: string): string =>
  `/sign-in?problem=${problem}${next === undefined ? '' : `&next=${encodeURIComponent(next)}`}`

function endOf({ purpose, next }: Asked, problem: SignInProblem): string {
  if (purpose === 'link') return `/me?problem=${problem}`
  if (purpose === 'proof') return `/proved?problem=${problem}`
  return signInPage(problem, next)
}

/** What is said to whoever does not come in. */
export function problemOf({ side, step }: ProviderProblem): SignInProblem {
  if (side === 'network') return 'unreachable'
  if (side !== 'person') return 'misset'
  // An answer that was used, or that another browser asked for.
  return step === 'assertion' ? 'expired' : 'refused'
}

async function endSignIn(
  desk: Desk,
  provider: Provider,
  asked: Asked,
  claims: ProviderClaims,
  { reply }: Door,
) {
  return desk.database.transaction(async (tx) => {
    const found = await comeIn(desk, tx, provider, claims)
    if (typeof found === 'string') return signInPage(found, asked.next)
    const isVouched = provider.vouchesFactor
    const from = { providerId: provider.id, subject: claims.subject, session: claims.session, isVouched }
    // Who signed in there this morning has proved nothing just now.
    const provenAt = plus(desk.clock.now(), -(claims.signedInSeconds ?? 0))
    const answer = await (isVouched
      ? signIn(desk, tx, found.agentId, reply, provenAt, from)
      : enterOrAsk(desk, tx, found.agentId, reply, { came: from, provenAt }))
    const next = asked.next ?? '/'
    if (!('wanted' in answer)) return next
    return `/sign-in?factor=${answer.wanted.join('.')}&next=${encodeURIComponent(next)}`
  })
}

async function endLink(
  desk: Desk,
  provider: Provider,
  asked: Asked,
  claims: ProviderClaims,
  { request }: Door,
) {
  const agentId = request.principal?.agentId
  if (agentId === undefined || agentId !== asked.agentId) return endOf(asked, 'other_person')
  if (!isTrusted(provider, claims))
    return endOf(asked, claims.email === null ? 'unverified' : 'unknown_account')
  return desk.database.transaction(async (tx) => {
    const known = await agentOfIdentity(tx, { providerId: provider.id, subject: claims.subject })
    if (known !== null && known.id !== agentId) return endOf(asked, 'taken')
    const email = claims.email ?? claims.unverifiedEmail ?? ''
    const { subject, groups } = claims
    await noteIdentity(tx, { providerId: provider.id, subject, agentId, email, groups, at: desk.clock.now() })
    if (known === null) await link(desk, tx, provider, agentId)
    return '/me'
  })
}

async function endProof(
  desk: Desk,
  provider: Provider,
  asked: Asked,
  claims: ProviderClaims,
  { request }: Door,
) {
  const { principal } = request
  const known = await agentOfIdentity(desk.database, { providerId: provider.id, subject: claims.subject })
  const session = principal?.session
  const isSame = known?.active === true && known.id === principal?.agentId && known.id === asked.agentId
  if (session === undefined || !isSame) return endOf(asked, 'other_person')
  if (session.factors.length > 0 && !provider.vouchesFactor) return endOf(asked, 'misset')
  await noteProof(desk.database, session.id, desk.clock.now())
  return '/proved'
}

const trialOrder: Readonly<Record<ProviderKind, readonly TrialStep[]>> = {
  oidc: ['discovery', 'answer', 'token', 'claims', 'account'],
  saml: ['answer', 'assertion', 'claims', 'account'],
  ldap: ['connect', 'find', 'answer', 'claims', 'account'],
}
/** The steps before one. */
export const before = ({ kind }: Provider, step: TrialStep): readonly TrialStep[] =>
  trialOrder[kind].slice(0, trialOrder[kind].indexOf(step))

const good = (step: TrialStep, said = ''): Trial['steps'][number] => ({
  step,
  isGood: true,
  side: null,
  said,
})

/** Keeps where a trial ended. */
export async function noteFailure(
  desk: Desk,
  provider: Provider,
  passed: readonly TrialStep[],
  error: unknown,
) {
  if (!(error instanceof ProviderProblem)) return
  const { step, side, message } = error
  const steps = [...passed.map((each) => good(each)), { step, isGood: false, side, said: message }]
  await noteTrial(desk.database, provider.id, { at: desk.clock.now(), steps, groups: [] })
}

class NotKept extends Error {}

/** What would become of who came back, without anything of it being kept. */
export async function endTrial(desk: Desk, provider: Provider, claims: ProviderClaims): Promise<string> {
  let found: CameIn | Refused = 'unknown_account'
  let said = ''
  await desk.database
    .transaction(async (tx) => {
      // As if it were on: nothing of it is kept.
      await changeProvider(tx, provider.id, { isOn: true })
      found = await comeIn(desk, tx, provider, claims)
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
    ...before(provider, 'claims').map((each) => good(each)),
    good('claims', claims.claimNames.join(', ')),
    isJoinedByHand(provider, found)
      ? good('account', BY_HAND)
      : said === ''
        ? { step: 'account' as const, isGood: false, side: sideOf(found), said: String(found) }
        : good('account', said),
  ]
  await noteTrial(desk.database, provider.id, { at: desk.clock.now(), steps, groups: claims.groups ?? [] })
  return adminPage(provider)
}

/** Where no address is believed, people sign in with their password once and join the two: who it is, is known then. */
const isJoinedByHand = ({ kind, domains }: Provider, found: CameIn | Refused): boolean =>
  found === 'unverified' && kind !== 'ldap' && domains.length === 0
const BY_HAND = 'by_hand'

const sideOf = (found: CameIn | Refused): TrialSide => (found === 'unverified' ? 'provider' : 'desk')
