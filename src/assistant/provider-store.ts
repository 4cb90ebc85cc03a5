// Providers of models: how each is reached, its key, what the last trial said, and what was asked of it by day.
import type { Provider } from '#assistant/model.ts'
import type { ModelQuirk, ModelReason, ProviderKind } from '#assistant/words.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import type { Seal, Sealed } from '#store/seal.ts'
import { assignments, sql } from '#store/sql.ts'

export type ModelTrial = {
  readonly at: Instant
  readonly ms: number
  /** Null: it answered. */
  readonly reason: ModelReason | null
  readonly said: string
  /** As the provider names what answered. */
  readonly model: string | null
}

export type ProviderRow = Omit<Provider, 'key'> & {
  readonly id: number
  readonly name: string
  readonly hasKey: boolean
  readonly tokensPerDay: number | null
  readonly trial: ModelTrial | null
  readonly archived: boolean
}

export type NewProvider = {
  readonly name: string
  readonly kind: ProviderKind
  readonly baseUrl: string
  readonly model: string
  readonly timeoutSeconds: number
  readonly contextTokens: number
  readonly tokensPerDay: number | null
}

const columns = sql`id, name, kind, base_url as "baseUrl", model, sealed is not null as "hasKey", timeout_seconds as "timeoutSeconds",
  context_tokens as "contextTokens", tokens_per_day as "tokensPerDay", quirks, trial, archived_at is not null as archived`

/** Providers that are not archived, by name. */
export async function listProviders(db: Db): Promise<ProviderRow[]> {
  return db.rows(sql`select ${columns} from model_provider where archived_at is null order by lower(name)`)
}

export async function findProvider(db: Db, id: number): Promise<ProviderRow | null> {
  return db.row(sql`select ${columns} from model_provider where id = ${id} and archived_at is null`)
}

/** Adds one; null when its name is taken. */
export async function addProvider(db: Db, added: NewProvider, at: Instant): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`
    insert into model_provider (name, kind, base_url, model, timeout_seconds, context_tokens, tokens_per_day, created_at)
    values (${added.name}, ${added.kind}, ${added.baseUrl}, ${added.model}, ${added.timeoutSeconds}, ${added.contextTokens},
      ${added.tokensPerDay}, ${at}) on conflict do nothing returning id`)
  return row?.id ?? null
}

export type ProviderChange = { readonly [K in keyof NewProvider]?: NewProvider[K] | undefined }

/** Changes what is given. Another address, model or way to speak is tried anew. */
export async function changeProvider(db: Db, id: number, change: ProviderChange): Promise<void> {
  const { name, kind, model, baseUrl, timeoutSeconds, contextTokens, tokensPerDay } = change
  const sets = assignments({
    name,
    kind,
    model,
    base_url: baseUrl,
    timeout_seconds: timeoutSeconds,
    context_tokens: contextTokens,
    tokens_per_day: tokensPerDay,
  })
  if (sets === null) return
  await db.rows(sql`update model_provider set ${sets} where id = ${id}`)
  if (kind !== undefined || model !== undefined || baseUrl !== undefined)
    await db.rows(sql`update model_provider set quirks = '{}', trial = null where id = ${id}`)
}

/** Takes one out of use; its key goes, its days stay. */
export async function archiveProvider(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(
    sql`update model_provider set archived_at = ${at}, key_id = null, sealed = null where id = ${id}`,
  )
}

const placeOf = (id: number) => `model_provider|${id}|key`

/** Keeps the key, or forgets it. */
export async function setProviderKey(db: Db, seal: Seal, id: number, key: string | null): Promise<void> {
  const kept = key === null ? null : seal.close(key, placeOf(id))
  await db.rows(sql`update model_provider set key_id = ${kept?.keyId ?? null}, sealed = ${kept?.sealed ?? null},
    trial = null where id = ${id}`)
}

