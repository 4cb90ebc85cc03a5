// Webhooks: where programs outside are told, what waits to be told, and every try. Secrets are sealed.
import { plus, type Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import type { Seal, Sealed } from '#store/seal.ts'
import { join, sql } from '#store/sql.ts'

export type Webhook = {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly url: string
  readonly enabled: boolean
  readonly archived: boolean
  readonly createdAt: Instant
}

/** A delivery as the statement of an update writes it. */
export type NewDelivery = {
  /** Unique for all time: the same effect asked for twice is one delivery. */
  readonly key: string
  readonly endpoint: string
  readonly ruleId: number
  /** The seq of the firing that asked for it. */
  readonly causeSeq: number
  readonly payload: unknown
}

export type DeliveryState = 'queued' | 'sending' | 'delivered' | 'dead' | 'cancelled'

export type Delivery = {
  readonly id: number
  readonly key: string
  readonly webhookId: number
  readonly ticketId: number
  readonly ruleId: number
  readonly causeSeq: number
  readonly payload: unknown
  readonly state: DeliveryState
  readonly attempts: number
  readonly nextTryAt: Instant
  readonly createdAt: Instant
  readonly settledAt: Instant | null
}

export type Attempt = {
  readonly at: Instant
  readonly durationMs: number
  readonly status: number | null
  readonly detail: string
}

const columns = sql`id, key, name, url, enabled, archived_at is not null as archived, created_at as "createdAt"`
const deliveryColumns = sql`id, key, webhook_id as "webhookId", ticket_id as "ticketId", rule_id as "ruleId",
  cause_seq as "causeSeq", payload, state, attempts, next_try_at as "nextTryAt", created_at as "createdAt",
  settled_at as "settledAt"`

/** Webhooks in order of name. */
export async function listWebhooks(
  db: Db,
  page: { limit: number; archived: boolean; after: { name: string; id: number } | null },
): Promise<Webhook[]> {
  const where = [page.archived ? sql`true` : sql`archived_at is null`]
  if (page.after !== null) where.push(sql`(name, id) > (${page.after.name}, ${page.after.id})`)
  return db.rows<Webhook>(sql`select ${columns} from webhook where ${join(where, ' and ')}
    order by name, id limit ${page.limit}`)
}

/** One webhook, archived or not. */
export async function findWebhook(db: Db, id: number): Promise<Webhook | null> {
  return db.row<Webhook>(sql`select ${columns} from webhook where id = ${id}`)
}

/** The keys that rules can name. */
export async function webhookKeys(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ key: string }>(sql`select key from webhook where archived_at is null`)
  return new Set(rows.map(({ key }) => key))
}

/** Adds a webhook; null when the key is taken. */
export async function addWebhook(
  db: Db,
  webhook: { key: string; name: string; url: string; secret: Sealed; at: Instant },
): Promise<number | null> {
  const { key, name, url, secret, at } = webhook
  const row = await db.row<{
    id: number
  }>(sql`insert into webhook (key, name, url, key_id, sealed, created_at)
    values (${key}, ${name}, ${url}, ${secret.keyId}, ${secret.sealed}, ${at}) on conflict do nothing returning id`)
  return row?.id ?? null
}

/** Changes what may change of a webhook; the secret only when a new one is given. */
export async function changeWebhook(
  db: Db,
  webhook: Pick<Webhook, 'id' | 'name' | 'url' | 'enabled' | 'archived'>,
  secret: Sealed | null,
  at: Instant,
): Promise<void> {
  const sealed = secret === null ? [] : [sql`key_id = ${secret.keyId}`, sql`sealed = ${secret.sealed}`]
  const sets = [
    sql`name = ${webhook.name}`,
    sql`url = ${webhook.url}`,
    sql`enabled = ${webhook.enabled}`,
    sql`archived_at = ${webhook.archived ? at : null}`,
    ...sealed,
  ]
  await db.rows(sql`update webhook set ${join(sets)} where id = ${webhook.id}`)
}

/** Where a webhook's secret is sealed for: it opens nowhere else. */
export function placeOfSecret(key: string): string {
  return `webhook|${key}`
}

/** Seals every webhook's secret under the key of today; returns how many had another. */
export async function rotateWebhookSecrets(db: Db, seal: Seal): Promise<number> {
  const old = await db.rows<Sealed & { id: number; key: string }>(sql`
    select id, key, key_id as "keyId", sealed from webhook where key_id <> ${seal.keyId} for update`)
  for (const { id, key, ...kept } of old) {
    const place = placeOfSecret(key)
    const { keyId, sealed } = seal.close(seal.open(kept, place), place)
    await db.rows(sql`update webhook set key_id = ${keyId}, sealed = ${sealed} where id = ${id}`)
  }
  return old.length
}

/** Long enough for one request; a claim that outlives it belonged to a worker that died. */
const CLAIM_SECONDS = 60

export type Claimed = Delivery & {
  readonly url: string
  readonly keyId: string
  readonly sealed: Buffer
  readonly webhookKey: string
  readonly causeEventId: number | null
}

