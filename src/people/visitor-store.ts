// Visitors as rows: who came through a widget, known by a token of which only a hash is kept.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Visitor } from '#people/can.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const columns = sql`id, widget_id as "widgetId", kind, subject, person_id as "personId", name, email, language,
  time_zone as "timeZone"`

const isOpen = (at: Instant) => sql`ended_at is null and (shown_until is null or shown_until > ${at})`

/** The visitor of a token, through this widget; null when there is none, or no longer. */
export async function visitorOfToken(
  db: Db,
  token: string,
  widgetKey: string,
  at: Instant,
): Promise<Visitor | null> {
  const [row] =
    await db.hot<Visitor>(sql`select ${columns} from visitor where token_hash = ${hashSecret(token)}
    and ${isOpen(at)} and widget_id = (select id from widget where key = ${widgetKey} and archived_at is null)`)
  return row ?? null
}

/** The same, also one whom the site has to show again before the token opens anything. */
export async function knownVisitor(db: Db, token: string, widgetId: number): Promise<Visitor | null> {
  return db.row<Visitor>(sql`select ${columns} from visitor where token_hash = ${hashSecret(token)}
    and ended_at is null and widget_id = ${widgetId}`)
}

/** A visitor as they stand now; null when their token opens nothing any more. */
export async function openVisitor(db: Db, id: number, at: Instant): Promise<Visitor | null> {
  const [row] = await db.hot<Visitor>(sql`select ${columns} from visitor where id = ${id} and ${isOpen(at)}`)
  return row ?? null
}

/** One visitor, whether or not their visit has ended. */
export async function findVisitor(db: Db, id: number): Promise<Visitor> {
  const row = await db.row<Visitor>(sql`select ${columns} from visitor where id = ${id}`)
  if (row === null) throw new Error('Bug: a chat without its visitor')
  return row
}

/** When anybody who may read a chat was last seen, and when last without leaving since. */
export type Sight = { readonly seenAt: Instant; readonly hereAt: Instant | null }

/** Sight of those who may read a chat (`isTheirs`): who began it, and whoever is shown to be its requester; null for nobody. */
export async function sightOf(
  db: Db,
  chat: { readonly visitorId: number; readonly requesterId: PersonId; readonly brandId: number },
): Promise<Sight | null> {
  const row = await db.row<{ seenAt: Instant | null; hereAt: Instant | null }>(sql`select
    max(v.seen_at) as "seenAt", max(v.seen_at) filter (where not v.has_left and v.ended_at is null) as "hereAt"
    from visitor v join widget w on w.id = v.widget_id
    where v.person_id = ${chat.requesterId}
      and (v.id = ${chat.visitorId} or (v.kind = 'verified' and w.brand_id = ${chat.brandId}))`)
  return row === null || row.seenAt === null ? null : { seenAt: row.seenAt, hereAt: row.hereAt }
}

/** Locks a visitor, so that what they send at the same moment comes one after the other; null when they have ended. */
export async function lockVisitor(tx: Transaction, id: number): Promise<Visitor | null> {
  return tx.row<Visitor>(sql`select ${columns} from visitor where id = ${id} and ended_at is null for update`)
}

type Coming = Pick<Visitor, 'widgetId' | 'language' | 'timeZone'> & { readonly at: Instant }

/** A visitor nobody knows yet, and the token by which they come back: told once. */
export async function addVisitor(db: Db, coming: Coming): Promise<{ visitor: Visitor; token: string }> {
  const token = newSecret()
  const visitor =
    await db.row<Visitor>(sql`insert into visitor (widget_id, token_hash, kind, language, time_zone, created_at, seen_at)
    values (${coming.widgetId}, ${hashSecret(token)}, 'anonymous', ${coming.language}, ${coming.timeZone}, ${coming.at}, ${coming.at})
    returning ${columns}`)
  if (visitor === null) throw new Error('Bug: an insert returned nothing')
  return { visitor, token }
}

/** Writes down what a visitor says of themselves, which is not believed. */
export async function claim(db: Db, id: number, said: { name: string; email: string | null }): Promise<void> {
  await db.rows(sql`update visitor set kind = 'claimed', name = ${said.name}, email = ${said.email}
    where id = ${id} and kind <> 'verified'`)
}

/** Writes down who a visitor is shown to be, until when, and by which key. */
export async function verify(
  db: Db,
  id: number,
  shown: {
    /** Who they are at the company's site, and the key that signed it; null: a link in a mail has shown it. */
    subject: string | null
    personId: PersonId
    name: string
    email: string
    until: Instant
    keyId: number | null
  },
): Promise<void> {
  await db.rows(sql`update visitor set kind = 'verified', subject = ${shown.subject}, person_id = ${shown.personId},
    name = ${shown.name}, email = ${shown.email}, shown_until = ${shown.until}, shown_by = ${shown.keyId}
    where id = ${id}`)
}

/** Gives a visitor the row of a person without address: whoever has written is somebody. */
export async function becomePerson(
  tx: Transaction,
  { id, name, language, timeZone }: Visitor,
): Promise<PersonId> {
  const row = await tx.row<{ id: PersonId }>(sql`with p as (insert into person (name, language, time_zone)
      values (${name === '' ? `Visitor ${id}` : name}, ${language}, ${timeZone}) returning id)
    update visitor set person_id = p.id from p where visitor.id = ${id} returning p.id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Names the person of a visitor who has said their name after their first word. */
