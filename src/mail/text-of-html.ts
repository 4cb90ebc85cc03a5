// The readable text of an HTML mail, for search, snippets and quote trimming. One pass of a streaming tokenizer,
// linear in the input; it never builds a tree.
import { Parser } from 'htmlparser2'
import { cleanText } from '#mail/clean.ts'
import { deeperThan } from '#mail/html-depth.ts'

const blocks = new Set(
  (
    'address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 ' +
    'h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul'
  ).split(' '),
)
const apart = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'pre', 'blockquote', 'table'])
const hidden = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'svg',
  'math',
  'object',
  'select',
])
const longest = 2_000_000
// Nobody writes such HTML; the tokenizer's list of open tags makes it cost seconds.
const deepest = 5_000

/** Paragraphs parted by a blank line, list items by `- `, rules by underscores, quoted blocks by `> `; links keep their text only. */
export function textOfHtml(html: string): string {
  const start = html.slice(0, longest)
  if (deeperThan(start, deepest))
    return cleanText(start.replace(/<[^<>]{0,2000}>/g, '\n').replace(/\s*\n\s*/g, '\n')).trim()
  const page = new Page()
  const parser = new Parser(
    {
      onopentag: (name, attributes) => page.open(name, attributes),
      ontext: (text) => page.text(text),
      onclosetag: (name) => page.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(start)
  return cleanText(page.finish())
}

// How mail programs mark what they quote or what they write above it: by class, by id, by name.
const quotations =
  /(?:^|\s)(?:gmail_quote|gmail_quote_container|gmail_attr|yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote|moz-forward-container|moz-cite-prefix|ms-outlook-mobile-reference-message|front-blockquote|mailbird-quote|OutlookMessageHeader)(?:\s|$)/
const quotationIds =
  /^(?:OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|isReplyContent|reply-intro|messageReplySection|replySplit)$/

function isQuotation(attributes: Readonly<Record<string, string>>): boolean {
  return (
    quotations.test(attributes['class']?.slice(0, 500) ?? '') ||
    quotationIds.test(attributes['id']?.slice(0, 100) ?? attributes['name']?.slice(0, 100) ?? '') ||
    attributes['data-marker'] === '__QUOTED_TEXT__'
  )
}

// Outlook and Windows Mail draw a line over the mail they answer by the upper border of a block.
function isRuledOff(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const style = attributes['style']?.slice(0, 500) ?? ''
  return name === 'div' && /border-top(?:-style)?\s?:[^;]{0,60}solid/i.test(style)
}

class Page {
  readonly #lines: string[] = []
  #line = ''
  // Asking the line itself would copy it each time: quadratic for a text in a million pieces.
  #endsInBlank = false
  #blank = true
  readonly #quotes: { readonly name: string; open: number }[] = []
  #hidden = 0
  #preformatted = 0

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (hidden.has(name)) this.#hidden++
    if (name === 'br') this.#break(true)
    if (name === 'img' && this.#hidden === 0) this.#add(attributes['alt']?.slice(0, 200) ?? '')
    if (blocks.has(name)) this.#break(false)
    if (name === 'hr' || isRuledOff(name, attributes)) this.#rule()
    if (apart.has(name)) this.#gap()
    if (name === 'blockquote' || isQuotation(attributes)) this.#enterQuote(name)
    else this.#inQuote(name, 1)
    if (name === 'pre') this.#preformatted++
    if (name === 'li') {
      this.#line = ''
      this.#add('- ')
    }
    if ((name === 'td' || name === 'th') && this.#line !== '' && !this.#endsInBlank) this.#add(' ')
  }

  text(text: string): void {
    if (this.#hidden > 0) return
    if (this.#preformatted > 0) {
      const [first = '', ...rest] = text.split('\n')
      this.#add(first)
      for (const line of rest) {
        this.#break(true)
        this.#add(line)
      }
      return
    }
    const folded = text.replace(/[ \t\r\n\f]+/g, ' ')
    this.#add(this.#line === '' || this.#endsInBlank ? folded.replace(/^ /, '') : folded)
  }

  #add(text: string): void {
    if (text === '') return
    this.#line += text
    this.#endsInBlank = text.endsWith(' ')
  }

  close(name: string): void {
    if (hidden.has(name) && this.#hidden > 0) this.#hidden--
    if (blocks.has(name)) this.#break(false)
    this.#inQuote(name, -1)
    if (name === 'pre' && this.#preformatted > 0) this.#preformatted--
    if (apart.has(name)) this.#gap()
  }

  // Quotation markup of whatever tag ends with that tag's own end: same-named tags inside are counted.
  #enterQuote(name: string): void {
    this.#break(false)
    this.#gap()
    this.#quotes.push({ name, open: 1 })
  }

  #inQuote(name: string, by: 1 | -1): void {
    const innermost = this.#quotes.at(-1)
    if (innermost === undefined || innermost.name !== name) return
    innermost.open += by
    if (innermost.open === 0) {
      this.#break(false)
      this.#quotes.pop()
      this.#gap()
    }
  }

  finish(): string {
    this.#break(false)
    return this.#lines.join('\n').trim()
  }

  #break(always: boolean): void {
    const line = this.#line.replaceAll('\u00a0', ' ').trimEnd()
    this.#line = ''
    if (line === '' && !always) return
    if (line === '' && this.#blank) return
    this.#lines.push('> '.repeat(Math.min(this.#quotes.length, 20)) + line)
    this.#blank = line === ''
  }

  #rule(): void {
    this.#line = '_'.repeat(32)
    this.#break(true)
  }

  #gap(): void {
    if (this.#blank) return
    this.#lines.push('')
    this.#blank = true
  }
}
