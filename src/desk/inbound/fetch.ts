// Mail fetched by IMAP: one reader per mailbox among all processes, each batch stored in the transaction that moves the cursor.
// Flags and moves come after the commit; whatever a person does to the folder meanwhile loses nothing.
import { setTimeout as pause } from 'node:timers/promises'
import { accountsToFetch, findAccount } from '#channels/account-store.ts'
import type { Account, ImapAccount } from '#channels/account.ts'
import { step } from '#kit/crash.ts'
import {
  advanceCursor,
  noteFetch,
  noteFetchFailure,
  noteHistory,
  readCursor,
  writeCursor,
  type Cursor,
} from '#channels/fetch-store.ts'
import { openFolder, type FetchedMail, type Folder, type MailGroup } from '#channels/imap.ts'
import { storeRawMail, type NewRawMail } from '#channels/raw-mail-store.ts'
import type { Desk } from '#desk/desk.ts'
import { largeApart } from '#desk/inbound/receive.ts'
import { forgetToken, signInFor } from '#desk/outbound/sign-in.ts'
import { plus, secondsBetween, type Instant } from '#kit/time.ts'
import { createLocks, type Locks } from '#store/lock.ts'
import { createTurns } from '#kit/turns.ts'

/** Whose sizes are asked for at once. */
const AT_ONCE = 500
/** Larger groups are in memory one at a time, of all mailboxes. */
const LARGE_BYTES = 8_000_000
const largeInTurn = createTurns()
/** In IDLE the folder is still looked at this often: some servers forget to tell. */
const LOOK_AGAIN_MS = 60_000
const LONGEST_WAIT_MS = 300_000
/** The mail server's clock and ours may differ by so much. */
const CLOCKS_APART_SECONDS = 60
const MONTH_SECONDS = 30 * 86_400

/** Reads one mailbox until told to stop; a failure is noted in the server's words and tried again, later each time. */
export async function fetchMailbox(desk: Desk, mailboxId: number, signal: AbortSignal): Promise<void> {
  for (let waitMs = 1_000; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      await fetchUntilBroken(desk, mailboxId, signal, () => (waitMs = 500))
      return
    } catch (error) {
      if (signal.aborted) return
      const words = error instanceof Error ? error.message : String(error)
      forgetToken(desk, mailboxId)
      desk.log.warn({ mailboxId, reason: words }, 'A mailbox could not be read')
      await noteFetchFailure(desk.database, mailboxId, desk.clock.now(), words).catch(() => {})
      await pause(waitMs, undefined, { signal }).catch(() => {})
    }
  }
}

