// How a mailbox signs in at its mail server: its password, or an access token that is renewed before it ends.
import { readSecret, writeSecret } from '#channels/account-store.ts'
import type { Account, SignIn } from '#channels/account.ts'
import { renew } from '#channels/oauth.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

type Kept = { readonly token: string; readonly untilMs: number; readonly changedAt: string }
const tokens = new WeakMap<Desk['database'], Map<number, Kept>>()

/** Renewed this long before its end: a mail may take a while to leave. */
const EARLY_MS = 120_000

/** The credentials for one side of a mailbox; a Fault when there are none or the provider refuses. */
export async function signInFor(
  desk: Desk,
  account: Account,
  side: { user: string; auth: 'password' | 'oauth'; purpose: 'imap_password' | 'smtp_password' },
): Promise<SignIn> {
  if (side.auth === 'oauth') return { user: side.user, accessToken: await accessToken(desk, account) }
  const password = await readSecret(desk.database, desk.seal, account.mailboxId, side.purpose)
  if (password === null)
    throw new Fault('No password is kept for this mailbox', { retryable: true, code: 'EAUTH' })
  return { user: side.user, password }
}

/** An access token of the mailbox's provider; two processes may renew at once, the newest refresh token is kept. */
export async function accessToken(desk: Desk, account: Account): Promise<string> {
  const kept = keptOf(desk).get(account.mailboxId)
  if (kept !== undefined && kept.untilMs > Date.now() + EARLY_MS && kept.changedAt === account.changedAt)
    return kept.token
  const { mailboxId, oauth } = account
  const refreshToken = await readSecret(desk.database, desk.seal, mailboxId, 'oauth_refresh_token')
  if (oauth === null || refreshToken === null)
    throw new Fault('No refresh token is kept: connect the mailbox', { retryable: true, code: 'EAUTH' })
  const clientSecret = await readSecret(desk.database, desk.seal, mailboxId, 'oauth_client_secret')
  const given = await renew(desk.egress, { account: oauth, clientSecret }, refreshToken)
  if (given.refreshToken !== null && given.refreshToken !== refreshToken)
    await writeSecret(desk.database, desk.seal, mailboxId, 'oauth_refresh_token', given.refreshToken)
  keptOf(desk).set(mailboxId, {
    token: given.accessToken,
    untilMs: Date.now() + given.expiresInSeconds * 1000,
    changedAt: account.changedAt,
  })
  return given.accessToken
}

/** A token that the server refused is not used again. */
export function forgetToken(desk: Desk, mailboxId: number): void {
  keptOf(desk).delete(mailboxId)
}

function keptOf({ database }: Desk): Map<number, Kept> {
  let kept = tokens.get(database)
  if (kept === undefined) tokens.set(database, (kept = new Map()))
  return kept
}
