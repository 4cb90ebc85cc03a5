// The checklist of a ticket: steps, and who did which when.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type ChecklistItem = {
  readonly id: number
  readonly text: string
  readonly doneBy: { readonly id: PersonId; readonly name: string } | null
  readonly doneAt: Instant | null
}

/** As many steps as one ticket may have. */
export const MOST_ITEMS = 100

/** The steps of a ticket in the order they were added. */
export async function checklistOf(db: Db, ticketId: number): Promise<ChecklistItem[]> {
  return db.rows<ChecklistItem>(sql`select i.id, i.text, i.done_at as "doneAt",
      case when p.id is null then null else json_build_object('id', p.id, 'name', p.name) end as "doneBy"
    from checklist_item i left join person p on p.id = i.done_by where i.ticket_id = ${ticketId} order by i.id`)
}

/** Adds a step; false when the ticket has as many as it may. */
export async function addChecklistItem(
  db: Db,
  item: { readonly ticketId: number; readonly text: string; readonly by: PersonId; readonly at: Instant },
): Promise<boolean> {
  const row = await db.row(sql`insert into checklist_item (ticket_id, text, created_by, created_at)
    select ${item.ticketId}, ${item.text}, ${item.by}, ${item.at}
    where (select count(*) from checklist_item where ticket_id = ${item.ticketId}) < ${MOST_ITEMS} returning id`)
  return row !== null
}

/** Ticks a step off, or opens it again; false when the ticket has no such step. */
export async function tickChecklistItem(
  db: Db,
  key: { readonly ticketId: number; readonly id: number },
  done: { readonly by: PersonId; readonly at: Instant } | null,
): Promise<boolean> {
  const row =
    await db.row(sql`update checklist_item set done_by = ${done?.by ?? null}, done_at = ${done?.at ?? null}
    where id = ${key.id} and ticket_id = ${key.ticketId} returning id`)
  return row !== null
}

/** Takes a step off the list; false when the ticket has no such step. */
export async function dropChecklistItem(
  db: Db,
  key: { readonly ticketId: number; readonly id: number },
): Promise<boolean> {
  const row = await db.row(
    sql`delete from checklist_item where id = ${key.id} and ticket_id = ${key.ticketId} returning id`,
  )
  return row !== null
}
