// Large files are taken out of a mail before it is read: the MIME reader goes line by line, and 48 MB of short lines cost it half a
// minute and 1.5 GB. In the place of each stands a mark, for which its bytes are put back afterwards. Pure.
import { createHash } from 'node:crypto'
import type { Attachment, Email } from 'postal-mime'
import { declaredBoundaries } from '#mail/limits.ts'

const LARGE_BYTES = 256_000
const MOST_HEADER_BYTES = 16_384
const MOST_BOUNDARIES = 1_000

type Taken = {
  /** What stands in its place in the mail, and what that is when it has been decoded. */
  readonly standIn: string
  readonly mark: string
  readonly body: Buffer
  readonly isBase64: boolean
}

export type Lightened = { readonly raw: Uint8Array; readonly taken: readonly Taken[] }

/** The mail without the bytes of its large files. */
export function lighten(raw: Uint8Array): Lightened {
  const mail = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const boundaries = mail.length <= LARGE_BYTES ? null : declaredBoundaries(mail, MOST_BOUNDARIES)
  if (boundaries === null || boundaries.size === 0) return { raw, taken: [] }
  const pieces: Buffer[] = []
  const taken: Taken[] = []
  let [kept, from] = [0, 0]
  for (const [end, next] of delimitersOf(mail, boundaries)) {
    const part = end - from > LARGE_BYTES ? fileIn(mail.subarray(from, end)) : null
    if (part !== null) {
      const mark = `part-${taken.length}-${markOf(mail)}`
      const standIn = part.isBase64 ? Buffer.from(mark).toString('base64') : mark
      pieces.push(mail.subarray(kept, from + part.bodyAt), Buffer.from(standIn))
      taken.push({ standIn, mark, isBase64: part.isBase64, body: mail.subarray(from + part.bodyAt, end) })
      kept = end
    }
    from = next
  }
  return taken.length === 0 ? { raw, taken } : { raw: Buffer.concat([...pieces, mail.subarray(kept)]), taken }
}

/** Nothing that stands in a mail by chance. Who puts it there by design mixes up files of their own mail: each is put back once. */
function markOf(mail: Buffer): string {
  return createHash('sha256').update(mail.subarray(0, 65_536)).update(String(mail.length)).digest('hex')
}

/** The files as they were; null when one of the marks does not stand where a file was. */
export function restored(email: Email, taken: readonly Taken[]): Email | null {
  let missing = taken
  const attachments = email.attachments.map((attachment): Attachment => {
    const content = bytesOf(attachment.content)
    const own =
      content.length > 200
        ? undefined
        : missing.find(({ mark }) => content.toString('latin1').trim() === mark)
    if (own !== undefined) {
      missing = missing.filter((each) => each !== own)
      return { ...attachment, content: decoded(own) }
    }
    const inside = missing.filter(({ standIn }) => content.includes(standIn))
    missing = missing.filter((each) => !inside.includes(each))
    return inside.length === 0 ? attachment : { ...attachment, content: spliced(content, inside) }
  })
  return missing.length > 0 ? null : { ...email, attachments }
}

/** Lines that end a part, as [where the part ends, where the next begins]. */
function* delimitersOf(mail: Buffer, boundaries: ReadonlySet<string>): Generator<[number, number]> {
  for (let at = mail.indexOf('\n--'); at >= 0; at = mail.indexOf('\n--', at + 1)) {
    const lineEnd = mail.indexOf(10, at + 1)
    const end = lineEnd < 0 ? mail.length : lineEnd
    const line = mail.toString('latin1', at + 3, Math.min(end, at + 300)).trimEnd()
    if (!boundaries.has(line) && !(line.endsWith('--') && boundaries.has(line.slice(0, -2)))) continue
    yield [mail[at - 1] === 13 ? at - 1 : at, end + 1]
  }
}

/** Where the bytes of a part begin, when it is a file that says plainly how it is encoded. */
function fileIn(part: Buffer): { bodyAt: number; isBase64: boolean } | null {
  const top = part.toString('latin1', 0, MOST_HEADER_BYTES)
  const blank = /\r?\n\r?\n/.exec(top)
  if (blank === null) return null
  const head = top.slice(0, blank.index).replace(/\r?\n[ \t]+/g, ' ')
  const field = (name: string) =>
    new RegExp(`^${name}:\\s*([^\\r\\n]*)`, 'im').exec(head)?.[1]?.toLowerCase() ?? ''
  const [type, encoding] = [field('content-type'), field('content-transfer-encoding').trim()]
  const bodyAt = blank.index + blank[0].length
  const isFile = /^(?:application|image|audio|video|font|model)\//.test(type)
  // These are opened by the reader itself.
  if (!isFile || /pkcs7|ms-tnef|winmail\.dat|smime\.p7m/.test(head.toLowerCase())) return null
  if (encoding === 'base64') return isPlainBase64(part.subarray(bodyAt)) ? { bodyAt, isBase64: true } : null
  return /^(?:7bit|8bit|binary)$/.test(encoding) ? { bodyAt, isBase64: false } : null
}

/** Without signs from elsewhere, and padded at its end alone: every decoder reads the same. */
function isPlainBase64(body: Buffer): boolean {
  // Blanks at the end are cut off first: tried together with the lines, they would be counted again from every place.
  return /^[A-Za-z0-9+/\r\n]*={0,2}$/.test(body.toString('latin1').trimEnd())
}

function decoded({ body, isBase64 }: Taken): ArrayBuffer {
  const bytes = isBase64 ? Buffer.from(body.toString('latin1'), 'base64') : withLineFeeds(body)
  return new Uint8Array(bytes).buffer
}

/** As the MIME reader gives lines: without a CR at their end, each with an LF, the last one too. */
function withLineFeeds(body: Buffer): Buffer {
  const plain = Buffer.allocUnsafe(body.length + 1)
  let length = 0
  const endLine = () => {
    while (plain[length - 1] === 13) length--
    plain[length++] = 10
  }
  for (const byte of body) {
    if (byte === 10) endLine()
    else plain[length++] = byte
  }
  endLine()
  return plain.subarray(0, length)
}

/** A message that is attached as it came holds the parts of its own as they came. */
function spliced(content: Buffer, inside: readonly Taken[]): ArrayBuffer {
  const whole = inside.reduce((bytes, { standIn, body }) => {
    const at = bytes.indexOf(standIn)
    return Buffer.concat([
      bytes.subarray(0, at),
      withLineFeeds(body).subarray(0, -1),
      bytes.subarray(at + standIn.length),
    ])
  }, content)
  return new Uint8Array(whole).buffer
}

function bytesOf(content: Attachment['content']): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer)
}
