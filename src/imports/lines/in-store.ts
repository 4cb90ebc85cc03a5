// Rows of our lines on their way in: those that are here already are found by what they are known by, the others keep their numbers
// where they are free.
import { made, snake, type Table } from '#imports/lines/tables.ts'
import type { Last, LineAside, LineCheck, LineMessage } from '#imports/lines/out-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { join, raw, sql, type Sql } from '#store/sql.ts'

/** Whether nothing has happened on the desk yet: it takes a whole other one in. */
export async function isEmptyDesk(db: Db): Promise<boolean> {
  const row = await db.row<{ yes: boolean }>(sql`select not exists (select from ticket_event) as yes`)
  return row?.yes === true
}

/** By how much the numbers of another desk are moved so that they meet none of this one. */
export async function roomFor(db: Db): Promise<Last> {
  const row = await db.row<Last>(sql`select coalesce((select max(id) from ticket), 0) as tickets,
    (select last_value from content_id_seq) + 64 as content, coalesce((select max(id) from ticket_event), 0) as events,
    coalesce((select max(id) from side_conversation), 0) as asides`)
  return row ?? { tickets: 0, content: 0, events: 0, asides: 0 }
}

/** Draws the numbers up to these, so that nobody gets one of them. */
export async function reserve(db: Db, upTo: Last): Promise<void> {
  const { tickets, content, events, asides } = upTo
  await db.rows(sql`select
    setval('ticket_id_seq', greatest(${tickets}::bigint, (select last_value from ticket_id_seq))) where ${tickets} > 0`)
  await db.rows(sql`select
    setval('content_id_seq', (greatest(${content}::bigint, (select last_value from content_id_seq)) / 64 + 1) * 64 + 1)`)
  for (const [table, most] of Object.entries({ ticket_event: events, side_conversation: asides }))
    await bump(db, table, 'id', most)
}

async function bump(db: Db, table: string, column: string, most: number): Promise<void> {
  if (most <= 0) return
  await db.rows(sql`select setval(pg_get_serial_sequence(${table}, ${column}),
    greatest(${most}::bigint, nextval(pg_get_serial_sequence(${table}, ${column})) - 1))`)
}

/** The columns of a table that may be written. */
export async function columnsOf(db: Db, table: string): Promise<Set<string>> {
  const rows = await db.rows<{ name: string }>(sql`select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'`)
  return new Set(rows.map(({ name }) => name))
}

export type Row = Readonly<Record<string, unknown>>

/** For each row the number of the one that is here already under the same key, or null; of a table without numbers: 0. */
export async function knownRows(
  tx: Transaction,
  { table, id, key, also }: Table,
  rows: readonly Row[],
): Promise<(number | null)[]> {
  const same = join(
    [
      ...key.map((column) => sql`t.${raw(column)} = x.${raw(column)}`),
      ...also.map(
        (column) => sql`coalesce(t.${raw(column)}::text, '') = coalesce(x.${raw(column)}::text, '')`,
      ),
    ],
    ' and ',
  )
  const found = await tx.rows<{ no: number; id: number }>(sql`
    select x.no, ${id === null ? sql`0` : sql`t.${raw(id)}`} as id
    from (select (row_number() over ()) as no, r.* from ${given(table, rows)} r) x join ${raw(table)} t on ${same}`)
  const byPlace = new Map(found.map((each) => [each.no, each.id]))
  return rows.map((_, index) => byPlace.get(index + 1) ?? null)
}

/** Which of these numbers somebody has. */
export async function takenIds(
  db: Db,
  table: string,
  column: string,
  ids: readonly number[],
): Promise<Set<number>> {
  const rows = await db.rows<{ id: number }>(
    sql`select ${raw(column)} as id from ${raw(table)} where ${raw(column)} = any(${[...ids]}::bigint[])`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Draws numbers of a table. */
export async function drawIds(db: Db, table: string, column: string, count: number): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`
    select nextval(pg_get_serial_sequence(${table}, ${column})) as id from generate_series(1, ${count})`)
  return rows.map(({ id }) => id)
}

/** Writes rows with the numbers they carry; the columns of the first are those of all. */
export async function insertRows(
  tx: Transaction,
  { kind, table, id }: Table,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const whole = rows.map((row) => ({ ...made[kind], ...row }))
  const columns = join(Object.keys(whole[0] ?? {}).map((column) => raw(column)))
  await tx.rows(sql`insert into ${raw(table)} (${columns}) overriding system value
    select ${columns} from ${given(table, whole)} on conflict do nothing`)
  if (id !== null) await bump(tx, table, id, Math.max(...whole.map((row) => Number(row[id]))))
}

