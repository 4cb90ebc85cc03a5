// How rules fare: firings by kind, read from the log of tickets, and the log of one rule.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { staying } from '#rules/firings.ts'
import { sql } from '#store/sql.ts'

export type Health = {
  readonly fired: number
  readonly noOp: number
  readonly refused: number
  readonly suppressed: number
  readonly conflicts: number
  readonly circuitOpened: number
  readonly lastFiredAt: Instant | null
}

export const noHealth: Health = {
  fired: 0,
  noOp: 0,
  refused: 0,
  suppressed: 0,
  conflicts: 0,
  circuitOpened: 0,
  lastFiredAt: null,
}

const RULE_KINDS = ['rule_fired', 'action_refused', 'rule_suppressed', 'rule_conflict', 'rule_circuit_opened']

/** The health of rules since a moment, by rule. */
export async function healthSince(
  db: Db,
  ruleIds: readonly number[],
  since: Instant,
): Promise<ReadonlyMap<number, Health>> {
  if (ruleIds.length === 0) return new Map()
  const count = (kind: string) => sql`count(*) filter (where kind = ${kind})`
  const rows = await db.rows<Health & { ruleId: number }>(sql`
    select actor_id as "ruleId", ${count('rule_fired')} as fired,
      count(*) filter (where kind = 'rule_fired' and payload->>'noOp' = 'true') as "noOp",
      ${count('action_refused')} as refused, ${count('rule_suppressed')} as suppressed,
      ${count('rule_conflict')} as conflicts, ${count('rule_circuit_opened')} as "circuitOpened",
      max(at) filter (where kind = 'rule_fired') as "lastFiredAt"
    from ticket_event where actor_type = 'rule' and actor_id = any(${ruleIds}) and kind = any(${RULE_KINDS})
      and at > ${since} group by actor_id`)
  return new Map(rows.map(({ ruleId, ...health }) => [ruleId, health]))
}

/** Firings of rules by rule and quarter of an hour, from one moment up to another. */
export async function firingsByQuarter(
  db: Db,
  ruleIds: readonly number[],
  window: { readonly from: Instant; readonly to: Instant },
): Promise<{ ruleId: number; at: Instant; count: number }[]> {
  if (ruleIds.length === 0) return []
  return db.rows(sql`select actor_id as "ruleId", date_bin('15 minutes', at, '2000-01-01Z') as at, count(*)
    from ticket_event where actor_type = 'rule' and kind = 'rule_fired' and actor_id = any(${ruleIds})
      and at >= ${window.from} and at < ${window.to} group by 1, 2`)
}

/** Mails that rules have asked for, by rule and quarter of an hour, from one moment up to another. */
export async function mailsByQuarter(
  db: Db,
  ruleIds: readonly number[],
  window: { readonly from: Instant; readonly to: Instant },
): Promise<{ ruleId: number; at: Instant; count: number }[]> {
  if (ruleIds.length === 0) return []
  return db.rows(sql`select rule_id as "ruleId", date_bin('15 minutes', created_at, '2000-01-01Z') as at, count(*)
    from outbox where rule_id = any(${ruleIds}) and created_at >= ${window.from} and created_at < ${window.to} group by 1, 2`)
}

/** Firings of one rule by week, the present one last: so many weeks back. */
export async function firingsByWeek(
  db: Db,
  ruleId: number,
  at: Instant,
  weeks: number,
): Promise<readonly number[]> {
  const rows = await db.rows<{ count: number }>(sql`
    select count(e.ticket_id) from generate_series(0, ${weeks - 1}) as w
    left join ticket_event e on e.actor_type = 'rule' and e.actor_id = ${ruleId} and e.kind = 'rule_fired'
      and e.at > ${at}::timestamptz - (w + 1) * interval '1 week' and e.at <= ${at}::timestamptz - w * interval '1 week'
    group by w order by w desc`)
  return rows.map(({ count }) => count)
}

