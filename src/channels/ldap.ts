// A directory (LDAP, RFC 4511): who somebody is by the password that they typed, and who is there at all. Every connection goes by the
// egress guard, is encrypted unless it stays on this machine, and waits for nothing longer than ten seconds.
import { isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Client, Filter, InvalidCredentialsError, ResultCodeError, type Entry } from 'ldapts'
import { z } from 'zod'
import { GROUP_LETTERS, MANY_GROUPS, ProviderProblem, type ProviderClaims } from '#channels/claims.ts'
import type { Egress } from '#channels/egress.ts'
import type { Ldap } from '#people/ldap.ts'
import type { TrialSide, TrialStep } from '#people/trial.ts'

export type LdapClient = Ldap & {
  readonly password: string | null
  /** Addresses of these domains count as verified. */
  readonly domains: readonly string[]
}

const WAIT_MS = 10_000
/** More people than any desk has agents: an answer beyond that is a filter that asks for everybody. */
const MOST_PEOPLE = 20_000

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Why an address of a directory cannot be used, or null. */
export function wrongUrl({ url, startTls }: Pick<Ldap, 'url' | 'startTls'>): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !['ldap:', 'ldaps:'].includes(parsed.protocol) || parsed.hostname === '')
    return 'must be ldaps://HOST or ldap://HOST'
  if (parsed.protocol === 'ldaps:' && startTls) return 'is encrypted from the beginning: switch StartTLS off'
  if (parsed.protocol === 'ldap:' && !startTls && !LOOPBACK.has(parsed.hostname))
    return 'would send passwords unencrypted: use ldaps:// or switch StartTLS on'
  return null
}

/** Who typed this, as the directory says; null where nobody there is called so, or the password is not theirs. Throws a ProviderProblem. */
export async function whoTyped(
  egress: Egress,
  client: LdapClient,
  { login, password }: { login: string; password: string },
): Promise<ProviderClaims | null> {
  // A bind without a password is one as nobody (RFC 4513 §5.1.2), and good for everybody.
  if (login.trim() === '' || password === '') return null
  return connected(egress, client, async (directory) => {
    const entry = await findPerson(directory, client, login.trim())
    if (entry === null) return null
    if (!(await isTheirs(egress, client, entry.dn, password))) return null
    return claimsOf(client, entry, await groupsOf(directory, client, entry))
  })
}

/** Whether a password is that of somebody whom the directory has told of before. Throws a ProviderProblem. */
export async function isPasswordOf(
  egress: Egress,
  client: LdapClient,
  { subject, password }: { subject: string; password: string },
): Promise<boolean> {
  if (password === '') return false
  return connected(egress, client, async (directory) => {
    const isGuid = /^[0-9a-f]{32}$/.test(subject)
    const filter = isGuid
      ? `(objectGUID=${subject.replace(/../g, '\\$&')})`
      : `(entryUUID=${Filter.escape(subject)})`
    const [entry] = await search(directory, client, filter, 2)
    return entry !== undefined && isTheirs(egress, client, entry.dn, password)
  })
}

/** Goes the same way step by step: unknown people and wrong passwords are thrown, too, with the step that they ended. */
export async function tryOut(
  egress: Egress,
  client: LdapClient,
  typed: { login: string; password: string },
): Promise<ProviderClaims> {
  return connected(egress, client, async (directory) => {
    const entry = await findPerson(directory, client, typed.login.trim())
    if (entry === null)
      throw problem(
        'find',
        'desk',
        `Nobody under ${client.baseDn} is found by ${filterFor(client, typed.login)}`,
      )
    const right = typed.password !== '' && (await isTheirs(egress, client, entry.dn, typed.password))
    if (!right) throw problem('answer', 'person', `The directory does not take that password for ${entry.dn}`)
    return claimsOf(client, entry, await groupsOf(directory, client, entry))
  })
}

