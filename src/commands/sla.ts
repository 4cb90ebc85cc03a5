// `sla explain`: the clocks of each example in a file, by the engine that runs live, without a database.
import { readFile } from 'node:fs/promises'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { clocksOf, type Clock } from '#sla/clocks.ts'
import { readExamples } from '#sla/example.ts'

const [EX_USAGE, EX_DATAERR, EX_NOINPUT] = [64, 65, 66]

export const slaExplain: Command = {
  usage: 'sla explain [--json] FILE',
  about:
    'Shows the clocks of each example in a file, span by span; needs no database.\nThe file has calendars and examples: policies, a timeline and a moment.',
  run: async (args) => {
    const { values, positionals } = readArguments(slaExplain, args, { json: { type: 'boolean' } })
    const [path] = positionals
    if (path === undefined || positionals.length > 1)
      throw new Stop(EX_USAGE, `Usage: ./docket ${slaExplain.usage}`)
    const read = readExamples(await parsed(path))
    if (!read.ok)
      throw new Stop(
        EX_DATAERR,
        `${path} is not right:\n${read.problems.map((each) => `  ${each}`).join('\n')}`,
      )
    const found = read.examples.map(({ id, log, terms, now }) => ({ id, clocks: clocksOf(log, terms, now) }))
    if (values.json === true) return console.log(JSON.stringify(found.map(written), null, 2))
    for (const { id, clocks } of found) console.log([id, ...clocks.flatMap(linesOf)].join('\n'))
  },
}

async function parsed(path: string): Promise<unknown> {
  const content = await readFile(path, 'utf8').catch(() => {
    throw new Stop(EX_NOINPUT, `${path} cannot be read.`)
  })
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new Stop(EX_DATAERR, `${path} is no JSON: ${(error as Error).message}`)
  }
}

function written({ id, clocks }: { id: string; clocks: readonly Clock[] }) {
  return {
    id,
    clocks: clocks.map(({ metric, instance, state, elapsedSeconds, targetSeconds, dueAt, breachedAt }) => {
      const at = { dueAt: text(dueAt), breachedAt: text(breachedAt) }
      return { metric, instance, state, elapsedSeconds, targetSeconds, ...at }
    }),
    explanations: clocks.map(({ metric, instance, reason, spans }) => ({
      metric,
      instance,
      reason,
      spans: spans().map((span) => ({ ...span, from: text(span.from), to: text(span.to) })),
    })),
  }
}

function linesOf(clock: Clock): string[] {
  const { metric, instance, state, elapsedSeconds, targetSeconds, dueAt, breachedAt, spans } = clock
  const due = dueAt === null ? '' : `, due ${text(dueAt)}`
  const breached = breachedAt === null ? '' : `, breached ${text(breachedAt)}`
  return [
    `  ${metric} #${instance}: ${state}, ${elapsedSeconds} of ${targetSeconds} s${due}${breached}`,
    ...spans().map(({ from, to, counted, seconds, reason, calendarId }) => {
      const what = counted ? `counted ${seconds} s (${calendarId})` : `not counted: ${reason}`
      return `    ${text(from)} – ${text(to)}  ${what}`
    }),
  ]
}

function text(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z')
}
