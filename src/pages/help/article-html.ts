// One article, with where it stands, what its parts are, whether it helped, and what is like it.
import { escaped } from '#kit/escaped.ts'
import type { Article } from '#knowledge/article.ts'
import { readable, type Heading } from '#knowledge/reading.ts'
import { nameIn } from '#knowledge/section.ts'
import { wayOf, type Title } from '#knowledge/shelf.ts'
import { pathIn, type Center } from '#pages/help/center.ts'
import { helpPage, searchForm, wayHtml } from '#pages/help/frame.ts'
import { crumbsData, dayIn, listHtml, sectionPath } from '#pages/help/lists-html.ts'
import { helpWordsIn, nameOfLanguage } from '#pages/help/words.ts'
import { form } from '#pages/portal/frame.ts'

export type Around = {
  /** The same in each language, itself among them. */
  readonly tongues: readonly Pick<Title, 'language' | 'slug'>[]
  readonly related: readonly Title[]
}

/** An article; in another language than the page's it says so first. */
export function articleHtml(center: Center, article: Article, { tongues, related }: Around): string {
  const { language, name, home } = center
  const words = helpWordsIn(language)
  const { html, headings } = readable(article.body, home)
  const way = wayOf(center.library, article).map(
    (each) => [nameIn(each, language), sectionPath(center, each.slug)] as const,
  )
  const path = pathIn(center, article)
  const isOther = article.language !== language
  const lang = isOther ? ` lang="${article.language}" dir="auto"` : ''
  const notice = isOther
    ? `<p class="notice">${words.notYet(nameOfLanguage(language, language), nameOfLanguage(article.language, language))}</p>`
    : ''
  const contents = partsHtml(headings, words.parts, lang)
  const like =
    related.length === 0
      ? ''
      : `<section class="related"><h2>${words.related}</h2>${listHtml(center, related)}</section>`
  const body = `${wayHtml(center, way)}<div class="reading${contents === '' ? '' : ' with-parts'}"><article>${notice}<h1${lang}>${escaped(article.title)}</h1>
<p class="count">${words.updated}: <time datetime="${article.updatedAt}">${dayIn(language, article.updatedAt, 'long')}</time></p>
${contents}<div class="text"${lang}>${html}</div></article>${voteHtml(center, article)}${like}</div>`
  return helpPage(center, {
    title: article.title,
    body,
    path,
    about: aboutOf(html),
    tongues: new Map(tongues.map((each) => [each.language, pathIn(center, each)])),
    data: {
      '@context': 'https://schema.org',
      '@graph': [
        {
          '@type': 'Article',
          headline: article.title,
          inLanguage: article.language,
          ...(article.section === '' ? {} : { articleSection: article.section }),
          datePublished: article.publishedAt,
          dateModified: article.updatedAt,
          author: { '@type': 'Organization', name },
          mainEntityOfPage: home + path,
        },
        crumbsData(center, [...way, [article.title, path]]),
      ],
    },
  })
}

/** Asks whether it helped; only a button's press counts. */
function voteHtml({ base, language }: Center, article: Article): string {
  const words = helpWordsIn(language)
  const action = `${base}/${article.language}/${encodeURIComponent(article.slug)}/helpful`
  const inside = `<input type="hidden" name="version" value="${article.version}"><p id="vote">${words.helpful}</p><button name="helpful" value="yes" aria-describedby="vote">${words.yes}</button><button name="helpful" value="no" aria-describedby="vote">${words.no}</button>`
  return form(action, inside, '', 'vote')
}

/** What stands where an article is not. */
export function noArticleHtml(center: Center): string {
  const words = helpWordsIn(center.language)
  const body = `<h1>${words.gone}</h1><p>${words.goneMore}</p>${searchForm(center, '', 'large')}<p><a href="${center.base}/${center.language}">${words.all}</a></p>`
  return helpPage(center, { title: words.gone, body, path: null, hero: '' })
}

/** The start of a text, for lists of search engines. */
function aboutOf(html: string): string {
  const line = html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&(?:lt|gt|quot|#\d+|nbsp);/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length <= 155 ? line : `${line.slice(0, line.lastIndexOf(' ', 155))} …`.toWellFormed()
}

/** Places to jump to; two headings or fewer are seen at once. */
function partsHtml(headings: readonly Heading[], label: string, lang: string): string {
  if (headings.length < 3) return ''
  const links = headings
    .filter(({ level }) => level === 2)
    .map(({ id, text }) => `<li><a href="#${id}">${text}</a></li>`)
  return `<nav class="parts" aria-label="${label}"><p>${label}</p><ul${lang}>${links.join('')}</ul></nav>`
}
