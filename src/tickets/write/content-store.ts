// Subjects and personal values as an update's statement writes them: events name them by id, and they can be erased.
import { sql, type Sql } from '#store/sql.ts'
import { rowsOf } from '#tickets/write/rows.ts'
import type { TicketWrite } from '#tickets/write/ticket-write.ts'

/** The part that keeps new subjects. */
export function subjectParts(writes: readonly TicketWrite[]): Sql[] {
  const rows = rowsOf(writes, ({ subjects }) => subjects)
  if (rows.length === 0) return []
  return [
    sql`s as (insert into subject_revision (id, ticket_id, text) select x.id, t.id, x.text
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, id bigint, text text)
        on x.no = t.no)`,
  ]
}

/** The part that keeps personal values of fields. */
export function fieldValueParts(writes: readonly TicketWrite[]): Sql[] {
  const rows = rowsOf(writes, ({ fieldValues }) =>
    fieldValues.map(({ id, fieldId, value }) => ({ id, field_id: fieldId, value })),
  )
  if (rows.length === 0) return []
  return [
    sql`f as (insert into field_value (id, ticket_id, field_id, value) select x.id, t.id, x.field_id, x.value
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as x(no integer, id bigint, field_id bigint, value jsonb) on x.no = t.no)`,
  ]
}
