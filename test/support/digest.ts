// The state of a whole desk as one line a table: what must not have changed after a refusal.
import { raw, sql, join } from '#store/sql.ts'
import type { Db } from '#store/database.ts'

/** What moves by being looked at: when a token or a session was last seen, and what counts requests and refusals. */
const MOVES: ReadonlySet<string> = new Set(['sign_in_try', 'token_usage'])
const COLUMNS: Readonly<Record<string, string>> = { session: 'seen_at', api_token: 'used_at' }

/** Each table with a digest of its rows. */
export async function digestOf(db: Db): Promise<Record<string, string>> {
  const tables = await db.rows<{ name: string }>(sql`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`)
  const each = tables
    .filter(({ name }) => !MOVES.has(name))
    .map(({ name }) => {
      const row = COLUMNS[name] === undefined ? sql`to_jsonb(r)` : sql`to_jsonb(r) - ${COLUMNS[name]}::text`
      return sql`select ${name} as name, md5(coalesce(string_agg(md5((${row})::text), '' order by md5((${row})::text)), '')) as digest
        from ${raw(`"${name}"`)} r`
    })
  const rows = await db.rows<{ name: string; digest: string }>(join(each, ' union all '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}
