// What an S/MIME signature encloses when it is opaque (RFC 8551 §3.5.2): the message itself, inside CMS SignedData
// (RFC 5652). Only the way to those bytes is read, in DER or BER; no signature is checked.

const sequence = 0x30
const set = 0x31
const integer = 0x02
const objectId = 0x06
const octets = 0x04
const octetPieces = 0x24
const explicit = 0xa0
const signedData = '2a864886f70d010702'
const data = '2a864886f70d010701'

type Element = { readonly tag: number; readonly from: number; readonly to: number; readonly next: number }

/** The bytes that were signed; null when these are no SignedData, or enclose nothing. */
export function signedContent(bytes: Uint8Array): Uint8Array | null {
  const info = inside(bytes, elementAt(bytes, 0, bytes.length), sequence)
  if (info === null || oid(bytes, info[0]) !== signedData) return null
  const body = inside(bytes, inside(bytes, info[1], explicit)?.[0], sequence)
  if (body === null || body[0]?.tag !== integer || body[1]?.tag !== set) return null
  const content = inside(bytes, body[2], sequence)
  if (content === null || oid(bytes, content[0]) !== data) return null
  const held = inside(bytes, content[1], explicit)?.[0]
  return held === undefined ? null : octetsOf(bytes, held)
}

/** The first elements within another one of the right kind. */
function inside(
  bytes: Uint8Array,
  outer: Element | null | undefined,
  tag: number,
): readonly Element[] | null {
  if (outer == null || outer.tag !== tag) return null
  const found: Element[] = []
  for (let at = outer.from; at < outer.to && found.length < 3;) {
    const element = elementAt(bytes, at, outer.to)
    if (element === null) break
    found.push(element)
    at = element.next
  }
  return found
}

function oid(bytes: Uint8Array, element: Element | undefined): string | null {
  if (element?.tag !== objectId) return null
  return Buffer.from(bytes.subarray(element.from, element.to)).toString('hex')
}

/** An octet string, whole or in pieces. */
function octetsOf(bytes: Uint8Array, element: Element): Uint8Array | null {
  if (element.tag === octets) return bytes.subarray(element.from, element.to)
  if (element.tag !== octetPieces) return null
  const pieces: Uint8Array[] = []
  for (let at = element.from; at < element.to;) {
    const piece = elementAt(bytes, at, element.to)
    if (piece === null || piece.tag !== octets) return null
    pieces.push(bytes.subarray(piece.from, piece.to))
    at = piece.next
  }
  return Buffer.concat(pieces)
}

function elementAt(bytes: Uint8Array, at: number, end: number, depth = 0): Element | null {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || depth > 30) return null
  if (first === 0x80) return untilEnd(bytes, tag, at + 2, end, depth)
  const count = first > 0x80 ? first - 0x80 : 0
  if (count > 4) return null
  let length = count === 0 ? first : 0
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0)
  const from = at + 2 + count
  return from + length > end ? null : { tag, from, to: from + length, next: from + length }
}

/** One of indefinite length: it goes on until two zero bytes stand where an element would begin. */
function untilEnd(bytes: Uint8Array, tag: number, from: number, end: number, depth: number): Element | null {
  for (let at = from; at < end;) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return { tag, from, to: at, next: at + 2 }
    const element = elementAt(bytes, at, end, depth + 1)
    if (element === null) return null
    at = element.next
  }
  return null
}
