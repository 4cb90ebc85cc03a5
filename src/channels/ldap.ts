// A directory (LDAP, RFC 4511): who somebody is by the password that they typed, and who is there at all. Every connection goes by the
// egress guard, is encrypted from its first byte unless it stays on this machine, and ends with the deadline of what it was opened for.
import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import {
  AndFilter,
  Client,
  EqualityFilter,
  Filter,
  FilterParser,
  InvalidCredentialsError,
  OrFilter,
  ResultCodeError,
  type Entry,
} from 'ldapts'
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

/** Whether a password may be shown to the directory for somebody whom it has found: it counts wrong ones, and locks its people out. */
export type MayTry = (found: ProviderClaims) => Promise<boolean>

/** From the first byte to the last, for whoever waits where they sign in. */
const WAIT_MS = 10_000
/** A comparison asks for everybody, and nobody waits for it. */
const COMPARE_MS = 600_000
/** People asked for at once. */
const BATCH = 50

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Why an address of a directory cannot be used, or null. */
export function wrongUrl(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !['ldap:', 'ldaps:'].includes(parsed.protocol) || parsed.hostname === '')
    return 'must be ldaps://HOST'
  if (parsed.protocol === 'ldap:' && !LOOPBACK.has(parsed.hostname))
    return 'would send passwords unencrypted: use ldaps://'
  return null
}

/** Why a filter cannot be used, or null. */
export function wrongFilter(filter: string): string | null {
  try {
    FilterParser.parseString(lettersIn(filter).replaceAll('{login}', 'x'))
    return null
  } catch (error) {
    return `is no filter: ${words(error)}`
  }
}

/**
 * A filter with its letters as themselves. Escaped, they are the bytes of their UTF-8 (RFC 4515 §3: `Lu\c4\8di\c4\87`); ldapts 9.2.0
 * takes each byte for a letter, and finds nobody. Bytes that are no letters stay.
 */
const lettersIn = (filter: string): string =>
  filter.replace(/(?:\\[89a-f][0-9a-f])+/gi, (bytes) => {
    const text = Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8')
    return text.includes('\ufffd') ? bytes : text
  })

