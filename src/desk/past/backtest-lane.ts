// The lane of backtests: one at a time on the whole desk, some tickets in each round, with its sums readable on the way. The sums live
// in memory only, what each ticket came to is kept: when whoever works on it goes away, the next adds up what is kept, goes on with the
// rest, and says so. A shadow is a backtest whose end
// moves with the clock: it is lived again and again until it ends, and costs live work nothing but a small share of a processor.
import { randomUUID } from 'node:crypto'
import {
  candidateOfBacktest,
  failBacktest,
  findBacktest,
  finishBacktest,
  keepShadow,
  nextShadowAt,
  noteProgress,
  takeBacktest,
  type Holder,
} from '#backtest/backtest-store.ts'
import { addDifferences, replaceDifferences } from '#backtest/difference-store.ts'
import type { Configuration } from '#backtest/past-ticket.ts'
import type { BacktestMode } from '#backtest/report.ts'
import { soFarOf } from '#backtest/tally.ts'
import type { Verdict } from '#backtest/verdict.ts'
import type { Desk } from '#desk/desk.ts'
import { beginBacktest, type Run } from '#desk/past/backtest.ts'
import { choiceOf } from '#desk/past/choice.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import { beginRouting, wayWith, type RoutingPlay } from '#desk/past/routing-play.ts'
import { Fault } from '#kit/fault.ts'
import { plus } from '#kit/time.ts'
import { bookFrom } from '#routing/book.ts'
import { membersWith } from '#routing/draft-book.ts'
import { readStaff } from '#routing/staff-store.ts'
import { emptyRulebook, hashOf, makeReady } from '#rules/rulebook.ts'
import { readRulebook } from '#rules/rulebook-store.ts'
import type { SlaBook } from '#sla/book.ts'
import { draftBook, type TriedAgreement } from '#sla/draft-book.ts'
import type { Db } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'

/** Longer than a round ever takes. */
const ALIVE_SECONDS = 60

/** So long it lives tickets before it writes down how far it came: each writing waits for the disk, and others with it. */
const ROUND_MS = 500

/** A shadow is lived again after so long, and after so many times what that took. */
const [REST_SECONDS, REST_TIMES] = [60, 20]
/** A shadow keeps so many of the tickets that differ; its sums are of all. */
const MOST_KEPT = 5_000

type Held = {
  readonly id: number
  readonly mode: BacktestMode
  readonly beganAt: number
  run: Run | null
  /** Of a shadow: what differs, to be kept at once at the end. */
  readonly differing: Verdict[]
}

/** The rounds of one worker. */
export function backtestNext(desk: Desk): () => Promise<Round> {
  const worker = randomUUID()
  let held: Held | null = null
  return async () => {
    const holder = holderNow(desk, worker)
    held ??= await take(desk, holder)
    if (held === null) return nextShadowAt(desk.database, holder.at)
    const { id } = held
    try {
      held.run ??= await beginBacktest(desk.database, await askedOf(desk, id))
      if (!(await step(desk, held, held.run, worker))) held = null
    } catch (error) {
      held = null
      // A world that failed may mend: it is taken up again.
      if (error instanceof Fault && error.retryable) throw error
      desk.log.error({ err: error, backtest: id }, 'A backtest failed')
      await failBacktest(desk.database, id, holder, (error as Error).message.slice(0, 500))
      tell(desk.database, { changed: 'backtests', id })
    }
    return 'more'
  }
}

function holderNow({ clock }: Desk, worker: string): Holder {
  const at = clock.now()
  return { worker, at, aliveUntil: plus(at, ALIVE_SECONDS) }
}

async function take(desk: Desk, holder: Holder): Promise<Held | null> {
  const taken = await desk.database.transaction((tx) => takeBacktest(tx, holder))
  return taken === null ? null : { ...taken, beganAt: performance.now(), run: null, differing: [] }
}

