// The assistant's own thread: learns from labelled texts, indexes articles, guesses and finds. One question at a time, in order; when
// the thread dies, what is asked fails and the next question starts another, which knows nothing yet.
import { Worker } from 'node:worker_threads'
import type { Alike, Other } from '#assistant/alike.ts'
import type { Labelled, ManyLabelled } from '#assistant/classifier.ts'
import type { findPast, PastQuestion } from '#assistant/past.ts'
import type { Document, Found } from '#assistant/retrieval.ts'
import type { Guessed, Measured } from '#assistant/triage.ts'
import type { TriageField } from '#assistant/words.ts'
import { Fault } from '#kit/fault.ts'

export type Question =
  | {
      readonly kind: 'learn'
      readonly field: TriageField
      readonly examples: readonly ManyLabelled[]
      readonly priors: readonly Labelled[]
      /** Whether the model is wanted, to be kept. */
      readonly isKept: boolean
    }
  | {
      readonly kind: 'load'
      readonly field: TriageField
      readonly model: Uint8Array
      readonly measured: Measured
    }
  | { readonly kind: 'index'; readonly language: string; readonly documents: readonly Document[] }
  | { readonly kind: 'guess'; readonly texts: readonly string[] }
  | {
      readonly kind: 'index_past'
      readonly brandId: number
      readonly asked: readonly PastQuestion[]
    }
  | { readonly kind: 'find_past'; readonly brandId: number; readonly text: string }
  | { readonly kind: 'alike'; readonly text: string; readonly others: readonly Other[] }
  | { readonly kind: 'find'; readonly language: string; readonly text: string }

export type Answer =
  | { readonly kind: 'learnt'; readonly measured: Measured; readonly model: Uint8Array | null }
  | { readonly kind: 'guessed'; readonly guesses: readonly (readonly Guessed[])[] }
  | ({ readonly kind: 'found' } & Found)
  | { readonly kind: 'found_past'; readonly found: ReturnType<typeof findPast> }
  | { readonly kind: 'alike'; readonly alike: Alike | null }
  | { readonly kind: 'done' }

type AnswerOf<K> = K extends 'learn'
  ? Extract<Answer, { kind: 'learnt' }>
  : K extends 'guess'
    ? Extract<Answer, { kind: 'guessed' }>
    : K extends 'alike'
      ? Extract<Answer, { kind: 'alike' }>
      : K extends 'find'
        ? Extract<Answer, { kind: 'found' }>
        : K extends 'find_past'
          ? Extract<Answer, { kind: 'found_past' }>
          : Extract<Answer, { kind: 'done' }>

export type AssistantReader = {
  readonly ask: <Q extends Question>(asked: Q) => Promise<AnswerOf<Q['kind']>>
  /** Counts the threads: what an earlier one knew must be told again. */
  readonly generation: () => number
  readonly close: () => Promise<void>
}

type Waiting = { readonly done: (answer: Answer) => void; readonly failed: (error: Error) => void }

const MEMORY_MB = 1_024

/** Starts its thread at the first question. */
export function createReader(): AssistantReader {
  const waiting = new Map<number, Waiting>()
  let [worker, generation, next] = [null as Worker | null, 0, 0]
  const lose = (error: unknown) => {
    worker = null
    for (const { failed } of waiting.values())
      failed(new Fault('The assistant’s thread ended', { retryable: true, cause: error }))
    waiting.clear()
  }
  const start = () => {
    generation++
    const fresh = new Worker(new URL('reader-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      env: {},
    })
    fresh.unref()
    fresh.on('message', ({ id, answer }: { id: number; answer: Answer | { failed: string } }) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if ('failed' in answer) asked?.failed(new Error(answer.failed))
      else asked?.done(answer)
    })
    fresh.on('error', lose)
    fresh.on('exit', () => worker === fresh && lose(null))
    return fresh
  }
  return {
    generation: () => generation,
    ask: <Q extends Question>(asked: Q) =>
      new Promise<AnswerOf<Q['kind']>>((done, failed) => {
        worker ??= start()
        const id = next++
        waiting.set(id, { done: done as (answer: Answer) => void, failed })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage({ id, asked })
      }),
    close: async () => {
      const last = worker
      worker = null
      await last?.terminate()
      lose(null)
    },
  }
}
