// Mail in: stored before it is acknowledged, then read in groups, each in one transaction with all that comes of it. Nothing is
// ever dropped: what cannot be read is tried again, and at last held for a person.
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import {
  nextRawMailAt,
  postponeRawMail,
  finishRawMails,
  storeRawMail,
  storeRawMailTogether,
  takeRawMails,
  type Envelope,
  type NewRawMail,
  type RawMail,
  type StoredRawMail,
} from '#channels/raw-mail-store.ts'
import type { Rush } from '#channels/rush.ts'
import type { Desk } from '#desk/desk.ts'
import { holdMail, readMails } from '#desk/inbound/read-mails.ts'
import { step } from '#kit/crash.ts'
import { Fault } from '#kit/fault.ts'
import { letGo } from '#kit/let-go.ts'
import { plus } from '#kit/time.ts'
import { createTurns } from '#kit/turns.ts'
import { canonicalAddress } from '#mail/address.ts'
import type { Parser } from '#mail/parser.ts'
import { withoutTag } from '#mail/token.ts'
import type { Spooled } from '#store/blobs.ts'
import type { Db } from '#store/database.ts'
import type { Round } from '#store/lane.ts'

/** A larger mail goes to disk, and only one such is in memory at a time, when it comes and when it is read. */
export const SMALL_BYTES = 256_000
const largeInTurn = createTurns()

/** Stores a mail for good; when this returns, whoever sent it may forget it. The same mail again is stored once. */
export async function acceptMail(
  desk: Pick<Desk, 'setup' | 'clock' | 'blobs'>,
  db: Db,
  mail: { bytes: Uint8Array; envelope: Envelope; source: string },
): Promise<StoredRawMail> {
  const { mailboxes } = await desk.setup.now()
  const to = mail.envelope.to.flatMap((text) => canonicalAddress(text.toLowerCase()) ?? []).map(withoutTag)
  const mailbox = mailboxes.find(({ address }) => to.some((each) => each === address))
  const mailboxId = (mailbox ?? mailboxes.find(({ isDefault }) => isDefault))?.id ?? null
  const fresh = await largeApart(desk.blobs, { ...mail, mailboxId, at: desk.clock.now() })
  if ('inTransaction' in db || fresh.blobSha256 !== undefined) return storeRawMail(db, fresh)
  const stored = await storeRawMailTogether(db, fresh).catch(() => null)
  // One that cannot be stored must not take those down with it that came at the same moment.
  return stored ?? storeRawMail(db, fresh)
}

/** Puts the bytes of a large mail among the blobs, for good, before its row is written. */
export async function largeApart(blobs: Desk['blobs'], mail: NewRawMail): Promise<NewRawMail> {
  return mail.bytes.length > SMALL_BYTES ? { ...mail, blobSha256: await blobs.put(mail.bytes) } : mail
}

/** The same as `acceptMail` for a mail that came to disk by itself; `judge` throws where it cannot be taken. */
export function acceptLargeMail(
  desk: Desk,
  spooled: Spooled,
  mail: { envelope: Envelope; source: string },
  judge: (bytes: Buffer) => void,
): Promise<StoredRawMail> {
  return largeInTurn(async () => {
    const bytes = await readFile(spooled.path)
    try {
      judge(bytes)
      await spooled.keep()
      return await acceptMail(desk, desk.database, { ...mail, bytes })
    } finally {
      letGo(bytes)
    }
  })
}

/** After so many failures a mail is held for a person to look at, and the queue moves on. */
const MOST_TRIES = 5
/** A store that takes no files, or a database that is away, is no failure of the mail for so long. */
const PATIENT_SECONDS = 86_400
/** A transaction, a commit and some questions for so many mails instead of one each. */
const GROUP = 20

/**
 * Returns what reads the next stored mails. After a failure they are read one by one, so that only the guilty one waits. In a rush
 * it rests as long as it worked, and leaves the processor to those who take mail and to agents. Of several one alone reads what is
 * large: two such are not in memory at once, and small ones do not wait behind them.
 */
export function mailReader(
  desk: Desk,
  parser: Parser,
  rush: Rush,
  { isForLarge }: { readonly isForLarge: boolean },
): () => Promise<Round> {
  const readGroup = groupReader(desk, parser, isForLarge)
  return async () => {
    const startedAt = performance.now()
    const found = await readGroup()
    if (found === 'more' && rush.isOn()) await pause(Math.min(LONGEST_REST_MS, performance.now() - startedAt))
    return found
  }
}

const LONGEST_REST_MS = 500

function groupReader(desk: Desk, parser: Parser, withLarge: boolean): () => Promise<Round> {
  let oneByOne = 0
  return async () => {
    let taken: RawMail[] = []
    try {
      return await desk.database.transaction(async (tx) => {
        const limit = oneByOne > 0 ? 1 : GROUP
        taken = await takeRawMails(tx, desk.blobs, { at: desk.clock.now(), limit, withLarge })
        oneByOne = Math.max(0, oneByOne - 1)
        if (taken.length === 0) return nextRawMailAt(tx, withLarge)
        step('receive: a mail is taken')
        const finished = await readMails(desk, tx, parser, taken)
        step('receive: a mail is read')
        await finishRawMails(tx, finished)
        step('receive: before the commit')
        return 'more'
      })
    } catch (error) {
      const [only, ...others] = taken
      if (only === undefined) throw error
      if (others.length > 0) oneByOne = taken.length
      else await afterFailure(desk, only, error)
      return 'more'
    } finally {
      // A large one is alone.
      const [only, ...others] = taken
      if (only !== undefined && others.length === 0) letGo(only.bytes)
    }
  }
}

async function afterFailure(desk: Desk, raw: RawMail, error: unknown): Promise<void> {
  desk.log.error({ err: error, rawMailId: raw.id, attempts: raw.attempts + 1 }, 'A mail could not be read')
  const at = desk.clock.now()
  const isOfTheWorld = error instanceof Fault && error.retryable && at < plus(raw.receivedAt, PATIENT_SECONDS)
  await desk.database.transaction(async (tx) => {
    if (isOfTheWorld) return postponeRawMail(tx, raw, at, { counts: false })
    if (raw.attempts + 1 < MOST_TRIES) return postponeRawMail(tx, raw, at, { counts: true })
    const detail = `Reading it failed ${MOST_TRIES} times: ${(error as Error).message}`
    await holdMail(desk, tx, raw, null, { reason: 'unparseable', detail })
    const held = { held: 'unparseable' }
    await finishRawMails(tx, [{ id: raw.id, state: 'quarantined', outcome: held, auth: null }])
  })
}
