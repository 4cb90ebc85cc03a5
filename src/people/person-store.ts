// Requesters and everyone else with an address.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { otherAddresses } from '#people/address-store.ts'
import type { Reader } from '#people/can.ts'
import type { Person } from '#people/people.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { assignments, isOneOf, join, sql } from '#store/sql.ts'
import { byKey, together } from '#store/together.ts'

const columns = sql`p.id, p.name, p.email, p.phone, p.language, p.time_zone as "timeZone", p.notes,
  p.created_at as "createdAt", ${otherAddresses} as "otherEmails",
  case when o.id is null then null else json_build_object('id', o.id, 'name', o.name) end as organization`
const source = sql`person p left join organization o on o.id = p.organization_id`

type Known = { readonly id: PersonId; readonly name: string; readonly email: string }

const knownPerson = together<string, Known>(async (db, emails) =>
  byKey(
    await db.hot<Known>(sql`select p.id, p.name, a.address as email from person_address a
      join person p on p.id = a.person_id where ${isOneOf(sql`a.address`, emails)}`),
    ({ email }) => email,
  ),
)

/** The person one of whose addresses this canonical one is in any case, created when new; a name is filled in where none was known. */
export async function identify(db: Db, email: string, name: string): Promise<PersonId> {
  return (await identifyByName(db, email, name)).id
}

/** The same with the name that the desk knows the person by. */
export async function identifyByName(db: Db, address: string, name: string): Promise<Known> {
  const email = address.toLowerCase()
  const known = await knownPerson(db, email)
  if (known !== null && (known.name !== '' || name === '')) return known
  if (known !== null) return { ...known, name: await firstName(db, known.id, name) }
  const person = await writtenPerson(db, { email, name })
  if (person === null) throw new Error('Bug: an upsert returned nothing')
  return person
}

/** Names whom the desk knew by address alone; the name that they have then. */
async function firstName(db: Db, id: PersonId, name: string): Promise<string> {
  const row = await db.row<{ name: string }>(sql`update person
    set name = case when name = '' then ${name} else name end where id = ${id} returning name`)
  return row?.name ?? name
}

const writtenPerson = together<Named, Known>(async (db, people) => {
  const written = byKey(await writePeople(db, named(people)), ({ email }) => email)
  return new Map(people.map((each) => [each, written.get(each.email) as Known]))
})

type Named = { readonly email: string; readonly name: string }

/** Each address once, with the first name that is given with it. */
function named(people: readonly Named[]): Named[] {
  const names = new Map<string, string>()
  for (const { email, name } of people) names.set(email, names.get(email) || name)
  return [...names].map(([email, name]) => ({ email, name }))
}

/** Each address may stand here once. In their order, so that two who write the same people do not wait crosswise. */
function writePeople(db: Db, people: readonly Named[]): Promise<Known[]> {
  return db.hot<Known>(sql`
    insert into person (email, name) select email, name
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as x(email text, name text) order by email
    on conflict (email) do update set name = case when person.name = '' then excluded.name else person.name end
    returning id, name, email`)
}

/** The people with these addresses, those who are new created, in one go; by address. */
export async function identifyAll(db: Db, people: readonly Named[]): Promise<ReadonlyMap<string, PersonId>> {
  if (people.length === 0) return new Map()
  const each = named(people)
  const known = await db.hot<Known>(sql`select p.id, p.name, a.address as email from person_address a
    join person p on p.id = a.person_id where a.address = any(${each.map(({ email }) => email)})`)
  const ids = new Map(known.map(({ email, id }) => [email, id]))
  for (const { id, name, email } of known) {
    const given = name === '' ? each.find((one) => one.email === email)?.name : ''
    if (given) await firstName(db, id, given)
  }
  const fresh = each.filter(({ email }) => !ids.has(email))
  if (fresh.length === 0) return ids
  for (const { email, id } of await writePeople(db, fresh)) ids.set(email, id)
  return ids
}

/** People by id, in no order. */
export async function peopleById(db: Db, ids: readonly number[]): Promise<Person[]> {
  if (ids.length === 0) return []
  // A transaction answers one question after the other: it is asked once.
  if ('inTransaction' in db) return personRows(db, ids)
  const found = await Promise.all(ids.map((id) => onePerson(db, id)))
  return found.filter((person) => person !== null)
}

function personRows(db: Db, ids: readonly number[]): Promise<Person[]> {
  return db.hot<Person>(sql`select ${columns} from ${source} where ${isOneOf(sql`p.id`, ids)}`)
}

const onePerson = together<number, Person>(async (db, ids) =>
  byKey(await personRows(db, ids), ({ id }) => id),
)

