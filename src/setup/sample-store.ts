// Which tickets and people came with the samples, so that all of them, and only they, go again.
import type { TicketId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** These tickets, and everybody who is newer than a person, came with the samples. */
export async function noteSamples(db: Db, ids: readonly TicketId[], newestPerson: number): Promise<void> {
  await db.rows(sql`insert into sample_ticket (ticket_id) select unnest(${ids}::bigint[])`)
  await noteInvented(db, newestPerson)
}

/** Everybody who is newer than a person is invented, and gets no mail. */
export async function noteInvented(db: Db, newestPerson: number): Promise<void> {
  await db.rows(sql`insert into sample_person (person_id) select id from person where id > ${newestPerson}`)
}

export async function newestPersonId(db: Db): Promise<number> {
  return (await db.row<{ id: number | null }>(sql`select max(id) as id from person`))?.id ?? 0
}

export async function listSamples(db: Db): Promise<TicketId[]> {
  const rows = await db.rows<{ id: TicketId }>(
    sql`select ticket_id as id from sample_ticket order by ticket_id`,
  )
  return rows.map(({ id }) => id)
}

/** Whether nobody has asked this desk for anything that still stands. */
export async function hasNoTickets(db: Db): Promise<boolean> {
  return (await db.row(sql`select 1 from ticket where not hidden limit 1`)) === null
}

/** Forgets which tickets were samples; people who asked for nothing else leave the list of customers. */
export async function forgetSamples(db: Db): Promise<void> {
  await db.rows(sql`update person p set hidden = true
    where id in (select person_id from sample_person)
      and not exists (select from ticket t where t.requester_id = p.id and not t.hidden)
      and not exists (select from agent a where a.person_id = p.id)`)
  await db.rows(sql`delete from sample_ticket`)
  await db.rows(sql`delete from sample_person`)
}
