// `backup` and `restore`: all data of a desk, files included, into a folder or a bucket and back. A backup is made while the desk is served.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { configure, readArguments, root, Stop, type Command } from '#commands/command.ts'
import { verifyAll } from '#commands/verify.ts'
import { watched } from '#commands/watched.ts'
import { isBucket, type Config } from '#config.ts'
import { systemClock } from '#kit/clock.ts'
import { createLog } from '#kit/log.ts'
import { isMarked, isOfAnother, OF_ANOTHER, placeRefusal } from '#desk/backup-place.ts'
import { BACKUP_LOCK } from '#desk/backups.ts'
import { readPlan } from '#setup/backup-plan-store.ts'
import { backup } from '#store/backup/backup.ts'
import { BackupFault, fingerprintOf, type Manifest } from '#store/backup/manifest.ts'
import { openPlace, type Place } from '#store/backup/place.ts'
import { checkParts, restoreBlobs, restoreTables, type Restoring } from '#store/backup/restore.ts'
import { openSecret, sealSecret } from '#store/backup/secret.ts'
import type { Database } from '#store/database.ts'
import { createLocks } from '#store/lock.ts'
import { keepSecret, openAsOwner, openBlobs, secretIn } from '#store/open.ts'

const [EX_USAGE, EX_DATAERR, EX_UNAVAILABLE] = [64, 65, 69]
const quiet = createLog('error')

export const backupCommand: Command = {
  usage: 'backup DIR|s3://BUCKET/PREFIX [--keep N] [--with-secret] [--json]',
  about:
    'Writes all data into a folder or a bucket, files included, while the desk is served.\nBeside an earlier backup it writes only the files that are new, and keeps the last N of them: 1, but in the place of the schedule all, and with --keep no fewer than the schedule. With --with-secret the key goes along behind a passphrase, which is read from the standard input.',
  run: async (args) => {
    const { values, positionals } = readArguments(backupCommand, args, {
      'with-secret': { type: 'boolean' },
      keep: { type: 'string' },
      json: { type: 'boolean' },
    })
    const config = configure()
    const place = thePlace(positionals, config, backupCommand)
    const refusal = await placeRefusal(place.says, config)
    if (refusal !== null) throw new Stop(EX_USAGE, `${place.says} ${refusal}`)
    const asked = values.keep === undefined ? null : Number(values.keep)
    if (asked !== null && (!Number.isInteger(asked) || asked < 1))
      throw new Stop(EX_USAGE, '--keep is how many backups stay, 1 or more.')
    const secret = config.secret ?? secretIn(config.dataDir)
    if (secret === null) throw new Stop(EX_UNAVAILABLE, `There is no desk in ${config.dataDir} yet.`)
    const sealedSecret = values['with-secret'] === true ? sealSecret(secret, await passphrase()) : null
    const tell = watched(values.json !== true)
    const { database, close } = await opened(config, true)
    const locks = createLocks(database)
    try {
      const lock = await locks.take(BACKUP_LOCK, 0)
      if (lock === null)
        throw new Stop(EX_UNAVAILABLE, 'A backup is being made already. Try again when it is done.')
      if (await isOfAnother(place, [secret, ...config.oldSecrets]))
        throw new Stop(EX_USAGE, `${place.says} ${OF_ANOTHER}`)
      const lost = new AbortController()
      void lock.lost.then(() => lost.abort(new Stop(EX_UNAVAILABLE, LOCK_LOST)))
      const done = await backup(database, {
        place,
        keep: await keptIn(place, asked, database),
        blobs: openBlobs(config),
        secret,
        sealedSecret,
        at: systemClock.now(),
        signal: lost.signal,
        onProgress: (what, step, steps) => {
          lost.signal.throwIfAborted()
          tell(what, step, steps)
        },
      })
      tell('', 1, 1)
      const { manifest, copied, damaged, missing } = done
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
      const files = manifest.blobs.count
      if (values.json === true)
        console.log(JSON.stringify({ dir: place.says, rows, files, copied, damaged, missing }))
      else console.log(`${rows} rows and ${files} files (${copied} of them new) are in ${place.says}.`)
      const unkept = [
        ...damaged.map((name) => `${name} is damaged`),
        ...missing.map((name) => `${name} is missing`),
      ]
      if (unkept.length > 0)
        throw new Stop(
          1,
          `Of the files of this desk some cannot be kept:\n${unkept.join('\n')}${done.lost.length > 0 ? NOTHING_WENT : ''}`,
        )
    } finally {
      await locks.close()
      await close()
    }
  },
}

const LOCK_LOST =
  'The connection to the database was lost, and with it the right to write there. Earlier backups are whole. Try again.'
const NOTHING_WENT = '\nAll else is in the backup. No older one was removed, as they may be needed.'

/** How many backups stay: beside those of a schedule nothing goes unasked, and never so many that it has fewer than it says. */
async function keptIn(place: Place, asked: number | null, database: Database): Promise<number | null> {
  if (!(await isMarked(place))) return asked ?? 1
  return asked === null ? null : Math.max(asked, (await readPlan(database)).keep)
}