export type LoggedFiring = {
  readonly eventId: number
  readonly ticketId: number
  readonly subject: string
  readonly teamId: number | null
  readonly brandId: number
  readonly mailboxId: number | null
  readonly assigneeId: number | null
  readonly at: Instant
  readonly kind: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** What one rule did, newest first. */
export async function firingsOf(
  db: Db,
  ruleId: number,
  page: { readonly limit: number; readonly before: number | null },
): Promise<LoggedFiring[]> {
  return db.rows<LoggedFiring>(sql`
    select e.id as "eventId", e.ticket_id as "ticketId", t.subject, t.team_id as "teamId", t.brand_id as "brandId", t.mailbox_id as "mailboxId", t.assignee_id as "assigneeId",
      e.at, e.kind, e.payload
    from ticket_event e join ticket t on t.id = e.ticket_id
    where e.actor_type = 'rule' and e.actor_id = ${ruleId} and e.kind = any(${RULE_KINDS})
      and e.id < ${page.before ?? Number.MAX_SAFE_INTEGER} order by e.id desc limit ${page.limit}`)
}

/** Rules of a version, and since when it judges. */
export type RulesOf = {
  readonly version: number
  readonly ruleIds: readonly number[]
  readonly since: Instant
}

/** What rules of a version sent since it went live: it cannot be taken back, whether they changed something beside it or not. */
export async function sentByRules(
  db: Db,
  of: RulesOf,
): Promise<{ readonly mails: number; readonly webhooks: number }> {
  const row = await db.row<{ mails: number; webhooks: number }>(sql`
    select count(*) filter (where sent.payload->>'effectKind' <> 'webhook') as mails,
      count(*) filter (where sent.payload->>'effectKind' = 'webhook') as webhooks
    from ticket_event e join ticket_event sent on sent.ticket_id = e.ticket_id and sent.cause_event_id = e.id
      and sent.kind = 'effect_queued'
    where e.actor_type = 'rule' and e.actor_id = any(${of.ruleIds}) and e.kind = 'rule_fired' and e.at >= ${of.since}
      and e.payload @> ${JSON.stringify({ rulebookVersion: of.version })}::jsonb`)
  return row ?? { mails: 0, webhooks: 0 }
}

/** Tickets on which rules of a version changed something since it went live, the newest first; so many at most. */
export async function ticketsChangedBy(db: Db, of: RulesOf, most: number): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`
    select e.ticket_id as id from ticket_event e
    where e.actor_type = 'rule' and e.actor_id = any(${of.ruleIds}) and e.kind = 'rule_fired' and e.at >= ${of.since}
      and e.payload @> ${JSON.stringify({ rulebookVersion: of.version, noOp: false })}::jsonb
      and exists (select from ticket_event made where made.ticket_id = e.ticket_id and made.cause_event_id = e.id
        and made.kind <> all(${staying}))
    group by 1 order by 1 desc limit ${most}`)
  return rows.map(({ id }) => id)
}

/** Mails of a rule that wait for an administrator. */
export async function countHeldMails(
  db: Db,
  ruleIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const rows = await db.rows<{ ruleId: number; count: number }>(sql`
    select rule_id as "ruleId", count(*) from outbox where held and rule_id = any(${ruleIds}) group by rule_id`)
  return new Map(rows.map(({ ruleId, count }) => [ruleId, count]))
}

/** Lets the held mails of a rule go, or cancels them; returns how many there were. */
export async function decideHeldMails(
  db: Db,
  ruleId: number,
  release: boolean,
  at: Instant,
): Promise<number> {
  const rows = await db.rows(
    release
      ? sql`update outbox set held = false, send_at = ${at} where held and rule_id = ${ruleId} returning id`
      : sql`update outbox set held = false, state = 'cancelled', settled_at = ${at}
          where held and rule_id = ${ruleId} returning id`,
  )
  return rows.length
}