function given(table: string, rows: readonly Row[]): Sql {
  return sql`jsonb_populate_recordset(null::${raw(table)}, ${JSON.stringify(rows)}::jsonb)`
}

/** A line's row under the names of its columns. */
export function asColumns(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value]))
}

/** What hangs on tickets beside their log and messages. */
export async function putBesides(
  tx: Transaction,
  asides: readonly (LineAside & { ticketId: number })[],
  checks: readonly (LineCheck & { ticketId: number })[],
): Promise<void> {
  if (asides.length > 0)
    await tx.rows(sql`insert into side_conversation (id, ticket_id, subject, participants, created_by, created_at)
      overriding system value select id, "ticketId", subject, participants, "createdBy", "createdAt"
      from jsonb_to_recordset(${JSON.stringify(asides)}::jsonb) as x(id bigint, "ticketId" bigint, subject text,
        participants jsonb, "createdBy" bigint, "createdAt" timestamptz) on conflict do nothing`)
  if (checks.length > 0)
    await tx.rows(sql`insert into checklist_item (ticket_id, text, created_by, created_at, done_by, done_at)
      select "ticketId", text, "createdBy", "createdAt", "doneBy", "doneAt"
      from jsonb_to_recordset(${JSON.stringify(checks)}::jsonb) as x("ticketId" bigint, text text, "createdBy" bigint,
        "createdAt" timestamptz, "doneBy" bigint, "doneAt" timestamptz)`)
}

/** Says of messages what was done to them later. */
export async function putLater(
  tx: Transaction,
  messages: readonly { id: number; redactedAt: string | null; voidedAt: string | null }[],
): Promise<void> {
  if (messages.length === 0) return
  await tx.rows(sql`update message m set redacted_at = x."redactedAt", voided_at = x."voidedAt"
    from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as x(id bigint, "redactedAt" timestamptz,
      "voidedAt" timestamptz) where m.id = x.id`)
}

type Words = {
  readonly messages: readonly Pick<LineMessage, 'id' | 'bodyText' | 'bodyHtml' | 'quotedText'>[]
  readonly subjects: readonly { readonly id: number; readonly text: string }[]
  readonly values: readonly { readonly id: number; readonly value: unknown }[]
}

/** Lets what a ticket has already say what it says there by now. */
export async function putAgain(
  tx: Transaction,
  ticketId: number,
  { messages, subjects, values }: Words,
): Promise<void> {
  await tx.rows(sql`with said as (select * from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as x(id bigint,
        "bodyText" text, "bodyHtml" text, "quotedText" text, invite jsonb, "redactedAt" timestamptz, "voidedAt" timestamptz)),
      bare as (delete from attachment a using said where a.message_id = said.id and said."redactedAt" is not null
        and exists (select from message m where m.id = said.id and m.ticket_id = ${ticketId}))
    update message m set body_text = said."bodyText", body_html = said."bodyHtml", quoted_text = said."quotedText",
      invite = nullif(said.invite, 'null'), redacted_at = said."redactedAt", voided_at = said."voidedAt"
    from said where m.id = said.id and m.ticket_id = ${ticketId}`)
  await tx.rows(sql`update subject_revision s set text = x.text
    from jsonb_to_recordset(${JSON.stringify(subjects)}::jsonb) as x(id bigint, text text)
    where s.id = x.id and s.ticket_id = ${ticketId} and s.text <> x.text`)
  await tx.rows(sql`update field_value v set value = x.value
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as x(id bigint, value jsonb)
    where v.id = x.id and v.ticket_id = ${ticketId} and v.value is distinct from x.value`)
}

/** Writes a row over the one with this number; its number stays. */
export async function updateRow(
  tx: Transaction,
  { table, id }: Table,
  localId: number,
  row: Row,
): Promise<void> {
  const { [id ?? '']: _, ...rest } = row
  const columns = join(Object.keys(rest).map((column) => raw(column)))
  await tx.rows(sql`update ${raw(table)} set (${columns}) = (select ${columns}
    from jsonb_populate_record(null::${raw(table)}, ${JSON.stringify(rest)}::jsonb)) where ${raw(id ?? 'id')} = ${localId}`)
}
