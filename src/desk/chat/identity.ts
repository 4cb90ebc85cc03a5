// What a company's own site says of its visitor, in a signed token: who they are there, and their address. Believed only when one of
// the widget's keys signed it, for this widget, and not for long.
import { createPublicKey } from 'node:crypto'
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose'
import { instant, plus, type Instant } from '#kit/time.ts'
import { canonicalAddress, type Address } from '#mail/address.ts'
import type { IdentityAlgorithm, IdentityRefusal } from '#setup/identity-words.ts'

/** A token that is good for longer would be a password. */
const LONGEST_SECONDS = 86_400
/** Clocks of two servers differ by so much. */
const TOLERANCE_SECONDS = 30
const LONGEST_SUBJECT = 200

export type Identified = {
  readonly subject: string
  readonly email: Address
  readonly name: string
  /** Believed so long. */
  readonly until: Instant
  readonly keyId: number
}
export type CheckKey = { readonly id: number; readonly algorithm: IdentityAlgorithm; readonly text: string }

/** Who the visitor is by the token, or why it is not believed. Algorithms are the keys' own: the token chooses none. */
export async function identified(
  token: string,
  keys: readonly CheckKey[],
  audience: string,
  now: Instant,
): Promise<Identified | { readonly refused: IdentityRefusal }> {
  if (keys.length === 0) return { refused: 'no_key' }
  const algorithm = algorithmOf(token)
  if (algorithm === null) return { refused: 'unreadable' }
  const fitting = keys.filter((key) => key.algorithm === algorithm)
  if (fitting.length === 0) return { refused: 'algorithm' }
  let refused: IdentityRefusal = 'signature'
  for (const key of fitting) {
    try {
      const { payload } = await jwtVerify(token, materialOf(key), {
        algorithms: [key.algorithm],
        audience,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(now),
      })
      return claimsOf(payload, key.id, now)
    } catch (error) {
      const found = refusalOf(error)
      // The other key may be the one that signed it.
      if (found !== 'signature') refused = found
    }
  }
  return { refused }
}

function algorithmOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).alg ?? ''
  } catch {
    return null
  }
}

function materialOf({ algorithm, text }: CheckKey) {
  return algorithm === 'HS256' ? new TextEncoder().encode(text) : createPublicKey(text)
}

function claimsOf(
  { sub, exp = 0, email, name }: JWTPayload,
  keyId: number,
  now: Instant,
): Identified | { readonly refused: IdentityRefusal } {
  if (exp - Date.parse(now) / 1000 > LONGEST_SECONDS + TOLERANCE_SECONDS) return { refused: 'too_long' }
  const address = typeof email === 'string' ? canonicalAddress(email) : null
  // What was signed need not be what the standard says: a number, for one.
  if (typeof sub !== 'string') return { refused: 'claims' }
  if (address === null || sub === '' || sub.length > LONGEST_SUBJECT || !sub.isWellFormed())
    return { refused: 'claims' }
  const until = plus(instant(exp * 1000), TOLERANCE_SECONDS)
  return { subject: sub, email: address, name: typeof name === 'string' ? nameOf(name) : '', until, keyId }
}

/** A name as it is kept: one line, and no longer than names are. */
export function nameOf(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 100)
}

function refusalOf(error: unknown): IdentityRefusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'aud' ? 'audience' : 'claims'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JOSEError) return 'unreadable'
  throw error
}

/** What is wrong with a public key, or null. */
export function publicKeyProblem(algorithm: 'RS256' | 'EdDSA', text: string): string | null {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(text)
    if (/PRIVATE KEY/.test(text)) return 'is a private key: keep that, and give its public half'
    if (algorithm === 'EdDSA') return asymmetricKeyType === 'ed25519' ? null : 'is no Ed25519 key'
    if (asymmetricKeyType !== 'rsa') return 'is no RSA key'
    return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? null : 'has fewer than 2,048 bits'
  } catch {
    return 'is not a public key in PEM form'
  }
}
