// Looks for words in every column of every table, whatever it is called and whatever it holds.
import pg from 'pg'

export type Hit = { readonly word: string; readonly place: string }

/** Where the words stand, regardless of case, as the owner of the database sees it. */
export async function scan(url: string, words: readonly string[]): Promise<Hit[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ table: string; column: string; type: string }>(
      `select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
         and data_type not in ('bigint', 'integer', 'smallint', 'boolean', 'timestamp with time zone', 'date', 'double precision', 'numeric', 'uuid')`,
    )
    const hits: Hit[] = []
    for (const { table, column, type } of rows) {
      const name = `"${column.replaceAll('"', '""')}"`
      const text = type === 'bytea' ? `encode(${name}, 'escape')` : `${name}::text`
      const found = await client.query<{ word: string }>(
        `select word from unnest($1::text[]) word where exists (
           select from "${table}" where strpos(lower(${text}), lower(word)) > 0)`,
        [words],
      )
      hits.push(...found.rows.map(({ word }) => ({ word, place: `${table}.${column}` })))
    }
    return hits
  } finally {
    await client.end()
  }
}
