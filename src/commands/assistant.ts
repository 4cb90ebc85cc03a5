// `triage evaluate` and `retrieval evaluate`: how well the assistant's two ways to read would do on texts from files, without a
// database; `assistant simulate`: the live configuration, lived through the desk's own past.
import { z } from 'zod'
import { articleThatAnswers } from '../../demo/truth.ts'
import { judge, learn } from '#assistant/classifier.ts'
import { retrievalOf, retrieve } from '#assistant/retrieval.ts'
import { standardConfig } from '#assistant/config.ts'
import {
  aloneOf,
  reportOf,
  type Alone,
  type Simulated,
  type SimulationReport,
} from '#assistant/simulation.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { readJsonLines } from '#commands/json-lines.ts'
import { withDesk } from '#commands/with-desk.ts'
import { createReader } from '#desk/assistant/reader.ts'
import { beginSimulation, type Window } from '#desk/assistant/simulate.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'

const [EX_USAGE, EX_DATAERR] = [64, 65]
/** The share of texts, the surest first, whose accuracy is told apart. */
const SUREST = 0.8
const RANKED = 10

const labelled = z.object({ text: z.string(), label: z.string() })
const asked = z.object({ text: z.string(), label: z.string().optional() })
const id = z.union([z.string(), z.number()]).transform(String)
const documents = z.object({ id, title: z.string().default(''), text: z.string() })
const questions = z.object({ id, text: z.string() })

export const triageEvaluate: Command = {
  usage: 'triage evaluate TRAIN TEST [--json]',
  about:
    'Learns from lines { text, label } and says of each line of TEST its label and how sure that is; needs no database.\nThen a summary: how many were right, in all and among the surest 80 in 100.',
  run: async (args) => {
    const [train, test] = twoFiles(triageEvaluate, args)
    const examples = await readJsonLines(train, labelled)
    const texts = await readJsonLines(test, asked)
    if (examples.length === 0) throw new Stop(EX_DATAERR, `${train} has no lines to learn from.`)
    const beganAt = performance.now()
    const classifier = learn(examples)
    const learntAt = performance.now()
    const guesses = texts.map(({ text }) => judge(classifier, text))
    const judgedMs = performance.now() - learntAt
    for (const guess of guesses) console.log(JSON.stringify(guess))
    const sure = guesses
      .map(({ label, margin }, index) => ({ margin, isRight: label === texts[index]?.label }))
      .toSorted((a, b) => b.margin - a.margin)
    const summary = {
      n: texts.length,
      accuracy: rightOf(sure),
      accuracyAt80: rightOf(sure.slice(0, Math.round(sure.length * SUREST))),
      trainMs: Math.round(learntAt - beganAt),
      msPerText: perOne(judgedMs, texts.length),
    }
    console.log(JSON.stringify({ summary }))
  },
}

export const retrievalEvaluate: Command = {
  usage: 'retrieval evaluate DOCS QUERIES [--json]',
  about:
    'Finds for each line { id, text } of QUERIES the lines { id, title, text } of DOCS that answer it; needs no database.\nSays how likely one does.',
  run: async (args) => {
    const [docs, queries] = twoFiles(retrievalEvaluate, args)
    const known = await readJsonLines(docs, documents)
    const texts = await readJsonLines(queries, questions)
    const beganAt = performance.now()
    const index = retrievalOf(known)
    const builtAt = performance.now()
    const found = texts.map(({ id: query, text }) => ({ id: query, ...retrieve(index, text, RANKED) }))
    const askedMs = performance.now() - builtAt
    for (const each of found) console.log(JSON.stringify(each))
    const summary = {
      n: texts.length,
      buildMs: Math.round(builtAt - beganAt),
      msPerQuery: perOne(askedMs, texts.length),
    }
    console.log(JSON.stringify({ summary }))
  },
}

