// Runs a backtest: gathers tickets with their past, some at a time, lives each again, and adds up what came of it. Reads only.
import {
  lastMoment,
  countTicketsWithEvents,
  pastTickets,
  ticketsWithEvents,
  type Choice,
} from '#backtest/past-store.ts'
import type { Configuration } from '#backtest/past-ticket.ts'
import { isOtherwise } from '#backtest/compare.ts'
import { reportSteps } from '#backtest/make-report.ts'
import type { Report } from '#backtest/report.ts'
import { watchFor } from '#backtest/watch.ts'
import { add, emptyTally, type Tally } from '#backtest/tally.ts'
import { liveAgain, verdictOn, type Excluded, type Verdict } from '#backtest/verdict.ts'
import { recordedConfiguration } from '#desk/past/configurations.ts'
import { keptLives } from '#desk/past/kept-lives.ts'
import { giveWay } from '#store/live-work.ts'
import type { ChoiceWords } from '#desk/past/choice.ts'
import type { RoutingPlay } from '#desk/past/routing-play.ts'
import type { Instant } from '#kit/time.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Db } from '#store/database.ts'

/** So many tickets are read at once: where live work waits beside it, fewer, so that it waits less. */
const [AT_ONCE, BESIDE_LIVE] = [100, 10]

export type Asked = {
  readonly baseline: Configuration
  readonly candidate: Configuration
  readonly window: { readonly from: Instant; readonly to: Instant }
  readonly seed: number
  readonly choice: Choice
  /** How the choice was typed. */
  readonly words: ChoiceWords
  /** Null where routing is taken as it was. */
  readonly routing: RoutingPlay | null
}

/** A backtest on its way. */
export type Run = {
  readonly tally: Tally
  readonly done: number
  readonly total: number
  /** Lives some more tickets again; answers those that would have gone otherwise, or null when there are no more. */
  readonly next: () => Promise<readonly Verdict[] | null>
  /** Keeps what was lived since, for the next backtest. */
  readonly keep: (db: Db) => Promise<void>
  readonly report: () => Promise<Report>
}

/** Backtests a candidate against a baseline over the desk's own tickets, from the first to the last. */
export async function backtest(
  db: Db,
  asked: Asked,
  onProgress: (done: number, total: number) => void,
): Promise<Report> {
  const run = await beginBacktest(db, asked, AT_ONCE)
  for (;;) {
    // What was lived is written down while the next are read.
    const [found] = await Promise.all([run.next(), run.keep(db)])
    if (found === null) break
    onProgress(run.done, run.total)
  }
  return run.report()
}

/** Begins a backtest that its caller leads from step to step. */
export async function beginBacktest(db: Db, asked: Asked, atOnce = BESIDE_LIVE): Promise<Run> {
  const { routing } = asked
  const total = await countTicketsWithEvents(db, asked)
  const tally = emptyTally()
  const excluded = new Map<string, number>()
  const { verdictsOf, keep } = await judging(db, asked)
  let [done, after] = [0, 0]
  const next = async () => {
    const ids = await ticketsWithEvents(db, asked, after, atOnce)
    const differing: Verdict[] = []
    for (const verdict of await verdictsOf(ids)) {
      if (typeof verdict === 'string') excluded.set(verdict, (excluded.get(verdict) ?? 0) + 1)
      else {
        add(tally, verdict)
        if (isOtherwise(verdict.comparison)) differing.push(verdict)
      }
    }
    done += ids.length
    after = ids.at(-1) ?? after
    // Who got what hangs on everybody's tickets: it is played when all of them are there.
    const goesOn = ids.length > 0 || (routing !== null && (await routing.next()))
    return goesOn ? differing : null
  }
  return {
    tally,
    total,
    get done() {
      return done
    },
    next,
    keep,
    report: async () => {
      const steps = reportSteps(tally, {
        ...headOf(asked),
        excluded: Object.fromEntries(inOrder(excluded)),
        routing: routing?.report() ?? null,
      })
      for (;;) {
        const { done: isWhole, value } = steps.next()
        if (isWhole === true) return value
        // There are thousands of them, and whoever works on it must not seem dead.
        await giveWay(0)
      }
    },
  }
}

/** How tickets come to their verdicts: kept from an earlier backtest, or lived again. */
async function judging(
  db: Db,
  asked: Asked,
): Promise<{
  readonly verdictsOf: (ids: readonly number[]) => Promise<readonly (Verdict | Excluded)[]>
  readonly keep: (db: Db) => Promise<void>
}> {
  const { baseline, candidate, window, routing } = asked
  const recorded = await recordedConfiguration(db, baseline)
  const under = { baseline, candidate, watch: watchFor(baseline, candidate), window }
  const kept = await keptLives(db, { baseline, candidate, window, recorded })
  const verdictsOf = async (ids: readonly number[]) => {
    await giveWay()
    // A play of routing needs the lives themselves.
    const known = routing === null ? await kept.read(ids) : new Map<number, Verdict | Excluded>()
    const rest = ids.filter((id) => !known.has(id))
    const found = new Map<number, Verdict | Excluded>(known)
    for (const past of await pastTickets(db, rest, window.to)) {
      // Live work comes first.
      await giveWay()
      const id = past.log[0]?.ticketId ?? 0
      const then = { ...under, recorded: recorded.of(id) }
      const lived = liveAgain(past, then)
      if (typeof lived === 'string') {
        kept.note(past, lived)
        found.set(id, lived)
        continue
      }
      routing?.note(past, lived.baseline, lived.candidate)
      const verdict = verdictOn(lived, then)
      kept.note(past, { lived, verdict, under: then })
      found.set(id, verdict)
    }
    return ids.flatMap((id) => found.get(id) ?? [])
  }
  return { verdictsOf, keep: kept.write }
}

function headOf({ baseline, candidate, window, seed, words }: Asked) {
  const living = [...candidate.rulebook.byId.values()].filter(({ rule }) => rule.enabled)
  return {
    window,
    seed,
    words,
    versions: { baseline: versionOf(baseline), candidate: versionOf(candidate) },
    rules: [...candidate.rulebook.rulebook.rules, ...baseline.rulebook.rulebook.rules],
    living: new Set(living.map(({ rule }) => rule.id)),
  }
}

function inOrder(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** The window that ends with the last moment of the desk and is so many days long. */
export async function lastDays(db: Db, days: number, now: Instant): Promise<Asked['window']> {
  const to = (await lastMoment(db)) ?? now
  return { from: new Date(Date.parse(to) - days * 86_400_000).toISOString() as Instant, to }
}

/** The hash that names a configuration by its content. */
function versionOf({ rulebook, sla }: Configuration): string {
  const { version: _, ...rules } = rulebook.rulebook
  return hashOf({ rules, live: sla.live, revision: sla.revision }).slice(0, 12)
}
