// Outgoing → the exact bytes to send and the envelope to send them under. Everything in it is the caller's: ids,
// moment, addresses. No string can become a header or a recipient of its own (M6).
import MailComposer from 'nodemailer/lib/mail-composer'
import { addressKey, type Address } from '#mail/address.ts'
import { cleanFileName, cleanLine, cleanName, cleanText } from '#mail/clean.ts'
import { htmlOfText } from '#mail/sanitise.ts'
import type { Composed, MailAttachment, Outgoing, Recipient } from '#mail/mail.ts'

/** The header that marks our own mail by the mailbox that sent it, so that we know it when it comes back. */
export const loopMarkHeader = 'X-Docket-Loop'

const mostReferences = 20

/** Builds one mail (RFC 5322, MIME). Automatic answers get a null envelope sender (RFC 3834 §3.3). */
export async function compose(outgoing: Outgoing): Promise<Composed> {
  const composer = new MailComposer({
    from: party(outgoing.from),
    to: outgoing.to.map(party),
    cc: outgoing.cc.map(party),
    ...(outgoing.replyTo === null
      ? {}
      : { replyTo: party({ name: outgoing.from.name, address: outgoing.replyTo }) }),
    subject: cleanLine(outgoing.subject),
    messageId: bracketed(outgoing.messageId),
    ...(outgoing.inReplyTo === null ? {} : { inReplyTo: bracketed(outgoing.inReplyTo) }),
    references: newest(outgoing.references).map(bracketed).join(' '),
    date: new Date(outgoing.date),
    headers: { ...outgoing.headers, ...markers(outgoing) },
    text: cleanText(outgoing.text),
    html: cleanText(outgoing.html ?? htmlOfText(outgoing.text)),
    attachments: outgoing.attachments.map(attachment),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  })
  return { raw: await composer.compile().build(), envelope: envelopeOf(outgoing) }
}

function party({ name, address }: Recipient): { name: string; address: string } {
  // An encoded word in a name would be decoded by the reader into something we never wrote.
  return { name: cleanName(name).replaceAll('=?', '= ?'), address }
}

// Ids come from strangers' mails too: only what can stand between angle brackets remains.
function bracketed(id: string): string {
  return `<${id.replace(/[^\u0021-\u003b\u003d\u003f-\u007e]/g, '')}>`
}

function newest(references: readonly string[]): readonly string[] {
  if (references.length <= mostReferences) return references
  return [...references.slice(0, 1), ...references.slice(1 - mostReferences)]
}

function markers(outgoing: Outgoing): Record<string, string> {
  const mark = { [loopMarkHeader]: outgoing.from.address }
  switch (outgoing.automatic) {
    case 'no':
      return mark
    case 'replied':
      return { ...mark, 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' }
    case 'generated':
      return { ...mark, 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
  }
}

function attachment({ name, type, bytes, contentId, inline }: MailAttachment) {
  const embedded = inline && contentId !== null
  return {
    filename: cleanFileName(name) || 'attachment',
    content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    contentType: /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/i.test(type) ? type : 'application/octet-stream',
    contentDisposition: embedded ? 'inline' : 'attachment',
    ...(embedded ? { cid: contentId.replace(/[^\u0021-\u003b\u003d\u003f-\u007e]/g, '') } : {}),
  }
}

function envelopeOf(outgoing: Outgoing): Composed['envelope'] {
  const recipients = new Map<string, Address>()
  for (const { address } of [...outgoing.to, ...outgoing.cc]) recipients.set(addressKey(address), address)
  const from = outgoing.automatic === 'replied' ? '' : (outgoing.bounceTo ?? outgoing.from.address)
  return { from, to: [...recipients.values()] }
}
