// Automatic mail that was stopped because it looked like a loop: to one address, or on one ticket.
import { plus, type Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { aboutNoneOrInSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { join, sql } from '#store/sql.ts'

export type Brake = {
  readonly id: number
  readonly email: string | null
  readonly ticketId: number | null
  readonly at: Instant
}

/** It ends by itself after this long. */
const LASTS_SECONDS = 3_600

/** The brakes that are on and that the reader may know of, newest first: all, or those on a ticket and on the addresses of its people. */
export async function brakesOn(
  db: Db,
  page: { at: Instant; limit: number; ticket: { id: number; personIds: readonly number[] } | null },
  reader: Reader,
): Promise<Brake[]> {
  const where = [sql`ended_at is null and at > ${plus(page.at, -LASTS_SECONDS)}`, mayKnow(reader)]
  if (page.ticket !== null)
    where.push(sql`(ticket_id = ${page.ticket.id} or email in
      (select address from person_address where person_id = any(${[...page.ticket.personIds]})))`)
  return db.rows<Brake>(sql`select id, email, ticket_id as "ticketId", at from mail_brake
    where ${join(where, ' and ')} order by id desc limit ${page.limit}`)
}

const mayKnow = (reader: Reader) => aboutNoneOrInSight(reader, sql`mail_brake.ticket_id`)

/** Lets automatic mail go on, its budget new; null when no brake was on that this agent may know of. */
export async function endBrake(db: Db, id: number, at: Instant, by: Reader): Promise<Brake | null> {
  return db.row<Brake>(sql`update mail_brake set ended_at = ${at}, ended_by = ${by.agentId}
    where id = ${id} and ended_at is null and ${mayKnow(by)} returning id, email, ticket_id as "ticketId", at`)
}

/** Closes the brakes that have ended by themselves, and forgets those of last week. */
export async function endOldBrakes(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`update mail_brake set ended_at = at + make_interval(secs => ${LASTS_SECONDS})
    where ended_at is null and at <= ${plus(at, -LASTS_SECONDS)}`)
  await db.rows(sql`delete from mail_brake where ended_at < ${plus(at, -7 * 86_400)}`)
}
