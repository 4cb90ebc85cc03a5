// What is kept of a SAML provider besides its name: what its metadata says, and what the desk allows it.
import { plus, type Instant } from '#kit/time.ts'

export type SamlCertificate = {
  /** PEM. */
  readonly text: string
  readonly subject: string
  readonly endsAt: Instant
}

export type Saml = {
  /** Where browsers go to sign in, by the redirect binding. */
  readonly signInUrl: string
  /** Whoever signs with one of them is the provider: two stand here while one takes over from the other. */
  readonly certificates: readonly SamlCertificate[]
  /** Where the metadata was read; null for what somebody pasted. */
  readonly metadataUrl: string | null
  /** What the desk signs its requests by, and has answers encrypted for; its private key lies sealed. Null where there is none yet. */
  readonly own: SamlCertificate | null
  readonly signsRequests: boolean
  /** Answers that no browser of ours asked for are taken: the provider's own page of applications leads here. */
  readonly takesUnasked: boolean
}

const WARN_SECONDS = 30 * 86_400

/** When the last of a provider's certificates ends, if that is within thirty days: until then it needs another; else null. */
export function certificatesEnd({ certificates }: Pick<Saml, 'certificates'>, now: Instant): Instant | null {
  const last = certificates
    .map(({ endsAt }) => endsAt)
    .toSorted()
    .at(-1)
  return last !== undefined && last < plus(now, WARN_SECONDS) ? last : null
}