/** Of these subjects those who are in the directory, with their groups. Throws a ProviderProblem. */
export async function whoIsThere(
  egress: Egress,
  client: LdapClient,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ProviderClaims>> {
  return connected(egress, client, async (directory) => {
    const entries = await search(directory, client, client.filter.replaceAll('{login}', '*'), MOST_PEOPLE)
    const wanted = new Set(subjects)
    const found = new Map<string, ProviderClaims>()
    for (const entry of entries) {
      const subject = subjectOf(entry)
      if (subject !== null && wanted.has(subject))
        found.set(subject, claimsOf(client, entry, await groupsOf(directory, client, entry)))
    }
    return found
  })
}

async function connected<T>(
  egress: Egress,
  client: LdapClient,
  work: (directory: Client) => Promise<T>,
): Promise<T> {
  const { bindDn, password } = client
  if (bindDn !== '' && (password ?? '') === '')
    throw problem('connect', 'desk', `The password of ${bindDn} is missing here`)
  const directory = await open(egress, client)
  try {
    await directory.bind(bindDn, bindDn === '' ? '' : (password ?? '')).catch((error: unknown) => {
      if (!(error instanceof ResultCodeError)) throw unreached(client, error)
      const said = `The directory does not take the desk’s own name and password: ${words(error)}`
      throw problem('connect', 'desk', said, error)
    })
    return await work(directory)
  } catch (error) {
    if (error instanceof ProviderProblem) throw error
    throw problem('find', error instanceof ResultCodeError ? 'desk' : 'network', words(error), error)
  } finally {
    await directory.unbind().catch(() => {})
  }
}

/** Why there is no connection: one whose certificate nobody here vouches for is a matter of what is set up. */
function unreached({ url }: Ldap, error: unknown): ProviderProblem {
  const isTrust = /certificate|self.signed|altnames/i.test(words(error))
  return problem('connect', isTrust ? 'desk' : 'network', `${url}: ${words(error)}`, error)
}

async function open(egress: Egress, client: LdapClient): Promise<Client> {
  const { protocol, hostname, port } = new URL(client.url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const isSecure = protocol === 'ldaps:'
  try {
    const socket = await egress.connect(host, Number(port) || (isSecure ? 636 : 389), WAIT_MS)
    // Whoever waits hears of it from the client.
    socket.on('error', () => {})
    const tls = {
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(client.authority === null ? {} : { ca: client.authority }),
    }
    const directory = new Client({
      url: client.url,
      timeout: WAIT_MS,
      connectTimeout: WAIT_MS,
      // Some servers have names that are none by the letter.
      strictDN: false,
      createConnection: () => socket,
      createSecureConnection: (options: unknown) =>
        connectTls({ ...(typeof options === 'object' ? options : {}), ...tls, socket }),
    } as ConstructorParameters<typeof Client>[0])
    if (client.startTls) await directory.startTLS(tls)
    return directory
  } catch (error) {
    throw unreached(client, error)
  }
}

/** Whether the directory takes a password for an entry, asked on a connection of its own. */
async function isTheirs(egress: Egress, client: LdapClient, dn: string, password: string): Promise<boolean> {
  const directory = await open(egress, client)
  try {
    await directory.bind(dn, password)
    return true
  } catch (error) {
    if (error instanceof InvalidCredentialsError) return false
    throw problem('answer', 'provider', words(error), error)
  } finally {
    await directory.unbind().catch(() => {})
  }
}

const filterFor = ({ filter }: Ldap, login: string) =>
  filter.replaceAll('{login}', () => Filter.escape(login))

/** The one entry of whoever is called so; two are nobody. */
async function findPerson(directory: Client, client: LdapClient, login: string): Promise<Entry | null> {
  const [found, second] = await search(directory, client, filterFor(client, login), 2)
  if (second !== undefined)
    throw problem(
      'find',
      'desk',
      `Several people under ${client.baseDn} are found by ${filterFor(client, login)}`,
    )
  return found ?? null
}

const ATTRIBUTES = ['entryUUID', 'objectGUID', 'uid', 'mail', 'userPrincipalName', 'displayName', 'cn']

async function search(directory: Client, { baseDn }: Ldap, filter: string, most: number): Promise<Entry[]> {
  const { searchEntries } = await directory
    .search(baseDn, {
      scope: 'sub',
      filter,
      attributes: ATTRIBUTES,
      explicitBufferAttributes: ['objectGUID'],
      timeLimit: WAIT_MS / 1_000,
      ...(most > 2 ? { paged: { pageSize: 500 } } : { sizeLimit: most }),
    })
    .catch((error: unknown) => {
      // It has told of as many as were asked for, and says that there are more.
      if ((error as { code?: number }).code === 4)
        throw problem('find', 'desk', `Too many are found by ${filter}`, error)
      throw error
    })
  return searchEntries.slice(0, most)
}

/** The groups of an entry by their names: with Active Directory's rule those that lead to it over others, too. */
async function groupsOf(directory: Client, { baseDn, nestedGroups }: Ldap, entry: Entry): Promise<string[]> {
  const dn = Filter.escape(entry.dn)
  const uid = textsOf(entry, 'uid')[0]
  const filter = nestedGroups
    ? `(member:1.2.840.113556.1.4.1941:=${dn})`
    : `(|(member=${dn})(uniqueMember=${dn})${uid === undefined ? '' : `(memberUid=${Filter.escape(uid)})`})`
  const { searchEntries } = await directory.search(baseDn, {
    scope: 'sub',
    filter,
    attributes: ['cn'],
    timeLimit: WAIT_MS / 1_000,
    paged: { pageSize: 500 },
  })
  const names = searchEntries.flatMap((group) => textsOf(group, 'cn').slice(0, 1))
  return names.slice(0, MANY_GROUPS).map((name) => name.slice(0, GROUP_LETTERS))
}

/** What stays the same of somebody, whatever they are called: no name, and no place in the tree. */
function subjectOf(entry: Entry): string | null {
  const guid = [entry['objectGUID']].flat().find((each) => Buffer.isBuffer(each))
  if (guid !== undefined && guid.length > 0) return guid.toString('hex')
  return textsOf(entry, 'entryUUID')[0] ?? null
}

function claimsOf(client: LdapClient, entry: Entry, groups: readonly string[]): ProviderClaims {
  const subject = subjectOf(entry)
  if (subject === null)
    throw problem('claims', 'provider', `${entry.dn} has neither an entryUUID nor an objectGUID`)
  const told = [...textsOf(entry, 'mail'), ...textsOf(entry, 'userPrincipalName')].map((each) =>
    each.toLowerCase(),
  )
  const addresses = told.filter((each) => z.email().max(320).safeParse(each).success)
  const ours =
    addresses.find((each) => client.domains.includes(each.slice(each.lastIndexOf('@') + 1))) ?? null
  return {
    subject,
    email: ours,
    unverifiedEmail: ours === null ? (addresses[0] ?? null) : null,
    name: (textsOf(entry, 'displayName')[0] ?? textsOf(entry, 'cn')[0])?.slice(0, 200) ?? null,
    groups,
    hostedDomain: null,
    session: null,
    signedInSeconds: 0,
    claimNames: ATTRIBUTES.filter((name) => textsOf(entry, name).length > 0),
  }
}

const textsOf = (entry: Entry, name: string): string[] =>
  [entry[name] ?? []]
    .flat()
    .flatMap((value) => (Buffer.isBuffer(value) ? [value.toString('utf8')] : [String(value)]))
    .filter(Boolean)

const words = (error: unknown): string => (error as Error).message || String((error as Error).name)

const problem = (step: TrialStep, side: TrialSide, said: string, cause?: unknown) =>
  new ProviderProblem(step, side, said, cause)
