// Mails as things that reports count: those that left or failed, and those that were held. They are no facts of a ticket's log; whose a
// mail that left is says the stretch of its ticket in which that was settled.
import type { Asked } from '#reporting/report.ts'
import type { Mails } from '#reporting/measures.ts'
import { groupOf, isUnfiltered, isWhole, within, type Scope } from '#reporting/scope-store.ts'
import { aboutNoneOrInSight } from '#people/wall-store.ts'
import { empty, sql, type Sql } from '#store/sql.ts'
import { isOfStanding } from '#tickets/report-standing.ts'

/** Rows as those of `thingsOf`; of a mail that became no ticket `ticket_id` is 0. */
export function mailsOf({ which }: Mails, asked: Asked, scope: Scope): Sql {
  return which === 'sent' ? sentOf(asked, scope) : heldOf(which, asked, scope)
}

/** Mails about tickets that are settled: 1 where one failed, or was reported back for good. */
function sentOf(asked: Asked, scope: Scope): Sql {
  const { by, from, to } = asked
  const asksWhose = by !== null && isOfStanding(by)
  const whose = sql`left join lateral (select s.* from report_span s where s.ticket_id = o.ticket_id and s.from_at <= o.settled_at
    order by s.nth desc limit 1) s on true`
  const own = scope.ownOf === null ? empty : sql`and s.assignee_id = ${scope.ownOf}`
  return sql`select o.ticket_id, 'mail' as kind, o.id as nth, o.settled_at as at,
      (o.state = 'failed' or o.reported is not distinct from 'bounced')::int as value, ${groupOf(by, sql`s`)} as grp
    from outbox o join ticket t on t.id = o.ticket_id ${asksWhose ? whose : empty}
    where o.state in ('sent', 'failed') and o.settled_at >= ${from} and o.settled_at < ${to}
      and not t.hidden ${own} and ${within(scope)}`
}

/** Mails that were held, by when; or those that a person let in, by when, with for how long they had been held. */
function heldOf(which: 'held' | 'recovered', { by, from, to }: Asked, scope: Scope): Sql {
  const at = which === 'held' ? sql`q.held_at` : sql`q.settled_at`
  const value =
    which === 'held'
      ? sql`(q.state = 'recovered')::int`
      : sql`greatest(0, floor(date_part('epoch', q.settled_at - q.held_at)))::bigint`
  const ticketId = sql`coalesce((r.outcome->>'opened')::bigint, (r.outcome->>'joined')::bigint, q.ticket_id)`
  // Which tickets a filter lets through can only be said of tickets.
  const seen = isWhole(scope)
    ? sql`true`
    : isUnfiltered(scope)
      ? aboutNoneOrInSight(scope.reader, ticketId)
      : sql`t.id is not null and ${within(scope)}`
  return sql`select coalesce(t.id, 0) as ticket_id, 'held' as kind, q.id as nth, ${at} as at, ${value} as value,
      ${by === 'reason' ? sql`q.reasons[1]` : sql`null::text`} as grp
    from quarantine q join raw_mail r on r.id = q.raw_mail_id left join ticket t on t.id = ${ticketId}
    where ${at} >= ${from} and ${at} < ${to} ${which === 'held' ? empty : sql`and q.state = 'recovered'`}
      and t.hidden is not true and ${seen}`
}
