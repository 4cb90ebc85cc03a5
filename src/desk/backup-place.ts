// Whether a place is one for backups: tried by writing, marked as this desk's, and never where the desk keeps what is backed up.
import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, sep } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { isBucket } from '#config.ts'
import type { Desk, Storage } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import type { BackupFailure } from '#setup/backup-plan.ts'
import { BackupFault, fingerprintOf, readManifest } from '#store/backup/manifest.ts'
import { openPlace, type Place } from '#store/backup/place.ts'

const MARK = 'docket-backups.txt'

/** The place is not the one that was tried: its disk is not there, or this machine does not reach it. */
class PlaceGone extends Error {}

/** What is wrong with a place in words for whoever typed it; null when nothing is, and it bears the desk's mark. */
export async function tryPlace(desk: Desk, typed: string): Promise<string | null> {
  const refusal = await refusalOf(typed, desk.storage)
  if (refusal !== null) return refusal
  // Whoever asks does not want to wait for a minute.
  const place = openPlace(typed, desk.storage.s3, async () => {})
  const mark = markOf(desk.secret)
  try {
    const there = (await wordsAt(place)) ?? (await deskThere(place))
    if (there !== null && there !== mark)
      return 'holds the backups of another desk. Give each desk a place of its own.'
    await place.write(MARK, Readable.from([Buffer.from(mark)]))
    if ((await wordsAt(place)) !== mark) return 'gives something else than it took. Ask whoever runs it.'
    return null
  } catch (error) {
    return CURES[failureOf(error)] ?? `cannot be written to: ${reasonOf(error)}`
  }
}

const CURES: Partial<Record<BackupFailure, string>> = {
  denied: 'cannot be written to by the user that runs Docket. Give that user the folder.',
  full: 'is full. Free some space there.',
}

/** Fails when a place does not bear the mark of this desk. */
export async function assertMarked(place: Place, secret: string): Promise<void> {
  if ((await wordsAt(place)) !== markOf(secret))
    throw new PlaceGone(`${place.says} does not bear the mark (${MARK}) that was left there.`)
}

/** What kind of failure it was, for the words of what to do. */
export function failureOf(error: unknown): BackupFailure {
  if (error instanceof PlaceGone) return 'gone'
  if (error instanceof BackupFault) return 'damaged'
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code } = each as NodeJS.ErrnoException
    const known = code === undefined ? undefined : CODES[code]
    if (known !== undefined) return known
  }
  return error instanceof Fault && error.message.startsWith('s3://') ? 'store' : 'other'
}

const CODES: Readonly<Record<string, BackupFailure>> = {
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOSPC: 'full',
  EDQUOT: 'full',
  ENOENT: 'gone',
  ENOTDIR: 'gone',
  EIO: 'gone',
  ENODEV: 'gone',
  ESTALE: 'gone',
}

/** What was said, short enough to be kept. */
export const reasonOf = (error: unknown) => (error as Error).message.slice(0, 300)

async function refusalOf(typed: string, { dataDir, blobs }: Storage): Promise<string | null> {
  if (typed.startsWith('s3:')) {
    if (!isBucket(typed)) return 'is no bucket: write s3://bucket or s3://bucket/prefix.'
    if (blobs !== null && (within(typed, blobs, '/') || within(blobs, typed, '/')))
      return `lies where the files of the desk lie (${blobs}). Take another prefix or bucket.`
    return null
  }
  if (!isAbsolute(typed))
    return 'is no whole path: write one such as /mnt/backup/docket, or s3://bucket/prefix.'
  if (within(await real(typed), await real(dataDir), sep))
    return 'lies in the data folder (DOCKET_DATA) that is backed up, and would be lost with it. Take another disk.'
  return null
}

const within = (path: string, above: string, by: string) =>
  `${path.replace(/\/+$/, '')}${by}`.startsWith(`${above.replace(/\/+$/, '')}${by}`)

/** Without links, as far as it is there. */
async function real(path: string): Promise<string> {
  let there = path
  while (!existsSync(there)) there = dirname(there)
  return (await realpath(there)) + path.slice(there.length)
}

const markOf = (secret: string) => `Docket keeps backups of the desk ${fingerprintOf(secret)} here.\n`

async function wordsAt(place: Place): Promise<string | null> {
  const found = await place.read(MARK)
  return found === null ? null : text(found)
}

/** The mark that would stand beside backups which a command made. */
async function deskThere(place: Place): Promise<string | null> {
  const manifest = await readManifest(place).catch((error: unknown) => {
    if (error instanceof BackupFault) return null
    throw error
  })
  return manifest === null ? null : `Docket keeps backups of the desk ${manifest.secret} here.\n`
}
