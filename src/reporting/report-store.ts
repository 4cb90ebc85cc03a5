// Sums of a report, and the list behind each of its numbers.
import type { Instant } from '#kit/time.ts'
import { measures, type Measure } from '#reporting/measures.ts'
import { FEWEST, FEWEST_PEOPLE, type Asked, type Summary } from '#reporting/report.ts'
import { groupOf, type Scope } from '#reporting/scope-store.ts'
import { ACTIVE, activeBefore, counted, thingsOf, ticketsOf } from '#reporting/source-store.ts'
import type { Db } from '#store/database.ts'
import { empty, raw, sql, type Sql } from '#store/sql.ts'

/** Sums up what is asked: the whole, and each bucket and group in which something is. */
export async function summarise(
  db: Db,
  asked: Asked,
  begins: readonly Instant[],
  scope: Scope,
): Promise<Summary[]> {
  const { unit, source }: Measure = measures[asked.key]
  if (source.from === 'backlog') return backlogOf(db, asked, begins, scope)
  const bucket = source.from === 'ages' ? sql`0` : bucketOf(sql`at`, begins)
  const tellsOfOthers = isOfOthers(asked, scope)
  const placed = sql`select ${bucket} as bucket, grp, value ${tellsOfOthers ? sql`, people` : empty} from (${thingsOf(asked, scope)}) thing`
  if (unit !== 'seconds') return summed(db, placed)
  const few = raw(String(FEWEST))
  const ranks = sql`case when count(*) >= ${few} then percentile_disc(array[0.5, 0.9, 0.95]) within group (order by value) end`
  const values = sql`case when count(*) < ${few} then coalesce(array_agg(value order by value), '{}') end`
  const isOfFew = tellsOfOthers
    ? sql`(select count(distinct each) from unnest(string_to_array(string_agg(people, ' '), ' ')) each) < ${FEWEST_PEOPLE}`
    : sql`false`
  const rows = await db.rows<Summary & { whole: boolean }>(sql`
    select grouping(bucket) = 1 as whole, bucket, grp as "group", count(*)::int as n, coalesce(sum(value), 0)::float8 as sum,
      ${ranks} as percentiles, ${values} as values, ${isOfFew} as "isOfFew" from (${placed}) placed
    group by grouping sets ((), (bucket, grp))`)
  return rows.map(({ whole, ...row }) => ({ ...row, bucket: whole ? null : row.bucket }))
}

/** Whether it is how long people had tickets before them, of others than the reader: told of several of them together alone. */
function isOfOthers({ key }: Asked, { ownOf }: Scope): boolean {
  const { source }: Measure = measures[key]
  return source.from === 'touches' && ownOf === null
}

/** What has no percentiles adds up, so that the whole need not be asked for: several grouping sets are not counted in parallel. */
async function summed(db: Db, placed: Sql): Promise<Summary[]> {
  const cells =
    await db.rows<Summary>(sql`select bucket, grp as "group", count(*)::int as n, sum(value)::float8 as sum,
      null as percentiles, null as values
    from (${placed}) placed group by bucket, grp`)
  const whole = cells.reduce((all, { n, sum }) => ({ n: all.n + n, sum: all.sum + sum }), { n: 0, sum: 0 })
  return [{ ...whole, bucket: null, group: null, percentiles: null, values: null }, ...cells]
}

/** The values of durations at these ranks, from 0 to 1, in the order of the ranks. */
export async function medianAt(
  db: Db,
  asked: Asked,
  scope: Scope,
  ranks: readonly number[],
): Promise<number[]> {
  const row = await db.row<{ values: number[] }>(sql`
    select percentile_disc(${ranks}::float8[]) within group (order by value) as "values" from (${thingsOf(asked, scope)}) thing`)
  return (row?.values ?? []).map(Number)
}

/** The place of a moment among the buckets, from 0; -1 before the first. */
function bucketOf(at: Sql, begins: readonly Instant[]): Sql {
  return sql`(width_bucket(${at}, ${begins}::timestamptz[]) - 1)`
}

