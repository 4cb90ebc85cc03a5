// Which Docket this is, and whether there is a newer one where it came from. Asked only when somebody types it: a desk asks nobody by itself.
import { execFile } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const TIMEOUT_MS = 15_000
const SSH = 'core.sshCommand=ssh -oBatchMode=yes'

/** Version and commit, such as `0.1.0 (3f2a9c1d)`; without the commit where it was not fetched with git. */
export async function editionOf(folder: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const commit = (await isOwn(folder)) ? await git(folder, 'rev-parse', '--short=8', 'HEAD') : null
  return commit === null ? version : `${version} (${commit})`
}

export type Newer = 'same' | 'newer' | 'no_git' | 'no_answer'

/** Whether the branch that this one follows has gone on where it was fetched from. Nothing is fetched; the host hears a git client. */
export async function lookForNewer(folder: string): Promise<Newer> {
  if (!(await isOwn(folder))) return 'no_git'
  const upstream = await git(folder, 'rev-parse', '--abbrev-ref', '@{upstream}')
  const [remote, ...branch] = upstream?.split('/') ?? []
  if (remote === undefined || branch.length === 0) return 'no_git'
  const told = await git(folder, 'ls-remote', '--exit-code', remote, `refs/heads/${branch.join('/')}`)
  const there = told?.split(/\s/)[0]
  if (there === undefined) return 'no_answer'
  // What is there and not here is newer; what was committed here on top of it is not older.
  return (await git(folder, 'merge-base', '--is-ancestor', there, 'HEAD')) === null ? 'newer' : 'same'
}

/** Whether git looks after this very folder: one that was unpacked inside another repository has nothing of that one. */
async function isOwn(folder: string): Promise<boolean> {
  const top = await git(folder, 'rev-parse', '--show-toplevel')
  return top !== null && realpathSync(top) === realpathSync(folder)
}

/** What git says; null when it says no, is not there, or asks for a password. */
async function git(folder: string, ...args: readonly string[]): Promise<string | null> {
  try {
    const flags = ['-C', folder, '-c', 'credential.helper=', '-c', 'core.askPass=true', '-c', SSH, ...args]
    const { stdout } = await promisify(execFile)('git', flags, { timeout: TIMEOUT_MS })
    return stdout.trim()
  } catch {
    return null
  }
}
