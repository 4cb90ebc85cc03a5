// What is written, as a model reads it: paragraphs apart by an empty line, items as lines, links with where they lead. The HTML is the
// editor's own, never a stranger's: its shapes are few.
import { textOf } from '../ticket/composer/text-of.ts'

export type Plain = {
  readonly text: string
  /** It has a picture, which words cannot stand for. */
  readonly hasPicture: boolean
  /** It has more than paragraphs, which what comes back does not have. */
  readonly hasFormat: boolean
}

const LINK = /<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gs

/** The plain text of what stands in the editor. */
export function plainOf(html: string): Plain {
  const text = textOf(
    html
      .replaceAll(LINK, (_, href: string, words: string) => (words === href ? words : `${words} (${href})`))
      .replaceAll(/<li\b[^>]*>(?:<p>)?/g, '- ')
      .replaceAll(/(?:<\/p>)?<\/li>/g, '<br>')
      .replaceAll(/<\/(?:p|blockquote|pre|ul|ol|h[1-3])>/g, '<br><br>'),
  ).replaceAll(/\n{3,}/g, '\n\n')
  const hasFormat = /<(?:a|li|strong|em|code|pre|blockquote|h[1-3])\b/.test(html)
  return { text, hasPicture: /<img\b/.test(html), hasFormat }
}
