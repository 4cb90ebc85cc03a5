// A line to another desk's database, whatever its make: what is asked on it, how it is reached, and what it says when it fails.
import { Fault } from '#kit/fault.ts'

export type Entry = Readonly<Record<string, unknown>>

/** One dialect is written for both: `$1` and `= any($1)` for values, double quotes around names, snake_case names for what is found. */
export type Line = {
  readonly make: 'postgres' | 'mysql'
  /** The rows of a query: moments as the database shows them, numbers as they are. */
  readonly rows: (query: string, values?: readonly unknown[]) => Promise<Entry[]>
  readonly close: () => Promise<void>
}

/** How the database is reached. */
export type Door = {
  /** The name that its certificate has to have. */
  readonly name: string
  /** An address, or the path of a socket. */
  readonly host: string
  readonly url: URL
  readonly user: string
  readonly password: string
  readonly database: string
  readonly tls: { readonly isVerified: boolean } | null
}

/** The zone that moments are shown in to a session, where an address says one; a plus that it came with is a space by now. */
export function sessionOf({ searchParams }: URL): string | null {
  return searchParams.get('session')?.replace(/^ (?=\d)/, '+') ?? null
}

/** How the clocks of a desk are read, as its address says it; nothing when it says nothing. */
export function clocksOf(url: URL): string {
  return [url.searchParams.get('zone'), sessionOf(url)].filter((each) => each !== null).join(', shown in ')
}

export const CONNECT_MS = 15_000
export const QUERY_MS = 120_000

/** What the database or the line to it said, as a fault; whether it may pass by itself. */
export function oldFault(cause: Error & { code?: string }, isPassing: boolean): Fault {
  return new Fault(`The database says: ${cause.message}`, {
    retryable: isPassing,
    cause,
    ...(cause.code === undefined ? {} : { code: cause.code }),
  })
}