/** Who typed this, as the directory says; null where nobody there is called so, or the password is not theirs. Throws a ProviderProblem. */
export async function whoTyped(
  egress: Egress,
  client: LdapClient,
  { login, password }: { login: string; password: string },
  mayTry: MayTry,
): Promise<ProviderClaims | null> {
  // A bind without a password is one as nobody (RFC 4513 §5.1.2), and good for everybody.
  if (login.trim() === '' || password === '') return null
  return connected(egress, client, async (directory, late) => {
    const entry = await findPerson(directory, client, login.trim())
    if (entry === null || !(await mayTry(claimsOf(client, entry, [])))) return null
    if (!(await isTheirs(egress, client, { dn: entry.dn, password }, late))) return null
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
  return connected(egress, client, async (directory, late) => {
    const [entry] = await search(directory, client, subjectFilter(subject), 2)
    return entry !== undefined && isTheirs(egress, client, { dn: entry.dn, password }, late)
  })
}

/** Goes the same way step by step: unknown people and wrong passwords are thrown, too, with the step that they ended. */
export async function tryOut(
  egress: Egress,
  client: LdapClient,
  typed: { login: string; password: string },
  mayTry: MayTry,
): Promise<ProviderClaims> {
  return connected(egress, client, async (directory, late) => {
    const entry = await findPerson(directory, client, typed.login.trim())
    if (entry === null)
      throw problem(
        'find',
        'desk',
        `Nobody under ${client.baseDn} is found by the filter with what was typed`,
      )
    if (typed.password !== '' && !(await mayTry(claimsOf(client, entry, []))))
      throw problem(
        'answer',
        'person',
        'Too many wrong passwords were shown to the directory. Wait half an hour',
      )
    const { dn } = entry
    const right =
      typed.password !== '' && (await isTheirs(egress, client, { dn, password: typed.password }, late))
    if (!right) throw problem('answer', 'person', 'The directory does not take that password')
    return claimsOf(client, entry, await groupsOf(directory, client, entry))
  })
}

/** Of these subjects those whom the filter finds in the directory, with their groups. Throws a ProviderProblem. */
export async function whoIsThere(
  egress: Egress,
  client: LdapClient,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ProviderClaims>> {
  const ask = async (directory: Client) => {
    const found = new Map<string, ProviderClaims>()
    const anybody = FilterParser.parseString(lettersIn(client.filter).replaceAll('{login}', '*'))
    // By name, few at a time: an answer with everybody in it could be cut off, and nobody would see.
    for (let from = 0; from < subjects.length; from += BATCH) {
      const these = new OrFilter({ filters: subjects.slice(from, from + BATCH).map(subjectFilter) })
      const filter = new AndFilter({ filters: [anybody, these] })
      for (const entry of await search(directory, client, filter, BATCH)) {
        const subject = subjectOf(entry)
        if (subject !== null)
          found.set(subject, claimsOf(client, entry, await groupsOf(directory, client, entry)))
      }
    }
    return found
  }
  return connected(egress, client, ask, COMPARE_MS)
}

/** The entry of a subject. What the library reads of text is text, and an objectGUID is none. */
const subjectFilter = (subject: string): Filter =>
  /^[0-9a-f]{32}$/.test(subject)
    ? new EqualityFilter({ attribute: 'objectGUID', value: Buffer.from(subject, 'hex') })
    : new EqualityFilter({ attribute: 'entryUUID', value: subject })

async function connected<T>(
  egress: Egress,
  client: LdapClient,
  work: (directory: Client, late: AbortSignal) => Promise<T>,
  mostMs = WAIT_MS,
): Promise<T> {
  const late = AbortSignal.timeout(mostMs)
  const tooLate = new Promise<never>((_, fail) => {
    const say = () =>
      fail(problem('connect', 'network', `${client.url}: no answer within ${mostMs / 1_000} seconds`))
    late.addEventListener('abort', say, { once: true })
  })
  tooLate.catch(() => {})
  return Promise.race([bound(egress, client, work, late), tooLate])
}

async function bound<T>(
  egress: Egress,
  client: LdapClient,
  work: (directory: Client, late: AbortSignal) => Promise<T>,
  late: AbortSignal,
): Promise<T> {
  const { bindDn, password } = client
  if (bindDn !== '' && (password ?? '') === '')
    throw problem('connect', 'desk', `The password of ${bindDn} is missing here`)
  const directory = await open(egress, client, late)
  try {
    await directory.bind(bindDn, bindDn === '' ? '' : (password ?? '')).catch((error: unknown) => {
      if (!(error instanceof ResultCodeError)) throw unreached(client, error)
      const said = `The directory does not take the desk’s own name and password: ${words(error)}`
      throw problem('connect', 'desk', said, error)
    })
    return await work(directory, late)
  } catch (error) {
    if (error instanceof ProviderProblem) throw error
    if (error instanceof ResultCodeError && error.code === REFERRAL) throw elsewhere(client, error)
    throw problem('find', error instanceof ResultCodeError ? 'desk' : 'network', words(error), error)
  } finally {
    part(directory)
  }
}

/** Active Directory's answer to a base of another domain (RFC 4511 §4.1.10). ldapts 9.2.0 knows no word for it, nor where it leads. */
const REFERRAL = 10

const elsewhere = ({ baseDn, url }: Ldap, error: unknown) =>
  problem(
    'find',
    'desk',
    `${baseDn} is not at ${url}: the directory refers to another one. Choose a base that it holds itself, or the address of the other`,
    error,
  )

/** Says farewell; nobody waits for it. */
const part = (directory: Client) => void directory.unbind().catch(() => {})

/** Why there is no connection: one whose certificate nobody here vouches for is a matter of what is set up. */
function unreached({ url }: Ldap, error: unknown): ProviderProblem {
  const isTrust = /certificate|self.signed|altnames/i.test(words(error))
  return problem('connect', isTrust ? 'desk' : 'network', `${url}: ${words(error)}`, error)
}

async function open(egress: Egress, client: LdapClient, late: AbortSignal): Promise<Client> {
  const wrong = wrongUrl(client.url)
  if (wrong !== null) throw problem('connect', 'desk', `${client.url} ${wrong}`)
  const { protocol, hostname, port } = new URL(client.url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const isSecure = protocol === 'ldaps:'
  const socket = await egress
    .connect(host, Number(port) || (isSecure ? 636 : 389), WAIT_MS)
    .catch((error: unknown) => {
      throw unreached(client, error)
    })
  // Whoever waits hears of it from the client.
  socket.on('error', () => {})
  const end = () => void socket.destroy()
  if (late.aborted) end()
  late.addEventListener('abort', end, { once: true })
  socket.once('close', () => late.removeEventListener('abort', end))
  try {
    const ready = isSecure ? await secured(socket, host, client.authority) : socket
    return new Client({
      url: client.url,
      timeout: WAIT_MS,
      connectTimeout: WAIT_MS,
      // Some servers have names that are none by the letter.
      strictDN: false,
      createConnection: () => ready,
      createSecureConnection: () => ready,
    } as never)
  } catch (error) {
    end()
    throw unreached(client, error)
  }
}

/** The same connection encrypted; nothing is said on it before its certificate is good. */
function secured(socket: Socket, host: string, authority: string | null): Promise<Socket> {
  return new Promise((done, fail) => {
    const tls = connectTls({
      socket,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(authority === null ? {} : { ca: authority }),
    })
    const cut = () => fail(new Error('the connection ended before it was encrypted'))
    socket.once('close', cut)
    tls.once('secureConnect', () => (socket.removeListener('close', cut), done(tls)))
    tls.on('error', fail)
  })
}

/** Whether the directory takes a password for an entry, asked on a connection of its own. */
async function isTheirs(
  egress: Egress,
  client: LdapClient,
  { dn, password }: { dn: string; password: string },
  late: AbortSignal,
): Promise<boolean> {
  const directory = await open(egress, client, late)
  try {
    await directory.bind(dn, password)
    return true
  } catch (error) {
    if (error instanceof InvalidCredentialsError) return false
    throw problem('answer', error instanceof ResultCodeError ? 'provider' : 'network', words(error), error)
  } finally {
    part(directory)
  }
}

const filterFor = ({ filter }: Ldap, login: string) =>
  lettersIn(filter).replaceAll('{login}', () => Filter.escape(login))

/** The one entry of whoever is called so; two are nobody. What was typed stands in no message: some type their password there. */
async function findPerson(directory: Client, client: LdapClient, login: string): Promise<Entry | null> {
  const [found, second] = await search(directory, client, filterFor(client, login), 2)
  if (second !== undefined)
    throw problem(
      'find',
      'desk',
      `Several people under ${client.baseDn} are found by the filter with what was typed`,
    )
  return found ?? null
}

const ATTRIBUTES = ['entryUUID', 'objectGUID', 'uid', 'mail', 'userPrincipalName', 'displayName', 'cn']

async function search(
  directory: Client,
  { baseDn }: Ldap,
  filter: string | Filter,
  most: number,
): Promise<Entry[]> {
  const { searchEntries } = await directory
    .search(baseDn, {
      scope: 'sub',
      filter,
      attributes: ATTRIBUTES,
      explicitBufferAttributes: ['objectGUID', 'objectguid', 'OBJECTGUID'],
      timeLimit: WAIT_MS / 1_000,
      ...(most > 2 ? { paged: { pageSize: 500 } } : { sizeLimit: most }),
    })
    .catch((error: unknown) => {
      // It has told of as many as were asked for, and says that there are more.
      if ((error as { code?: number }).code === 4)
        throw problem('find', 'desk', `Too many are found under ${baseDn} by the filter`, error)
      throw error
    })
  if (searchEntries.length > most)
    throw problem('find', 'desk', `Too many are found under ${baseDn} by the filter`)
  return searchEntries
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
export function subjectOf(entry: Entry): string | null {
  const guid = [valueOf(entry, 'objectGUID')].flat().find((each) => Buffer.isBuffer(each))
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

/** Names of attributes have no case (RFC 4512 §2.5); the library gives them as the server writes them. */
function valueOf(entry: Entry, name: string): Entry[string] | undefined {
  const key = Object.keys(entry).find((each) => each.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : entry[key]
}

const textsOf = (entry: Entry, name: string): string[] =>
  [valueOf(entry, name) ?? []]
    .flat()
    .flatMap((value) => (Buffer.isBuffer(value) ? [value.toString('utf8')] : [String(value)]))
    .filter(Boolean)

const words = (error: unknown): string => (error as Error).message || String((error as Error).name)

const problem = (step: TrialStep, side: TrialSide, said: string, cause?: unknown) =>
  new ProviderProblem(step, side, said, cause)
