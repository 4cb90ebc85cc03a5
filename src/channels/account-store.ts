// The accounts of mailboxes, and their credentials, which are only ever written sealed and opened where they are used.
import type { Account, SecretPurpose } from '#channels/account.ts'
import type { Db } from '#store/database.ts'
import type { Seal } from '#store/seal.ts'
import { join, sql } from '#store/sql.ts'

const columns = sql`id as "mailboxId", address, imap, smtp, oauth, dkim, import_history as "importHistory",
  alert_after_minutes as "alertAfterMinutes", changed_at as "changedAt", reads_since as "readsSince"`

/** The account of a mailbox in use, or null. */
export async function findAccount(db: Db, mailboxId: number): Promise<Account | null> {
  return db.row<Account>(sql`select ${columns} from mailbox where id = ${mailboxId}`)
}

/** Every mailbox that fetches by IMAP, archived and paused ones left out. */
export async function accountsToFetch(db: Db): Promise<Account[]> {
  return db.rows<Account>(sql`select ${columns} from mailbox
    where imap is not null and archived_at is null and not paused order by id`)
}

export type AccountChange = Partial<
  Pick<Account, 'imap' | 'smtp' | 'oauth' | 'dkim' | 'importHistory' | 'alertAfterMinutes'>
>

/** Changes what is given and leaves the rest. */
export async function changeAccount(
  db: Db,
  mailboxId: number,
  change: AccountChange,
  at: string,
): Promise<void> {
  const sets = [sql`changed_at = ${at}`]
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value))
  if (change.imap != null) {
    // In another account other mail lies there: what was read in the one before says nothing of it.
    const { host, user } = change.imap
    await db.rows(sql`delete from mailbox_cursor where mailbox_id in (select id from mailbox
      where id = ${mailboxId} and (imap->>'host', imap->>'user') is distinct from (${host}::text, ${user}::text))`)
  }
  if (change.imap !== undefined) {
    const { host, user, folder } = change.imap ?? {}
    sets.push(
      sql`imap = ${json(change.imap)}`,
      sql`reads_since = case when (imap->>'host', imap->>'user', imap->>'folder')
        is not distinct from (${host ?? null}::text, ${user ?? null}::text, ${folder ?? null}::text) then reads_since end`,
    )
  }
  if (change.smtp !== undefined) sets.push(sql`smtp = ${json(change.smtp)}`)
  if (change.oauth !== undefined) sets.push(sql`oauth = ${json(change.oauth)}`)
  if (change.dkim !== undefined) sets.push(sql`dkim = ${json(change.dkim)}`)
  if (change.importHistory !== undefined) sets.push(sql`import_history = ${change.importHistory}`)
  if (change.alertAfterMinutes !== undefined)
    sets.push(sql`alert_after_minutes = ${change.alertAfterMinutes}`)
  await db.rows(sql`update mailbox set ${join(sets)} where id = ${mailboxId}`)
  await db.rows(sql`update mailbox set reads_since = case when paused or imap is null or archived_at is not null then null
    else coalesce(reads_since, ${at}) end where id = ${mailboxId}`)
}

const placeOf = (mailboxId: number, purpose: SecretPurpose) => `mailbox_secret|${mailboxId}|${purpose}`

/** Seals and keeps a credential; null removes it. */
export async function writeSecret(
  db: Db,
  seal: Seal,
  mailboxId: number,
  purpose: SecretPurpose,
  text: string | null,
): Promise<void> {
  if (text === null) {
    await db.rows(sql`delete from mailbox_secret where mailbox_id = ${mailboxId} and purpose = ${purpose}`)
    return
  }
  const { keyId, sealed } = seal.close(text, placeOf(mailboxId, purpose))
  await db.rows(sql`insert into mailbox_secret (mailbox_id, purpose, key_id, sealed)
    values (${mailboxId}, ${purpose}, ${keyId}, ${sealed})
    on conflict (mailbox_id, purpose) do update set key_id = excluded.key_id, sealed = excluded.sealed`)
}

type Row = { mailboxId: number; purpose: SecretPurpose; keyId: string; sealed: Buffer }
const secretColumns = sql`mailbox_id as "mailboxId", purpose, key_id as "keyId", sealed`

/** A credential in the clear, for the moment of its use; null when there is none. */
export async function readSecret(
  db: Db,
  seal: Seal,
  mailboxId: number,
  purpose: SecretPurpose,
): Promise<string | null> {
  const row = await db.row<Row>(sql`select ${secretColumns} from mailbox_secret
    where mailbox_id = ${mailboxId} and purpose = ${purpose}`)
  return row === null ? null : seal.open(row, placeOf(mailboxId, purpose))
}

/** Which credentials these mailboxes have; never their values. */
export async function secretsKept(
  db: Db,
  mailboxIds: readonly number[],
): Promise<{ mailboxId: number; purpose: SecretPurpose }[]> {
  return db.rows(sql`select mailbox_id as "mailboxId", purpose from mailbox_secret
    where mailbox_id = any(${mailboxIds})`)
}

/** Seals every credential again under the key of today; returns how many needed it. Throws when one cannot be opened. */
export async function rotateSecrets(db: Db, seal: Seal): Promise<number> {
  const rows = await db.rows<Row>(sql`select ${secretColumns} from mailbox_secret
    where key_id <> ${seal.keyId} for update`)
  for (const row of rows) {
    const text = seal.open(row, placeOf(row.mailboxId, row.purpose))
    await writeSecret(db, seal, row.mailboxId, row.purpose, text)
  }
  return rows.length
}
