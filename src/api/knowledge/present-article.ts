// Articles as the wire has them.
import type { z } from 'zod'
import type { article, articleEntry, articleVersion, fittingArticle } from '#api/contract/articles.ts'
import type { Desk } from '#desk/desk.ts'
import { isPublic, pathOf, type Article, type Written } from '#knowledge/article.ts'
import type { Fitting, Listed } from '#knowledge/article-search-store.ts'
import type { ArticleVersion, Translation } from '#knowledge/article-store.ts'
import { textOfHtml } from '#mail/text-of-html.ts'

const EXCERPT = 160

/** An article in a list. */
export function presentEntry(desk: Desk, found: Listed): z.input<typeof articleEntry> {
  const { body: _body, hit: _hit, text, ...rest } = found
  return entryOf(desk, rest, text)
}

/** An article whole. */
export function presentArticle(
  desk: Desk,
  found: Article,
  translations: readonly Translation[],
): z.input<typeof article> {
  const { body, ...rest } = found
  return {
    ...entryOf(desk, rest, textOfHtml(body)),
    body,
    translations: translations.map(({ slug: _slug, ...each }) => each),
  }
}

/** A section by its name. */
function sectionOf({ sectionId, section }: Pick<Article, 'sectionId' | 'section'>) {
  return sectionId === null ? null : { id: sectionId, name: section }
}

function entryOf(desk: Desk, found: Omit<Article, 'body'>, text: string) {
  const { authorId, authorName, translatesId: _translatesId, sectionId: _sectionId, ...rest } = found
  const line = text.replace(/\s+/g, ' ').trim()
  return {
    ...rest,
    section: sectionOf(found),
    author: { id: authorId, name: authorName },
    url: isPublic(rest) ? desk.baseUrl + pathOf(rest) : null,
    excerpt: line.length > EXCERPT ? `${line.slice(0, EXCERPT).trimEnd()}…`.toWellFormed() : line,
  }
}

/** An article that fits a ticket. */
export function presentFitting(desk: Desk, found: Fitting): z.input<typeof fittingArticle> {
  const { text: _text, slug: _slug, sectionId: _sectionId, ...rest } = found
  return {
    ...rest,
    section: sectionOf(found),
    url: found.audience === 'public' ? desk.baseUrl + pathOf(found) : null,
  }
}

const fields = [
  'title',
  'slug',
  'body',
  'language',
  'sectionId',
  'audience',
  'status',
] as const satisfies (keyof Written)[]

/** A field as the wire calls it. */
export const wordOf = (field: string): string => (field === 'sectionId' ? 'section' : field)

/** A version, with what it changed of the one before; the first changed nothing. */
export function presentVersion(
  found: ArticleVersion,
  before: ArticleVersion | undefined,
): z.input<typeof articleVersion> {
  const { byName, sectionId: _sectionId, ...rest } = found
  const changed = before === undefined ? [] : fields.filter((field) => found[field] !== before[field])
  return { ...rest, section: sectionOf(found), by: byName, changed: changed.map(wordOf) }
}