/** A provider with its key, ready to be asked; null when it is gone. */
export async function openProvider(db: Db, seal: Seal, id: number): Promise<(ProviderRow & Provider) | null> {
  const row = await db.row<ProviderRow & { keyId: string | null; sealed: Buffer | null }>(
    sql`select ${columns}, key_id as "keyId", sealed from model_provider where id = ${id} and archived_at is null`,
  )
  if (row === null) return null
  const { keyId, sealed, ...rest } = row
  const key = keyId === null || sealed === null ? null : seal.open({ keyId, sealed }, placeOf(id))
  return { ...rest, key }
}

/** Seals keys anew; returns how many. */
export async function rotateModelKeys(db: Db, seal: Seal): Promise<number> {
  const old = await db.rows<
    Sealed & { id: number }
  >(sql`select id, key_id as "keyId", sealed from model_provider
    where sealed is not null and key_id <> ${seal.keyId} for update`)
  for (const { id, ...kept } of old) {
    const { keyId, sealed } = seal.close(seal.open(kept, placeOf(id)), placeOf(id))
    await db.rows(sql`update model_provider set key_id = ${keyId}, sealed = ${sealed} where id = ${id}`)
  }
  return old.length
}

/** Keeps what a trial found, of the address and model that were tried. */
export async function noteModelTrial(
  db: Db,
  { id, baseUrl, model }: Asked,
  trial: ModelTrial,
): Promise<void> {
  await db.rows(sql`update model_provider set trial = ${JSON.stringify(trial)}
    where id = ${id} and base_url = ${baseUrl} and model = ${model}`)
}

/** What was asked: it may have been changed since. */
type Asked = Pick<ProviderRow, 'id' | 'baseUrl' | 'model'>

/** Remembers what a model does not take. */
export async function noteQuirks(
  db: Db,
  { id, baseUrl, model }: Asked,
  quirks: readonly ModelQuirk[],
): Promise<void> {
  await db.rows(sql`update model_provider set quirks = ${quirks}
    where id = ${id} and base_url = ${baseUrl} and model = ${model}`)
}

export type ModelUse = {
  readonly day: string
  readonly questions: number
  readonly failures: number
  readonly tokensIn: number
  readonly tokensOut: number
  readonly lastFailure: ModelReason | null
}

/** Counts one question by its day. */
export async function noteModelUse(
  db: Db,
  providerId: number,
  at: Instant,
  {
    tokensIn = 0,
    tokensOut = 0,
    failure = null,
  }: { tokensIn?: number; tokensOut?: number; failure?: ModelReason | null },
): Promise<void> {
  const failures = failure === null ? 0 : 1
  await db.rows(sql`insert into model_use (provider_id, day, questions, failures, tokens_in, tokens_out, last_failure)
    values (${providerId}, (${at}::timestamptz at time zone 'UTC')::date, 1, ${failures}, ${tokensIn}, ${tokensOut}, ${failure})
    on conflict (provider_id, day) do update set questions = model_use.questions + 1,
      failures = model_use.failures + excluded.failures, tokens_in = model_use.tokens_in + excluded.tokens_in,
      tokens_out = model_use.tokens_out + excluded.tokens_out,
      last_failure = coalesce(excluded.last_failure, model_use.last_failure)`)
}

/** The tokens of today, in and out. */
export async function tokensToday(db: Db, providerId: number, at: Instant): Promise<number> {
  const row = await db.row<{ tokens: number }>(sql`select tokens_in + tokens_out as tokens from model_use
    where provider_id = ${providerId} and day = (${at}::timestamptz at time zone 'UTC')::date`)
  return row?.tokens ?? 0
}

/** The last thirty days in which it was asked, newest first. */
export async function modelUses(db: Db, providerId: number): Promise<ModelUse[]> {
  return db.rows(sql`select day::text, questions, failures, tokens_in as "tokensIn", tokens_out as "tokensOut",
    last_failure as "lastFailure" from model_use where provider_id = ${providerId} order by day desc limit 30`)
}
