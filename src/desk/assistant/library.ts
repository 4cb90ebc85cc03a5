// What strangers may read, as the reader's thread has it: indexed by language, and found again as sections of articles.
import type { Evidence } from '#assistant/answerable.ts'
import { documentOf, sectionsOf, type Section } from '#assistant/sections.ts'
import type { AssistantReader } from '#desk/assistant/reader.ts'
import { pathOf } from '#knowledge/article.ts'
import type { OpenText } from '#knowledge/public-store.ts'

export type Library = {
  /** Has these indexed in the place of all before. */
  readonly fill: (texts: readonly OpenText[]) => Promise<void>
  /** The sections that fit a question, the best first, and how likely the first answers. */
  readonly find: (
    language: string,
    question: string,
  ) => Promise<{ readonly sections: readonly Evidence[]; readonly answerable: number }>
}

/** Articles as sections, each under its language's two letters. */
export function sectionsByLanguage(texts: readonly OpenText[]): Map<string, Section[]> {
  const sections = texts.flatMap(({ id, ...text }) =>
    sectionsOf({ articleId: id, ...text, path: pathOf(text) }),
  )
  return Map.groupBy(sections, ({ language }) => language.slice(0, 2).toLowerCase())
}

/** An empty library. */
export function openLibrary(reader: AssistantReader): Library {
  let sections: ReadonlyMap<string, Section> = new Map()
  // A language that has lost its last article is emptied, too.
  const languages = new Set<string>()
  return {
    fill: async (texts) => {
      const byLanguage = sectionsByLanguage(texts)
      for (const language of byLanguage.keys()) languages.add(language)
      for (const language of languages) {
        const documents = (byLanguage.get(language) ?? []).map(documentOf)
        await reader.ask({ kind: 'index', language, documents })
      }
      sections = new Map([...byLanguage.values()].flat().map((section) => [section.id, section]))
    },
    find: async (language, question) => {
      const { ranked, answerable } = await reader.ask({ kind: 'find', language, text: question })
      const found = ranked.flatMap(({ id, score }) => {
        const section = sections.get(id)
        return section === undefined ? [] : [{ ...section, score }]
      })
      return { sections: found, answerable }
    },
  }
}
