// The numbers of transactions by which the log is followed (migration 0154) mean something on the server that gave them alone.
import type { Database } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/**
 * Has a log that was brought from another server, by a backup or a dump, count as written now, where its numbers are still to come here:
 * what is written next would else stand before it. Says whether it was so. Asked as the owner.
 */
export async function orderAnew(owner: Database): Promise<boolean> {
  if (!(await isAhead(owner))) return false
  return owner.transaction(async (tx) => {
    await tx.rows(sql`lock table ticket_event in access exclusive mode`)
    if (!(await isAhead(tx))) return false
    await tx.rows(sql`set local statement_timeout = 0`)
    // No row is written anew: what was there takes the default of this moment.
    await tx.rows(
      sql`alter table ticket_event drop column tx, add column tx xid8 not null default pg_current_xact_id()`,
    )
    await tx.rows(sql`create index ticket_event_in_order on ticket_event (tx, id)`)
    return true
  })
}

async function isAhead(db: Pick<Database, 'row'>): Promise<boolean> {
  const found = await db.row<{ yes: boolean }>(
    sql`select exists (select from ticket_event where tx >= pg_snapshot_xmax(pg_current_snapshot())) as yes`,
  )
  return found?.yes === true
}
