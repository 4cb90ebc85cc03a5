// What is known of the mail that is answered decides what is a quotation: a line that does not stand in it is the sender's own, whatever
// it stands below, and lines that do are quoted, whatever stands above them.
import { attributionAt } from '#mail/attribution.ts'
import { announcement, headerBlockAt, isRule } from '#mail/header-block.ts'
import { isFurniture } from '#mail/quote-marks.ts'

/** A run of fewer words may be anybody's. */
const TELLING_WORDS = 8

export type Known = (line: string) => boolean

/** Finds lines again in texts that may have been broken into other lines since; null when there are none. */
export function knownText(texts: readonly string[]): Known | null {
  const all = texts.map((text) => wordsOf(text.slice(0, 100_000)).join(' ')).join(' \n ')
  const haystack = ` ${all.slice(0, 1_000_000)} `
  if (all.trim() === '') return null
  return (line) => {
    const words = wordsOf(line).join(' ')
    return words !== '' && haystack.includes(` ${words} `)
  }
}

/** Corrects what was taken for quoted by what is known; `quoted` is changed in place. */
export function correctByKnown(lines: readonly string[], quoted: boolean[], known: Known): void {
  foldKnown(lines, quoted, known)
  unfoldOwn(lines, quoted, known)
}

/** Lines of the mail answered that nothing marks. */
function foldKnown(lines: readonly string[], quoted: boolean[], known: Known): void {
  for (let start = 0; start < lines.length; start++) {
    let words = 0
    let written = 0
    let end = start
    for (; end < lines.length && quoted[end] !== true; end++) {
      const line = lines[end] ?? ''
      if (line.trim() === '') continue
      if (!known(line)) break
      words += wordsOf(line).length
      written++
    }
    if (written >= 2 && words >= TELLING_WORDS) quoted.fill(true, introducedAt(lines, start), end)
    if (end > start) start = written === 0 ? start : end - 1
  }
}

// What we wrote was not written anew: a line with a date and a colon above it introduces it, in whatever language.
const introduction =
  /^(?=.{0,100}\d{1,4}[./-]\d{1,2}|.{0,100}\b\d{4}\b)(?=.{0,150}\d{1,2}[:.]\d{2}).{10,200}[:：]$/u

/** Where a quotation that begins at `start` is introduced; `start` itself when nothing does. */
function introducedAt(lines: readonly string[], start: number): number {
  let above = start
  while (above > 0 && above > start - 3 && (lines[above - 1] ?? '').trim() === '') above--
  return above > 0 && introduction.test((lines[above - 1] ?? '').trim()) ? above - 1 : start
}

/** Unmarked lines that were folded with the quotation, and do not stand in it. */
function unfoldOwn(lines: readonly string[], quoted: boolean[], known: Known): void {
  const folded = lines.flatMap((line, index) =>
    quoted[index] === true && !/^\s*>/.test(line) ? [index] : [],
  )
  const ours = folded.filter((index) => known(lines[index] ?? ''))
  const words = ours.reduce((sum, index) => sum + wordsOf(lines[index] ?? '').length, 0)
  // What is quoted is some other mail.
  if (words < TELLING_WORDS) return
  const frame = frameOf(lines, folded)
  const first = ours[0] ?? 0
  for (const index of folded) {
    const line = lines[index] ?? ''
    if (index < first || frame.has(index) || line.trim() === '' || known(line)) continue
    quoted[index] = false
    // The blank line above it parts it from what is quoted.
    if (index > 0 && (lines[index - 1] ?? '').trim() === '') quoted[index - 1] = false
  }
}

/** The lines that programs write around a quotation. */
function frameOf(lines: readonly string[], folded: readonly number[]): ReadonlySet<number> {
  const frame = new Set<number>()
  for (const index of folded) {
    const line = lines[index] ?? ''
    const alone =
      announcement(line) !== null || isRule(line) || isFurniture(line) || !/[\p{L}\p{N}]/u.test(line)
    const count = alone ? 1 : attributionAt(lines, index) || (headerBlockAt(lines, index)?.lines ?? 0)
    for (let at = index; at < index + count; at++) frame.add(at)
  }
  return frame
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}
