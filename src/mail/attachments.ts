// The files of a mail under names that are safe to show; types are only what the sender claims.
import { decodeWords, type Attachment } from 'postal-mime'
import { cleanFileName, cleanLine, cleanText } from '#mail/clean.ts'
import { withoutMojibake } from '#mail/charset.ts'
import type { MailAttachment } from '#mail/mail.ts'
import { readTnef } from '#mail/tnef.ts'

/** Names and cleans what the MIME reader found; `html` tells which of them the text shows by `cid:`. */
export function attachmentsOf(found: readonly Attachment[], html: string): readonly MailAttachment[] {
  const shown = contentIdsIn(html)
  return found.map((attachment, index) => {
    const type = typeOf(attachment.mimeType)
    const contentId = contentIdOf(attachment.contentId)
    return {
      name: nameOf(attachment, type, index),
      type,
      bytes: bytesOf(attachment.content),
      contentId,
      inline: attachment.disposition === 'inline' || (contentId !== null && shown.has(contentId)),
    }
  })
}

function contentIdsIn(html: string): Set<string> {
  return new Set([...html.matchAll(/\bcid:([^"'\s>)]{1,500})/gi)].map((match) => unescapedId(match[1] ?? '')))
}

function unescapedId(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function contentIdOf(value: string | undefined): string | null {
  const id = cleanLine(value ?? '')
    .replace(/^<|>$/g, '')
    .trim()
  return id === '' ? null : id.slice(0, 500)
}

function typeOf(claimed: string): string {
  const type = cleanLine(claimed).toLowerCase()
  return /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(type) ? type : 'application/octet-stream'
}

function nameOf(attachment: Attachment, type: string, index: number): string {
  const name = cleanFileName(withoutMojibake(decodeWords(attachment.filename ?? '')))
  if (name !== '') return name
  return `${type === 'message/rfc822' ? 'message' : 'attachment'}-${index + 1}.${extensionOf(type)}`
}

const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'text/rfc822-headers': 'txt',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'application/ics': 'ics',
  'text/csv': 'csv',
  'text/x-vcard': 'vcf',
  'text/vcard': 'vcf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/pkcs7-signature': 'p7s',
  'application/pgp-signature': 'asc',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
}

function extensionOf(type: string): string {
  return extensions[type] ?? 'bin'
}

function bytesOf(content: Attachment['content']): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content)
  return new Uint8Array(content)
}

/** The files of a mail with those that Outlook packed into winmail.dat, and the text that was in there. */
export function unpacked(found: readonly MailAttachment[]): {
  readonly attachments: readonly MailAttachment[]
  readonly text: string | null
  readonly html: string | null
  readonly packed: boolean
} {
  let [text, html]: [string | null, string | null] = [null, null]
  const attachments = found.flatMap((attachment): readonly MailAttachment[] => {
    const claims = /ms-tnef/.test(attachment.type) || /^winmail\.dat$/i.test(attachment.name)
    const tnef = claims ? readTnef(attachment.bytes) : null
    if (tnef === null) return [attachment]
    text ??= tnef.text === null ? null : cleanText(tnef.text)
    html ??= tnef.html === null ? null : cleanText(tnef.html)
    return tnef.files.map((file, index) => {
      const type = typeOf(file.type ?? '')
      const contentId = contentIdOf(file.contentId ?? undefined)
      const name = cleanFileName(file.name) || `attachment-${index + 1}.${extensionOf(type)}`
      return { name, type, bytes: file.bytes, contentId, inline: contentId !== null }
    })
  })
  return {
    attachments,
    text,
    html,
    packed: attachments.length !== found.length || text !== null || html !== null,
  }
}
