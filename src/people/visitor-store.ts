// Visitors as rows: who came through a widget, known by a token of which only a hash is kept.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Visitor } from '#people/can.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const columns = sql`id, widget_id as "widgetId", kind, subject, person_id as "personId", name, email, language,
  time_zone as "timeZone"`

/** The visitor of a token, through this widget; null when there is none, or no longer. */
export async function visitorOfToken(db: Db, token: string, widgetKey: string): Promise<Visitor | null> {
  const [row] =
    await db.hot<Visitor>(sql`select ${columns} from visitor where token_hash = ${hashSecret(token)}
    and ended_at is null and widget_id = (select id from widget where key = ${widgetKey} and archived_at is null)`)
  return row ?? null
}

type Seen = { readonly seenAt: Instant; readonly hasLeft: boolean }

/** One visitor. */
export async function findVisitor(db: Db, id: number): Promise<Visitor & Seen> {
  const row = await db.row<Visitor & Seen>(
    sql`select ${columns}, seen_at as "seenAt", has_left as "hasLeft" from visitor where id = ${id}`,
  )
  if (row === null) throw new Error('Bug: a chat without its visitor')
  return row
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

/** Writes down who a visitor is shown to be. */
export async function verify(
  db: Db,
  id: number,
  shown: { subject: string; personId: PersonId; name: string; email: string },
): Promise<void> {
  await db.rows(sql`update visitor set kind = 'verified', subject = ${shown.subject}, person_id = ${shown.personId},
    name = ${shown.name}, email = ${shown.email} where id = ${id}`)
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

/** Forgets who came, wrote nothing and was not seen since. */
export async function dropSilentVisitors(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from visitor where seen_at < ${before} and person_id is null`)
}

/** How many visitors of a widget are there, and when the last one was. */
export async function visitorsOf(
  db: Db,
  widgetId: number,
  since: Instant,
): Promise<{ here: number; lastSeenAt: Instant | null }> {
  const row = await db.row<{ here: number; lastSeenAt: Instant | null }>(sql`select
    count(*) filter (where seen_at > ${since})::int as here, max(seen_at) as "lastSeenAt"
    from visitor where widget_id = ${widgetId}`)
  return row ?? { here: 0, lastSeenAt: null }
}
