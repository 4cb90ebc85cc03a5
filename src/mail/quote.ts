// Tells what a sender newly wrote from what was quoted below, above or between, and from the signature. Works on
// lines, each looked at a bounded number of times.
import { attributionAt, sharedLine } from '#mail/attribution.ts'
import { armour, belowSignature, endOfMarked, isFurniture, oddMarkAt } from '#mail/quote-marks.ts'
import { announcement, headerBlockAt, isBareAnnouncement, isRule } from '#mail/header-block.ts'
import { correctByKnown, type Known } from '#mail/known-text.ts'
import { isFooter, signatureStart } from '#mail/signature.ts'
import { textOfHtml } from '#mail/text-of-html.ts'

export type Visible = {
  readonly visibleText: string
  readonly quotedText: string
  readonly signature: string | null
}

const longest = 1_000_000
const mostLines = 20_000

/**
 * Parts the text of a mail. Nothing is lost: every line is in one of the three, but for its outer blanks. `known` is what stands in the
 * mail that is answered, as far as that is ours.
 */
export function visible(text: string, known: Known | null = null): Visible {
  const lines = splitLines(text)
  const quoted = markQuoted(lines.map(legible))
  for (const [index, isArmour] of (armour(lines) ?? []).entries()) quoted[index] ||= isArmour
  if (known !== null) correctByKnown(lines.map(legible), quoted, known)
  const own = lines.filter((_, index) => !quoted[index])
  const quotation = lines.filter((_, index) => quoted[index]).join('\n')
  const trimmed = withoutRules(own, quotation !== '')
  const end = signatureStart(trimmed)
  const signature = trimmed.slice(end).join('\n').trim()
  return {
    visibleText: collapse(trimmed.slice(0, end)),
    quotedText: quotation.replace(/^\n+/, '').trimEnd(),
    signature: signature === '' ? null : signature,
  }
}

/** The same for a mail that has only HTML; known quotation markup counts as quoted. */
export function visibleOfHtml(html: string, known: Known | null = null): Visible {
  return visible(textOfHtml(html), known)
}

function splitLines(text: string): readonly string[] {
  const lines = text.slice(0, longest).replaceAll('\u00a0', ' ').split(/\r?\n/)
  return lines.slice(0, mostLines).flatMap((line) => sharedLine(line) ?? [line])
}

// What stands in the way of reading a line: marks of writing direction, and digits of other scripts.
function legible(line: string): string {
  if (!/[^ -~\t]/.test(line)) return line
  return line
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => {
      const code = digit.charCodeAt(0)
      // Every script's ten digits begin at a multiple of sixteen, those of India six after it.
      return digit.length > 1 ? digit : String(code >= 0x966 && code < 0xdf0 ? (code % 16) - 6 : code % 16)
    })
}

/** One pass from the top: what begins a quotation to the end ends the pass; `>` blocks are marked where they stand. */
function markQuoted(lines: readonly string[]): boolean[] {
  const quoted: boolean[] = Array.from({ length: lines.length }, () => false)
  const loose: [number, number][] = []
  let attributed = false
  let odd: RegExp | null = null
  let index = 0
  while (index < lines.length) {
    if (isMarked(lines[index])) {
      const end = endOfBlock(lines, index)
      const known: boolean =
        attributed || attributionAt(lines, index) > 0 || announcement(lines[index] ?? '') !== null
      if (known) quoted.fill(true, index, end)
      else loose.push([index, end])
      attributed ||= known
      index = end
      continue
    }
    const count = attributionAt(lines, index)
    if (count > 0) {
      const next = nextWritten(lines, index + count)
      quoted.fill(true, index, next)
      attributed = true
      odd = isMarked(lines[next]) ? null : oddMarkAt(lines, next)
      if (odd === null && !isMarked(lines[next])) return foldRest(lines, quoted, index, next)
      index = next
      continue
    }
    if (odd?.test(lines[index] ?? '') === true) {
      const end = endOfMarked(lines, index, odd)
      quoted.fill(true, index, end)
      index = end
      continue
    }
    if (isFurniture(lines[index] ?? '')) {
      quoted[index++] = true
      continue
    }
    if (restIsQuoted(lines, index)) return quoted.fill(true, index)
    index++
  }
  // Marks without any attribution are quotations when there are several lines of them.
  const lineCount = loose.reduce((sum, [from, to]) => sum + to - from, 0)
  if (attributed || lineCount > 1) for (const [from, to] of loose) quoted.fill(true, from, to)
  return quoted
}