export async function renamePerson(db: Db, id: PersonId, name: string): Promise<void> {
  await db.rows(sql`update person set name = ${name} where id = ${id} and email is null`)
}

/** Ends a visit: its token opens nothing any more. */
export async function endVisitor(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update visitor set ended_at = ${at} where id = ${id} and ended_at is null`)
}

/** Ends all whom a key has shown. */
export async function endShownBy(db: Db, widgetId: number, keyId: number, at: Instant): Promise<void> {
  await db.rows(sql`update visitor set ended_at = ${at}
    where widget_id = ${widgetId} and shown_by = ${keyId} and ended_at is null`)
}

/**
 * Two people became one: whom a site has shown goes along with their address. Nobody else does, on neither side: who is only said to be
 * that person begins anew as nobody.
 */
export async function joinVisitors(tx: Transaction, goneId: PersonId, keptId: PersonId): Promise<void> {
  await tx.rows(sql`update visitor set person_id = case when kind = 'verified' then ${keptId}::bigint end
    where person_id in (${goneId}, ${keptId})`)
}

/** Gives those back who are shown by these addresses. */
export async function partVisitors(
  tx: Transaction,
  { keptId, goneId }: { keptId: PersonId; goneId: PersonId },
  addresses: readonly string[],
): Promise<void> {
  await tx.rows(sql`update visitor set person_id = ${goneId}
    where person_id = ${keptId} and kind = 'verified' and email = any(${[...addresses]})`)
}

/** Visitors who are there now. */
export async function seeVisitors(db: Db, ids: readonly number[], at: Instant): Promise<void> {
  if (ids.length > 0)
    await db.rows(sql`update visitor set seen_at = greatest(seen_at, ${at}), has_left = false
      where id = any(${[...ids]}) and (seen_at < ${at} or has_left)`)
}

/** A visitor was seen to leave. */
export async function leaveVisitor(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update visitor set seen_at = greatest(seen_at, ${at}), has_left = true where id = ${id}`)
}

/** Forgets who came, began no chat and was not seen since. By widget, as the index is. */
export async function dropSilentVisitors(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from visitor v using widget w where v.widget_id = w.id and v.seen_at < ${before}
    and not exists (select from chat c where c.visitor_id = v.id)`)
}

/** How many visitors of a widget are there, and when the last one was. */
export async function visitorsOf(
  db: Db,
  widgetId: number,
  since: Instant,
): Promise<{ here: number; lastSeenAt: Instant | null }> {
  const row = await db.row<{ here: number; lastSeenAt: Instant | null }>(sql`select
    (select count(*) from visitor where widget_id = ${widgetId} and seen_at > ${since})::int as here,
    (select max(seen_at) from visitor where widget_id = ${widgetId}) as "lastSeenAt"`)
  return row ?? { here: 0, lastSeenAt: null }
}
