// Surveys that were sent in a window, counted by what is known of each.
import type { Instant } from '#kit/time.ts'
import { within, type Scope } from '#reporting/scope-store.ts'
import type { SurveyCell } from '#reporting/survey-bias.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { GOOD_FROM } from '#tickets/survey.ts'

/** Whose a survey is, and how it was solved, is said by the resolve that it is about; waiting is time as new, open and on hold. */
export async function surveyCells(
  db: Db,
  { from, to }: { from: Instant; to: Instant },
  scope: Scope,
): Promise<SurveyCell[]> {
  return db.rows<SurveyCell>(sql`with asked as (
      select t.channel, f.team_id, f.until_at is not null as answered, f.score >= ${GOOD_FROM} as good,
        case when f.config_version is null then 'person' else 'assistant' end as resolved_by,
        case when r.until_at is null then 'stands' else 'reopened' end as outcome,
        (r.spent_ms[1] + r.spent_ms[2] + r.spent_ms[4]) / 3600000.0 as hours
      from report_fact f join ticket t on t.id = f.ticket_id
        left join report_fact r on r.ticket_id = f.ticket_id and r.kind = 'resolved' and r.nth = f.nth
      where f.kind = 'surveyed' and f.at >= ${from} and f.at < ${to} and not t.hidden and ${within(scope)})
    select channel, team_id as "teamId", resolved_by as "resolvedBy", outcome,
      case when hours < 1 then 'hour' when hours < 4 then 'hours' when hours < 24 then 'day' else 'longer' end as band,
      count(*)::int as sent, count(*) filter (where answered)::int as answered,
      count(*) filter (where answered and good)::int as good
    from asked group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`)
}
