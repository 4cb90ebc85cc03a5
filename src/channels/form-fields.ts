// The fields of a form that a program posts, as the bytes they are: mails may be in any charset. Pure; no byte of a large field is copied.

export type Fields = Readonly<Record<string, Buffer>>

/** Reads a body of this Content-Type: multipart/form-data (RFC 7578), else one of application/x-www-form-urlencoded. */
export function fieldsOf(body: Buffer, type: string): Fields {
  return type.startsWith('multipart/') ? partsOf(body, type) : pairsOf(body)
}

/** A short field as text; empty where there is none. */
export function textOf(fields: Fields, name: string): string {
  return fields[name]?.toString('utf8') ?? ''
}

const BOUNDARY = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i
const NAME = /^content-disposition:.*;\s*name="([^"]*)"/im
const MOST_PARTS = 1_000
/** Headers of a part. */
const MOST_HEAD_BYTES = 8_000

/** Pairs by name, the last of each; those after the first thousand are left out. */
function pairsOf(body: Buffer): Fields {
  const fields: Record<string, Buffer> = Object.create(null)
  for (let at = 0, part = 0; at < body.length && part < MOST_PARTS; part++) {
    const next = body.indexOf('&', at)
    const pair = body.subarray(at, next === -1 ? body.length : next)
    const equals = pair.indexOf('=')
    const nameEnd = equals === -1 ? pair.length : equals
    if (pair.length > 0)
      fields[unescaped(pair.subarray(0, nameEnd)).toString()] = unescaped(pair.subarray(nameEnd + 1))
    at += pair.length + 1
  }
  return fields
}

const [PLUS, SPACE, PERCENT] = [43, 32, 37]

/** The bytes behind plus signs and percent escapes, in whatever charset they are (not as text: what is no UTF-8 would be lost). */
function unescaped(text: Buffer): Buffer {
  if (!text.includes(PLUS) && !text.includes(PERCENT)) return text
  const bytes = Buffer.allocUnsafe(text.length)
  let end = 0
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number
    const escaped = byte === PERCENT ? hexOf(text[at + 1]) * 16 + hexOf(text[at + 2]) : NaN
    if (!Number.isNaN(escaped)) at += 2
    bytes[end++] = Number.isNaN(escaped) ? (byte === PLUS ? SPACE : byte) : escaped
  }
  return bytes.subarray(0, end)
}

/** The value of a hexadecimal digit; NaN of anything else. */
function hexOf(code: number | undefined): number {
  if (code === undefined) return NaN
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : NaN
}

/** Parts by name; what comes after a part that is none, or that does not end, is left out. */
function partsOf(body: Buffer, type: string): Fields {
  const [, quoted, plain] = BOUNDARY.exec(type) ?? []
  const boundary = quoted ?? plain
  const fields: Record<string, Buffer> = Object.create(null)
  if (boundary === undefined) return fields
  let at = delimiterFrom(body, boundary, 0)
  for (let part = 0; at !== null && !at.isLast && part < MOST_PARTS; part++) {
    const next = delimiterFrom(body, boundary, at.end)
    // A head ends with an empty line, where there is none that line is the first.
    const headEnd = body.indexOf('\r\n\r\n', at.end - 2)
    if (next === null || headEnd === -1 || headEnd + 2 > next.start) break
    const head = body.toString('latin1', at.end, Math.min(headEnd, at.end + MOST_HEAD_BYTES))
    const name = NAME.exec(head)?.[1]
    if (name !== undefined) fields[name] = body.subarray(headEnd + 4, Math.max(headEnd + 4, next.start))
    at = next
  }
  return fields
}

type Delimiter = { readonly start: number; readonly end: number; readonly isLast: boolean }

/** The next line that is the boundary; its content ends where the line break before it starts. */
function delimiterFrom(body: Buffer, boundary: string, from: number): Delimiter | null {
  const mark = `--${boundary}`
  for (let found = body.indexOf(mark, from); found !== -1; found = body.indexOf(mark, found + 1)) {
    if (found !== 0 && body.toString('latin1', found - 2, found) !== '\r\n') continue
    const after = found + mark.length
    const rest = body.toString('latin1', after, after + 100)
    const lineEnd = /^[ \t]*\r\n/.exec(rest)
    const isLast = rest.startsWith('--')
    if (isLast || lineEnd !== null)
      return { start: Math.max(0, found - 2), end: after + (lineEnd?.[0].length ?? 2), isLast }
  }
  return null
}
