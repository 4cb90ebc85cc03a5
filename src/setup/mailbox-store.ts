// The addresses that the desk receives at and sends from.
import type { TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'

export type Mailbox = {
  readonly id: number
  readonly address: string
  readonly name: string
  readonly brandId: number
  readonly teamId: TeamId | null
  readonly signature: string
  readonly isDefault: boolean
  /** The name mail leaves under; '' is the desk's. */
  readonly fromName: string
  /** The language of its automatic mail; null is the desk's. */
  readonly language: string | null
  /** What becomes of new addresses in a requester's To and Cc. */
  readonly ccFromMail: 'add' | 'suggest' | 'ignore'
  readonly trustForwards: boolean
  /** It sends through a server of its own. */
  readonly hasSmtp: boolean
  readonly paused: boolean
}

const columns = sql`id, address, name, brand_id as "brandId", team_id as "teamId", signature, is_default as "isDefault",
  from_name as "fromName", language, cc_from_mail as "ccFromMail", trust_forwards as "trustForwards",
  smtp is not null as "hasSmtp", paused`

/** Every mailbox in use, the default one first. */
export async function listMailboxes(db: Db): Promise<Mailbox[]> {
  return db.hot<Mailbox>(
    sql`select ${columns} from mailbox where archived_at is null order by is_default desc, address`,
  )
}

/** The mailbox that mail leaves from when the ticket names none. */
export async function defaultMailbox(db: Db): Promise<Mailbox | null> {
  return (await listMailboxes(db)).find((mailbox) => mailbox.isDefault) ?? null
}

/**
 * Makes this address the default mailbox, from a moment on or since ever without one: the present default takes the address, or the
 * first mailbox is made.
 */
export async function setDefaultMailbox(
  db: Db,
  address: string,
  name: string,
  at: Instant | null,
): Promise<void> {
  await db.rows(sql`update mailbox set is_default = false where is_default and address <> ${address}`)
  await db.rows(sql`insert into mailbox (address, name, brand_id, is_default, used_since)
    values (${address}, ${name}, (select min(id) from brand), true, ${at})
    on conflict (address) do update set is_default = true, ${usedAgain(sql`excluded.used_since`)}`)
}

export type MailboxDetail = Mailbox & { readonly archived: boolean; readonly alertAfterMinutes: number }

const detailed = sql`${columns}, archived_at is not null as archived, alert_after_minutes as "alertAfterMinutes"`

/** Mailboxes by address, the archived ones too when asked for. */
export async function pageOfMailboxes(
  db: Db,
  page: { q: string; archived: boolean; limit: number; after: string | null },
): Promise<MailboxDetail[]> {
  const where = [sql`address > ${page.after ?? ''}`]
  if (!page.archived) where.push(sql`archived_at is null`)
  if (page.q !== '') where.push(sql`position(lower(${page.q}) in lower(address || ' ' || name)) > 0`)
  return db.rows<MailboxDetail>(sql`select ${detailed} from mailbox where ${join(where, ' and ')}
    order by address limit ${page.limit}`)
}

/** One mailbox, archived or not. */
export async function findMailbox(db: Db, id: number): Promise<MailboxDetail | null> {
  return db.row<MailboxDetail>(sql`select ${detailed} from mailbox where id = ${id}`)
}

/** Adds a mailbox; null when the address is taken. */
export async function addMailbox(
  db: Db,
  mailbox: { address: string; name: string; brandId: number | null },
  at: Instant,
): Promise<number | null> {
  const row = await db.row<{
    id: number
  }>(sql`insert into mailbox (address, name, brand_id, paused, changed_at, used_since)
    values (${mailbox.address}, ${mailbox.name}, coalesce(${mailbox.brandId}, (select min(id) from brand)), true, ${at}, ${at})
    on conflict (address) do nothing returning id`)
  return row?.id ?? null
}

export type MailboxChange = {
  readonly name?: string | undefined
  readonly fromName?: string | undefined
  readonly brandId?: number | undefined
  readonly teamId?: number | null | undefined
  readonly signature?: string | undefined
  readonly language?: string | null | undefined
  readonly ccFromMail?: Mailbox['ccFromMail'] | undefined
  readonly trustForwards?: boolean | undefined
  readonly paused?: boolean | undefined
  readonly archived?: boolean | undefined
}

/** Changes what is given and leaves the rest. */
export async function changeMailbox(db: Db, id: number, change: MailboxChange, at: Instant): Promise<void> {
  const sets = [sql`changed_at = ${at}`]
  if (change.name !== undefined) sets.push(sql`name = ${change.name}`)
  if (change.fromName !== undefined) sets.push(sql`from_name = ${change.fromName}`)
  if (change.brandId !== undefined) sets.push(sql`brand_id = ${change.brandId}`)
  if (change.teamId !== undefined) sets.push(sql`team_id = ${change.teamId}`)
  if (change.signature !== undefined) sets.push(sql`signature = ${change.signature}`)
  if (change.language !== undefined) sets.push(sql`language = ${change.language}`)
  if (change.ccFromMail !== undefined) sets.push(sql`cc_from_mail = ${change.ccFromMail}`)
  if (change.trustForwards !== undefined) sets.push(sql`trust_forwards = ${change.trustForwards}`)
  if (change.paused !== undefined) sets.push(sql`paused = ${change.paused}`)
  if (change.archived === false) sets.push(usedAgain(sql`${at}::timestamptz`))
  if (change.archived === true) {
    sets.push(sql`archived_at = ${at}`)
    await db.rows(sql`insert into mailbox_past (mailbox_id, used_since, used_until)
      select id, used_since, ${at} from mailbox where id = ${id} and archived_at is null`)
  }
  await db.rows(sql`update mailbox set ${join(sets)} where id = ${id}`)
}

/** Makes this mailbox the one that mail leaves from when the ticket names none. */
export async function makeDefault(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update mailbox set is_default = false where is_default and id <> ${id}`)
  const inUse = usedAgain(sql`${at}::timestamptz`)
  await db.rows(sql`update mailbox set is_default = true, ${inUse} where id = ${id}`)
}

/** It is in use again, or still: then since when it was. */
function usedAgain(at: Sql): Sql {
  return sql`used_since = case when mailbox.archived_at is null then mailbox.used_since else ${at} end, archived_at = null`
}

/** An address that was the desk's own in a time; since before it was kept without `from`, still without `to`. */
export type AddressTime = {
  readonly address: string
  readonly from: Instant | null
  readonly to: Instant | null
}

/** Which addresses were the desk's own when. */
export async function addressTimes(db: Db): Promise<AddressTime[]> {
  return db.rows<AddressTime>(sql`
    select address, used_since as "from", null::timestamptz as "to" from mailbox where archived_at is null
    union all select m.address, p.used_since, p.used_until from mailbox_past p join mailbox m on m.id = p.mailbox_id
    order by 1, 2 nulls first`)
}
