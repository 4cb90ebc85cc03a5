// What browsers and passkeys do together (WebAuthn): what they are asked, and whether the answer is one to that question.
import { isIP } from 'node:net'
import { z } from 'zod'
import type { newPasskey, signedByPasskey } from '#api/contract/account.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Principal } from '#people/can.ts'
import {
  keepChallenge,
  listPasskeys,
  noteSigned,
  signerOf,
  useChallenge,
  type Purpose,
} from '#people/passkey-store.ts'
import type { Db } from '#store/database.ts'

export type Signed = z.output<typeof signedByPasskey>
export type Made = z.output<typeof newPasskey>['passkey']

/** Loaded when the first passkey is asked about: most desks, and every start, do without. */
const webauthn = () => import('@simplewebauthn/server')

/** EdDSA, ES256, RS256. Not what the runtime merely tries out: a passkey outlives it. */
const ALGORITHMS = [-8, -7, -257]

type RelyingParty = { readonly id: string; readonly origin: string }

/** The name that passkeys are bound to; null where browsers make none: at a bare address, or without https. */
export function relyingParty({ baseUrl }: Pick<Desk, 'baseUrl'>): RelyingParty | null {
  const { protocol, hostname, origin } = new URL(baseUrl)
  const isName = isIP(hostname) === 0 && !hostname.startsWith('[')
  const isSafe = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
  return isName && isSafe ? { id: hostname, origin } : null
}

const partyOf = (desk: Desk): RelyingParty =>
  relyingParty(desk) ??
  decline('refused', 'Passkeys need this desk at an https address with a host name.', {
    refusal: 'no_passkeys_here',
  })

/** What a browser is to make a passkey for. */
export async function askToMake(
  desk: Desk,
  db: Db,
  { principal, deskName, holder }: { principal: Principal; deskName: string; holder: string },
) {
  const { generateRegistrationOptions } = await webauthn()
  const options = await generateRegistrationOptions({
    rpName: deskName,
    rpID: partyOf(desk).id,
    userID: new TextEncoder().encode(`docket:${principal.agentId}`),
    userName: principal.email,
    userDisplayName: principal.name,
    excludeCredentials: await credentialsOf(db, principal.agentId),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  await keepChallenge(db, { challenge: options.challenge, holder, purpose: 'register' }, desk.clock.now())
  return { ...options }
}

/** What a passkey is to sign: one of the agent's, or whichever the person at the browser picks, which then must know them. */
export async function askToSign(
  desk: Desk,
  db: Db,
  ask: { agentId: PersonId | null; holder: string; purpose: Purpose },
) {
  const { agentId, holder, purpose } = ask
  const known = agentId === null ? [] : await credentialsOf(db, agentId)
  if (agentId !== null && known.length === 0) decline('not-found', 'This account has no passkey.')
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({
    rpID: partyOf(desk).id,
    allowCredentials: known,
    userVerification: agentId === null ? 'required' : 'preferred',
  })
  await keepChallenge(db, { challenge: options.challenge, holder, purpose }, desk.clock.now())
  return { ...options }
}

async function credentialsOf(db: Db, agentId: PersonId) {
  const passkeys = await listPasskeys(db, agentId)
  return passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] }))
}

/** Uses up the challenge that an answer names, for good, and returns it; null when this holder was not asked it. */
export async function takeChallenge(
  desk: Desk,
  answer: Signed | Made,
  asked: { holder: string; purpose: Purpose },
): Promise<string | null> {
  const challenge = challengeIn(answer.response.clientDataJSON)
  if (challenge === null) return null
  const isOurs = await useChallenge(desk.database, { challenge, ...asked }, desk.clock.now())
  return isOurs ? challenge : null
}

const clientData = z.object({ challenge: z.string().min(20).max(200) })

function challengeIn(clientDataJSON: string): string | null {
  try {
    const read = clientData.safeParse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')))
    return read.success ? read.data.challenge : null
  } catch {
    // Not JSON: no answer to anything we asked.
    return null
  }
}

/** The new passkey that answers `challenge`, or a refusal. */
export async function made(desk: Desk, answer: Made, challenge: string | null) {
  const party = partyOf(desk)
  const { verifyRegistrationResponse } = await webauthn()
  const verified = await verifyRegistrationResponse({
    response: plain(answer),
    expectedChallenge: challenge ?? refusePasskey(desk),
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    // One that does not know its person is good as a second factor; as the only one it is asked for more.
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((error: unknown) => refusePasskey(desk, error))
  if (!verified.verified) return refusePasskey(desk)
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return { credentialId: id, publicKey, signCount: counter, transports: answer.response.transports ?? [] }
}

/** Whose passkey signed `challenge`: one of `agentId`, or, when nobody is known yet, one that made sure of its person. */
export async function signedBy(
  desk: Desk,
  db: Db,
  answer: Signed,
  asked: { challenge: string | null; agentId: PersonId | null },
): Promise<PersonId> {
  const party = partyOf(desk)
  const expectedChallenge = asked.challenge ?? refusePasskey(desk)
  const signer = (await signerOf(db, answer.id)) ?? refusePasskey(desk)
  if (asked.agentId !== null && signer.agentId !== asked.agentId) refusePasskey(desk)
  const { verifyAuthenticationResponse } = await webauthn()
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: plain(answer),
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: {
      id: answer.id,
      publicKey: new Uint8Array(signer.publicKey),
      counter: signer.signCount,
    },
    requireUserVerification: asked.agentId === null,
  }).catch((error: unknown) => refusePasskey(desk, error))
  if (!verified) refusePasskey(desk)
  await noteSigned(db, signer.id, authenticationInfo.newCounter, desk.clock.now())
  return signer.agentId
}

/** Why is not told: whoever has the passkey begins again, and nobody else learns anything. */
function refusePasskey(desk: Desk, error?: unknown): never {
  // The library throws for a forged answer and for its own trouble alike; the log tells them apart.
  desk.log.warn({ err: error }, 'A passkey was not accepted')
  declineInput('passkey', 'was not accepted. Begin again')
}

/** The library's types know no field that is there and undefined, as ours say of what may be left out. */
function plain<Answer extends Signed | Made>(answer: Answer) {
  return answer as never
}
