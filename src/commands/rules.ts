// `rules explain`: why each rule did or did not fire at an update of a ticket.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDesk } from '#commands/with-desk.ts'
import { explainUpdate, type ExplainedUpdate } from '#desk/rules/explain.ts'
import type { Trace } from '#rules/evaluate.ts'
import { outcomeWords, toChange } from '#rules/explain.ts'
import type { Directory } from '#rules/directory.ts'
import { leafWords } from '#rules/words.ts'

export const rulesExplain: Command = {
  usage: 'rules explain TICKET [--seq N] [--json]',
  about:
    'Shows why each rule did or did not fire at the newest update of a ticket, test by test, with what it saw.\nWith --seq, at the update that event belongs to.',
  run: async (args) => {
    const { values, positionals } = readArguments(rulesExplain, args, {
      seq: { type: 'string' },
      json: { type: 'boolean' },
    })
    const ticketId = Number(positionals[0]?.replace(/^#/, ''))
    const seq = values.seq === undefined ? undefined : Number(values.seq)
    if (
      !Number.isInteger(ticketId) ||
      positionals.length !== 1 ||
      (seq !== undefined && !Number.isInteger(seq))
    )
      throw new Stop(64, `Usage: ./docket ${rulesExplain.usage}`)
    const { found, directory } = await withDesk(async (desk) => ({
      found: await explainUpdate(desk, desk.database, { ticketId, seq }),
      directory: (await desk.setup.now()).directory,
    }))
    if (found === null) throw new Stop(66, `There is no such update of ticket ${ticketId}.`)
    if (values.json === true) return console.log(JSON.stringify({ ticketId, ...found }, null, 2))
    console.log(linesOf(ticketId, found, directory).join('\n'))
  },
}

function linesOf(ticketId: number, found: ExplainedUpdate, directory: Directory): string[] {
  const titles = new Map(found.rules.map(({ id, title }) => [id, title]))
  const titleOf = (id: number) => titles.get(id) ?? `rule ${id}`
  const head = `#${ticketId}, event ${found.seq} at ${found.at} (${found.kinds.join(', ')}), rulebook ${found.rulebookVersion}`
  if (found.notSettled !== null) return [head, found.notSettled]
  return [
    head,
    ...found.considered.flatMap((each) => {
      const lines = [`\n${titleOf(each.ruleId)}`, `  ${outcomeWords(each, titleOf)}`]
      if (each.trace !== undefined) lines.push(...traceLines(each.trace, directory, '  '))
      if (each.outcome === 'condition_false' && each.trace !== undefined)
        lines.push(`  To fire it would need: ${toChange(each.trace).join(', ')}`)
      return lines
    }),
  ]
}

function traceLines(trace: Trace, directory: Directory, indent: string): string[] {
  const mark = trace.holds ? '✓' : '✗'
  if ('leaf' in trace)
    return [`${indent}${mark} ${leafWords(trace.leaf, directory)}  (saw ${JSON.stringify(trace.actual)})`]
  const word = { all: 'all of', any: 'any of', not: 'not' }[trace.group]
  if (trace.parts.length === 0) return []
  return [
    `${indent}${mark} ${word}`,
    ...trace.parts.flatMap((part) => traceLines(part, directory, `${indent}  `)),
  ]
}
