// What was looked for in the help center, as rows, and what came of it.
import type { BrandId, PersonId, TicketId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

export const WEEK_SECONDS = 7 * 86_400
/** What follows a search follows it within a day. */
const FOLLOWS_SECONDS = 86_400

export type Search = {
  readonly mark: string
  readonly at: Instant
  readonly brandId: BrandId
  readonly language: string
  readonly source: 'help' | 'portal'
  readonly query: string
  readonly found: number
  readonly personId: PersonId | null
}

/** Writes down a search. */
export async function noteSearch(db: Db, search: Search): Promise<void> {
  const { mark, at, brandId, language, source, query, found, personId } = search
  await db.rows(sql`insert into help_search (mark, at, brand_id, language, source, query, found, person_id)
    values (${mark}, ${at}, ${brandId}, ${language}, ${source}, ${query}, ${found}, ${personId})`)
}

/** One of the articles that a search found was opened. */
export async function noteClick(db: Db, mark: string, at: Instant): Promise<void> {
  await db.rows(sql`update help_search set clicked = true
    where mark = ${mark} and not clicked and at > ${plus(at, -FOLLOWS_SECONDS)}`)
}

/** Who searched wrote a ticket. */
export async function noteTicket(db: Db, mark: string, ticketId: TicketId, at: Instant): Promise<void> {
  await db.rows(sql`update help_search set ticket_id = ${ticketId}
    where mark = ${mark} and ticket_id is null and at > ${plus(at, -FOLLOWS_SECONDS)}`)
}

export type Failed = {
  readonly query: string
  readonly language: string
  readonly found: number
  readonly ticketId: TicketId | null
}

/** Searches since a moment that found nothing or nothing worth opening, the newest first; those of the last hour may still go on. */
export async function failedSearches(
  db: Db,
  since: Instant,
  until: Instant,
  limit: number,
): Promise<Failed[]> {
  return db.rows<Failed>(sql`select query, language, found, ticket_id as "ticketId" from help_search
    where at >= ${since} and at < ${until} and not clicked order by at desc limit ${limit}`)
}

export type Tally = { readonly searches: number; readonly empty: number; readonly unopened: number }

/** How many looked, found nothing, and opened nothing of what was found. */
export async function tallyOfSearches(db: Db, since: Instant): Promise<Tally> {
  const row =
    await db.row<Tally>(sql`select count(*)::int as searches, count(*) filter (where found = 0)::int as empty,
      count(*) filter (where found > 0 and not clicked)::int as unopened
    from help_search where at >= ${since} and source = 'help'`)
  return row ?? { searches: 0, empty: 0, unopened: 0 }
}

export type Deflection = {
  /** Searches at the portal that found articles: who said what it is about twice counts twice. */
  readonly shown: number
  readonly wrote: number
  /** Opened one and sent no form: those who wrote within a week by another way, those who did not, those of whom it is too early to say. */
  readonly later: number
  readonly quiet: number
  readonly open: number
  /** Opened nothing and wrote nothing. */
  readonly left: number
}

/** What became of those who were about to write. */
export async function deflectionSince(db: Db, since: Instant): Promise<Deflection> {
  const of = (what: Sql) => sql`count(*) filter (where ${what})::int`
  const row =
    await db.row<Deflection>(sql`select count(*)::int as shown, ${of(sql`ticket_id is not null`)} as wrote,
      ${of(sql`ticket_id is null and clicked and wrote_later`)} as later,
      ${of(sql`ticket_id is null and clicked and not wrote_later`)} as quiet,
      ${of(sql`ticket_id is null and clicked and wrote_later is null`)} as open,
      ${of(sql`ticket_id is null and not clicked`)} as left
    from help_search where at >= ${since} and source = 'portal' and found > 0`)
  return row ?? { shown: 0, wrote: 0, later: 0, quiet: 0, open: 0, left: 0 }
}

/** Says of searches that are a week old whether their customers wrote, and forgets who they were. */
export async function endSearches(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`update help_search s set person_id = null, wrote_later = exists (
      select from ticket t join message m on m.ticket_id = t.id and m.author_id = s.person_id
        and m.direction = 'inbound' and m.at > s.at and m.at <= s.at + make_interval(secs => ${WEEK_SECONDS})
      where t.requester_id = s.person_id)
    where s.person_id is not null and s.at < ${plus(at, -WEEK_SECONDS)}`)
}

/** Forgets searches from before a moment. */
export async function dropOldSearches(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from help_search where at < ${before}`)
}
