// Reviews of resolves by people that are drawn by lot. The lot is a hash of the desk's seed and the resolve, below the share that is to be
// reviewed: the same for everybody at any time, and a larger share only adds to it.
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { ReviewAnswer } from '#reporting/vocabulary.ts'
import type { Db } from '#store/database.ts'
import { raw, sql, type Sql } from '#store/sql.ts'

/** What was resolved longer ago is not drawn any more. */
const DRAWN_SECONDS = 14 * 86_400

export type Answered = { readonly question: string; readonly answer: ReviewAnswer }

/** A resolve, with what was said of it. */
export type Reviewed = {
  readonly ticketId: number
  readonly subject: string
  readonly resolvedAt: Instant
  readonly agent: { readonly id: number; readonly name: string } | null
  readonly reviewer: { readonly id: number; readonly name: string } | null
  readonly answers: readonly Answered[] | null
  readonly passed: boolean | null
  readonly note: string | null
  readonly at: Instant | null
}

/** By its moment: which of the ticket's it is changes when one before it is undone. */
export type Resolve = Pick<Reviewed, 'ticketId' | 'resolvedAt'>
export type Place = Resolve & { readonly at: Instant }
export type Page = { readonly after: Place | null; readonly limit: number }

const NAMED = (person: Sql, as: Sql) =>
  sql`(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${person}) as ${as}`
const COLUMNS = sql`f.ticket_id as "ticketId", t.subject, f.at as "resolvedAt", ${NAMED(sql`f.assignee_id`, sql`agent`)},
  ${NAMED(sql`r.reviewer_id`, sql`reviewer`)}, r.answers, r.passed, r.note, r.at`
const RESOLVES = sql`report_fact f join ticket t on t.id = f.ticket_id and not t.hidden`
const SAID = sql`r.ticket_id = f.ticket_id and r.resolved_at = f.at`
const LOT = sql`('x' || left(md5((select seed from review_seed) || ' ' || f.ticket_id || ' ' || extract(epoch from f.at)), 8))::bit(32)::bigint`

/** True of what was drawn for others than the one whose it is, as `f`. */
function drawn(share: number, now: Instant, reader: Reader): Sql {
  return sql`f.kind = 'resolved' and f.config_version is null and f.at >= ${plus(now, -DRAWN_SECONDS)} and f.at <= ${now}
    and f.assignee_id is not null and f.assignee_id <> ${reader.agentId} and ${LOT} < ${share}::float8 * 4294967296 and ${inSight(reader)}`
}

/** What waits for a review, the oldest first. */
export async function waitingReviews(
  db: Db,
  { share, now, reader }: { share: number; now: Instant; reader: Reader },
  { after, limit }: Page,
): Promise<Reviewed[]> {
  return db.rows<Reviewed>(sql`select ${COLUMNS} from ${RESOLVES} left join review r on ${SAID}
    where ${drawn(share, now, reader)} and r.ticket_id is null and ${beyond(sql`f.at`, after, '>')}
    order by f.at, f.ticket_id limit ${limit}`)
}

/** How many wait. */
export async function countWaiting(
  db: Db,
  { share, now, reader }: { share: number; now: Instant; reader: Reader },
): Promise<number> {
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from ${RESOLVES}
    where ${drawn(share, now, reader)} and not exists (select from review r where ${SAID})`)
  return row?.count ?? 0
}

/** What was reviewed of the tickets in sight, the newest first: all but the reader's own, or these alone. */
export async function reviewsDone(
  db: Db,
  reader: Reader,
  of: 'others' | 'own',
  { after, limit }: Page,
): Promise<Reviewed[]> {
  const whose =
    of === 'own'
      ? sql`f.assignee_id = ${reader.agentId}`
      : sql`f.assignee_id is distinct from ${reader.agentId}`
  return db.rows<Reviewed>(sql`select ${COLUMNS} from review r
    join ${RESOLVES} on ${SAID} and f.kind = 'resolved'
    where ${whose} and ${inSight(reader)} and ${beyond(sql`r.at`, after, '<')}
    order by r.at desc, f.ticket_id desc, f.at desc limit ${limit}`)
}

function beyond(at: Sql, after: Place | null, way: '<' | '>'): Sql {
  if (after === null) return sql`true`
  return sql`(${at}, f.ticket_id, f.at) ${raw(way)} (${after.at}::timestamptz, ${after.ticketId}, ${after.resolvedAt}::timestamptz)`
}

/** One resolve that was drawn, or that was reviewed before; null where it is neither, or the reader's own. */
export async function findDrawn(
  db: Db,
  { share, now, reader }: { share: number; now: Instant; reader: Reader },
  { ticketId, resolvedAt }: Resolve,
): Promise<Reviewed | null> {
  return db.row<Reviewed>(sql`select ${COLUMNS} from ${RESOLVES} left join review r on ${SAID}
    where f.ticket_id = ${ticketId} and f.at = ${resolvedAt} and (${drawn(share, now, reader)}
      or f.kind = 'resolved' and r.ticket_id is not null and f.assignee_id is distinct from ${reader.agentId} and ${inSight(reader)})`)
}

/** Keeps a review in the place of what the same person said before; whether it was theirs to write. */
export async function putReview(
  db: Db,
  { ticketId, resolvedAt }: Resolve,
  said: { answers: readonly Answered[]; note: string; by: PersonId; at: Instant },
): Promise<boolean> {
  const told = said.answers.filter(({ answer }) => answer !== 'skip')
  const passed = told.length === 0 ? null : told.every(({ answer }) => answer === 'yes')
  const rows =
    await db.rows(sql`insert into review (ticket_id, resolved_at, reviewer_id, answers, passed, note, at)
    values (${ticketId}, ${resolvedAt}, ${said.by}, ${JSON.stringify(said.answers)}, ${passed}, ${said.note}, ${said.at})
    on conflict (ticket_id, resolved_at) do update set answers = excluded.answers, passed = excluded.passed, note = excluded.note
    where review.reviewer_id = excluded.reviewer_id returning ticket_id`)
  return rows.length > 0
}
