// Decisions with their reasons, and offers.
import type { PersonId, QueueId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Explanation } from '#routing/match.ts'
import type { Db, Transaction } from '#store/database.ts'
import { empty, sql } from '#store/sql.ts'
import type { Channel } from '#tickets/vocabulary.ts'

export type DecisionKind = 'assigned' | 'offered' | 'taken' | 'given'
export type Decision = {
  readonly id: number
  readonly ticketId: TicketId
  readonly at: Instant
  readonly queueId: QueueId
  readonly queueVersion: number
  readonly rulebookVersion: number
  readonly kind: DecisionKind
  readonly agentId: PersonId
  readonly overCapacity: boolean
  /** Somebody before it in line had waited a quarter of an hour longer. */
  readonly passedOver: boolean
  readonly waitedSeconds: number
  readonly units: number
  readonly explanation: Explanation
}

const columns = sql`id, ticket_id as "ticketId", at, queue_id as "queueId", queue_version as "queueVersion",
  rulebook_version as "rulebookVersion", kind, agent_id as "agentId", over_capacity as "overCapacity", passed_over as "passedOver",
  waited_seconds as "waitedSeconds", units, explanation`

/** Writes a decision down and returns its number. */
export async function addDecision(db: Db, decision: Omit<Decision, 'id'>): Promise<number> {
  const [row] = await db.hot<{
    id: number
  }>(sql`insert into route_decision (ticket_id, at, queue_id, queue_version,
      rulebook_version, kind, agent_id, over_capacity, passed_over, waited_seconds, units, explanation)
    values (${decision.ticketId}, ${decision.at}, ${decision.queueId}, ${decision.queueVersion}, ${decision.rulebookVersion},
      ${decision.kind}, ${decision.agentId}, ${decision.overCapacity}, ${decision.passedOver}, ${Math.round(decision.waitedSeconds)}, ${decision.units},
      ${JSON.stringify(decision.explanation)}::jsonb) returning id`)
  return row?.id ?? 0
}

/** The decisions on a ticket, newest first. */
export async function decisionsOf(db: Db, ticketId: number): Promise<Decision[]> {
  return db.rows(
    sql`select ${columns} from route_decision where ticket_id = ${ticketId} order by id desc limit 50`,
  )
}

export type Offer = {
  readonly id: number
  readonly ticketId: TicketId
  readonly agentId: PersonId
  readonly queueId: QueueId
  readonly decisionId: number
  readonly offeredAt: Instant
  readonly expiresAt: Instant
}

const offerColumns = sql`id, ticket_id as "ticketId", agent_id as "agentId", queue_id as "queueId",
  decision_id as "decisionId", offered_at as "offeredAt", expires_at as "expiresAt"`

/** Offers a ticket; it must not be on offer already. */
export async function addOffer(
  db: Db,
  offer: Omit<Offer, 'id'> & { readonly units: number; readonly channel: Channel },
): Promise<void> {
  await db.hot(sql`insert into route_offer (ticket_id, agent_id, queue_id, decision_id, units, channel, offered_at, expires_at)
    values (${offer.ticketId}, ${offer.agentId}, ${offer.queueId}, ${offer.decisionId}, ${offer.units}, ${offer.channel},
      ${offer.offeredAt}, ${offer.expiresAt})`)
}

/** What is on offer to an agent, or to everybody, the oldest first. */
export async function openOffers(db: Db, agentId: number | null = null): Promise<Offer[]> {
  const whose = agentId === null ? empty : sql`and agent_id = ${agentId}`
  return db.hot(
    sql`select ${offerColumns} from route_offer where state = 'open' ${whose} order by expires_at, id`,
  )
}

/** Ends an offer that is open; null when it is not, or was somebody else's. */
export async function endOffer(
  tx: Transaction,
  id: number,
  to: { state: 'accepted' | 'declined' | 'expired' | 'withdrawn'; at: Instant; agentId?: number },
): Promise<Offer | null> {
  const whose = to.agentId === undefined ? empty : sql`and agent_id = ${to.agentId}`
  return tx.row(sql`update route_offer set state = ${to.state}, settled_at = ${to.at}
    where id = ${id} and state = 'open' ${whose} returning ${offerColumns}`)
}

/** How long tickets of a queue have waited of late until somebody had them: the middle half, in seconds. */
export async function recentWaits(
  db: Db,
  queueId: QueueId | number,
  since: Instant,
): Promise<{ count: number; from: number; to: number }> {
  const [row] = await db.hot<{
    count: number
    from: number | null
    to: number | null
  }>(sql`select count(*)::int as count,
      percentile_disc(0.25) within group (order by waited_seconds) as "from",
      percentile_disc(0.75) within group (order by waited_seconds) as "to"
    from (select waited_seconds from route_decision where queue_id = ${queueId} and at >= ${since} and kind <> 'offered'
      order by at desc limit 50) recent`)
  return { count: row?.count ?? 0, from: row?.from ?? 0, to: row?.to ?? 0 }
}
