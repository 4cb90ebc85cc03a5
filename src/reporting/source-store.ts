// Where a measure's things stand in the database: one row for each thing that is counted or timed, within what the reader sees and
// the filter lets through. Sums and lists are made of the same rows, so that a list has as many as its number says.
import { never } from '#kit/never.ts'
import { offsetsIn } from '#hours/zone.ts'
import { instant, type Instant } from '#kit/time.ts'
import {
  measures,
  PEOPLES_REPLIES,
  SURVIVAL_DAYS,
  type Durations,
  type Measure,
  type Shares,
  type Source,
  type Which,
} from '#reporting/measures.ts'
import { gravestOf } from '#assistant/verdict-store.ts'
import type { Verdict } from '#assistant/words.ts'
import type { Asked } from '#reporting/report.ts'
import { reviewsOf, savedOf, touchesOf } from '#reporting/beside-source-store.ts'
import { mailsOf } from '#reporting/mail-source-store.ts'
import { groupOf, isWhole, within, type Scope } from '#reporting/scope-store.ts'
import { ageBands, daysOfBand, type AgeBand } from '#reporting/vocabulary.ts'
import { empty, join, raw, sql, type Sql } from '#store/sql.ts'
import { BAD_TO, GOOD_FROM } from '#tickets/survey.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'
import type { ReportKind } from '#tickets/write/report-store.ts'

/** Rows `ticket_id, kind, nth, at, value, grp` of what is asked between two moments, be they a part of the `whole` window. */
export function thingsOf(asked: Asked, scope: Scope, whole: Asked = asked): Sql {
  const { source }: Measure = measures[asked.key]
  switch (source.from) {
    case 'durations':
    case 'counts':
    case 'shares':
      return factsOf(source, asked, scope)
    case 'backlog':
    case 'ages':
      return activeBefore(asked.to, asked, scope)
    case 'clocks':
      return clocksOf(asked, scope)
    case 'verdicts':
      return verdictsOf(source.called, asked, scope)
    case 'mails':
      return mailsOf(source, asked, scope)
    case 'touches':
      return touchesOf(source, asked, scope)
    case 'reviews':
      return reviewsOf(source, asked, scope)
    case 'saved':
      return savedOf(source, whole, factsOf(measures.assistantSurvived.source as Shares, asked, scope))
    default:
      return never(source)
  }
}

function factsOf(source: Extract<Source, { kinds: unknown }>, asked: Asked, scope: Scope): Sql {
  const timed = source.from === 'durations' ? sql`and f.since_at is not null` : empty
  return sql`select f.ticket_id, f.kind, f.nth, f.at, ${valueOf(source, asked)} as value,
      ${asked.by === 'weekhour' ? weekhourOf(asked, sql`f.at`) : groupOf(asked.by, sql`f`)} as grp
    from report_fact f ${ticketsOf(asked, scope, sql`f`)}
    where f.kind = any(${source.kinds}) and f.at >= ${asked.from} and f.at < ${asked.to}
      and ${whichOf(source.which)} ${timed} and ${counted(asked, scope, sql`f`)}`
}

function whichOf(which: Which): Sql {
  switch (which) {
    case 'all':
      return sql`true`
    case 'first':
      return sql`f.nth = 1`
    case 'later':
      return sql`f.nth > 1`
    case 'standing':
      return sql`f.until_at is null`
    case 'assistants':
      return sql`f.config_version is not null`
    case 'peoples':
      return sql`f.config_version is null`
    case 'held_out':
      return has(['held_out'])
    default:
      return never(which)
  }
}

function valueOf(source: Extract<Source, { kinds: unknown }>, asked: Asked): Sql {
  if (source.from === 'durations') return secondsOf(source, asked)
  if (source.from === 'shares') return sql`(${hitOf(source, asked)})::int`
  return source.minus.length === 0
    ? sql`1`
    : sql`(case when f.kind = any(${source.minus}) then -1 else 1 end)`
}

function secondsOf({ spentAs, onlyWall }: Durations, { hours }: Asked): Sql {
  const isWall = hours === 'wall' || onlyWall === true
  if (spentAs === undefined)
    return isWall ? sql`floor(date_part('epoch', f.at - f.since_at))::bigint` : sql`f.working_ms / 1000`
  const column = isWall ? raw('f.spent_ms') : raw('f.spent_working_ms')
  const parts = spentAs.map((status) => sql`${column}[${raw(String(activeStatuses.indexOf(status) + 1))}]`)
  return sql`(${join(parts, ' + ')}) / 1000`
}

