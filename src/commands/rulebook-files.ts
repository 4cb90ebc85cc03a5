// `config export`, `plan` and `apply`: the rulebook as files, compared with what is live, and made the draft or live; and routing
// (routing-files.ts), which has no drafts.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '#backtest/report.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { applyRoutingFile, planRouting } from '#commands/routing-files.ts'
import { isRoutingFile, routingAsFile, writeRoutingFile } from '#commands/routing-file.ts'
import { daysIn, findingsOf, linesOfReport, trialOf } from '#commands/trial.ts'
import { withDesk } from '#commands/with-desk.ts'
import type { Desk } from '#desk/desk.ts'
import { analysingOf, editDraft, publishRulebook, type Publishing } from '#desk/rules/rulebook.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import { analyse } from '#rules/analyse.ts'
import type { RuleProblem, Problem } from '#rules/problem.ts'
import { changedTemplates, changesBetweenBooks, type RuleChange } from '#rules/diff.ts'
import { readRulebookFiles, writeRulebook } from '#rules/rulebook-file.ts'
import { findDraftVersion, liveVersion, newRuleIds, readRulebook } from '#rules/rulebook-store.ts'
import { emptyRulebook, makeReady } from '#rules/rulebook.ts'
import type { Rulebook } from '#rules/rule.ts'
import type { Db, Transaction } from '#store/database.ts'

const [EX_USAGE, EX_NOINPUT, EX_CANTCREAT] = [64, 66, 73]

export const configExport: Command = {
  usage: 'config export [FILE] [--draft | --routing]',
  about:
    'Writes the live rulebook (or the draft; or teams, skills and queues) as YAML, to a file or to the standard output.',
  run: async (args) => {
    const { values, positionals } = readArguments(configExport, args, {
      draft: { type: 'boolean' },
      routing: { type: 'boolean' },
    })
    const text = await withDesk(async (desk) => {
      if (values.routing === true) return writeRoutingFile(await routingAsFile(desk, desk.database))
      const draft = values.draft === true ? await findDraftVersion(desk.database) : null
      const book = await readRulebook(desk.database, draft?.version ?? (await liveVersion(desk.database)))
      return writeRulebook(book ?? emptyRulebook, (await desk.setup.now()).directory)
    })
    const [path] = positionals
    if (path === undefined) return void process.stdout.write(text)
    await writeFile(path, text).catch((error: Error) => {
      throw new Stop(EX_CANTCREAT, `${path} cannot be written: ${error.message}`)
    })
  },
}

type Plan = {
  readonly liveVersion: number
  readonly rules: readonly RuleChange[]
  readonly templates: readonly string[]
  readonly problems: readonly (Problem | RuleProblem)[]
  readonly book: Omit<Rulebook, 'version'>
}

export const configPlan: Command = {
  usage: 'config plan FILE|FOLDER [--last 90d | --no-backtest] [--reason TEXT] [--json]',
  about:
    'Shows what files would change of the live rulebook, and what a backtest finds of it.\nExits 0 without changes, 2 with some, 1 with errors, or with findings that no --reason answers.',
  run: async (args) => {
    const { values, positionals } = readArguments(configPlan, args, {
      last: { type: 'string', default: '90d' },
      'no-backtest': { type: 'boolean' },
      reason: { type: 'string' },
      json: { type: 'boolean' },
    })
    const days = daysIn(values.last)
    if (days === null) throw new Stop(EX_USAGE, `Usage: ./docket ${configPlan.usage}`)
    const files = await filesAt(positionals, configPlan)
    if (files.some(({ text }) => isRoutingFile(text))) return planRouting(alone(files), values.json === true)
    const { plan, report } = await withDesk(async (desk) => {
      const found = await planOf(desk, desk.database, files)
      const isTried = values['no-backtest'] !== true && isChange(found) && errorsOf(found).length === 0
      const span = { days, seed: 1, filter: null, sample: null, isWatched: values.json !== true }
      return { plan: found, report: isTried ? await triedOn(desk, found, span) : null }
    })
    const { book: _, ...shown } = plan
    const lines = [...linesOf(plan), ...(report === null ? [] : linesOfReport(report))]
    console.log(
      values.json === true ? JSON.stringify({ ...shown, backtest: report }, null, 2) : lines.join('\n'),
    )
    const errors = errorsOf(plan)
    if (errors.length > 0) throw new Stop(1, `${errors.length} errors.`)
    const findings = report === null ? [] : findingsOf(report)
    if (findings.length > 0 && values.reason === undefined)
      throw new Stop(1, `${findings.length} findings. Answer them with --reason, or mend the files.`)
    if (isChange(plan)) process.exitCode = 2
  },
}

