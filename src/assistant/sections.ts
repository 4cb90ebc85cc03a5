// Articles in sections, each with the heading it stands under: what retrieval finds and what is answered with, word by word.
import type { Document } from '#assistant/retrieval.ts'
import { textOfHtml } from '#mail/text-of-html.ts'

export type Source = {
  readonly articleId: number
  readonly version: number
  readonly title: string
  readonly body: string
  readonly language: string
  /** Where readers find it, from the root of the site. */
  readonly path: string
}

export type Section = {
  /** Article, version and place: `7.3.1`. */
  readonly id: string
  readonly articleId: number
  readonly version: number
  readonly title: string
  /** Empty for what stands before the first heading. */
  readonly heading: string
  readonly text: string
  readonly language: string
  readonly path: string
}

const HEADING = /<h([1-6])(?: [^<>]*)?>([\s\S]*?)<\/h\1>/g

/** The sections of an article's newest version; those that say nothing are left out. */
export function sectionsOf({ articleId, version, title, body, language, path }: Source): Section[] {
  const cuts = [...body.matchAll(HEADING)].map((found) => ({
    from: found.index,
    to: found.index + found[0].length,
    heading: textOfHtml(found[2] ?? '').trim(),
  }))
  const starts = [{ from: 0, to: 0, heading: '' }, ...cuts]
  return starts.flatMap(({ to, heading }, at) => {
    const text = textOfHtml(body.slice(to, starts[at + 1]?.from)).trim()
    if (text === '') return []
    const id = `${articleId}.${version}.${at}`
    return [{ id, articleId, version, title, heading, text, language, path }]
  })
}

/** A section as retrieval indexes it. */
export function documentOf({ id, title, heading, text }: Section): Document {
  return { id, title: heading === '' ? title : `${title}: ${heading}`, text }
}
