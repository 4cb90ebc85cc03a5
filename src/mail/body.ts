// What a mail says, for the ticket: the newly written text, the quoted rest, and safe HTML.
import type { Mail } from '#mail/mail.ts'
import { sanitise } from '#mail/sanitise.ts'
import { textOfHtml } from '#mail/text-of-html.ts'

export type Body = { readonly text: string; readonly html: string | null; readonly quoted: string | null }

/** The body of a mail; its inline images keep their `cid:` addresses. */
export function readBody(mail: Mail): Body {
  const html = mail.html === null ? null : sanitise(mail.html, (contentId) => `cid:${contentId}`).html
  const text = mail.text ?? (html === null ? '' : textOfHtml(html))
  return { text, html, quoted: null }
}
