// `config export`, `plan` and `apply`: the rulebook, routing (which has no drafts), or a whole desk as files.
import { writeFile } from 'node:fs/promises'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { applyDesk, exportDesk, planDesk } from '#commands/config-desk.ts'
import { alone, filesAt } from '#commands/files.ts'
import { applyRoutingFile, planRouting } from '#commands/routing-files.ts'
import { ROUTING, routingAsFile, writeRoutingFile } from '#commands/routing-file.ts'
import {
  applyRulebook,
  isChange,
  planRulebook,
  refusePlan,
  rulebookSentence,
  rulebookText,
  shownPlan,
} from '#commands/rulebook-files.ts'
import { daysIn } from '#commands/trial.ts'
import { withDesk } from '#commands/with-desk.ts'
import { isConfiguration } from '#programs/configuration/file.ts'

const [EX_USAGE, EX_CANTCREAT] = [64, 73]

export const configExport: Command = {
  usage: 'config export [FILE|FOLDER] [--draft | --routing | --desk [--as EMAIL]]',
  about:
    'Writes the live rulebook (or the draft; or teams, skills and queues) as YAML, to a file or to the standard output; with --desk all that a desk is set up with, a file for each kind.\nSecrets, files and pictures are in none.',
  run: async (args) => {
    const { values, positionals } = readArguments(configExport, args, {
      draft: { type: 'boolean' },
      routing: { type: 'boolean' },
      desk: { type: 'boolean' },
      as: { type: 'string' },
    })
    const [path] = positionals
    if (values.desk === true) {
      if (path === undefined) throw new Stop(EX_USAGE, `Usage: ./docket ${configExport.usage}`)
      return exportDesk(path, values.as ?? null)
    }
    const text = await withDesk(async (desk) =>
      values.routing === true
        ? writeRoutingFile(await routingAsFile(desk, desk.database))
        : rulebookText(desk, values.draft === true),
    )
    if (path === undefined) return void process.stdout.write(text)
    await writeFile(path, text).catch((error: Error) => {
      throw new Stop(EX_CANTCREAT, `${path} cannot be written: ${error.message}`)
    })
  },
}

export const configPlan: Command = {
  usage:
    'config plan FILE|FOLDER [--last 90d | --no-backtest] [--reason TEXT] [--prune] [--as EMAIL] [--json]',
  about:
    'Shows what files would change of the desk, and what a backtest finds of the rulebook among them. With --prune also what would be put away since no file names it.\nExits 0 without changes, 2 with some, 1 with errors, or with findings that no --reason answers.',
  run: async (args) => {
    const { values, positionals } = readArguments(configPlan, args, {
      last: { type: 'string', default: '90d' },
      'no-backtest': { type: 'boolean' },
      reason: { type: 'string' },
      prune: { type: 'boolean' },
      as: { type: 'string' },
      json: { type: 'boolean' },
    })
    const days = daysIn(values.last)
    if (days === null) throw new Stop(EX_USAGE, `Usage: ./docket ${configPlan.usage}`)
    const files = await filesAt(positionals, configPlan)
    const asJson = values.json === true
    const trying = values['no-backtest'] === true ? null : { days, isWatched: !asJson }
    if (files.some(({ kind }) => isConfiguration(kind)))
      return planDesk(files, {
        asJson,
        trying,
        reason: values.reason,
        prunes: values.prune === true,
        as: values.as ?? null,
      })
    if (files.some(({ kind }) => kind === ROUTING)) return planRouting(alone(files), asJson)
    const { plan, report } = await withDesk((desk) => planRulebook(desk, files, trying))
    const { lines, json } = shownPlan(plan, report)
    console.log(asJson ? JSON.stringify(json, null, 2) : lines.join('\n'))
    refusePlan(plan, report, values.reason)
    if (isChange(plan)) process.exitCode = 2
  },
}

export const configApply: Command = {
  usage:
    'config apply FILE|FOLDER [--expect-version N] [--publish [--percent N]] [--note TEXT] [--reason TEXT] [--prune] [--as EMAIL] [--json]',
  about:
    'Makes files so. The rulebook becomes the draft, or live with --publish, for N of a hundred tickets with --percent; --expect-version refuses version_moved when another one is live. All else is live at once, in the name of --as (the first administrator). With --prune, what no file names is put away.',
  run: async (args) => {
    const { values, positionals } = readArguments(configApply, args, {
      'expect-version': { type: 'string' },
      publish: { type: 'boolean' },
      percent: { type: 'string' },
      note: { type: 'string' },
      reason: { type: 'string' },
      prune: { type: 'boolean' },
      as: { type: 'string' },
      json: { type: 'boolean' },
    })
    const files = await filesAt(positionals, configApply)
    const asJson = values.json === true
    const expected = values['expect-version'] === undefined ? null : Number(values['expect-version'])
    if (Number.isNaN(expected)) throw new Stop(EX_USAGE, `Usage: ./docket ${configApply.usage}`)
    const publishing =
      values.publish === true
        ? { note: values.note ?? '', reason: values.reason ?? null, percent: percentIn(values.percent) }
        : null
    if (files.some(({ kind }) => isConfiguration(kind)))
      return applyDesk(files, {
        asJson,
        expected,
        publishing,
        words: { note: values.note ?? '', reason: values.reason },
        prunes: values.prune === true,
        as: values.as ?? null,
      })
    if (files.some(({ kind }) => kind === ROUTING)) return applyRoutingFile(alone(files), asJson)
    const done = await withDesk((desk) =>
      desk.database.transaction((tx) => applyRulebook(desk, tx, files, { by: null, expected, publishing })),
    )
    console.log(asJson ? JSON.stringify(done) : rulebookSentence(done))
  },
}

/** Of a hundred tickets so many; null for all. */
function percentIn(text: string | undefined): number | null {
  if (text === undefined) return null
  const percent = Number(text)
  if (Number.isInteger(percent) && percent >= 1 && percent <= 99) return percent
  throw new Stop(EX_USAGE, `Usage: ./docket ${configApply.usage}\nA share is 1 to 99 of a hundred tickets.`)
}
