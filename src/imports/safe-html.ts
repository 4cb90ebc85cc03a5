// HTML of another desk as it may be shown here.
import { safeHtmlOf } from '#mail/body.ts'

/** Plain tags without attributes, and what stands for a character: no cleaner would change it. */
const PLAIN = /^(?:[^<&]|<\/?(?:p|b|i|strong|em|ul|ol|li|blockquote)>|<br ?\/?>|&(?:amp|lt|gt|quot);)*$/

/** The HTML, cleaned like that of a mail unless there is nothing to clean. */
export function safeHtml(html: string): string {
  return PLAIN.test(html) ? html : safeHtmlOf(html)
}
