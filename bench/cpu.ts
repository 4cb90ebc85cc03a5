// Processor time that a process and its children have used, by /proc: unlike rates, it says the same on a machine that is busy.
import { readFileSync, readdirSync } from 'node:fs'

const TICK_MS = 10

/** Milliseconds of a process, and of all processes below it together; those that have ended count with their parent. */
export function cpuMs(pid: number): { desk: number; children: number } {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []))
  const own = all.find((each) => each.pid === pid)
  const below = (parent: number): number =>
    all
      .filter((each) => each.parent === parent)
      .reduce((sum, each) => sum + each.self + each.ended + below(each.pid), 0)
  return { desk: own?.self ?? 0, children: (own?.ended ?? 0) + below(pid) }
}

function statOf(pid: number): { pid: number; parent: number; self: number; ended: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const at = (index: number) => Number(fields[index])
    return { pid, parent: at(1), self: (at(11) + at(12)) * TICK_MS, ended: (at(13) + at(14)) * TICK_MS }
  } catch {
    return null
  }
}
