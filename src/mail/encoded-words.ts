// Encoded words (RFC 2047) that the MIME reader would read wrongly: those that a program cut in the middle of a character (§5 forbids
// it, and the reader decodes each word by itself where its padding says so) are put together again, and those in a character set
// that it does not have, or whose name their bytes disprove, are written as UTF-8.
import { decoded } from '#mail/decode.ts'
import { headerEnd } from '#mail/charset.ts'

const word = /=\?([A-Za-z0-9_-]{1,40})(?:\*[A-Za-z-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=/gi
const run = /(?:=\?[A-Za-z0-9_*-]{1,60}\?[bq]\?[^?\s]{0,2000}\?=(?:\s{1,20}|$)?){2,100}/gi

/** The message with the words of its headers and file names made readable; the same bytes where all were. */
export function withWholeWords(raw: Uint8Array): Uint8Array {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const end = headerEnd(raw)
  const pieces: Buffer[] = []
  let kept = 0
  for (let at = buffer.indexOf('?=', 0); at >= 0; at = buffer.indexOf('?=', at)) {
    const from = startOfHeader(buffer, Math.max(kept, at - 4000), at)
    const to = endOfHeader(buffer, at)
    const header = buffer.toString('latin1', from, to)
    const joined = at < end || /name\*?\d*\*?=/i.test(header) ? inUtf8(joinedIn(header)) : header
    if (joined !== header) pieces.push(buffer.subarray(kept, from), Buffer.from(joined, 'latin1'))
    if (joined !== header) kept = to
    at = to
  }
  return pieces.length === 0 ? raw : Buffer.concat([...pieces, buffer.subarray(kept)])
}

function startOfHeader(buffer: Buffer, least: number, at: number): number {
  for (let start = at; start > least;) {
    const before = buffer.lastIndexOf('\n', start - 1)
    if (before < least) return least
    if (buffer[before + 1] !== 0x20 && buffer[before + 1] !== 0x09) return before + 1
    start = before
  }
  return least
}

function endOfHeader(buffer: Buffer, at: number): number {
  for (let end = buffer.indexOf('\n', at); end >= 0 && end < at + 8000; end = buffer.indexOf('\n', end + 1))
    if (buffer[end + 1] !== 0x20 && buffer[end + 1] !== 0x09) return end
  return Math.min(buffer.length, at + 8000)
}

/** One header with its cut words joined. */
export function joinedIn(header: string): string {
  return header.replace(run, (words) => {
    const tail = /\s*$/.exec(words)?.[0] ?? ''
    return joinedRun(words) + tail
  })
}

function inUtf8(header: string): string {
  return header.replace(word, (...found: string[]) => {
    const { charset, bytes, text } = wordOf(found)
    const words = decoded(bytes, charset)
    return words === null ? text : `=?utf-8?B?${Buffer.from(words, 'utf8').toString('base64')}?=`
  })
}

type Word = { readonly charset: string; readonly bytes: Buffer; readonly text: string }

function joinedRun(text: string): string {
  const joined: Word[] = []
  for (const match of text.matchAll(word)) {
    const next = wordOf(match)
    const last = joined.at(-1)
    if (last !== undefined && belongTogether(last, next)) {
      const bytes = Buffer.concat([last.bytes, next.bytes])
      const encoded = `=?${last.charset}?B?${bytes.toString('base64')}?=`
      joined.splice(-1, 1, { charset: last.charset, bytes, text: encoded })
    } else joined.push(next)
  }
  return joined.map((each) => each.text).join(' ')
}

function wordOf([text = '', charset = '', encoding = '', encoded = '']: readonly string[]): Word {
  const bytes =
    encoding.toLowerCase() === 'b'
      ? Buffer.from(encoded, 'base64')
      : Buffer.from(
          encoded
            .replaceAll('_', ' ')
            .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        )
  return { charset, bytes, text }
}

/** Cut apart: of one character set, broken alone and whole together. */
function belongTogether(left: Word, right: Word): boolean {
  if (left.charset.toLowerCase() !== right.charset.toLowerCase()) return false
  return (
    !reads(left.charset, left.bytes) &&
    (reads(left.charset, Buffer.concat([left.bytes, right.bytes])) || !reads(right.charset, right.bytes))
  )
}

function reads(charset: string, bytes: Buffer): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
