// What the ladder is judged by: the versions that were live, and what became of the assistant's answers and of people's.
import {
  MOST_PACKAGES,
  type HandedOver,
  type LiveVersion,
  type Looked,
  type Outcome,
  type PeopleFare,
} from '#assistant/ladder.ts'
import type { Step } from '#assistant/rungs.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import { isWorded, usesOf } from '#assistant/run-store.ts'
import { gravestOf } from '#assistant/verdict-store.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { raw, sql } from '#store/sql.ts'
import { BAD_TO } from '#tickets/survey.ts'

/** Of each category: a busy one hides no other. */
const [MOST_VERSIONS, MOST_OUTCOMES] = [500, 5_000]
/** A customer who comes back later has another question. */
const BACK_DAYS = 14

/** The versions that were live, the newest first; the same one after another, ended in between or not, is one. */
export async function liveHistory(db: Db): Promise<LiveVersion[]> {
  return db.rows(sql`select c.content -> 'rows' as rows, c.content ->> 'otherwise' as otherwise, c.steps, p.at as "publishedAt", p.reason
    from assistant_published p join assistant_config c using (version) order by p.id desc limit ${MOST_VERSIONS}`)
}

const isAnswer = (
  since: Instant,
) => sql`r.at >= ${since} and r.answer is not null and not t.hidden and not ${isWorded}
  and coalesce(r.category_id, t.category_id) is not null and r.decision in ('ask', 'auto_resolve', 'answer_stay_open', 'draft')`

/** The first answer of each day since a moment, by where it was given. */
export async function daysLooked(db: Db, since: Instant): Promise<Looked[]> {
  return db.rows(sql`select min(r.at) as at, t.brand_id as "brandId", t.channel, coalesce(r.category_id, t.category_id) as "categoryId"
    from assistant_run r join ticket t on t.id = r.ticket_id where ${isAnswer(since)}
    group by t.brand_id, t.channel, coalesce(r.category_id, t.category_id), date_trunc('day', r.at)`)
}

/**
 * What became of the newest answers of each category since a moment, whether they were sent, drafted or only thought of. A procedure's words
 * are sure, for people wrote them; and who is handed over after a question has got what the procedure is for.
 */
export async function outcomesSince(db: Db, since: Instant): Promise<Outcome[]> {
  return db.rows<Outcome>(sql`
    select r.at, r.brand_id as "brandId", r.channel, r.in_category as "categoryId", r.decision = 'auto_resolve' as "isResolved",
      case when r.procedure is null then coalesce(r.p_correct, 0) else 1 end as "pCorrect",
      r.update_id is not null and r.recalled_at is null and r.decision in ('ask', 'auto_resolve', 'answer_stay_open') as "isSent",
      said.verdict,
      (select min(v.harmful_at) from assistant_verdict v where v.run_id = r.id having bool_or(v.verdict = 'harmful')) as "harmfulAt",
      (select e.payload ->> 'use' ${usesOf(sql`r`)} limit 1) as use,
      exists (select from report_fact f where f.ticket_id = r.ticket_id and f.kind = 'reopened' and f.at > r.at
        and f.at <= r.at + ${raw(`interval '${BACK_DAYS} days'`)}) as "isReopened",
      r.decision <> 'ask' and exists (select from assistant_run n where n.ticket_id = r.ticket_id and n.id > r.id and n.decision = 'escalate' and n.mode in ('draft', 'auto')
        and n.reason is distinct from 'repeat' and n.at <= r.at + ${raw(`interval '${BACK_DAYS} days'`)}) as "isEscalated",
      (select f.score <= ${BAD_TO} from report_fact f where f.ticket_id = r.ticket_id and f.kind = 'rated' and f.config_version is not null
        and f.at > r.at order by f.at limit 1) as "isBadlyRated"
    from (select r.*, t.brand_id, t.channel, coalesce(r.category_id, t.category_id) as in_category,
        row_number() over (partition by coalesce(r.category_id, t.category_id) order by r.at desc, r.id desc) as nth
      from assistant_run r join ticket t on t.id = r.ticket_id where ${isAnswer(since)}) r
    left join lateral ${gravestOf('run_id', sql`r.id`)} said on true
    where r.nth <= ${MOST_OUTCOMES} order by r.at desc, r.id desc`)
}

/** The newest hand-overs of each category since a moment that people got a package with, and whether that was whole. */
export async function handedOverSince(db: Db, since: Instant): Promise<HandedOver[]> {
  return db.rows<HandedOver>(sql`select at, brand_id as "brandId", channel, in_category as "categoryId", lacks = '{}' as "isWhole"
    from (select r.at, r.lacks, t.brand_id, t.channel, coalesce(r.category_id, t.category_id) as in_category,
        row_number() over (partition by coalesce(r.category_id, t.category_id), t.brand_id, t.channel order by r.id desc) as nth
      from assistant_run r join ticket t on t.id = r.ticket_id where r.at >= ${since} and r.lacks is not null and not t.hidden
        and coalesce(r.category_id, t.category_id) is not null) r where r.nth <= ${MOST_PACKAGES}`)
}

/** Where it looked since a moment, or people settled something: what the ladder shows though no row names it. */
export async function categoriesInUse(db: Db, since: Instant): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`select c.id from category c where c.archived_at is null
    and (exists (select from ticket t where t.category_id = c.id and t.status in ('resolved', 'closed') and not t.hidden)
      or exists (select from assistant_run r where r.category_id = c.id and r.at >= ${since}))`)
  return rows.map(({ id }) => id)
}

/** How people fare since a moment, by category and day; what the assistant had answered before is not theirs. */
export async function peopleSince(db: Db, since: Instant): Promise<PeopleFare[]> {
  return db.rows<PeopleFare>(sql`
    select f.category_id as "categoryId", max(f.at) as at, (count(*) filter (where f.kind = 'resolved'))::int as resolved,
      (count(*) filter (where f.kind = 'resolved' and f.until_at is not null))::int as reopened,
      (count(*) filter (where f.kind = 'rated'))::int as rated,
      (count(*) filter (where f.kind = 'rated' and f.score <= ${BAD_TO}))::int as bad
    from report_fact f where f.kind in ('resolved', 'rated') and f.at >= ${since} and f.config_version is null and f.category_id is not null
      and not exists (select from report_fact a where a.ticket_id = f.ticket_id and a.kind = 'assistant_answered' and a.at <= f.at)
    group by f.category_id, date_trunc('day', f.at)`)
}

/** Holds what is live, until the transaction ends: two steps at once would be two steps down. */
export async function lockLive(tx: Transaction): Promise<number | null> {
  const row = await tx.row<{ version: number | null }>(sql`select version from assistant_live for update`)
  return row?.version ?? null
}

/** What is live, and stays so until the transaction ends; others may look beside it. */
export async function liveBeside(tx: Transaction): Promise<number | null> {
  const row = await tx.row<{ version: number | null }>(sql`select version from assistant_live for share`)
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
  const row = await db.row<{ id: PersonId }>(sql`select c.created_by as id from assistant_published p
    join assistant_config c using (version) join agent a on a.person_id = c.created_by and a.deactivated_at is null
    order by p.id desc limit 1`)
  return row?.id ?? null
}
