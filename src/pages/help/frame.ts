// What stands around every page of the help center: the brand, its languages, the search, the way to people. Needs no script.
import { escaped } from '#kit/escaped.ts'
import { brandFoot, brandStyles, logoHtml } from '#pages/brand-html.ts'
import type { Center } from '#pages/help/center.ts'
import { helpWordsIn, nameOfLanguage } from '#pages/help/words.ts'
import { page } from '#pages/page.ts'

export type Shown = {
  readonly title: string
  readonly body: string
  /** Its own path; null: no search engine is to keep it. */
  readonly path: string | null
  readonly about?: string
  /** The same in other languages, by path; without, each language's home stands there. */
  readonly tongues?: ReadonlyMap<string, string>
  /** What search engines read of it. */
  readonly data?: unknown
  /** The home greets with a search of its own. */
  readonly hero?: string
}

/** A whole page. */
export function helpPage(center: Center, shown: Shown): string {
  const { brand, name, language, base, home } = center
  const { title, body, path, hero } = shown
  const words = helpWordsIn(language)
  const head = [
    ...(path === null
      ? ['<meta name="robots" content="noindex">']
      : [`<link rel="canonical" href="${escaped(home + path)}">`, ...alternates(center, shown)]),
    ...(shown.about === undefined || shown.about === ''
      ? []
      : [`<meta name="description" content="${escaped(shown.about)}">`]),
    `<link rel="alternate" type="application/atom+xml" href="${base}/${language}/feed.xml" title="${words.feed}">`,
    ...(shown.data === undefined ? [] : [dataHtml(shown.data)]),
  ]
  const portal = brand.portal ? `<a href="/portal/${brand.id}">${words.requests}</a>` : ''
  const small = hero === undefined ? searchForm(center, '', 'small') : ''
  const header = `<header class="bar"><a class="logo" href="${base}/${language}">${logoHtml(brand, name)}</a>${small}<nav aria-label="${words.more}">${portal}${languageLinks(center, shown)}</nav></header>`
  const inside = `<div class="center"><a class="skip" href="#content">${words.skip}</a>${header}${hero ?? ''}<div id="content" class="page">${body}${contactHtml(center)}${brandFoot(brand)}</div></div>`
  return page(
    `${title} · ${name}`,
    language,
    inside,
    ['/help.css', ...brandStyles(brand)],
    `\n${head.join('\n')}`,
  )
}

/** The search; `of` is how it is drawn. */
export function searchForm({ base, language }: Center, q: string, of: 'small' | 'large'): string {
  const words = helpWordsIn(language)
  return `<form class="search ${of}" role="search" action="${base}/${language}"><label class="unseen" for="q">${words.search}</label>
<input id="q" name="q" type="search" maxlength="200" placeholder="${words.search}" value="${escaped(q)}"><button>${words.find}</button></form>`
}

/** Where a page stands: each step with its path, the last without. */
export function wayHtml(
  { base, language }: Center,
  steps: readonly (readonly [name: string, path: string])[],
) {
  const words = helpWordsIn(language)
  const links = [[words.help, `${base}/${language}`] as const, ...steps].map(
    ([name, path]) => `<li><a href="${path}">${escaped(name)}</a></li>`,
  )
  return `<nav class="way" aria-label="${words.way}"><ol>${links.join('')}</ol></nav>`
}

function contactHtml({ contact, language }: Center): string {
  const words = helpWordsIn(language)
  if (contact === null) return ''
  return `<section class="contact"><div><h2>${words.contact}</h2><p>${words.contactMore}</p></div><a class="button" href="${contact}">${words.write}</a></section>`
}

function languageLinks({ language, languages, base }: Center, { tongues }: Shown): string {
  return [...new Set([...languages, ...(tongues?.keys() ?? [])])]
    .filter((other) => other !== language)
    .map(
      (other) =>
        `<a href="${escaped(tongues?.get(other) ?? `${base}/${other}`)}" hreflang="${other}" lang="${other}">${escaped(nameOfLanguage(other))}</a>`,
    )
    .join('')
}

function alternates({ home, otherwise }: Center, { tongues }: Shown): string[] {
  if (tongues === undefined || tongues.size < 2) return []
  const link = (language: string, path: string) =>
    `<link rel="alternate" hreflang="${language}" href="${escaped(home + path)}">`
  const plain = tongues.get(otherwise) ?? [...tongues.values()][0] ?? ''
  return [...[...tongues].map(([language, path]) => link(language, path)), link('x-default', plain)]
}

/** Not a script, and nothing in it can end the element. */
const dataHtml = (data: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`
