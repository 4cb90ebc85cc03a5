// `backtest`: a rulebook from files, the draft, or the live one, lived through by the desk's own tickets. Nothing is changed.
import type { Configuration } from '#backtest/past-ticket.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { filesAt } from '#commands/rulebook-files.ts'
import { daysIn, findingsOf, linesOfReport, trialOf } from '#commands/trial.ts'
import { withDesk } from '#commands/with-desk.ts'
import type { Desk } from '#desk/desk.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import { readRulebookFiles } from '#rules/rulebook-file.ts'
import { makeReady } from '#rules/rulebook.ts'
import { findDraftVersion, readRulebook } from '#rules/rulebook-store.ts'

const [EX_USAGE, EX_DATAERR] = [64, 65]

export const backtestCommand: Command = {
  usage:
    'backtest [FILE|FOLDER] [--published] [--last 90d] [--filter Q] [--sample N] [--seed N] [--check] [--json]',
  about:
    'Lives the last days again under a rulebook from files, under the draft, or with --published under what is live.\nSays what would have gone otherwise, whom it would have mailed, and how true the replay is. With --check it exits 1 on a finding.',
  run: async (args) => {
    const { values, positionals } = readArguments(backtestCommand, args, {
      published: { type: 'boolean' },
      last: { type: 'string', default: '90d' },
      filter: { type: 'string' },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      check: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const days = daysIn(values.last)
    const seed = Number(values.seed)
    const sample = values.sample === undefined ? null : Number(values.sample)
    const isAmbiguous = values.published === true && positionals.length > 0
    if (days === null || !Number.isInteger(seed) || isAmbiguous || !isSample(sample))
      throw new Stop(EX_USAGE, `Usage: ./docket ${backtestCommand.usage}`)
    const report = await withDesk(async (desk) => {
      const baseline = await liveConfiguration(desk, desk.database)
      const candidate = values.published === true ? baseline : await candidateOf(desk, baseline, positionals)
      return trialOf(
        desk,
        { baseline, candidate },
        {
          days,
          seed,
          filter: values.filter ?? null,
          sample,
          isWatched: values.json !== true,
        },
      )
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