export const configApply: Command = {
  usage:
    'config apply FILE|FOLDER [--expect-version N] [--publish [--percent N]] [--note TEXT] [--reason TEXT] [--json]',
  about:
    'Makes files the draft, or live with --publish, for N of a hundred tickets with --percent. Refuses version_moved when another version than --expect-version is live.',
  run: async (args) => {
    const { values, positionals } = readArguments(configApply, args, {
      'expect-version': { type: 'string' },
      publish: { type: 'boolean' },
      percent: { type: 'string' },
      note: { type: 'string' },
      reason: { type: 'string' },
      json: { type: 'boolean' },
    })
    const files = await filesAt(positionals, configApply)
    if (files.some(({ text }) => isRoutingFile(text)))
      return applyRoutingFile(alone(files), values.json === true)
    const expected = values['expect-version'] === undefined ? null : Number(values['expect-version'])
    if (Number.isNaN(expected)) throw new Stop(EX_USAGE, `Usage: ./docket ${configApply.usage}`)
    const publishing =
      values.publish === true
        ? { note: values.note ?? '', reason: values.reason ?? null, percent: percentIn(values.percent) }
        : null
    const done = await withDesk((desk) =>
      desk.database.transaction((tx) => applyFiles(desk, tx, files, expected, publishing)),
    )
    if (values.json === true) return console.log(JSON.stringify(done))
    console.log(
      `Version ${done.version} is ${done.live ? 'live' : 'the draft: publish it in the admin pages, or apply with --publish'}.`,
    )
  },
}

/** Of a hundred tickets so many; null for all. */
function percentIn(text: string | undefined): number | null {
  if (text === undefined) return null
  const percent = Number(text)
  if (Number.isInteger(percent) && percent >= 1 && percent <= 99) return percent
  throw new Stop(EX_USAGE, `Usage: ./docket ${configApply.usage}\nA share is 1 to 99 of a hundred tickets.`)
}

/** The files that an argument names: itself, or the YAML and JSON files of a folder. */
export async function filesAt(
  [path, ...more]: readonly string[],
  command: Command,
): Promise<readonly { name: string; text: string }[]> {
  if (path === undefined || more.length > 0) throw new Stop(EX_USAGE, `Usage: ./docket ${command.usage}`)
  const found = await stat(path).catch(() => {
    throw new Stop(EX_NOINPUT, `${path} cannot be read.`)
  })
  const names = found.isDirectory()
    ? (await readdir(path)).filter((name) => /\.(ya?ml|json)$/.test(name)).toSorted()
    : []
  const paths = found.isDirectory() ? names.map((name) => join(path, name)) : [path]
  if (paths.length === 0) throw new Stop(EX_NOINPUT, `${path} holds no .yaml, .yml or .json file.`)
  return Promise.all(paths.map(async (name) => ({ name, text: await readFile(name, 'utf8') })))
}

/** The text of a routing file: it is planned, applied and tried by itself. */
export function alone(files: readonly { name: string; text: string }[]): string {
  const [first, ...others] = files
  if (first === undefined || others.length > 0)
    throw new Stop(EX_USAGE, 'A routing file goes by itself: name the file, not its folder.')
  return first.text
}

