// OAuth 2 for mail servers (XOAUTH2): the consent address, the exchange of its code, and access tokens renewed before they end.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { OauthAccount } from '#channels/account.ts'
import type { Egress } from '#channels/egress.ts'
import { Fault } from '#kit/fault.ts'

export const providers: Readonly<
  Record<'google' | 'microsoft', Pick<OauthAccount, 'authorizeUrl' | 'tokenUrl' | 'scope'>>
> = {
  google: {
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    scope: 'https://mail.google.com/',
  },
  microsoft: {
    authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    scope:
      'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
  },
}

export type Tokens = {
  readonly accessToken: string
  readonly expiresInSeconds: number
  /** Some providers give a new one with every renewal; the old one is then spent. */
  readonly refreshToken: string | null
}

const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(3600),
  refresh_token: z.string().min(1).optional(),
})
const refusal = z.looseObject({ error: z.string(), error_description: z.string().optional() })

type Client = { readonly account: OauthAccount; readonly clientSecret: string | null }

/** Where the owner of the mailbox consents (RFC 6749 §4.1 with PKCE, RFC 7636). */
export function consentUrl(
  account: OauthAccount,
  asked: { redirectUri: string; state: string; verifier: string; user: string },
): string {
  const url = new URL(account.authorizeUrl)
  const challenge = createHash('sha256').update(asked.verifier).digest('base64url')
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: account.clientId,
    redirect_uri: asked.redirectUri,
    scope: account.scope,
    state: asked.state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    login_hint: asked.user,
    access_type: 'offline',
    prompt: 'consent',
  }))
    url.searchParams.set(name, value)
  return url.href
}

/** Tokens for the code that the provider sent back. */
export function exchangeCode(
  egress: Egress,
  client: Client,
  given: { code: string; redirectUri: string; verifier: string },
): Promise<Tokens> {
  return askForTokens(egress, client, {
    grant_type: 'authorization_code',
    code: given.code,
    redirect_uri: given.redirectUri,
    code_verifier: given.verifier,
  })
}

/** A fresh access token. A Fault carries the provider's words, such as `invalid_grant`. */
export function renew(egress: Egress, client: Client, refreshToken: string): Promise<Tokens> {
  return askForTokens(egress, client, { grant_type: 'refresh_token', refresh_token: refreshToken })
}

async function askForTokens(egress: Egress, client: Client, asked: Record<string, string>): Promise<Tokens> {
  const form = new URLSearchParams({ ...asked, client_id: client.account.clientId })
  if (client.clientSecret !== null) form.set('client_secret', client.clientSecret)
  const answer = await egress.fetch(client.account.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
  })
  const body = parsedJson(answer.text)
  const tokens = tokenAnswer.safeParse(body)
  if (answer.status === 200 && tokens.success) {
    const { access_token, expires_in, refresh_token } = tokens.data
    return { accessToken: access_token, expiresInSeconds: expires_in, refreshToken: refresh_token ?? null }
  }
  const refused = refusal.safeParse(body)
  const words = refused.success
    ? `${refused.data.error}: ${refused.data.error_description ?? ''}`
    : `The token server answered ${answer.status}`
  throw new Fault(words.slice(0, 500), { retryable: answer.status >= 500, code: 'OAUTH' })
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const STATE_LASTS_MS = 15 * 60_000

/** What comes back with the consent: for which mailbox and whom it was asked, signed, and good for a quarter of an hour. */
export function signState(secret: string, asked: { mailboxId: number; agentId: number; at: number }): string {
  const body = `${asked.mailboxId}.${asked.agentId}.${asked.at}`
  return `${body}.${macOf(secret, `state|${body}`)}`
}

/** The mailbox a state was signed for, or null when it was not ours, is another agent's, or is too old. */
export function readState(secret: string, state: string, agentId: number, now: number): number | null {
  const [mailboxId = '', agent = '', at = '', mac = ''] = state.split('.')
  const right = Buffer.from(macOf(secret, `state|${mailboxId}.${agent}.${at}`))
  const given = Buffer.from(mac)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  if (Number(agent) !== agentId || now - Number(at) > STATE_LASTS_MS) return null
  return Number(mailboxId)
}

/** The PKCE verifier of a state; nobody without the secret can know it. */
export function verifierOf(secret: string, state: string): string {
  return macOf(secret, `pkce|${state}`)
}

function macOf(secret: string, text: string): string {
  return createHmac('sha256', secret).update(`oauth|${text}`).digest('base64url')
}