export const restoreCommand: Command = {
  usage: 'restore DIR|s3://BUCKET/PREFIX [--of DATE] [--check] [--with-secret] [--json]',
  about:
    'Reads a backup whole and checks each part, the newest or that of a day or moment; then fills an empty desk with it and verifies every ticket.\nWith --check it does so in a database of its own and leaves the desk alone. With --with-secret the key comes back, too, by its passphrase on the standard input.',
  run: async (args) => {
    const { values, positionals } = readArguments(restoreCommand, args, {
      check: { type: 'boolean' },
      of: { type: 'string' },
      'with-secret': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const config = configure()
    const place = thePlace(positionals, config, restoreCommand)
    const onProgress = watched(values.json !== true)
    const migrations = join(root, 'migrations')
    try {
      const manifest = await checkParts(place, values.of ?? null, migrations, onProgress)
      const restoring = { place, manifest, migrations, onProgress }
      const back = values['with-secret'] === true ? theSecret(manifest, await passphrase()) : null
      const note = values.check === true ? null : refuseOtherSecret(config, manifest, back)
      const verified =
        values.check === true ? await drilled(restoring) : await restored(config, restoring, back)
      onProgress('', 1, 1)
      const said = {
        dir: place.says,
        createdAt: manifest.createdAt,
        files: manifest.blobs.count,
        ...verified,
      }
      if (values.json === true) console.log(JSON.stringify(said))
      else {
        const done = values.check === true ? 'can be restored' : 'is restored'
        console.log(
          `The backup of ${manifest.createdAt} ${done}: ${verified.tickets} tickets replayed, ${verified.differences.length} differ.`,
        )
      }
      if (note !== null) console.error(note)
      if (verified.differences.length > 0)
        throw new Stop(1, 'Some tickets differ from their logs: ./docket verify names them.')
    } catch (error) {
      if (error instanceof BackupFault) throw new Stop(EX_DATAERR, error.message)
      throw error
    }
  },
}

function thePlace(positionals: readonly string[], { s3 }: Config, command: Command): Place {
  const [named, ...more] = positionals
  if (named === undefined || more.length > 0) throw new Stop(EX_USAGE, `Usage: ./docket ${command.usage}`)
  if (named.startsWith('s3:') && !isBucket(named))
    throw new Stop(EX_USAGE, `${named} is no bucket: write s3://bucket or s3://bucket/prefix.`)
  return openPlace(named, s3)
}

async function passphrase(): Promise<string> {
  const given = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (given.length < 12)
    throw new Stop(EX_USAGE, 'The passphrase needs at least 12 characters, on the standard input.')
  return given
}

async function opened(config: Config, beside: boolean) {
  return openAsOwner(config, root, quiet, { beside }).catch((error: Error) => {
    throw new Stop(EX_UNAVAILABLE, error.message)
  })
}

function theSecret({ sealedSecret }: Manifest, given: string): string {
  if (sealedSecret === null) throw new BackupFault('It holds no secret: it was made without --with-secret.')
  const secret = openSecret(sealedSecret, given)
  if (secret === null) throw new BackupFault('That is not its passphrase.')
  return secret
}

/** Another secret would leave every sealed password unreadable. None at all is told, as all else can be had. */
function refuseOtherSecret(
  { secret, oldSecrets, dataDir }: Config,
  manifest: Manifest,
  back: string | null,
): string | null {
  const here = secret ?? secretIn(dataDir)
  const cure =
    'Set DOCKET_SECRET to the secret of the desk that was backed up, or lay its file "secret" into the data folder. If it was changed since, name the earlier one in DOCKET_OLD_SECRETS.'
  // What an earlier secret sealed is opened by it still.
  const known = here === null ? [] : [here, ...oldSecrets]
  if (here !== null && !known.some((each) => fingerprintOf(each) === manifest.secret))
    throw new BackupFault(`The backup was made with another secret than the one here. ${cure}`)
  if (here !== null || back !== null) return null
  return `This desk has no secret yet. Without that of the backup, passwords of mailboxes and second factors cannot be read, and answers\nto mails sent before do not find their ticket by their address. ${cure} Do it before the first start.`
}

type Verified = Awaited<ReturnType<typeof verifyAll>>

async function restored(config: Config, restoring: Restoring, back: string | null): Promise<Verified> {
  const { database, close } = await opened(config, false)
  try {
    // Bytes before the rows that speak of them.
    await restoreBlobs(openBlobs(config), restoring)
    const verified = await filled(database, restoring)
    if (back !== null && config.secret === null && secretIn(config.dataDir) === null)
      keepSecret(config.dataDir, back)
    return verified
  } finally {
    await close()
  }
}

/** In a database that is made for it and goes again. */
async function drilled(restoring: Restoring): Promise<Verified> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docket-drill-'))
  const config = { ...configure(), dataDir, databaseUrl: null }
  const { database, close } = await opened(config, false)
  try {
    return await filled(database, restoring)
  } finally {
    await close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function filled(database: Database, restoring: Restoring): Promise<Verified> {
  await restoreTables(database, restoring)
  return verifyAll(database)
}
