// winmail.dat: the files and the text that Outlook packs into one part (MS-OXTNEF). Hostile like everything in a mail: lengths are checked
// before they are believed, and what cannot be read leaves the part as it was.

export type Tnef = {
  readonly text: string | null
  readonly html: string | null
  readonly files: readonly {
    readonly name: string
    readonly type: string | null
    readonly contentId: string | null
    readonly bytes: Uint8Array
  }[]
}

const SIGNATURE = 0x223e9f78
const MOST_FILES = 200
const MOST_PROPERTIES = 5_000
const attribute = {
  body: 0x0002800c,
  file: 0x00069002,
  fileName: 0x00018010,
  fileData: 0x0006800f,
  fileProperties: 0x00069005,
  properties: 0x00069003,
} as const
const property = {
  text: 0x1000,
  html: 0x1013,
  data: 0x3701,
  longName: 0x3707,
  type: 0x370e,
  contentId: 0x3712,
} as const

type Draft = { name: string; type: string | null; contentId: string | null; bytes: Uint8Array }

/** Unpacks a part; null when it is no TNEF or is cut off before anything could be read. */
export function readTnef(part: Uint8Array): Tnef | null {
  const buffer = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  if (buffer.length < 6 || buffer.readUInt32LE(0) !== SIGNATURE) return null
  const files: Draft[] = []
  let [text, html]: [string | null, string | null] = [null, null]
  for (const { id, data } of attributesOf(buffer)) {
    const file = files.at(-1)
    if (id === attribute.file && files.length < MOST_FILES)
      files.push({ name: '', type: null, contentId: null, bytes: new Uint8Array() })
    else if (id === attribute.fileName && file !== undefined && file.name === '') file.name = eightBit(data)
    else if (id === attribute.fileData && file !== undefined) file.bytes = data
    else if (id === attribute.fileProperties && file !== undefined) fill(file, propertiesOf(data))
    else if (id === attribute.body) text ??= eightBit(data)
    else if (id === attribute.properties) {
      const found = propertiesOf(data)
      text = wordsOf(found.get(property.text)) ?? text
      html = wordsOf(found.get(property.html)) ?? html
    }
  }
  const whole = files.filter(({ bytes }) => bytes.length > 0)
  return whole.length === 0 && text === null && html === null ? null : { text, html, files: whole }
}

function* attributesOf(buffer: Buffer): Generator<{ id: number; data: Buffer }> {
  // After the signature a key of two bytes; then level, id, length, data, checksum.
  for (let at = 6; at + 11 <= buffer.length;) {
    const id = buffer.readUInt32LE(at + 1)
    const length = buffer.readUInt32LE(at + 5)
    const end = at + 9 + length
    if (end > buffer.length) return
    yield { id, data: buffer.subarray(at + 9, end) }
    at = end + 2
  }
}

function fill(file: Draft, found: Properties): void {
  file.name = wordsOf(found.get(property.longName)) ?? file.name
  file.type = wordsOf(found.get(property.type)) ?? file.type
  file.contentId = wordsOf(found.get(property.contentId)) ?? file.contentId
  const data = found.get(property.data)
  if (data !== undefined && file.bytes.length === 0) file.bytes = data.data
}

type Properties = ReadonlyMap<number, { readonly type: number; readonly data: Buffer }>

const fixed: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  10: 4,
  11: 4,
  5: 8,
  6: 8,
  7: 8,
  20: 8,
  64: 8,
  72: 16,
}
const MULTIPLE = 0x1000

/** MAPI properties by id (MS-OXTNEF 2.1.3.4); reading ends where something does not fit. */
function propertiesOf(buffer: Buffer): Properties {
  const found = new Map<number, { type: number; data: Buffer }>()
  if (buffer.length < 4) return found
  const count = Math.min(buffer.readUInt32LE(0), MOST_PROPERTIES)
  let at = 4
  for (let index = 0; index < count && at + 4 <= buffer.length; index++) {
    const type = buffer.readUInt16LE(at)
    const id = buffer.readUInt16LE(at + 2)
    at += 4
    if (id >= 0x8000) at = afterName(buffer, at)
    const base = type & ~MULTIPLE
    const size = fixed[base]
    const many = size === undefined || (type & MULTIPLE) !== 0
    if (many && at + 4 > buffer.length) break
    const values = many ? buffer.readUInt32LE(at) : 1
    if (many) at += 4
    for (let value = 0; value < values; value++) {
      if (size === undefined && at + 4 > buffer.length) return found
      const length = size ?? buffer.readUInt32LE(at)
      if (size === undefined) at += 4
      if (at + length > buffer.length) return found
      if (value === 0) found.set(id, { type: base, data: buffer.subarray(at, at + length) })
      at += Math.ceil(length / 4) * 4
    }
  }
  return found
}

/** Named properties have their name before their value: a GUID, then a number or a text. */
function afterName(buffer: Buffer, at: number): number {
  if (at + 24 > buffer.length) return buffer.length
  const kind = buffer.readUInt32LE(at + 16)
  if (kind === 0) return at + 24
  return at + 24 + Math.ceil(buffer.readUInt32LE(at + 20) / 4) * 4
}

function wordsOf(found: { type: number; data: Buffer } | undefined): string | null {
  if (found === undefined) return null
  const text = found.type === 0x1f ? found.data.toString('utf16le').replace(/\0+$/, '') : eightBit(found.data)
  return text === '' ? null : text
}

function eightBit(data: Buffer): string {
  const end = data.indexOf(0)
  const bytes = end < 0 ? data : data.subarray(0, end)
  const utf8 = new TextDecoder('utf-8').decode(bytes)
  return utf8.includes('\ufffd') ? new TextDecoder('windows-1252').decode(bytes) : utf8
}
