// An article as readers of a page get it: headings one level below the page's own with places to jump to, no styles of its own,
// and around the words of a search a short piece of its text.
import { escaped } from '#kit/escaped.ts'
import { folded } from '#kit/words.ts'

const UNWANTED = / (style|bgcolor|align|valign|width|height|color|face|size)="[^"]*"/g

export type Heading = { readonly id: string; readonly level: number; readonly text: string }

/**
 * The safe HTML of an article for a page whose title is its h1. What is between angle brackets is a tag: the cleaner wrote it.
 * Styles are dropped, since the page's policy lets none in, and links to `home` stay in the same window.
 */
export function readable(
  html: string,
  home: string,
): { readonly html: string; readonly headings: readonly Heading[] } {
  const headings: Heading[] = []
  const bare = html.replace(/<[^<>]*>/g, (tag) => {
    const plain = tag.replace(UNWANTED, (given, name: string) =>
      // A picture's own measures keep its place before it has come.
      tag.startsWith('<img ') && (name === 'width' || name === 'height') ? given : '',
    )
    const isOurs = plain.includes(` href="${home}/`) || / href="\/(?!\/)/.test(plain)
    return isOurs ? plain.replace(/ (?:target|rel)="[^"]*"/g, '') : plain
  })
  const body = bare.replace(
    /<h([1-6])( [^<>]*)?>([\s\S]*?)<\/h\1>/g,
    (_, depth: string, __, inner: string) => {
      const text = inner.replace(/<[^<>]*>/g, '').trim()
      const level = Math.max(2, Number(depth))
      if (text === '') return ''
      const id = `part-${headings.length + 1}`
      headings.push({ id, level, text })
      return `<h${level} id="${id}">${inner}</h${level}>`
    },
  )
  return { html: body, headings }
}

const AROUND = 90

/** A piece of a text around the first of the asked words in it, as HTML with the words marked. */
export function excerptOf(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const parts = line.split(/([\p{L}\p{N}]+)/u)
  const first = parts.findIndex((part, at) => at % 2 === 1 && isAsked(part, words))
  const before = parts.slice(0, Math.max(first, 0)).join('').length
  const start = before <= AROUND ? 0 : line.indexOf(' ', before - AROUND) + 1
  const end = start + 2 * AROUND >= line.length ? line.length : line.lastIndexOf(' ', start + 2 * AROUND)
  const piece = line.slice(start, end)
  return `${start > 0 ? '… ' : ''}${marked(piece, words)}${end < line.length ? ' …' : ''}`
}

/** A text as HTML, the asked words in it marked. */
export function marked(text: string, words: readonly string[]): string {
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .map((part, at) =>
      at % 2 === 1 && isAsked(part, words) ? `<mark>${escaped(part)}</mark>` : escaped(part),
    )
    .join('')
}

/** Two words are forms of one when so much of their beginnings is the same, and no more than an ending differs. */
const STEM = 4
const ENDING = 4

function isAsked(part: string, words: readonly string[]): boolean {
  const word = folded(part)
  return words.some((asked) => {
    if (word === asked) return true
    let same = 0
    while (same < word.length && word[same] === asked[same]) same++
    return same >= STEM && Math.max(word.length, asked.length) - same <= ENDING
  })
}
