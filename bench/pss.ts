// Memory of a process and all below it, by /proc: each page counts once, shared ones in proportion, so that PostgreSQL's are not
// counted a dozen times.
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** MiB of a process, and of all processes below it together. */
export function pssOf(pid: number): { desk: number; children: number; processes: number } {
  const parents = new Map(readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? parentOf(name) : [])))
  const below = [...parents.keys()].filter((each) => each !== pid && isBelow(each, pid, parents))
  return {
    desk: pssMiB(pid),
    children: below.reduce((sum, each) => sum + pssMiB(each), 0),
    processes: below.length + 1,
  }
}

/** Each of these processes by name, with what is its own and what it shares, in MiB: who holds it. */
export function processesBelow(pid: number) {
  const parents = new Map(readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? parentOf(name) : [])))
  return [...parents.keys()]
    .filter((each) => each === pid || isBelow(each, pid, parents))
    .map((each) => ({
      name: read(`/proc/${each}/cmdline`).replaceAll('\0', ' ').trim().slice(0, 60),
      pss: pssMiB(each),
      own: pssMiB(each, 'Pss_Anon'),
      shared: pssMiB(each, 'Pss_Shmem'),
    }))
}

/** The most that `pid` and its children take while `work` runs, and what it returns. */
export async function peakWhile<Result>(
  pid: number,
  work: () => Promise<Result>,
): Promise<{ peak: { desk: number; children: number; all: number }; result: Result }> {
  const peak = { desk: 0, children: 0, all: 0 }
  let running = true
  const look = async () => {
    for (; running; await pause(150)) {
      const now = pssOf(pid)
      const all = now.desk + now.children
      if (all > peak.all) Object.assign(peak, { desk: now.desk, children: now.children, all })
    }
  }
  const looking = look()
  const result = await work().finally(() => (running = false))
  await looking
  return { peak, result }
}

function isBelow(pid: number, top: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at = parents.get(pid); at !== undefined && at > 1; at = parents.get(at))
    if (at === top) return true
  return false
}

function parentOf(name: string): [number, number][] {
  const text = read(`/proc/${name}/stat`)
  return text === '' ? [] : [[Number(name), Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])]]
}

function pssMiB(pid: number, kind = 'Pss'): number {
  return (
    Number(new RegExp(`^${kind}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024
  )
}

/** Empty for a process that has ended since. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
