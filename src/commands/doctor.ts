// `doctor`: checks of the installation, each finding with its cure. Exit 1 when something is broken.
import { statfs } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { readArguments, root, Stop, type Command } from '#commands/command.ts'
import { editionOf, lookForNewer } from '#commands/edition.ts'
import { withStore } from '#commands/with-database.ts'
import type { Config } from '#config.ts'
import { Fault } from '#kit/fault.ts'
import { backlog } from '#store/backlog.ts'
import { openBucket } from '#store/bucket.ts'
import { assertDurable, serverVersion } from '#store/database.ts'
import { broughtLibraries } from '#store/postgres-binaries.ts'
import { isMigrated } from '#store/migrate.ts'
import type { Store } from '#store/open.ts'
import { countAdministrators } from '#people/agent-store.ts'
import { instant } from '#kit/time.ts'
import { endingCertificates } from '#people/provider-store.ts'
import { backupHealth } from '#setup/backup-plan-store.ts'
import { defaultMailbox } from '#setup/mailbox-store.ts'
import { join } from 'node:path'

type Finding = {
  readonly check: string
  readonly level: 'ok' | 'warning' | 'broken'
  readonly says: string
  readonly cure: string | null
}

export const doctor: Command = {
  usage: 'doctor [--updates] [--json]',
  about:
    'Checks the installation and names a cure for each finding.\n--updates asks the place it was cloned from whether there is a newer one; nothing asks by itself.',
  run: async (args) => {
    const { values } = readArguments(doctor, args, {
      json: { type: 'boolean' },
      updates: { type: 'boolean' },
    })
    const findings = [
      ...(await withStore((store, config) => examine(store, config))),
      ...(values.updates === true ? [await updates()] : []),
    ]
    if (values.json === true) console.log(JSON.stringify(findings))
    else
      for (const { level, check, says, cure } of findings)
        console.log(`${level.padEnd(7)} ${check}: ${says}${cure === null ? '' : `\n        → ${cure}`}`)
    if (findings.some(({ level }) => level === 'broken'))
      throw new Stop(1, 'Something is broken; the cures stand above.')
  },
}

async function examine(store: Store, config: Config): Promise<Finding[]> {
  return [
    await durability(store),
    await versions(store, config),
    await schema(store),
    await administrator(store),
    await mailbox(store),
    await certificates(store),
    await relay(config),
    await files(config),
    await space(config),
    await backups(store),
    await queues(store),
    ...(await follower(store)),
  ]
}

const ok = (check: string, says: string): Finding => ({ check, level: 'ok', says, cure: null })
const warning = (check: string, says: string, cure: string): Finding => ({
  check,
  level: 'warning',
  says,
  cure,
})
const broken = (check: string, says: string, cure: string): Finding => ({
  check,
  level: 'broken',
  says,
  cure,
})

async function durability({ database }: Store): Promise<Finding> {
  try {
    await assertDurable(database)
    return ok('database', 'reachable and durable')
  } catch (error) {
    return broken(
      'database',
      (error as Error).message,
      'Turn fsync, full_page_writes and synchronous_commit on in postgresql.conf.',
    )
  }
}

/** A replica that does not keep up is no fault of what is kept: the first answers. */
async function follower({ replica }: Store): Promise<readonly Finding[]> {
  if (replica === null) return []
  const trouble = await replica.trouble()
  if (trouble === null) return [ok('replica', 'follows, and is read from')]
  const cure =
    'Look at its log and at pg_stat_replication of the first: until it follows, the first answers everything.'
  return [warning('replica', `is not read from: ${trouble}`, cure)]
}

async function versions({ database }: Store, { databaseUrl }: Config): Promise<Finding> {
  const { node, openssl, icu, tz } = process.versions
  const brought = databaseUrl === null ? broughtLibraries(root) : []
  const its = [...brought, 'its time zones are not used'].join(', ')
  return ok(
    'versions',
    `Docket ${await editionOf(root)}, Node ${node} (OpenSSL ${openssl}, ICU ${icu}, time zones ${tz}), PostgreSQL ${await serverVersion(database)} (${its})`,
  )
}

async function updates(): Promise<Finding> {
  switch (await lookForNewer(root)) {
    case 'same':
      return ok('updates', 'this is the newest')
    case 'newer':
      return warning('updates', 'there is a newer one', 'Take a backup, run git pull, and start it again.')
    case 'no_git':
      return warning(
        'updates',
        'this folder follows no branch of a place it was cloned from',
        'Look for a newer one where you got it.',
      )
    case 'no_answer':
      return warning('updates', 'the place it was cloned from does not answer', 'Try again later.')
  }
}

