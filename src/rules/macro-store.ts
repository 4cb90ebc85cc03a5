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
  readonly archived: boolean
  readonly uses: number
}

export type NewMacro = Omit<Macro, 'id' | 'ownerName' | 'uses'>

const columnsAt = (
  at: Instant,
) => sql`m.id, m.name, m.scope, m.owner_id as "ownerId", p.name as "ownerName", m.team_id as "teamId", m.change,
  m.message_kind as "messageKind", m.body, m.archived_at is not null as archived,
  (select count(*) from macro_use u where u.macro_id = m.id
    and u.at > ${at}::timestamptz - interval '30 days') as uses`

/** The macros an agent has: own, of teams, shared; by name. */
export async function macrosOf(
  db: Db,
  reader: { readonly agentId: PersonId; readonly teamIds: readonly TeamId[] },
  page: {
    readonly q: string
    readonly archived: boolean
    readonly limit: number
    readonly after: { readonly name: string; readonly id: number } | null
  },
  at: Instant,
): Promise<Macro[]> {
  const after =
    page.after === null
      ? sql`true`
      : sql`(lower(m.name), m.id) > (lower(${page.after.name}), ${page.after.id})`
  return db.rows<Macro>(sql`select ${columnsAt(at)} from macro m join person p on p.id = m.owner_id
    where (m.scope = 'shared' or (m.scope = 'team' and m.team_id = any(${reader.teamIds}))
      or (m.scope = 'personal' and m.owner_id = ${reader.agentId})) and (${page.archived} or m.archived_at is null)
      and m.name ilike ${`%${likeText(page.q)}%`} and ${after}
    order by lower(m.name), m.id limit ${page.limit}`)
}

/** The macros in use that several people have: what of the desk is used where. */
export async function sharedMacros(db: Db): Promise<Macro[]> {
  return db.rows<Macro>(sql`select m.id, m.name, m.scope, m.owner_id as "ownerId", p.name as "ownerName",
      m.team_id as "teamId", m.change, m.message_kind as "messageKind", m.body, false as archived, 0 as uses
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
  }>(sql`insert into macro (name, scope, owner_id, team_id, change, message_kind, body, created_at, updated_at,
      archived_at)
    values (${macro.name}, ${macro.scope}, ${macro.ownerId}, ${macro.teamId}, ${JSON.stringify(macro.change)},
      ${macro.messageKind}, ${macro.body}, ${at}, ${at}, ${macro.archived ? at : null}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Replaces what a macro does; its owner stays. */
export async function changeMacro(db: Db, id: number, macro: NewMacro, at: Instant): Promise<void> {
  await db.rows(sql`update macro set name = ${macro.name}, scope = ${macro.scope}, team_id = ${macro.teamId},
    change = ${JSON.stringify(macro.change)}, message_kind = ${macro.messageKind}, body = ${macro.body}, updated_at = ${at},
    archived_at = ${macro.archived ? sql`coalesce(archived_at, ${at})` : sql`null`} where id = ${id}`)
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
