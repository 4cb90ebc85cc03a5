// Asks the database and the evaluator the same question.
import { compile } from '#rules/condition-store.ts'
import type { Cond } from '#rules/condition.ts'
import { holds } from '#rules/evaluate.ts'
import type { Database } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { directory, now, sceneOf, type Case } from './rules-world.ts'

/** Numbers of the tickets about which the two do not agree. */
export async function disagreements(
  db: Database,
  cond: Cond,
  cases: readonly Case[],
  zone: string,
): Promise<number[]> {
  const how = { directory, at: now, zone, agentId: 1 }
  const rows = await db.rows<{ id: number }>(sql`select t.id from ticket t where ${compile(cond, how)}`)
  const selected = new Set(rows.map(({ id }) => id))
  return cases
    .filter((each) => holds(cond, sceneOf(each, zone)) !== selected.has(each.ticket.id))
    .map(({ ticket }) => ticket.id)
}