/** Claims due deliveries of enabled webhooks, committed before the first byte leaves. */
export async function claimDeliveries(db: Db, claim: string, at: Instant, limit: number): Promise<Claimed[]> {
  return db.rows<Claimed>(sql`
    with due as (
      select d.id from webhook_delivery d join webhook w on w.id = d.webhook_id and w.enabled and w.archived_at is null
      where (d.state = 'queued' and d.next_try_at <= ${at}) or (d.state = 'sending' and d.claimed_until <= ${at})
      order by d.next_try_at limit ${limit} for update of d skip locked),
    taken as (
      update webhook_delivery set state = 'sending', claim = ${claim}, claimed_until = ${plus(at, CLAIM_SECONDS)},
        attempts = attempts + 1
      where id in (select id from due) returning ${deliveryColumns})
    select taken.*, w.url, w.key as "webhookKey", w.key_id as "keyId", w.sealed, e.id as "causeEventId"
    from taken join webhook w on w.id = taken."webhookId"
    left join ticket_event e on e.ticket_id = taken."ticketId" and e.seq = taken."causeSeq"`)
}

/** When the next delivery is due. */
export async function nextDeliveryAt(db: Db): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(sql`
    select min(case when d.state = 'queued' then d.next_try_at else d.claimed_until end) as at
    from webhook_delivery d join webhook w on w.id = d.webhook_id and w.enabled and w.archived_at is null
    where d.state in ('queued', 'sending')`)
  return row?.at ?? null
}

/** Notes a try and what becomes of the delivery; does nothing when the claim was lost. */
export async function finishDelivery(
  db: Db,
  delivery: { id: number; claim: string },
  outcome: { state: DeliveryState; again: Instant | null; attempt: Attempt },
): Promise<void> {
  const { state, again, attempt } = outcome
  await db.rows(sql`
    with settled as (
      update webhook_delivery set state = ${state}, claim = null, claimed_until = null,
        next_try_at = coalesce(${again}, next_try_at), settled_at = ${again === null ? attempt.at : null}
      where id = ${delivery.id} and claim = ${delivery.claim} returning id)
    insert into webhook_attempt (delivery_id, at, duration_ms, status, detail)
    select id, ${attempt.at}, ${attempt.durationMs}, ${attempt.status}::integer, ${attempt.detail} from settled`)
}

/** Deliveries of a webhook, newest first. */
export async function listDeliveries(
  db: Db,
  webhookId: number,
  page: { limit: number; before: number | null; state: DeliveryState | null },
): Promise<Delivery[]> {
  const where = [sql`webhook_id = ${webhookId}`, sql`id < ${page.before ?? Number.MAX_SAFE_INTEGER}`]
  if (page.state !== null) where.push(sql`state = ${page.state}`)
  return db.rows<Delivery>(sql`select ${deliveryColumns} from webhook_delivery where ${join(where, ' and ')}
    order by id desc limit ${page.limit}`)
}

/** One delivery. */
export async function findDelivery(db: Db, id: number): Promise<Delivery | null> {
  return db.row<Delivery>(sql`select ${deliveryColumns} from webhook_delivery where id = ${id}`)
}

/** The tries of a delivery, oldest first; the newest hundred. */
export async function attemptsOf(db: Db, deliveryId: number): Promise<Attempt[]> {
  const rows =
    await db.rows<Attempt>(sql`select at, duration_ms as "durationMs", status, detail from webhook_attempt
    where delivery_id = ${deliveryId} order by id desc limit 100`)
  return rows.toReversed()
}

/** Puts a delivery back into the queue under its own id; null while it is on its way. */
export async function replayDelivery(db: Db, id: number, at: Instant): Promise<Delivery | null> {
  return db.row<Delivery>(sql`update webhook_delivery set state = 'queued', next_try_at = ${at}, settled_at = null, attempts = 0
    where id = ${id} and state in ('delivered', 'dead', 'cancelled') returning ${deliveryColumns}`)
}

/** Puts every dead delivery of a webhook back into the queue; returns how many. */
export async function replayDead(db: Db, webhookId: number, at: Instant): Promise<number> {
  const rows =
    await db.rows(sql`update webhook_delivery set state = 'queued', next_try_at = ${at}, settled_at = null,
    attempts = 0 where webhook_id = ${webhookId} and state = 'dead' returning id`)
  return rows.length
}

export type WebhookCounts = { readonly waiting: number; readonly dead: number; readonly delivered: number }

/** How the deliveries of webhooks stand; `delivered` counts those since a moment. */
export async function countDeliveries(
  db: Db,
  webhookIds: readonly number[],
  since: Instant,
): Promise<ReadonlyMap<number, WebhookCounts>> {
  const rows = await db.rows<WebhookCounts & { webhookId: number }>(sql`
    select webhook_id as "webhookId", count(*) filter (where state in ('queued', 'sending')) as waiting,
      count(*) filter (where state = 'dead') as dead,
      count(*) filter (where state = 'delivered' and settled_at > ${since}) as delivered
    from webhook_delivery where webhook_id = any(${webhookIds}) group by webhook_id`)
  return new Map(rows.map(({ webhookId, ...counts }) => [webhookId, counts]))
}
