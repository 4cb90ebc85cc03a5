// Settled tickets as witnesses: what was asked on them, for the index, and what people answered, read anew each time so that what was
// redacted or erased is gone at once.
import type { PastQuestion, PastReply } from '#assistant/past.ts'
import { SURVIVED_SECONDS } from '#assistant/past.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const MOST_TICKETS = 100_000

/** What counts: settled long enough, never reopened, and seen by nobody as spam. */
const settled = (
  at: Instant,
) => sql`t.status in ('resolved', 'closed') and t.reopen_count = 0 and not t.hidden
  and t.resolved_at <= ${plus(at, -SURVIVED_SECONDS)}`
const whole = sql`m.voided_at is null and m.redacted_at is null and m.side_conversation_id is null`
/** What a person has called wrong is no witness. */
const good = sql`not exists (select from assistant_verdict v where v.message_id = m.id and v.verdict in ('wrong', 'harmful'))`

/** What was asked on the newest settled tickets, with their brand. */
export async function pastQuestions(
  db: Db,
  at: Instant,
): Promise<(PastQuestion & { readonly brandId: number })[]> {
  return db.rows(sql`select t.id as "ticketId", t.brand_id as "brandId", t.subject || E'\n' || first.text as text
    from (select t.id, t.brand_id, t.subject from ticket t where ${settled(at)} order by t.resolved_at desc, t.id limit ${MOST_TICKETS}) t
    cross join lateral (select left(m.body_text, 1000) as text, m.redacted_at, m.voided_at from message m
      where m.ticket_id = t.id and m.direction = 'inbound' and m.side_conversation_id is null order by m.id limit 1) first
    where first.redacted_at is null and first.voided_at is null order by t.id`)
}

/** What people answered on tickets of a brand, as it stands now. */
export async function pastReplies(
  db: Db,
  of: { ticketIds: readonly number[]; brandId: number; at: Instant },
): Promise<PastReply[]> {
  if (of.ticketIds.length === 0) return []
  return db.hot(sql`select t.id as "ticketId", t.resolved_at as "resolvedAt",
      left(string_agg(m.body_text, E'\n' order by m.id), 20000) as reply
    from ticket t join message m on m.ticket_id = t.id and m.direction = 'outbound' and m.author_type in ('agent', 'api') and ${whole} and ${good}
    where t.id = any(${[...of.ticketIds]}) and t.brand_id = ${of.brandId} and ${settled(of.at)}
    group by t.id`)
}

/** What changes when a message is redacted, erased or taken back. */
export async function takenBackPrint(db: Db): Promise<string> {
  const [row] = await db.hot<{ print: string }>(sql`select
    (select count(*) || ' ' || coalesce(max(redacted_at)::text, '') from message where redacted_at is not null) || ' ' ||
    (select count(*) || ' ' || coalesce(max(voided_at)::text, '') from message where voided_at is not null) as print`)
  return row?.print ?? ''
}
