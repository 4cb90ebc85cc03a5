// Names for the ids that tickets and events carry.
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Names = {
  readonly teams: ReadonlyMap<number, string>
  readonly categories: ReadonlyMap<number, string>
}

/** Names of teams and paths of categories; nulls are passed over. */
export async function namesOf(
  db: Db,
  ids: { teams: readonly (number | null)[]; categories: readonly (number | null)[] },
): Promise<Names> {
  const teams = distinct(ids.teams)
  const categories = distinct(ids.categories)
  if (teams.length + categories.length === 0) return { teams: new Map(), categories: new Map() }
  const rows = await db.hot<{ kind: 'team' | 'category'; id: number; name: string }>(sql`
    select 'team' as kind, id, name from team where id = any(${teams})
    union all select 'category', id, path from category where id = any(${categories})`)
  const mapOf = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind).map(({ id, name }) => [id, name]))
  return { teams: mapOf('team'), categories: mapOf('category') }
}

function distinct(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))]
}

/** Names for the ids in event payloads, keyed as `person:3`, `team:2`, `category:5`, `queue:4`, `field:1`, `ticket:9`; none for tickets out of the reader's sight. */
export async function namesByKey(
  db: Db,
  keys: readonly string[],
  reader: Reader,
): Promise<Map<string, string>> {
  const idsOf = (kind: string) =>
    keys.filter((key) => key.startsWith(`${kind}:`)).map((key) => Number(key.slice(kind.length + 1)))
  const rows = await db.hot<{ key: string; name: string }>(sql`
    select 'person:' || id as key, coalesce(nullif(name, ''), email, '') as name from person where id = any(${idsOf('person')})
    union all select 'team:' || id, name from team where id = any(${idsOf('team')})
    union all select 'category:' || id, path from category where id = any(${idsOf('category')})
    union all select 'queue:' || id, title from queue where id = any(${idsOf('queue')})
    union all select 'field:' || id, label from field where id = any(${idsOf('field')})
    union all select 'ticket:' || t.id, t.subject from ticket t where t.id = any(${idsOf('ticket')}) and ${inSight(reader)}`)
  return new Map(rows.map(({ key, name }) => [key, name]))
}
