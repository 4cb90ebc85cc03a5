// The help center as HTML: its list by section, what a search found, one article. Needs no script.
import { escaped } from '#kit/escaped.ts'
import { pathOf, type Article } from '#knowledge/article.ts'
import { excerptOf, marked, readable, type Heading } from '#knowledge/reading.ts'
import type { Fitting } from '#knowledge/article-search-store.ts'
import type { Title } from '#knowledge/public-store.ts'
import { helpWordsIn, nameOfLanguage } from '#pages/help-words.ts'
import { page } from '#pages/page.ts'
import type { Brand } from '#setup/brand-store.ts'

export type Center = {
  readonly language: string
  /** Every language with something to read. */
  readonly languages: readonly string[]
  readonly brand: Brand | null
  readonly name: string
  readonly baseUrl: string
  /** The path of the form that customers write with. */
  readonly contact: string | null
}

/** All titles of a language under the names of their sections. */
export function listHtml(center: Center, titles: readonly Title[]): string {
  const words = helpWordsIn(center.language)
  const names = [...new Set(titles.map(({ section }) => section))]
  const sections = names.map((name) => {
    const links = titles.filter(({ section }) => section === name).map(linkTo)
    const heading = name === '' && names.length === 1 ? '' : `<h2>${escaped(name || words.other)}</h2>`
    return `<section>${heading}<ul>${links.join('')}</ul></section>`
  })
  const list =
    titles.length === 0 ? `<p>${words.empty}</p>` : `<div class="sections">${sections.join('')}</div>`
  return frame(center, words.help, `${searchForm(center, '')}${list}`, `/help/${center.language}`)
}

/** What a search found, likeliest first, with the words marked. */
export function foundHtml(
  center: Center,
  q: string,
  found: readonly Fitting[],
  asked: readonly string[],
): string {
  const words = helpWordsIn(center.language)
  const items = found.map(
    (each) =>
      `<li><a href="${pathOf(each)}">${marked(each.title, asked)}</a><p>${excerptOf(each.text, asked)}</p></li>`,
  )
  const list =
    found.length === 0
      ? `<p>${words.none} “${escaped(q)}”. ${words.tryOther}</p>`
      : `<p>${words.found} “${escaped(q)}”</p><ol class="found">${items.join('')}</ol>`
  const all = `<p><a href="/help/${center.language}">${words.all}</a></p>`
  return frame(center, `${q} · ${words.help}`, searchForm(center, q) + list + all, null)
}

/** One article, with where it stands and what its parts are. */
export function articleHtml(center: Center, article: Article): string {
  const words = helpWordsIn(center.language)
  const { html, headings } = readable(article.body, center.baseUrl)
  const day = new Intl.DateTimeFormat(center.language, { dateStyle: 'long', timeZone: 'UTC' })
  const changed = day.format(new Date(article.updatedAt))
  const section = article.section === '' ? '' : `<li>${escaped(article.section)}</li>`
  const body = `<nav class="way" aria-label="${words.way}"><ol><li><a href="/help/${center.language}">${words.help}</a></li>${section}</ol></nav>
<article><h1>${escaped(article.title)}</h1>${parts(headings, words.parts)}<div class="text">${html}</div>
<p class="changed">${words.updated}: <time datetime="${article.updatedAt}">${changed}</time></p></article>`
  return frame(center, article.title, body, pathOf(article), jsonLd(center, article))
}

/** What stands where an article is not. */
export function noArticleHtml(center: Center): string {
  const words = helpWordsIn(center.language)
  const all = `<p>${words.goneMore}</p>${searchForm(center, '')}<p><a href="/help/${center.language}">${words.all}</a></p>`
  return frame(center, words.gone, `<h1>${words.gone}</h1>${all}`, null)
}

const linkTo = (title: Title): string => `<li><a href="${pathOf(title)}">${escaped(title.title)}</a></li>`

function searchForm({ language }: Center, q: string): string {
  const words = helpWordsIn(language)
  return `<h1>${words.help}</h1>
<form class="search" role="search" action="/help/${language}"><label class="unseen" for="q">${words.search}</label>
<input id="q" name="q" type="search" maxlength="200" placeholder="${words.search}" value="${escaped(q)}"><button>${words.find}</button></form>`
}

/** Places to jump to; two headings or fewer are seen at once. */
function parts(headings: readonly Heading[], label: string): string {
  if (headings.length < 3) return ''
  const links = headings
    .filter(({ level }) => level === 2)
    .map(({ id, text }) => `<li><a href="#${id}">${text}</a></li>`)
  return `<nav class="parts" aria-label="${label}"><ul>${links.join('')}</ul></nav>`
}

function frame(center: Center, title: string, body: string, path: string | null, data = ''): string {
  const { brand, name, baseUrl, contact, language, languages } = center
  const words = helpWordsIn(language)
  const logo =
    brand?.logoSha256 == null
      ? escaped(name)
      : `<img src="/forms/logo/${brand.id}?${brand.logoSha256.slice(0, 8)}" alt="${escaped(name)}">`
  const others = languages
    .filter((other) => other !== language)
    .map(
      (other) =>
        `<a href="/help/${other}" hreflang="${other}" lang="${other}">${escaped(nameOfLanguage(other))}</a>`,
    )
  const foot = contact === null ? '' : `<p>${words.contact} <a href="${contact}">${words.write}</a></p>`
  const styles = [
    '/help.css',
    ...(brand?.color == null ? [] : [`/forms/brand/${brand.id}.css?${brand.color.slice(1)}`]),
  ]
  const head =
    path === null
      ? '\n<meta name="robots" content="noindex">'
      : `\n<link rel="canonical" href="${escaped(baseUrl + path)}">${data}`
  const header = `<header><a class="logo" href="/help/${language}">${logo}</a>${others.length === 0 ? '' : `<nav>${others.join(' ')}</nav>`}</header>`
  return page(`${title} · ${name}`, language, `${header}${body}<footer>${foot}</footer>`, styles, head)
}

/** What search engines read; not a script, and nothing in it can end the element. */
function jsonLd({ baseUrl, name }: Center, article: Article): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Article',
    headline: article.title,
    inLanguage: article.language,
    ...(article.section === '' ? {} : { articleSection: article.section }),
    datePublished: article.publishedAt,
    dateModified: article.updatedAt,
    author: { '@type': 'Organization', name },
    mainEntityOfPage: baseUrl + pathOf(article),
  }
  return `\n<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`
}
