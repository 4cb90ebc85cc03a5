// Macros: who has which, and in which updates they were applied.
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { likeText } from '#people/person-store.ts'
import type { Scope } from '#rules/view-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Macro = {
  readonly id: number
  readonly name: string
  readonly scope: Scope
  readonly ownerId: PersonId
  readonly ownerName: string
  readonly teamId: TeamId | null
  readonly change: object
  readonly messageKind: 'reply' | 'note' | null
  readonly body: string | null
  /** What it says in other languages: HTML by language. */
  readonly texts: Readonly<Record<string, string>>
  /** Where it lies; empty: beside the folders. */
  readonly folder: string
  readonly files: readonly MacroFile[]
  readonly archived: boolean
  readonly uses: number
}

export type MacroFile = {
  readonly sha256: string
  readonly name: string
  readonly type: string
  readonly size: number
}

export type NewMacro = Omit<Macro, 'id' | 'ownerName' | 'uses' | 'files'>

const content = sql`m.id, m.name, m.scope, m.owner_id as "ownerId", p.name as "ownerName", m.team_id as "teamId", m.change,
  m.message_kind as "messageKind", m.body, m.texts, m.folder,
  coalesce((select jsonb_agg(jsonb_build_object('sha256', f.sha256, 'name', f.name, 'type', f.type, 'size', f.size) order by f.place)
    from macro_file f where f.macro_id = m.id and f.place is not null), '[]') as files`

const columnsAt = (at: Instant) => sql`${content}, m.archived_at is not null as archived,
  (select count(*) from macro_use u where u.macro_id = m.id
    and u.at > ${at}::timestamptz - interval '30 days') as uses`

/** The macros an agent has: own, of teams, shared; by name. */
export async function macrosOf(
  db: Db,
  reader: { readonly agentId: PersonId; readonly teamIds: readonly TeamId[] },
  page: {
    readonly q: string
    readonly archived: boolean
    /** All of teams and of everybody, instead of those that the reader has. */
    readonly isOfDesk: boolean
    /** Only those of one folder; null: of all. */
    readonly folder: string | null
    readonly limit: number
    readonly after: { readonly name: string; readonly id: number } | null
  },
  at: Instant,
): Promise<Macro[]> {
  const after =
    page.after === null
      ? sql`true`
      : sql`(lower(m.name), m.id) > (lower(${page.after.name}), ${page.after.id})`
  const whose = page.isOfDesk
    ? sql`m.scope <> 'personal'`
    : sql`(m.scope = 'shared' or (m.scope = 'team' and m.team_id = any(${reader.teamIds}))
        or (m.scope = 'personal' and m.owner_id = ${reader.agentId}))`
  return db.rows<Macro>(sql`select ${columnsAt(at)} from macro m join person p on p.id = m.owner_id
    where ${whose} and (${page.archived} or m.archived_at is null)
      and (m.name ilike ${`%${likeText(page.q)}%`} or m.folder ilike ${`%${likeText(page.q)}%`})
      and ${page.folder === null ? sql`true` : sql`m.folder = ${page.folder}`} and ${after}
    order by lower(m.name), m.id limit ${page.limit}`)
}

/** The macros in use that several people have: what of the desk is used where. */
export async function sharedMacros(db: Db): Promise<Macro[]> {
  return db.rows<Macro>(sql`select ${content}, false as archived, 0 as uses
    from macro m join person p on p.id = m.owner_id where m.scope <> 'personal' and m.archived_at is null order by m.id`)
}

/** One macro, whoever owns it. */
export async function findMacro(db: Db, id: number, at: Instant): Promise<Macro | null> {
  return db.row<Macro>(
    sql`select ${columnsAt(at)} from macro m join person p on p.id = m.owner_id where m.id = ${id}`,
  )
}

/** Adds a macro and answers its id. */
export async function addMacro(db: Db, macro: NewMacro, at: Instant): Promise<number> {
  const row = await db.row<{
    id: number
  }>(sql`insert into macro (name, scope, owner_id, team_id, change, message_kind, body, texts, folder, created_at, updated_at,
      archived_at)
    values (${macro.name}, ${macro.scope}, ${macro.ownerId}, ${macro.teamId}, ${JSON.stringify(macro.change)},
      ${macro.messageKind}, ${macro.body}, ${JSON.stringify(macro.texts)}, ${macro.folder}, ${at}, ${at},
      ${macro.archived ? at : null}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Replaces what a macro does; its owner and its files stay. */
export async function changeMacro(db: Db, id: number, macro: NewMacro, at: Instant): Promise<void> {
  await db.rows(sql`update macro set name = ${macro.name}, scope = ${macro.scope}, team_id = ${macro.teamId},
    change = ${JSON.stringify(macro.change)}, message_kind = ${macro.messageKind}, body = ${macro.body},
    texts = ${JSON.stringify(macro.texts)}, folder = ${macro.folder}, updated_at = ${at},
    archived_at = ${macro.archived ? sql`coalesce(archived_at, ${at})` : sql`null`} where id = ${id}`)
}

/** The files that a macro has or had. */
export async function macroFiles(db: Db, macroId: number): Promise<MacroFile[]> {
  return db.rows<MacroFile>(sql`select sha256, name, type, size from macro_file where macro_id = ${macroId}`)
}

/** Has these go with a macro, in this order; others that it had are taken off, and kept for who restores it. */
export async function setMacroFiles(db: Db, macroId: number, files: readonly MacroFile[]): Promise<void> {
  await db.rows(sql`with off as (update macro_file set place = null where macro_id = ${macroId}
      and sha256 <> all(${files.map(({ sha256 }) => sha256)}::text[]))
    insert into macro_file (macro_id, sha256, name, type, size, place)
    select ${macroId}, each.sha256, each.name, each.type, each.size, each.place
    from jsonb_to_recordset(${JSON.stringify(files.map((file, place) => ({ ...file, place })))})
      as each (sha256 text, name text, type text, size int, place int)
    on conflict (macro_id, sha256) do update set name = excluded.name, place = excluded.place`)
}

/** Notes that an update was made by applying a macro. */
export async function noteMacroUse(
  db: Db,
  use: {
    readonly macroId: number
    readonly ticketId: number
    readonly updateId: number
    readonly agentId: PersonId
    readonly at: Instant
  },
): Promise<void> {
  await db.rows(sql`insert into macro_use (macro_id, ticket_id, update_id, agent_id, at)
    values (${use.macroId}, ${use.ticketId}, ${use.updateId}, ${use.agentId}, ${use.at}) on conflict do nothing`)
}

/** The macros applied on a ticket, by update. */
export async function macroUsesOn(
  db: Db,
  ticketId: number,
): Promise<Map<number, { id: number; name: string }>> {
  const rows = await db.rows<{ updateId: number; id: number; name: string }>(sql`
    select u.update_id as "updateId", m.id, m.name from macro_use u join macro m on m.id = u.macro_id
    where u.ticket_id = ${ticketId}`)
  return new Map(rows.map(({ updateId, id, name }) => [updateId, { id, name }]))
}
