// Makes the report of a tally: in order, with shares, intervals and findings. Everything in it follows from the tally, the
// configurations and the seed, so the same input gives the same bytes.
import { findingsOf } from '#backtest/findings.ts'
import { rangeOf } from '#backtest/prediction.ts'
import type { MetricReport, Pair, Report, RoutingReport, RuleReport } from '#backtest/report.ts'
import type { ClockRow, Tally } from '#backtest/tally.ts'
import { stream } from '#kit/statistics.ts'
import type { Instant } from '#kit/time.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Rule } from '#rules/rule.ts'

/** Recipients that are named; the numbers count all. */
const NAMED = 200

type About = {
  readonly window: Report['window']
  readonly seed: number
  readonly words: { readonly filter: string | null; readonly sample: number | null }
  readonly versions: Pair<string>
  readonly rules: readonly Rule[]
  readonly excluded: Readonly<Record<string, number>>
  /** Rules that the candidate has and that are switched on. */
  readonly living: ReadonlySet<number>
  readonly routing?: RoutingReport | null
}

/** Makes the report of a tally. Of recipients the most changed are named. */
export function reportOf(tally: Tally, about: About): Report {
  const steps = reportSteps(tally, about)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** The same in small steps: of many tickets a report takes seconds, and others are waiting. */
export function* reportSteps(tally: Tally, about: About): Generator<void, Report> {
  const { window, seed, versions, excluded, routing = null } = about
  const { filter, sample } = about.words
  const days = Math.round((Date.parse(window.to) - Date.parse(window.from)) / 86_400_000)
  const rules = rulesOf(tally, about.rules, days, window.to)
  const metrics: MetricReport[] = []
  for (const [metric, rows] of [...tally.clocks].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    metrics.push(yield* metricOf(metric, rows, seed))
  const body = {
    window,
    seed,
    ...(filter === null ? {} : { filter }),
    ...(sample === null ? {} : { sample }),
    versions,
    tickets: tally.tickets,
    excluded,
    fidelity: {
      tickets: tally.tickets,
      reproduced: tally.reproduced,
      share: tally.tickets === 0 ? null : tally.reproduced / tally.tickets,
      causes: sorted(tally.causes),
    },
    diffs: tally.differing,
    certain: tally.certain,
    marks: sorted(tally.marks),
    rules,
    fields: fieldsOf(tally),
    mails: mailsOf(tally),
    webhooks: pair(tally.webhooks),
    conflicts: pair(tally.conflicts),
    circuits: pair(tally.circuits),
    mostPasses: pair(tally.mostPasses),
    reopened: pair(tally.reopened),
    brokenReplays: tally.brokenReplays,
    sla: {
      breached: tally.breached.toSorted((a, b) => a - b),
      saved: tally.saved.toSorted((a, b) => a - b),
      metrics,
    },
    ...(routing === null ? {} : { routing }),
  }
  const whole = { ...body, findings: findingsOf(body, about.living) }
  return { ...whole, hash: hashOf(whole) }
}

function rulesOf({ rules }: Tally, known: readonly Rule[], days: number, to: Instant): readonly RuleReport[] {
  const byId = new Map(known.map((rule) => [rule.id, rule]))
  return [...rules]
    .toSorted(([a], [b]) => a - b)
    .map(([id, { baseline, candidate, samples }]) => {
      const rule = byId.get(id)
      const { days: _, mailDays: __, ...before } = baseline
      const { days: fired, mailDays: mailed, ...after } = candidate
      const perDay = rangeOf(fired, days)
      const named = { id, key: rule?.key ?? '', title: rule?.title ?? '' }
      return {
        ...named,
        baseline: before,
        candidate: after,
        perDay,
        mailsPerDay: rangeOf(mailed, days),
        weeks: weeksOf(fired, days, to),
        samples,
      }
    })
}

const WEEK_MS = 7 * 86_400_000
const MOST_WEEKS = 53

/** Counts of days as weeks that end with the window. */
function weeksOf(fired: Readonly<Record<string, number>>, days: number, to: Instant): readonly number[] {
  const weeks = Array.from({ length: Math.min(MOST_WEEKS, Math.max(1, Math.ceil(days / 7))) }, () => 0)
  const end = Date.parse(`${to.slice(0, 10)}T00:00:00Z`)
  for (const [day, count] of Object.entries(fired)) {
    // A day of the desk may be called otherwise than that of UTC: both ends take what is beyond them.
    const back = Math.floor((end - Date.parse(`${day}T00:00:00Z`)) / WEEK_MS)
    const place = weeks.length - 1 - Math.min(weeks.length - 1, Math.max(0, back))
    weeks[place] = (weeks[place] ?? 0) + count
  }
  return weeks
}

function fieldsOf({ fields }: Tally): Report['fields'] {
  return Object.fromEntries(
    [...fields]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, matrix]) => [
        field,
        [...matrix.entries()]
          .toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
          .map(([, cell]) => cell),
      ]),
  )
}

