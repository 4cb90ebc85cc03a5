// Quotations that are marked by something else than `>`: a bar, a tab, blanks, the initials of who is quoted, or
// nothing at all; and lines that programs write around what they quote.

const bars = /^\s{0,3}(:>|[|:}#%!¦│»])(?:\s|$)/
const initials = /^\s{0,8}(\p{L}[\p{L}\p{N}._-]{0,15}>+)(?:\s|$)/u

/** The mark that a line begins with, after which the lines of one quotation are told; null when it has none. */
function markOf(line: string): RegExp | null {
  const bar = bars.exec(line)?.[1]
  if (bar !== undefined) return new RegExp(`^\\s{0,3}[${bar}]{${bar.length}}(?:\\s|$)`)
  const name = initials.exec(line)?.[1]
  if (name !== undefined) return initials
  return /^(?:\t| {2,8})\S/.test(line) ? /^(?:\t| {2})\s*\S/ : null
}

/** The mark of the lines right below an attribution, when it is an odd one. */
export function oddMarkAt(lines: readonly string[], index: number): RegExp | null {
  const first = lines[index]
  if (first === undefined || first.trim() === '') return null
  const mark = markOf(first)
  if (mark === null) return null
  const next = lines.slice(index + 1).find((line) => line.trim() !== '')
  // Blanks before a single line are an indented paragraph.
  return /^\s\s/.test(first) && !initials.test(first) && (next === undefined || !mark.test(next))
    ? null
    : mark
}

/** The index after the lines with such a mark and the blank lines between them. */
export function endOfMarked(lines: readonly string[], start: number, mark: RegExp): number {
  let end = start
  for (let index = start; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (mark.test(line)) end = index + 1
    else if (line.trim() !== '') break
  }
  return end
}

/**
 * Where the answer begins below a quotation without any marks: after the signature of the mail that is quoted. The
 * count of lines when that cannot be told.
 */
export function belowSignature(lines: readonly string[], start: number): number {
  const delimiter = lines.findIndex((line, index) => index >= start && /^--\s?$/.test(line))
  if (delimiter < 0) return lines.length
  const blank = lines.findIndex((line, index) => index > delimiter + 1 && line.trim() === '')
  if (blank < 0 || blank - delimiter > 8) return lines.length
  return lines.slice(blank).some((line) => line.trim() !== '') ? blank : lines.length
}

// notmuch and mutt name the parts that they could not quote; an mbox parts its mails by such a line.
const furniture =
  /^(?:\[ )?Non-text part: [\w.+-]{1,40}\/[\w.+-]{1,80}(?: \])?$|^\[-- .{1,120} --\]$|^From \S{1,100}@\S{1,100}\s{1,3}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}/

/** Whether a program wrote this line about the mail, not a person in it. */
export function isFurniture(line: string): boolean {
  return line.length < 300 && furniture.test(line.trimEnd())
}

/** The lines that are armour of a clear-signed text (RFC 9580 §7): its head, and the signature below. */
export function armour(lines: readonly string[]): readonly boolean[] | null {
  const begin = lines.findIndex((line) => /^-----BEGIN PGP SIGNED MESSAGE-----\s*$/.test(line))
  const signature = lines.findIndex((line) => /^-----BEGIN PGP SIGNATURE-----\s*$/.test(line))
  if (begin < 0 || signature < begin) return null
  const marks = lines.map(() => false)
  for (let index = begin; index < signature && (lines[index] ?? '').trim() !== ''; index++)
    marks[index] = true
  for (let index = signature; index < lines.length; index++) {
    marks[index] = true
    if ((lines[index] ?? '').startsWith('-----END PGP SIGNATURE-----')) break
  }
  return marks
}
