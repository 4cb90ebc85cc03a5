// What an undone import leaves of itself: the log, and nothing of what was said.
import { forgetTold } from '#assistant/forget-store.ts'
import { ORIGIN } from '#imports/origin-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Erases what was said on tickets; their files are let go. */
export async function forgetWords(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const of = [...ids]
  await forgetTold(db, of)
  await db.rows(
    sql`delete from attachment where message_id in (select id from message where ticket_id = any(${of}))`,
  )
  await db.rows(sql`delete from message where ticket_id = any(${of})`)
  await db.rows(sql`delete from search_document where ticket_id = any(${of})`)
  await db.rows(sql`delete from checklist_item where ticket_id = any(${of})`)
  await db.rows(sql`delete from timer where ticket_id = any(${of})`)
}

/** Forgets the names under which tickets came: a later import tells them anew. */
export async function forgetRefs(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length > 0)
    await db.rows(sql`delete from import_ref where kind = 'tickets' and local_id = any(${[...ids]})`)
}

/** Forgets how the clocks of a source were read, once no ticket of it is left: a later import may read them otherwise. */
export async function forgetClocks(db: Db, source: string): Promise<void> {
  await db.rows(sql`delete from import_ref where source = ${source} and kind = ${ORIGIN} and source_id = 'clocks'
    and not exists (select from import_ref t where t.source = ${source} and t.kind = 'tickets')`)
}

/** Hides the people whom an import made and who have no ticket that is there, and are no agents. */
export async function hideIdlePeople(db: Db, importId: number): Promise<void> {
  await db.rows(sql`update person p set hidden = true
    from import_ref r where r.import_id = ${importId} and r.made and r.kind in ('people', 'users') and r.local_id = p.id
      and not exists (select from agent where person_id = p.id)
      and not exists (select from ticket t where t.requester_id = p.id and t.hidden_as is null)`)
}
