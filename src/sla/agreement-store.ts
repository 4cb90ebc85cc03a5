// Calendars, who works by which, and policies: every version is kept, for the events that name it.
import { ALWAYS, type Calendar, type Used } from '#hours/calendar.ts'
import { calendarsOf, calendarSchema, type WrittenCalendar } from '#hours/read-calendar.ts'
import type { Instant } from '#kit/time.ts'
import { keyOf, type SlaBook } from '#sla/book.ts'
import type { PolicyDefinition } from '#sla/definition.ts'
import type { Directory } from '#rules/directory.ts'
import type { PolicyKind, PolicyVersion } from '#sla/policy.ts'
import type { Db } from '#store/database.ts'
import { assignments, sql } from '#store/sql.ts'

export type CalendarRow = {
  readonly id: number
  readonly name: string
  readonly archived: boolean
  readonly versions: readonly CalendarVersionRow[]
}

export type CalendarVersionRow = {
  readonly version: number
  readonly effectiveFrom: Instant | null
  /** As it was written: see hours/read-calendar. */
  readonly hours: unknown
  readonly note: string
  readonly at: Instant
  readonly agentName: string | null
}

export type PolicyRow = {
  readonly id: number
  readonly kind: PolicyKind
  readonly position: number
  readonly archived: boolean
  readonly version: number
  readonly title: string
  readonly definition: PolicyDefinition
  readonly note: string
  readonly at: Instant
  readonly agentName: string | null
}

/** Calendars with their versions, in order of name. */
export async function listCalendars(db: Db): Promise<CalendarRow[]> {
  return db.rows(sql`select c.id, c.name, c.archived_at is not null as archived, coalesce((select json_agg(json_build_object(
      'version', v.version, 'effectiveFrom', to_char(v.effective_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'hours', v.hours, 'note', v.note, 'at', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'agentName', p.name) order by v.version) from calendar_version v left join person p on p.id = v.agent_id
    where v.calendar_id = c.id), '[]') as versions from calendar c order by c.name, c.id`)
}

/** Adds a calendar without hours; null when the name is taken. */
export async function addCalendar(db: Db, name: string): Promise<number | null> {
  const row = await db.row<{ id: number }>(
    sql`insert into calendar (name) values (${name}) on conflict do nothing returning id`,
  )
  return row?.id ?? null
}

/** Renames or archives a calendar. */
export async function changeCalendar(
  db: Db,
  id: number,
  change: { name?: string | undefined; archivedAt?: Instant | null | undefined },
): Promise<void> {
  const sets = assignments({ name: change.name, archived_at: change.archivedAt })
  if (sets !== null) await db.rows(sql`update calendar set ${sets} where id = ${id}`)
}

type Published = { readonly at: Instant; readonly agentId: number | null; readonly note: string }

/** Publishes a version of a calendar and returns its number. */
export async function addCalendarVersion(
  db: Db,
  calendarId: number,
  version: Published & { effectiveFrom: Instant | null; hours: unknown },
): Promise<number> {
  const row = await db.row<{ version: number }>(sql`
    insert into calendar_version (calendar_id, version, effective_from, hours, note, at, agent_id)
    select ${calendarId}, coalesce(max(version), 0) + 1, ${version.effectiveFrom}::timestamptz,
      ${JSON.stringify(version.hours)}::jsonb, ${version.note}, ${version.at}::timestamptz, ${version.agentId}::bigint
    from calendar_version where calendar_id = ${calendarId} returning version`)
  return row?.version ?? 0
}

export type Owner = { readonly owner: 'team' | 'organization' | 'brand'; readonly ownerId: number }
export type CalendarUse = Owner & {
  readonly calendarId: number | null
  readonly effectiveFrom: Instant | null
}

/** Which calendar each owner uses, in order of time. */
export async function listCalendarUses(db: Db): Promise<CalendarUse[]> {
  return db.rows(sql`select owner, owner_id as "ownerId", calendar_id as "calendarId", effective_from as "effectiveFrom"
    from calendar_use order by owner, owner_id, effective_from nulls first, id`)
}

/** From a moment on, an owner works by a calendar; the first one counts since ever. */
export async function setCalendarUse(
  db: Db,
  use: Owner & { calendarId: number | null; at: Instant },
): Promise<void> {
  await db.rows(sql`insert into calendar_use (owner, owner_id, calendar_id, effective_from)
    select ${use.owner}, ${use.ownerId}, ${use.calendarId}::bigint, case when exists (select from calendar_use
      where owner = ${use.owner} and owner_id = ${use.ownerId}) then ${use.at}::timestamptz end`)
}

/** The names of everybody who can have a calendar, by `team:3`. */
export async function ownerNames(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ key: string; name: string }>(sql`
    select 'team:' || id as key, name from team union all select 'organization:' || id, name from organization
    union all select 'brand:' || id, name from brand`)
  return new Map(rows.map(({ key, name }) => [key, name]))
}

/** Titles of the policies whose newest version counts by a calendar. */
export async function policiesUsing(db: Db, calendarId: number): Promise<string[]> {
  return (await listPolicies(db))
    .filter(
      ({ archived, definition }) =>
        !archived && definition.targets.some((each) => each.calendar === String(calendarId)),
    )
    .map(({ title }) => title)
}

const policyColumns = sql`p.id, p.kind, p.position, p.archived_at is not null as archived, v.version, v.title, v.definition,
  v.note, v.at, a.name as "agentName"`
const policyTables = sql`sla_policy p join sla_policy_version v on v.policy_id = p.id left join person a on a.id = v.agent_id`

/** The newest version of each policy, in order of kind and position. */
export async function listPolicies(db: Db): Promise<PolicyRow[]> {
  return db.rows(sql`select distinct on (p.kind, p.position, p.id) ${policyColumns} from ${policyTables}
    order by p.kind, p.position, p.id, v.version desc`)
}

