// What people made of suggested answers, by how long they had been here: who knows the work gains least by them.
import { draftUses, type DraftUse } from '#assistant/words.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Whoever has had an account for less than this is new. */
const NEW_DAYS = 90
const DAY_SECONDS = 86_400

export type DraftUses = Readonly<Record<DraftUse, number>> & {
  /** Of the edited: the share that was changed, in the middle of them; null where none was. */
  readonly changed: number | null
}

/** Suggestions that were answered after in the last days: by agents whose account was younger than 90 days then, and by all others. */
export async function draftUsesSince(
  db: Db,
  now: Instant,
  days: number,
): Promise<{ readonly newcomers: DraftUses; readonly others: DraftUses }> {
  const since = plus(now, -days * DAY_SECONDS)
  const rows = await db.rows<{ isNew: boolean; use: DraftUse; count: number; changed: number }>(sql`
    select a.created_at > e.at - ${NEW_DAYS} * interval '1 day' as "isNew", e.payload ->> 'use' as use, count(*)::int as count,
      percentile_cont(0.5) within group (order by (e.payload ->> 'changed')::float8) as changed
    from report_fact f join ticket_event e on e.ticket_id = f.ticket_id and e.at = f.at and e.kind = 'assistant_used'
        and f.kind = 'draft_' || (e.payload ->> 'use')
      left join api_token t on e.actor_type = 'api' and t.id = e.actor_id
      join agent a on a.person_id = case e.actor_type when 'agent' then e.actor_id else t.agent_id end
    where f.kind = any(${draftUses.map((use) => `draft_${use}`)}) and f.at >= ${since}
    group by 1, 2`)
  const of = (isNew: boolean): DraftUses => {
    const own = rows.filter((row) => row.isNew === isNew)
    const count = (use: DraftUse) => own.find((row) => row.use === use)?.count ?? 0
    const [accepted, edited, rejected] = [count('accepted'), count('edited'), count('rejected')]
    return { accepted, edited, rejected, changed: own.find(({ use }) => use === 'edited')?.changed ?? null }
  }
  return { newcomers: of(true), others: of(false) }
}
