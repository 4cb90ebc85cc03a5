// What a simulation learns from the desk's past: which tickets came when, and how long agents took over an answer.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type PastTicket = {
  readonly ticket: Ticket
  /** Working seconds until the first reply was promised, and by which calendar. */
  readonly promise: { readonly targetSeconds: number; readonly calendarId: string | null } | null
}

/** Tickets that were opened after a moment, the newest of them, in order of time. */
export async function pastTickets(db: Db, since: Instant, limit: number): Promise<PastTicket[]> {
  const rows = await db.rows<{ id: number; state: Omit<Ticket, 'id'>; promise: PastTicket['promise'] }>(sql`
    select * from (select t.id, s.state, t.created_at,
        (select json_build_object('targetSeconds', c.target_seconds, 'calendarId', c.calendar_id) from ticket_clock c
          where c.ticket_id = t.id and c.metric = 'first_reply' and c.kind = 'customer' order by c.instance limit 1) as promise
      from ticket t join ticket_state s on s.ticket_id = t.id where t.created_at >= ${since} and not t.hidden order by t.created_at desc limit ${limit}) newest
    order by created_at, id`)
  return rows.map(({ id, state, promise }) => ({ ticket: { ...state, id } as Ticket, promise }))
}

export type Pace = { readonly categoryId: number | null; readonly seconds: number }

export type UsualPace = {
  readonly categoryId: number | null
  /** Over all categories, and tickets without one. */
  readonly isOverall: boolean
  readonly seconds: number
}

/** The median of an answer's work, by category and over all, where there are ten to judge by. */
export async function usualPaces(db: Db, since: Instant): Promise<UsualPace[]> {
  return db.rows<UsualPace>(sql`select category_id as "categoryId", grouping(category_id) = 1 as "isOverall",
      percentile_cont(0.5) within group (order by seconds) as seconds
    from (${answersSince(since)}) answers where seconds between 60 and 3600
    group by grouping sets ((category_id), ()) having count(*) >= 10`)
}

/** How long agents took from one answer to their next, where that was between one and sixty minutes: an answer's work. The newest. */
export async function pacesOfAnswers(db: Db, since: Instant, until: Instant): Promise<Pace[]> {
  return db.rows<Pace>(sql`select category_id as "categoryId", seconds from (${answersSince(since)}) answers
    where seconds between 60 and 3600 and at <= ${until} order by at desc, id desc limit 20000`)
}

function answersSince(since: Instant) {
  return sql`select t.category_id, m.at, m.id, extract(epoch from m.at - lag(m.at) over (partition by m.author_id order by m.at))::float8 as seconds
      from message m join ticket t on t.id = m.ticket_id
      where m.direction = 'outbound' and m.author_type = 'agent' and m.at >= ${since}`
}
