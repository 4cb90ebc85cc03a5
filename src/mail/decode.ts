// What the bytes of a mail say under the label they carry: character sets that the runtime's decoder does not have (UTF-7, pages of
// DOS and old Macs), and labels that the bytes disprove. The MIME reader takes windows-1252 for the first and believes the second.
import iconv from 'iconv-lite'
import PostalMime from 'postal-mime'

const strict = new TextDecoder('utf-8', { fatal: true })
const lenient = new TextDecoder('utf-8')
const western = new TextDecoder('windows-1252')
const utf8Labels = /^(?:utf-?8|us-?ascii|ascii|ansi_x3\.4-1968)?$/

/** Strictly UTF-8, or null. */
export function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    return null
  }
}

/** The text of bytes that the MIME reader would read wrongly under this label; null where it reads them as well as anybody. */
export function decoded(bytes: Uint8Array, named: string): string | null {
  const label = named.trim().toLowerCase()
  if (utf8Labels.test(label)) return decodeStrictly(bytes) === null ? lineByLine(bytes) : null
  const decoder = fatalDecoder(label)
  if (decoder === null) return oldText(bytes, label)
  if (decoder.encoding === 'x-user-defined') return lineByLine(bytes)
  return disproved(decoder, bytes) ? otherwise(bytes, decoder.encoding) : null
}

const ESCAPE = 0x1b
const control = /(?![\t\r\n])\p{Cc}/u

/** UTF-8 after all, or another set of Japan's. Escapes of ISO-2022 that the decoder does not know are no proof of it. */
function otherwise(bytes: Uint8Array, encoding: string): string | null {
  const text = decodeStrictly(bytes)
  // Rightly UTF-16 without a zero byte is a short word of Asia; most of them would be control characters here.
  if (text !== null)
    return (encoding.startsWith('utf-16') ? !control.test(text) : /\P{ASCII}/u.test(text)) ? text : null
  // With escapes it is what it says, and a few bytes are damaged.
  const others = encoding === 'iso-2022-jp' && !bytes.includes(ESCAPE) ? ['euc-jp', 'shift_jis'] : []
  const other = others.find((each) => !disproved(new TextDecoder(each, { fatal: true }), bytes))
  return other === undefined ? null : new TextDecoder(other).decode(bytes)
}

/** Two programs wrote it, or one that did not know what it wrote: each line is UTF-8 where at least half of it is, and western elsewhere. */
function lineByLine(bytes: Uint8Array): string {
  // No damaged character takes a line feed with it, so the lines of both are the same.
  const westernLines = western.decode(bytes).split('\n')
  const lines = lenient.decode(bytes).split('\n')
  return lines
    .map((line, at) => {
      const inWestern = westernLines[at] ?? line
      // Whoever wrote it may have written this very character, for what was damaged before.
      const damaged = count(line, /\ufffd/gu) - count(inWestern, /ï¿½/gu)
      return damaged > count(line, /[^\p{ASCII}\ufffd]/gu) ? inWestern : line
    })
    .join('\n')
}

/** Without a list of all that is found: a line may be as long as its mail. */
function count(text: string, kind: RegExp): number {
  let found = 0
  while (kind.test(text)) found++
  return found
}

function fatalDecoder(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    return null
  }
}

/** Two bytes a character without a single zero, or bytes that the named set does not have. Pages of single bytes have nearly all. */
function disproved(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): boolean {
  if (decoder.encoding.startsWith('utf-16')) return !bytes.includes(0)
  try {
    decoder.decode(bytes)
    return false
  } catch {
    return true
  }
}

/** Encodings of the library that are no character sets. */
const noCharset = /^(?:base64|hex|binary|utf7imap)$/
const macNames: Readonly<Record<string, string>> = { macce: 'maccenteuro', maccentraleurroman: 'maccenteuro' }

function oldText(bytes: Uint8Array, label: string): string | null {
  const plain = label.replace(/^(?:x-|cs)/, '').replace(/[^a-z0-9]/g, '')
  const name = macNames[plain] ?? plain
  if (noCharset.test(name) || !iconv.encodingExists(name)) return null
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name)
}

type TextPart = {
  content: ArrayBuffer | Uint8Array | null
  contentType: { parsed: { params: Record<string, string> } }
}

/** Makes the MIME reader use `decoded`. Its parts have no public hook; the version is pinned and tests watch this. */
export function useDecoding(): void {
  const parser: object = new PostalMime()
  if (!('root' in parser)) return
  const part: { getTextContent: (this: TextPart) => string } = Object.getPrototypeOf(parser.root)
  const read = part.getTextContent
  part.getTextContent = function () {
    const { params } = this.contentType.parsed
    const text = this.content === null ? null : decoded(new Uint8Array(this.content), params['charset'] ?? '')
    if (text !== null) {
      this.content = Buffer.from(text, 'utf8')
      params['charset'] = 'utf-8'
    }
    return read.call(this)
  }
}
