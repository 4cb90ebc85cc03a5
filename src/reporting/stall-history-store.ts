// Why how many tickets were stuck, day by day: noted once a day, since the past cannot be asked.
import type { StallCause } from '#reporting/vocabulary.ts'
import type { Db } from '#store/database.ts'
import { raw, sql } from '#store/sql.ts'

export type CauseCount = { readonly cause: StallCause; readonly tickets: number }

const KEPT = raw(`interval '400 days'`)
/** A desk that did not work a week ago to the day is compared with a day shortly before. */
const AROUND = raw('3')

/** Whether a day has been noted. */
export async function isNoted(db: Db, day: string): Promise<boolean> {
  return (await db.row(sql`select from stall_cause_day where day = ${day}::date limit 1`)) !== null
}

/** Notes a day, once, with every cause; and forgets what is older than a year and a month. */
export async function noteCauses(db: Db, day: string, counts: readonly CauseCount[]): Promise<void> {
  await db.rows(sql`with old as (delete from stall_cause_day where day < ${day}::date - ${KEPT})
    insert into stall_cause_day (day, cause, tickets)
    select ${day}::date, cause, tickets from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as x(cause text, tickets integer)
    on conflict do nothing`)
}

/** The counts of the day a week before one; of none where nothing was noted around it. */
export async function causesAWeekBefore(db: Db, day: string): Promise<CauseCount[]> {
  return db.rows(sql`select cause, tickets from stall_cause_day where day = (select max(day) from stall_cause_day
    where day <= ${day}::date - 7 and day >= ${day}::date - 7 - ${AROUND})`)
}