/** Judged answers, each by the gravest that was said of it, and when it was said first. */
function verdictsOf(called: readonly Verdict[], asked: Asked, scope: Scope): Sql {
  return sql`select j.ticket_id, 'verdict' as kind, j.id as nth, j.at, (j.verdict = any(${called}))::int as value,
      ${groupOf(asked.by, sql`j`)} as grp
    from (select r.id, r.ticket_id, r.config_version, coalesce(r.category_id, o.category_id) as category_id, o.team_id, o.assignee_id,
        o.priority, said.verdict, first.at
      from (select v.run_id, min(v.at) as at from assistant_verdict v where v.run_id in
          (select w.run_id from assistant_verdict w where w.run_id is not null and w.at >= ${asked.from} and w.at < ${asked.to})
        group by v.run_id) first
      join assistant_run r on r.id = first.run_id join ticket o on o.id = r.ticket_id join lateral ${gravestOf('run_id', sql`r.id`)} said on true) j
    join ticket t on t.id = j.ticket_id
    where j.at >= ${asked.from} and j.at < ${asked.to} and ${counted(asked, scope, sql`j`)}`
}

/** Whether the ticket has facts of such kinds, as `o`. */
function has(kinds: readonly ReportKind[], more: Sql = empty): Sql {
  return sql`exists (select from report_fact o where o.ticket_id = f.ticket_id and o.kind = any(${kinds}) ${more})`
}

/** Resolves of the window after which the same customer came with another ticket of the category: looked for all at once. */
function cameBackIn({ kinds }: Shares, { from, to }: Asked, window: Sql): Sql {
  return sql`(f.ticket_id, f.nth) in (select r.ticket_id, r.nth
    from report_fact r join ticket o on o.id = r.ticket_id
      join ticket b on b.requester_id = o.requester_id and b.category_id = r.category_id and b.id <> o.id and not b.hidden
        and b.created_at > r.at and b.created_at <= r.at + ${window}
    where r.kind = any(${kinds}) and r.at >= ${from} and r.at < ${to})`
}

function hitOf(source: Shares, asked: Asked): Sql {
  const { test } = source
  const window = raw(`interval '${SURVIVAL_DAYS} days'`)
  const cameBack = cameBackIn(source, asked, window)
  const alone = sql`not ${has(PEOPLES_REPLIES)}`
  switch (test) {
    case 'one_touch':
      return sql`f.one_touch`
    case 'reopened':
      return sql`f.until_at is not null`
    case 'survived':
      return sql`(f.until_at is null or f.until_at > f.at + ${window}) and not ${cameBack}`
    case 'first_contact':
      return sql`f.one_touch and not ${cameBack}`
    case 'good':
      return sql`f.score >= ${GOOD_FROM}`
    case 'bad':
      return sql`f.score <= ${BAD_TO}`
    case 'answered':
      return sql`f.until_at is not null`
    case 'involved':
      return has(['assistant_answered'])
    case 'contained':
      return alone
    case 'confirmed':
      return sql`${alone} and (${has(['confirmed'])}
        or ${has(['rated'], sql`and o.config_version is not null and o.score >= ${GOOD_FROM}`)})`
    case 'survived_alone':
      return sql`(f.until_at is null or f.until_at > f.at + ${window}) and not ${cameBack} and ${alone}`
    case 'automated':
      return sql`${alone} and ${has(
        ['resolved'],
        sql`and o.config_version is not null and (o.until_at is null or o.until_at > o.at + ${window}) and not exists (select from ticket b
          where b.requester_id = t.requester_id and b.id <> t.id and not b.hidden and b.category_id = o.category_id
            and b.created_at > o.at and b.created_at <= o.at + ${window})`,
      )}`
    case 'assisted':
      return has(['draft_accepted', 'draft_edited'], sql`and o.at <= f.at`)
    case 'word_by_word':
      return has(['draft_accepted'], sql`and o.at >= f.at`)
    case 'accepted':
    case 'edited':
    case 'rejected':
      return sql`f.kind = ${`draft_${test}`}`
    default:
      return never(test)
  }
}

/** The tickets that were active just before a moment, each with the seconds that it had been open then. */
export function activeBefore(end: Instant, asked: Asked, scope: Scope): Sql {
  const until = end < scope.now ? end : scope.now
  return sql`select s.ticket_id, 'active' as kind, s.nth, s.from_at as at,
      greatest(0, floor(date_part('epoch', ${until}::timestamptz - t.created_at)))::bigint as value,
      ${asked.by === 'age' ? ageBandOf(until) : groupOf(asked.by, sql`s`)} as grp
    from report_span s join ticket t on t.id = s.ticket_id
    where ${ACTIVE} and s.from_at < ${end} and coalesce(s.to_at, 'infinity') >= ${end} and ${counted(asked, scope, sql`s`)}`
}

