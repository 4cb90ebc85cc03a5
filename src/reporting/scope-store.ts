// For whom a report is, and of which tickets: what every reading of its rows is bound to.
import { never } from '#kit/never.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { GroupField } from '#reporting/vocabulary.ts'
import { compile, type Compiling } from '#rules/condition-store.ts'
import type { Cond } from '#rules/condition.ts'
import { raw, sql, type Sql } from '#store/sql.ts'
import { isOfStanding, standingCalled } from '#tickets/report-standing.ts'

/** For whom, and of which tickets. */
export type Scope = {
  readonly reader: Reader
  /** Only this person's own facts are counted; null for everybody's. */
  readonly ownOf: number | null
  readonly cond: Cond
  readonly how: Omit<Compiling, 'agentId'>
  readonly now: Instant
}

/** Tickets, as `t`, within sight and let through by the filter; those that are set aside too. */
export function within({ reader, cond, how }: Scope): Sql {
  return sql`${inSight(reader)} and ${compile(cond, { ...how, agentId: reader.agentId })}`
}

/** Whether the reader sees all tickets, and no filter takes any away. */
export function isWhole(scope: Scope): boolean {
  return scope.reader.sees === 'all' && isUnfiltered(scope)
}

/** Whether no filter takes any tickets away. */
export function isUnfiltered({ cond }: Scope): boolean {
  return 'all' in cond && cond.all.length === 0
}

/** What tells the groups of a report apart, of a row with the columns of a stretch or fact; tickets are `t`. */
export function groupOf(by: GroupField | null, row: Sql): Sql {
  if (by === null) return sql`null::text`
  if (isOfStanding(by)) return sql`${row}.${raw(standingCalled(by).column)}::text`
  switch (by) {
    case 'author':
      return sql`${row}.author_id::text`
    case 'status':
      return sql`${row}.status`
    case 'version':
      return sql`${row}.config_version::text`
    case 'channel':
      return sql`t.channel`
    case 'brand':
      return sql`t.brand_id::text`
    case 'policy':
    case 'metric':
    case 'age':
    case 'cause':
    case 'hour':
    case 'weekhour':
    case 'reason':
    case 'question':
      return sql`null::text`
    default:
      return never(by)
  }
}
