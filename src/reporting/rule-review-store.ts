// What is wrong with live rules and waits for their owners' look. A verdict that no longer holds takes its review along.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { RuleVerdict } from '#reporting/vocabulary.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type RuleReview = {
  readonly ruleId: number
  readonly verdict: RuleVerdict
  readonly openedAt: Instant
  /** A day; until then it is let be, for `reason`. */
  readonly snoozedUntil: string | null
  readonly snoozedBy: string | null
  readonly reason: string | null
}

type Found = { readonly ruleId: number; readonly verdict: RuleVerdict }

/** All that wait, or are let be. */
export async function listReviews(db: Db): Promise<RuleReview[]> {
  return db.rows<RuleReview>(sql`select r.rule_id as "ruleId", r.verdict, r.opened_at as "openedAt",
      r.snoozed_until::text as "snoozedUntil", p.name as "snoozedBy", r.reason
    from rule_review r left join person p on p.id = r.snoozed_by order by r.rule_id, r.verdict`)
}

/** Opens what was found, and drops what is found no more. */
export async function keepReviews(tx: Transaction, found: readonly Found[], at: Instant): Promise<void> {
  const rules = found.map(({ ruleId }) => ruleId)
  const verdicts = found.map(({ verdict }) => verdict)
  await tx.rows(sql`delete from rule_review r where not exists (
    select from unnest(${rules}::bigint[], ${verdicts}::text[]) as f(rule_id, verdict)
    where f.rule_id = r.rule_id and f.verdict = r.verdict)`)
  await tx.rows(sql`insert into rule_review (rule_id, verdict, opened_at)
    select rule_id, verdict, ${at} from unnest(${rules}::bigint[], ${verdicts}::text[]) as f(rule_id, verdict)
    on conflict do nothing`)
}

/** Marks as told, and returns, what stands since before `openedBefore`, is not let be on `today`, and was last told before `toldBefore`, if ever. */
export async function takeUntold(
  tx: Transaction,
  {
    at,
    today,
    openedBefore,
    toldBefore,
  }: { at: Instant; today: string; openedBefore: Instant; toldBefore: Instant },
): Promise<Found[]> {
  return tx.rows<Found>(sql`update rule_review set told_at = ${at}
    where opened_at <= ${openedBefore} and (told_at is null or told_at < ${toldBefore}) and (snoozed_until is null or snoozed_until <= ${today}::date)
    returning rule_id as "ruleId", verdict`)
}

/** Lets a verdict be until a day, or no longer (null); opens it where the daily look has not been there yet. */
export async function snoozeReview(
  db: Db,
  { ruleId, verdict }: Found,
  snooze: { until: string | null; reason: string | null; by: PersonId; at: Instant },
): Promise<void> {
  const { until, reason, by, at } = snooze
  await db.rows(sql`insert into rule_review (rule_id, verdict, opened_at, snoozed_until, snoozed_by, reason)
    values (${ruleId}, ${verdict}, ${at}, ${until}, ${until === null ? null : by}, ${reason})
    on conflict (rule_id, verdict) do update set snoozed_until = excluded.snoozed_until,
      snoozed_by = excluded.snoozed_by, reason = excluded.reason,
      told_at = case when excluded.snoozed_until is null then rule_review.told_at end`)
}
