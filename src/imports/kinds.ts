// The makes of desks that are read by their API or from their database. It imports nothing, so that the app takes it as it is.
export const apiKinds = ['zendesk', 'freshdesk', 'helpscout', 'intercom'] as const
export type ApiKind = (typeof apiKinds)[number]

type ApiMake = {
  readonly label: string
  /** Where it is, for makes that are at one place for everybody. */
  readonly url: string | null
  /** What is asked for beside the key: the address of whose it is, the application that it is the secret of, or the workspace that it opens. */
  readonly user: 'address' | 'application' | 'workspace' | null
}

export const apiMakes: Readonly<Record<ApiKind, ApiMake>> = {
  zendesk: { label: 'Zendesk', url: null, user: 'address' },
  freshdesk: { label: 'Freshdesk', url: null, user: null },
  helpscout: { label: 'Help Scout', url: 'https://api.helpscout.net', user: 'application' },
  intercom: { label: 'Intercom', url: 'https://api.intercom.io', user: 'workspace' },
}

/** Where a make is at one place for everybody, this says whose desk it is, and is asked for. */
export function namesDesk({ user }: ApiMake): boolean {
  return user === 'application' || user === 'workspace'
}

/** What the files of Zendesk's own export hold, in the order in which they are told. */
export const exportKinds = ['organizations', 'users', 'tickets'] as const

type Scheme = 'postgres' | 'mysql'
type Asks = 'zone' | 'prefix'

export const databaseKinds = ['zammad', 'chatwoot', 'freescout', 'osticket', 'rt'] as const
export type DatabaseKind = (typeof databaseKinds)[number]

type Make = {
  readonly label: string
  /** The databases it lies in, the usual one first. */
  readonly in: readonly Scheme[]
  /** What an address has to say beside: the zone of its wall clocks, how the names of its tables begin. */
  readonly asks: readonly Asks[]
  readonly prefix?: string
  /** Which folder of it holds its files, where its database does not. */
  readonly files?: string
}

export const databaseMakes: Readonly<Record<DatabaseKind, Make>> = {
  zammad: { label: 'Zammad', in: ['postgres'], asks: [], files: 'storage/fs' },
  chatwoot: { label: 'Chatwoot', in: ['postgres'], asks: [], files: 'storage' },
  freescout: {
    label: 'FreeScout',
    in: ['mysql', 'postgres'],
    asks: ['zone', 'prefix'],
    prefix: '',
    files: 'storage/app/attachment',
  },
  osticket: { label: 'osTicket', in: ['mysql'], asks: ['zone', 'prefix'], prefix: 'ost_' },
  rt: { label: 'Request Tracker', in: ['mysql', 'postgres'], asks: [] },
}

/** Whether a name is that of a make that is read from its database. */
export function isDatabaseKind(kind: string): kind is DatabaseKind {
  return Object.hasOwn(databaseMakes, kind)
}

/** The database that an address means; null for none. */
export function schemeOf(address: string): Scheme | null {
  if (/^postgres(?:ql)?:/.test(address)) return 'postgres'
  return /^(?:mysql|mariadb):/.test(address) ? 'mysql' : null
}

/** An address that says more of its desk at its end. */
export function addressWith(
  address: string,
  said: Readonly<Partial<Record<Asks, string | undefined>>>,
): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  for (const [name, value] of Object.entries(said)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

/** Whether the desk of a make can lie where an address leads. */
export function fitsMake(kind: DatabaseKind, address: string): boolean {
  const scheme = schemeOf(address)
  return scheme !== null && databaseMakes[kind].in.includes(scheme)
}