function ageBandOf(until: Instant): Sql {
  const under = ageBands.flatMap((band) => {
    const days = daysOfBand(band)
    return days === null
      ? []
      : [
          sql`when t.created_at > ${until}::timestamptz - ${raw(`interval '${days * 24} hours'`)} then ${band}`,
        ]
  })
  return sql`case ${join(under, ' ')} else ${'older' satisfies AgeBand} end`
}

/** Word for word as in the index `report_span_active`. */
export const ACTIVE = raw(`s.status in (${activeStatuses.map((status) => `'${status}'`).join(', ')})`)

/** A clock counts when it was met, or from its breach; whose it was says the stretch that it ended in. */
function clocksOf(asked: Asked, scope: Scope): Sql {
  const isCount = measures[asked.key].unit === 'count'
  const at = isCount ? sql`c.breached_at` : sql`coalesce(c.breached_at, c.ended_at, c.as_of)`
  const ended = isCount ? sql`c.breached_at is not null` : sql`(c.state = 'met' or c.breached_at is not null)`
  const value = isCount ? sql`1` : sql`(c.breached_at is null)::int`
  const asksWhose = ['team', 'assignee', 'category', 'cause'].includes(asked.by ?? '')
  const whose = sql`left join lateral (select s.* from report_span s where s.ticket_id = c.ticket_id and s.from_at <= ${at}
    order by s.nth desc limit 1) s on true`
  return sql`select c.ticket_id, c.kind || ' ' || c.metric as kind, c.instance as nth, ${at} as at,
      ${value} as value, ${clockGroup(asked, at)} as grp
    from ticket_clock c ${ticketsOf(asked, scope, sql`c`)} ${asksWhose ? whose : empty}
    where ${ended} and ${at} >= ${asked.from} and ${at} < ${asked.to}
      and ${counted(asked, scope, sql`c`, sql`s`)}`
}

/** The hour of the day on the wall clock of the report's zone. */
function hourOf(asked: Asked, at: Sql): Sql {
  return sql`extract(hour from ${localOf(asked, at)})::text`
}

/** The hour of the week there, from 0 on Monday at midnight to 167. */
function weekhourOf(asked: Asked, at: Sql): Sql {
  const local = localOf(asked, at)
  return sql`((extract(isodow from ${local}) - 1) * 24 + extract(hour from ${local}))::int::text`
}

function localOf({ zone, from, to }: Asked, at: Sql): Sql {
  const stretches = offsetsIn(zone, Date.parse(from), Date.parse(to))
  const begins = stretches.map((each) => instant(each.from))
  const offsets = stretches.map(({ offset }) => offset / 1_000)
  const offset = sql`(${offsets}::int[])[greatest(1, width_bucket(${at}, ${begins}::timestamptz[]))]`
  return sql`(${at} at time zone 'UTC' + ${offset} * interval '1 second')`
}

function clockGroup(asked: Asked, at: Sql): Sql {
  const { by } = asked

  if (by === 'policy') return sql`c.policy_id || '@' || c.policy_version`
  if (by === 'metric') return sql`c.metric`
  if (by === 'hour') return hourOf(asked, at)
  // Customers wait for whoever has it, or for somebody to have it; else its status says what it waited for.
  if (by === 'cause')
    return sql`case when s.status in ('new', 'open') then case when s.assignee_id is null then 'in_queue' else 'with_agent' end else s.status end`
  return by === 'priority' ? sql`c.priority` : groupOf(by, sql`s`)
}

/** The tickets that rows belong to, where anything is asked of them: else reading those that are set aside is enough. */
export function ticketsOf(asked: Asked, scope: Scope, row: Sql): Sql {
  return isPlain(asked, scope) ? empty : sql`join ticket t on t.id = ${row}.ticket_id`
}

function isPlain({ key, by }: Asked, scope: Scope): boolean {
  const { source }: Measure = measures[key]
  const asksTicket =
    by === 'channel' ||
    by === 'brand' ||
    source.from === 'ages' ||
    (source.from === 'shares' && source.test === 'automated')
  return !asksTicket && isWhole(scope)
}

/** Of tickets that are not set aside, in sight, and let through by the filter. */
export function counted(asked: Asked, scope: Scope, row: Sql, owned = row): Sql {
  const { ownOf } = scope
  const own =
    ownOf === null
      ? empty
      : sql`and ${owned}.${raw(asked.by === 'author' ? 'author_id' : 'assignee_id')} = ${ownOf}`
  if (isPlain(asked, scope))
    return sql`${row}.ticket_id not in (select h.id from ticket h where h.hidden_as is not null) ${own}`
  return sql`not t.hidden ${own} and ${within(scope)}`
}
