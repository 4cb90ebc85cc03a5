// Hooks as rows: the address and the secret of each, what came to it, and the tickets of its matters.
import type { TeamId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Hook, HookDelivery, HookDeliveryRow } from '#channels/hook.ts'
import type { HookScheme, HookState } from '#channels/hook-words.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Seal } from '#store/seal.ts'
import { raw, sql, type Sql } from '#store/sql.ts'

const columns = sql`id, name, scheme, brand_id as "brandId", team_id as "teamId", category_id as "categoryId", mapping, again,
  acknowledges, enabled, archived_at is not null as archived, refused_at as "refusedAt", refusal`
const rowColumns = sql`id, hook_id as "hookId", sender_key as "senderKey", at, state, detail, ticket_id as "ticketId",
  cause_event_id as "causeEventId", body_hash as "bodyHash", body is not null as "isKept"`
const deliveryColumns = sql`${rowColumns}, headers, body`
const placeOf = (hookId: number) => `hook|${hookId}`

/** Hooks by name. */
export async function listHooks(
  db: Db,
  page: { archived: boolean; limit: number; after: { name: string; id: number } | null },
): Promise<Hook[]> {
  const after = page.after ?? { name: '', id: 0 }
  return db.rows<Hook>(sql`select ${columns} from hook where (name, id) > (${after.name}, ${after.id})
    and (${page.archived} or archived_at is null) order by name, id limit ${page.limit}`)
}

/** Every hook, archived or not. */
export async function everyHook(db: Db): Promise<Hook[]> {
  return db.rows<Hook>(sql`select ${columns} from hook order by id`)
}

/** Gives the tickets of one team's hooks to another team. */
export async function moveHooks(db: Db, from: number, to: TeamId): Promise<void> {
  await db.rows(sql`update hook set team_id = ${to} where team_id = ${from}`)
}

/** One hook, archived or not. */
export async function findHook(db: Db, id: number): Promise<Hook | null> {
  return db.row<Hook>(sql`select ${columns} from hook where id = ${id}`)
}

/** One hook, locked: of two who change it at once, the second would write again what the first changed. */
export async function lockHook(tx: Transaction, id: number): Promise<Hook | null> {
  return tx.row<Hook>(sql`select ${columns} from hook where id = ${id} for update`)
}

/** The live hook that an address belongs to. */
export async function hookByKey(db: Db, keyHash: Buffer): Promise<Hook | null> {
  const [found] = await db.hot<Hook>(
    sql`select ${columns} from hook where key_hash = ${keyHash} and enabled and archived_at is null`,
  )
  return found ?? null
}

type Written = Omit<Hook, 'id' | 'archived' | 'enabled' | 'refusedAt' | 'refusal'>

