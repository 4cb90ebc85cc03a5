// Keeps the assistant's thread in step with the desk: what strangers may read is indexed by language, and what was learnt is loaded.
import { newestModels, type Learnt } from '#assistant/classifier-store.ts'
import type { FoundEvidence } from '#assistant/answerable.ts'
import type { Guessed } from '#assistant/triage.ts'
import { openLibrary } from '#desk/assistant/library.ts'
import { keepPast } from '#desk/assistant/past.ts'
import type { AssistantReader } from '#desk/assistant/reader.ts'
import type { Instant } from '#kit/time.ts'
import { openFingerprint, openTexts } from '#knowledge/public-store.ts'
import type { Db } from '#store/database.ts'

export type Asked = {
  readonly language: string
  readonly question: string
  readonly brandId: number
  readonly at: Instant
}

export type Knowledge = {
  /** Brings index and classifiers up to date; cheap when nothing has changed. */
  readonly refresh: (db: Db, at: Instant) => Promise<void>
  readonly find: (db: Db, asked: Asked) => Promise<FoundEvidence>
  readonly guess: (text: string) => Promise<readonly Guessed[]>
  readonly learnt: () => readonly Learnt[]
}

/** What the thread is told and asked. */
export function keepKnowledge(reader: AssistantReader): Knowledge {
  let [print, generation] = ['', 0]
  const library = openLibrary(reader)
  let learnt: readonly Learnt[] = []
  const load = async (db: Db) => {
    const known = learnt.map(({ id }) => id)
    const newest = await newestModels(db, known)
    for (const { learnt: each, model } of newest)
      if (model !== null)
        await reader.ask({ kind: 'load', field: each.field, model, measured: each.measured })
    learnt = newest
      .filter(({ learnt: each, model }) => model !== null || known.includes(each.id))
      .map((each) => each.learnt)
  }
  const past = keepPast(reader)
  return {
    learnt: () => learnt,
    refresh: async (db, at) => {
      // First: a thread that it starts knows nothing of the rest.
      await past.refresh(db, at)
      if (generation !== reader.generation()) [print, learnt] = ['', []]
      const now = await openFingerprint(db)
      if (now !== print) await library.fill(await openTexts(db))
      print = now
      await load(db)
      generation = reader.generation()
    },
    find: async (db, asked) => {
      const { sections, answerable } = await library.find(asked.language, asked.question)
      return { sections, past: await past.find(db, asked), answerable }
    },
    guess: async (text) => (await reader.ask({ kind: 'guess', texts: [text] })).guesses[0] ?? [],
  }
}
