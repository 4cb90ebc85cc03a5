// One PATCH of a mailbox, spread over what is kept where: its row, its account, its sealed credentials.
import { generateKeyPairSync } from 'node:crypto'
import type { z } from 'zod'
import type { mailboxPatch } from '#api/contract/mailboxes.ts'
import { refuseInUse } from '#api/http/in-use.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { changeAccount, writeSecret, type AccountChange } from '#channels/account-store.ts'
import type { OauthAccount, SecretPurpose } from '#channels/account.ts'
import { providers } from '#channels/oauth.ts'
import type { Desk } from '#desk/desk.ts'
import { findTeam } from '#people/agent-store.ts'
import type { Db } from '#store/database.ts'
import { listBrands } from '#setup/brand-store.ts'
import { changeMailbox, findMailbox, makeDefault } from '#setup/mailbox-store.ts'

type Patch = z.output<typeof mailboxPatch>

/** Applies a patch; refuses what would leave the desk without a mailbox to send from. */
export async function changeMailboxOf(desk: Desk, db: Db, mailboxId: number, patch: Patch): Promise<void> {
  const at = desk.clock.now()
  const found = (await findMailbox(db, mailboxId)) ?? decline('not-found')
  if (patch.archived === true && found.isDefault)
    decline('refused', 'The default mailbox cannot be archived. Make another one the default first.')
  if (patch.archived === true && !found.archived)
    await refuseInUse(db, { kind: 'mailbox', id: mailboxId }, `The mailbox “${found.address}”`)
  if (patch.team != null && ((await findTeam(db, patch.team))?.archived ?? true))
    declineInput('team', 'is not a team')
  if (patch.brand !== undefined && !(await listBrands(db)).some((brand) => brand.id === patch.brand))
    declineInput('brand', 'is not a brand')
  if (patch.imap?.afterFetch === 'move' && patch.imap.moveTo === null)
    declineInput('imap.moveTo', 'names no folder')
  const { brand, team, ...rest } = patch
  await changeMailbox(db, mailboxId, { ...rest, brandId: brand, teamId: team }, at)
  if (patch.isDefault === true) await makeDefault(db, mailboxId, at)
  await changeAccount(db, mailboxId, await accountChange(desk, db, mailboxId, found.address, patch), at)
  await changeSecret(desk, db, mailboxId, 'imap_password', patch.imapPassword)
  await changeSecret(desk, db, mailboxId, 'smtp_password', patch.smtpPassword)
  await changeSecret(desk, db, mailboxId, 'oauth_client_secret', patch.clientSecret)
}

async function changeSecret(
  desk: Desk,
  db: Db,
  mailboxId: number,
  purpose: SecretPurpose,
  text: string | null | undefined,
): Promise<void> {
  if (text !== undefined) await writeSecret(db, desk.seal, mailboxId, purpose, text)
}

async function accountChange(
  desk: Desk,
  db: Db,
  mailboxId: number,
  address: string,
  patch: Patch,
): Promise<AccountChange> {
  const { imap, smtp, importHistory, alertAfterMinutes } = patch
  const oauth = patch.oauth === undefined || patch.oauth === null ? patch.oauth : oauthOf(patch.oauth)
  if (oauth === null) await writeSecret(db, desk.seal, mailboxId, 'oauth_refresh_token', null)
  const dkim =
    patch.dkim === undefined || patch.dkim === null
      ? patch.dkim
      : await newDkimKey(desk, db, mailboxId, { domain: address.split('@')[1] ?? '', ...patch.dkim })
  return {
    ...(imap === undefined ? {} : { imap }),
    ...(smtp === undefined ? {} : { smtp }),
    ...(oauth === undefined ? {} : { oauth }),
    ...(dkim === undefined ? {} : { dkim }),
    ...(importHistory === undefined ? {} : { importHistory }),
    ...(alertAfterMinutes === undefined ? {} : { alertAfterMinutes }),
  }
}

function oauthOf(input: NonNullable<Patch['oauth']>): OauthAccount {
  const { provider, clientId } = input
  if (provider !== 'custom') return { provider, clientId, ...providers[provider] }
  const { authorizeUrl, tokenUrl, scope = '' } = input
  if (authorizeUrl === undefined || tokenUrl === undefined)
    return declineInput('oauth', 'a custom provider needs authorizeUrl and tokenUrl')
  return { provider, clientId, authorizeUrl, tokenUrl, scope }
}

async function newDkimKey(desk: Desk, db: Db, mailboxId: number, key: { domain: string; selector: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await writeSecret(db, desk.seal, mailboxId, 'dkim_key', pem)
  return { ...key, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }
}
