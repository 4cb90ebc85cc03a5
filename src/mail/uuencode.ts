// Files that old programs write into the text itself, as lines of uuencode between `begin 644 name` and `end`.
import { cleanFileName } from '#mail/clean.ts'

export type InText = { readonly name: string; readonly bytes: Uint8Array }

const begin = /^begin(-base64)? [0-7]{3,4} (\S[^\n]{0,250})$/

/** The text without such files, and the files; what only begins like one stays text. */
export function withoutUuencoded(text: string): { readonly text: string; readonly files: readonly InText[] } {
  if (!/^begin(?:-base64)? [0-7]/m.test(text)) return { text, files: [] }
  const lines = text.split('\n')
  const kept: string[] = []
  const files: InText[] = []
  for (let index = 0; index < lines.length;) {
    const found = files.length < 50 ? fileAt(lines, index) : null
    if (found === null) kept.push(lines[index++] ?? '')
    else {
      files.push(found.file)
      index = found.next
    }
  }
  return { text: files.length === 0 ? text : kept.join('\n'), files }
}

function fileAt(lines: readonly string[], start: number): { file: InText; next: number } | null {
  const head = begin.exec((lines[start] ?? '').trimEnd())
  if (head === null) return null
  const isBase64 = head[1] !== undefined
  const pieces: Uint8Array[] = []
  for (let index = start + 1; index < lines.length; index++) {
    const line = (lines[index] ?? '').trimEnd()
    if (line === (isBase64 ? '====' : 'end')) {
      const name = cleanFileName(head[2] ?? '') || 'file.bin'
      return { file: { name, bytes: Buffer.concat(pieces) }, next: index + 1 }
    }
    const bytes = isBase64 ? base64Line(line) : uuLine(line)
    if (bytes === null) return null
    pieces.push(bytes)
  }
  return null
}

function base64Line(line: string): Uint8Array | null {
  return /^[A-Za-z0-9+/]{1,100}={0,2}$/.test(line) ? Buffer.from(line, 'base64') : null
}

// The first character tells how many bytes the line holds; trailing blanks may have been lost on the way.
function uuLine(line: string): Uint8Array | null {
  if (line === '') return new Uint8Array()
  if (!/^[ -`]{1,100}$/.test(line)) return null
  const length = (line.charCodeAt(0) - 32) & 63
  const needed = Math.ceil(length / 3) * 4
  if (line.length - 1 > needed + 2) return null
  const codes = line.slice(1).padEnd(needed, ' ')
  const bytes = new Uint8Array(length + 3)
  for (let at = 0, to = 0; at < needed; at += 4, to += 3) {
    const [a, b, c, d] = [0, 1, 2, 3].map((step) => (codes.charCodeAt(at + step) - 32) & 63) as [
      number,
      number,
      number,
      number,
    ]
    bytes.set([((a << 2) | (b >> 4)) & 255, ((b << 4) | (c >> 2)) & 255, ((c << 6) | d) & 255], to)
  }
  return bytes.subarray(0, length)
}