function mailsOf({ mails, mostMails }: Tally): Report['mails'] {
  const all = [...mails].map(([to, each]) => ({ to, ...each }))
  const sum = (some: readonly Pair[]): Pair => ({
    baseline: some.reduce((total, each) => total + each.baseline, 0),
    candidate: some.reduce((total, each) => total + each.candidate, 0),
  })
  const outside = all.filter((each) => each.outside)
  const moved = (each: Pair) => Math.abs(each.candidate - each.baseline)
  return {
    total: sum(all),
    outside: sum(outside),
    mostPerTicket: pair(mostMails),
    newRecipients: outside.filter(({ baseline }) => baseline === 0).length,
    lostRecipients: outside.filter(({ candidate }) => candidate === 0).length,
    recipients: all.toSorted((a, b) => moved(b) - moved(a) || (a.to < b.to ? -1 : 1)).slice(0, NAMED),
  }
}

const ROUNDS = 1_000

function* metricOf(
  metric: string,
  unsorted: readonly ClockRow[],
  seed: number,
): Generator<void, MetricReport> {
  const rows = unsorted.toSorted(([a], [b]) => a - b)
  const share = (met: number, missed: number) => (met + missed === 0 ? null : met / (met + missed))
  const sums = (pick: (index: number) => ClockRow | undefined) => {
    const sum = [0, 0, 0, 0]
    for (let index = 0; index < rows.length; index++) {
      const row = pick(index)
      if (row === undefined) continue
      for (let column = 0; column < 4; column++) sum[column] = (sum[column] ?? 0) + (row[column + 1] ?? 0)
    }
    const [met = 0, missed = 0, metThen = 0, missedThen = 0] = sum
    return { baseline: share(met, missed), candidate: share(metThen, missedThen) }
  }
  const attainment = sums((index) => rows[index])
  const differ = (of: Pair<number | null>) => (of.candidate ?? 0) - (of.baseline ?? 0)
  const isSame = rows.every(
    ([, met, missed, metThen, missedThen]) => met === metThen && missed === missedThen,
  )
  const [low, high] = isSame ? [0, 0] : yield* interval(rows, (pick) => differ(sums(pick)), seed)
  return { metric, tickets: rows.length, attainment, difference: differ(attainment), low, high }
}

/** The middle 95 % of what a statistic says of tickets drawn again with replacement (Efron's percentile interval). */
function* interval(
  rows: readonly ClockRow[],
  statistic: (pick: (index: number) => ClockRow | undefined) => number,
  seed: number,
): Generator<void, readonly [number, number]> {
  const next = stream(seed)
  const drawn: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    drawn.push(statistic(() => rows[Math.floor(next() * rows.length)]))
    yield
  }
  const values = drawn.toSorted((a, b) => a - b)
  return [values[Math.floor(ROUNDS * 0.025)] ?? 0, values[Math.ceil(ROUNDS * 0.975) - 1] ?? 0]
}

function pair({ baseline, candidate }: Pair): Pair {
  return { baseline, candidate }
}

function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
