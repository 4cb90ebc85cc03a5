// SQL by template: `sql` binds every value as a parameter and nests fragments; nothing is ever pasted into a statement.
import { createHash } from 'node:crypto'
import type { Sql } from 'sql-template-tag'

export { default as sql, join, empty, type Sql } from 'sql-template-tag'

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
