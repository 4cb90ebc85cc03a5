// Signing in: the password, then the second factor where the account has one; or a passkey alone.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { credentials, me } from '#api/contract.ts'
import { factorShown, factorWanted, passkeyOptions } from '#api/contract/account.ts'
import { decline } from '#api/http/problem.ts'
import { cookieOptions, signIn } from '#api/people/enter.ts'
import { askToSign } from '#api/people/passkey-ceremony.ts'
import { declineUnreachable, prove, take, type Taken } from '#api/people/proof.ts'
import { rememberDevice, withinSignInBudget } from '#api/people/sign-in-budget.ts'
import { route } from '#api/route.ts'
import { typedKey } from '#mail/address.ts'
import { comeIn as comeThrough, type Refused } from '#desk/come-in.ts'
import type { Desk } from '#desk/desk.ts'
import { knownToDirectory, type Unanswered } from '#desk/directory.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { findSignIn } from '#people/agent-store.ts'
import { proofsWith } from '#people/factor.ts'
import { factorsOf } from '#people/factor-store.ts'
import { isPasswordReplaced } from '#people/identity-store.ts'
import { isPassword } from '#people/secrets.ts'
import type { Came } from '#people/session-store.ts'
import { closeHalf, findHalf, openHalf, takeHalfTry, type Half } from '#people/sign-in-store.ts'
import type { Db } from '#store/database.ts'

const FEW = { max: 20, timeWindow: '1 minute' }
/** Passwords are slow to look at; how often they may be wrong is another question. */
const MANY = { max: 120, timeWindow: '1 minute' }

export function signInRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/session',
    access: 'anyone',
    summary: 'Signs in with address and password, or says which second factor is wanted',
    body: credentials,
    answer: z.union([me, factorWanted]),
    status: 200,
    rateLimit: MANY,
    // What was tried in vain is counted whatever becomes of it.
    beforehand: async ({ body, request, reply }) => {
      const { password } = body
      // Who guesses at an own password is judged, whether a directory answers or not.
      let isSilent = false
      const found = await withinSignInBudget(desk, { request, reply }, typedKey(body.email), async () => {
        const agent = await findSignIn(desk.database, typedKey(body.email))
        const right = await isPassword(password, agent?.passwordHash ?? null)
        const own = right && agent?.active === true ? { agentId: agent.id, known: null } : null
        const isReplaced = agent !== null && (await isPasswordReplaced(desk.database, agent.id))
        if (own !== null && !isReplaced) return own
        // Where the directory has taken its place, the same password may be right there.
        const known = await knownToDirectory(desk, { login: body.email, password })
        if (known !== 'unreachable') return known === null ? own : { agentId: null, known }
        isSilent = true
        return isReplaced || agent?.passwordHash == null ? known : null
      })
      if (isSilent || found === 'unreachable') return 'unreachable' as const
      return found?.known == null
        ? found
        : { agentId: null, known: await throughDirectory(desk, found.known) }
    },
    handler: async ({ db, early: found, reply }) => {
      if (found === 'unreachable') declineUnreachable()
      if (found === null) decline('signed-out', 'Address and password do not match.')
      if (found.known !== null) return enterFromDirectory(desk, db, found.known, reply)
      await refuseReplaced(db, found.agentId)
      return enterOrAsk(desk, db, found.agentId, reply)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/session/challenge',
    access: 'anyone',
    summary: 'What a passkey is to sign: as the second factor, or as the only one',
    answer: passkeyOptions,
    status: 200,
    rateLimit: FEW,
    handler: async ({ db, request, reply }) => {
      const half = (await halfOf(desk, db, request)) ?? (await begin(desk, db, null, reply))
      return askToSign(desk, db, { ...half, purpose: 'sign_in' })
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/session/factor',
    access: 'anyone',
    summary: 'Shows the second factor, or a passkey alone, and is signed in',
    body: factorShown,
    answer: me,
    status: 200,
    rateLimit: FEW,
    beforehand: async ({ body, request }): Promise<{ half: Half; taken: Taken } | null> => {
      const half = await halfOf(desk, desk.database, request)
      if (half === null) return null
      if ('code' in body && !(await takeHalfTry(desk.database, secretOf(desk, request)))) return null
      return { half, taken: await take(desk, body, { ...half, purpose: 'sign_in' }) }
    },
    handler: async ({ db, body, early, request, reply }) => {
      if (early === null) decline('signed-out', 'This took too long, or too many tries. Sign in again.')
      const { half, taken } = early
      const agentId = await prove(desk, db, body, { agentId: half.agentId, taken })
      await closeHalf(db, secretOf(desk, request))
      reply.clearCookie(halfCookie(desk), cookieOptions(desk))
      const came = half.came
      return comeIn(
        desk,
        db,
        agentId,
        reply,
        came === null ? undefined : { came, provenAt: desk.clock.now() },
      )
    },
  })
}