/**
 * How the backlog stood at the end of each bucket: what it was before the first, and what came and went until then. A stretch that
 * begins and ends in one bucket changes nothing: most do.
 */
async function backlogOf(db: Db, asked: Asked, begins: readonly Instant[], scope: Scope): Promise<Summary[]> {
  const ended = sql`case when s.to_at < ${asked.to} then ${bucketOf(sql`s.to_at`, begins)} else ${begins.length} end`
  const found = await db.rows<{ came: number; went: number; group: string | null; n: number }>(sql`
    select came, went, grp as "group", count(*)::int as n
    from (select ${bucketOf(sql`s.from_at`, begins)} as came, ${ended} as went, ${groupOf(asked.by, sql`s`)} as grp
      from report_span s ${ticketsOf(asked, scope, sql`s`)}
      where ${ACTIVE} and coalesce(s.to_at, 'infinity') >= ${asked.from} and s.from_at < ${asked.to} and ${counted(asked, scope, sql`s`)}) span
    where came <> went group by came, went, grp`)
  const summary = (bucket: number | null, group: string | null, n: number): Summary => {
    return { bucket, group, n, sum: n, percentiles: null, values: null }
  }
  const cells = [...Map.groupBy(found, ({ group }) => group)].flatMap(([group, own]) => {
    const steps = new Map<number, number>()
    const step = (bucket: number, n: number) => steps.set(bucket, (steps.get(bucket) ?? 0) + n)
    own.forEach(({ came, went, n }) => {
      step(came, n)
      step(went, -n)
    })
    let n = steps.get(-1) ?? 0
    return begins.map((_, bucket) => summary(bucket, group, (n += steps.get(bucket) ?? 0)))
  })
  const whole = cells.reduce((sum, { bucket, n }) => sum + (bucket === begins.length - 1 ? n : 0), 0)
  return [summary(null, null, whole), ...cells.filter(({ n }) => n > 0)]
}

/** A number of a report: of one bucket, of one group, of both, or the whole. */
export type Cell = {
  readonly window: { readonly from: Instant; readonly to: Instant }
  /** Null asks for those without one; undefined for all. */
  readonly group: string | null | undefined
}

export type Thing = {
  /** 0 of a mail that became no ticket. */
  readonly ticketId: number
  readonly subject: string
  readonly status: string
  readonly kind: string
  readonly nth: number
  readonly at: Instant
  /** Null of what is not told of one ticket. */
  readonly value: number | null
  readonly group: string | null
}

/** Where a page of a list ended. */
export type Place = Pick<Thing, 'at' | 'ticketId' | 'kind' | 'nth'>

/** What a number counts, one row each, the oldest first. */
export async function thingsBehind(
  db: Db,
  asked: Asked,
  cell: Cell,
  scope: Scope,
  page: { readonly limit: number; readonly after: Place | null },
): Promise<Thing[]> {
  const { after, limit } = page
  const beyond =
    after === null
      ? sql`true`
      : sql`(b.at, b.ticket_id, b.kind, b.nth) > (${after.at}::timestamptz, ${after.ticketId}, ${after.kind}, ${after.nth})`
  return db.rows<Thing>(sql`select b.ticket_id as "ticketId", coalesce(t.subject, '') as subject, coalesce(t.status, '') as status, b.kind, b.nth, b.at,
      ${isOfOthers(asked, scope) ? sql`null::float8` : sql`b.value::float8`} as value,
      b.grp as "group"
    from (${behind(asked, cell, scope)}) b left join ticket t on t.id = b.ticket_id
    where ${beyond} order by b.at, b.ticket_id, b.kind, b.nth limit ${limit}`)
}

function behind(asked: Asked, { window, group }: Cell, scope: Scope): Sql {
  const { source }: Measure = measures[asked.key]
  const isBacklog = source.from === 'backlog' || source.from === 'ages'
  const things = isBacklog
    ? activeBefore(window.to, asked, scope)
    : thingsOf({ ...asked, ...window }, scope, asked)
  return group === undefined
    ? things
    : sql`select * from (${things}) g where grp is not distinct from ${group}::text`
}
