// One drawn life, judged twice.
import { clocksOf } from '#sla/clocks.ts'
import { oracleClocks } from './sla-oracle.ts'
import { courseOf } from './sla-random.ts'

/** What engine and oracle disagree about in the life of a seed; null when they agree. */
export function differenceOf(seed: number): string | null {
  const { log, world, terms, now } = courseOf(seed)
  const line = (clock: {
    metric: string
    instance: number
    state: string
    elapsedSeconds: number
    dueAt: number | null
    breachedAt: number | null
  }) => {
    const text = (at: number | null) => (at === null ? '–' : new Date(at).toISOString().slice(0, 16))
    const { metric, instance, state, elapsedSeconds, dueAt, breachedAt } = clock
    return `${metric} ${instance} ${state} ${elapsedSeconds / 60}m due ${text(dueAt)} breached ${text(breachedAt)}`
  }
  const engine = clocksOf(log, terms, now).map(line).toSorted()
  const oracle = oracleClocks(log, world, now).map(line).toSorted()
  if (engine.join('\n') === oracle.join('\n')) return null
  const only = (a: readonly string[], b: readonly string[]) => a.filter((each) => !b.includes(each))
  return `engine: ${only(engine, oracle).join('; ')} — oracle: ${only(oracle, engine).join('; ')}`
}
