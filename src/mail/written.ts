// What people write here, as text and as safe HTML: plain text, Markdown (CommonMark with tables), or HTML.
import { marked } from 'marked'
import { never } from '#kit/never.ts'
import { sanitise } from '#mail/sanitise.ts'
import { textOfHtml } from '#mail/text-of-html.ts'

export type Format = 'text' | 'html' | 'markdown'

/** The text and the safe HTML of a body; plain text has no HTML of its own. */
export function written(
  body: string,
  format: Format,
): { readonly text: string; readonly html: string | null } {
  switch (format) {
    case 'text':
      return { text: body.replace(/\r\n?/g, '\n'), html: null }
    case 'markdown': {
      const { html } = sanitise(marked.parse(body, { async: false, gfm: true, breaks: true }), () => null)
      return { text: body.replace(/\r\n?/g, '\n'), html }
    }
    case 'html': {
      const { html } = sanitise(body, (contentId) => `cid:${contentId}`)
      return { text: textOfHtml(html), html }
    }
    default:
      return never(format)
  }
}
