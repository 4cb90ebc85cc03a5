// What people said, as HTML for a customer's page: an agent's words keep their plain marks, everybody else's are text. Nothing is
// fetched and nothing has a style of its own.
import sanitizeHtml from 'sanitize-html'
import { escaped } from '#kit/escaped.ts'

const TAGS = [
  'p',
  'br',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'a',
  'ul',
  'ol',
  'li',
  'blockquote',
  'code',
  'pre',
  'hr',
]
const REL = 'noopener noreferrer nofollow'

/** A message's body. Pictures inside the text stand among its files. */
export function bodyHtml(html: string | null, text: string): string {
  if (html === null) return `<div class="body plain">${linked(text)}</div>`
  const safe = sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    nestingLimit: 100,
    transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: REL }), div: 'p' },
  })
  return `<div class="body">${safe}</div>`
}

/** Text with its web addresses as links. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']{1,1000})/)
    .map((part, index) =>
      index % 2 === 0 ? escaped(part) : `<a href="${escaped(part)}" rel="${REL}">${escaped(part)}</a>`,
    )
    .join('')
}
