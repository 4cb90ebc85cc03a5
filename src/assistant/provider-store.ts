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

/** Of a million tokens, in the provider's currency. */
export type Price = { readonly in: number; readonly out: number }

/** What some tokens cost; null where nobody said what it costs. */
export function costOf(
  price: Price | null,
  { tokensIn = 0, tokensOut = 0 }: { readonly tokensIn?: number; readonly tokensOut?: number },
): number | null {
  return price === null ? null : (tokensIn * price.in + tokensOut * price.out) / 1_000_000
}

export type ProviderRow = Omit<Provider, 'key'> & {
  readonly id: number
  readonly name: string
  readonly hasKey: boolean
  readonly tokensPerDay: number | null
  readonly price: Price | null
  readonly currency: string
  readonly moneyPerDay: number | null
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
  readonly price: Price | null
  readonly currency: string
  readonly moneyPerDay: number | null
}

const columns = sql`id, name, kind, base_url as "baseUrl", model, sealed is not null as "hasKey", timeout_seconds as "timeoutSeconds",
  context_tokens as "contextTokens", tokens_per_day as "tokensPerDay", quirks, currency,
  case when price_in is null then null else json_build_object('in', price_in, 'out', price_out) end as price, money_per_day as "moneyPerDay", trial, archived_at is not null as archived`

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
    insert into model_provider (name, kind, base_url, model, timeout_seconds, context_tokens, tokens_per_day, price_in, price_out,
      currency, money_per_day, created_at)
    values (${added.name}, ${added.kind}, ${added.baseUrl}, ${added.model}, ${added.timeoutSeconds}, ${added.contextTokens},
      ${added.tokensPerDay}, ${added.price?.in ?? null}, ${added.price?.out ?? null}, ${added.currency}, ${added.moneyPerDay}, ${at}) on conflict do nothing returning id`)
  return row?.id ?? null
}

export type ProviderChange = { readonly [K in keyof NewProvider]?: NewProvider[K] | undefined }

/** Changes what is given. Another address, model or way to speak is tried anew. */
export async function changeProvider(db: Db, id: number, change: ProviderChange): Promise<void> {
  const {
    name,
    kind,
    model,
    baseUrl,
    timeoutSeconds,
    contextTokens,
    tokensPerDay,
    price,
    currency,
    moneyPerDay,
  } = change
  const sets = assignments({
    name,
    kind,
    model,
    base_url: baseUrl,
    timeout_seconds: timeoutSeconds,
    context_tokens: contextTokens,
    tokens_per_day: tokensPerDay,
    price_in: price === null ? null : price?.in,
    price_out: price === null ? null : price?.out,
    currency,
    money_per_day: moneyPerDay,
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
  /** At the prices of its time; null: nobody had said what it costs. */
  readonly cost: number | null
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
    cost = null,
    failure = null,
  }: { tokensIn?: number; tokensOut?: number; cost?: number | null; failure?: ModelReason | null },
): Promise<void> {
  const failures = failure === null ? 0 : 1
  await db.rows(sql`insert into model_use (provider_id, day, questions, failures, tokens_in, tokens_out, cost, last_failure)
    values (${providerId}, (${at}::timestamptz at time zone 'UTC')::date, 1, ${failures}, ${tokensIn}, ${tokensOut}, ${cost}, ${failure})
    on conflict (provider_id, day) do update set questions = model_use.questions + 1,
      failures = model_use.failures + excluded.failures, tokens_in = model_use.tokens_in + excluded.tokens_in,
      tokens_out = model_use.tokens_out + excluded.tokens_out,
      cost = case when model_use.cost is null then excluded.cost else model_use.cost + coalesce(excluded.cost, 0) end,
      last_failure = coalesce(excluded.last_failure, model_use.last_failure)`)
}

/** What was used today: tokens in and out, and what they cost. */
export async function usedToday(
  db: Db,
  providerId: number,
  at: Instant,
): Promise<{ readonly tokens: number; readonly cost: number }> {
  const row = await db.row<{ tokens: number; cost: number }>(sql`
    select tokens_in + tokens_out as tokens, coalesce(cost, 0) as cost from model_use
    where provider_id = ${providerId} and day = (${at}::timestamptz at time zone 'UTC')::date`)
  return row ?? { tokens: 0, cost: 0 }
}

/** The last thirty days in which it was asked, newest first. */
export async function modelUses(db: Db, providerId: number): Promise<ModelUse[]> {
  return db.rows(sql`select day::text, questions, failures, tokens_in as "tokensIn", tokens_out as "tokensOut", cost,
    last_failure as "lastFailure" from model_use where provider_id = ${providerId} order by day desc limit 30`)
}
