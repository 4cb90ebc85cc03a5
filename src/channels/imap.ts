// One IMAP folder as a stream of raw mails in order of UID. It knows no cursor and no ticket: what was read, and what may be
// flagged or moved, is the caller's business.
import { isIP } from 'node:net'
import type { FetchMessageObject, ImapFlow, SearchObject } from 'imapflow'
import type { ImapAccount, SignIn } from '#channels/account.ts'
import type { Egress } from '#channels/egress.ts'
import { Fault } from '#kit/fault.ts'
import { instant, type Instant } from '#kit/time.ts'

export type FetchedMail = {
  readonly uid: number
  readonly bytes: Buffer
  /** When the server got it. */
  readonly arrivedAt: Instant | null
  readonly seen: boolean
  readonly answered: boolean
  /** Its size on the server, when it is too large to be fetched whole; `bytes` are its headers then. */
  readonly oversize: number | null
}

/** Mails to be fetched together, with their sizes on the server; those that are gone, or not wanted, have none. */
export type MailGroup = {
  readonly uids: readonly number[]
  readonly sizes: ReadonlyMap<number, number>
  readonly bytes: number
}

type IsWanted = (mail: Pick<FetchedMail, 'uid' | 'arrivedAt'>) => boolean

export type Folder = {
  readonly uidValidity: number
  /** The last mail that lay there when the folder was opened; 0 when there was none. */
  readonly lastUid: number
  /** The first mail that came at a moment or later, among older ones that were moved in since; null when there is none. */
  readonly firstSince: (at: Instant) => Promise<number | null>
  /** UIDs above `after`, in order, as the folder is now. */
  readonly uidsAfter: (after: number) => Promise<readonly number[]>
  /** Parts UIDs, in their order, into groups that memory bears; a mail that is large by itself stands alone. */
  readonly groupsOf: (uids: readonly number[], isWanted: IsWanted) => Promise<readonly MailGroup[]>
  /** The mails of a group that are wanted and still there. */
  readonly fetch: (group: MailGroup) => Promise<readonly FetchedMail[]>
  /** Marks as read, or moves away. The caller does not rely on it. */
  readonly tidy: (uids: readonly number[]) => Promise<void>
  /** Waits in IDLE (or polls, where there is none) until something came, at most so long. */
  readonly waitForMail: (mostMs: number) => Promise<void>
  readonly close: () => void
}

const DAY_MS = 86_400_000
const MOST_BYTES = 50 * 1024 * 1024
/** Servers refuse a line of some thousand characters (RFC 7162 §4). */
const DATES_AT_ONCE = 500
/** So many, and so large, are fetched at once. */
const GROUP = { mails: 25, bytes: 8_000_000 }

/** Connects, signs in and opens the folder. A Fault carries the server's own words. */
export async function openFolder(
  account: ImapAccount,
  signIn: SignIn,
  egress: Pick<Egress, 'addressOf'>,
): Promise<Folder> {
  const client = await connectImap(account, signIn, egress)
  try {
    const { uidValidity, uidNext } = await client.mailboxOpen(account.folder)
    // Some servers do not say which number comes next.
    const lastUid = uidNext > 0 ? uidNext - 1 : ((await uidsOf(client, { all: true })).at(-1) ?? 0)
    return folderOf(client, account, Number(uidValidity), lastUid)
  } catch (error) {
    client.close()
    throw imapFault(error)
  }
}

/** The names of the folders, for the wizard. */
export async function listFolders(account: ImapAccount, signIn: SignIn, egress: Egress): Promise<string[]> {
  const client = await connectImap(account, signIn, egress)
  try {
    return (await client.list()).map(({ path }) => path)
  } catch (error) {
    throw imapFault(error)
  } finally {
    client.close()
  }
}

async function connectImap(
  account: ImapAccount,
  signIn: SignIn,
  egress: Pick<Egress, 'addressOf'>,
): Promise<ImapFlow> {
  const { address } = await egress.addressOf(account.host)
  const { ImapFlow: Client } = await import('imapflow')
  const client = new Client({
    host: address,
    // A certificate names hosts; an address is no server name (RFC 6066 §3).
    ...(isIP(account.host) === 0 ? { servername: account.host } : {}),
    port: account.port,
    secure: account.security === 'tls',
    doSTARTTLS: account.security === 'starttls',
    auth:
      'password' in signIn
        ? { user: signIn.user, pass: signIn.password }
        : { user: signIn.user, accessToken: signIn.accessToken },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 120_000,
    maxLiteralSize: MOST_BYTES + 1_000_000,
  })
  // Every command reports its own failure; without a listener an error between two would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    throw imapFault(error)
  }
}

function folderOf(client: ImapFlow, account: ImapAccount, uidValidity: number, lastUid: number): Folder {
  const guarded = <Result>(work: Promise<Result>) =>
    work.catch((error: unknown) => {
      throw imapFault(error)
    })
  const alive = () => {
    if (!client.usable)
      throw new Fault('The server closed the connection', { retryable: true, code: 'CLOSED' })
  }
  return {
    uidValidity,
    lastUid,
    firstSince: (at) => {
      alive()
      return guarded(firstSince(client, at))
    },
    uidsAfter: async (after) => {
      alive()
      // `n:*` names at least the last mail, even below n (RFC 3501 §6.4.8).
      return (await guarded(uidsOf(client, { uid: `${after + 1}:*` }))).filter((uid) => uid > after)
    },
    groupsOf: (uids, isWanted) => guarded(groupsOf(client, uids, isWanted)),
    fetch: (group) => guarded(fetchMails(client, group)),
    tidy: async (uids) => {
      if (uids.length === 0 || account.afterFetch === 'keep') return
      if (account.afterFetch === 'seen')
        await guarded(client.messageFlagsAdd([...uids].join(','), ['\\Seen'], { uid: true }))
      else if (account.moveTo !== null)
        await guarded(client.messageMove([...uids].join(','), account.moveTo, { uid: true }))
    },
    waitForMail: (mostMs) => waitForMail(client, mostMs),
    // Without LOGOUT, which would stand in line behind a running IDLE; servers take the end of the connection for it.
    close: () => client.close(),
  }
}

