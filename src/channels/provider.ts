// Which mail provider an address lies with, told by its MX or its own name, and how its servers are reached: what a wizard fills in beforehand.
import type { ImapAccount, OauthAccount, SmtpAccount } from '#channels/account.ts'

type Server = Pick<ImapAccount, 'host' | 'port' | 'security'>
export type Provider = {
  readonly name: string
  readonly oauth: OauthAccount['provider'] | null
  readonly imap: Server
  readonly smtp: Pick<SmtpAccount, 'host' | 'port' | 'security'>
}

const tls = (host: string): Server => ({ host, port: 993, security: 'tls' })
const submission = (host: string, port = 587): Provider['smtp'] => ({
  host,
  port,
  security: port === 465 ? 'tls' : 'starttls',
})

const known: readonly (readonly [RegExp, Provider])[] = [
  [
    /(?:^|\.)(?:google|googlemail|gmail)\.com$/,
    { name: 'Google', oauth: 'google', imap: tls('imap.gmail.com'), smtp: submission('smtp.gmail.com', 465) },
  ],
  [
    /(?:^|\.)(?:(?:outlook|hotmail|live|msn)\.com|mx\.microsoft)$/,
    {
      name: 'Microsoft 365',
      oauth: 'microsoft',
      imap: tls('outlook.office365.com'),
      smtp: submission('smtp.office365.com'),
    },
  ],
  [
    /(?:^|\.)(?:messagingengine|fastmail)\.com$/,
    {
      name: 'Fastmail',
      oauth: null,
      imap: tls('imap.fastmail.com'),
      smtp: submission('smtp.fastmail.com', 465),
    },
  ],
  [
    /(?:^|\.)zoho(?:mail)?\.\w+$/,
    { name: 'Zoho', oauth: null, imap: tls('imappro.zoho.com'), smtp: submission('smtppro.zoho.com', 465) },
  ],
  [
    /(?:^|\.)(?:icloud|me|mac)\.com$/,
    { name: 'iCloud', oauth: null, imap: tls('imap.mail.me.com'), smtp: submission('smtp.mail.me.com') },
  ],
  [
    /(?:^|\.)(?:ionos\.\w+|kundenserver\.de)$/,
    { name: 'IONOS', oauth: null, imap: tls('imap.ionos.com'), smtp: submission('smtp.ionos.com') },
  ],
  [
    /(?:^|\.)mailbox\.org$/,
    {
      name: 'mailbox.org',
      oauth: null,
      imap: tls('imap.mailbox.org'),
      smtp: submission('smtp.mailbox.org', 465),
    },
  ],
  [
    /(?:^|\.)ovh\.net$/,
    { name: 'OVH', oauth: null, imap: tls('ssl0.ovh.net'), smtp: submission('ssl0.ovh.net', 465) },
  ],
  [
    /(?:^|\.)gandi\.net$/,
    { name: 'Gandi', oauth: null, imap: tls('mail.gandi.net'), smtp: submission('mail.gandi.net', 465) },
  ],
  [
    /(?:^|\.)gmx\.\w+$/,
    { name: 'GMX', oauth: null, imap: tls('imap.gmx.net'), smtp: submission('mail.gmx.net') },
  ],
  [
    /(?:^|\.)web\.de$/,
    { name: 'WEB.DE', oauth: null, imap: tls('imap.web.de'), smtp: submission('smtp.web.de') },
  ],
]

/**
 * The provider behind these MX hosts, or else behind the domain itself, where DNS says nothing; a guess by the domain's own name when
 * none is known.
 */
export function providerOf(domain: string, exchanges: readonly string[]): Provider {
  for (const host of [...exchanges, domain]) {
    const found = known.find(([pattern]) => pattern.test(host.toLowerCase().replace(/\.$/, '')))
    if (found !== undefined) return found[1]
  }
  return { name: '', oauth: null, imap: tls(`imap.${domain}`), smtp: submission(`smtp.${domain}`) }
}
