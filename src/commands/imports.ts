// `import …`: other desks' data in, with a report whose sums add up; what was cut off goes on where it was.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDesk } from '#commands/with-desk.ts'
import { importFrom, reportOf, type Report } from '#imports/begin.ts'
import { findImport, listImports, type Import } from '#imports/import-store.ts'
import { seenIn } from '#imports/counts.ts'
import { linesSource } from '#imports/lines/source.ts'
import { problemLines } from '#imports/problem-lines.ts'
import { lookAtImport, type Source } from '#imports/run.ts'
import { undoImport } from '#imports/undo.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

type Wanted = {
  readonly dryRun: boolean
  readonly json: boolean
  /** What else the source has to say, for programs. */
  readonly more?: object
}

export const importJsonl: Command = {
  usage: 'import jsonl FILE|DIR [--dry-run] [--json]',
  about:
    'Tells the lines that an export wrote, with every moment of their past; the same file twice changes nothing.',
  run: async (args) => {
    const { values, positionals } = readArguments(importJsonl, args, {
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    })
    const [path] = positionals
    if (path === undefined || positionals.length > 1)
      throw new Stop(64, `Usage: ./docket ${importJsonl.usage}`)
    const wanted = { dryRun: values['dry-run'], json: values.json }
    await withDesk((desk) => runAndReport(desk, () => linesSource(desk, path), { path }, wanted))
  },
}

/** Runs a source, or only looks, and prints the report. A source that was not read to its end ends with 1. */
export async function runAndReport<Item, Ready>(
  desk: Desk,
  open: () => Promise<Source<Item, Ready>>,
  options: object,
  wanted: Wanted,
): Promise<void> {
  const source = await open().catch(stopped)
  const report = wanted.dryRun
    ? reportOf(source.kind, await lookAtImport(source).catch(stopped), null)
    : await importFrom(desk, source, options, progress(wanted.json)).then(
        (run) => reportOf(source.kind, run, run.id),
        stopped,
      )
  print(report, wanted)
  if (!report.complete) process.exitCode = 1
}

/** Ends the command with what the world said no to. */
export function stopped(error: unknown): never {
  if (error instanceof Fault) throw new Stop(error.retryable ? 75 : 65, error.message)
  throw error
}

/** A line each two seconds, for people: what was seen so far, and how fast. */
function progress(json: boolean): (run: Import) => void {
  let last = performance.now()
  let before: number | null = null
  return ({ counts }) => {
    const seen = seenIn(counts)
    before ??= seen
    const seconds = (performance.now() - last) / 1_000
    if (json || seconds < 2) return
    const all = Object.entries(counts).map(([kind, count]) => `${count.seen} ${kind}`)
    console.error(`${all.join(', ')} … ${Math.round((seen - before) / seconds)} records a second`)
    last = performance.now()
    before = seen
  }
}

function print({ source, kinds, complete, problems, undo }: Report, { json, dryRun, more }: Wanted): void {
  if (json) return console.log(JSON.stringify({ source, kinds, complete, problems, undo, ...more }))
  console.log(
    dryRun ? `Nothing was written. What an import of ${source} would do:` : `Imported from ${source}:`,
  )
  for (const [kind, { seen, ...rest }] of Object.entries(kinds)) {
    const parts = Object.entries(rest).flatMap(([outcome, count]) =>
      count === 0 ? [] : [`${count} ${outcome}`],
    )
    console.log(`  ${kind.padEnd(16)} ${String(seen).padStart(8)} seen: ${parts.join(', ')}`)
  }
  for (const { kind, reason, count, sample } of problems)
    console.log(`  ${kind}: ${reason} (${count}, such as ${sample})`)
  if (!complete) console.log('  The source was not read to its end: run it again.')
  if (undo !== null && problems.length > 0) console.log(`  Each of them: ./docket import problems ${undo}`)
  if (undo !== null) console.log(`  To take it back: ./docket import undo ${undo}`)
}

export const importUndo: Command = {
  usage: 'import undo ID [--json]',
  about: 'Takes a whole import back, but for tickets that somebody has worked on since.',
  run: async (args) => {
    const { values, positionals } = readArguments(importUndo, args, {
      json: { type: 'boolean', default: false },
    })
    const id = Number(positionals[0])
    if (!Number.isInteger(id) || id < 1) throw new Stop(64, `Usage: ./docket ${importUndo.usage}`)
    await withDesk(async (desk) => {
      const undone = await undoImport(desk, id).catch(stopped)
      if (undone === null) throw new Stop(66, `There is no import ${id} to take back.`)
      if (values.json) return console.log(JSON.stringify(undone))
      console.log(
        `${undone.taken} tickets taken back, ${undone.kept} kept because somebody has worked on them.`,
      )
      const { taken, kept } = undone.texts
      if (taken + kept > 0)
        console.log(
          `${taken} macros, sections and articles taken back, ${kept} kept because somebody has changed or used them.`,
        )
    })
  },
}

export const importProblems: Command = {
  usage: 'import problems ID',
  about: 'What could not come as it was, record by record with its line, as CSV.',
  run: async (args) => {
    const { positionals } = readArguments(importProblems, args, {})
    const id = Number(positionals[0])
    if (!Number.isInteger(id) || id < 1) throw new Stop(64, `Usage: ./docket ${importProblems.usage}`)
    await withDesk(async ({ database }) => {
      if ((await findImport(database, id)) === null) throw new Stop(66, `There is no import ${id}.`)
      for await (const line of problemLines(database, id)) process.stdout.write(line)
    })
  },
}

export const importList: Command = {
  usage: 'import list [--json]',
  about: 'The imports there were, newest first.',
  run: async (args) => {
    const { values } = readArguments(importList, args, { json: { type: 'boolean', default: false } })
    const runs = await withDesk((desk) => listImports(desk.database, { limit: 50, before: null }))
    if (values.json)
      return console.log(
        JSON.stringify(
          runs.map((run) => ({ id: run.id, state: run.state, ...reportOf(run.source, run, run.id) })),
        ),
      )
    for (const { id, source, state, counts, createdAt } of runs)
      console.log(
        `${id}  ${createdAt}  ${state.padEnd(8)} ${source}  ${counts['tickets']?.seen ?? 0} tickets`,
      )
  },
}