/** What a search finds, in order. One that the server refuses has not found nothing. */
async function uidsOf(client: ImapFlow, query: SearchObject): Promise<number[]> {
  const found = await client.search(query, { uid: true })
  if (!Array.isArray(found))
    throw new Fault('The server refused a search of the folder', { retryable: true, code: 'SEARCH' })
  return found.toSorted((a, b) => a - b)
}

async function firstSince(client: ImapFlow, at: Instant): Promise<number | null> {
  // SINCE knows days only, of the server's own zone (RFC 3501 §6.4.4).
  const uids = await uidsOf(client, { since: new Date(Date.parse(at) - 2 * DAY_MS) })
  for (let from = 0; from < uids.length; from += DATES_AT_ONCE) {
    const names = uids.slice(from, from + DATES_AT_ONCE).join(',')
    const mails = await client.fetchAll(names, { uid: true, internalDate: true }, { uid: true })
    const newer = mails.filter(({ internalDate = 0 }) => new Date(internalDate) >= new Date(at))
    if (newer.length > 0) return Math.min(...newer.map(({ uid }) => uid))
  }
  return null
}

async function groupsOf(client: ImapFlow, uids: readonly number[], isWanted: IsWanted): Promise<MailGroup[]> {
  const query = { uid: true, size: true, internalDate: true } as const
  const found = await client.fetchAll([...uids].join(','), query, { uid: true })
  const wanted = found.filter((mail) => isWanted({ uid: mail.uid, arrivedAt: arrivalOf(mail) }))
  return groupsBySize(uids, new Map(wanted.map(({ uid, size = 0 }) => [uid, size])))
}

/** Parts UIDs in their order: 25 mails at most, or 8 MB together, or one mail. */
export function groupsBySize(uids: readonly number[], sizes: ReadonlyMap<number, number>): MailGroup[] {
  const groups: { uids: number[]; sizes: typeof sizes; bytes: number }[] = []
  for (const uid of uids) {
    const size = sizes.get(uid) ?? 0
    const last = groups.at(-1)
    const fits = last !== undefined && last.uids.length < GROUP.mails && last.bytes + size <= GROUP.bytes
    if (!fits) groups.push({ uids: [uid], sizes, bytes: size })
    else {
      last.uids.push(uid)
      last.bytes += size
    }
  }
  return groups
}

async function fetchMails(client: ImapFlow, { uids, sizes }: MailGroup): Promise<FetchedMail[]> {
  const large = new Set(uids.filter((uid) => (sizes.get(uid) ?? 0) > MOST_BYTES))
  const whole = uids.filter((uid) => !large.has(uid) && sizes.has(uid))
  const query = { uid: true, flags: true, internalDate: true } as const
  const mails: FetchedMail[] = []
  if (whole.length > 0) {
    for (const each of await client.fetchAll(whole.join(','), { ...query, source: true }, { uid: true }))
      mails.push(mailOf(each, each.source, null))
  }
  if (large.size > 0) {
    for (const each of await client.fetchAll(
      [...large].join(','),
      { ...query, size: true, headers: true },
      { uid: true },
    ))
      mails.push(mailOf(each, each.headers, each.size ?? MOST_BYTES))
  }
  return mails.toSorted((a, b) => a.uid - b.uid)
}

function mailOf(found: FetchMessageObject, bytes: Buffer | undefined, oversize: number | null): FetchedMail {
  if (bytes === undefined)
    throw new Fault(`The server did not send mail ${found.uid}`, { retryable: true, code: 'NO_SOURCE' })
  return {
    uid: found.uid,
    bytes,
    arrivedAt: arrivalOf(found),
    seen: found.flags?.has('\\Seen') ?? false,
    answered: found.flags?.has('\\Answered') ?? false,
    oversize,
  }
}

function arrivalOf({ internalDate }: FetchMessageObject): Instant | null {
  const date = internalDate === undefined ? null : new Date(internalDate)
  return date === null || Number.isNaN(date.getTime()) ? null : instant(date)
}

function waitForMail(client: ImapFlow, mostMs: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer)
      client.off('exists', end).off('close', end)
      done()
    }
    const timer = setTimeout(end, mostMs)
    client.on('exists', end).on('close', end)
    // IDLE ends when the next command is sent; its failure shows there.
    client.idle().catch(() => {})
  })
}

/** The server's words, as far as it said any. */
function imapFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const { message, code, responseText, response } = error as Error & {
    code?: string
    responseText?: string
    response?: unknown
  }
  const words = responseText ?? (typeof response === 'string' ? response : '')
  const text = [words, message].filter((each) => each !== '' && each !== undefined).join(' · ')
  return new Fault(text === '' ? 'The server ended the conversation' : text, {
    retryable: true,
    cause: error,
    ...(code === undefined ? {} : { code }),
  })
}
