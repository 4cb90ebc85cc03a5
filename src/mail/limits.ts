// What a message may cost before it is read. The MIME reader has no limit on parts (100,000 empty ones took it
// 11 s), so delimiter lines are counted first, in one pass over the bytes.
import type { ParseFailure } from '#mail/mail.ts'

export const limits = {
  bytes: 50 * 1024 * 1024,
  /** What is left to read line by line when large files are taken out: more takes longer than a thread has. */
  readBytes: 8 * 1024 * 1024,
  parts: 1000,
  depth: 64,
  headerBytes: 256 * 1024,
  addresses: 1000,
  htmlDepth: 256,
} as const

const lineFeed = 0x0a
const dash = 0x2d
// RFC 2046 §5.1.1 allows 70 characters; some senders use more.
const longestDelimiter = 250

/** Refuses a message that is too large or has too many parts to be read safely; null when it may be read. */
export function overLimit(raw: Uint8Array): ParseFailure | null {
  if (raw.length > limits.bytes) return tooLarge(`${raw.length} bytes, more than ${limits.bytes}`)
  if (partsExceed(raw, limits.parts)) return tooLarge(`more than ${limits.parts} parts`)
  return null
}

export function tooLarge(detail: string): ParseFailure {
  return { ok: false, reason: 'too_large', detail }
}

function partsExceed(raw: Uint8Array, most: number): boolean {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const boundaries = declaredBoundaries(buffer, most)
  if (boundaries === null) return true
  let count = 0
  for (let at = 0; at >= 0 && at < buffer.length; at = nextLine(buffer, at)) {
    if (buffer[at] !== dash || buffer[at + 1] !== dash) continue
    const end = buffer.indexOf(lineFeed, at)
    const line = buffer
      .toString('latin1', at + 2, Math.min(end < 0 ? buffer.length : end, at + longestDelimiter))
      .trimEnd()
    if (boundaries.has(line) && ++count > most) return true
  }
  return false
}

function nextLine(buffer: Buffer, from: number): number {
  const end = buffer.indexOf(lineFeed, from)
  return end < 0 ? -1 : end + 1
}

const DECLARATION = /boundary[ \t]{0,8}=\s{0,8}(?:"([^"\r\n]{1,250})"|"?([^"\r\n;]{1,250}))/gi
const LONGEST_DECLARATION = 300
const PIECE_BYTES = 1024 * 1024

/** The boundary values the message declares anywhere; null when there are more than `most`. */
export function declaredBoundaries(buffer: Buffer, most: number): Set<string> | null {
  const found = new Set<string>()
  // Piece by piece: as one text a large mail would lie in memory once more. What begins in a piece is read to its end.
  for (let at = 0; at < buffer.length; at += PIECE_BYTES) {
    const text = buffer.toString('latin1', at, at + PIECE_BYTES + LONGEST_DECLARATION)
    for (const match of text.matchAll(DECLARATION)) {
      if (match.index >= PIECE_BYTES) break
      found.add((match[1] ?? match[2] ?? '').trimEnd())
      if (found.size > most) return null
    }
  }
  return found
}
