// What proves that an agent is there, and for how long a session counts as proved.
import type { ProviderKind } from '#people/provider-kind.ts'
import { plus, type Instant } from '#kit/time.ts'

export type FactorKind = 'totp' | 'passkey'
export type ProofKind = 'provider' | 'passkey' | 'code' | 'recovery' | 'password'

/** What the session of an agent at the screen may be asked for, beside its rights. */
export type Session = {
  readonly id: number
  /** When the agent last showed a factor, or the password where there is none. */
  readonly provenAt: Instant | null
  readonly factors: readonly FactorKind[]
  /** Until when the role lets the account go on without a second factor; null when it has one or needs none. */
  readonly factorDueAt: Instant | null
  /** That time is over: nothing is open but adding one. */
  readonly mustEnrol: boolean
  /** Where the agent signed in for this session, when that was not here. */
  readonly provider: {
    readonly id: number
    readonly name: string
    readonly isVouched: boolean
    readonly isOn: boolean
    readonly kind: ProviderKind
  } | null
  readonly hasPassword: boolean
}

/**
 * The ways to prove it: signing in once more at the provider that the session came by, and the account's own factors. The password
 * counts only where there is no factor.
 */
export function proofsOf({
  factors,
  provider,
  hasPassword,
}: Pick<Session, 'factors' | 'provider' | 'hasPassword'>): ProofKind[] {
  // A directory's password is typed here, as the account's own is.
  const counts =
    provider?.isOn === true && provider.kind !== 'ldap' && (provider.isVouched || factors.length === 0)
  if (factors.length === 0 && counts) return hasPassword ? ['provider', 'password'] : ['provider']
  if (factors.length === 0) return ['password']
  return [...(counts ? (['provider'] as const) : []), ...proofsWith(factors)]
}

/** The ways to prove it with these factors. */
export function proofsWith(factors: readonly FactorKind[]): ProofKind[] {
  if (factors.length === 0) return ['password']
  const shown = { passkey: 'passkey', totp: 'code' } as const
  return [...factors.map((factor) => shown[factor]), 'recovery']
}

const FRESH_SECONDS = 600

/** Whether the agent of a session proved within the last ten minutes to be there. */
export function isFresh({ provenAt }: Session, at: Instant): boolean {
  return provenAt !== null && provenAt > plus(at, -FRESH_SECONDS)
}
