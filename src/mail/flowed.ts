// RFC 3676 paragraphs put together again. The MIME reader joins across quotation depths (§4.5 forbids it), which
// merges an answer into the quotation above it (postal-mime 4.0.0, findings/flowed-quotations.sh); so ours takes the place of its own.
import PostalMime from 'postal-mime'

/** Joins soft-broken lines of one quotation depth, removes space stuffing, and keeps "-- " on its own line. */
export function unflow(text: string, delSp: boolean): string {
  const lines: string[] = []
  let depth = -1
  for (const line of text.split(/\r?\n/)) {
    const marks = /^>*/.exec(line)?.[0] ?? ''
    const words = line.slice(marks.length).replace(/^ /, '')
    const signature = words === '-- '
    if (depth === marks.length && !signature) lines.push(words)
    else lines.push('\n', marks === '' ? words : `${marks} ${words}`)
    const soft = words.endsWith(' ') && !signature
    depth = soft ? marks.length : -1
    if (soft && delSp) lines.push((lines.pop() ?? '').slice(0, -1))
  }
  return lines.slice(1).join('')
}

/** Makes the MIME reader use `unflow`. Its parts have no public hook; the version is pinned and a test watches this. */
export function useUnflow(): void {
  const parser: object = new PostalMime()
  if ('root' in parser) Object.assign(Object.getPrototypeOf(parser.root), { decodeFlowedText: unflow })
}
