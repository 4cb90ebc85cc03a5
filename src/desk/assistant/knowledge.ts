// Keeps the assistant's thread in step with the desk: what strangers may read is indexed by language, and what was learnt is loaded.
import { modelOf, newestClassifiers, type Learnt } from '#assistant/classifier-store.ts'
import type { Evidence, FoundEvidence } from '#assistant/answerable.ts'
import { documentOf, sectionsOf, type Section } from '#assistant/sections.ts'
import type { Guessed } from '#assistant/triage.ts'
import { keepPast } from '#desk/assistant/past.ts'
import type { AssistantReader } from '#desk/assistant/reader.ts'
import type { Instant } from '#kit/time.ts'
import { pathOf } from '#knowledge/article.ts'
import { openFingerprint, openTexts, type OpenText } from '#knowledge/public-store.ts'
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

/** Articles as sections, each under its language's two letters. */
export function sectionsByLanguage(texts: readonly OpenText[]): Map<string, Section[]> {
  const sections = texts.flatMap(({ id, ...text }) =>
    sectionsOf({ articleId: id, ...text, path: pathOf(text) }),
  )
  return Map.groupBy(sections, ({ language }) => language.slice(0, 2).toLowerCase())
}

/** What the thread is told and asked. */
export function keepKnowledge(reader: AssistantReader): Knowledge {
  let [print, generation] = ['', 0]
  let sections: ReadonlyMap<string, Section> = new Map()
  let learnt: readonly Learnt[] = []
  const index = async (db: Db, now: string) => {
    const byLanguage = sectionsByLanguage(await openTexts(db))
    const languages = new Set([...byLanguage.keys(), ...[...sections.values()].map(languageOf)])
    for (const language of languages)
      await reader.ask({
        kind: 'index',
        language,
        documents: (byLanguage.get(language) ?? []).map(documentOf),
      })
    sections = new Map([...byLanguage.values()].flat().map((section) => [section.id, section]))
    print = now
  }
  const load = async (db: Db) => {
    const newest = await newestClassifiers(db)
    for (const each of newest) {
      if (learnt.some(({ id }) => id === each.id)) continue
      const model = await modelOf(db, each.id)
      if (model !== null)
        await reader.ask({ kind: 'load', field: each.field, model, measured: each.measured })
    }
    learnt = newest
  }
  const past = keepPast(reader)
  return {
    learnt: () => learnt,
    refresh: async (db, at) => {
      // First: a thread that it starts knows nothing of the rest.
      await past.refresh(db, at)
      if (generation !== reader.generation()) [print, learnt] = ['', []]
      const now = await openFingerprint(db)
      if (now !== print) await index(db, now)
      await load(db)
      generation = reader.generation()
    },
    find: async (db, asked) => {
      const { language, question } = asked
      const { ranked, answerable } = await reader.ask({ kind: 'find', language, text: question })
      const found: Evidence[] = ranked.flatMap(({ id, score }) => {
        const section = sections.get(id)
        return section === undefined ? [] : [{ ...section, score }]
      })
      return { sections: found, past: await past.find(db, asked), answerable }
    },
    guess: async (text) => (await reader.ask({ kind: 'guess', texts: [text] })).guesses[0] ?? [],
  }
}

function languageOf({ language }: Section): string {
  return language.slice(0, 2).toLowerCase()
}
