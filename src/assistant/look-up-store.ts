// Look-ups in other systems: where each is asked, its secret, what its answers are, and how it last went.
import type { LookUp, LookUpAnswer } from '#assistant/look-up.ts'
import type { LookUpProblem } from '#assistant/words.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import type { Seal, Sealed } from '#store/seal.ts'
import { assignments, sql } from '#store/sql.ts'

export type NewLookUp = LookUp & {
  readonly name: string
  readonly header: string
  readonly timeoutSeconds: number
  readonly brandId: number | null
  readonly forAnyone: boolean
}

export type LookUpRow = NewLookUp & {
  readonly id: number
  readonly hasSecret: boolean
  readonly askedAt: Instant | null
  /** Why it gave no answer the last time. */
  readonly failed: LookUpProblem | null
}

const columns = sql`id, key, name, url, header, sealed is not null as "hasSecret", answers, timeout_seconds as "timeoutSeconds",
  brand_id as "brandId", for_anyone as "forAnyone", asked_at as "askedAt", failed`

/** Those in use, by name. */
export async function listLookUps(db: Db): Promise<LookUpRow[]> {
  return db.rows(sql`select ${columns} from look_up where archived_at is null order by lower(name), id`)
}

export async function findLookUp(db: Db, id: number): Promise<LookUpRow | null> {
  return db.row(sql`select ${columns} from look_up where id = ${id} and archived_at is null`)
}

/** Adds one; null when its key is taken. */
export async function addLookUp(db: Db, added: NewLookUp, at: Instant): Promise<number | null> {
  const { key, name, url, header, answers, timeoutSeconds, brandId, forAnyone } = added
  const row = await db.row<{ id: number }>(sql`
    insert into look_up (key, name, url, header, answers, timeout_seconds, brand_id, for_anyone, created_at)
    values (${key}, ${name}, ${url}, ${header}, ${JSON.stringify(answers)}, ${timeoutSeconds}, ${brandId}, ${forAnyone}, ${at})
    on conflict do nothing returning id`)
  return row?.id ?? null
}

export type LookUpChange = { readonly [K in Exclude<keyof NewLookUp, 'key'>]?: NewLookUp[K] | undefined }

/** Changes what is given; how it last went is forgotten. */
export async function changeLookUp(db: Db, id: number, change: LookUpChange): Promise<void> {
  const { name, url, header, answers, timeoutSeconds, brandId, forAnyone } = change
  const sets = assignments({
    name,
    url,
    header,
    answers: answers === undefined ? undefined : JSON.stringify(answers satisfies readonly LookUpAnswer[]),
    timeout_seconds: timeoutSeconds,
    brand_id: brandId,
    for_anyone: forAnyone,
  })
  if (sets === null) return
  await db.rows(sql`update look_up set ${sets}, asked_at = null, failed = null where id = ${id}`)
}

/** Takes one out of use; its secret goes. */
export async function archiveLookUp(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update look_up set archived_at = ${at}, key_id = null, sealed = null where id = ${id}`)
}

const placeOf = (id: number) => `look_up|${id}|secret`

/** Keeps the secret, or forgets it. */
export async function setLookUpSecret(db: Db, seal: Seal, id: number, secret: string | null): Promise<void> {
  const kept = secret === null ? null : seal.close(secret, placeOf(id))
  await db.rows(
    sql`update look_up set key_id = ${kept?.keyId ?? null}, sealed = ${kept?.sealed ?? null} where id = ${id}`,
  )
}

/** One by its key with its secret, ready to be asked; null when it is gone. */
export async function openLookUp(
  db: Db,
  seal: Seal,
  key: string,
): Promise<(LookUpRow & { readonly secret: string | null }) | null> {
  const row = await db.row<LookUpRow & { keyId: string | null; sealed: Buffer | null }>(
    sql`select ${columns}, key_id as "keyId", sealed from look_up where key = ${key} and archived_at is null`,
  )
  if (row === null) return null
  const { keyId, sealed, ...rest } = row
  const secret = keyId === null || sealed === null ? null : seal.open({ keyId, sealed }, placeOf(row.id))
  return { ...rest, secret }
}

/** Seals secrets anew; returns how many. */
export async function rotateLookUpSecrets(db: Db, seal: Seal): Promise<number> {
  const old = await db.rows<Sealed & { id: number }>(sql`select id, key_id as "keyId", sealed from look_up
    where sealed is not null and key_id <> ${seal.keyId} for update`)
  for (const { id, ...kept } of old) await setLookUpSecret(db, seal, id, seal.open(kept, placeOf(id)))
  return old.length
}

/** How it went the last time. */
export async function noteAsked(
  db: Db,
  id: number,
  at: Instant,
  failed: LookUpProblem | null,
): Promise<void> {
  await db.rows(sql`update look_up set asked_at = ${at}, failed = ${failed} where id = ${id}`)
}
