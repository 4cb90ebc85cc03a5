// The addresses that the desk receives at and sends from.
import type { TeamId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Mailbox = {
  readonly id: number
  readonly address: string
  readonly name: string
  readonly brandId: number
  readonly teamId: TeamId | null
  readonly signature: string
  readonly isDefault: boolean
}

const columns = sql`id, address, name, brand_id as "brandId", team_id as "teamId", signature, is_default as "isDefault"`

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

/** Makes this address the default mailbox: the present default takes the address, or the first mailbox is made. */
export async function setDefaultMailbox(db: Db, address: string, name: string): Promise<void> {
  await db.rows(sql`update mailbox set is_default = false where is_default and address <> ${address}`)
  await db.rows(sql`insert into mailbox (address, name, brand_id, is_default)
    values (${address}, ${name}, (select min(id) from brand), true)
    on conflict (address) do update set is_default = true, archived_at = null`)
}