/** All versions of one policy, newest first. */
export async function policyVersions(db: Db, id: number): Promise<PolicyRow[]> {
  return db.rows(sql`select ${policyColumns} from ${policyTables} where p.id = ${id} order by v.version desc`)
}

/** Adds a policy behind the others of its kind, without a version yet. */
export async function addPolicy(db: Db, kind: PolicyKind): Promise<number> {
  const row = await db.row<{ id: number }>(sql`insert into sla_policy (kind, position)
    select ${kind}, coalesce(max(position), 0) + 1 from sla_policy where kind = ${kind} returning id`)
  if (row === null) throw new Error('Bug: no policy was added')
  return row.id
}

/** Publishes a version of a policy and returns its number. */
export async function addPolicyVersion(
  db: Db,
  policyId: number,
  version: Published & { title: string; definition: PolicyDefinition },
): Promise<number> {
  const row = await db.row<{ version: number }>(sql`
    insert into sla_policy_version (policy_id, version, title, definition, note, at, agent_id)
    select ${policyId}, coalesce(max(version), 0) + 1, ${version.title}, ${JSON.stringify(version.definition)}::jsonb,
      ${version.note}, ${version.at}::timestamptz, ${version.agentId}::bigint
    from sla_policy_version where policy_id = ${policyId} returning version`)
  return row?.version ?? 0
}

/** Moves a policy in the order, or archives it. */
export async function changePolicy(
  db: Db,
  id: number,
  change: { position?: number | undefined; archivedAt?: Instant | null | undefined },
): Promise<void> {
  const sets = assignments({ position: change.position, archived_at: change.archivedAt })
  if (sets !== null) await db.rows(sql`update sla_policy set ${sets} where id = ${id}`)
}

/** The book as it stands; the known one when nothing has changed. */
export async function readBook(db: Db, known: SlaBook, directory: Directory): Promise<SlaBook> {
  const row = await db.row<{ revision: string }>(sql`select concat_ws(' ',
      (select count(*) || ':' || coalesce(max(at)::text, '') from calendar_version),
      (select count(*) from calendar_use), (select coalesce(string_agg(id || name, ',' order by id), '') from calendar),
      (select count(*) || ':' || coalesce(max(at)::text, '') from sla_policy_version),
      (select coalesce(string_agg(id || ':' || position || (archived_at is null)::text, ',' order by id), '') from sla_policy)
    ) as revision`)
  const revision = row?.revision ?? ''
  if (revision === known.revision) return known.directory === directory ? known : { ...known, directory }
  const rows = await listCalendars(db)
  const calendars = calendarsOfRows(rows)
  const versions = await db.rows<PolicyRow>(sql`select ${policyColumns} from ${policyTables}
    order by p.kind, p.position, p.id, v.version`)
  const newest = new Map(versions.map((each) => [each.id, each]))
  return {
    directory,
    revision,
    live: [...newest.values()].filter(({ archived }) => !archived).map(versionOf),
    versions: new Map(versions.map((each) => [keyOf(each), versionOf(each)])),
    calendars,
    byName: new Map(
      rows.flatMap(({ id, name }) => {
        const calendar = calendars.get(String(id))
        return calendar === undefined ? [] : [[name, calendar] as const]
      }),
    ),
    used: usedOf(await listCalendarUses(db), calendars),
  }
}

/** When a version of a policy came, and when its policy went. */
export type PolicyTime = Pick<PolicyRow, 'id' | 'version' | 'position' | 'at'> & {
  readonly archivedAt: Instant | null
}

/** The times of all versions of all policies. */
export async function policyTimes(db: Db): Promise<PolicyTime[]> {
  return db.rows(sql`select p.id, v.version, p.position, v.at, p.archived_at as "archivedAt"
    from sla_policy p join sla_policy_version v on v.policy_id = p.id order by p.id, v.version`)
}

function versionOf({ id, version, kind, title, definition }: PolicyRow): PolicyVersion {
  const { filter, targets, options, onPolicyChange, customs = [] } = definition
  return { id, version, kind, title, filter, targets, options, onPolicyChange, customs }
}

/** Calendars by id as they are written down; what no longer reads is left out. */
export function calendarsOfRows(
  rows: readonly Pick<CalendarRow, 'id' | 'versions'>[],
): Map<string, Calendar> {
  const written: Record<string, WrittenCalendar> = {}
  for (const { id, versions } of rows) {
    const read = versions.map(({ hours, effectiveFrom }) =>
      calendarSchema.safeParse({ ...(hours as object), effectiveFrom }),
    )
    const last = read.at(-1)
    if (last?.success !== true) continue
    const all = read.flatMap((each) => (each.success ? [each.data] : []))
    written[String(id)] =
      'union' in last.data
        ? last.data
        : { versions: all.flatMap((each) => ('timeZone' in each ? [each] : [])) }
  }
  return calendarsOf(written, [])
}

function usedOf(
  uses: readonly CalendarUse[],
  calendars: ReadonlyMap<string, Calendar>,
): Map<string, Calendar> {
  const byOwner = Map.groupBy(uses, ({ owner, ownerId }) => `${owner}:${ownerId}`)
  const used = new Map<string, Calendar>()
  for (const [owner, own] of byOwner) {
    const sequence = own.map(({ calendarId, effectiveFrom }): Used => ({
      from: effectiveFrom === null ? null : Date.parse(effectiveFrom),
      calendar: calendarId === null ? ALWAYS : (calendars.get(String(calendarId)) ?? ALWAYS),
    }))
    if (own.at(-1)?.calendarId !== null || own.length > 1) used.set(owner, { id: `of ${owner}`, sequence })
  }
  return used
}
