// A file of JSON lines as its lines. A line ends at a line feed and nowhere else: texts hold line separators (U+2028) as they are.
import type { Open } from '#imports/files.ts'

/** A line with its place, from 1 on. */
export type Placed = { readonly at: number; readonly text: string }

const LINE_FEED = 10
/** What is longer is no record of anything; the longest tickets have some ten million. */
const MOST_BYTES = 256_000_000

/** Lines behind a place, those without a word passed over. One that is too long comes as a text that is no JSON. */
export async function* linesBehind(open: Open, from: number): AsyncGenerator<Placed> {
  let [parts, size, at]: [Uint8Array[], number, number] = [[], 0, 0]
  const line = (): Placed => {
    const text = size > MOST_BYTES ? '(too long)' : Buffer.concat(parts).toString('utf8')
    ;[parts, size] = [[], 0]
    at++
    return { at, text }
  }
  const put = (part: Uint8Array) => {
    size += part.length
    if (size <= MOST_BYTES) parts.push(part)
    else parts = []
  }
  for await (const chunk of open()) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      put(chunk.subarray(start, end))
      const found = line()
      if (found.at > from && found.text.trim() !== '') yield found
      start = end + 1
    }
    put(chunk.subarray(start))
  }
  if (size === 0) return
  const last = line()
  if (last.at > from && last.text.trim() !== '') yield last
}
