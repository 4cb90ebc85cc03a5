// Widgets as rows, the keys by which sites show who their visitors are, and why they were not believed.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import type { Seal } from '#store/seal.ts'
import { sql } from '#store/sql.ts'
import type { IdentityAlgorithm, IdentityRefusal } from '#setup/identity-words.ts'
import { MOST_KEYS, type IdentityKey, type Widget } from '#setup/widget.ts'

const columns = sql`id, key, name, brand_id as "brandId", team_id as "teamId", calendar_id as "calendarId", color, greeting,
  origins, notes_page as "notesPage", ask_after_seconds as "askAfterSeconds",
  resolve_after_seconds as "resolveAfterSeconds", archived_at is not null as archived`

/** Widgets by name. */
export async function listWidgets(
  db: Db,
  page: { archived: boolean; limit: number; after: { name: string; id: number } | null },
): Promise<Widget[]> {
  const after = page.after ?? { name: '', id: 0 }
  return db.rows<Widget>(sql`select ${columns} from widget where (name, id) > (${after.name}, ${after.id})
    and (${page.archived} or archived_at is null) order by name, id limit ${page.limit}`)
}

/** One widget, by its number or by the key in its tag. */
export async function findWidget(db: Db, ref: number | string): Promise<Widget | null> {
  const where = typeof ref === 'number' ? sql`id = ${ref}` : sql`key = ${ref}`
  const [row] = await db.hot<Widget>(sql`select ${columns} from widget where ${where}`)
  return row ?? null
}

type Written = Omit<Widget, 'id'>

/** Adds a widget; its number. */
export async function addWidget(db: Db, widget: Written): Promise<number> {
  const row = await db.row<{
    id: number
  }>(sql`insert into widget (key, name, brand_id, team_id, calendar_id, color, greeting,
      origins, notes_page, ask_after_seconds, resolve_after_seconds)
    values (${widget.key}, ${widget.name}, ${widget.brandId}, ${widget.teamId}, ${widget.calendarId}, ${widget.color},
      ${widget.greeting}, ${widget.origins}, ${widget.notesPage}, ${widget.askAfterSeconds}, ${widget.resolveAfterSeconds})
    returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Puts a widget in place of what it was; its key stays. */
export async function changeWidget(
  db: Db,
  id: number,
  widget: Omit<Written, 'key'>,
  at: Instant,
): Promise<void> {
  await db.rows(sql`update widget set name = ${widget.name}, brand_id = ${widget.brandId}, team_id = ${widget.teamId},
      calendar_id = ${widget.calendarId}, color = ${widget.color}, greeting = ${widget.greeting}, origins = ${widget.origins},
      notes_page = ${widget.notesPage}, ask_after_seconds = ${widget.askAfterSeconds},
      resolve_after_seconds = ${widget.resolveAfterSeconds},
      archived_at = case when ${widget.archived} then coalesce(archived_at, ${at}::timestamptz) end
    where id = ${id}`)
}

type KeyRow = IdentityKey & { readonly keyId: string | null; readonly sealed: Buffer | null }

const keyColumns = sql`id, algorithm, public_key as "publicKey", created_at as "createdAt"`
const placeOf = (keyId: number) => `widget_key|${keyId}`

/** The keys of a widget, the oldest first. */
export async function keysOf(db: Db, widgetId: number): Promise<IdentityKey[]> {
  return db.rows<IdentityKey>(
    sql`select ${keyColumns} from widget_key where widget_id = ${widgetId} order by id`,
  )
}

/** The same with what signatures are checked by: a secret in the clear, or a public key. */
export async function openedKeysOf(
  db: Db,
  seal: Seal,
  widgetId: number,
): Promise<{ readonly id: number; readonly algorithm: IdentityAlgorithm; readonly text: string }[]> {
  const rows = await db.rows<KeyRow>(sql`select ${keyColumns}, key_id as "keyId", sealed from widget_key
    where widget_id = ${widgetId} order by id`)
  return rows.map(({ id, algorithm, publicKey, keyId, sealed }) => ({
    id,
    algorithm,
    text: keyId !== null && sealed !== null ? seal.open({ keyId, sealed }, placeOf(id)) : (publicKey ?? ''),
  }))
}

/** Adds a key; null when there are two. The widget is locked, so that two who add at once do not make three. */
export async function addKey(
  db: Db,
  seal: Seal,
  widgetId: number,
  key: { algorithm: IdentityAlgorithm; text: string; at: Instant },
): Promise<number | null> {
  await db.rows(sql`select from widget where id = ${widgetId} for update`)
  const isSecret = key.algorithm === 'HS256'
  const row = await db.row<{
    id: number
  }>(sql`insert into widget_key (widget_id, algorithm, key_id, sealed, public_key, created_at)
    select ${widgetId}, ${key.algorithm}, ${isSecret ? '' : null}, ${isSecret ? Buffer.alloc(0) : null},
      ${isSecret ? null : key.text}, ${key.at}
    where (select count(*) from widget_key where widget_id = ${widgetId}) < ${MOST_KEYS} returning id`)
  if (row !== null && isSecret) await sealKey(db, seal, row.id, key.text)
  return row?.id ?? null
}

/** Sealed for its own place, which has its number. */
async function sealKey(db: Db, seal: Seal, id: number, text: string): Promise<void> {
  const { keyId, sealed } = seal.close(text, placeOf(id))
  await db.rows(sql`update widget_key set key_id = ${keyId}, sealed = ${sealed} where id = ${id}`)
}

/** Takes a key away; false when the widget has no such key. */
export async function dropKey(db: Db, widgetId: number, id: number): Promise<boolean> {
  const rows = await db.rows(
    sql`delete from widget_key where id = ${id} and widget_id = ${widgetId} returning id`,
  )
  return rows.length > 0
}

/** Seals every secret again under the key of today; returns how many needed it. */
export async function rotateWidgetKeys(db: Db, seal: Seal): Promise<number> {
  const rows = await db.rows<{ id: number; keyId: string; sealed: Buffer }>(sql`
    select id, key_id as "keyId", sealed from widget_key where key_id <> ${seal.keyId} for update`)
  for (const row of rows) await sealKey(db, seal, row.id, seal.open(row, placeOf(row.id)))
  return rows.length
}

/** Of each widget so many refusals are kept. */
const REFUSALS_KEPT = 50

export type Refused = {
  readonly at: Instant
  readonly reason: IdentityRefusal
  readonly origin: string | null
}

/** Writes down why a site's word was not believed. */
export async function noteRefusal(db: Db, widgetId: number, refused: Refused): Promise<void> {
  await db.rows(sql`with gone as (delete from identity_refusal where id in (select id from identity_refusal
      where widget_id = ${widgetId} order by id desc offset ${REFUSALS_KEPT - 1}))
    insert into identity_refusal (widget_id, at, reason, origin)
    values (${widgetId}, ${refused.at}, ${refused.reason}, ${refused.origin})`)
}

/** The newest refusals first. */
export async function refusalsOf(db: Db, widgetId: number, limit: number): Promise<Refused[]> {
  return db.rows<Refused>(sql`select at, reason, origin from identity_refusal where widget_id = ${widgetId}
    order by id desc limit ${limit}`)
}
