// The files of a mail under names that are safe to show; types are only what the sender claims.
import { decodeWords, type Attachment } from 'postal-mime'
import { cleanFileName, cleanLine, cleanText } from '#mail/clean.ts'
import { extensionOf, extensionOfBytes, typeOfExtension } from '#mail/extensions.ts'
import { withoutMojibake } from '#mail/charset.ts'
import type { MailAttachment } from '#mail/mail.ts'
import type { InText } from '#mail/uuencode.ts'
import { readTnef } from '#mail/tnef.ts'

/** Names and cleans what the MIME reader found; none of it counts as shown yet. */
export function attachmentsOf(found: readonly Attachment[]): readonly MailAttachment[] {
  return found.map((attachment, index) => {
    const type = typeOf(attachment.mimeType)
    const contentId = contentIdOf(attachment.contentId)
    const bytes = bytesOf(attachment.content)
    return { name: nameOf(attachment, type, bytes, index), type, bytes, contentId, inline: false }
  })
}

/**
 * Marks the pictures that the cleaned HTML shows, the first of each Content-ID. Everything else is a file beside the text, however its
 * sender's program marked it: what is not shown must be listed.
 */
export function withShown(files: readonly MailAttachment[], safeHtml: string | null): MailAttachment[] {
  const shown = new Set(safeHtml === null ? [] : picturesIn(safeHtml))
  return files.map((file) => {
    const inline = file.contentId !== null && isPicture(file.bytes) && shown.delete(file.contentId)
    return { ...file, inline }
  })
}

/** The Content-IDs of the pictures that cleaned HTML shows: not of one that is hidden, or stands in what is. */
export function picturesIn(safeHtml: string): readonly string[] {
  const found: string[] = []
  const open: string[] = []
  // So deep in what is open begins what is hidden.
  let hidden = Infinity
  for (const [tag, end, name = ''] of safeHtml.matchAll(/<(\/?)([a-z][a-z0-9]{0,20})[^<>]{0,4000}>/g)) {
    if (end === '/') {
      const at = open.lastIndexOf(name)
      if (at >= 0) open.length = at
      if (open.length <= hidden) hidden = Infinity
      continue
    }
    const isHidden = hidden < Infinity || /\sstyle="[^"]*display:\s?none/i.test(tag)
    const picture = name === 'img' && !isHidden ? /\ssrc="cid:([^"]{1,500})"/.exec(tag)?.[1] : undefined
    if (picture !== undefined) found.push(picture.replaceAll('&amp;', '&'))
    if (VOID.has(name)) continue
    if (isHidden) hidden = Math.min(hidden, open.length)
    open.push(name)
  }
  return found
}

const VOID = new Set(['area', 'br', 'col', 'hr', 'img', 'wbr'])

/** Whether these are the first bytes of a picture that browsers show, whatever type it claims. */
function isPicture(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|.{4}ftypavi[fs])/s.test(start)
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

function nameOf(attachment: Attachment, type: string, bytes: Uint8Array, index: number): string {
  const name = cleanFileName(withoutMojibake(decodeWords(attachment.filename ?? '')))
  if (name !== '') return name
  // Some programs put the name there alone; others a word about the part ("Delivery report").
  const described = cleanFileName(withoutMojibake(attachment.description ?? ''))
  if (/^.{1,150}\.[A-Za-z][A-Za-z0-9]{1,9}$/.test(described)) return described
  const extension = extensionOf(type) ?? extensionOfBytes(bytes)
  return `${type === 'message/rfc822' ? 'message' : 'attachment'}-${index + 1}.${extension}`
}

function bytesOf(content: Attachment['content']): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content)
  return new Uint8Array(content)
}

/** Files that stood in the text, under the type that their bytes or their names tell. */
export function inText(files: readonly InText[]): readonly MailAttachment[] {
  return files.map(({ name, bytes }) => {
    const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? ''
    return { name, type: typeOfExtension(ending), bytes, contentId: null, inline: false }
  })
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
      const name =
        cleanFileName(file.name) ||
        `attachment-${index + 1}.${extensionOf(type) ?? extensionOfBytes(file.bytes)}`
      return { name, type, bytes: file.bytes, contentId, inline: false }
    })
  })
  return {
    attachments,
    text,
    html,
    packed: attachments.length !== found.length || text !== null || html !== null,
  }
}