/** One step of a run; false when it has ended, or is no longer this worker's. */
async function step(desk: Desk, held: Held, run: Run, worker: string): Promise<boolean> {
  const { id, mode } = held
  const differing = await someOf(run)
  const report = differing === null ? await run.report() : null
  const holder = holderNow(desk, worker)
  const { done, total } = run
  const soFar = soFarOf(run.tally)
  const isShadow = mode === 'shadow'
  if (isShadow) held.differing.push(...(differing ?? []).slice(0, MOST_KEPT - held.differing.length))
  return desk.database.transaction(async (tx) => {
    tell(tx, { changed: 'backtests', id })
    if (!(await noteProgress(tx, id, holder, { done, total, soFar: isShadow ? null : soFar }))) return false
    await run.keep(tx)
    if (!isShadow) await addDifferences(tx, id, differing ?? [])
    if (report === null) return true
    if (!isShadow) await finishBacktest(tx, id, holder, report)
    else {
      const took = (performance.now() - held.beganAt) / 1_000
      const nextAt = plus(holder.at, Math.max(REST_SECONDS, REST_TIMES * took))
      await replaceDifferences(tx, id, held.differing)
      await keepShadow(tx, id, holder, { report, soFar, nextAt })
    }
    return false
  })
}

/** What differs of the next tickets, or null when there are no more. */
async function someOf(run: Run): Promise<readonly Verdict[] | null> {
  const end = performance.now() + ROUND_MS
  const all: Verdict[] = []
  do {
    const some = await run.next()
    if (some === null) return all.length > 0 ? all : null
    all.push(...some)
  } while (run.done < run.total && performance.now() < end)
  return all
}

async function askedOf(desk: Desk, id: number) {
  const db = desk.database
  const found = await findBacktest(db, id)
  if (found === null) throw new Error('Bug: a backtest that was taken is gone')
  const { from, to, seed, filter, sample } = found
  const words = { filter, sample }
  const meant = await choiceOf(desk, words)
  if ('ignored' in meant) throw new Error(`${meant.ignored} is not understood any more`)
  const { choice } = meant
  const both = await configurationsOf(desk, db, found)
  const window = { from, to }
  const routing = await routingOf(desk, db, id, { ...both, window, seed })
  return { ...both, window, seed, choice, words, routing }
}

/** How routing is to be played; null when it is taken as it was. */
async function routingOf(
  desk: Desk,
  db: Db,
  id: number,
  under: Parameters<typeof beginRouting>[2],
): Promise<RoutingPlay | null> {
  const tried = (await candidateOfBacktest(db, id))?.routing ?? null
  if (tried === null) return null
  const { presence, staffThen: staff = await readStaff(db) } = tried
  const baseline = { book: bookFrom(tried.book), staff }
  return beginRouting(desk, { presence, baseline, candidate: wayWith(baseline, tried) }, under)
}

/** Both configurations of a backtest: today's, with its two rulebooks in their place, and what it tries beside them. */
export async function configurationsOf(
  desk: Desk,
  db: Db,
  { id, baselineVersion }: { readonly id: number; readonly baselineVersion: number },
): Promise<{ baseline: Configuration; candidate: Configuration }> {
  const live = await liveConfiguration(desk, db)
  const before = (await readRulebook(db, baselineVersion)) ?? emptyRulebook
  const tried = await candidateOfBacktest(db, id)
  const rulebook = makeReady({ version: 0, ...(tried?.rules ?? emptyRulebook) })
  const sla = tried?.agreement ? promisesWith(live.sla, tried.agreement) : live.sla
  const members = membersWith(live.members, tried?.routing ?? {})
  return {
    baseline: { ...live, rulebook: makeReady(before) },
    candidate: { ...live, rulebook, sla, members },
  }
}

/** As if the agreement had always been there. */
function promisesWith(book: SlaBook, agreement: TriedAgreement): SlaBook {
  const drafted = draftBook(book, agreement, null)
  if ('problem' in drafted) throw new Error(`${agreement.name}: ${drafted.problem}`)
  return { ...drafted.book, revision: `${book.revision} ${hashOf(agreement)}` }
}
