// Who may be one person with somebody: suggestions, found by index.
import type { PersonId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Duplicate = {
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly reason: 'mailbox' | 'phone' | 'name'
}

/** So few digits are an extension, which many share. */
const FEWEST_DIGITS = 6

/**
 * Customers who may be one with this one: the same mailbox with another tag, the same telephone, or the same name with the same
 * organisation or domain. The surest first.
 */
export async function likelyDuplicates(db: Db, id: number): Promise<Duplicate[]> {
  return db.rows<Duplicate>(sql`
    with me as (select name, organization_id, regexp_replace(phone, '\\D', '', 'g') as digits from person where id = ${id}),
      mine as (select address from person_address where person_id = ${id}),
      found as (
        select a.person_id as id, 1 as rank from mine
          join person_address a on regexp_replace(a.address, '\\+[^@]*@', '@') = regexp_replace(mine.address, '\\+[^@]*@', '@')
        union all
        select q.id, 2 from me join person q on q.phone is not null and regexp_replace(q.phone, '\\D', '', 'g') = me.digits
          where length(me.digits) >= ${FEWEST_DIGITS}
        union all
        select q.id, 3 from me join person q on q.name <> '' and lower(q.name) = lower(me.name)
          where q.organization_id = me.organization_id or exists (select from person_address a, mine
            where a.person_id = q.id and split_part(a.address, '@', 2) = split_part(mine.address, '@', 2)))
    select p.id, p.name, p.email, (array['mailbox', 'phone', 'name'])[min(f.rank)] as reason
    from found f join person p on p.id = f.id
    where p.id <> ${id} and not p.hidden and p.email is not null and not exists (select from agent g where g.person_id = p.id)
    group by p.id order by min(f.rank), p.id limit 5`)
}
