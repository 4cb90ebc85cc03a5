// Lists of articles: the home with its sections, one section, what a search found.
import { writable } from '#kit/locale.ts'
import { escaped } from '#kit/escaped.ts'
import type { Fitting } from '#knowledge/article-search-store.ts'
import { excerptOf, marked } from '#knowledge/reading.ts'
import { lastChanged, mostRead, type Shelf, type Title } from '#knowledge/shelf.ts'
import { nameIn, wayTo } from '#knowledge/section.ts'
import { pathIn, type Center } from '#pages/help/center.ts'
import { helpPage, searchForm, wayHtml } from '#pages/help/frame.ts'
import { countOf, helpWordsIn, nameOfLanguage } from '#pages/help/words.ts'

const MOST_ON_CARD = 4
const MOST_LISTED = 5

/** Search first, then the sections, what is read most and what changed. */
export function homeHtml(center: Center): string {
  const { shelves, language, languages, base, name } = center
  const words = helpWordsIn(language)
  const hero = `<div class="hero"><div><h1>${words.greeting}</h1>${searchForm(center, '', 'large')}</div></div>`
  const cards = shelves.top.map((shelf) => cardHtml(center, shelf))
  const loose =
    shelves.loose.length === 0
      ? ''
      : shelves.top.length === 0
        ? listHtml(center, shelves.loose)
        : `<section><h2>${words.other}</h2>${listHtml(center, shelves.loose)}</section>`
  const read = mostRead(shelves, MOST_LISTED)
  const changed = shelves.all.length > MOST_LISTED ? lastChanged(shelves, MOST_LISTED) : []
  const column = (heading: string, titles: readonly Title[], dated: boolean) =>
    titles.length === 0
      ? ''
      : `<section><h2>${heading}</h2>${dated ? datedHtml(center, titles) : listHtml(center, titles)}</section>`
  const body =
    shelves.all.length === 0
      ? `<p>${words.empty}</p>`
      : `${cards.length === 0 ? '' : `<h2 class="unseen">${words.sections}</h2><ul class="cards">${cards.join('')}</ul>`}${loose}<div class="columns">${column(words.mostRead, read, false)}${column(words.changed, changed, true)}</div>`
  return helpPage(center, {
    title: words.help,
    hero,
    body,
    path: `${base}/${language}`,
    about: `${words.help} · ${name}`,
    tongues: new Map(languages.map((each) => [each, `${base}/${each}`])),
  })
}

function cardHtml(center: Center, shelf: Shelf): string {
  const { name, section, below, count } = shelf
  const words = helpWordsIn(center.language)
  const inner = below.map(
    (each) => `<a href="${sectionPath(center, each.section.slug)}">${escaped(each.name)}</a>`,
  )
  const read = titlesIn(shelf).toSorted((a, b) => b.reads - a.reads)
  const links = [...inner, ...read.map((each) => linkTo(center, each))]
    .slice(0, MOST_ON_CARD)
    .map((link) => `<li>${link}</li>`)
  return `<li class="card"><h3><a href="${sectionPath(center, section.slug)}">${escaped(name)}</a></h3><p class="count">${countOf(words, count)}</p><ul>${links.join('')}</ul></li>`
}

const titlesIn = ({ titles, below }: Shelf): readonly Title[] => [...titles, ...below.flatMap(titlesIn)]

/** One section: the sections in it, and its articles; `languages` are those that it has something in. */
export function sectionHtml(center: Center, shelf: Shelf, languages: readonly string[]): string {
  const { language, base } = center
  const words = helpWordsIn(language)
  const { section, titles, below, name, count } = shelf
  const around = wayTo(center.library.sections, section.parentId).map(
    (each) => [nameIn(each, language), sectionPath(center, each.slug)] as const,
  )
  const cards = below.map((each) => cardHtml(center, each))
  const inner =
    cards.length === 0
      ? ''
      : `<h2 class="unseen">${words.sections}</h2><ul class="cards">${cards.join('')}</ul>`
  const body = `${wayHtml(center, around)}<h1>${escaped(name)}</h1><p class="count">${countOf(words, count)}</p>${inner}${titles.length === 0 ? '' : `<ul class="listed">${titles.map((each) => listedHtml(center, each)).join('')}</ul>`}`
  return helpPage(center, {
    title: name,
    body,
    path: sectionPath(center, section.slug),
    tongues: new Map(languages.map((each) => [each, `${base}/${each}/sections/${section.slug}`])),
    data: crumbsData(center, [...around, [name, sectionPath(center, section.slug)]]),
  })
}

