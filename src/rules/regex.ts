// Patterns that people write: matched in linear time by RE2's algorithm, Unicode and case-insensitive. What only a
// backtracking engine can do, and what would be slow in one, is refused with its place.
import { RE2JS } from 're2js'
import { remembering } from '#kit/remember.ts'

export const LONGEST_PATTERN = 500
/** So much of a text is looked at. */
const LONGEST_TEXT = 50_000

type Pattern = { readonly captures: (text: string) => readonly string[] | null }

const compiled = new Map<string, Pattern | string>()

/** The compiled pattern, or why it is refused. */
export function patternOf(source: string): Pattern | string {
  const known = compiled.get(source)
  if (known !== undefined) return known
  if (compiled.size > 2_000) compiled.clear()
  const made = compile(source)
  compiled.set(source, made)
  return made
}

function compile(source: string): Pattern | string {
  if (source.length > LONGEST_PATTERN) return `is longer than ${LONGEST_PATTERN} characters`
  if (source === '') return 'is empty'
  const slow = nestedRepeat(source)
  if (slow !== null) return `repeats what repeats already, at character ${slow + 1}`
  if (/\(\?(?:[=!]|<[=!])/.test(source)) return 'looks ahead or behind, which linear time does not allow'
  if (/\\[1-9]/.test(source)) return 'refers back to a group, which linear time does not allow'
  try {
    const program = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
    return { captures: remembering(8, (text) => capturesIn(program, text.slice(0, LONGEST_TEXT))) }
  } catch (error) {
    return `is not a pattern: ${(error as Error).message}`
  }
}

function capturesIn(program: RE2JS, text: string): readonly string[] | null {
  const matcher = program.matcher(text)
  if (!matcher.find()) return null
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '')
}

/** Where an unbounded repeat stands on a group that has one inside, such as `(a+)+`; null when nowhere. */
function nestedRepeat(source: string): number | null {
  const open: { repeats: boolean }[] = []
  let closed: { repeats: boolean } | null = null
  for (let at = 0; at < source.length; at++) {
    const char = source[at]
    if (char === '\\') at++
    else if (char === '[') at = endOfClass(source, at)
    else if (char === '(') open.push({ repeats: false })
    else if (char === ')') {
      closed = open.pop() ?? null
      const outer = open.at(-1)
      if (closed?.repeats === true && outer !== undefined) outer.repeats = true
      continue
    } else if (isRepeat(source, at)) {
      if (closed?.repeats === true) return at
      const inside = open.at(-1)
      if (inside !== undefined) inside.repeats = true
    }
    closed = null
  }
  return null
}

function isRepeat(source: string, at: number): boolean {
  return (
    source[at] === '*' || source[at] === '+' || /^\{\d+,\}|^\{\d*,?\d{3,}\}/.test(source.slice(at, at + 12))
  )
}

function endOfClass(source: string, at: number): number {
  let end = at + 1
  if (source[end] === '^') end++
  if (source[end] === ']') end++
  while (end < source.length && source[end] !== ']') end += source[end] === '\\' ? 2 : 1
  return end
}
