// How much a mail looks like spam: points for what can be seen, and the verdict of a filter that the desk trusts. No words are
// weighed: customers write about invoices, prizes and passwords too.
import type { Authentication } from '#mail/authentication.ts'
import { domainOf } from '#mail/address.ts'
import type { Mail } from '#mail/mail.ts'

export type Points = { readonly name: string; readonly points: number; readonly detail: string }

const programs = /\.(?:exe|scr|pif|com|bat|cmd|cpl|msi|js|jse|vbs|vbe|wsf|wsh|ps1|hta|lnk|iso|img|jar)$/i

/** What speaks against a mail; the sum is its score. `filter` is true when its spam headers come from a server the desk trusts. */
export function pointsOf(mail: Mail, auth: Authentication, filter: boolean): readonly Points[] {
  const points: Points[] = []
  const add = (name: string, value: number, detail = '') => void points.push({ name, points: value, detail })
  if (auth.dmarc === 'fail') add('dmarc_fail', 3, `p=${auth.policy}`)
  if (auth.spf === 'fail') add('spf_fail', 1.5)
  if (auth.spf === 'softfail') add('spf_softfail', 0.5)
  if (auth.dkim === 'fail') add('dkim_fail', 0.5)
  if (mail.messageId === null) add('no_message_id', 0.5)
  if (mail.date === null) add('no_date', 0.5)
  const replyTo = mail.replyTo[0]?.address
  const from = mail.from?.address
  if (replyTo != null && from != null && domainOf(replyTo) !== domainOf(from))
    add('answers_elsewhere', 1, domainOf(replyTo))
  const program = mail.attachments.find(({ name }) => programs.test(name))
  if (program !== undefined) add('program_attached', 4, program.name.slice(0, 100))
  if (isMasked(mail)) add('masked_link', 2)
  const verdict = filter ? filterVerdict(mail) : null
  if (verdict !== null) add('spam_filter', verdict.points, verdict.detail)
  return points
}

/** The verdict of rspamd or SpamAssassin, in its own points where it tells them. */
export function filterVerdict(mail: Mail): { points: number; detail: string } | null {
  const status = mail.headers.get('x-spam-status')?.[0] ?? ''
  const score = Number(
    /score=(-?\d+(?:\.\d+)?)/i.exec(status)?.[1] ??
      /(-?\d+(?:\.\d+)?)\s*\//.exec(mail.headers.get('x-spamd-result')?.[0] ?? '')?.[1] ??
      mail.headers.get('x-rspamd-score')?.[0] ??
      mail.headers.get('x-spam-score')?.[0] ??
      Number.NaN,
  )
  const says =
    /^yes\b/i.test(status) ||
    /^yes\b/i.test(mail.headers.get('x-spam')?.[0] ?? '') ||
    /^yes\b/i.test(mail.headers.get('x-spam-flag')?.[0] ?? '')
  if (says)
    return {
      points: Math.max(6, Number.isNaN(score) ? 6 : score),
      detail: status.slice(0, 200) || 'X-Spam: Yes',
    }
  return Number.isNaN(score) || score <= 0
    ? null
    : { points: score, detail: status.slice(0, 200) || `score ${score}` }
}

/** What a filter found in a mail that is worse than spam, in its own words. */
export function filterFinds(
  mail: Mail,
): { readonly what: 'malware' | 'malicious_link'; readonly words: string } | null {
  const first = (name: string) => (mail.headers.get(name)?.[0] ?? '').slice(0, 4_000)
  const virus = virusHeaders.find(([name, says]) => says.test(first(name)))?.[0]
  if (virus !== undefined) return { what: 'malware', words: `${virus}: ${first(virus).slice(0, 200)}` }
  const tests = `${first('x-spamd-result')} ${first('x-spam-status')}`
  const infected = virusTest.exec(tests)?.[0]
  if (infected !== undefined) return { what: 'malware', words: infected }
  const link = linkTest.exec(tests)?.[0]
  return link === undefined ? null : { what: 'malicious_link', words: link }
}

/** ClamAV's milter, amavis, rspamd. */
const virusHeaders: readonly [string, RegExp][] = [
  ['x-virus-status', /^(?:infected|yes)\b/i],
  ['x-amavis-alert', /^(?:infected|virus)\b/i],
  ['x-virus', /^(?!no\b|clean\b|none\b)\S/i],
]
const virusTest = /\b(?:CLAM_VIRUS|CLAMAV_VIRUS|VIRUS_FOUND|AV_VIRUS)\b/
// Lists of sites that steal passwords or spread malware, as rspamd and SpamAssassin name them.
const linkTest =
  /\b(?:PHISHED_\w{1,30}|(?:URIBL_)?(?:DBL|PH_SURBL|MW_SURBL|PH|MW)_(?:PHISH|MALWARE|BOTNET\w{0,4}|MULTI|SURBL))\b/

/** A link whose words are another site's address. */
function isMasked(mail: Mail): boolean {
  const links = (mail.html ?? '')
    .slice(0, 300_000)
    .matchAll(/<a\b[^>]{0,500}?href\s*=\s*["']https?:\/\/([^/"'?#:]{1,253})[^>]{0,1000}>([^<]{4,200})</gi)
  for (const [, host = '', text = ''] of links) {
    const shown = /^\s*(?:https?:\/\/|www\.)([a-z0-9.-]{3,253})/i.exec(text)?.[1]?.toLowerCase()
    if (shown !== undefined && siteOf(shown) !== siteOf(host.toLowerCase())) return true
  }
  return false
}

function siteOf(host: string): string {
  return host.replace(/\.$/, '').split('.').slice(-2).join('.')
}