/** Adds a hook; its number. */
export async function addHook(db: Db, hook: Written, keyHash: Buffer, at: Instant): Promise<number> {
  const row = await db.row<{ id: number }>(sql`
    insert into hook (name, key_hash, scheme, brand_id, team_id, category_id, mapping, again, acknowledges, created_at)
    values (${hook.name}, ${keyHash}, ${hook.scheme}, ${hook.brandId}, ${hook.teamId}, ${hook.categoryId},
      ${JSON.stringify(hook.mapping)}, ${hook.again}, ${hook.acknowledges}, ${at}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Puts a hook in place of what it was; address, proof and secret stay. */
export async function changeHook(
  db: Db,
  hook: Omit<Hook, 'scheme' | 'refusedAt' | 'refusal'>,
  at: Instant,
): Promise<void> {
  await db.rows(sql`update hook set name = ${hook.name}, brand_id = ${hook.brandId},
      team_id = ${hook.teamId}, category_id = ${hook.categoryId}, mapping = ${JSON.stringify(hook.mapping)},
      again = ${hook.again}, acknowledges = ${hook.acknowledges}, enabled = ${hook.enabled},
      archived_at = case when ${hook.archived} then coalesce(archived_at, ${at}::timestamptz) end
    where id = ${hook.id}`)
}

/** Another address; the one before leads nowhere from now on. */
export async function changeHookKey(db: Db, id: number, keyHash: Buffer): Promise<void> {
  await db.rows(sql`update hook set key_hash = ${keyHash} where id = ${id}`)
}

/** Another way of proof. */
export async function changeHookScheme(db: Db, id: number, scheme: HookScheme): Promise<void> {
  await db.rows(sql`update hook set scheme = ${scheme} where id = ${id}`)
}

/** Keeps a hook's secret, sealed; null forgets it. */
export async function keepHookSecret(db: Db, seal: Seal, id: number, secret: string | null): Promise<void> {
  const kept = secret === null ? null : seal.close(secret, placeOf(id))
  await db.rows(
    sql`update hook set key_id = ${kept?.keyId ?? null}, sealed = ${kept?.sealed ?? null} where id = ${id}`,
  )
}

/** A hook's secret in the clear; '' when it has none. */
export async function hookSecret(db: Db, seal: Seal, id: number): Promise<string> {
  const row = await db.row<{ keyId: string; sealed: Buffer }>(
    sql`select key_id as "keyId", sealed from hook where id = ${id} and sealed is not null`,
  )
  return row === null ? '' : seal.open(row, placeOf(id))
}

/** Seals every secret again under the key of today; returns how many needed it. */
export async function rotateHookSecrets(db: Db, seal: Seal): Promise<number> {
  const rows = await db.rows<{ id: number; keyId: string; sealed: Buffer }>(sql`
    select id, key_id as "keyId", sealed from hook where key_id <> ${seal.keyId} for update`)
  for (const { id, ...kept } of rows) await keepHookSecret(db, seal, id, seal.open(kept, placeOf(id)))
  return rows.length
}

/** Notes why an event was not believed. Of what it said nothing is kept. */
export async function noteHookRefusal(db: Db, id: number, at: Instant, refusal: string): Promise<void> {
  await db.rows(sql`update hook set refused_at = ${at}, refusal = ${refusal} where id = ${id}`)
}

/** Of each hook the content of so many events is kept, and of so many that failed. */
const KEPT = 50
const FAILED_KEPT = 500

type Arrived = Pick<HookDelivery, 'hookId' | 'senderKey' | 'at' | 'headers' | 'body' | 'causeEventId'> & {
  readonly knownBy: Buffer | null
  readonly bodyHash: Buffer
}

/**
 * Writes down that an event arrived; the same row again when it is known. One of which nothing was made yet says from now on what was
 * sent last.
 */
export async function arrive(db: Db, arrived: Arrived): Promise<HookDeliveryRow> {
  const { hookId, senderKey, at, headers, body, causeEventId, knownBy, bodyHash } = arrived
  const later = (
    name: 'headers' | 'body' | 'body_hash',
  ) => sql`case when hook_delivery.state in ('failed', 'arrived')
    then excluded.${raw(name)} else hook_delivery.${raw(name)} end`
  const row = await db.row<HookDeliveryRow>(sql`
    insert into hook_delivery (hook_id, sender_key, known_by, body_hash, at, state, headers, body, cause_event_id)
    values (${hookId}, ${senderKey}, ${knownBy}, ${bodyHash}, ${at}, 'arrived', ${JSON.stringify(headers)}, ${body}, ${causeEventId})
    on conflict (hook_id, known_by) where known_by is not null do update set
      headers = ${later('headers')}, body = ${later('body')}, body_hash = ${later('body_hash')}
    returning ${rowColumns}`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  const isOpen = sql`state in ('failed', 'arrived')`
  await clear(db, hookId, sql`true`, KEPT, sql`state in ('done', 'skipped')`)
  // One that failed long ago and was sent again just now is to be carried out.
  await clear(db, hookId, isOpen, FAILED_KEPT, sql`${isOpen} and id <> ${row.id}`)
  return row
}

/** Empties what is older than the newest `most` of those that count. */
async function clear(
  db: Db,
  hookId: number,
  counted: ReturnType<typeof sql>,
  most: number,
  cleared: ReturnType<typeof sql>,
): Promise<void> {
  await db.rows(sql`update hook_delivery set body = null, headers = null
    where hook_id = ${hookId} and body is not null and ${cleared} and id <= (select id from hook_delivery
      where hook_id = ${hookId} and body is not null and ${counted} order by id desc offset ${most} limit 1)`)
}

/** One event, locked: two who carry it out at once would do so twice. */
export async function lockDelivery(tx: Transaction, id: number): Promise<HookDelivery | null> {
  return tx.row<HookDelivery>(sql`select ${deliveryColumns} from hook_delivery where id = ${id} for update`)
}

/** One event of a hook. */
export async function findHookDelivery(db: Db, hookId: number, id: number): Promise<HookDelivery | null> {
  return db.row<HookDelivery>(
    sql`select ${deliveryColumns} from hook_delivery where hook_id = ${hookId} and id = ${id}`,
  )
}

/** Notes what became of an event. */
export async function finishHookDelivery(
  db: Db,
  id: number,
  outcome: { state: HookState; detail: string | null; ticketId: TicketId | null },
): Promise<void> {
  await db.rows(sql`update hook_delivery set state = ${outcome.state}, detail = ${outcome.detail},
    ticket_id = ${outcome.ticketId} where id = ${id}`)
}

/** What came to a hook, the newest first. */
export async function listHookDeliveries(
  db: Db,
  hookId: number,
  page: { limit: number; before: number | null; state: HookState | null },
): Promise<HookDeliveryRow[]> {
  return db.rows<HookDeliveryRow>(sql`select ${rowColumns} from hook_delivery where hook_id = ${hookId}
    and id < ${page.before ?? Number.MAX_SAFE_INTEGER} and (${page.state}::text is null or state = ${page.state})
    order by id desc limit ${page.limit}`)
}

/** How many events of each hook failed, and when the last one came. */
export async function countHookDeliveries(
  db: Db,
  hookIds: readonly number[],
): Promise<ReadonlyMap<number, { failed: number; lastAt: Instant }>> {
  const rows = await db.rows<{ hookId: number; failed: number; lastAt: Instant }>(sql`
    select hook_id as "hookId", count(*) filter (where state in ('failed', 'arrived')) as failed, max(at) as "lastAt"
    from hook_delivery where hook_id = any(${hookIds}) group by hook_id`)
  return new Map(rows.map((row) => [row.hookId, row]))
}

/** That an event came, and whether it comes again, is known all the same. Why it failed may quote it. */
const nothingSaid = sql`body = null, headers = null, sender_key = null,
  detail = case when state = 'failed' then null else detail end`

/** Takes away what an event said. */
export async function eraseHookDelivery(db: Db, id: number): Promise<void> {
  await db.rows(sql`update hook_delivery set ${nothingSaid} where id = ${id}`)
}

/** Takes away what the events of a ticket said. */
export async function eraseHookDeliveriesOf(db: Db, ticketId: number): Promise<void> {
  await db.rows(
    sql`update hook_delivery set ${nothingSaid} where ticket_id = ${ticketId} and (body is not null or sender_key is not null)`,
  )
}

/** Takes away whatever of what came a pattern finds, and the matters that are named by it, where the ticket is free to be erased. */
export async function eraseHookWords(
  tx: Transaction,
  pattern: string,
  isFree: (ticketId: Sql) => Sql,
): Promise<void> {
  await tx.rows(sql`update hook_delivery set ${nothingSaid}
    where (body ~* ${pattern} or headers::text ~* ${pattern} or detail ~* ${pattern} or sender_key ~* ${pattern})
      and ${isFree(sql`hook_delivery.ticket_id`)}`)
  await tx.rows(
    sql`delete from hook_matter where key ~* ${pattern} and ${isFree(sql`hook_matter.ticket_id`)}`,
  )
}

/** Forgets what came before a moment. */
export async function dropOldHookDeliveries(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from hook_delivery where at < ${before}`)
}

