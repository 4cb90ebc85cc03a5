// Database roles that read the views of the schema `bi`, each with the sight of an agent (migration 0153). Asked by the owner of the database:
// the desk itself works as a role that cannot make others.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { raw, sql } from '#store/sql.ts'

/** The role whose rights they have; made by a migration where it may. */
const GROUP = 'docket_bi'

export type BiReader = {
  readonly role: string
  /** Null once it was removed and its login could not be. */
  readonly agent: string | null
  readonly email: string | null
  readonly active: boolean
  /** Whether the database has such a login yet, or still. */
  readonly login: boolean
}

/** All readers with whom they see as, by name. */
export async function biReaders(db: Db): Promise<BiReader[]> {
  return db.rows(sql`select b.role_name as role, p.name as agent, p.email, a.person_id is not null and a.deactivated_at is null as active,
      exists (select from pg_roles r where r.rolname = b.role_name and r.rolcanlogin) as login
    from bi_reader b left join agent a on a.person_id = b.agent_id left join person p on p.id = a.person_id order by 1`)
}

/** What the database knows of a role: whether it is a reader's already, and whether it may do more than reading the views. */
export async function roleCalled(
  db: Db,
  name: string,
): Promise<{ readonly reads: boolean; readonly mayMore: boolean } | null> {
  return db.row(sql`select exists (select from pg_roles g where g.rolname = ${GROUP} and pg_has_role(r.oid, g.oid, 'member')) as reads,
      r.rolsuper or r.rolbypassrls or r.rolcreaterole or pg_has_role(r.oid, (select relowner from pg_class where oid = 'bi.ticket_v'::regclass), 'member')
        or exists (select from pg_roles g where g.rolname = 'docket_app' and pg_has_role(r.oid, g.oid, 'member')) or has_table_privilege(r.oid, 'public.ticket', 'select') as "mayMore"
    from pg_roles r where r.rolname = ${name}`)
}

/**
 * The statements that make a login which reads the views: for whoever may make roles. The password goes along as what the database keeps
 * of it (SCRAM-SHA-256, RFC 5802), so that no log of statements has it.
 */
export function loginStatements(name: string, password: string): string[] {
  const role = pg.escapeIdentifier(name)
  return [
    `do $$ begin if not exists (select from pg_roles where rolname = '${GROUP}') then create role ${GROUP} nologin; end if; end $$`,
    `create role ${role} login connection limit 5 password ${pg.escapeLiteral(verifierOf(password))} in role ${GROUP}`,
    `alter role ${role} set default_transaction_read_only = on`,
    `alter role ${role} set statement_timeout = '5min'`,
    `alter role ${role} set idle_in_transaction_session_timeout = '5min'`,
    `alter role ${role} set search_path = bi`,
  ]
}

/**
 * Grants what a login and its group need here, as the owner of the views. What is granted to the login itself also tells the server that
 * this database uses it: no other one can drop it.
 */
export async function grantReading(db: Db, name: string): Promise<void> {
  await runStatements(db, [
    `grant usage on schema bi to ${GROUP}, ${pg.escapeIdentifier(name)}`,
    `grant select on all tables in schema bi to ${GROUP}`,
    `alter default privileges in schema bi grant select on tables to ${GROUP}`,
  ])
}

/** Runs statements for which there are no parameters. */
export async function runStatements(db: Db, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await db.rows(raw(statement))
}

/** Has a role see what an agent sees, and nothing else from then on; `made` says that the role was made for it now. */
export async function putBiReader(
  db: Db,
  { name, agentId, made }: { readonly name: string; readonly agentId: number; readonly made: boolean },
  at: Instant,
): Promise<void> {
  await db.rows(sql`insert into bi_reader (role_name, agent_id, created_at, made_oid)
    values (${name}, ${agentId}, ${at}, (select oid::bigint from pg_roles where ${made} and rolname = ${name}))
    on conflict (role_name) do update set agent_id = excluded.agent_id, made_oid = coalesce(excluded.made_oid, bi_reader.made_oid)`)
}

/** A role sees nothing any more; false where it is no reader. It is one, without an agent, until it is forgotten. */
export async function blindBiReader(db: Db, name: string): Promise<boolean> {
  const blind = await db.rows(
    sql`update bi_reader set agent_id = null where role_name = ${name} returning role_name`,
  )
  return blind.length > 0
}

/** Forgets a reader whose login is no matter of this database any more. */
export async function forgetBiReader(db: Db, name: string): Promise<void> {
  await db.rows(sql`delete from bi_reader where role_name = ${name} and agent_id is null`)
}

/** Of a login: `removed` where it was made for its reader, `left` where it was there before, `kept` where the database refuses. */
export type LoginEnd = 'none' | 'removed' | 'left' | 'kept'

/** Ends the login of a blind reader and its connections here. One that another database of the server uses is kept. */
export async function endLogin(db: Db, name: string): Promise<LoginEnd> {
  const role = pg.escapeIdentifier(name)
  const known = await db.row<{ made: boolean; elsewhere: boolean }>(sql`
    select coalesce((select made_oid = r.oid::bigint from bi_reader where role_name = ${name}), false) as made,
      exists (select from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
        and d.dbid not in (0, (select oid from pg_database where datname = current_database()))) as elsewhere
    from pg_roles r where r.rolname = ${name}`)
  if (known === null) return 'none'
  try {
    await runStatements(db, [`revoke usage on schema bi from ${role}`])
    // Who may not end its connections may still drop it: they read nothing any more.
    await db
      .rows(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${name} and datname = current_database()`,
      )
      .catch(unlessRefused)
    if (known.elsewhere) return 'kept'
    await runStatements(db, [known.made ? `drop role ${role}` : `revoke ${GROUP} from ${role}`])
    return known.made ? 'removed' : 'left'
  } catch (error) {
    unlessRefused(error)
    return 'kept'
  }
}

/** Not one who may (42501), or something depends on it (2BP01). */
function unlessRefused(error: unknown): void {
  if (!['42501', '2BP01'].includes((error as { code?: string }).code ?? '')) throw error
}

const ITERATIONS = 4_096

function verifierOf(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const keyed = (words: string) => createHmac('sha256', salted).update(words).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}
