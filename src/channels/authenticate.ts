// Asks the world who sent a mail: SPF, DKIM, DMARC and ARC over its raw bytes, with a resolver that is not waited for long.
import ipaddr from 'ipaddr.js'
import type { AuthenticateResult } from 'mailauth'
import type { Dns } from '#channels/dns.ts'
import { addressKey, mendedAddress, type Address } from '#mail/address.ts'
import {
  aboutSomebodyElse,
  unauthenticated,
  type Authentication,
  type AuthResult,
} from '#mail/authentication.ts'

const LONGEST_MS = 5_000
/** Beyond this only the headers are looked at: hashing a large body for a signature costs more than it tells. */
const MOST_BYTES = 20_000_000

type Came = {
  readonly from: string | null
  readonly remoteAddress: string | null
  readonly helo?: string
}

/**
 * The verdicts on one mail; what cannot be found out in time is `temperror`, never a pass. `author` is whom the desk reads in From: a
 * verdict about anybody else is none about them, and two readings of one header are somebody's doing (M7).
 */
export async function authenticate(
  dns: Dns,
  raw: Uint8Array,
  came: Came,
  trustedSealers: readonly string[],
  author: Address | null,
): Promise<Authentication> {
  if (raw.length > MOST_BYTES) return unauthenticated
  const ip = publicAddress(came.remoteAddress)
  const options = {
    resolver: dns,
    mta: 'docket',
    disableBimi: true,
    trustReceived: false,
    // Who has no sender, as bounces, is judged by how its server calls itself (RFC 7208 §2.4).
    ...(ip === null ? {} : { ip, helo: hostIn(came.helo) ?? `[${ip}]` }),
    ...(came.from === null || came.from === '' ? {} : { sender: came.from }),
  }
  // Loaded with the first mail, and before its time begins to count.
  const { authenticate: mailauth } = await import('mailauth')
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => late.resolve(null), LONGEST_MS).unref()
  const found = await Promise.race([mailauth(Buffer.from(raw), options).catch(() => null), late.promise])
  clearTimeout(timer)
  if (found === null) return { ...unauthenticated, dmarc: 'temperror', source: 'here' }
  const verdict = verdictOf(found, ip !== null, trustedSealers)
  return isAbout(found, author) ? verdict : aboutSomebodyElse(verdict)
}

/** A name of a host; greetings are anything. */
function hostIn(helo: string | undefined): string | null {
  return helo !== undefined && /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,10}$/i.test(helo)
    ? helo.toLowerCase()
    : null
}

function verdictOf(
  found: AuthenticateResult,
  knowsIp: boolean,
  trustedSealers: readonly string[],
): Authentication {
  const signatures = found.dkim.results
  const passing = signatures.find(({ status }) => status.result === 'pass')
  const dmarc = found.dmarc === false ? null : found.dmarc
  const spf = found.spf === false || !knowsIp ? null : found.spf
  const arcPass = found.arc !== false && found.arc.status.result === 'pass'
  const sealed = arcPass && sealerVouches(found, trustedSealers)
  const dmarcResult = sealed ? 'pass' : resultOf(dmarc?.status.result)
  return {
    spf: resultOf(spf?.status.result),
    dkim: resultOf(passing?.status.result ?? signatures[0]?.status.result),
    dmarc: dmarcResult,
    arc: found.arc === false ? 'none' : resultOf(found.arc.status.result),
    policy: dmarc?.policy === 'quarantine' || dmarc?.policy === 'reject' ? dmarc.policy : 'none',
    aligned: sealed || isAligned(found, knowsIp),
    spfDomain: spf?.status.result === 'pass' ? (spf.domain ?? null) : null,
    dkimDomain: passing?.signingDomain ?? null,
    source: 'here',
  }
}

function isAbout(found: AuthenticateResult, author: Address | null): boolean {
  const from = found.dkim.headerFrom ?? []
  // Who stands in no From speaks for nobody's domain.
  if (author === null) return true
  return from.some((each) => {
    const read = mendedAddress(each)
    return read !== null && addressKey(read) === addressKey(author)
  })
}

/**
 * Without a DMARC record alignment is still told: a domain that passed is the author's own, or stands above it. One below it could
 * be anybody's (`evil.github.io` does not speak for `github.io`).
 */
function isAligned(found: AuthenticateResult, knowsIp: boolean): boolean {
  const author = authorDomain(found)
  if (author === null) return false
  const vouches = (domain: string | undefined) =>
    domain !== undefined && (domain === author || (domain.includes('.') && author.endsWith(`.${domain}`)))
  const spf =
    found.spf !== false && knowsIp && found.spf.status.result === 'pass' ? found.spf.domain : undefined
  const signers = found.dkim.results
    .filter(({ status }) => status.result === 'pass')
    .map(({ signingDomain }) => signingDomain?.toLowerCase())
  return vouches(spf?.toLowerCase()) || signers.some(vouches)
}

/** Null when the mail has no author or several: then nobody can vouch for one. */
function authorDomain(found: AuthenticateResult): string | null {
  const from = found.dkim.headerFrom ?? []
  const [author] = from
  return from.length === 1 && author !== undefined ? (author.split('@').at(-1)?.toLowerCase() ?? null) : null
}

type Seen = { readonly result?: string; readonly header?: { readonly from?: string } }

/** A forwarder that the desk trusts saw DMARC pass before it changed the mail (RFC 8617). */
function sealerVouches(found: AuthenticateResult, trustedSealers: readonly string[]): boolean {
  if (found.arc === false || trustedSealers.length === 0) return false
  const { signature, authenticationResults } = found.arc
  const domain = signature === undefined || signature === false ? null : signature.signingDomain
  if (domain === null || !trustedSealers.some((each) => each.toLowerCase() === domain?.toLowerCase()))
    return false
  const dmarc = authenticationResults?.['dmarc'] as Seen | undefined
  // It saw the mail before others changed it, perhaps its From too.
  return dmarc?.result === 'pass' && dmarc.header?.from?.toLowerCase() === authorDomain(found)
}

function resultOf(result: string | undefined): AuthResult {
  if (result === undefined || result === 'skipped' || result === 'declined') return 'none'
  return result === 'temperr' ? 'temperror' : (result as AuthResult)
}

/** The client's address, when the mail came straight from the internet: one inside is a relay of ours and says nothing of SPF. */
function publicAddress(address: string | null): string | null {
  if (address === null || !ipaddr.isValid(address)) return null
  const ip = ipaddr.process(address)
  return ip.range() === 'unicast' ? ip.toString() : null
}
