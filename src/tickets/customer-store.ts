// Tickets as their customers read them: those in their sight, and of each what was said in public.
import type { OrganizationId, PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Owned, Requester } from '#people/can.ts'
import { likeText } from '#people/person-store.ts'
import { inSightOf } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'
import { statusesOf, type CustomerStatus } from '#tickets/customer-status.ts'
import { hiddenMessages, messagesByReference } from '#tickets/merge.ts'
import { messageColumns, type Message } from '#tickets/message-store.ts'
import { hidingOf } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { Status } from '#tickets/vocabulary.ts'

export const customerSorts = ['latest', 'newest', 'oldest'] as const
export type CustomerSort = (typeof customerSorts)[number]

export type CustomerTicket = {
  readonly id: TicketId
  readonly subject: string
  readonly status: Status
  readonly openedAt: Instant
  /** When something was last said in public. */
  readonly latestAt: Instant
  readonly requesterId: PersonId
  readonly requesterName: string
}

type Page = {
  readonly q: string
  readonly state: CustomerStatus | null
  /** What one takes part in, or the organisation's too. */
  readonly whose: 'own' | 'all'
  readonly sort: CustomerSort
  readonly limit: number
  readonly offset: number
}

/** Said in public on `t`, and not taken back, nor still waiting to be sent. */
const said = sql`m.kind = 'reply' and m.side_conversation_id is null and m.voided_at is null
  and not exists (select from outbox o where o.message_id = m.id and o.kind = 'reply' and o.state = 'queued'
    and o.attempts = 0 and o.kept_at is null)`

/** True of the tickets, as `t`, on whose page something like it is said: the same messages as `saidOn` of each. */
function isSaid(like: string): Sql {
  const referred = (path: string) =>
    sql`(select id::bigint from ticket_state s, jsonb_path_query(s.state, ${path}::jsonpath) id where s.ticket_id = t.id)`
  const found = sql`m.redacted_at is null and m.body_text ilike ${like} and ${said}
    and m.id not in ${referred('$.splitOff[*].messageIds[*]')}`
  const elsewhere = ['$.splitFrom.messageIds[*]', '$.mergedIn[*].messageIds[*]'].map(
    (path) => sql`exists (select from message m where m.id in ${referred(path)} and ${found})`,
  )
  return join(
    [sql`exists (select from message m where m.ticket_id = t.id and ${found})`, ...elsewhere],
    ' or ',
  )
}

/** One page of the tickets that a customer sees. */
export async function listForCustomer(
  db: Db,
  requester: Requester,
  { q, state, whose, sort, limit, offset }: Page,
): Promise<CustomerTicket[]> {
  const latest = sql`greatest(t.created_at, t.last_inbound_at::timestamptz, t.last_reply_at::timestamptz)`
  const where = [inSightOf(whose === 'own' ? { ...requester, managesId: null } : requester)]
  if (state !== null) where.push(sql`t.status = any(${statusesOf(state)}::text[])`)
  if (q !== '') {
    const like = `%${likeText(q)}%`
    where.push(sql`(t.subject ilike ${like} or t.id::text = ${q.replace(/^#/, '')}
      or ${isSaid(like)})`)
  }
  const order = {
    latest: sql`"latestAt" desc, t.id desc`,
    newest: sql`t.created_at desc, t.id desc`,
    oldest: sql`t.created_at, t.id`,
  }[sort]
  return db.rows<CustomerTicket>(sql`select t.id, t.subject, t.status, t.created_at as "openedAt", ${latest} as "latestAt",
      t.requester_id as "requesterId", coalesce(nullif(p.name, ''), p.email, '') as "requesterName"
    from ticket t join person p on p.id = t.requester_id
    where ${join(where, ' and ')} order by ${order} limit ${limit} offset ${offset}`)
}

/** A ticket as far as a customer's access goes: whose organisation counts as its own is asked here. */
export async function ownedOf(db: Db, ticket: Ticket): Promise<Owned> {
  const row = await db.row<{ organizationId: OrganizationId | null }>(
    sql`select organization_id as "organizationId" from person where id = ${ticket.requesterId}`,
  )
  const { id, brandId, requesterId, participants } = ticket
  const organizationId = ticket.organizationId ?? row?.organizationId ?? null
  return { id, brandId, requesterId, participants, organizationId, isHidden: hidingOf(ticket) !== null }
}

export type Said = Message & { readonly authorName: string | null }

/** What was said in public on a ticket, the newest last; `before` goes back. */
export async function saidOn(
  db: Db,
  ticket: Ticket,
  page: { limit: number; before: number | null },
): Promise<Said[]> {
  const rows = await db.rows<Said>(sql`select ${messageColumns},
      (select coalesce(nullif(p.name, ''), p.email) from person p where p.id = m.author_id) as "authorName"
    from message m where (ticket_id = ${ticket.id} or id = any(${[...messagesByReference(ticket)]}))
      and not (id = any(${[...hiddenMessages(ticket)]})) and ${said}
      and (at, id) < (coalesce((select b.at from message b where b.id = ${page.before}), 'infinity'),
        coalesce(${page.before}::bigint, ${Number.MAX_SAFE_INTEGER}))
    order by at desc, id desc limit ${page.limit}`)
  return rows.toReversed()
}

/** Whether a message is one that the ticket's customers read. */
export async function isSaidOn(db: Db, ticket: Ticket, messageId: number): Promise<boolean> {
  const rows =
    await db.rows(sql`select from message m where m.id = ${messageId} and m.redacted_at is null and ${said}
    and (ticket_id = ${ticket.id} or id = any(${[...messagesByReference(ticket)]}))
    and not (id = any(${[...hiddenMessages(ticket)]}))`)
  return rows.length > 0
}
