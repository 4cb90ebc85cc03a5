// A text part that only says that the mail is HTML: what was written stands in the HTML alone.
import { textOfHtml } from '#mail/text-of-html.ts'

const longest = 600

/** Whether a text is such a placeholder: short, speaking of HTML, and with hardly a word of what the HTML says. */
export function isPlaceholder(text: string, html: string): boolean {
  if (text.length > longest || !/\bhtml\b/i.test(text)) return false
  const shown = new Set(wordsOf(textOfHtml(html.slice(0, 200_000))))
  const said = wordsOf(text)
  const shared = said.filter((word) => shown.has(word))
  return shown.size > 0 && shared.length * 2 < said.length
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []
