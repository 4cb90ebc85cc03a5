// A thread that learns, indexes and reads for reader.ts: what takes seconds stalls this thread and not the desk. What it knows lives in
// its memory; an index is built beside the one in use, and put in its place when it is whole.
import { constants, setPriority } from 'node:os'
import { deserialize, serialize } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { gunzipSync, gzipSync } from 'node:zlib'
import { alikeOf, tellingWords } from '#assistant/alike.ts'
import type { Classifier } from '#assistant/classifier.ts'
import { findPast, pastIndexOf, type PastIndex } from '#assistant/past.ts'
import { retrievalOf, retrieve, type Retrieval } from '#assistant/retrieval.ts'
import { guessesOf, learnField, type Guessed, type Learning } from '#assistant/triage.ts'
import type { TriageField } from '#assistant/words.ts'
import { remembering } from '#kit/remember.ts'
import type { Answer, Question } from '#desk/assistant/reader.ts'

const fields = new Map<TriageField, Learning>()
const indexes = new Map<string, Retrieval>()
/** What was asked on settled tickets, by brand. */
const pasts = new Map<number, PastIndex>()
/** Tickets of the last hours are held against each new one. */
const telling = remembering(2_000, tellingWords)
/** How many sections are looked at, at most. */
const MOST = 6

parentPort?.on('message', ({ id, asked }: { id: number; asked: Question }) => {
  let answer: Answer | { failed: string }
  try {
    answer = answerTo(asked)
  } catch (error) {
    answer = { failed: String(error).slice(0, 500) }
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ id, answer })
})

function answerTo(asked: Question): Answer {
  switch (asked.kind) {
    case 'learn': {
      giveWay()
      const { measured, classifier } = learnField(asked.field, asked.examples, asked.priors)
      fields.set(asked.field, { classifier, measured })
      const model = asked.isKept ? gzipSync(serialize(classifier), { level: 1 }) : null
      return { kind: 'learnt', measured, model }
    }
    case 'load':
      fields.set(asked.field, {
        classifier: deserialize(gunzipSync(asked.model)) as Classifier,
        measured: asked.measured,
      })
      return { kind: 'done' }
    case 'index':
      indexes.set(asked.language, retrievalOf(asked.documents))
      return { kind: 'done' }
    case 'index_past':
      pasts.set(asked.brandId, pastIndexOf(asked.asked))
      return { kind: 'done' }
    case 'find_past': {
      const index = pasts.get(asked.brandId)
      return { kind: 'found_past', found: index === undefined ? [] : findPast(index, asked.text, MOST) }
    }
    case 'alike':
      return { kind: 'alike', alike: alikeOf(asked.text, asked.others, telling) }
    case 'guess':
      return { kind: 'guessed', guesses: asked.texts.map((text) => guessesIn(text)) }
    case 'find': {
      const index = indexes.get(asked.language)
      const found = index === undefined ? { ranked: [], answerable: 0 } : retrieve(index, asked.text, MOST)
      return { kind: 'found', ...found }
    }
  }
}

/** Who learns for a minute lets those who wait for an answer go first. Only on Linux does 0 mean this thread, and not all of the desk. */
function giveWay(): void {
  if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW)
}

function guessesIn(text: string): Guessed[] {
  return [...fields].flatMap(([field, learning]) => guessesOf(field, learning, text))
}
