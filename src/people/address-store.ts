// The addresses of people: a person has several, an address one person. `person.email` is the one that mail goes to.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** The addresses of the person `p` besides the one that mail goes to, as an array. */
export const otherAddresses = sql`array(select a.address from person_address a
  where a.person_id = p.id and a.address is distinct from p.email order by a.address)`

/** Every address of each of these people; by person. */
export async function addressesOf(
  db: Db,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.hot<{ id: PersonId; addresses: string[] }>(sql`
    select p.id, p.email || ${otherAddresses} as addresses from person p where p.id = any(${[...ids]}) and p.email is not null`)
  return new Map(rows.map(({ id, addresses }) => [id, addresses]))
}

/** Keeps the people as they are until the transaction ends, in the order of their ids. */
export async function lockPeople(tx: Transaction, ids: readonly number[]): Promise<void> {
  await tx.rows(sql`select from person where id = any(${[...ids]}) order by id for update`)
}

/** Gives a person one more address; false when somebody has it. */
export async function addAddress(tx: Transaction, personId: number, address: string): Promise<boolean> {
  const rows =
    await tx.rows(sql`insert into person_address (address, person_id) values (${address}, ${personId})
    on conflict do nothing returning address`)
  return rows.length > 0
}

/** Takes an address from a person; false when it is not theirs, or the one that mail goes to. */
export async function removeAddress(tx: Transaction, personId: number, address: string): Promise<boolean> {
  const rows = await tx.rows(sql`delete from person_address a using person p
    where a.address = ${address} and a.person_id = ${personId} and p.id = a.person_id
      and a.address is distinct from p.email returning a.address`)
  return rows.length > 0
}

/** Mail goes to this address of theirs from now on; false when it is not theirs. */
export async function makePrimary(tx: Transaction, personId: number, address: string): Promise<boolean> {
  const rows = await tx.rows(sql`update person p set email = a.address from person_address a
    where p.id = ${personId} and a.person_id = p.id and a.address = ${address} returning p.id`)
  return rows.length > 0
}

/** Whether any of these people asks for, or takes part in, a ticket that the reader does not see. */
export async function hasTicketsOutOfSight(db: Db, ids: readonly number[], reader: Reader): Promise<boolean> {
  if (reader.sees === 'all') return false
  const [row] = await db.rows<{ found: boolean }>(sql`select exists (
    select from ticket t where t.id in (${ticketsOf(ids)}) and (${inSight(reader)}) is not true) as found`)
  return row?.found === true
}

/** The ids of all tickets that these people ask for or take part in, those that are deleted or spam among them. */
function ticketsOf(ids: readonly number[]): Sql {
  const any = sql`participant_ids <> '[]'
    and participant_ids @> any (array(select to_jsonb(id) from unnest(${[...ids]}::bigint[]) id))`
  return sql`select id from ticket where requester_id = any(${[...ids]})
    union select id from ticket where ${any} and not hidden union select id from ticket where ${any} and hidden`
}

/** The ids of tickets that a person asks for or takes part in, one more than `most` at the most. */
export async function ticketIdsOf(db: Db, id: number, most: number): Promise<TicketId[]> {
  const rows = await db.rows<{ id: TicketId }>(
    sql`select id from (${ticketsOf([id])}) t order by id limit ${most + 1}`,
  )
  return rows.map((row) => row.id)
}
