// One Docket per data folder: a lock file that names its process, and is taken over when that process is gone.
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type FolderLock = { readonly isLocked: () => boolean; readonly release: () => void }

/** Takes the folder for this process. Throws when a living process holds it. */
export function lockFolder(dataDir: string): FolderLock {
  const path = join(dataDir, 'docket.lock')
  const ours = `${process.pid} ${birthOf(process.pid) ?? ''} ${randomUUID()}`
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(path, `${ours}\n`, { flag: 'wx', mode: 0o600 })
      const isLocked = () => textOf(path) === ours
      return { isLocked, release: () => void (isLocked() && rmSync(path)) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = readHolder(path)
    if (holder !== null && isAlive(holder)) {
      throw new Error(
        `Another Docket (process ${holder.pid}) uses ${dataDir}. Stop it first, or give this one its own DOCKET_DATA.`,
      )
    }
    rmSync(path, { force: true })
  }
  throw new Error(`Cannot take the lock ${path}. Another Docket is starting on the same folder.`)
}

type Holder = { readonly pid: number; readonly birth: string }

function readHolder(path: string): Holder | null {
  const [pid = '', birth = ''] = textOf(path).split(' ')
  return Number(pid) > 0 ? { pid: Number(pid), birth } : null
}

/** What a file says; nothing when it is gone in between. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

function isAlive(holder: Holder): boolean {
  if (!processRuns(holder.pid)) return false
  const birth = birthOf(holder.pid)
  return birth === null || holder.birth === '' || birth === holder.birth
}

/** Whether a process with this id runs; a zombie that nobody has reaped yet does not. */
export function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return statOf(pid)?.[0] !== 'Z'
}

/** When the process began, in the kernel's ticks: tells a process from a later one with the same id. Null without /proc. */
function birthOf(pid: number): string | null {
  return statOf(pid)?.[19] ?? null
}

function statOf(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