/** Forgets which matters a ticket has. */
export async function dropMattersOf(db: Db, ticketId: number): Promise<void> {
  await db.rows(sql`delete from hook_matter where ticket_id = ${ticketId}`)
}

/** Forgets the matters whose tickets were closed before a moment. */
export async function dropOldMatters(db: Db, closedBefore: Instant): Promise<void> {
  await db.rows(sql`delete from hook_matter m using ticket t
    where t.id = m.ticket_id and t.status = 'closed' and t.closed_at < ${closedBefore}`)
}

/** Forgets a matter of which there is no ticket. */
export async function dropMatter(db: Db, hookId: number, key: string): Promise<void> {
  await db.rows(sql`delete from hook_matter where hook_id = ${hookId} and key = ${key} and ticket_id is null`)
}

/** The ticket of a matter, whose row is locked: two events of one matter follow each other. */
export async function lockMatter(tx: Transaction, hookId: number, key: string): Promise<TicketId | null> {
  const row = await tx.row<{ ticketId: TicketId | null }>(sql`
    insert into hook_matter (hook_id, key) values (${hookId}, ${key})
    on conflict (hook_id, key) do update set key = excluded.key returning ticket_id as "ticketId"`)
  return row?.ticketId ?? null
}

/** The ticket of a matter; null when there is none. */
export async function ticketOfMatter(db: Db, hookId: number, key: string): Promise<TicketId | null> {
  const row = await db.row<{ ticketId: TicketId | null }>(
    sql`select ticket_id as "ticketId" from hook_matter where hook_id = ${hookId} and key = ${key}`,
  )
  return row?.ticketId ?? null
}

/** Says which ticket a matter has from now on. */
export async function keepMatter(db: Db, hookId: number, key: string, ticketId: TicketId): Promise<void> {
  await db.rows(
    sql`update hook_matter set ticket_id = ${ticketId} where hook_id = ${hookId} and key = ${key}`,
  )
}
