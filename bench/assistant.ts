// How well the assistant reads, on questions that others collected (not part of this repository): triage by cross-validation,
// retrieval of the answer asked for, and whether it knows when there is none.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, type Bench } from './bench.ts'
import { judge, learn, type Labelled } from '#assistant/classifier.ts'
import { retrievalOf, retrieve, type Document } from '#assistant/retrieval.ts'
import { stream } from '#kit/statistics.ts'

export const corpora = join(process.env['DOCKET_CORPORA'] ?? join(root, '..', 'shared', 'corpora'), '/')

const FOLDS = 10

/** Measures everything; without the collection there is nothing to measure and one row says so. */
export const run: Bench = async () => {
  if (!existsSync(corpora))
    return { rows: [{ name: 'assistant', value: `skipped: ${corpora} is not here` }], results: {} }
  const results = { banking77: triage(FOLDS), stackfaq: answers() }
  const rows = Object.entries(results).flatMap(([name, measured]) =>
    Object.entries(measured).map(([what, value]) => ({ name: `${name}: ${what}`, value: value.toFixed(3) })),
  )
  return { rows, results }
}

/** Banking77: accuracy in all and among the surest 80 in 100, over so many of ten folds. */
export function triage(folds: number) {
  const examples = shuffled(banking77())
  const judged: { margin: number; isRight: boolean; abstain: boolean }[] = []
  let [trainMs, judgeMs] = [0, 0]
  for (let fold = 0; fold < folds; fold++) {
    const beganAt = performance.now()
    const classifier = learn(examples.filter((_, index) => index % FOLDS !== fold))
    const learntAt = performance.now()
    for (const { text, label } of examples.filter((_, index) => index % FOLDS === fold)) {
      const guess = judge(classifier, text)
      judged.push({ ...guess, isRight: guess.label === label })
    }
    trainMs += learntAt - beganAt
    judgeMs += performance.now() - learntAt
  }
  const surest = judged.toSorted((a, b) => b.margin - a.margin).slice(0, Math.round(judged.length * 0.8))
  const share = (some: readonly { isRight: boolean }[]) =>
    some.filter(({ isRight }) => isRight).length / some.length
  return {
    accuracy: share(judged),
    'accuracy at 80 %': share(surest),
    abstained: judged.filter(({ abstain }) => abstain).length / judged.length,
    'seconds to learn': trainMs / folds / 1000,
    'ms a text': judgeMs / judged.length,
  }
}

/** StackFAQ: how often the answer asked for is first and among five; and the area under the curve of `answerable`, the answer removed. */
export function answers() {
  const { documents, questions } = stackFaq()
  const index = retrievalOf(documents)
  const found = questions.map(({ text, id }) => ({ id, ...retrieve(index, text, 5) }))
  const without = Map.groupBy(questions, ({ id }) => id)
  const unanswerable = [...without].flatMap(([id, asked]) => {
    const rest = retrievalOf(documents.filter((document) => document.id !== id))
    return asked.map(({ text }) => retrieve(rest, text, 1).answerable)
  })
  const among = (most: number) =>
    found.filter(({ id, ranked }) => ranked.slice(0, most).some((each) => each.id === id)).length /
    found.length
  return {
    'recall@1': among(1),
    'recall@5': among(5),
    'answerable AUROC': areaUnder(
      found.map(({ answerable }) => answerable),
      unanswerable,
    ),
  }
}

/** The chance that a number of the first is above one of the second; ties count half. */
function areaUnder(positive: readonly number[], negative: readonly number[]): number {
  const wins = positive.reduce(
    (sum, one) => sum + negative.reduce((won, other) => won + (one > other ? 1 : one === other ? 0.5 : 0), 0),
    0,
  )
  return wins / (positive.length * negative.length)
}

export function banking77(): Labelled[] {
  const lines = readFileSync(`${corpora}intents/banking77/train.csv`, 'utf8').matchAll(
    /^(?:"((?:[^"]|"")*)"|([^,\n]*)),(\w+\??)\r?$/gm,
  )
  return [...lines].slice(1).map(([, quoted, plain, label = '']) => ({
    text: quoted?.replaceAll('""', '"') ?? plain ?? '',
    label,
  }))
}

export function stackFaq(): { documents: Document[]; questions: { id: string; text: string }[] } {
  const { root: found } = JSON.parse(
    readFileSync(`${corpora}answers/stackfaq/stackExchange-FAQ.json`, 'utf8'),
  ) as {
    root: {
      qapair: { question: string; answer: string | string[]; rephr: string | (string | null)[] }[]
    }
  }
  return {
    documents: found.qapair.map(({ question, answer }, index) => ({
      id: String(index),
      title: question,
      text: [answer].flat().join('\n'),
    })),
    // A "*" stands where nobody found other words.
    questions: found.qapair.flatMap(({ rephr }, index) =>
      [rephr].flat().flatMap((text) => (text && text !== '*' ? [{ id: String(index), text }] : [])),
    ),
  }
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const draw = stream(1)
  return items
    .map((item) => ({ item, at: draw() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
