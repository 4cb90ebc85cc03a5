// What the ladder is judged by: the versions that were live, and what became of the assistant's answers and of people's.
import type { LiveVersion, Outcome, PeopleFare, Step } from '#assistant/ladder.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import { usesOf } from '#assistant/run-store.ts'
import { gravestOf } from '#assistant/verdict-store.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { raw, sql } from '#store/sql.ts'
import { BAD_TO } from '#tickets/survey.ts'

const [MOST_VERSIONS, MOST_OUTCOMES] = [500, 10_000]
/** A customer who comes back later has another question. */
const BACK_DAYS = 14

/** The versions that were live, the one that is first; each by when it last went live. */
export async function liveHistory(db: Db): Promise<LiveVersion[]> {
  return db.rows(sql`select content -> 'rows' as rows, content ->> 'otherwise' as otherwise, published_at as "publishedAt"
    from assistant_config where published_at is not null order by published_at desc, version desc limit ${MOST_VERSIONS}`)
}

/** What became of the newest answers since a moment, whether they were sent, drafted or only thought of. */
export async function outcomesSince(db: Db, since: Instant): Promise<Outcome[]> {
  return db.rows<Outcome>(sql`
    select r.at, t.brand_id as "brandId", t.channel, coalesce(r.category_id, t.category_id) as "categoryId",
      coalesce(r.p_correct, 0) as "pCorrect",
      r.update_id is not null and r.recalled_at is null and r.decision in ('auto_resolve', 'answer_stay_open') as "isSent",
      said.verdict,
      (select min(v.at) from assistant_verdict v where v.run_id = r.id and v.verdict = 'harmful') as "harmfulAt",
      (select e.payload ->> 'use' ${usesOf(sql`r`)} limit 1) as use,
      exists (select from report_fact f where f.ticket_id = r.ticket_id and f.kind = 'reopened' and f.at > r.at
        and f.at <= r.at + ${raw(`interval '${BACK_DAYS} days'`)}) as "isReopened",
      exists (select from assistant_run n where n.ticket_id = r.ticket_id and n.id > r.id and n.decision = 'escalate') as "isEscalated",
      (select f.score <= ${BAD_TO} from report_fact f where f.ticket_id = r.ticket_id and f.kind = 'rated' and f.config_version is not null
        and f.at > r.at order by f.at limit 1) as "isBadlyRated"
    from assistant_run r join ticket t on t.id = r.ticket_id left join lateral ${gravestOf('run_id', sql`r.id`)} said on true
    where r.at >= ${since} and r.answer is not null and not t.hidden and coalesce(r.category_id, t.category_id) is not null
      and r.decision in ('auto_resolve', 'answer_stay_open', 'draft')
    order by r.at desc, r.id desc limit ${MOST_OUTCOMES}`)
}

/** How people fare since a moment, by category. */
export async function peopleSince(db: Db, since: Instant): Promise<PeopleFare[]> {
  return db.rows<PeopleFare>(sql`
    select f.category_id as "categoryId", (count(*) filter (where f.kind = 'resolved'))::int as resolved,
      (count(*) filter (where f.kind = 'resolved' and f.until_at is not null))::int as reopened,
      (count(*) filter (where f.kind = 'rated'))::int as rated,
      (count(*) filter (where f.kind = 'rated' and f.score <= ${BAD_TO}))::int as bad
    from report_fact f where f.kind in ('resolved', 'rated') and f.at >= ${since} and f.config_version is null and f.category_id is not null
    group by f.category_id`)
}

/** Holds what is live, until the transaction ends: two steps at once would be two steps down. */
export async function lockLive(tx: Transaction): Promise<number | null> {
  const row = await tx.row<{ version: number | null }>(sql`select version from assistant_live for update`)
  return row?.version ?? null
}

/** Keeps a version that takes steps; nobody's where the desk itself takes them. */
export async function addSteps(
  tx: Transaction,
  added: { content: AssistantConfig; hash: string; steps: readonly Step[]; by: PersonId | null; at: Instant },
): Promise<number> {
  const { content, hash, steps, by, at } = added
  const row = await tx.row<{
    version: number
  }>(sql`insert into assistant_config (content, hash, steps, created_by, created_at)
    values (${JSON.stringify(content)}, ${hash}, ${JSON.stringify(steps)}, ${by}, ${at}) returning version`)
  return row?.version ?? 0
}

/** Who made the newest version that was live and that a person made: whom a step down concerns. */
export async function ownerOfLive(db: Db): Promise<PersonId | null> {
  const row = await db.row<{ id: PersonId }>(sql`select c.created_by as id from assistant_config c
    join agent a on a.person_id = c.created_by and a.deactivated_at is null
    where c.published_at is not null order by c.published_at desc, c.version desc limit 1`)
  return row?.id ?? null
}
