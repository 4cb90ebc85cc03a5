// Versions of the rules that judge a share of the tickets: begun, widened or withdrawn, and how they fare beside the rest.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Share } from '#rules/canary.ts'
import type { Acknowledged, RulebookContent } from '#rules/rulebook-store.ts'
import type { Rulebook } from '#rules/rule.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** A version in its time as a canary. */
export type CanaryTime = Share & { readonly from: Instant; readonly to: Instant | null }

/** The version that judges a share now. */
export async function findCanary(db: Db): Promise<Share | null> {
  const [row] = await db.hot<Share>(
    sql`select version, canary_percent as percent from rulebook where state = 'canary'`,
  )
  return row ?? null
}

/** The same, held until the transaction ends: it ends once. */
export async function lockCanary(tx: Transaction): Promise<Share | null> {
  return tx.row<Share>(
    sql`select version, canary_percent as percent from rulebook where state = 'canary' for update`,
  )
}

/** When a version judged a share, and which; null where it never has. */
export async function canaryTimeOf(db: Db, version: number): Promise<CanaryTime | null> {
  return db.row<CanaryTime>(sql`select version, canary_percent as percent, canary_from as "from", canary_to as "to"
    from rulebook where version = ${version} and canary_from is not null`)
}

/** Every version that has judged a share at some time, with its rules, the oldest first. */
export async function livedCanaries(db: Db): Promise<(CanaryTime & { readonly rulebook: Rulebook })[]> {
  const rows = await db.rows<CanaryTime & { content: RulebookContent }>(sql`select version, content,
    canary_percent as percent, canary_from as "from", canary_to as "to" from rulebook
    where canary_from is not null order by canary_from`)
  return rows.map(({ content, ...rest }) => ({ ...rest, rulebook: { version: rest.version, ...content } }))
}

/** The draft judges a share from now on. */
export async function beginCanary(
  db: Db,
  begun: {
    readonly at: Instant
    readonly by: PersonId | null
    readonly note: string
    readonly acknowledged: Acknowledged | null
    readonly backtestId: number | null
    readonly percent: number
  },
): Promise<void> {
  const { at, by, note, acknowledged, backtestId, percent } = begun
  await db.rows(sql`update rulebook set state = 'canary', canary_percent = ${percent}, canary_from = ${at},
      published_by = ${by}, note = ${note}, backtest_id = ${backtestId},
      acknowledged = ${acknowledged === null ? null : JSON.stringify(acknowledged)}
    where state = 'draft'`)
}

/** The version that judges a share judges all from now on. */
export async function widenCanary(db: Db, at: Instant, by: PersonId | null): Promise<void> {
  await db.rows(sql`update rulebook set state = 'superseded', ended_at = ${at} where state = 'published'`)
  await db.rows(sql`update rulebook set state = 'published', published_at = ${at}, published_by = ${by}, canary_to = ${at}
    where state = 'canary'`)
}

/** The version that judges a share judges nothing more. */
export async function withdrawCanary(db: Db, at: Instant): Promise<void> {
  await db.rows(
    sql`update rulebook set state = 'withdrawn', ended_at = ${at}, canary_to = ${at} where state = 'canary'`,
  )
}

/** The canary that judged tickets of a share at a moment, by the version; `isInShare` says whether it judged one of them. */
export async function canaryAt(db: Db, at: Instant): Promise<Share | null> {
  return db.row<Share>(sql`select version, canary_percent as percent from rulebook
    where canary_from <= ${at} and (canary_to is null or canary_to > ${at}) order by canary_from desc limit 1`)
}

/** Whether a ticket is in a version's share: what `isInShare` says, in SQL. */
function sharedBy({ version, percent }: Share, ticketId: Sql): Sql {
  return sql`('x' || left(md5(${String(version)}::text || ' ' || ${ticketId}), 8))::bit(32)::bigint % 100 < ${percent}`
}

export type CanaryCounts = {
  /** Tickets on which something happened since it began. */
  readonly tickets: { readonly canary: number; readonly rest: number }
  readonly rules: readonly { readonly ruleId: number; readonly canary: number; readonly rest: number }[]
}

/** How often each rule fired on the tickets of the share, and on the others, while it judged them. */
export async function canaryCounts(db: Db, { from, to, ...share }: CanaryTime): Promise<CanaryCounts> {
  const until = sql`coalesce(${to}::timestamptz, 'infinity')`
  const isShared = sharedBy(share, sql`e.ticket_id`)
  // Those that changed since are few enough to look into: of an ended share, what happened after it does not count.
  const tickets = await db.row<CanaryCounts['tickets']>(sql`select
      count(*) filter (where ${sharedBy(share, sql`t.id`)})::int as canary,
      count(*) filter (where not ${sharedBy(share, sql`t.id`)})::int as rest
    from ticket t where t.updated_at >= ${from} and t.created_at < ${until}
      and exists (select from ticket_event e where e.ticket_id = t.id and e.at >= ${from} and e.at < ${until})`)
  const rules = await db.rows<CanaryCounts['rules'][number]>(sql`select e.actor_id as "ruleId",
      count(*) filter (where ${isShared})::int as canary, count(*) filter (where not ${isShared})::int as rest
    from ticket_event e where e.actor_type = 'rule' and e.kind = 'rule_fired' and e.at >= ${from} and e.at < ${until}
    group by 1 order by 1`)
  return { tickets: tickets ?? { canary: 0, rest: 0 }, rules }
}
