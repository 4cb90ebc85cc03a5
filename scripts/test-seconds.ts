// A reporter of tests: how long each file took, the slowest ten named at the end.
import { relative } from 'node:path'

type Event = {
  readonly type: string
  readonly data: {
    readonly file?: string
    readonly nesting: number
    readonly details?: { readonly duration_ms?: number }
  }
}

export default async function* seconds(events: AsyncIterable<Event>): AsyncGenerator<string> {
  const took = new Map<string, number>()
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.nesting > 0 || data.file === undefined)
      continue
    const file = relative(process.cwd(), data.file)
    took.set(file, (took.get(file) ?? 0) + (data.details?.duration_ms ?? 0) / 1000)
  }
  const slowest = [...took].toSorted(([, a], [, b]) => b - a).slice(0, 10)
  const whole = [...took.values()].reduce((sum, each) => sum + each, 0)
  yield `\n${took.size} files of tests took ${whole.toFixed(0)} s of test time; the slowest:\n`
  for (const [file, each] of slowest) yield `${each.toFixed(1).padStart(7)} s  ${file}\n`
}