async function schema({ database }: Store): Promise<Finding> {
  const done = await isMigrated(database, join(root, 'migrations'))
  return done
    ? ok('schema', 'up to date')
    : broken('schema', 'older than this Docket', 'Run ./docket migrate.')
}

async function administrator({ database }: Store): Promise<Finding> {
  const count = await countAdministrators(database)
  if (count > 0) return ok('administrators', `${count}`)
  return warning(
    'administrators',
    'none yet',
    'Open the link that ./docket start prints, or run ./docket user add … --role admin.',
  )
}

async function mailbox({ database }: Store): Promise<Finding> {
  const found = await defaultMailbox(database)
  if (found === null)
    return warning('mailbox', 'none', 'Start Docket once, then set the address under Settings.')
  if (!found.address.endsWith('.localhost')) return ok('mailbox', found.address)
  return warning(
    'mailbox',
    `${found.address} receives no mail from outside`,
    'Set the address customers write to under Settings.',
  )
}

async function certificates({ database }: Store): Promise<Finding> {
  const ending = await endingCertificates(database, instant(new Date()))
  if (ending.length === 0) return ok('certificates', 'no provider of identity needs another soon')
  return warning(
    'certificates',
    ending.map(({ name, endsAt }) => `that of ${name} ends on ${endsAt.slice(0, 10)}`).join(', '),
    'Read the metadata of the provider anew under Administration → Company sign-in, once it names the next one.',
  )
}

async function relay({ smtpUrl }: Config): Promise<Finding> {
  if (smtpUrl === null) {
    return warning(
      'relay',
      'none: mail stays in the outbox',
      'Set DOCKET_SMTP_URL=smtp://user:password@host:port.',
    )
  }
  const { hostname, port, protocol } = new URL(smtpUrl)
  const reached = await connects(hostname, Number(port) || (protocol === 'smtps:' ? 465 : 25))
  return reached
    ? ok('relay', `${hostname} answers`)
    : broken('relay', `${hostname} does not answer`, 'Check host, port and firewall of DOCKET_SMTP_URL.')
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host, port, timeout: 5_000 })
    const end = (reached: boolean) => {
      socket.destroy()
      done(reached)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
}

const PROBE = 'probe-of-docket-doctor'

/** A bucket is written to, read and cleared, as files will need it. */
async function files({ blobs, s3, dataDir }: Config): Promise<Finding> {
  if (blobs === null) return ok('files', `in ${dataDir}; with processes on several machines set DOCKET_BLOBS`)
  // Whoever asks does not want to wait for a minute.
  const bucket = openBucket(blobs, s3, null)
  try {
    await bucket.put(PROBE, () => Buffer.from(PROBE))
    const found = await bucket.read(PROBE)
    await bucket.remove(PROBE)
    if (found?.bytes.toString() === PROBE) return ok('files', `${blobs} takes and gives files`)
    return broken('files', `${blobs} gives something else than it took`, 'Ask whoever runs the store.')
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return broken('files', error.message, 'Files can neither be stored nor read until then.')
  }
}

const LOW_BYTES = 1_000_000_000

async function space({ dataDir }: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir)
  const gigabytes = (bavail * bsize) / 1e9
  const says = `${gigabytes.toFixed(1)} GB free in ${dataDir}`
  return bavail * bsize > LOW_BYTES
    ? ok('disk', says)
    : warning('disk', says, 'Free some space: a full disk stops mail from being taken.')
}

async function backups({ database }: Store): Promise<Finding> {
  const at = instant(new Date())
  const { isOn, place, lastGoodAt, failedAt, isLate } = await backupHealth(database, at)
  const last = lastGoodAt === null ? 'none yet' : `the last good one is of ${lastGoodAt}`
  const page = 'Administration → Backups says why.'
  if (!isOn)
    return warning(
      'backups',
      `the desk makes none by itself (${last})`,
      'Turn them on under Administration → Backups, unless something else calls ./docket backup.',
    )
  if (isLate) return warning('backups', `no good one for a week (${last})`, page)
  if (failedAt !== null) return warning('backups', `the last one failed (${last})`, page)
  return ok('backups', `to ${place}; ${last}`)
}

async function queues({ database }: Store): Promise<Finding> {
  const late = (await backlog(database)).filter(({ count }) => count > 1_000)
  if (late.length === 0) return ok('queues', 'nothing piles up')
  const says = late.map(({ lane, count }) => `${lane}: ${count} waiting`).join(', ')
  return warning('queues', says, 'Look for failures in the log, or start more workers with ./docket work.')
}
