// The audit log of everything that is not a ticket: who changed which setting, agent, team or token, from what to what.
import type { Instant } from '#kit/time.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Change = { readonly field: string; readonly from: unknown; readonly to: unknown }

/** Writes one entry; belongs in the transaction of the change itself. A null principal is the command line. */
export async function audit(
  db: Db,
  by: Principal | null,
  at: Instant,
  entry: {
    action: string
    thing: { type: string; id: number | null; name: string | null }
    changes?: readonly Change[]
  },
): Promise<void> {
  const type = by === null ? 'system' : by.token === null ? 'agent' : 'api'
  await db.rows(sql`insert into audit_entry (at, actor_type, actor_id, action, thing, thing_id, thing_name, changes)
    values (${at}, ${type}, ${by?.agentId ?? null}, ${entry.action}, ${entry.thing.type}, ${entry.thing.id},
      ${entry.thing.name}, ${JSON.stringify(entry.changes ?? [])})`)
}

export type AuditEntry = {
  readonly id: number
  readonly at: Instant
  readonly actor: {
    readonly type: 'agent' | 'api' | 'system'
    readonly id: number | null
    readonly name: string | null
  }
  readonly action: string
  readonly thing: { readonly type: string; readonly id: number | null; readonly name: string | null }
  readonly changes: readonly Change[]
}

/** Entries, newest first. */
export async function listAudit(
  db: Db,
  page: { limit: number; before: number | null; thing: string | null },
): Promise<AuditEntry[]> {
  const thing = page.thing === null ? sql`true` : sql`e.thing = ${page.thing}`
  return db.rows<AuditEntry>(sql`
    select e.id, e.at, e.action, e.changes,
      json_build_object('type', e.actor_type, 'id', e.actor_id, 'name', p.name) as actor,
      json_build_object('type', e.thing, 'id', e.thing_id, 'name', e.thing_name) as thing
    from audit_entry e left join person p on p.id = e.actor_id
    where e.id < ${page.before ?? Number.MAX_SAFE_INTEGER} and ${thing} order by e.id desc limit ${page.limit}`)
}

/** What differs between two plain objects, field by field, for an audit entry. */
export function changesBetween(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): readonly Change[] {
  return Object.keys(to)
    .filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field]))
    .map((field) => ({ field, from: from[field] ?? null, to: to[field] ?? null }))
}
