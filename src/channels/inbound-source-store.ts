// Providers that post mail to us, with what proves that it is them.
import type { Instant } from '#kit/time.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import type { Db } from '#store/database.ts'
import type { Seal } from '#store/seal.ts'
import { sql } from '#store/sql.ts'

export type SourceProvider = 'ses' | 'mailgun' | 'postmark' | 'sendgrid'
export type InboundSource = {
  readonly id: number
  readonly name: string
  readonly provider: SourceProvider
  readonly mailAt: Instant | null
  readonly mails: number
  readonly refusedAt: Instant | null
  readonly refusal: string | null
  readonly createdAt: Instant
}

const columns = sql`id, name, provider, mail_at as "mailAt", mails, refused_at as "refusedAt", refusal,
  created_at as "createdAt"`
const placeOf = (name: string) => `inbound_source|${name}`

export async function listSources(db: Db, page: { limit: number; after: number }): Promise<InboundSource[]> {
  return db.rows<InboundSource>(
    sql`select ${columns} from inbound_source where id > ${page.after} order by id limit ${page.limit}`,
  )
}

/** Adds a source; `key` is the secret part of its address and is told only now. */
export async function addSource(
  db: Db,
  seal: Seal,
  source: { name: string; provider: SourceProvider; proof: string },
  at: Instant,
): Promise<{ source: InboundSource; key: string }> {
  const key = newSecret()
  const hash = hashSecret(key)
  const { keyId, sealed } = seal.close(source.proof, placeOf(hash.toString('hex')))
  const row = await db.row<InboundSource>(sql`
    insert into inbound_source (name, provider, key_hash, key_id, sealed, created_at)
    values (${source.name}, ${source.provider}, ${hash}, ${keyId}, ${sealed}, ${at}) returning ${columns}`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return { source: row, key }
}

export async function dropSource(db: Db, id: number): Promise<{ name: string } | null> {
  return db.row(sql`delete from inbound_source where id = ${id} returning name`)
}

/** The source an address belongs to, with its proof opened; null for every other address. */
export async function sourceByKey(
  db: Db,
  seal: Seal,
  key: string,
): Promise<{ source: InboundSource; proof: string } | null> {
  const hash = hashSecret(key)
  const row = await db.row<InboundSource & { keyId: string; sealed: Buffer }>(
    sql`select ${columns}, key_id as "keyId", sealed from inbound_source where key_hash = ${hash}`,
  )
  if (row === null) return null
  return { source: row, proof: seal.open(row, placeOf(hash.toString('hex'))) }
}

/** Seals every source's proof under the key of today; returns how many had another. */
export async function rotateProofs(db: Db, seal: Seal): Promise<number> {
  const old = await db.rows<{ id: number; hash: Buffer; keyId: string; sealed: Buffer }>(sql`
    select id, key_hash as hash, key_id as "keyId", sealed from inbound_source where key_id <> ${seal.keyId} for update`)
  for (const { id, hash, ...kept } of old) {
    const place = placeOf(hash.toString('hex'))
    const { keyId, sealed } = seal.close(seal.open(kept, place), place)
    await db.rows(sql`update inbound_source set key_id = ${keyId}, sealed = ${sealed} where id = ${id}`)
  }
  return old.length
}

/** Notes that a source brought a mail, or why it was refused. */
export async function noteSource(db: Db, id: number, at: Instant, refusal: string | null): Promise<void> {
  await db.rows(
    refusal === null
      ? sql`update inbound_source set mail_at = ${at}, mails = mails + 1 where id = ${id}`
      : sql`update inbound_source set refused_at = ${at}, refusal = ${refusal} where id = ${id}`,
  )
}
