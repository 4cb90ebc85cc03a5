// `backtest`: a rulebook from files, the draft, or the live one, lived through by the desk's own tickets. Nothing is changed.
import type { Configuration } from '#backtest/past-ticket.ts'
import { findingCodes, type Finding, type Pair, type Report } from '#backtest/report.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { filesAt } from '#commands/rulebook-files.ts'
import { withDesk } from '#commands/with-desk.ts'
import type { Desk } from '#desk/desk.ts'
import { backtest, lastDays } from '#desk/past/backtest.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import { readRulebookFiles } from '#rules/rulebook-file.ts'
import { makeReady } from '#rules/rulebook.ts'
import { findDraftVersion, readRulebook } from '#rules/rulebook-store.ts'

const [EX_USAGE, EX_DATAERR] = [64, 65]

export const backtestCommand: Command = {
  usage: 'backtest [FILE|FOLDER] [--published] [--last 90d] [--seed N] [--check] [--json]',
  about:
    'Lives the last days again under a rulebook from files, under the draft, or with --published under what is live, and says what\nwould have gone otherwise, whom it would have mailed, and how true the replay is. With --check it exits 1 on a finding.',
  run: async (args) => {
    const { values, positionals } = readArguments(backtestCommand, args, {
      published: { type: 'boolean' },
      last: { type: 'string', default: '90d' },
      seed: { type: 'string', default: '1' },
      check: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const days = Number(/^(\d{1,4})d$/.exec(values.last)?.[1] ?? 0)
    const seed = Number(values.seed)
    const isAmbiguous = values.published === true && positionals.length > 0
    if (days < 1 || !Number.isInteger(seed) || isAmbiguous)
      throw new Stop(EX_USAGE, `Usage: ./docket ${backtestCommand.usage}`)
    const report = await withDesk(async (desk) => {
      const db = desk.database
      const baseline = await liveConfiguration(desk, db)
      const candidate = values.published === true ? baseline : await candidateOf(desk, baseline, positionals)
      const window = await lastDays(db, days, desk.clock.now())
      const onProgress = progress(values.json !== true)
      return backtest(db, { baseline, candidate, window, seed }, onProgress)
    })
    console.log(values.json === true ? JSON.stringify(report, null, 2) : linesOf(report).join('\n'))
    const findings = report.findings.filter(({ isWarning }) => !isWarning)
    if (values.check === true && findings.length > 0) throw new Stop(1, `${findings.length} findings.`)
  },
}

/** The live configuration with the rulebook of some files, or of the draft, in its place. */
async function candidateOf(
  desk: Desk,
  live: Configuration,
  positionals: readonly string[],
): Promise<Configuration> {
  if (positionals.length > 0) {
    const { book, problems } = readRulebookFiles(
      await filesAt(positionals, backtestCommand),
      live.rulebook.rulebook,
      live.directory,
    )
    if (problems.length > 0) {
      const lines = problems.map(({ place, message, code }) => `${place}: ${message} (${code})`)
      throw new Stop(EX_DATAERR, [...lines, 'Nothing was replayed.'].join('\n'))
    }
    return { ...live, rulebook: makeReady({ version: 0, ...book }) }
  }
  const draft = await findDraftVersion(desk.database)
  const book = draft === null ? null : await readRulebook(desk.database, draft.version)
  if (book === null)
    throw new Stop(EX_DATAERR, 'There is no draft. Name a file, or say --published for what is live.')
  return { ...live, rulebook: makeReady(book) }
}

/** One line that is written over, where somebody watches. */
function progress(isWanted: boolean) {
  const isWatched = isWanted && process.stderr.isTTY === true
  return (done: number, total: number) => {
    if (!isWatched) return
    process.stderr.write(`\r${done} of ${total} tickets`)
    if (done >= total) process.stderr.write('\r\u001b[K')
  }
}

function linesOf(report: Report): string[] {
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
    `Otherwise: ${diffs} tickets, ${certain} of them for certain. Agents and customers are taken to act as they did.`,
    ...rules,
    ...fields,
    `Mails to people outside: ${change(mails.outside)}; new recipients ${mails.newRecipients}, lost ${mails.lostRecipients}; at most ${change(mails.mostPerTicket)} for a ticket.`,
    `Webhooks: ${change(report.webhooks)}. Conflicts: ${change(report.conflicts)}.`,
    `Breaches: ${sla.breached.length} new, ${sla.saved.length} saved.`,
    ...metrics,
    ...report.findings.toSorted(byCode).map(sentence),
    `Hash ${report.hash}`,
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
