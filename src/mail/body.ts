// What a mail says, for the ticket: the newly written text, the quoted rest, and safe HTML.
import { partsOf } from '#mail/explain.ts'
import type { Known } from '#mail/known-text.ts'
import type { Mail, Body } from '#mail/mail.ts'
import { sanitise } from '#mail/sanitise.ts'

/** The HTML of a mail, cleaned; its pictures keep their `cid:` addresses. */
export function safeHtmlOf(html: string): string {
  return sanitise(html, (contentId) => `cid:${contentId}`).html
}

/**
 * The body of a mail; its inline images keep their `cid:` addresses. Signature and quotations are kept apart, not lost; `known` tells what
 * stands in the mail that it answers.
 */
export function readBody(mail: Mail, known: Known | null = null): Body {
  if (mail.body !== undefined && known === null) return mail.body
  const html = mail.body?.html ?? mail.safeHtml ?? (mail.html === null ? null : safeHtmlOf(mail.html))
  const { visibleText, quotedText, signature } = partsOf(mail, known)
  const rest = [signature ?? '', quotedText].filter((part) => part !== '').join('\n\n')
  // A mail that is nothing but a quotation is shown whole.
  if (visibleText.trim() === '') return { text: rest, html, quoted: null }
  return { text: visibleText, html, quoted: rest === '' ? null : rest }
}