export const assistantSimulate: Command = {
  usage: 'assistant simulate [--last 90d] [--alone] [--max-wrong 0.02] [--demo-truth] [--json]',
  about:
    'Lets the assistant live through the tickets of the last days, each with only what was known when it came.\nUnder the live configuration or, while there is none, the standard one. Prints what it would have done and how much of it was right.\n--alone: it answers alone wherever what came before has earned that; prints how much of that was wrong, with the 95 % interval.\n--max-wrong: the share of wrong answers that each category may have at worst.\n--demo-truth: right is what the stories of ./docket demo say, not what people did.',
  run: async (args) => {
    const { values } = readArguments(assistantSimulate, args, {
      last: { type: 'string', default: '90d' },
      alone: { type: 'boolean' },
      'max-wrong': { type: 'string' },
      'demo-truth': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const days = /^(\d{1,4})d?$/.exec(values.last)?.[1]
    const maxWrong = values['max-wrong'] === undefined ? null : Number(values['max-wrong'])
    const isShare = maxWrong === null || (maxWrong > 0 && maxWrong < 1)
    if (days === undefined || !isShare) throw new Stop(EX_USAGE, `Usage: ./docket ${assistantSimulate.usage}`)
    const how = {
      ...(values.alone === true && { earns: true }),
      ...(values['demo-truth'] === true && { truth: articleThatAnswers }),
    }
    const report = await withDesk((desk) => simulated(desk, Number(days), how, maxWrong))
    if (values.json === true) console.log(JSON.stringify(report))
    else tell(report, values['demo-truth'] === true)
  },
}

type Told = SimulationReport & { readonly alone: Alone }

async function simulated(
  desk: Desk,
  days: number,
  how: Pick<Window, 'earns' | 'truth'>,
  maxWrong: number | null,
): Promise<Told> {
  const live = (await desk.setup.now()).assistant.config ?? standardConfig
  const isFree = how.earns === true || live === standardConfig
  const told = { ...live, maxWrong: maxWrong ?? live.maxWrong }
  // Where no row fits nothing leaves alone, whatever the mode: a row for everything says that all of it may.
  const everything = { brandId: null, channel: null, categoryId: null, mode: 'auto', share: 1 } as const
  const config = isFree ? { ...told, rows: [everything] } : told
  const to = desk.clock.now()
  const reader = createReader()
  try {
    const simulating = await beginSimulation(desk, reader, config, {
      from: plus(to, -days * 86_400),
      to,
      ...how,
    })
    const all: Simulated[] = []
    for (let some = await simulating.next(); some !== null; some = await simulating.next()) all.push(...some)
    return { ...reportOf(all, config.maxWrong).report, alone: aloneOf(all) }
  } finally {
    await reader.close()
  }
}

function tell({ n, labelled: judged, decisions, reasons, triage, alone, ms }: Told, isTrue: boolean): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  console.log(
    `${n} tickets, ${judged} judged by ${isTrue ? 'the demo’s own truth' : 'what people did (a proxy)'}`,
  )
  for (const { decision, n: count, value, low, high } of decisions)
    console.log(`${decision.padEnd(18)} ${count} (${percent(value)}; ${percent(low)} to ${percent(high)})`)
  if (alone.answered > 0)
    console.log(
      `answered alone: ${alone.answered}, wrong ${alone.n} of ${alone.judged} judged (${percent(alone.value)}; ${percent(alone.low)} to ${percent(alone.high)})`,
    )
  for (const { reason, n: count } of reasons) console.log(`  ${reason.padEnd(16)} ${count}`)
  for (const { field, value, low, high } of triage)
    console.log(`${field} right: ${percent(value)} (${percent(low)} to ${percent(high)})`)
  console.log(`a ticket took ${ms.p50.toFixed(1)} ms, 95 in 100 at most ${ms.p95.toFixed(1)}`)
}

function twoFiles(command: Command, args: readonly string[]): [string, string] {
  const { positionals } = readArguments(command, args, { json: { type: 'boolean' } })
  const [first, second] = positionals
  if (first === undefined || second === undefined || positionals.length > 2)
    throw new Stop(EX_USAGE, `Usage: ./docket ${command.usage}`)
  return [first, second]
}

/** The share that is right; null of none. */
function rightOf(guesses: readonly { isRight: boolean }[]): number | null {
  return guesses.length === 0 ? null : guesses.filter(({ isRight }) => isRight).length / guesses.length
}

function perOne(ms: number, count: number): number {
  return count === 0 ? 0 : Number((ms / count).toFixed(3))
}
