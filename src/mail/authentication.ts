// What is known about who sent a mail, and what that is worth: verified, unverified, or failed. Pure; the asking is in channels.
import { canonicalAddress, domainOf, type Address } from '#mail/address.ts'
import type { Mail } from '#mail/mail.ts'

export type AuthResult =
  | 'pass'
  | 'fail'
  | 'softfail'
  | 'neutral'
  | 'none'
  | 'temperror'
  | 'permerror'
  | 'policy'

export type Authentication = {
  readonly spf: AuthResult
  readonly dkim: AuthResult
  readonly dmarc: AuthResult
  readonly arc: AuthResult
  /** What the author's domain asks for when DMARC fails. */
  readonly policy: 'none' | 'quarantine' | 'reject'
  /** SPF or DKIM passes for the author's own domain. */
  readonly aligned: boolean
  /** Domains that passed, for showing. */
  readonly spfDomain: string | null
  readonly dkimDomain: string | null
  /** Verified here, read from a server that the desk trusts, or not looked at. */
  readonly source: 'here' | 'trusted_server' | 'none'
}

export type SenderCheck = 'verified' | 'unverified' | 'failed'

export const unauthenticated: Authentication = {
  spf: 'none',
  dkim: 'none',
  dmarc: 'none',
  arc: 'none',
  policy: 'none',
  aligned: false,
  spfDomain: null,
  dkimDomain: null,
  source: 'none',
}

/**
 * Verified when the author's domain vouches for the mail. Failed when that domain says how its mail is told and this is not it.
 * Everything else, a domain that says nothing or a DNS that does not answer, is unverified.
 */
export function senderCheck(auth: Authentication): SenderCheck {
  if (auth.dmarc === 'pass' || auth.aligned) return 'verified'
  return auth.dmarc === 'fail' ? 'failed' : 'unverified'
}

/** What a verdict is worth when it was passed on another author than the one who is believed to speak: that one's domain did not. */
export function aboutSomebodyElse(auth: Authentication): Authentication {
  return { ...auth, dmarc: 'fail', policy: 'none', aligned: false }
}

/**
 * The verdict of a server that the desk trusts (RFC 8601): only of the topmost Authentication-Results, and only under a name that an
 * administrator listed. Every other one was perhaps written by the sender (M8).
 */
export function trustedResults(
  mail: Mail,
  author: Address | null,
  trustedServers: readonly string[],
): Authentication | null {
  const topmost = mail.headers.get('authentication-results')?.[0]
  if (topmost === undefined || trustedServers.length === 0) return null
  const read = readResults(topmost)
  if (read === null || !trustedServers.some((each) => each.toLowerCase() === read.server)) return null
  const of = (method: string) => read.results.find((each) => each.method === method)
  const [spf, dkim, dmarc, arc] = [of('spf'), of('dkim'), of('dmarc'), of('arc')]
  const domain = author === null ? '' : domainOf(author)
  const spfDomain = domainIn(spf?.props['smtp.mailfrom'])
  const dkimPasses = read.results.filter((each) => each.method === 'dkim' && each.result === 'pass')
  const dkimDomains = dkimPasses.map(({ props }) => domainIn(props['header.d'] ?? props['header.i']))
  const isSame = (each: string | null) => each !== null && each !== '' && each === domain
  const policy = /(?:^|\s)p=(quarantine|reject)\b/i.exec(dmarc?.comment ?? '')?.[1]?.toLowerCase()
  const judged = canonicalAddress(`author@${domainIn(dmarc?.props['header.from']) ?? ''}`)
  const verdict: Authentication = {
    spf: spf?.result ?? 'none',
    dkim: dkimPasses[0]?.result ?? dkim?.result ?? 'none',
    dmarc: dmarc?.result ?? 'none',
    arc: arc?.result ?? 'none',
    policy: policy === 'quarantine' || policy === 'reject' ? policy : 'none',
    aligned: (spf?.result === 'pass' && isSame(spfDomain)) || dkimDomains.some(isSame),
    spfDomain,
    dkimDomain: dkimDomains[0] ?? null,
    source: 'trusted_server',
  }
  // That server read another author than we do.
  return judged === null || domainOf(judged) === domain ? verdict : aboutSomebodyElse(verdict)
}

type Result = {
  readonly method: string
  readonly result: AuthResult
  readonly props: Readonly<Record<string, string>>
  readonly comment: string
}

const known = new Set<string>([
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'temperror',
  'permerror',
  'policy',
])

/** RFC 8601 §2.2: `server [version]; method=result (comment) type.property=value …; …`. */
function readResults(value: string): { server: string; results: readonly Result[] } | null {
  const comments: string[] = []
  // Comments first, so that nothing in one can be taken for a result; what stands in quotes stays whole.
  const bare = value
    .slice(0, 20_000)
    .replace(/"[^"]*"|\(([^()]*)\)/g, (whole, comment: string | undefined) => {
      if (comment === undefined) return whole
      comments.push(comment)
      return ` \u2058${comments.length - 1}\u2058 `
    })
  if (/[()]/.test(bare)) return null
  const [first = '', ...rest] = bare.split(';')
  const server = first
    .replace(/\u2058\d+\u2058/g, ' ')
    .trim()
    .split(/\s+/)[0]
    ?.replaceAll('"', '')
    .toLowerCase()
  if (server === undefined || server === '') return null
  const results = rest.flatMap((part): Result[] => {
    const [, method = '', result = ''] = /^\s*([a-z0-9-]+)\s*=\s*([a-z]+)/i.exec(part) ?? []
    if (!known.has(result.toLowerCase())) return []
    const props = Object.fromEntries(
      [...part.matchAll(/([a-z]+\.[a-z0-9_-]+)\s*=\s*("[^"]*"|[^\s;\u2058]+)/gi)].map(
        ([, name = '', text = '']) => [name.toLowerCase(), text.replaceAll('"', '')],
      ),
    )
    const comment = [...part.matchAll(/\u2058(\d+)\u2058/g)]
      .map(([, at]) => comments[Number(at)] ?? '')
      .join(' ')
    return [{ method: method.toLowerCase(), result: result.toLowerCase() as AuthResult, props, comment }]
  })
  return { server, results }
}

function domainIn(value: string | undefined): string | null {
  return value === undefined ? null : (value.split('@').at(-1) ?? '').replace(/[<>]/g, '').toLowerCase()
}
