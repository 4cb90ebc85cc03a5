// Who is let in or kept out by name, who writes too fast, and to whom nothing automatic is sent.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { sql } from '#store/sql.ts'
import { together } from '#store/together.ts'

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
export const verdictOn = together<string, 'allow' | 'block'>(async (db, emails) => {
  const domainOf = (email: string) => email.slice(email.indexOf('@'))
  const patterns = [...new Set(emails.flatMap((email) => [email, domainOf(email)]))]
  const rules = await db.hot<{ pattern: string; verdict: 'allow' | 'block' }>(
    sql`select pattern, verdict from sender_rule where pattern = any(${patterns})`,
  )
  const verdicts = new Map(rules.map(({ pattern, verdict }) => [pattern, verdict]))
  return new Map(
    emails.flatMap((email) => {
      const verdict = verdicts.get(email) ?? verdicts.get(domainOf(email))
      return verdict === undefined ? [] : [[email, verdict] as const]
    }),
  )
})

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

/**
 * Takes a token of its sender's bucket for each mail, which holds `perHour` and fills as fast. Says of each, in order, whether there
 * was one; what was taken in vain is given back the next time.
 */
export async function takeTokens(
  db: Db,
  senders: readonly string[],
  at: Instant,
  perHour: number,
): Promise<boolean[]> {
  if (senders.length === 0) return []
  const wanted = Map.groupBy(senders, (sender) => sender)
  const rows = [...wanted].map(([sender, each]) => ({ sender, wanted: each.length }))
  const left = await db.hot<{ sender: string; tokens: number }>(sql`
    insert into sender_bucket as b (sender, tokens, at)
    select sender, ${perHour}::float - wanted, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(sender text, wanted integer) order by sender
    on conflict (sender) do update set at = greatest(b.at, excluded.at),
      tokens = least(${perHour}::float, b.tokens + greatest(0, ceil(-b.tokens))
        + greatest(0, extract(epoch from excluded.at - b.at)) * ${perHour}::float / 3600)
        + excluded.tokens - ${perHour}::float
    returning sender, tokens`)
  const after = new Map(left.map(({ sender, tokens }) => [sender, tokens]))
  const taken = new Map<string, number>()
  return senders.map((sender) => {
    const place = (taken.get(sender) ?? 0) + 1
    taken.set(sender, place)
    return (after.get(sender) ?? -1) + (wanted.get(sender)?.length ?? 0) - place >= 0
  })
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
