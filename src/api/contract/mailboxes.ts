// /mailboxes: the addresses the desk receives at and sends from, how each is connected, and how each is doing.
import { z } from 'zod'

import { email, id, instant, name, nameRef, pageOf, pageQuery } from './shapes.ts'

const security = z.enum(['tls', 'starttls', 'none'])
const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[^\s/@]+$/, 'must be a host name or an address')
const portNumber = z.number().int().min(1).max(65_535)
const account = z.string().trim().max(254)

export const imapAccount = z.strictObject({
  host,
  port: portNumber,
  security,
  user: account.min(1),
  auth: z.enum(['password', 'oauth']),
  folder: z.string().min(1).max(200).default('INBOX'),
  /** Done once a mail is stored for good. */
  afterFetch: z.enum(['keep', 'seen', 'move']).default('seen'),
  moveTo: z.string().min(1).max(200).nullable().default(null),
})
export type ImapAccount = z.infer<typeof imapAccount>

export const smtpAccount = z.strictObject({
  host,
  port: portNumber,
  security,
  user: account,
  auth: z.enum(['password', 'oauth', 'none']),
})
export type SmtpAccount = z.infer<typeof smtpAccount>

export const oauthProvider = z.enum(['google', 'microsoft', 'custom'])
/** `authorizeUrl`, `tokenUrl` and `scope` are only for `custom`; the others bring theirs. */
export const oauthInput = z.strictObject({
  provider: oauthProvider,
  clientId: z.string().trim().min(1).max(300),
  authorizeUrl: z.url().max(500).optional(),
  tokenUrl: z.url().max(500).optional(),
  scope: z.string().max(1_000).optional(),
})

const cure = z.string().nullable()
export const mailboxHealth = z.object({
  state: z.enum(['ok', 'waiting', 'failing', 'paused', 'not_fetched']),
  fetchedAt: instant.nullable(),
  mailAt: instant.nullable(),
  /** Seconds from the server's arrival to our storing, of the newest mail. */
  lagSeconds: z.number().int().nullable(),
  failingSince: instant.nullable(),
  /** The server's own words. */
  failure: z.string().nullable(),
  cure,
  sentAt: instant.nullable(),
  sendFailingSince: instant.nullable(),
  sendFailure: z.string().nullable(),
  sendCure: cure,
  /** It fails for longer than `alertAfterMinutes`. */
  alert: z.boolean(),
  historyTotal: z.number().int(),
  historyDone: z.number().int(),
  testSentAt: instant.nullable(),
  testReturnedAt: instant.nullable(),
})
export type MailboxHealth = z.infer<typeof mailboxHealth>

export const mailbox = z.object({
  id,
  address: z.string(),
  name: z.string(),
  fromName: z.string(),
  brand: nameRef,
  team: nameRef.nullable(),
  signature: z.string(),
  language: z.string().nullable(),
  isDefault: z.boolean(),
  archived: z.boolean(),
  paused: z.boolean(),
  ccFromMail: z.enum(['add', 'suggest', 'ignore']),
  trustForwards: z.boolean(),
  alertAfterMinutes: z.number().int(),
  importHistory: z.enum(['none', '30d', 'all']),
  imap: imapAccount.nullable(),
  smtp: smtpAccount.nullable(),
  oauth: z.object({ provider: oauthProvider, clientId: z.string(), connected: z.boolean() }).nullable(),
  /** The record to publish at `{selector}._domainkey.{domain}`. */
  dkim: z.object({ domain: z.string(), selector: z.string(), record: z.string() }).nullable(),
  /** Which credentials are kept; their values are never shown. */
  has: z.object({ imapPassword: z.boolean(), smtpPassword: z.boolean(), clientSecret: z.boolean() }),
  health: mailboxHealth,
})
export const mailboxPage = pageOf(mailbox)
export type Mailbox = z.infer<typeof mailbox>
export const mailboxQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  archived: z.enum(['true', 'false']).optional(),
})

const password = z.string().min(1).max(1_000).nullable()
/** A password or secret that is left out stays as it is; null removes it. */
export const mailboxPatch = z.strictObject({
  name: name.optional(),
  fromName: z.string().trim().max(200).optional(),
  brand: id.optional(),
  team: id.nullable().optional(),
  signature: z.string().max(2_000).optional(),
  language: z.string().max(35).nullable().optional(),
  isDefault: z.literal(true).optional(),
  archived: z.boolean().optional(),
  paused: z.boolean().optional(),
  ccFromMail: z.enum(['add', 'suggest', 'ignore']).optional(),
  trustForwards: z.boolean().optional(),
  alertAfterMinutes: z.number().int().min(1).max(10_080).optional(),
  importHistory: z.enum(['none', '30d', 'all']).optional(),
  imap: imapAccount.nullable().optional(),
  smtp: smtpAccount.nullable().optional(),
  oauth: oauthInput.nullable().optional(),
  /** Makes a new signing key; null stops signing. */
  dkim: z
    .strictObject({ selector: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/i) })
    .nullable()
    .optional(),
  imapPassword: password.optional(),
  smtpPassword: password.optional(),
  clientSecret: password.optional(),
})
export type MailboxPatch = z.infer<typeof mailboxPatch>
/** It is paused at first: set it up, check it, then turn it on. */
export const newMailbox = z.strictObject({ address: email, name: name.optional() })
export type NewMailbox = z.infer<typeof newMailbox>

/** GET /mailboxes/detect?address=: the provider by its MX, with its servers filled in. */
export const detectQuery = z.strictObject({ address: email })
const server = z.object({ host: z.string(), port: z.number().int(), security })
export const detected = z.object({
  /** '' when none is known; the servers are then a guess. */
  provider: z.string(),
  oauth: oauthProvider.nullable(),
  imap: server,
  smtp: server,
})
export type Detected = z.infer<typeof detected>

/** POST /mailboxes/{id}/check `{ part }`: tries it now. Each check has the server's own words and, when it failed, a cure. */
export const checkPart = z.enum(['imap', 'smtp', 'dns'])
export const checkInput = z.strictObject({ part: checkPart })
export const check = z.object({
  name: z.enum([
    'imap_connect',
    'imap_login',
    'imap_folder',
    'smtp_connect',
    'smtp_login',
    'mx',
    'spf',
    'dkim',
    'dmarc',
  ]),
  state: z.enum(['ok', 'failed', 'skipped']),
  ms: z.number().int(),
  words: z.string(),
  cure,
  /** For DNS: what should be published, and what is. */
  wanted: z.string().nullable(),
  found: z.string().nullable(),
})
export type Check = z.infer<typeof check>
export const checked = z.object({
  checks: z.array(check),
  folders: z.array(z.string()),
  historyCount: z.number().int().nullable(),
})
export type Checked = z.infer<typeof checked>

/** POST /mailboxes/{id}/test `{}`: sends a mail to the mailbox itself; `health.testReturnedAt` moves when it is back. */
export const tested = z.object({ sentAt: instant, response: z.string() })
/** POST /mailboxes/{id}/oauth `{}`: where to send the browser for consent. */
export const oauthStart = z.object({ url: z.string() })