type Search = {
  readonly q: string
  readonly found: readonly Fitting[]
  /** Its words, to be marked. */
  readonly asked: readonly string[]
  /** What was likely meant, where nothing was found. */
  readonly instead: string | null
}

/** What a search found, likeliest first, with the words marked; `mark` tells which search a reader comes from. */
export function foundHtml(center: Center, { q, found, asked, instead }: Search, mark: string): string {
  const words = helpWordsIn(center.language)
  const better =
    instead === null
      ? ''
      : `<p>${words.meant} <a href="${center.base}/${center.language}?q=${encodeURIComponent(instead)}"><strong>${escaped(instead)}</strong></a></p>`
  const from = mark === '' ? '' : `?from=${mark}`
  const items = found.map(
    (each) =>
      `<li${tongue(center, each)}><a href="${pathFor(center, each)}${from}">${marked(each.title, asked)}</a>${tongueMark(center, each)}<p>${excerptOf(each.text, asked)}</p>${each.section === '' ? '' : `<p class="count">${escaped(each.section)}</p>`}</li>`,
  )
  const isElsewhere = found.length > 0 && found.every(({ language }) => language !== center.language)
  const said = isElsewhere ? `<p>${words.noneHere}</p>` : ''
  const list =
    found.length === 0
      ? `<h1>${words.none} ${words.quoted(escaped(q))}</h1>${better}<p>${words.tryOther}</p>`
      : `<h1>${words.found} ${words.quoted(escaped(q))}</h1>${said}<ol class="found">${items.join('')}</ol>`
  const all = `<p><a href="${center.base}/${center.language}">${words.all}</a></p>`
  const written =
    mark === '' || center.contact === null ? center : { ...center, contact: `${center.contact}?from=${mark}` }
  return helpPage(written, {
    title: `${q} · ${words.help}`,
    body: `${searchForm(center, q, 'large')}${list}${all}`,
    path: null,
    hero: '',
  })
}

export const sectionPath = ({ base, language }: Center, slug: string): string =>
  `${base}/${language}/sections/${encodeURIComponent(slug)}`

/** An article's path in the reader's own language: what is not in it says so there. */
export const pathFor = (center: Center, { slug }: { slug: string }): string =>
  pathIn(center, { language: center.language, slug })

const tongue = ({ language }: Center, each: { language: string }): string =>
  each.language === language ? '' : ` lang="${each.language}"`

/** Says that an article is in another language than the page. */
export function tongueMark({ language }: Pick<Center, 'language'>, each: { language: string }): string {
  if (each.language === language) return ''
  return ` <span class="tongue" lang="${language}">${escaped(nameOfLanguage(each.language, language))}</span>`
}

const linkTo = (center: Center, title: Title): string =>
  `<a href="${pathFor(center, title)}"${tongue(center, title)}>${escaped(title.title)}</a>${tongueMark(center, title)}`

/** Articles by their titles. */
export function listHtml(center: Center, titles: readonly Title[]): string {
  return `<ul class="titles">${titles.map((each) => `<li>${linkTo(center, each)}</li>`).join('')}</ul>`
}

function datedHtml(center: Center, titles: readonly Title[]): string {
  const items = titles.map(
    (each) =>
      `<li><span>${linkTo(center, each)}</span> <time class="count" datetime="${each.updatedAt}">${dayIn(center.language, each.updatedAt, 'medium')}</time></li>`,
  )
  return `<ul class="titles dated">${items.join('')}</ul>`
}

function listedHtml(center: Center, title: Title): string {
  const line = title.excerpt.replace(/\s+/g, ' ').trim()
  const short = line.length > 150 ? `${line.slice(0, line.lastIndexOf(' ', 150))} …` : line
  return `<li>${linkTo(center, title)}<p${tongue(center, title)}>${escaped(short.toWellFormed())}</p></li>`
}

/** A day as a language writes it. */
export function dayIn(language: string, at: string, style: 'long' | 'medium'): string {
  return new Intl.DateTimeFormat(writable(language), { dateStyle: style, timeZone: 'UTC' }).format(
    new Date(at),
  )
}

/** Where a page stands, for search engines. */
export function crumbsData(
  { home, base, language }: Center,
  steps: readonly (readonly [name: string, path: string])[],
): object {
  const words = helpWordsIn(language)
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: [[words.help, `${base}/${language}`] as const, ...steps].map(([name, path], index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: home + path,
    })),
  }
}
