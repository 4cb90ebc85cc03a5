// How one raw mail is understood, as the plain JSON that `docket mail explain` prints. It uses the same functions as
// the desk, so that what it shows is what happens.
import { readBounce } from '#mail/bounce.ts'
import type { Known } from '#mail/known-text.ts'
import { originalSender } from '#mail/forwarded.ts'
import { judge } from '#mail/judge.ts'
import { visible, visibleOfHtml, type Visible } from '#mail/quote.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Bounce, Mail, MailKind, Parsed, Party } from '#mail/mail.ts'

type Named = { readonly email: string; readonly name: string }

export type Explanation = {
  readonly file: string
  readonly kind: MailKind
  readonly from: Named | null
  readonly to: readonly Named[]
  readonly cc: readonly Named[]
  readonly subject: string
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly date: string | null
  readonly text: string | null
  readonly html: string | null
  readonly visibleText: string
  readonly quotedText: string
  readonly signature: string | null
  readonly attachments: readonly { name: string; type: string; bytes: number; inline: boolean }[]
  readonly bounce: Omit<Bounce, 'diagnostic' | 'originalMessageId'> | null
  readonly originalSender: Named | null
  readonly problems: readonly string[]
}

/** Explains what a parser read; a mail that cannot be read is explained by its problem alone. */
export function explain(parsed: Parsed, file: string): Explanation {
  if (!parsed.ok) return { ...nothing, file, problems: [`${parsed.reason}: ${parsed.detail}`] }
  const { mail } = parsed
  const { kind } = judge(mail, null, [])
  const parts = partsOf(mail)
  return {
    file,
    kind,
    from: mail.from === null ? null : named(mail.from),
    to: mail.to.map(named),
    cc: mail.cc.map(named),
    subject: mail.subject,
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    date: mail.date,
    text: mail.text,
    html: mail.html,
    ...parts,
    attachments: mail.attachments.map(({ name, type, bytes, inline }) => ({
      name,
      type,
      bytes: bytes.length,
      inline,
    })),
    bounce: kind === 'bounce' ? bounceOf(mail) : null,
    originalSender: kind === 'bounce' || kind === 'complaint' ? null : senderOf(mail),
    problems: mail.problems,
  }
}

/** What the sender newly wrote, what was quoted, and the signature, from the text or, without one, from the HTML. */
export function partsOf(mail: Mail, known: Known | null = null): Visible {
  if (mail.text?.trim()) return visible(mail.text, known)
  return mail.html === null ? visible('') : visibleOfHtml(mail.html, known)
}

function named({ email, name }: Party): Named {
  return { email, name }
}

function bounceOf(mail: Mail): Explanation['bounce'] {
  const { status, class: statusClass, hard, recipient, reason } = readBounce(mail)
  return { status, class: statusClass, hard, recipient, reason }
}

function senderOf(mail: Mail): Named | null {
  const text = mail.text?.trim() ? mail.text : mail.html === null ? '' : textOfHtml(mail.html)
  const sender = originalSender(mail, text)
  return sender === null ? null : named(sender)
}

const nothing: Omit<Explanation, 'file' | 'problems'> = {
  kind: 'message',
  from: null,
  to: [],
  cc: [],
  subject: '',
  messageId: null,
  inReplyTo: null,
  references: [],
  date: null,
  text: null,
  html: null,
  visibleText: '',
  quotedText: '',
  signature: null,
  attachments: [],
  bounce: null,
  originalSender: null,
}
