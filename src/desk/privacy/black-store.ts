// Blackening: in columns of text and JSON whatever a pattern finds is replaced, in one statement for each table.
import { BLACKED } from '#desk/redact.ts'
import type { Patterns } from '#desk/privacy/patterns.ts'
import type { Db } from '#store/database.ts'
import { join, raw, sql, type Sql } from '#store/sql.ts'

/** A column of text, without what the patterns find. */
export function black(column: Sql, { whole, parts }: Patterns): Sql {
  const first = whole === null ? column : sql`regexp_replace(${column}, ${whole}, ${BLACKED}, 'gi')`
  return parts === null ? first : sql`regexp_replace(${first}, ${parts}, ${BLACKED}, 'g')`
}

/** True where the patterns find something in a column of text. */
export function finds(column: Sql, { whole, parts }: Patterns): Sql {
  const found = [
    ...(whole === null ? [] : [sql`${column} ~* ${whole}`]),
    ...(parts === null ? [] : [sql`${column} ~ ${parts}`]),
  ]
  return found.length === 0 ? sql`false` : sql`(${join(found, ' or ')})`
}

/** A column of JSON, of which only strings are read. */
const blackJson = (column: Sql, { whole, parts }: Patterns) =>
  sql`black_json(${column}, ${whole}::text, ${parts}::text, ${BLACKED})`

/** True where the patterns find something in a column of JSON; most rows are passed over without reading their strings one by one. */
const findsJson = (column: Sql, patterns: Patterns) =>
  sql`(${column}::text ~* ${patterns.loose} and ${column} is distinct from ${blackJson(column, patterns)})`

/** Which columns of a table say what people said; `json` holds it inside of values. Names stand in the code. */
export type Place = {
  readonly table: string
  readonly text?: readonly string[]
  readonly json?: readonly string[]
}

/** Blackens the rows of a place that `where` is true of. */
export async function blacken(
  db: Db,
  { table, text = [], json = [] }: Place,
  patterns: Patterns,
  where: Sql,
): Promise<void> {
  const [texts, jsons] = [text.map((name) => raw(name)), json.map((name) => raw(name))]
  const sets = [
    ...texts.map((name) => sql`${name} = ${black(name, patterns)}`),
    ...jsons.map((name) => sql`${name} = ${blackJson(name, patterns)}`),
  ]
  const found = [
    ...texts.map((name) => finds(name, patterns)),
    ...jsons.map((name) => findsJson(name, patterns)),
  ]
  await db.rows(sql`update ${raw(table)} set ${join(sets)} where (${where}) and (${join(found, ' or ')})`)
}
