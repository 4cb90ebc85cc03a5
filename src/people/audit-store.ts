// The audit log of everything that is not a ticket: who changed which setting, agent, team or token, from what to what.
import type { Instant } from '#kit/time.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Change = { readonly field: string; readonly from: unknown; readonly to: unknown }

/** The request that brings a thing back to how it was before a change. */
export type Back = {
  readonly method: 'PATCH' | 'PUT' | 'POST'
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * Writes one entry; belongs in the transaction of the change itself. A null principal is the command line. A change that changed
 * nothing has no way back.
 */
export async function audit(
  db: Db,
  by: Principal | null,
  at: Instant,
  entry: {
    action: string
    thing: { type: string; id: number | null; name: string | null }
    changes?: readonly Change[]
    back?: Back | undefined
  },
): Promise<void> {
  const type = by === null ? 'system' : by.token === null ? 'agent' : 'api'
  const { changes = [] } = entry
  const back = entry.back === undefined || changes.length === 0 ? null : JSON.stringify(entry.back)
  await db.rows(sql`insert into audit_entry (at, actor_type, actor_id, action, thing, thing_id, thing_name, changes, back)
    values (${at}, ${type}, ${by?.agentId ?? null}, ${entry.action}, ${entry.thing.type}, ${entry.thing.id},
      ${entry.thing.name}, ${JSON.stringify(changes)}, ${back})`)
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
  readonly back: Back | null
}

/** Entries, newest first. */
export async function listAudit(
  db: Db,
  page: { limit: number; before: number | null; things: readonly string[] | null; thingId: number | null },
): Promise<AuditEntry[]> {
  const thing = page.things === null ? sql`true` : sql`e.thing = any(${page.things}::text[])`
  const one = page.thingId === null ? sql`true` : sql`e.thing_id = ${page.thingId}`
  return db.rows<AuditEntry>(sql`
    select e.id, e.at, e.action, e.changes, e.back,
      json_build_object('type', e.actor_type, 'id', e.actor_id, 'name', p.name) as actor,
      json_build_object('type', e.thing, 'id', e.thing_id, 'name', e.thing_name) as thing
    from audit_entry e left join person p on p.id = e.actor_id
    where e.id < ${page.before ?? Number.MAX_SAFE_INTEGER} and ${thing} and ${one} order by e.id desc limit ${page.limit}`)
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
