// Text with the words that were searched for marked: whole words or their beginnings, without case and accents.
import { Fragment } from 'react'

/** The free words of a search text, without its keys. */
export function wordsOf(query: string): string[] {
  const bare = query.replaceAll(/\S+:("[^"]*"|\S*)|[()"]|(?:^|\s)-\S+|\bOR\b|\bAND\b|\bNOT\b/g, ' ')
  return bare.split(/\s+/).filter((word) => word.length > 1)
}

/** Without case and accents. */
export const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** The text from a little before the first hit on; null where there is none. */
export function aroundHit(text: string, words: readonly string[]): string | null {
  const wanted = words.map(plain)
  for (const { 0: part, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (!wanted.some((word) => plain(part).startsWith(word))) continue
    const from = index < 30 ? 0 : text.indexOf(' ', index - 24) + 1
    return from === 0 ? text : `… ${text.slice(Math.min(from, index))}`
  }
  return null
}

export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0 || text === '') return text
  const wanted = words.map(plain)
  const parts = text.split(/([\p{L}\p{N}]+)/u)
  return parts.map((part, at) => {
    const isHit = at % 2 === 1 && wanted.some((word) => plain(part).startsWith(word))
    return isHit ? <mark key={at}>{part}</mark> : <Fragment key={at}>{part}</Fragment>
  })
}
