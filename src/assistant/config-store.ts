// The assistant's configuration in its versions, which one is live, and the switches that turn it off.
import type { AssistantConfig } from '#assistant/config.ts'
import type { Step } from '#assistant/rungs.ts'
import { triageFields } from '#assistant/words.ts'
import type { CategoryId, PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type ConfigVersion = {
  readonly version: number
  readonly hash: string
  readonly note: string
  /** Nobody: the desk itself took a step down. */
  readonly createdBy: { readonly id: number; readonly name: string } | null
  /** Of the ladder. */
  readonly steps: readonly Step[]
  readonly createdAt: Instant
  readonly publishedAt: Instant | null
  readonly live: boolean
}

const columns = sql`c.version, c.hash, c.note, c.created_at as "createdAt", c.published_at as "publishedAt",
  (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = c.created_by) as "createdBy", c.steps,
  exists (select from assistant_live l where l.version = c.version) as live`

/** Keeps a version; the same content as the newest is that one. */
export async function addConfig(
  db: Db,
  added: { content: AssistantConfig; hash: string; note: string; by: PersonId; at: Instant },
): Promise<number> {
  const { content, hash, note, by, at } = added
  const newest = await db.row<{ version: number; hash: string }>(
    sql`select version, hash from assistant_config order by version desc limit 1`,
  )
  if (newest?.hash === hash) return newest.version
  const row = await db.row<{ version: number }>(sql`
    insert into assistant_config (content, hash, note, created_by, created_at)
    values (${JSON.stringify(content)}, ${hash}, ${note}, ${by}, ${at}) returning version`)
  return row?.version ?? 0
}

/** Versions, newest first. */
export async function listConfigs(
  db: Db,
  page: { limit: number; before: number | null },
): Promise<ConfigVersion[]> {
  return db.rows<ConfigVersion>(sql`select ${columns} from assistant_config c
    where c.version < ${page.before ?? 2_147_483_647} order by c.version desc limit ${page.limit}`)
}

/** One version and what it says. */
export async function findConfig(
  db: Db,
  version: number,
): Promise<(ConfigVersion & { readonly content: AssistantConfig }) | null> {
  const row = await db.row<ConfigVersion & { readonly content: AssistantConfig }>(
    sql`select ${columns}, c.content from assistant_config c where c.version = ${version}`,
  )
  if (row === null) return null
  // A version from before a field was triaged does not name it.
  const named = Object.fromEntries(triageFields.map((field) => [field, row.content.triage[field] ?? 'off']))
  return { ...row, content: { ...row.content, triage: named as AssistantConfig['triage'] } }
}

export type Live = {
  readonly version: number | null
  readonly personId: PersonId | null
  readonly switches: readonly string[]
  /** The categories that were merged, each with the one that it went into. */
  readonly merged: Readonly<Record<string, number>>
}

/** Which version is live, who the assistant is, and what is switched off. */
export async function liveAssistant(db: Db): Promise<Live> {
  const [row] = await db.hot<Live>(sql`select l.version, l.person_id as "personId",
    coalesce((select array_agg(scope order by scope) from assistant_switch), '{}') as switches,
    coalesce((select json_object_agg(id, merged_into order by id) from category where merged_into is not null), '{}') as merged
    from (select true) one left join assistant_live l on l.one`)
  return row ?? { version: null, personId: null, switches: [], merged: {} }
}

/** Makes a version live; null makes none. What is live already, or was last, keeps its place in the history. */
export async function makeLive(
  db: Db,
  version: number | null,
  personId: PersonId,
  at: Instant,
  reason = '',
): Promise<void> {
  await db.rows(sql`insert into assistant_live (version, person_id) values (${version}, ${personId})
    on conflict (one) do update set version = excluded.version`)
  if (version === null) return
  await db.rows(sql`update assistant_config set published_at = ${at} where version = ${version}`)
  await db.rows(sql`insert into assistant_published (version, at, reason) select ${version}, ${at}, ${reason}
    where ${version} is distinct from (select version from assistant_published order by id desc limit 1)`)
}

export type Switch = {
  readonly scope: string
  readonly at: Instant
  readonly by: { readonly id: number; readonly name: string }
}

/** What is switched off, and by whom. */
export async function listSwitches(db: Db): Promise<Switch[]> {
  return db.rows(sql`select s.scope, s.at, json_build_object('id', s.by_id, 'name', p.name) as by
    from assistant_switch s join person p on p.id = s.by_id order by s.scope`)
}

/** Switches a scope off, or on again; false when it is so already. */
export async function setSwitch(
  db: Db,
  { scope, off, by, at }: { scope: string; off: boolean; by: PersonId; at: Instant },
): Promise<boolean> {
  const rows = off
    ? await db.rows(sql`insert into assistant_switch (scope, at, by_id) values (${scope}, ${at}, ${by})
        on conflict do nothing returning scope`)
    : await db.rows(sql`delete from assistant_switch where scope = ${scope} returning scope`)
  return rows.length > 0
}

/** The names and definitions of the categories in use: what is known of them before there are tickets. */
export async function describedCategories(
  db: Db,
): Promise<{ id: CategoryId; path: string; definition: string }[]> {
  return db.rows(sql`select id, path, definition from category where archived_at is null order by id`)
}
