// One's own way in: second factors, passkeys, recovery codes, sessions; and which roles must have a second factor.
import { z } from 'zod'
import { role } from './desk.ts'
import { id, instant, name } from './shapes.ts'

const base64url = (max: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(max)
const credential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()),
}

/** A passkey's answer to a challenge: `AuthenticationResponseJSON` of WebAuthn. */
export const signedByPasskey = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(8_000),
    signature: base64url(8_000),
    userHandle: base64url(200).optional(),
  }),
})

/** A new passkey: `RegistrationResponseJSON` of WebAuthn. */
const madePasskey = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(60_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
})

/** What `navigator.credentials` is given, as JSON. */
export const passkeyOptions = z.record(z.string(), z.unknown())

/** The code of an authenticator app, or a recovery code. */
const code = z.string().trim().min(1).max(40)

/**
 * Ways to prove that it is you: the provider that one came by, a passkey, an app's code, a recovery code; the password where the account
 * has none of them.
 */
export const proofKind = z.enum(['provider', 'passkey', 'code', 'recovery', 'password'])
export type ProofKind = z.infer<typeof proofKind>

/**
 * POST /session answers this instead of `me` when the password is right and the account has a second factor. The browser is
 * half-signed-in for ten minutes and ten tries: POST /session/factor is what leads on.
 */
export const factorWanted = z.object({ wanted: z.array(proofKind) })
export type FactorWanted = z.infer<typeof factorWanted>

/** POST /session/factor: the second factor, or a passkey alone. */
export const factorShown = z.union([z.strictObject({ code }), z.strictObject({ passkey: signedByPasskey })])
export type FactorShown = z.input<typeof factorShown>

/** POST /session/proof: makes the session fresh for what needs it (a 403 of the type `/step-up`). */
export const proofShown = z.union([
  z.strictObject({ code }),
  z.strictObject({ passkey: signedByPasskey }),
  z.strictObject({ password: z.string().max(200) }),
])
export type ProofShown = z.input<typeof proofShown>

export const passkey = z.object({
  id,
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
})
export type Passkey = z.infer<typeof passkey>

/** GET /account/factors */
export const factors = z.object({
  totp: z.object({ since: instant }).nullable(),
  passkeys: z.array(passkey),
  recoveryCodesLeft: z.number().int(),
  /** False where the desk's address is no host name, or not https: browsers make no passkeys there. */
  passkeysPossible: z.boolean(),
  /** Where passkeys work: they are bound to this address. */
  origin: z.string(),
  /** The role must have a factor: the last one stays. */
  required: z.boolean(),
})
export type Factors = z.infer<typeof factors>

/** POST /account/totp: what the app reads off the screen, and the same as text. */
export const totpOffer = z.object({ uri: z.string(), secret: z.string() })
export type TotpOffer = z.infer<typeof totpOffer>
export const totpConfirm = z.strictObject({ code })

/** The codes are in this answer alone; null when there were some before. */
export const factorAdded = z.object({ recoveryCodes: z.array(z.string()).nullable() })
export type FactorAdded = z.infer<typeof factorAdded>
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof recoveryCodes>

export const newPasskey = z.strictObject({ name, passkey: madePasskey })
export const passkeyPatch = z.strictObject({ name })

/** GET /account/sessions, the one seen last first. */
export const openSession = z.object({
  id,
  browser: z.string().nullable(),
  system: z.string().nullable(),
  address: z.string(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  isThis: z.boolean(),
})
export const openSessions = z.object({ items: z.array(openSession) })
export type OpenSession = z.infer<typeof openSession>

/** How many sessions, or factors, an answer ended. */
export const ended = z.object({ ended: z.number().int() })

/** GET and PUT /sign-in-policy. An account has `graceDays` from `since`, or from its own beginning when that is later. */
export const signInPolicy = z.object({
  required: z.array(z.object({ role, since: instant, graceDays: z.number().int() })),
})
export type SignInPolicy = z.infer<typeof signInPolicy>
export const signInPolicyPut = z.strictObject({
  required: z
    .array(z.strictObject({ role, graceDays: z.number().int().min(0).max(90) }))
    .max(4)
    .refine((all) => new Set(all.map((each) => each.role)).size === all.length, 'names a role twice'),
})
export type SignInPolicyPut = z.infer<typeof signInPolicyPut>
