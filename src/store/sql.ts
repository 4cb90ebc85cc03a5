// SQL by template: `sql` binds every value as a parameter and nests fragments; nothing is ever pasted into a statement.
import { createHash } from 'node:crypto'
import sql, { join, raw, type Sql } from 'sql-template-tag'

export { default as sql, join, empty, raw, type Sql } from 'sql-template-tag'

const names = new Map<string, string>()

/** A statement that the connection prepares once and then runs without planning: for hot paths of a fixed shape. */
export function prepared(statement: Sql): { name: string; text: string; values: unknown[] } {
  const { text } = statement
  let name = names.get(text)
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url')
    names.set(text, name)
  }
  return { name, text, values: statement.values }
}

/**
 * Whether a column is one of some values. One value is compared as itself: of a list PostgreSQL's planner sees the length, takes the
 * plan made for it for the better one, and so plans even a prepared statement anew each time.
 */
export function isOneOf(column: Sql, values: readonly unknown[]): Sql {
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${[...values]})`
}

/** The assignments of an UPDATE for the values that are given; null when none is. Column names stand in the code. */
export function assignments(values: Readonly<Record<string, unknown>>): Sql | null {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return given.length === 0 ? null : join(given.map(([column, value]) => sql`${raw(column)} = ${value}`))
}
