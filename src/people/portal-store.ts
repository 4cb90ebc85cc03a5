// Customers' ways in: who asked for one, links that sign in once, sessions at the portal, and what was taken back.
import type { BrandId, OrganizationId, PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Requester } from '#people/can.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** How long a link signs in. */
export const LINK_SECONDS = 900
const IDLE_SECONDS = 30 * 86_400
/** Links that one address is sent: so many in the first hour of a day, and as many in the rest of it. */
const MOST_LINKS = 3

export type Ask = {
  readonly id: number
  readonly brandId: BrandId
  readonly email: string
  readonly language: string
  readonly at: Instant
  /** The visitor of a chat whose address it is to be; null for a way into the portal. */
  readonly visitorId: number | null
  /** What a visitor's link is made of. */
  readonly number: number
}

type NewAsk = Omit<Ask, 'id' | 'number' | 'visitorId'> & {
  readonly visitor?: { readonly id: number; readonly code: number }
}

/** Writes down that somebody asks for a link: the same whether anybody knows the address or not. */
export async function addAsk(db: Db, { brandId, email, language, at, visitor }: NewAsk): Promise<void> {
  await db.rows(sql`insert into portal_ask (brand_id, email, language, at, visitor_id, code)
    values (${brandId}, ${email}, ${language}, ${at}, ${visitor?.id ?? null}, ${visitor?.code ?? null})`)
}

/** Which address a visitor's link shows to be theirs, and what they have to type in for it. */
export type Confirmation = {
  readonly visitorId: number
  readonly brandId: BrandId
  readonly email: string
  readonly code: number
}

const isGood = (at: Instant) => sql`used_at is null and at > ${plus(at, -LINK_SECONDS)} and at <= ${at}`
const confirms = (number: number, at: Instant) =>
  sql`number = ${number} and visitor_id is not null and ${isGood(at)}`
const confirmationColumns = sql`visitor_id as "visitorId", brand_id as "brandId", email, code`

/** What a visitor's link would show now; null when it does no more. */
export async function findConfirmation(db: Db, number: number, at: Instant): Promise<Confirmation | null> {
  return db.row<Confirmation>(
    sql`select ${confirmationColumns} from portal_ask where ${confirms(number, at)}`,
  )
}

/** The number that a visitor's newest link to an address asks for, while it does; null when there is none. */
export async function openCodeOf(
  db: Db,
  { visitorId, email }: Pick<Confirmation, 'visitorId' | 'email'>,
  at: Instant,
): Promise<number | null> {
  const row = await db.row<{ code: number }>(sql`select code from portal_ask where visitor_id = ${visitorId}
    and email = ${email} and ${isGood(at)} order by id desc limit 1`)
  return row?.code ?? null
}

/** Uses a visitor's link up; null when it shows nothing any more. */
export async function useConfirmation(db: Db, number: number, at: Instant): Promise<Confirmation | null> {
  return db.row<Confirmation>(sql`update portal_ask set used_at = ${at} where ${confirms(number, at)}
    returning ${confirmationColumns}`)
}

/** What a visitor's link was made for, whether it still shows anything or not. */
export async function confirmationAsMade(db: Db, number: number): Promise<Confirmation | null> {
  return db.row<Confirmation>(
    sql`select ${confirmationColumns} from portal_ask where number = ${number} and visitor_id is not null`,
  )
}

/** The oldest that nobody has answered, locked. */
export async function takeAsk(tx: Transaction): Promise<Ask | null> {
  return tx.row<Ask>(sql`select id, brand_id as "brandId", email, language, at, visitor_id as "visitorId",
      number from portal_ask
    where answered_at is null order by id limit 1 for update skip locked`)
}

/** Notes that an ask was dealt with. */
export async function endAsk(tx: Transaction, id: number, at: Instant): Promise<void> {
  await tx.rows(sql`update portal_ask set answered_at = ${at} where id = ${id}`)
}

