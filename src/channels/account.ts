// How a mailbox reaches its mail server: hosts, ports, names, and how it signs in. Secrets are kept apart (account-store).
import type { Instant } from '#kit/time.ts'

export type Security = 'tls' | 'starttls' | 'none'

export type ImapAccount = {
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly user: string
  readonly auth: 'password' | 'oauth'
  readonly folder: string
  /** What is done to a mail once it is stored; never relied on. */
  readonly afterFetch: 'keep' | 'seen' | 'move'
  readonly moveTo: string | null
}

export type SmtpAccount = {
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly user: string
  readonly auth: 'password' | 'oauth' | 'none'
}

export type OauthAccount = {
  readonly provider: 'google' | 'microsoft' | 'custom'
  readonly clientId: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly scope: string
}

export type DkimKey = { readonly domain: string; readonly selector: string; readonly publicKey: string }

export type Account = {
  readonly mailboxId: number
  readonly address: string
  readonly imap: ImapAccount | null
  readonly smtp: SmtpAccount | null
  readonly oauth: OauthAccount | null
  readonly dkim: DkimKey | null
  readonly importHistory: 'none' | '30d' | 'all'
  /** Since when it is to be read, from where it is read; null while it is not. */
  readonly readsSince: Instant | null
  readonly alertAfterMinutes: number
  /** Moves with every change: what was opened for an older one is opened again. */
  readonly changedAt: string
}

export type SecretPurpose =
  | 'imap_password'
  | 'smtp_password'
  | 'oauth_client_secret'
  | 'oauth_refresh_token'
  | 'dkim_key'

/** How to sign in, secrets opened. */
export type SignIn =
  | { readonly user: string; readonly password: string }
  | { readonly user: string; readonly accessToken: string }
