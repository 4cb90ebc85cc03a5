// What is answered, below the answer, as mail programs put it there: its own reader (`quote.ts`) and everybody else's knows it again.
import { cleanName, cleanText } from '#mail/clean.ts'
import { htmlOfText } from '#mail/sanitise.ts'
import { escaped } from '#kit/escaped.ts'
import type { Instant } from '#kit/time.ts'

const MOST_CHARACTERS = 10_000

export type Said = { readonly name: string; readonly at: Instant; readonly text: string }

/** Above what somebody said: who and when, in a language such as `de-AT` and an IANA zone. */
const attributions: Readonly<Record<string, (date: string, time: string, name: string) => string>> = {
  en: (date, time, name) => `On ${date} at ${time}, ${name} wrote:`,
  de: (date, time, name) => `Am ${date} um ${time} schrieb ${name}:`,
}

/** The quotation as the end of a text and of a page; of a long one its beginning. */
export function quotation(
  { name, at, text }: Said,
  { language, zone }: { readonly language: string; readonly zone: string },
): { readonly text: string; readonly html: string } {
  const spoken = /^de\b/i.test(language) ? 'de' : 'en'
  const moment = new Date(at)
  const shown = (style: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(spoken === 'de' ? 'de-DE' : 'en-GB', { timeZone: zone, ...style }).format(moment)
  const head = attributions[spoken]?.(
    shown({ dateStyle: 'long' }),
    shown({ timeStyle: 'short' }),
    cleanName(name),
  )
  const words = shortened(cleanText(text).replace(/\r\n?/g, '\n').trim())
  const marked = words
    .split('\n')
    .map((line) => (line === '' || line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n')
  const bar = 'margin:0 0 0 .5em;padding:0 0 0 1em;border-left:2px solid #ccc'
  return {
    text: `${head}\n${marked}`,
    html: `<p style="margin:1.5em 0 .5em">${escaped(head ?? '')}</p>\n<blockquote type="cite" style="${bar}">${htmlOfText(words)}</blockquote>`,
  }
}

function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text
  const end = text.lastIndexOf('\n', MOST_CHARACTERS)
  return `${text.slice(0, end > 0 ? end : MOST_CHARACTERS).trimEnd()}\n[…]`
}
