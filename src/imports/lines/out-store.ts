// What our lines are made of, read under one snapshot.
import type { NewAttachmentRow } from '#tickets/write/message-store.ts'
import { camel, type Table } from '#imports/lines/tables.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { empty, raw, sql } from '#store/sql.ts'
import type { Address } from '#tickets/message-store.ts'

/** All that follows in the transaction reads the desk as it is at this moment. */
export async function holdStill(tx: Transaction): Promise<void> {
  await tx.rows(sql`set transaction isolation level repeatable read read only`)
}

export type Last = Readonly<Record<'tickets' | 'content' | 'events' | 'asides', number>>

/** The highest numbers there are; `first` tells this desk from any other. */
export async function numbersOf(tx: Db): Promise<{ last: Last; first: string }> {
  const row = await tx.row<Last & { first: string | null }>(sql`
    select coalesce((select max(id) from ticket), 0) as tickets,
      greatest((select max(id) from message), (select max(id) from subject_revision), (select max(id) from field_value), (select max(id) from survey),
        (select max(update_id) from ticket_event), 0) as content,
      coalesce((select max(id) from ticket_event), 0) as events,
      coalesce((select max(id) from side_conversation), 0) as asides,
      (select md5(concat(at, ticket_id, update_id, actor_id)) from ticket_event order by id limit 1) as first`)
  const { first = null, ...last } = row ?? { tickets: 0, content: 0, events: 0, asides: 0 }
  return { last, first: first ?? 'empty' }
}

/** The rows of a table, a page at a time, as lines carry them. */
export async function* rowsOf(tx: Transaction, table: Table): AsyncGenerator<Record<string, unknown>[]> {
  const name = raw(`rows_of_${table.table}`)
  const only =
    table.kind === 'setting'
      ? sql`where version = (select max(version) from desk_setting)`
      : table.kind === 'address'
        ? sql`where not exists (select from person p where p.id = t.person_id and p.email = t.address)`
        : empty
  await tx.rows(sql`declare ${name} no scroll cursor for
    select to_jsonb(t) - ${table.without}::text[] as row from ${raw(table.table)} t ${only} order by ${raw(table.order)}`)
  for (;;) {
    const rows = await tx.rows<{ row: Record<string, unknown> }>(sql`fetch 500 from ${name}`)
    if (rows.length > 0) yield rows.map(({ row }) => renamed(row))
    if (rows.length < 500) break
  }
  await tx.rows(sql`close ${name}`)
}

function renamed(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [camel(column), value]))
}

/** The numbers of tickets after one. */
export async function ticketIdsAfter(tx: Db, after: number, limit: number): Promise<number[]> {
  const rows = await tx.hot<{ id: number }>(
    sql`select id from ticket where id > ${after} order by id limit ${limit}`,
  )
  return rows.map(({ id }) => id)
}

export type LineMessage = {
  readonly id: number
  readonly kind: 'reply' | 'note'
  readonly direction: 'inbound' | 'outbound' | 'internal'
  readonly authorId: number | null
  readonly authorType: string
  readonly channel: string
  readonly at: Instant
  readonly bodyText: string
  readonly bodyHtml: string | null
  readonly quotedText: string | null
  readonly recipients: { readonly to: readonly Address[]; readonly cc: readonly Address[] }
  readonly asideId: number | null
  readonly rfcMessageId: string | null
  readonly rfcReferences: readonly string[]
  readonly senderCheck: 'verified' | 'unverified' | 'failed' | null
  readonly fromEmail: string | null
  readonly invite: object | null
  readonly redactedAt: Instant | null
  readonly voidedAt: Instant | null
  readonly files: readonly NewAttachmentRow[]
}

/** The messages of some tickets with their files, by ticket. */
export async function messagesOf(tx: Db, ids: readonly number[]): Promise<Map<number, LineMessage[]>> {
  const rows = await tx.hot<LineMessage & { ticketId: number }>(sql`
    select m.ticket_id as "ticketId", m.id, m.kind, m.direction, m.author_id as "authorId", m.author_type as "authorType",
      m.channel, m.at, m.body_text as "bodyText", m.body_html as "bodyHtml", m.quoted_text as "quotedText", m.recipients,
      m.side_conversation_id as "asideId", m.rfc_message_id as "rfcMessageId", m.rfc_references as "rfcReferences",
      m.sender_check as "senderCheck", m.from_email as "fromEmail", m.invite, m.redacted_at as "redactedAt",
      m.voided_at as "voidedAt", coalesce((select jsonb_agg(jsonb_build_object('sha256', a.sha256, 'name', a.name,
        'type', a.type, 'size', a.size, 'contentId', a.content_id, 'inline', a.inline) order by a.id)
        from attachment a where a.message_id = m.id), '[]') as files
    from message m where m.ticket_id = any(${ids}::bigint[]) order by m.ticket_id, m.id`)
  return grouped(rows)
}

export type LineAside = {
  readonly id: number
  readonly subject: string
  readonly participants: readonly unknown[]
  readonly createdBy: number
  readonly createdAt: string
}
export type LineCheck = {
  readonly text: string
  readonly createdBy: number
  readonly createdAt: string
  readonly doneBy: number | null
  readonly doneAt: string | null
}

/** Side conversations and checklists of some tickets, by ticket. */
export async function besidesOf(tx: Db, ids: readonly number[]) {
  const asides = await tx.hot<LineAside & { ticketId: number }>(sql`
    select ticket_id as "ticketId", id, subject, participants, created_by as "createdBy", created_at as "createdAt"
    from side_conversation where ticket_id = any(${ids}::bigint[]) order by ticket_id, id`)
  const checks = await tx.hot<LineCheck & { ticketId: number }>(sql`
    select ticket_id as "ticketId", text, created_by as "createdBy", created_at as "createdAt", done_by as "doneBy",
      done_at as "doneAt" from checklist_item where ticket_id = any(${ids}::bigint[]) order by ticket_id, id`)
  return { asides: grouped(asides), checks: grouped(checks) }
}

function grouped<Row extends { ticketId: number }>(
  rows: readonly Row[],
): Map<number, Omit<Row, 'ticketId'>[]> {
  const groups = new Map<number, Omit<Row, 'ticketId'>[]>()
  for (const { ticketId, ...row } of rows) {
    const group = groups.get(ticketId)
    if (group === undefined) groups.set(ticketId, [row])
    else group.push(row)
  }
  return groups
}

/** Personal values of fields, by id, with their field. */
export async function valuesOf(
  tx: Db,
  ids: readonly number[],
): Promise<Map<number, { fieldId: number; value: unknown }>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.hot<{ id: number; fieldId: number; value: unknown }>(
    sql`select id, field_id as "fieldId", value from field_value where id = any(${ids}::bigint[])`,
  )
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}
