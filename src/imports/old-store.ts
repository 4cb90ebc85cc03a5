// The database of another desk, PostgreSQL, MySQL or MariaDB, read and never written; and a name for what is missing in it.
import type { Egress } from '#channels/egress.ts'
import { isZone } from '#hours/zone.ts'
import { schemeOf } from '#imports/kinds.ts'
import type { Door, Line } from '#imports/old-line.ts'
import { openMysql } from '#imports/old-mysql-store.ts'
import { openPostgres } from '#imports/old-postgres-store.ts'
import { Fault } from '#kit/fault.ts'

export type { Entry } from '#imports/old-line.ts'

export type OldDatabase = Line & {
  /** Whether a table, or all of some columns of it, are there. */
  readonly has: (table: string, ...columns: readonly string[]) => boolean
}

/** Where another desk's database is, and where its files lie when they do not lie in it. */
export type Where = {
  readonly database: string
  readonly files: string | null
  /** Whoever sits at this machine may name a socket of it as `?host=/folder`; nobody else may. */
  readonly isLocal: boolean
}

/** What a reader of a make asks for, by table; what is not there is said before anything is read. */
export type Shape = Readonly<Record<string, readonly string[]>>

/** Connects to the database of an address; a parameter of it that means nothing here is refused. */
export async function openOldDatabase(
  egress: Pick<Egress, 'addressOf'>,
  { database: address, isLocal }: Pick<Where, 'database' | 'isLocal'>,
  { make, shape }: { make: string; shape: Shape },
): Promise<OldDatabase> {
  const url = new URL(address)
  const name = decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '')
  expectKnown(url, isLocal)
  const socket = url.searchParams.get('host')
  const line = await (schemeOf(address) === 'mysql' ? openMysql : openPostgres)({
    name,
    host: socket ?? (await egress.addressOf(name)).address,
    url,
    user: plain(url.username),
    password: plain(url.password),
    database: plain(url.pathname.slice(1)),
    tls: tlsOf(url.searchParams.get('sslmode') ?? url.searchParams.get('ssl-mode')),
  })
  try {
    const columns = await columnsOf(line)
    expectShape(columns, make, shape)
    return {
      ...line,
      has: (table, ...names) => {
        const there = columns.get(table.toLowerCase())
        return there !== undefined && names.every((each) => there.has(each.toLowerCase()))
      },
    }
  } catch (error) {
    await line.close()
    throw error
  }
}

/** The zone of a desk's wall clocks, which nothing in its database tells, as its address says it. */
export function zoneIn({ database }: Where): string {
  const zone = new URL(database).searchParams.get('zone')
  if (zone !== null && isZone(zone)) return zone
  throw new Fault(
    zone === null
      ? 'Say in which time zone this desk keeps its times: by --zone, or at the end of the address, such as ?zone=Europe/Berlin or ?zone=UTC'
      : `No time zone is called ${zone}: say one such as Europe/Berlin`,
    { retryable: false, code: 'ZONE' },
  )
}

/** What the names of a desk's tables begin with, as its address says it. */
export function prefixIn({ database }: Where, usual: string): string {
  const prefix = new URL(database).searchParams.get('prefix') ?? usual
  if (/^\w{0,30}$/.test(prefix)) return prefix
  throw new Fault(`No tables begin with ${prefix}`, { retryable: false, code: 'PREFIX' })
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new Fault('The address of the database is not written as it must be: write % as %25', {
      retryable: false,
      code: 'ADDRESS',
      cause,
    })
  }
}

/** What libpq and MySQL mean by their modes, but that nothing is tried twice: without a mode the line is in the clear. */
function tlsOf(mode: string | null): Door['tls'] {
  switch (mode?.toLowerCase().replace('_', '-')) {
    case undefined:
    case 'disable':
    case 'disabled':
    case 'allow':
    case 'prefer':
    case 'preferred':
      return null
    case 'require':
    case 'required':
      return { isVerified: false }
    case 'verify-ca':
    case 'verify-full':
    case 'verify-identity':
      return { isVerified: true }
    default:
      throw new Fault(`The address asks for sslmode=${mode}: say disable, require or verify-full`, {
        retryable: false,
        code: 'ADDRESS',
      })
  }
}

const PARAMETERS = ['sslmode', 'ssl-mode', 'zone', 'prefix', 'session', 'account']

/** What an address asks for and nobody does would be believed to be done. */
function expectKnown({ searchParams }: URL, isLocal: boolean): void {
  const known = (name: string, value: string) =>
    PARAMETERS.includes(name) || (name === 'host' && isLocal && value.startsWith('/'))
  const unknown = [...searchParams].find(([name, value]) => !known(name, value))
  if (unknown === undefined) return
  throw new Fault(
    unknown[0] === 'host'
      ? 'A socket can be named only by the command on this machine, as ?host=/path'
      : `The address says ${unknown[0]}, which means nothing here: leave it out`,
    { retryable: false, code: 'ADDRESS' },
  )
}

type Columns = ReadonlyMap<string, ReadonlySet<string>>

async function columnsOf({ make, rows }: Line): Promise<Columns> {
  const here = make === 'mysql' ? '= database()' : '= any(current_schemas(false))'
  const found = await rows(
    `select lower(table_name) as "table", lower(column_name) as "column" from information_schema.columns where table_schema ${here}`,
  )
  const byTable = Map.groupBy(found, (each) => String(each['table']))
  return new Map(
    [...byTable].map(([table, all]) => [table, new Set(all.map((each) => String(each['column'])))]),
  )
}

function expectShape(columns: Columns, make: string, shape: Shape): void {
  const missing = Object.entries(shape).flatMap(([table, names]) => {
    const there = columns.get(table.toLowerCase())
    return there === undefined
      ? [table]
      : names.filter((name) => !there.has(name.toLowerCase())).map((name) => `${table}.${name}`)
  })
  if (missing.length === 0) return
  throw new Fault(
    `This is no database of ${make} as it is known here: ${missing.slice(0, 10).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing, or this user may not read it`,
    { retryable: false, code: 'SHAPE' },
  )
}
