// What people say of answers: each for themselves, of the assistant's runs and of what people wrote.
import type { Verdict } from '#assistant/words.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** An answer: of a run, or a message that a person wrote. */
export type Judged = { readonly runId: number } | { readonly messageId: number }

/** Keeps what a person says of an answer, in the place of what they said of it before; the same once more is no new word. */
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
  const harmfulAt = said.verdict === 'harmful' ? said.at : null
  await db.rows(sql`insert into assistant_verdict (run_id, message_id, person_id, verdict, note, at, is_blind, harmful_at)
    values (${runId}, ${messageId}, ${said.by}, ${said.verdict}, ${said.note}, ${said.at}, ${said.isBlind}, ${harmfulAt})
    on conflict ${key} do update set verdict = excluded.verdict, note = excluded.note,
      at = case when assistant_verdict.verdict = excluded.verdict then assistant_verdict.at else excluded.at end,
      is_blind = assistant_verdict.is_blind and (excluded.is_blind or assistant_verdict.verdict = excluded.verdict),
      harmful_at = coalesce(assistant_verdict.harmful_at, excluded.harmful_at)`)
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
