// `backtest`: a rulebook from files, the draft, a change of routing, or what is live, lived through by the desk's own tickets. Nothing is changed.
import type { Configuration } from '#backtest/past-ticket.ts'
import type { RoutingPresence } from '#backtest/report.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { ROUTING } from '#commands/routing-file.ts'
import { wayOfFile } from '#commands/routing-files.ts'
import { alone, filesAt } from '#commands/files.ts'
import { triedIn } from '#commands/tried-file.ts'
import { daysIn, findingsOf, linesOfReport, trialOf } from '#commands/trial.ts'
import { withDesk } from '#commands/with-desk.ts'
import type { Desk } from '#desk/desk.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import { membersWith } from '#routing/draft-book.ts'
import { readRulebookFiles } from '#rules/rulebook-file.ts'
import { makeReady } from '#rules/rulebook.ts'
import { findDraftVersion, readRulebook } from '#rules/rulebook-store.ts'

const [EX_USAGE, EX_DATAERR] = [64, 65]
const PRESENCES: Readonly<Partial<Record<string, RoutingPresence>>> = {
  recorded: 'recorded_presence',
  hours: 'synthetic',
}

export const backtestCommand: Command = {
  usage:
    'backtest [FILE|FOLDER] [--published] [--try FILE] [--last 90d] [--filter Q] [--sample N] [--routing recorded|hours] [--seed N] [--check] [--json]',
  about:
    'Lives the last days again under a rulebook or a routing file, under the draft, or with --published under what is live.\nSays what would have gone otherwise, whom it would have mailed, and how true the replay is. With --routing also who\nwould have got what, if agents were there as recorded or by their hours; with --try under a change of a queue, a skill, units,\npeople or a team, as POST /backtests takes it in JSON. With --check it exits 1 on a finding.',
  run: async (args) => {
    const { values, positionals } = readArguments(backtestCommand, args, {
      published: { type: 'boolean' },
      try: { type: 'string' },
      last: { type: 'string', default: '90d' },
      filter: { type: 'string' },
      sample: { type: 'string' },
      routing: { type: 'string' },
      seed: { type: 'string', default: '1' },
      check: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const days = daysIn(values.last)
    const seed = Number(values.seed)
    const sample = values.sample === undefined ? null : Number(values.sample)
    const isOfLive = values.published === true || values.try !== undefined
    const isAmbiguous = isOfLive && positionals.length > 0
    const presence = values.routing === undefined ? null : PRESENCES[values.routing]
    const isPart = values.filter !== undefined || sample !== null
    if (
      days === null ||
      presence === undefined ||
      !Number.isInteger(seed) ||
      isAmbiguous ||
      !isSample(sample)
    )
      throw new Stop(EX_USAGE, `Usage: ./docket ${backtestCommand.usage}`)
    const report = await withDesk(async (desk) => {
      const baseline = await liveConfiguration(desk, desk.database)
      const files = positionals.length === 0 ? [] : await filesAt(positionals, backtestCommand)
      const isRouting = files.some(({ kind }) => kind === ROUTING)
      const tried = values.try === undefined ? {} : await triedIn(desk, values.try)
      const members = membersWith(baseline.members, tried)
      const live = members === baseline.members ? baseline : { ...baseline, members }
      const candidate = isOfLive || isRouting ? live : await candidateOf(desk, baseline, files)
      const way = isRouting ? await wayOfFile(desk, alone(files)) : tried
      const isPlayed = isRouting || values.try !== undefined || presence !== null
      const routing = isPlayed ? { presence: presence ?? ('recorded_presence' as const), way } : null
      if (routing !== null && isPart)
        throw new Stop(EX_USAGE, 'Who gets what hangs on all tickets: leave --filter and --sample out.')
      const span = { days, seed, filter: values.filter ?? null, sample, routing }
      return trialOf(desk, { baseline, candidate }, { ...span, isWatched: values.json !== true })
    })
    console.log(values.json === true ? JSON.stringify(report, null, 2) : linesOfReport(report).join('\n'))
    const findings = findingsOf(report)
    if (values.check === true && findings.length > 0) throw new Stop(1, `${findings.length} findings.`)
  },
}

function isSample(sample: number | null): boolean {
  return sample === null || (Number.isInteger(sample) && sample > 0)
}

/** The live configuration with the rulebook of some files, or of the draft, in its place. */
async function candidateOf(
  desk: Desk,
  live: Configuration,
  files: readonly { name: string; text: string }[],
): Promise<Configuration> {
  if (files.length > 0) {
    const { book, problems } = readRulebookFiles(files, live.rulebook.rulebook, live.directory)
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