async function fetchUntilBroken(
  desk: Desk,
  mailboxId: number,
  signal: AbortSignal,
  worked: () => void,
): Promise<void> {
  const account = await findAccount(desk.database, mailboxId)
  if (account?.imap == null) return
  const { imap } = account
  const signIn = await signInFor(desk, account, { ...imap, purpose: 'imap_password' })
  const folder = await openFolder(imap, signIn, desk.egress)
  const { close } = folder
  signal.addEventListener('abort', close)
  try {
    await beginFolder(desk, account, imap, folder)
    while (!signal.aborted) {
      await fetchNew(desk, account, imap, folder)
      worked()
      await folder.waitForMail(LOOK_AGAIN_MS)
    }
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}

/**
 * Sets the cursor of a folder that is new, or that the server numbered anew (UIDVALIDITY). What lies in one that was numbered anew is
 * judged as at the first look: what is in the house already is known by its content, and the rest by its date.
 */
async function beginFolder(desk: Desk, account: Account, imap: ImapAccount, folder: Folder): Promise<void> {
  const { database, clock } = desk
  const { mailboxId, importHistory, readsSince } = account
  const known = await readCursor(database, mailboxId, imap.folder)
  if (known?.uidValidity === folder.uidValidity) return
  // Whoever writes while the mailbox is turned on, or while its password is still wrong, waits for an answer.
  const begunAt = known === null ? plus(readsSince ?? clock.now(), -CLOCKS_APART_SECONDS) : known.begunAt
  const since = known === null ? firstWanted(importHistory, begunAt) : known.since
  const historyUid = folder.lastUid
  const first = since === null ? 1 : ((await folder.firstSince(since)) ?? Infinity)
  const lastUid = Math.min(first - 1, historyUid)
  await writeCursor(database, mailboxId, imap.folder, {
    uidValidity: folder.uidValidity,
    lastUid,
    historyUid,
    begunAt,
    since,
  })
  if (importHistory === 'none') return
  const history = (await folder.uidsAfter(lastUid)).filter((uid) => uid <= historyUid)
  await noteHistory(database, mailboxId, history.length)
}

/** From when on what lies in a folder is wanted; null: all of it is. */
function firstWanted(importHistory: Account['importHistory'], begunAt: Instant | null): Instant | null {
  if (importHistory === 'all' || begunAt === null) return null
  return plus(begunAt, importHistory === '30d' ? -MONTH_SECONDS : 0)
}

async function fetchNew(desk: Desk, account: Account, imap: ImapAccount, folder: Folder): Promise<void> {
  const { database, clock } = desk
  const cursor = await readCursor(database, account.mailboxId, imap.folder)
  if (cursor === null) return
  const uids = await folder.uidsAfter(cursor.lastUid)
  if (uids.length === 0) return noteFetch(database, account.mailboxId, clock.now(), null)
  const isWanted = ({ uid, arrivedAt }: Pick<FetchedMail, 'uid' | 'arrivedAt'>) =>
    uid > cursor.historyUid || cursor.since === null || arrivedAt === null || arrivedAt >= cursor.since
  for (let from = 0; from < uids.length; from += AT_ONCE) {
    for (const group of await folder.groupsOf(uids.slice(from, from + AT_ONCE), isWanted)) {
      const take = () => takeGroup(desk, account, imap, { cursor, folder, group })
      await (group.bytes > LARGE_BYTES ? largeInTurn(take) : take())
    }
  }
}

async function takeGroup(
  desk: Desk,
  account: Account,
  imap: ImapAccount,
  { cursor, folder, group }: { cursor: Cursor; folder: Folder; group: MailGroup },
): Promise<void> {
  const mails = await folder.fetch(group)
  step('fetch: mails are here')
  await storeGroup(desk, account, imap, cursor, { mails, uids: group.uids })
  step('fetch: mails are stored')
  // A folder that cannot be tidied is no reason to fetch again.
  await folder
    .tidy(mails.map(({ uid }) => uid))
    .catch((error: Error) =>
      desk.log.warn({ reason: error.message, mailboxId: account.mailboxId }, 'A folder was not tidied'),
    )
  step('fetch: folder is tidied')
}

async function storeGroup(
  desk: Desk,
  account: Account,
  imap: ImapAccount,
  cursor: Cursor,
  group: { mails: readonly FetchedMail[]; uids: readonly number[] },
): Promise<void> {
  const { mailboxId, address } = account
  const at = desk.clock.now()
  const layThere = (uid: number) => uid <= cursor.historyUid
  // A slow bucket must not hold a transaction.
  const kept: NewRawMail[] = []
  for (const mail of group.mails) {
    const history = layThere(mail.uid) ? historyOf(mail, cursor.begunAt) : null
    kept.push(
      await largeApart(desk.blobs, {
        bytes: mail.bytes,
        envelope: { from: null, to: [address], remoteAddress: null, oversize: mail.oversize },
        source: 'imap',
        mailboxId,
        at,
        receivedAt: history !== null && mail.arrivedAt !== null && mail.arrivedAt < at ? mail.arrivedAt : at,
        history,
      }),
    )
  }
  await desk.database.transaction(async (tx) => {
    for (const mail of kept) {
      await storeRawMail(tx, mail)
      step('fetch: a mail is written')
    }
    await advanceCursor(tx, mailboxId, imap.folder, {
      uidValidity: cursor.uidValidity,
      lastUid: group.uids.at(-1) ?? 0,
    })
    // How long what lay there has waited says nothing of how fast it is fetched.
    const arrivedAt = group.mails.findLast(({ uid }) => !layThere(uid))?.arrivedAt ?? null
    const lagSeconds = arrivedAt === null ? null : Math.max(0, Math.round(secondsBetween(arrivedAt, at)))
    await noteFetch(tx, mailboxId, at, { lagSeconds, historyDone: group.uids.filter(layThere).length })
    step('fetch: before the commit')
  })
}

/**
 * What a mail that lay there at the first look is. Somebody who wrote since the mailbox is turned on waits for an answer. It was read by
 * hand meanwhile, as while the password was still wrong? Then nobody has to tell them that it came; who was answered does not wait.
 */
function historyOf(
  { arrivedAt, seen, answered }: FetchedMail,
  begunAt: Instant | null,
): 'settled' | 'open' | null {
  if (answered) return 'settled'
  const isOfLate = begunAt !== null && arrivedAt !== null && arrivedAt >= begunAt
  if (isOfLate) return seen ? 'open' : null
  return seen ? 'settled' : 'open'
}

/** Keeps one reader for each mailbox that wants one and that no other process reads. */
export function startFetching(desk: Desk): { look: () => void; stop: () => Promise<void> } {
  const locks = createLocks(desk.database)
  const running = new Map<number, { changedAt: string; stop: () => Promise<void> }>()
  let stopped = false
  let again: NodeJS.Timeout | null = null
  let looking: Promise<void> = Promise.resolve()
  const lookOnce = async () => {
    if (stopped) return
    const wanted = new Map(
      (await accountsToFetch(desk.database)).map((account) => [account.mailboxId, account]),
    )
    for (const [id, { changedAt, stop }] of running) {
      if (wanted.get(id)?.changedAt === changedAt) continue
      running.delete(id)
      await stop()
    }
    for (const { mailboxId, changedAt } of wanted.values()) {
      if (running.has(mailboxId) || stopped) continue
      const reader = await startReader(desk, locks, mailboxId, () => running.delete(mailboxId))
      if (reader !== null) running.set(mailboxId, { changedAt, stop: reader.stop })
    }
  }
  const look = () => {
    if (again !== null) clearTimeout(again)
    looking = looking
      .then(lookOnce)
      .catch((error: unknown) => desk.log.error({ err: error }, 'Mailboxes could not be looked up'))
    again = setTimeout(look, TAKE_OVER_MS).unref()
  }
  look()
  return {
    look,
    stop: async () => {
      stopped = true
      if (again !== null) clearTimeout(again)
      await looking
      await Promise.all([...running.values()].map(({ stop }) => stop()))
      await locks.close()
    },
  }
}

/** A mailbox whose reader died is taken over after this long. */
const TAKE_OVER_MS = 5_000

/**
 * Reads a mailbox while this process holds its lock, which the database gives to one connection and takes back when that
 * connection ends, however it ends. Null when another process reads it.
 */
async function startReader(desk: Desk, locks: Locks, mailboxId: number, ended: () => void) {
  const lock = await locks.take('mailbox', mailboxId)
  if (lock === null) return null
  const abort = new AbortController()
  lock.lost.then(() => abort.abort()).catch(() => {})
  const done = fetchMailbox(desk, mailboxId, abort.signal)
    .catch((error: unknown) => desk.log.error({ err: error, mailboxId }, 'A mailbox reader failed'))
    .finally(async () => {
      ended()
      await lock.release()
    })
  return {
    stop: () => {
      abort.abort()
      return done
    },
  }
}
