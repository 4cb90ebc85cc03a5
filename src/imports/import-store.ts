// The runs of imports, and the names under which things came: what makes a second run find what the first has told.
import type { Counts, Problem } from '#imports/counts.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { assignments, sql } from '#store/sql.ts'

export const importStates = ['waiting', 'running', 'paused', 'done', 'failed', 'undoing', 'undone'] as const
export type ImportState = (typeof importStates)[number]

export type Import = {
  readonly id: number
  readonly source: string
  readonly kind: string
  readonly state: ImportState
  readonly options: Readonly<Record<string, unknown>>
  readonly position: unknown
  readonly counts: Counts
  readonly problems: readonly Problem[]
  readonly complete: boolean
  readonly movedBy: unknown
  readonly sealed: string | null
  readonly createdAt: Instant
  readonly endedAt: Instant | null
  /** Since when it is under way without a break, and how many records it had seen by then. */
  readonly runningSince: Instant | null
  readonly seenBefore: number | null
}

const columns = sql`id, source, kind, state, options, position, counts, problems, complete, moved_by as "movedBy", sealed,
  created_at as "createdAt", ended_at as "endedAt", running_since as "runningSince", seen_before as "seenBefore"`

/** Begins a run. */
export async function addImport(
  db: Db,
  begun: {
    source: string
    kind: string
    state: ImportState
    options: object
    sealed?: string | null
    at: Instant
    agentId: number | null
  },
): Promise<Import> {
  const { source, kind, state, options, sealed = null, at, agentId } = begun
  const row =
    await db.row<Import>(sql`insert into import (source, kind, state, options, sealed, created_at, agent_id)
    values (${source}, ${kind}, ${state}, ${JSON.stringify(options)}, ${sealed}, ${at}, ${agentId}) returning ${columns}`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row
}

/** One run. */
export async function findImport(db: Db, id: number): Promise<Import | null> {
  return db.row<Import>(sql`select ${columns} from import where id = ${id}`)
}

/** The newest run of a source that has not ended, or null. */
export async function unfinished(db: Db, source: string): Promise<Import | null> {
  return db.row<Import>(sql`select ${columns} from import
    where source = ${source} and state in ('running', 'paused', 'failed') order by id desc limit 1`)
}

/** The newest run that moved ids of this source, or null. */
export async function movedBefore(db: Db, source: string): Promise<Import | null> {
  return db.row<Import>(sql`select ${columns} from import
    where source = ${source} and moved_by is not null and state <> 'undone' order by id desc limit 1`)
}

/** Runs, newest first. */
export async function listImports(db: Db, page: { limit: number; before: number | null }): Promise<Import[]> {
  return db.rows<Import>(sql`select ${columns} from import
    where id < ${page.before ?? Number.MAX_SAFE_INTEGER} order by id desc limit ${page.limit}`)
}

/** The next run that waits for a worker, or that lost its own. Commands hold what they run. */
export async function nextToDo(db: Db): Promise<Import | null> {
  return db.row<Import>(sql`select ${columns} from import
    where state in ('waiting', 'undoing') or state = 'running' and sealed is not null order by id limit 1`)
}

export type ImportChange = {
  readonly state?: ImportState
  readonly options?: object
  readonly position?: unknown
  readonly counts?: Counts
  readonly problems?: readonly Problem[]
  readonly complete?: boolean
  readonly movedBy?: unknown
  readonly sealed?: null
  readonly endedAt?: Instant | null
  readonly runningSince?: Instant
  readonly seenBefore?: number
}

/** Notes how far a run has come. */
export async function changeImport(db: Db, id: number, change: ImportChange): Promise<void> {
  const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))
  const sets = assignments({
    state: change.state,
    options: json(change.options),
    position: json(change.position),
    counts: json(change.counts),
    problems: json(change.problems),
    complete: change.complete,
    moved_by: json(change.movedBy),
    sealed: change.sealed,
    ended_at: change.endedAt,
    running_since: change.runningSince,
    seen_before: change.seenBefore,
  })
  if (sets !== null) await db.rows(sql`update import set ${sets} where id = ${id}`)
}

/** Whether a person asks a run to stop, in the transaction that would go on. */
export async function stateOf(db: Db, id: number): Promise<ImportState | null> {
  return (await db.row<{ state: ImportState }>(sql`select state from import where id = ${id}`))?.state ?? null
}

export type Ref = {
  readonly sourceId: string
  readonly localId: number
  readonly version: string
  readonly told: readonly string[]
  readonly seq: number | null
  /** Whether an import made it; else it was here already. */
  readonly made: boolean
}

/** What came under these names before, by name. */
export async function refsOf(
  db: Db,
  source: string,
  kind: string,
  sourceIds: readonly string[],
): Promise<Map<string, Ref>> {
  if (sourceIds.length === 0) return new Map()
  const rows =
    await db.hot<Ref>(sql`select source_id as "sourceId", local_id as "localId", version, told, seq, made
    from import_ref where source = ${source} and kind = ${kind} and source_id = any(${[...new Set(sourceIds)]})`)
  return new Map(rows.map((row) => [row.sourceId, row]))
}