async function planOf(desk: Desk, db: Db, files: readonly { name: string; text: string }[]): Promise<Plan> {
  const version = await liveVersion(db)
  const live = (await readRulebook(db, version)) ?? emptyRulebook
  const { directory } = await desk.setup.now()
  const { book, problems } = readRulebookFiles(files, live, directory)
  const findings = problems.length > 0 ? [] : analyse(book, await analysingOf(desk, db))
  return {
    liveVersion: version,
    rules: changesBetweenBooks(live, book),
    templates: changedTemplates(live, book),
    problems: [...problems, ...findings],
    book,
  }
}

function isChange({ rules, templates }: Plan): boolean {
  return rules.length + templates.length > 0
}

/** What the desk's own past says of the files. */
async function triedOn(desk: Desk, { book }: Plan, span: Parameters<typeof trialOf>[2]): Promise<Report> {
  const baseline = await liveConfiguration(desk, desk.database)
  const candidate = { ...baseline, rulebook: makeReady({ version: 0, ...book }) }
  return trialOf(desk, { baseline, candidate }, span)
}

function errorsOf({ problems }: Plan): readonly Problem[] {
  return problems.filter(({ level }) => level === 'error')
}

const signs = { added: '+', removed: '-', changed: '~', moved: '↕' }

function linesOf(plan: Plan): string[] {
  const keys = new Map(plan.book.rules.map(({ id, key }) => [id, key]))
  const changes = plan.rules.map(({ change, key, title, parts }) => {
    const what = change === 'changed' ? `: ${parts.map(({ part }) => part).join(', ')}` : ''
    return `${signs[change]} ${key} (${title})${what}`
  })
  const templates = plan.templates.map((key) => `~ template ${key}`)
  const problems = plan.problems.map((problem) => {
    const rule =
      'ruleId' in problem && problem.ruleId !== null ? `${keys.get(problem.ruleId) ?? problem.ruleId} ` : ''
    return `${problem.level}: ${rule}${problem.place}: ${problem.message} (${problem.code})`
  })
  const none = changes.length + templates.length === 0 ? ['No changes.'] : []
  return [`Live version ${plan.liveVersion}.`, ...none, ...changes, ...templates, ...problems]
}

async function applyFiles(
  desk: Desk,
  tx: Transaction,
  files: readonly { name: string; text: string }[],
  expected: number | null,
  publishing: Publishing | null,
): Promise<{ version: number; live: boolean }> {
  const plan = await planOf(desk, tx, files)
  if (expected !== null && expected !== plan.liveVersion)
    throw new Stop(1, `version_moved: version ${plan.liveVersion} is live, not ${expected}.`)
  const errors = errorsOf(plan)
  if (errors.length > 0)
    throw new Stop(1, `${linesOf(plan).join('\n')}\n${errors.length} errors: nothing was changed.`)
  if ((await findDraftVersion(tx)) !== null)
    throw new Stop(1, 'draft_exists: somebody has a draft. Publish it or throw it away first.')
  const fresh = plan.book.rules.filter(({ id }) => id < 0)
  const ids = await newRuleIds(tx, fresh.length)
  const given = new Map(fresh.map(({ id }, index) => [id, ids[index] ?? id]))
  const rules = plan.book.rules.map((rule) => ({ ...rule, id: given.get(rule.id) ?? rule.id }))
  const edited = await editDraft(desk, tx, null, () => ({ ...plan.book, rules }))
  if (publishing === null) return { version: edited?.version ?? 0, live: false }
  const outcome = await publishRulebook(desk, tx, null, publishing)
  if (outcome.ok) return { version: outcome.version, live: true }
  const found = outcome.problems.map(({ place, message, code }) => `${place}: ${message} (${code})`)
  throw new Stop(1, [`${outcome.refusal}: nothing was changed.`, ...found].join('\n'))
}