type FromDirectory = Came & { readonly agentId: PersonId }

/** Who a directory's person is here; committed also when they are not let in, as their groups may just have put them out. */
async function throughDirectory(
  desk: Desk,
  { provider, claims }: Exclude<Awaited<ReturnType<typeof knownToDirectory>>, Unanswered | null>,
): Promise<FromDirectory | Refused> {
  return desk.database.transaction(async (tx) => {
    const found = await comeThrough(desk, tx, provider, claims)
    // Nobody can join the two by hand: an address that is not believed is as none.
    if (typeof found === 'string') return found === 'unverified' ? 'unknown_account' : found
    const { vouchesFactor: isVouched, id: providerId } = provider
    return { agentId: found.agentId, providerId, subject: claims.subject, session: null, isVouched }
  })
}

async function enterFromDirectory(desk: Desk, db: Db, found: FromDirectory | Refused, reply: FastifyReply) {
  if (typeof found === 'string')
    decline('forbidden', 'The directory knows you, and the desk does not let you in.', { refusal: found })
  const { agentId, ...came } = found
  const provenAt = desk.clock.now()
  if (came.isVouched) return signIn(desk, db, agentId, reply, provenAt, came)
  return enterOrAsk(desk, db, agentId, reply, { came, provenAt })
}

/** Refuses a password where the company's provider has taken its place. */
export async function refuseReplaced(db: Db, agentId: PersonId): Promise<void> {
  if (await isPasswordReplaced(db, agentId))
    decline('forbidden', 'This account signs in by the company’s provider.', { refusal: 'use-provider' })
}

/** Lets in whoever is right about the password or came by a provider, or says which second factor is wanted. */
export async function enterOrAsk(
  desk: Desk,
  db: Db,
  agentId: PersonId,
  reply: FastifyReply,
  by?: { came: Came; provenAt: Instant },
) {
  const factors = await factorsOf(db, agentId)
  if (factors.length === 0) return comeIn(desk, db, agentId, reply, by)
  await begin(desk, db, agentId, reply, by?.came)
  return { wanted: proofsWith(factors) }
}

/** Signs in, and marks the device as known for the account. */
async function comeIn(
  desk: Desk,
  db: Db,
  agentId: PersonId,
  reply: FastifyReply,
  by?: { came: Came; provenAt: Instant },
) {
  const answer = await signIn(desk, db, agentId, reply, by?.provenAt ?? desk.clock.now(), by?.came)
  rememberDevice(desk, reply, answer.email)
  return answer
}

/** The cookie of a browser that is on its way in: worth nothing to any other route. */
function halfCookie(desk: Desk): string {
  return desk.baseUrl.startsWith('https:') ? '__Host-docket-half' : 'docket_half'
}

const secretOf = (desk: Desk, request: FastifyRequest): string => request.cookies[halfCookie(desk)] ?? ''

const halfOf = (desk: Desk, db: Db, request: FastifyRequest): Promise<Half | null> =>
  findHalf(db, secretOf(desk, request), desk.clock.now())

async function begin(
  desk: Desk,
  db: Db,
  agentId: PersonId | null,
  reply: FastifyReply,
  came?: Came,
): Promise<Half> {
  const secret = await openHalf(db, agentId, desk.clock.now(), came)
  reply.setCookie(halfCookie(desk), secret, { ...cookieOptions(desk), maxAge: 600 })
  return (await findHalf(db, secret, desk.clock.now())) ?? decline('signed-out')
}
