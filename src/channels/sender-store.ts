// Who is let in or kept out by name, who writes too fast, and to whom nothing automatic is sent.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { sql } from '#store/sql.ts'

export type SenderRule = {
  readonly id: number
  /** An address, or `@domain` for all of it. */
  readonly pattern: string
  readonly verdict: 'allow' | 'block'
  readonly createdAt: Instant
  readonly createdBy: { readonly id: number; readonly name: string } | null
}

const columns = sql`r.id, r.pattern, r.verdict, r.created_at as "createdAt",
  case when p.id is null then null else json_build_object('id', p.id, 'name', p.name) end as "createdBy"`

/** What the lists say of an address; its own line counts before its domain's. */
export async function verdictOn(db: Db, email: string): Promise<'allow' | 'block' | null> {
  const domain = email.slice(email.indexOf('@'))
  const [row] = await db.hot<{ verdict: 'allow' | 'block' }>(sql`select verdict from sender_rule
    where pattern in (${email}, ${domain}) order by length(pattern) desc limit 1`)
  return row?.verdict ?? null
}

export async function listSenderRules(
  db: Db,
  page: { verdict: string | null; q: string; limit: number; after: string | null },
): Promise<SenderRule[]> {
  return db.rows<SenderRule>(sql`select ${columns} from sender_rule r left join person p on p.id = r.created_by
    where r.pattern > ${page.after ?? ''} and (${page.verdict}::text is null or r.verdict = ${page.verdict})
      and position(lower(${page.q}) in r.pattern) > 0
    order by r.pattern limit ${page.limit}`)
}

/** Lists a sender; the same pattern again takes the new verdict. */
export async function putSenderRule(
  db: Db,
  rule: { pattern: string; verdict: 'allow' | 'block' },
  at: Instant,
  by: PersonId,
): Promise<SenderRule> {
  const row = await db.row<SenderRule>(sql`with r as (
      insert into sender_rule (pattern, verdict, created_at, created_by)
      values (${rule.pattern}, ${rule.verdict}, ${at}, ${by})
      on conflict (pattern) do update set verdict = excluded.verdict, created_at = excluded.created_at,
        created_by = excluded.created_by returning *)
    select ${columns} from r left join person p on p.id = r.created_by`)
  if (row === null) throw new Error('Bug: an upsert returned nothing')
  return row
}

/** Takes a sender off the lists; null when there is no such line. */
export async function dropSenderRule(db: Db, id: number): Promise<{ pattern: string } | null> {
  return db.row(sql`delete from sender_rule where id = ${id} returning pattern`)
}

/** Takes one token of a sender's bucket; false when there is no whole one. It fills by `perHour` and holds as many. */
export async function takeToken(db: Db, sender: string, at: Instant, perHour: number): Promise<boolean> {
  const [row] = await db.hot<{ tokens: number }>(sql`
    insert into sender_bucket as b (sender, tokens, at) values (${sender}, ${perHour - 1}, ${at})
    on conflict (sender) do update set at = greatest(b.at, excluded.at),
      tokens = least(${perHour}, case when b.tokens < 0 then b.tokens + 1 else b.tokens end
        + greatest(0, extract(epoch from excluded.at - b.at)) * ${perHour}::float / 3600) - 1
    returning tokens`)
  return (row?.tokens ?? 0) >= 0
}

/** Buckets that are full again are as good as none. */
export async function dropFullBuckets(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from sender_bucket where at < ${before}`)
}

export type Suppression = {
  readonly email: string
  readonly reason: 'hard_bounce' | 'complaint' | 'manual'
  readonly detail: string
  readonly ticketId: TicketId | null
  readonly at: Instant
}

const suppressed = sql`email, reason, detail, ticket_id as "ticketId", at`

/** No automatic mail goes to this address from now on. */
export async function suppress(db: Db, entry: Suppression): Promise<void> {
  const { email, reason, detail, ticketId, at } = entry
  await db.rows(sql`insert into suppression (email, reason, detail, ticket_id, at)
    values (${email}, ${reason}, ${detail}, ${ticketId}, ${at})
    on conflict (email) do update set reason = excluded.reason, detail = excluded.detail,
      ticket_id = excluded.ticket_id, at = excluded.at`)
  tell(db, { changed: 'people', id: null })
}

export async function listSuppressions(
  db: Db,
  page: { q: string; limit: number; after: string | null },
): Promise<Suppression[]> {
  return db.rows<Suppression>(sql`select ${suppressed} from suppression
    where email > ${page.after ?? ''} and position(lower(${page.q}) in email) > 0 order by email limit ${page.limit}`)
}

/** Lets automatic mail go there again; false when it did already. */
export async function unsuppress(db: Db, email: string): Promise<boolean> {
  const found = await db.rows(sql`delete from suppression where email = ${email} returning email`)
  if (found.length > 0) tell(db, { changed: 'people', id: null })
  return found.length > 0
}
