// How long each file of tests took: a reporter that writes a line a test, and the sum of its lines for people.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

type Event = {
  readonly type: string
  readonly data: {
    readonly file?: string
    readonly nesting: number
    readonly details?: { readonly duration_ms?: number }
  }
}

/** Each line as it happens: the runner may be ended at once after its last word. */
export default async function* lines(events: AsyncIterable<Event>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.nesting > 0 || data.file === undefined)
      continue
    yield `${relative(process.cwd(), data.file)}\t${data.details?.duration_ms ?? 0}\n`
  }
}

/** The slowest ten of the files whose lines stand in a report. */
export function slowestIn(report: string): string {
  const took = new Map<string, number>()
  for (const line of readFileSync(report, 'utf8').split('\n')) {
    const [file = '', ms = '0'] = line.split('\t')
    if (file !== '') took.set(file, (took.get(file) ?? 0) + Number(ms) / 1000)
  }
  const whole = [...took.values()].reduce((sum, each) => sum + each, 0)
  const slowest = [...took].toSorted(([, a], [, b]) => b - a).slice(0, 10)
  const named = slowest.map(([file, each]) => `${each.toFixed(1).padStart(7)} s  ${file}`)
  return `${took.size} files of tests took ${whole.toFixed(0)} s of test time; the slowest:\n${named.join('\n')}`
}
