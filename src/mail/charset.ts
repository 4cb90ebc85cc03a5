// Repairs of character sets before and after reading: headers in raw 8-bit, bodies that name no charset, and UTF-8
// that was labelled as something else. What cannot be told apart is read as windows-1252, as browsers do.
import { decoded, decodeStrictly } from '#mail/decode.ts'
import { declaredBoundaries, limits } from '#mail/limits.ts'

const western = new TextDecoder('windows-1252')

/** Raw bytes whose header block is valid UTF-8, and whose body is when it names no charset of its own. */
export function withReadableBytes(raw: Uint8Array): { raw: Uint8Array; repaired: boolean } {
  const start = startOfMessage(raw)
  const message = withMetaCharset(withLineFeeds(raw.subarray(start)))
  const end = headerEnd(message)
  const head = message.subarray(0, end)
  const body = message.subarray(end)
  const charset = declaredCharset(message)
  const newHead = isUtf8(head) ? head : recode(head, charset ?? 'windows-1252')
  const isKept = isUtf8(body) || hasBinaryPart(message)
  const newBody = isKept
    ? body
    : charset === null
      ? recode(body, 'windows-1252')
      : withReadableParts(body, boundariesOf(message, head))
  if (newHead === head && newBody === body) return { raw: message, repaired: false }
  return { raw: Buffer.concat([newHead, newBody]), repaired: true }
}

/**
 * Text that was UTF-8 but read as windows-1252 ("Ã©"), read again rightly. Anything else comes back unchanged: each
 * non-ASCII character must be part of a valid UTF-8 sequence, which real western text practically never is.
 */
export function withoutMojibake(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]/.test(text)) return text
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const byte = code < 0x80 ? code : westernByte.get(code)
    if (byte === undefined) return text
    bytes[i] = byte
  }
  return decodeStrictly(bytes) ?? text
}

const westernByte = new Map<number, number>(
  Array.from({ length: 128 }, (_, i) => [western.decode(Uint8Array.of(128 + i)).charCodeAt(0), 128 + i]),
)

function isUtf8(bytes: Uint8Array): boolean {
  return decodeStrictly(bytes) !== null
}

// A byte order mark or blank lines before the first header would turn every header into body.
function startOfMessage(raw: Uint8Array): number {
  let at = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0
  while (raw[at] === 0x0a || raw[at] === 0x0d) at++
  return at
}

// Line ends of bare CR only (an old Mac's file): without this the whole message is one header line.
function withLineFeeds(raw: Uint8Array): Uint8Array {
  if (raw.includes(0x0a) || !raw.includes(0x0d)) return raw
  return raw.map((byte) => (byte === 0x0d ? 0x0a : byte))
}

/** The index after the blank line that ends the header block; the whole length when there is none. */
export function headerEnd(raw: Uint8Array): number {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const ends = [buffer.indexOf('\n\n') + 2, buffer.indexOf('\n\r\n') + 3].filter((end) => end > 3)
  return ends.length === 0 ? raw.length : Math.min(...ends)
}

const meta = /<meta\s[^>]{0,300}?charset\s{0,3}=(?:3D)?\s{0,3}["']?([A-Za-z0-9_:.-]{2,40})[^>]{0,300}>/gi

/** HTML that names its character set in itself alone: it is said in its header, where the reader of mail looks. */
function withMetaCharset(message: Uint8Array): Uint8Array {
  const buffer = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  if (!/<meta\s/i.test(buffer.toString('latin1', 0, 262_144)) || declaredCharset(message) !== null)
    return message
  const text = buffer.toString('latin1')
  const label = text.matchAll(meta).next().value?.[1]
  const isUtf8Already = /[\x80-\xff]/.test(text) && isUtf8(message)
  if (label === undefined || isUtf8Already || hasBinaryPart(message)) return message
  return Buffer.from(text.replace(/^content-type:[ \t]*text\/html/gim, `$&; charset=${label}`), 'latin1')
}

/** Nobody attaches more files by hand. */
const MOST_HEADS = 200
const partHead =
  /^--([^\r\n]{1,200})\r?\n(?:[A-Za-z-]{1,60}:[^\n]{0,1000}\n(?:[ \t][^\n]{0,1000}\n){0,20}){1,30}/gm

/** What stands between the parts; nothing in a mail of one part, where a signature or a quotation may look like it. */
function boundariesOf(message: Uint8Array, head: Uint8Array): ReadonlySet<string> {
  const [all, top] = [message, head].map((each) => Buffer.from(each.buffer, each.byteOffset, each.byteLength))
  const isMultipart = /^content-type:\s{0,80}multipart\//im.test(top?.toString('latin1') ?? '')
  return (isMultipart && all !== undefined && declaredBoundaries(all, limits.parts)) || new Set()
}

/** Headers of parts in raw 8-bit: names of files. A mail that is attached stays as it came. */
function withReadableParts(body: Uint8Array, boundaries: ReadonlySet<string>): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  if (/^content-type:[ \t]*message\//im.test(text)) return body
  let changed = 0
  const mended = text.replace(partHead, (head: string, boundary: string) => {
    const bytes = Buffer.from(head, 'latin1')
    if (!boundaries.has(boundary.trimEnd()) || changed === MOST_HEADS || isUtf8(bytes)) return head
    changed++
    return recode(bytes, declaredCharset(bytes) ?? 'windows-1252').toString('latin1')
  })
  return changed > 0 ? Buffer.from(mended, 'latin1') : body
}

function declaredCharset(raw: Uint8Array): string | null {
  const all = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, 262_144)).toString('latin1')
  const start = /<meta\s/i.test(all) ? all.replace(meta, '') : all
  const label = /charset[ \t]{0,8}=[ \t]{0,8}["']?([A-Za-z0-9_:.-]{2,40})/i.exec(start)?.[1]
  return label ?? null
}

function hasBinaryPart(raw: Uint8Array): boolean {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1')
  return /^content-transfer-encoding:[ \t]{0,8}binary/im.test(text)
}

function recode(bytes: Uint8Array, charset: string): Buffer {
  const named = leavesAscii(charset) ? charset : 'windows-1252'
  return Buffer.from(decoded(bytes, named) ?? decoderFor(named).decode(bytes), 'utf8')
}

const ascii = Buffer.from('Subject: a+AGE- =?b@c.example')

/** Whether names of headers are themselves in it; UTF-7, 16 and 32 are for bodies alone. */
function leavesAscii(charset: string): boolean {
  const read = [decoded(ascii, charset), decoderFor(charset).decode(ascii)]
  return read.every((text) => text === null || text === ascii.toString())
}

function decoderFor(charset: string): InstanceType<typeof TextDecoder> {
  try {
    // us-ascii and utf-8 are labels that 8-bit headers disprove.
    return /^(us-?ascii|utf-?8)$/i.test(charset) ? western : new TextDecoder(charset)
  } catch {
    return western
  }
}