/** On which tickets anybody of this desk, or a rule of it, has done something since they were told; time that passed did nothing. */
export async function workedOn(
  db: Db,
  told: readonly { readonly localId: number; readonly seq: number | null }[],
): Promise<Set<number>> {
  const rows = await db.hot<{ id: number }>(sql`select distinct x.id
    from jsonb_to_recordset(${JSON.stringify(told.map(({ localId, seq }) => ({ id: localId, seq })))}::jsonb) as x(id bigint, seq integer)
    join ticket_event e on e.ticket_id = x.id and e.seq > coalesce(x.seq, 0) and e.actor_type <> 'system'`)
  return new Set(rows.map(({ id }) => id))
}

/** Which of these tickets came from a source. */
export async function ticketsFrom(db: Db, source: string, ids: readonly number[]): Promise<Set<number>> {
  const rows = await db.rows<{ id: number }>(sql`select local_id as id from import_ref
    where source = ${source} and kind = 'tickets' and local_id = any(${[...ids]}::bigint[])`)
  return new Set(rows.map(({ id }) => id))
}

/** Numbers of another Docket that are others here, by kind. */
export async function movedRefs(db: Db, source: string): Promise<Map<string, Map<number, number>>> {
  const rows = await db.rows<{ kind: string; from: number; to: number }>(sql`
    select kind, source_id::bigint as "from", local_id as "to" from import_ref
    where source = ${source} and kind <> 'tickets' and local_id > 0 and source_id ~ '^[0-9]{1,15}$'
      and source_id <> local_id::text`)
  const found = new Map<string, Map<number, number>>()
  for (const { kind, from, to } of rows)
    found.set(kind, (found.get(kind) ?? new Map<number, number>()).set(from, to))
  return found
}

/** Where a thing comes from, and the run that brings it. */
export type From = { readonly source: string; readonly importId: number }

export type NewRef = {
  readonly kind: string
  readonly sourceId: string
  readonly localId: number
  readonly version: string
  readonly told?: readonly string[]
  readonly seq?: number | null
  readonly label?: string | null
  readonly made: boolean
}

/** Keeps the names under which things came; one that is known keeps who made it. */
export async function putRefs(db: Db, from: From, refs: readonly NewRef[]): Promise<void> {
  if (refs.length === 0) return
  const last = new Map(refs.map((ref) => [`${ref.kind} ${ref.sourceId}`, ref]))
  const rows = [...last.values()].map((ref) => ({
    kind: ref.kind,
    source_id: ref.sourceId,
    local_id: ref.localId,
    version: ref.version,
    told: ref.told ?? [],
    seq: ref.seq ?? null,
    label: ref.label ?? null,
    made: ref.made,
  }))
  await db.hot(sql`insert into import_ref (source, kind, source_id, local_id, version, told, seq, label, made, import_id)
    select ${from.source}, kind, source_id, local_id, version, told, seq, label, made, ${from.importId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(kind text, source_id text, local_id bigint, version text,
      told text[], seq integer, label text, made boolean)
    on conflict (source, kind, source_id) do update set local_id = excluded.local_id, version = excluded.version,
      told = excluded.told, seq = excluded.seq, label = coalesce(excluded.label, import_ref.label),
      made = import_ref.made and import_ref.local_id = excluded.local_id or excluded.made and import_ref.local_id <> excluded.local_id`)
}

/** Keeps the numbers of tickets up to this one from being drawn. */
export async function reserveNumbers(db: Db, upTo: number): Promise<void> {
  if (upTo > 0)
    await db.rows(
      sql`select setval('ticket_id_seq', greatest(${upTo}::bigint, (select last_value from ticket_id_seq)))`,
    )
}

/** Pairs of tickets that wait for both sides: merges, or links. */
export async function openPairs(
  db: Db,
  source: string,
  kind: 'merges' | 'links',
  limit: number,
): Promise<{ id: string; into: string }[]> {
  return db.rows(sql`select source_id as id, version as "into" from import_ref
    where source = ${source} and kind = ${kind} and local_id = 0 order by source_id limit ${limit}`)
}

/** What a run made, a page at a time. */
export async function madeBy(
  db: Db,
  importId: number,
  kind: string,
  page: { after: number; limit: number },
): Promise<{ localId: number; sourceId: string; seq: number | null }[]> {
  return db.rows(sql`select local_id as "localId", source_id as "sourceId", seq from import_ref
    where import_id = ${importId} and kind = ${kind} and made and local_id > ${page.after}
    order by local_id limit ${page.limit}`)
}

/** Runs whose credentials are kept. */
export async function sealedImports(db: Db): Promise<Import[]> {
  return db.rows<Import>(sql`select ${columns} from import where sealed is not null order by id for update`)
}

/** Forgets the credentials of runs that have stood since before a moment. */
export async function dropOldKeys(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`update import set sealed = null where sealed is not null and state in ('paused', 'done', 'failed')
    and greatest(ended_at, running_since, created_at) < ${before}`)
}

/** Keeps the credentials of a run under another seal. */
export async function resealImport(db: Db, id: number, sealed: string): Promise<void> {
  await db.rows(sql`update import set sealed = ${sealed} where id = ${id}`)
}
