// What a mail says, for the ticket: the newly written text, the quoted rest, and safe HTML.
import { partsOf } from '#mail/explain.ts'
import type { Mail } from '#mail/mail.ts'
import { sanitise } from '#mail/sanitise.ts'

export type Body = { readonly text: string; readonly html: string | null; readonly quoted: string | null }

/** The HTML of a mail, cleaned; its pictures keep their `cid:` addresses. */
export function safeHtmlOf(html: string): string {
  return sanitise(html, (contentId) => `cid:${contentId}`).html
}

/** The body of a mail; its inline images keep their `cid:` addresses. Signature and quotations are kept apart, not lost. */
export function readBody(mail: Mail): Body {
  if (mail.body !== undefined) return mail.body
  const html = mail.safeHtml ?? (mail.html === null ? null : safeHtmlOf(mail.html))
  const { visibleText, quotedText, signature } = partsOf(mail)
  const rest = [signature ?? '', quotedText].filter((part) => part !== '').join('\n\n')
  // A mail that is nothing but a quotation is shown whole.
  if (visibleText.trim() === '') return { text: rest, html, quoted: null }
  return { text: visibleText, html, quoted: rest === '' ? null : rest }
}
