// Runs a backtest: gathers tickets with their past, some at a time, lives each again, and adds up what came of it. Reads only.
import { lastMoment, countTicketsWithEvents, pastTickets, ticketsWithEvents } from '#backtest/past-store.ts'
import type { Configuration } from '#backtest/past-ticket.ts'
import { reportOf } from '#backtest/make-report.ts'
import type { Report } from '#backtest/report.ts'
import { watchFor } from '#backtest/watch.ts'
import { add, emptyTally } from '#backtest/tally.ts'
import { judgeTicket, type Verdict } from '#backtest/verdict.ts'
import { recordedConfiguration } from '#desk/past/configurations.ts'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Instant } from '#kit/time.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Db } from '#store/database.ts'

const AT_ONCE = 100

export type Running = {
  readonly baseline: Configuration
  readonly candidate: Configuration
  readonly window: { readonly from: Instant; readonly to: Instant }
  readonly seed: number
  readonly onProgress?: (done: number, total: number) => Promise<void> | void
  /** Each ticket that would have gone otherwise. */
  readonly onDifference?: (verdict: Verdict) => Promise<void> | void
  readonly isCancelled?: () => boolean
}

/** Backtests a candidate against a baseline over the desk's own tickets. Null when it was cancelled. */
export async function backtest(db: Db, running: Running): Promise<Report | null> {
  const { baseline, candidate, window, seed } = running
  const recorded = await recordedConfiguration(db, baseline)
  const watch = watchFor(baseline, candidate)
  const total = await countTicketsWithEvents(db, window)
  const tally = emptyTally()
  const excluded = new Map<string, number>()
  let done = 0
  for (let after = 0; ;) {
    const ids = await ticketsWithEvents(db, window, after, AT_ONCE)
    for (const past of await pastTickets(db, ids, window.to)) {
      const verdict = judgeTicket(past, { recorded, baseline, candidate, watch, window })
      if (typeof verdict === 'string') excluded.set(verdict, (excluded.get(verdict) ?? 0) + 1)
      else {
        add(tally, verdict)
        if (verdict.comparison.divergesAt !== null) await running.onDifference?.(verdict)
      }
    }
    done += ids.length
    await running.onProgress?.(done, total)
    // Live work comes first.
    await breathe()
    if (running.isCancelled?.() === true) return null
    after = ids.at(-1) ?? after
    if (ids.length < AT_ONCE) break
  }
  const living = [...candidate.rulebook.byId.values()].filter(({ rule }) => rule.enabled)
  return reportOf(tally, {
    window,
    seed,
    versions: { baseline: versionOf(baseline), candidate: versionOf(candidate) },
    rules: [...candidate.rulebook.rulebook.rules, ...baseline.rulebook.rulebook.rules],
    excluded: Object.fromEntries([...excluded].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    living: new Set(living.map(({ rule }) => rule.id)),
  })
}

/** The window that ends with the last moment of the desk and is so many days long. */
export async function lastDays(db: Db, days: number, now: Instant): Promise<Running['window']> {
  const to = (await lastMoment(db)) ?? now
  return { from: new Date(Date.parse(to) - days * 86_400_000).toISOString() as Instant, to }
}

/** The hash that names a configuration by its content. */
function versionOf({ rulebook, sla }: Configuration): string {
  const { version: _, ...rules } = rulebook.rulebook
  return hashOf({ rules, live: sla.live, revision: sla.revision }).slice(0, 12)
}
