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

/** A backup is whole but for files that are nowhere. */
export class FilesLost extends Error {}

/** By what the mark of this desk is known: its secret, and those that it had before. */
export function secretsOf({ secret, storage }: Pick<Desk, 'secret' | 'storage'>): [string, ...string[]] {
  return [secret, ...storage.oldSecrets]
}

/** `isUnmarked` where the mark is not there and may not be left unasked. */
export type PlaceProblem = { readonly says: string; readonly isUnmarked: boolean }

/** What is wrong with a place in words for whoever typed it; null when nothing is, and it bears the desk's mark. */
export async function tryPlace(
  desk: Desk,
  typed: string,
  { mayMark }: { readonly mayMark: boolean },
): Promise<PlaceProblem | null> {
  const wrong = (says: string) => ({ says, isUnmarked: false })
  const refusal = await placeRefusal(typed, desk.storage)
  if (refusal !== null) return wrong(refusal)
  // Whoever asks does not want to wait for a minute.
  const place = openPlace(typed, desk.storage.s3, null)
  const mark = markOf(desk.secret)
  try {
    if (await isOfAnother(place, secretsOf(desk))) return wrong(OF_ANOTHER)
    if (!mayMark && (await wordsAt(place)) === null)
      return {
        says: `does not bear the mark (${MARK}) that was left there: its disk is not there, or it is another one.`,
        isUnmarked: true,
      }
    await writeMark(place, desk.secret)
    if ((await wordsAt(place)) !== mark)
      return wrong('gives something else than it took. Ask whoever runs it.')
    return null
  } catch (error) {
    return wrong(CURES[failureOf(error)] ?? `cannot be written to: ${reasonOf(error)}`)
  }
}

/** Of a place that cannot be had by a desk with these secrets. */
export const OF_ANOTHER = 'holds the backups of another desk. Give each desk a place of its own.'

/** Whether a place bears the mark, or holds the backups, of a desk with none of these secrets. */
export async function isOfAnother(place: Place, secrets: readonly string[]): Promise<boolean> {
  const there = (await wordsAt(place)) ?? (await deskThere(place))
  return there !== null && !secrets.some((secret) => there === markOf(secret))
}

/** Whether a schedule was set up there. */
export async function isMarked(place: Place): Promise<boolean> {
  return (await wordsAt(place)) !== null
}

const CURES: Partial<Record<BackupFailure, string>> = {
  denied: 'cannot be written to by the user that runs Docket. Give that user the folder.',
  full: 'is full. Free some space there.',
}

/** Fails when a place does not bear the mark of this desk; that of an earlier secret is written anew. */
export async function assertMarked(place: Place, secrets: readonly [string, ...string[]]): Promise<void> {
  const there = await wordsAt(place)
  if (!secrets.some((secret) => there === markOf(secret)))
    throw new PlaceGone(`${place.says} does not bear the mark (${MARK}) that was left there.`)
  if (there !== markOf(secrets[0])) await writeMark(place, secrets[0])
}

const writeMark = (place: Place, secret: string) =>
  place.write(MARK, Readable.from([Buffer.from(markOf(secret))]))

/** What kind of failure it was, for the words of what to do. */
export function failureOf(error: unknown): BackupFailure {
  if (error instanceof PlaceGone) return 'gone'
  if (error instanceof FilesLost) return 'lost'
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

/** Why backups may not lie in a place, whatever is there; null when they may. */
export async function placeRefusal(
  typed: string,
  { dataDir, blobs }: Pick<Storage, 'dataDir' | 'blobs'>,
): Promise<string | null> {
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
