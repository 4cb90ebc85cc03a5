// The rulebook in its versions: one is live, one may be a draft, the rest are history and never change.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Rulebook, RulebookState } from '#rules/rule.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type RulebookContent = Omit<Rulebook, 'version'>
export type Acknowledged = { readonly reason: string; readonly codes: readonly string[] }

export type RulebookVersion = {
  readonly version: number
  readonly state: RulebookState
  readonly edition: number
  readonly hash: string
  readonly parentVersion: number | null
  readonly note: string
  readonly acknowledged: Acknowledged | null
  readonly createdBy: PersonId | null
  readonly createdAt: Instant
  readonly changedAt: Instant
  readonly publishedBy: PersonId | null
  readonly publishedAt: Instant | null
  readonly endedAt: Instant | null
  /** Of a hundred tickets it judges, or judged, so many before it was for all; null for one that was for all at once. */
  readonly percent: number | null
  readonly canaryFrom: Instant | null
}

const columns = sql`version, state, edition, hash, parent_version as "parentVersion", note, acknowledged,
  created_by as "createdBy", created_at as "createdAt", changed_at as "changedAt", published_by as "publishedBy",
  published_at as "publishedAt", ended_at as "endedAt",
  canary_percent as percent, canary_from as "canaryFrom"`

/** The number of the live version; 0 while there is none. */
export async function liveVersion(db: Db): Promise<number> {
  const [row] = await db.hot<{ version: number }>(sql`select version from rulebook where state = 'published'`)
  return row?.version ?? 0
}

/** A version with its rules. */
export async function readRulebook(db: Db, version: number): Promise<Rulebook | null> {
  const row = await db.row<{ content: RulebookContent }>(
    sql`select content from rulebook where version = ${version}`,
  )
  return row === null ? null : { version, ...row.content }
}

/** What is known of a version besides its rules. */
export async function findVersion(db: Db, version: number): Promise<RulebookVersion | null> {
  return db.row<RulebookVersion>(sql`select ${columns} from rulebook where version = ${version}`)
}

/** The draft, locked for the rest of the transaction. */
export async function lockDraft(db: Db): Promise<RulebookVersion | null> {
  return db.row<RulebookVersion>(sql`select ${columns} from rulebook where state = 'draft' for update`)
}

/** The draft. */
export async function findDraftVersion(db: Db): Promise<RulebookVersion | null> {
  return db.row<RulebookVersion>(sql`select ${columns} from rulebook where state = 'draft'`)
}

/** What an integer column holds at most. */
const MOST_VERSIONS = 2_147_483_647

/** Versions, newest first. */
export async function listVersions(
  db: Db,
  page: { limit: number; before: number | null },
): Promise<RulebookVersion[]> {
  return db.rows<RulebookVersion>(sql`select ${columns} from rulebook
    where version < ${page.before ?? MOST_VERSIONS} order by version desc limit ${page.limit}`)
}

/** Begins a draft; null when there is one already. */
export async function addDraft(
  db: Db,
  draft: { content: RulebookContent; parent: number | null; by: PersonId | null; at: Instant; note?: string },
): Promise<number | null> {
  const { content, parent, by, at, note = '' } = draft
  const row = await db.row<{ version: number }>(sql`
    insert into rulebook (state, content, hash, parent_version, note, created_by, created_at, changed_at)
    values ('draft', ${JSON.stringify(content)}, ${hashOf(content)}, ${parent}, ${note}, ${by}, ${at}, ${at})
    on conflict do nothing returning version`)
  return row?.version ?? null
}

/** Writes the draft anew. */
export async function changeDraft(db: Db, content: RulebookContent, at: Instant): Promise<void> {
  await db.rows(sql`update rulebook set content = ${JSON.stringify(content)}, hash = ${hashOf(content)},
    edition = edition + 1, changed_at = ${at} where state = 'draft'`)
}

/** Throws the draft away; false when there is none. */
export async function dropDraftVersion(db: Db): Promise<boolean> {
  return (await db.rows(sql`delete from rulebook where state = 'draft' returning version`)).length > 0
}

/** Makes the draft the live version, in one switch. `ends` is what becomes of the version before. */
export async function publishDraft(
  db: Db,
  publishing: {
    at: Instant
    by: PersonId | null
    note: string
    acknowledged: Acknowledged | null
    ends: 'superseded' | 'rolled_back'
    /** The backtest that it goes live on. */
    backtestId?: number | null
  },
): Promise<number | null> {
  const { at, by, note, acknowledged, ends, backtestId = null } = publishing
  await db.rows(sql`update rulebook set state = ${ends}, ended_at = ${at} where state = 'published'`)
  const row = await db.row<{ version: number }>(sql`
    update rulebook set state = 'published', published_at = ${at}, published_by = ${by}, note = ${note}, backtest_id = ${backtestId},
      acknowledged = ${acknowledged === null ? null : JSON.stringify(acknowledged)}
    where state = 'draft' returning version`)
  return row?.version ?? null
}

/** When a version went live for all, and on which backtest; null where there is no such version, or it never did. */
export async function publicationOf(
  db: Db,
  version: number,
): Promise<{ at: Instant; endedAt: Instant | null; backtestId: number | null } | null> {
  return db.row(sql`select published_at as at, ended_at as "endedAt", backtest_id as "backtestId"
    from rulebook where version = ${version} and published_at is not null`)
}

/** Since when a version has judged tickets, a share of them or all; null where there is no such version, or it never has. */
export async function judgesSince(db: Db, version: number): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(sql`select coalesce(canary_from, published_at) as at
    from rulebook where version = ${version}`)
  return row?.at ?? null
}

/** So many new ids of rules. */
export async function newRuleIds(db: Db, count: number): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(
    sql`select nextval('rule_id_seq') as id from generate_series(1, ${count})`,
  )
  return rows.map(({ id }) => id)
}

/** The version that was live at a moment; 0 when none was. */
export async function versionAt(db: Db, at: Instant): Promise<number> {
  const row = await db.row<{ version: number }>(sql`select version from rulebook
    where published_at <= ${at} and (ended_at is null or ended_at > ${at}) order by published_at desc limit 1`)
  return row?.version ?? 0
}

/** Every rulebook that was live at some time, oldest first. */
export async function livedRulebooks(
  db: Db,
): Promise<{ from: Instant; to: Instant | null; rulebook: Rulebook }[]> {
  const rows = await db.rows<{
    version: number
    content: RulebookContent
    from: Instant
    to: Instant | null
  }>(sql`select version, content, published_at as "from", ended_at as "to" from rulebook
    where published_at is not null order by published_at`)
  return rows.map(({ version, content, from, to }) => ({ from, to, rulebook: { version, ...content } }))
}