/** Without marks the quotation goes to the end, unless all that was said stands below it. */
function foldRest(lines: readonly string[], quoted: boolean[], index: number, next: number): boolean[] {
  const isSaid = lines.some((line, at) => at < index && quoted[at] !== true && line.trim() !== '')
  if (isSaid) return quoted.fill(true, index)
  const answer = belowSignature(lines, next)
  // Where nothing tells the answer from the quotation, both are shown.
  return answer < lines.length ? quoted.fill(true, index, answer) : quoted
}

function restIsQuoted(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? ''
  if (announcement(line) !== null) return true
  if (isBareAnnouncement(line) && headerBlockAt(lines, index + 1) !== null) return true
  if (isFooter(lines, index) && nextWritten(lines, index + 1) < lines.length)
    return footerEndsText(lines, index)
  const block = headerBlockAt(lines, index)
  if (block === null) return false
  // A mail that begins with such a block is a form or a notification, unless a rule shows it was moved there.
  const above = lines.slice(Math.max(0, index - 200), index)
  return above.some((text) => text.trim() !== '')
}

// Below a phone's footer stands what is answered, unmarked; a mere further line of the signature is short.
function footerEndsText(lines: readonly string[], index: number): boolean {
  const rest = lines.slice(index + 1, index + 60)
  return rest[0]?.trim() === '' && !rest.some((line) => isMarked(line) || line.trim() === '--')
}

// An advertisement such as ">>> Click here <<<" is no quotation, nor is GroupWise's ">>> Ada 10:15 >>>" above one.
function isMarked(line: string | undefined): boolean {
  return line !== undefined && /^\s{0,3}>/.test(line) && !/^\s*>>.{0,200}(?:<<|\s>>>|writes:)\s*$/.test(line)
}

function nextWritten(lines: readonly string[], from: number): number {
  let index = from
  while (index < lines.length && (lines[index] ?? '').trim() === '') index++
  return index
}

/** The index after a run of `>` lines, including blank lines within and lines that the sender's program folded. */
function endOfBlock(lines: readonly string[], start: number): number {
  let end = start + 1
  while (end < lines.length) {
    if (isMarked(lines[end])) {
      end++
      continue
    }
    const next = foldedUpTo(lines, end)
    if (next === end) return end
    end = next
  }
  return end
}

function foldedUpTo(lines: readonly string[], index: number): number {
  for (let next = index; next < Math.min(index + 4, lines.length); next++) {
    if (isMarked(lines[next]))
      return index === next || belongsTogether(lines.slice(index - 1, next)) ? next : index
    if ((lines[next] ?? '').trim() === '') return index
  }
  return index
}

// A quoted line that was too long goes on without its mark: it stopped in mid-sentence or inside a link.
function belongsTogether(lines: readonly string[]): boolean {
  const [before = '', folded = ''] = lines
  if (/^\s*\(?<?https?:\/\/\S+|>\s*$/.test(folded) && !/^[^>]*<[^>]*>\s*$/.test(folded)) return true
  const open =
    before.lastIndexOf('(') > before.lastIndexOf(')') || before.lastIndexOf('<') > before.lastIndexOf('>')
  if (open && !/[.?!]\s*$/.test(before)) return true
  return before.length >= 60 && (/^\p{Ll}/u.test(folded) || !/[.?!:]["»”)]?\s*$/.test(before))
}

// The rule that a program draws over the quotation is not the sender's.
function withoutRules(lines: readonly string[], hasQuotation: boolean): readonly string[] {
  let end = lines.length
  while (end > 0) {
    const line = lines[end - 1] ?? ''
    if (line.trim() !== '' && !(hasQuotation && isRule(line))) break
    end--
  }
  return lines.slice(0, end)
}

function collapse(lines: readonly string[]): string {
  const kept: string[] = []
  for (const line of lines) {
    if (line.trim() !== '' || kept.at(-1)?.trim() !== '') kept.push(line.trimEnd())
  }
  return kept.join('\n').trim()
}
