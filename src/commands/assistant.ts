// `triage evaluate` and `retrieval evaluate`: how well the assistant's two ways to read would do on texts from files. No database.
import { z } from 'zod'
import { judge, learn } from '#assistant/classifier.ts'
import { retrievalOf, retrieve } from '#assistant/retrieval.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { readJsonLines } from '#commands/json-lines.ts'

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
    'Finds for each line { id, text } of QUERIES the lines { id, title, text } of DOCS that answer it, and how likely one does; needs\nno database.',
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