/** Whose these canonical addresses are, by address: a person with two of them is named twice. */
export async function peopleByEmail(
  db: Db,
  emails: readonly string[],
): Promise<{ id: PersonId; email: string }[]> {
  if (emails.length === 0) return []
  return db.hot(
    sql`select person_id as id, address as email from person_address where address = any(${emails})`,
  )
}

/** The languages a person is known to speak. */
export async function personLanguages(db: Db, email: string): Promise<string[]> {
  const row = await db.row<{ language: string | null }>(
    sql`select p.language from person_address a join person p on p.id = a.person_id where a.address = ${email}`,
  )
  return row?.language == null ? [] : [row.language]
}

/** Adds a person with a canonical address that nobody has; null when somebody has it. */
export async function addPerson(db: Db, email: string, at: Instant): Promise<PersonId | null> {
  const row = await db.row<{
    id: PersonId
  }>(sql`insert into person (email, name, created_at) select ${email}, '', ${at}::timestamptz
    where not exists (select from person_address where address = ${email}) on conflict do nothing returning id`)
  return row?.id ?? null
}

/** Organisations by part of name, in order of name. */
export function listOrganizations(
  db: Db,
  { q, limit, after }: { q: string; limit: number; after: { name: string; id: number } | null },
): Promise<{ id: number; name: string }[]> {
  const from = after === null ? sql`true` : sql`(name, id) > (${after.name}, ${after.id})`
  return db.rows(sql`select id, name from organization where name ilike ${`%${likeText(q)}%`} and ${from}
    order by name, id limit ${limit}`)
}

/** People by part of name or address, in order of name. */
export async function listPeople(
  db: Db,
  page: {
    q: string
    limit: number
    after: { name: string; id: number } | null
    /** Without those who work here. */
    isCustomers?: boolean
  },
): Promise<Person[]> {
  const where = [sql`not p.hidden`]
  if (page.isCustomers) where.push(sql`not exists (select from agent a where a.person_id = p.id)`)
  if (page.q !== '')
    where.push(sql`((p.name || ' ' || coalesce(p.email, '')) ilike ${`%${likeText(page.q)}%`}
      or p.id in (select person_id from person_address where address ilike ${`%${likeText(page.q)}%`})
      or o.name ilike ${`%${likeText(page.q)}%`})`)
  if (page.after !== null) where.push(sql`(p.name, p.id) > (${page.after.name}, ${page.after.id})`)
  return db.rows<Person>(sql`select ${columns} from ${source} where ${join(where, ' and ')}
    order by p.name, p.id limit ${page.limit}`)
}

/** Text with the wildcards of LIKE taken literally. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (wild) => `\\${wild}`)
}

/** How many tickets that the reader sees the person has asked for, hidden ones left out. */
export async function countTicketsOf(db: Db, id: PersonId, reader: Reader): Promise<number> {
  const row = await db.row<{ count: number }>(
    sql`select count(*) from ticket t where t.requester_id = ${id} and not t.hidden and ${inSight(reader)}`,
  )
  return row?.count ?? 0
}

export type PersonChange = {
  readonly name?: string | undefined
  readonly phone?: string | null | undefined
  readonly language?: string | null | undefined
  readonly timeZone?: string | null | undefined
  readonly notes?: string | null | undefined
  /** By name; made when it is new. */
  readonly organization?: string | null | undefined
}

/** Changes what is given and leaves the rest; false when there is no such person. */
export async function changePerson(db: Db, id: number, change: PersonChange): Promise<boolean> {
  const { name, phone, language, timeZone, notes, organization } = change
  const organization_id = organization === undefined ? undefined : await organizationNamed(db, organization)
  const sets =
    assignments({ name, phone, language, time_zone: timeZone, notes, organization_id }) ?? sql`name = name`
  return (await db.rows(sql`update person set ${sets} where id = ${id} returning id`)).length > 0
}

/** Notes the language of somebody who has none; false where one is known. */
export async function tellLanguage(db: Db, id: number, language: string): Promise<boolean> {
  const rows = await db.rows(
    sql`update person set language = ${language} where id = ${id} and language is null returning id`,
  )
  return rows.length > 0
}

/** The organisation of this name, whatever its case; null when there is none. */
export async function organizationIdByName(db: Db, name: string): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`select id from organization
    where lower(name) = lower(${name}) order by name = ${name} desc, id limit 1`)
  return row?.id ?? null
}

async function organizationNamed(db: Db, name: string | null): Promise<number | null> {
  if (name === null) return null
  const row = await db.row<{ id: number }>(sql`insert into organization (name) values (${name})
    on conflict (name) do update set name = excluded.name returning id`)
  return row?.id ?? null
}
