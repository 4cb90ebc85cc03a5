// An mbox of strangers, cut into its mails as it streams by. Where a mail ends says the line that begins the next one, never a
// Content-Length, which is wrong as soon as anybody has touched the file.
import { limits } from '#mail/limits.ts'
import { instant, type Instant } from '#kit/time.ts'
import { Fault } from '#kit/fault.ts'

/** A mail with the bytes it takes up in its file, its first line among them; null bytes for one that is too large to be read. */
export type Cut = { readonly start: number; readonly end: number; readonly bytes: Buffer | null }

const LINE_FEED = 0x0a
const RETURN = 0x0d
const FROM = Buffer.from('\nFrom ')
/** What has to be seen of a first line and the header below it to know them. */
const LOOK_AHEAD = 2_000

/** The mails of an mbox, one after the other; holds one of them at a time. */
export async function* mailsIn(
  chunks: AsyncIterable<Uint8Array>,
  mostBytes: number = limits.bytes,
): AsyncGenerator<Cut> {
  let [held, at, searched] = [Buffer.alloc(0), 0, 0]
  let start: number | null = null
  let hasDates = true
  let isLarge = false
  const cut = (end: number): Cut => ({
    start: start ?? 0,
    end: at + end,
    bytes: isLarge ? null : held.subarray((start ?? 0) - at, end),
  })
  const take = function* (isEnd: boolean): Generator<Cut> {
    if (start === null) {
      const first = firstLine(held, isEnd)
      if (first === null) return
      ;[start, searched, hasDates] = [first, first + 1, hasDate(lineAt(held, first))]
    }
    for (;;) {
      const found = held.indexOf(FROM, searched)
      if (found < 0) break
      const verdict = beginsMail(held, found + 1, { isEnd, hasDates })
      if (verdict === null) return void (searched = found)
      searched = found + 1
      if (!verdict) continue
      yield cut(found + 1)
      ;[start, isLarge] = [at + found + 1, false]
    }
    searched = Math.max(searched, held.length - FROM.length)
  }
  for await (const chunk of chunks) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk])
    yield* take(false)
    isLarge ||= start !== null && at + held.length - start > mostBytes
    // What is told, or too large to be told, is let go; a little stays for the line that may begin in it.
    const keep = isLarge ? Math.max(0, Math.min(searched, held.length) - 4) : (start ?? 0) - at
    if (keep > 0) [held, at, searched] = [held.subarray(keep), at + keep, searched - keep]
  }
  yield* take(true)
  if (start !== null && at + held.length > start) yield cut(held.length)
  else if (start === null && held.toString('latin1').trim() !== '') throw noMbox()
}

function noMbox(): Fault {
  return new Fault('The file is no mbox: its first line does not begin with “From ”', {
    retryable: false,
    code: 'MBOX',
  })
}

/** Where the first mail begins, below blank lines and a byte order mark; null when more has to be read. */
function firstLine(held: Buffer, isEnd: boolean): number | null {
  let first = held[0] === 0xef && held[1] === 0xbb && held[2] === 0xbf ? 3 : 0
  while (held[first] === LINE_FEED || held[first] === RETURN) first++
  if (!isEnd && held.length < first + LOOK_AHEAD) return null
  if (first >= held.length) return null
  if (held.toString('latin1', first, first + 5) !== 'From ') throw noMbox()
  return first
}

/** Whether a mail begins at a line; null when too little of it is there. */
function beginsMail(
  held: Buffer,
  line: number,
  { isEnd, hasDates }: { isEnd: boolean; hasDates: boolean },
): boolean | null {
  const before = held[line - 2]
  if (before !== LINE_FEED && !(before === RETURN && held[line - 3] === LINE_FEED)) return false
  if (!isEnd && held.length < line + LOOK_AHEAD) return null
  const end = held.indexOf(LINE_FEED, line)
  if (end < 0) return false
  if (hasDates && !hasDate(lineAt(held, line))) return false
  // People begin sentences with “From ”: below one of theirs stands no header.
  return /^(?:[!-9;-~]{1,100}:|>From )/.test(held.toString('latin1', end + 1, end + 120))
}

function lineAt(held: Buffer, line: number): string {
  const end = held.indexOf(LINE_FEED, line)
  return held.toString('latin1', line, Math.min(end < 0 ? held.length : end, line + 500)).trimEnd()
}

function hasDate(line: string): boolean {
  return /\d:\d\d.*\b\d{4}\b/.test(line)
}

/** The bytes of a mail as it was before it came into the mbox, and its first line. */
export function unpacked(bytes: Buffer): { readonly raw: Buffer; readonly first: string } {
  const end = bytes.indexOf(LINE_FEED)
  const first = bytes.toString('latin1', 0, end < 0 ? bytes.length : end).trimEnd()
  const raw = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 1)
  if (!raw.includes('>From ')) return { raw, first }
  // mboxrd quotes “From ” and all that was quoted already; of what mboxo wrote, only an own “>From ” loses its mark.
  return { raw: Buffer.from(raw.toString('latin1').replace(/(^|\n)>(>*From )/g, '$1$2'), 'latin1'), first }
}

/** The moment in a first line, which is of Greenwich unless it says otherwise; null for none. */
export function momentInLine(first: string): Instant | null {
  const found = /([A-Z][a-z]{2}) +(\d{1,2}) +(\d{1,2}:\d\d(?::\d\d)?) *([+-]\d{4})?\D*(\d{4})/.exec(first)
  if (found === null) return null
  const [, month, day, time, zone = 'GMT', year] = found
  const ms = Date.parse(`${day} ${month} ${year} ${time} ${zone}`)
  return Number.isNaN(ms) ? null : instant(ms)
}
