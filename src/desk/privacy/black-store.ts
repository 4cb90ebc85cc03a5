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
  const texts = text.map((name) => ({ name: raw(name), value: raw(name), cast: raw('') }))
  const jsons = json.map((name) => ({ name: raw(name), value: raw(`${name}::text`), cast: raw('::jsonb') }))
  const all = [...texts, ...jsons]
  const sets = all.map(({ name, value, cast }) => sql`${name} = (${black(value, patterns)})${cast}`)
  const found = all.map(({ value }) => finds(value, patterns))
  await db.rows(sql`update ${raw(table)} set ${join(sets)} where ${where} and (${join(found, ' or ')})`)
}