/** Whether an address has asked too often: more than its share within an hour of the day's first ask, or after that hour. */
export async function hasAskedTooOften(
  db: Db,
  { id, email, at }: Pick<Ask, 'id' | 'email' | 'at'>,
): Promise<boolean> {
  const row = await db.row<{ count: number }>(sql`select count(*) from (
      select at, min(at) over () + interval '1 hour' as "hourEnds" from portal_ask
      where email = ${email} and at > ${plus(at, -86_400)} and id < ${id}) asked
    where (at < "hourEnds") = (${at}::timestamptz < "hourEnds")`)
  return (row?.count ?? 0) >= MOST_LINKS
}

/** Makes a link that signs a person in once; the number that its secret is made of. */
export async function addLink(
  db: Db,
  link: { personId: PersonId; brandId: BrandId; at: Instant },
): Promise<number> {
  const row = await db.row<{ number: number }>(sql`insert into portal_link (person_id, brand_id, created_at)
    values (${link.personId}, ${link.brandId}, ${link.at}) returning number`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.number
}

const alive = (at: Instant) =>
  sql`l.used_at is null and l.created_at > ${plus(at, -LINK_SECONDS)} and l.created_at <= ${at}
    and not exists (select from portal_revoked r where r.person_id = l.person_id and r.at >= l.created_at)`

export type Link = { readonly personId: PersonId; readonly brandId: BrandId }

/** Whom a link would sign in now, and where; null when it does no more. */
export async function findLink(db: Db, number: number, at: Instant): Promise<Link | null> {
  return db.row<Link>(sql`select l.person_id as "personId", l.brand_id as "brandId" from portal_link l
    where l.number = ${number} and ${alive(at)}`)
}

/** For whom and where a link was made, whether it still signs in or not. */
export async function linkAsMade(db: Db, number: number): Promise<Link | null> {
  return db.row<Link>(
    sql`select person_id as "personId", brand_id as "brandId" from portal_link where number = ${number}`,
  )
}

/** Uses a link up; null when it signs nobody in any more. */
export async function useLink(db: Db, number: number, at: Instant): Promise<Link | null> {
  return db.row<Link>(sql`update portal_link l set used_at = ${at} where l.number = ${number} and ${alive(at)}
    returning l.person_id as "personId", l.brand_id as "brandId"`)
}

/** Opens a session at the portal and returns its secret, which stands nowhere else. */
export async function openPortalSession(
  db: Db,
  opened: { personId: PersonId; brandId: BrandId; at: Instant },
): Promise<string> {
  const secret = newSecret()
  await db.rows(sql`insert into portal_session (token_hash, person_id, brand_id, created_at, seen_at)
    values (${hashSecret(secret)}, ${opened.personId}, ${opened.brandId}, ${opened.at}, ${opened.at})`)
  return secret
}

/** Whoever reads at the portal, with what their pages look like to them. */
export type Visitor = {
  readonly requester: Requester
  readonly sessionId: number
  /** The session lasts longer from now on, and the browser's cookie is to do so, too. */
  readonly isProlonged: boolean
  readonly name: string
  readonly email: string
  readonly language: string | null
  readonly timeZone: string | null
}

type VisitorRow = Omit<Visitor, 'requester' | 'isProlonged'> & {
  personId: PersonId
  managesId: OrganizationId | null
  seenAt: Instant
}

/** The organisation that a person `p` manages: theirs, as long as they belong to it. */
const managed = sql`(case when p.manages_organization_id = p.organization_id then p.organization_id end)`

/** Who has a living session of a brand; null when nobody has. Notes once an hour that it was seen. */
export async function visitorOf(
  db: Db,
  secret: string,
  brandId: BrandId,
  at: Instant,
): Promise<Visitor | null> {
  const row =
    await db.row<VisitorRow>(sql`select s.id as "sessionId", s.seen_at as "seenAt", p.id as "personId", p.name,
      p.email, p.language, p.time_zone as "timeZone", ${managed} as "managesId"
    from portal_session s join person p on p.id = s.person_id
    where s.token_hash = ${hashSecret(secret)} and s.brand_id = ${brandId} and s.seen_at > ${plus(at, -IDLE_SECONDS)}
      and p.email is not null and not p.hidden`)
  if (row === null) return null
  const { personId, managesId, seenAt, ...rest } = row
  const isProlonged = seenAt < plus(at, -3_600)
  if (isProlonged) await db.rows(sql`update portal_session set seen_at = ${at} where id = ${row.sessionId}`)
  return {
    ...rest,
    isProlonged,
    requester: { kind: 'requester', personId, brandId, managesId, onlyTicketId: null },
  }
}

/** Ends one session. */
export async function closePortalSession(db: Db, id: number): Promise<void> {
  await db.rows(sql`delete from portal_session where id = ${id}`)
}

/** Takes back all that lets a person in: sessions, and the links that were made so far. */
export async function revokePortal(db: Db, personId: PersonId, at: Instant): Promise<void> {
  await db.rows(sql`delete from portal_session where person_id = ${personId}`)
  // Whom a link has shown in a chat, too; whom a site shows is the site's matter.
  await db.rows(sql`update visitor set ended_at = ${at}
    where person_id = ${personId} and kind = 'verified' and subject is null and ended_at is null`)
  // And what would show one next: of the person's addresses, and of a visitor who is that person.
  await db.rows(sql`update portal_ask set used_at = ${at} where used_at is null and visitor_id is not null
    and (email in (select email from person where id = ${personId} union all
        select address from person_address where person_id = ${personId})
      or visitor_id in (select id from visitor where person_id = ${personId}))`)
  await db.rows(sql`insert into portal_revoked (person_id, at) values (${personId}, ${at})
    on conflict (person_id) do update set at = excluded.at`)
}

/** Since when a person's links open anything; null when none was ever taken back. */
export async function revokedAt(db: Db, personId: PersonId): Promise<Instant | null> {
  const row = await db.row<{ at: Instant }>(sql`select at from portal_revoked where person_id = ${personId}`)
  return row?.at ?? null
}

export type PortalAccess = {
  readonly sessions: number
  readonly lastSeenAt: Instant | null
  readonly manages: boolean
}

/** How a person comes to their tickets today. */
export async function portalAccessOf(db: Db, personId: PersonId, at: Instant): Promise<PortalAccess | null> {
  return db.row<PortalAccess>(sql`select coalesce(s.count, 0) as sessions, s.seen_at as "lastSeenAt",
      ${managed} is not null as manages
    from person p left join lateral (select count(*) as count, max(seen_at) as seen_at from portal_session
      where person_id = p.id and seen_at > ${plus(at, -IDLE_SECONDS)}) s on true
    where p.id = ${personId}`)
}

/** Whether any of these people reads the tickets of an organisation. */
export async function managesAny(db: Db, ids: readonly number[]): Promise<boolean> {
  const rows = await db.rows(
    sql`select from person p where p.id = any(${[...ids]}) and ${managed} is not null limit 1`,
  )
  return rows.length > 0
}

/** Makes a person the manager of the organisation they belong to, or no manager; false when they belong to none. */
export async function setManager(db: Db, personId: PersonId, manages: boolean): Promise<boolean> {
  const rows = manages
    ? await db.rows(sql`update person set manages_organization_id = organization_id
        where id = ${personId} and organization_id is not null returning id`)
    : await db.rows(sql`update person set manages_organization_id = null where id = ${personId} returning id`)
  return rows.length > 0
}

/** Forgets what has run out. */
export async function dropOldPortal(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`delete from portal_session where seen_at <= ${plus(at, -IDLE_SECONDS)}`)
  await db.rows(sql`delete from portal_link where created_at < ${plus(at, -86_400)}`)
  await db.rows(sql`delete from portal_ask where at < ${plus(at, -86_400)}`)
}
