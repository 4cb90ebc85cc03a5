// The fields of a form that a program posts, as the bytes they are: mails may be in any charset. Pure; no byte of a large field is copied.

export type Fields = Readonly<Record<string, Buffer>>

/** Reads a body of this Content-Type: multipart/form-data (RFC 7578), else one of application/x-www-form-urlencoded. */
export function fieldsOf(body: Buffer, type: string): Fields {
  if (type.startsWith('multipart/')) return partsOf(body, type)
  const pairs = new URLSearchParams(body.toString('utf8'))
  return Object.fromEntries([...pairs].map(([name, value]) => [name, Buffer.from(value)]))
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
