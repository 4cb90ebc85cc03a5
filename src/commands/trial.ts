// A backtest on the command line: run with its progress, and its report in lines. For `backtest` and `config plan`.
import type { Configuration } from '#backtest/past-ticket.ts'
import {
  findingCodes,
  type Finding,
  type Pair,
  type Report,
  type RoutingPresence,
  type RoutingReport,
} from '#backtest/report.ts'
import { Stop } from '#commands/command.ts'
import { watched } from '#commands/watched.ts'
import type { Desk } from '#desk/desk.ts'
import { backtest, lastDays } from '#desk/past/backtest.ts'
import { choiceOf, type ChoiceWords } from '#desk/past/choice.ts'
import { beginRouting, wayWith, type Way } from '#desk/past/routing-play.ts'
import type { TriedRouting } from '#routing/draft-book.ts'
import { readStaff } from '#routing/staff-store.ts'

const EX_USAGE = 64

/** Over what: so many days, and which tickets of them. */
export type Span = ChoiceWords & { readonly days: number; readonly seed: number }

/** The number of days in "90d"; null for anything else. */
export function daysIn(text: string): number | null {
  const days = Number(/^(\d{1,4})d$/.exec(text)?.[1] ?? 0)
  return days < 1 ? null : days
}

/** Lives the last days again under a candidate, with a line of progress where somebody watches. */
export async function trialOf(
  desk: Desk,
  { baseline, candidate }: { baseline: Configuration; candidate: Configuration },
  {
    days,
    seed,
    isWatched,
    routing = null,
    ...words
  }: Span & {
    readonly isWatched: boolean
    /** Null where it is taken as it was; tried as another way, or as a change of what is live. */
    readonly routing?: { readonly presence: RoutingPresence; readonly way: Way | TriedRouting } | null
  },
): Promise<Report> {
  const meant = await choiceOf(desk, words)
  if ('ignored' in meant) throw new Stop(EX_USAGE, `${meant.ignored} is not understood.`)
  const onProgress = watched(isWatched)
  const window = await lastDays(desk.database, days, desk.clock.now())
  const { routing: book } = await desk.setup.now()
  const live = { book, staff: await readStaff(desk.database) }
  const played =
    routing &&
    (await beginRouting(
      desk,
      {
        presence: routing.presence,
        baseline: live,
        candidate: 'book' in routing.way ? routing.way : wayWith(live, routing.way),
      },
      { baseline, candidate, window, seed },
    ))
  const asked = { baseline, candidate, window, seed, words, ...meant, routing: played }
  return backtest(desk.database, asked, (done, total) => onProgress('tickets', done, total))
}

/** What must be answered before the candidate goes live. */
export function findingsOf({ findings }: Report): readonly Finding[] {
  return findings.filter(({ isWarning }) => !isWarning)
}

/** The report for people, in lines. */
export function linesOfReport(report: Report): string[] {
  const { window, tickets, fidelity, diffs, certain, mails, sla } = report
  const share = fidelity.share === null ? 'nothing to reproduce' : percent(fidelity.share)
  const indicative = fidelity.share !== null && fidelity.share < 0.98 ? ' Indicative only.' : ''
  const causes = Object.entries(fidelity.causes).map(([cause, count]) => `  ${count} ${cause}`)
  const excluded = Object.entries(report.excluded).map(([why, count]) => `  ${count} left out: ${why}`)
  const rules = report.rules
    .filter(({ baseline, candidate }) => baseline.fired !== candidate.fired)
    .map(({ key, title, ...each }) => `  ${key} (${title}): fired ${change(fired(each))}`)
  const fields = Object.entries(report.fields).map(
    ([field, cells]) =>
      `  ${field}: ${cells.reduce((sum, { count }) => sum + count, 0)} tickets end otherwise`,
  )
  const metrics = sla.metrics
    .filter(({ low, high }) => low !== 0 || high !== 0)
    .map(
      ({ metric, attainment: { baseline, candidate }, low, high }) =>
        `  ${metric}: kept ${percent(baseline)} → ${percent(candidate)} (95 %: ${signed(low)} to ${signed(high)})`,
    )
  return [
    `${tickets} tickets of ${window.from.slice(0, 10)} to ${window.to.slice(0, 10)}.`,
    ...excluded,
    `Replayed as recorded: ${fidelity.reproduced} (${share}).${indicative}`,
    ...causes,
    `Otherwise: ${diffs} tickets, ${certain} of them for certain. Agents, customers and the assistant are taken to act as they did.`,
    ...rules,
    ...fields,
    `Mails to people outside: ${change(mails.outside)}; new recipients ${mails.newRecipients}, lost ${mails.lostRecipients}; at most ${change(mails.mostPerTicket)} for a ticket.`,
    `Webhooks: ${change(report.webhooks)}. Conflicts: ${change(report.conflicts)}.`,
    `Breaches: ${sla.breached.length} new, ${sla.saved.length} saved.`,
    ...metrics,
    ...(report.routing === undefined ? [] : linesOfRouting(report.routing)),
    ...report.findings.toSorted(byCode).map(sentence),
    `Hash ${report.hash}`,
  ]
}

function linesOfRouting(routing: RoutingReport): string[] {
  const { arrivals, agents, queues, inLine, begun, left, presence, byHours, answers } = routing
  const minutes = ({ baseline, candidate }: Pair) =>
    change({ baseline: Math.round(baseline / 60), candidate: Math.round(candidate / 60) })
  const there =
    presence === 'synthetic' || byHours > 0 ? `, ${byHours} people taken to be there by their hours` : ''
  return [
    `Routing, all of it assumed: ${change(arrivals)} times in line${there}; the pace of work from ${answers} answers.`,
    `  to somebody else: ${agents.otherwise}; in another queue: ${queues.otherwise}; never begun: ${change(left)}`,
    `  in line, half of all: ${minutes(inLine.p50Seconds)} min; 9 of 10: ${minutes(inLine.p90Seconds)} min`,
    `  until begun, half of all: ${minutes(begun.p50Seconds)} min; 9 of 10: ${minutes(begun.p90Seconds)} min`,
  ]
}

function fired({ baseline, candidate }: Pair<{ readonly fired: number }>): Pair {
  return { baseline: baseline.fired, candidate: candidate.fired }
}

function change({ baseline, candidate }: Pair): string {
  return baseline === candidate ? String(baseline) : `${baseline} → ${candidate}`
}

function percent(share: number | null): string {
  return share === null ? 'nothing' : `${(share * 100).toFixed(1)} %`
}

function signed(share: number): string {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`
}

function byCode(a: Finding, b: Finding): number {
  return findingCodes.indexOf(a.code) - findingCodes.indexOf(b.code)
}

function sentence({ code, about, baseline, candidate, isWarning }: Finding): string {
  const what = about === null ? '' : ` ${about}`
  return `${isWarning ? 'Note' : 'Finding'}: ${code}${what} (${baseline} → ${candidate})`
}
