// Who waits in which queue, what is offered to whom, and the tickets that routing has to look at again.
import type { BrandId, MailboxId, PersonId, QueueId, TeamId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import { EXCLUDED_SECONDS } from '#routing/away.ts'
import type { Excluded, Requirement, Waiting } from '#routing/model.ts'
import type { Unroutable } from '#routing/unroutable.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { Channel, Priority } from '#tickets/vocabulary.ts'

export type WaitingRow = {
  readonly ticketId: TicketId
  readonly queueId: QueueId
  readonly enteredAt: Instant
  readonly eligibleAt: Instant
  readonly lane: number
  readonly units: number
  readonly needs: readonly Requirement[]
  readonly affinityAgentId: PersonId | null
  readonly reservedAgentId: PersonId | null
  readonly reservedUntil: Instant | null
  readonly excluded: readonly Excluded[]
  readonly unroutable: Unroutable | null
  /** The queue its conditions asked for; null when somebody chose another. */
  readonly matchedQueueId: number | null
}

const columns = sql`w.ticket_id as "ticketId", w.queue_id as "queueId", w.entered_at as "enteredAt",
  w.eligible_at as "eligibleAt", w.lane, w.units, w.needs, w.affinity_agent_id as "affinityAgentId",
  w.reserved_agent_id as "reservedAgentId", w.reserved_until as "reservedUntil", w.barred as excluded, w.unroutable,
  w.matched_queue_id as "matchedQueueId"`

/** The next tickets that routing has to look at. */
export async function routeDue(db: Db, limit: number): Promise<TicketId[]> {
  const rows = await db.hot<{ id: TicketId }>(
    sql`select ticket_id as id from route_due order by ticket_id limit ${limit}`,
  )
  return rows.map(({ id }) => id)
}

/** Takes one of them; false when somebody else has. The ticket is locked before, as it is by those who add to the list. */
export async function takeRouteDue(tx: Transaction, ticketId: number): Promise<boolean> {
  const rows = await tx.hot(sql`delete from route_due where ticket_id = ${ticketId} returning ticket_id`)
  return rows.length > 0
}

/** Has one ticket looked at again. */
export async function lookAt(db: Db, ticketId: number): Promise<void> {
  await db.rows(sql`insert into route_due (ticket_id) values (${ticketId}) on conflict do nothing`)
}

/** How some tickets wait, by number. */
export async function waitingOf(db: Db, ids: readonly number[]): Promise<Map<number, WaitingRow>> {
  const rows = await db.hot<WaitingRow>(
    sql`select ${columns} from route_waiting w where w.ticket_id = any(${ids}::bigint[])`,
  )
  return new Map(rows.map((row) => [row.ticketId as number, row]))
}

/** Puts a ticket into a queue, or changes how it waits there. */
export async function putWaiting(db: Db, row: WaitingRow): Promise<void> {
  await db.hot(sql`insert into route_waiting (ticket_id, queue_id, entered_at, eligible_at, lane, units, needs,
      affinity_agent_id, reserved_agent_id, reserved_until, barred, unroutable, matched_queue_id)
    values (${row.ticketId}, ${row.queueId}, ${row.enteredAt}, ${row.eligibleAt}, ${row.lane}, ${row.units},
      ${JSON.stringify(row.needs)}::jsonb, ${row.affinityAgentId}, ${row.reservedAgentId}, ${row.reservedUntil},
      ${JSON.stringify(row.excluded)}::jsonb, ${row.unroutable === null ? null : JSON.stringify(row.unroutable)}::jsonb,
      ${row.matchedQueueId})
    on conflict (ticket_id) do update set queue_id = excluded.queue_id, entered_at = excluded.entered_at,
      eligible_at = excluded.eligible_at, lane = excluded.lane, units = excluded.units, needs = excluded.needs,
      affinity_agent_id = excluded.affinity_agent_id, reserved_agent_id = excluded.reserved_agent_id,
      reserved_until = excluded.reserved_until, barred = excluded.barred, unroutable = excluded.unroutable,
      matched_queue_id = excluded.matched_queue_id,
      relaxed_steps = case when route_waiting.entered_at = excluded.entered_at then route_waiting.relaxed_steps else 0 end`)
}

/** Takes a ticket out of its queue; an offer that is open is withdrawn. */
export async function dropWaiting(db: Db, ticketId: number, at: Instant): Promise<void> {
  await db.hot(sql`with w as (delete from route_waiting where ticket_id = ${ticketId})
    update route_offer set state = 'withdrawn', settled_at = ${at} where ticket_id = ${ticketId} and state = 'open'`)
}

/** Whether anything waits in some queues. */
export async function anyWaiting(db: Db, queueIds: readonly number[]): Promise<boolean> {
  const [row] = await db.hot<{ yes: boolean }>(
    sql`select exists (select from route_waiting where queue_id = any(${queueIds}::bigint[])) as yes`,
  )
  return row?.yes === true
}

export type WaitingTicket = WaitingRow & {
  readonly priority: Priority
  readonly channel: Channel
  readonly teamId: TeamId | null
  readonly brandId: BrandId
  readonly mailboxId: MailboxId | null
  readonly categoryId: number | null
  readonly relaxedSteps: number
  readonly offered: boolean
  readonly clocks: readonly {
    readonly elapsedMs: number
    readonly targetSeconds: number
    readonly asOf: Instant
    readonly calendarId: string | null
    readonly running: boolean
  }[]
  readonly refused: readonly Excluded[]
  /** Agents who must never have it. */
  readonly conflicts: readonly number[]
  /** Agents who see tickets of other brands or mailboxes only. */
  readonly outOfSightOf: readonly number[]
}

/** Everything that waits in some queues, with clocks and with who is not to be asked again. */
export async function readWaiting(
  db: Db,
  queueIds: readonly number[],
  now: Instant,
): Promise<WaitingTicket[]> {
  return db.hot<WaitingTicket>(sql`select ${columns}, w.relaxed_steps as "relaxedSteps", t.priority, t.channel,
      t.team_id as "teamId", t.brand_id as "brandId", t.mailbox_id as "mailboxId", t.category_id as "categoryId",
      exists (select from route_offer o where o.ticket_id = w.ticket_id and o.state = 'open') as offered,
      coalesce((select json_agg(json_build_object('elapsedMs', c.elapsed_ms, 'targetSeconds', c.target_seconds,
          'asOf', c.as_of, 'calendarId', c.calendar_id, 'running', c.state = 'running'))
        from ticket_clock c where c.ticket_id = w.ticket_id and c.state in ('running', 'paused')), '[]') as clocks,
      coalesce((select json_agg(json_build_object('agentId', o.agent_id, 'why', o.state,
          'until', (extract(epoch from o.settled_at) * 1000 + ${EXCLUDED_SECONDS * 1000}::float8)))
        from route_offer o where o.ticket_id = w.ticket_id and o.state in ('declined', 'expired')
          and o.settled_at > ${now}::timestamptz - make_interval(secs => ${EXCLUDED_SECONDS})), '[]') as refused,
      case when (select exists (select from routing_conflict)) then array(select c.agent_id from routing_conflict c
        where c.person_id = t.requester_id or c.organization_id = t.organization_id) else '{}' end as conflicts,
      case when (select exists (select from agent a left join custom_role r on r.id = a.role_id
          where coalesce(a.only_brands, a.only_mailboxes, r.only_brands, r.only_mailboxes) is not null))
        then array(select a.person_id from agent a left join custom_role r on r.id = a.role_id
          where not (coalesce(t.brand_id = any(a.only_brands), a.only_brands is null)
            and coalesce(t.brand_id = any(r.only_brands), r.only_brands is null)
            and coalesce(t.mailbox_id = any(a.only_mailboxes), a.only_mailboxes is null)
            and coalesce(t.mailbox_id = any(r.only_mailboxes), r.only_mailboxes is null))) else '{}' end as "outOfSightOf"
    from route_waiting w join ticket t on t.id = w.ticket_id where w.queue_id = any(${queueIds}::bigint[])
    order by w.ticket_id`)
}

/** Notes how many steps of relaxation a ticket has had written down. */
export async function noteSteps(db: Db, ticketId: number, steps: number): Promise<void> {
  await db.hot(sql`update route_waiting set relaxed_steps = ${steps} where ticket_id = ${ticketId}`)
}

/** What the log does not keep at hand: the latest reopening, how the last assignee came to go, and the skills that the assistant read. */
export async function pastOfWaiting(
  db: Db,
  ticketId: number,
): Promise<{
  reopenedAt: Instant | null
  queueSetBy: string | null
  lostBy: { reason: string; from: number; at: Instant; actorId: number | null } | null
  skillIds: readonly number[]
}> {
  const [row] = await db.hot<{
    reopenedAt: Instant | null
    queueSetBy: string | null
    lostBy: { reason: string; from: number; at: Instant; actorId: number | null } | null
    skillIds: readonly number[]
  }>(sql`select
    (select at from ticket_event where ticket_id = ${ticketId} and kind = 'status_changed'
      and payload->>'from' in ('resolved', 'closed') and payload->>'to' not in ('resolved', 'closed')
      order by seq desc limit 1) as "reopenedAt",
    (select actor_type from ticket_event where ticket_id = ${ticketId} and kind = 'queue_changed'
      order by seq desc limit 1) as "queueSetBy",
    (select json_build_object('reason', payload->>'reason', 'from', (payload->>'from')::bigint, 'at', at, 'actorId', actor_id)
      from ticket_event where ticket_id = ${ticketId} and kind = 'assignee_changed' and payload->>'to' is null
      order by seq desc limit 1) as "lostBy",
    coalesce((select payload->'skillIds' from ticket_event where ticket_id = ${ticketId} and kind = 'assistant_ran'
      and payload ? 'skillIds' order by seq desc limit 1), '[]') as "skillIds"`)
  return row ?? { reopenedAt: null, queueSetBy: null, lostBy: null, skillIds: [] }
}

/** The agent who last had a ticket of this requester, in thirty days. */
export async function lastAgentOf(
  db: Db,
  requesterId: number,
  notTicketId: number,
  now: Instant,
): Promise<PersonId | null> {
  const row = await db.row<{ id: PersonId }>(sql`select assignee_id as id from ticket
    where requester_id = ${requesterId} and id <> ${notTicketId} and assignee_id is not null
      and updated_at > ${now}::timestamptz - interval '30 days' order by id desc limit 1`)
  return row?.id ?? null
}

/** A ticket as the match knows it; what its clocks say and how long it usually takes are the caller's. */
export function toWaiting(
  row: WaitingTicket,
  known: Pick<Waiting, 'secondsLeft' | 'percentUsed' | 'handleSeconds'>,
): Waiting {
  return {
    id: row.ticketId,
    queueId: row.queueId,
    enteredAt: Date.parse(row.enteredAt),
    eligibleAt: Date.parse(row.eligibleAt),
    lane: row.lane,
    priority: row.priority,
    channel: row.channel,
    teamId: row.teamId,
    outOfSightOf: row.outOfSightOf,
    units: row.units,
    needs: row.needs,
    ...known,
    affinityAgentId: row.affinityAgentId,
    reserved:
      row.reservedAgentId === null || row.reservedUntil === null
        ? null
        : { agentId: row.reservedAgentId, until: Date.parse(row.reservedUntil) },
    excluded: [
      ...row.excluded,
      ...row.refused,
      ...row.conflicts.map((agentId) => ({ agentId, why: 'conflict', until: null }) as const),
    ],
  }
}

/** Nobody else decides for these queues until the transaction ends. */
export async function lockQueues(tx: Transaction, setId: number): Promise<void> {
  await tx.hot(sql`select pg_advisory_xact_lock(hashtext('routing'), ${setId}::integer)`)
}

/** Subject and requester of some tickets, as a line shows them. */
export async function headsOf(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, { subject: string; requester: string }>> {
  const rows = await db.hot<{ id: number; subject: string; requester: string }>(sql`select t.id, t.subject,
      coalesce(nullif(p.name, ''), p.email, '') as requester
    from ticket t join person p on p.id = t.requester_id where t.id = any(${ids}::bigint[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** To whom each of some tickets is on offer. */
export async function offersByTicket(db: Db, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.hot<{ id: number; agentId: number }>(sql`select ticket_id as id, agent_id as "agentId"
    from route_offer where state = 'open' and ticket_id = any(${ids}::bigint[])`)
  return new Map(rows.map(({ id, agentId }) => [id, agentId]))
}

/** How many tickets wait for nobody, because no queue takes them. */
export async function countWithoutQueue(db: Db, reader: Reader): Promise<number> {
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from ticket t
    where assignee_id is null and status in ('new', 'open') and not hidden and snoozed_until is null
      and not exists (select from route_waiting w where w.ticket_id = t.id) and ${inSight(reader)}`)
  return row?.count ?? 0
}

/** When and how a ticket came to its assignee. */
export async function lastAssignment(
  db: Db,
  ticketId: number,
): Promise<{ readonly reason: string; readonly at: Instant }[]> {
  return db.hot(sql`select payload->>'reason' as reason, at from ticket_event
    where ticket_id = ${ticketId} and kind = 'assignee_changed' and payload->>'to' is not null order by seq desc limit 1`)
}
