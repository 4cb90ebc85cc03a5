// What people say of answers: each for themselves, of the assistant's runs and of what people wrote.
import type { Verdict } from '#assistant/words.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** An answer: of a run, or a message that a person wrote. */
export type Judged = { readonly runId: number } | { readonly messageId: number }

/** Keeps what a person says of an answer, in the place of what they said of it before. */
export async function sayVerdict(
  db: Db,
  judged: Judged,
  said: { verdict: Verdict; note: string; by: PersonId; at: Instant; isBlind: boolean },
): Promise<void> {
  const [runId, messageId] = 'runId' in judged ? [judged.runId, null] : [null, judged.messageId]
  const key =
    runId === null
      ? sql`(message_id, person_id) where message_id is not null`
      : sql`(run_id, person_id) where run_id is not null`
  await db.rows(sql`insert into assistant_verdict (run_id, message_id, person_id, verdict, note, at, is_blind)
    values (${runId}, ${messageId}, ${said.by}, ${said.verdict}, ${said.note}, ${said.at}, ${said.isBlind})
    on conflict ${key} do update set verdict = excluded.verdict, note = excluded.note, at = excluded.at,
      is_blind = assistant_verdict.is_blind and excluded.is_blind`)
}

/** The gravest of what people said, as `verdict` and `note`, of the run or message of this column. */
export function gravestOf(column: 'run_id' | 'message_id', id: Sql): Sql {
  const of = column === 'run_id' ? sql`v.run_id = ${id}` : sql`v.message_id = ${id}`
  return sql`(select v.verdict, v.note from assistant_verdict v where ${of}
    order by array_position(array['harmful', 'wrong', 'incomplete', 'correct'], v.verdict), v.id limit 1)`
}

/** The first two blind verdicts of each answer that two people have judged, since a moment. */
export async function pairsOfVerdicts(db: Db, since: Instant): Promise<[Verdict, Verdict][]> {
  const rows = await db.rows<{ pair: [Verdict, Verdict] }>(sql`
    select (array_agg(verdict order by id))[1:2] as pair from assistant_verdict
    where is_blind and at >= ${since} group by run_id, message_id having count(*) > 1`)
  return rows.map(({ pair }) => pair)
}
