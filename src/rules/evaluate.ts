// Whether a condition holds in a scene, and why. Live, in a preview, in a backtest and in a trace it is this code.
import { folded, holdsSpelling, placesOf, spellingsOf, type Spelling } from '#kit/words.ts'
import { remembering } from '#kit/remember.ts'
import { never } from '#kit/never.ts'
import type { Instant } from '#kit/time.ts'
import { calendarOf } from '#rules/calendar.ts'
import { childrenOf, isLeaf, valuesOf, type Cond, type Leaf, type Span } from '#rules/condition.ts'
import { alike, subtree } from '#rules/directory.ts'
import { periodOf, weekdayOf } from '#rules/moment.ts'
import { specOf } from '#rules/paths.ts'
import { patternOf } from '#rules/regex.ts'
import type { Scene } from '#rules/scene.ts'
import { ofTicket, valueOf, type Seen } from '#rules/values.ts'

/** Whether a condition holds. Total: a test that makes no sense is false. */
export function holds(cond: Cond, scene: Scene): boolean {
  if (isLeaf(cond)) return leafHolds(cond, valueOf(cond, scene), scene)
  if ('not' in cond) return !holds(cond.not, scene)
  if ('all' in cond) return cond.all.every((each) => holds(each, scene))
  return cond.any.some((each) => holds(each, scene))
}

export type Trace =
  | {
      readonly leaf: Leaf
      readonly place: string
      readonly actual: unknown
      readonly before?: unknown
      readonly holds: boolean
      readonly redacted?: true
    }
  | { readonly group: 'all' | 'any' | 'not'; readonly holds: boolean; readonly parts: readonly Trace[] }

/** The condition's tree with what each test saw. */
export function trace(cond: Cond, scene: Scene, place = ''): Trace {
  if (isLeaf(cond)) return leafTrace(cond, scene, place)
  const parts = childrenOf(cond, place).map(({ child, place: at }) => trace(child, scene, at))
  const group = 'not' in cond ? 'not' : 'all' in cond ? 'all' : 'any'
  return { group, holds: holds(cond, scene), parts }
}

/** Texts in a trace are cut: it is kept beside the ticket, and people read it. */
const SHOWN = 200
/** The ticket's number, subject, and requester are texts, too. */
const MOST_SHOWN = 6

function leafTrace(leaf: Leaf, scene: Scene, place: string): Trace {
  const seen = valueOf(leaf, scene)
  const isRedacted = isTexts(seen) && seen.redacted
  const shown = isTexts(seen) ? seen.texts.map((text) => text.slice(0, SHOWN)).slice(0, MOST_SHOWN) : seen
  const before =
    leaf.op.includes('changed') && scene.before !== null
      ? { before: ofTicket(leaf.field, scene.before, scene.directory) ?? null }
      : {}
  return {
    leaf,
    place,
    actual: typeof shown === 'string' ? shown.slice(0, SHOWN) : shown,
    ...before,
    holds: leafHolds(leaf, seen, scene),
    ...(isRedacted ? { redacted: true } : {}),
  }
}

function isTexts(seen: Seen): seen is { texts: readonly string[]; redacted: boolean } {
  return typeof seen === 'object' && seen !== null && 'texts' in seen
}

function leafHolds(leaf: Leaf, seen: Seen, scene: Scene): boolean {
  switch (leaf.op) {
    case 'changed':
    case 'not_changed':
    case 'changed_from':
    case 'changed_to':
      return changeHolds(leaf, scene)
    case 'within_hours':
      return calendarOf(leaf.calendar) === null || scene.calendars.isOpen(leaf.calendar ?? '', scene.at)
    case 'on_holiday':
      return calendarOf(leaf.calendar) !== null && scene.calendars.isHoliday(leaf.calendar ?? '', scene.at)
    case 'weekday_in':
      return valuesOf(leaf).includes(weekdayOf(scene.at, scene.zone))
    case 'empty':
      return isMissing(seen) === (leaf.value !== false)
    default:
      return !isMissing(seen, false) && testHolds(leaf, seen, scene)
  }
}

/** A scene without the ticket: enough for a test of a value that asks about no moment. */
type Around = Pick<Scene, 'directory' | 'reader' | 'at' | 'zone'>

/**
 * Whether a test holds of a value by itself; null where it asks about more: a change, a moment, how long something lasts, or a path that
 * is none.
 */
export function holdsOf(leaf: Leaf, seen: Seen, around: Around): boolean | null {
  const type = specOf(leaf.field, around.directory)?.type
  if (type === undefined || type === 'moment' || type === 'duration' || type === 'hours') return null
  if (leaf.op.includes('changed')) return null
  if (leaf.op === 'empty') return isMissing(seen) === (leaf.value !== false)
  return !isMissing(seen, false) && testHolds(leaf, seen, around)
}

/** An empty set is there, but says nothing: `empty` holds of it, and so does `has_none`. */
function isMissing(seen: Seen, alsoEmpty = true): boolean {
  if (seen === null) return true
  if (!alsoEmpty) return false
  if (isTexts(seen)) return seen.texts.every((text) => text === '')
  return seen === '' || (Array.isArray(seen) && seen.length === 0)
}

function changeHolds(leaf: Leaf, scene: Scene): boolean {
  const now = ofTicket(leaf.field, scene.now, scene.directory) ?? null
  const before = scene.before === null ? null : (ofTicket(leaf.field, scene.before, scene.directory) ?? null)
  const changed = !same(now, before)
  if (leaf.op === 'not_changed') return !changed
  if (!changed) return false
  if (leaf.op === 'changed') {
    const { from, to } = (isSpan(leaf.value) ? leaf.value : {}) as Span
    return (from === undefined || amongEquals(before, [from])) && (to === undefined || amongEquals(now, [to]))
  }
  const wanted = valuesOf(leaf)
  return leaf.op === 'changed_from' ? amongEquals(before, wanted) : amongEquals(now, wanted)
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function same(one: Seen, other: Seen): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function amongEquals(seen: Seen, wanted: readonly unknown[]): boolean {
  return Array.isArray(seen) ? seen.some((each) => wanted.includes(each)) : wanted.includes(seen)
}

function testHolds(leaf: Leaf, seen: Seen, scene: Around): boolean {
  const spec = specOf(leaf.field, scene.directory)
  switch (spec?.type) {
    case undefined:
      return false
    case 'choice':
    case 'reference':
      return equalHolds(leaf, seen, scene)
    case 'word':
      return wordHolds(leaf, seen)
    case 'yes_no':
      return leaf.op === 'is' && seen === leaf.value
    case 'set':
    case 'people':
      return setHolds(leaf, seen)
    case 'text':
      return textHolds(leaf, textsIn(seen))
    case 'number':
    case 'duration':
      return typeof seen === 'number' && numberHolds(leaf, seen)
    case 'moment':
      return typeof seen === 'string' && momentHolds(leaf, seen, scene, spec.field !== undefined)
    case 'hours':
      return false
    default:
      return never(spec?.type as never)
  }
}

function equalHolds(leaf: Leaf, seen: Seen, scene: Around): boolean {
  const wanted = valuesOf(leaf).map((value) =>
    value === 'me' && leaf.field === 'assignee' ? (scene.reader?.agentId ?? -1) : value,
  )
  if (leaf.op === 'under') {
    return wanted.some((root) => subtree(Number(root), scene.directory).includes(seen as number))
  }
  const meant: readonly unknown[] =
    leaf.field === 'category' ? alike(wanted.map(Number), scene.directory) : wanted
  return leaf.op === 'not_in' ? !meant.includes(seen) : meant.includes(seen)
}

/** Addresses, domains, languages, names: without regard to case. Of several, one is enough. */
function wordHolds(leaf: Leaf, seen: Seen): boolean {
  const wanted = valuesOf(leaf).map((value) => String(value).toLowerCase())
  const found = (Array.isArray(seen) ? seen : [seen]).some((each) =>
    wanted.includes(String(each).toLowerCase()),
  )
  return leaf.op === 'not_in' ? !found : found
}

function setHolds(leaf: Leaf, seen: Seen): boolean {
  const list = (Array.isArray(seen) ? seen : []) as readonly (string | number)[]
  const wanted = valuesOf(leaf).map(String)
  if (leaf.op === 'has_all') return wanted.every((each) => list.includes(each))
  const any = wanted.some((each) => list.includes(each))
  return leaf.op === 'has_none' ? !any : any
}

/** A run asks many rules about the same few texts. */
export const placesIn = remembering(200, (text: string) => placesOf(text).places)

/** How what a test looks for is written, for as long as the test is there: there are more of them than could be remembered by text. */
const spellingsByLeaf = new WeakMap<Leaf, readonly Spelling[]>()

export function spellingsIn(leaf: Leaf): readonly Spelling[] {
  const known = spellingsByLeaf.get(leaf)
  if (known !== undefined) return known
  const spellings = valuesOf(leaf).flatMap((value) => spellingsOf(String(value)))
  spellingsByLeaf.set(leaf, spellings)
  return spellings
}

/** The texts of a value; none of one that is no text. */
export function textsIn(seen: Seen): readonly string[] {
  return isTexts(seen) ? seen.texts : typeof seen === 'string' ? [seen] : []
}

function textHolds(leaf: Leaf, texts: readonly string[]): boolean {
  if (leaf.op === 'contains_word' || leaf.op === 'contains_phrase') {
    const spellings = spellingsIn(leaf)
    return texts.some((text) => holdsSpelling(placesIn(text), spellings))
  }
  const wanted = valuesOf(leaf).map(String)
  switch (leaf.op) {
    case 'starts_with':
      return texts.some((text) => wanted.some((start) => folded(text.trimStart()).startsWith(folded(start))))
    case 'is':
      return texts.some((text) => wanted.includes(text))
    case 'matches':
      return capturesOf(leaf, texts) !== null
    default:
      return false
  }
}

/** What a pattern caught in the first text that it matches: `{{match.1}}` in templates. */
export function capturesOf(leaf: Leaf, texts: readonly string[]): readonly string[] | null {
  for (const source of valuesOf(leaf)) {
    const pattern = patternOf(String(source))
    if (typeof pattern === 'string') continue
    for (const text of texts) {
      const found = pattern.captures(text)
      if (found !== null) return found
    }
  }
  return null
}

function numberHolds(leaf: Leaf, seen: number): boolean {
  const [wanted] = valuesOf(leaf)
  switch (leaf.op) {
    case 'is':
    case 'in':
      return valuesOf(leaf).some((value) => value === seen)
    case 'between': {
      const { from, to } = (isSpan(leaf.value) ? leaf.value : {}) as Span
      return typeof from === 'number' && typeof to === 'number' && seen >= from && seen <= to
    }
    default:
      break
  }
  if (typeof wanted !== 'number') return false
  switch (leaf.op) {
    case 'eq':
      return seen === wanted
    case 'ne':
      return seen !== wanted
    case 'lt':
      return seen < wanted
    case 'lte':
      return seen <= wanted
    case 'gt':
      return seen > wanted
    case 'gte':
      return seen >= wanted
    default:
      return false
  }
}

/** The bounds of a test of time: from on, and up to but not including. */
export type Bounds = { readonly from: Instant | null; readonly to: Instant | null }

/** What a test of time asks for; null when its value is no moment. Days are whole: after a day begins with the next. */
export function boundsOf(leaf: Leaf, at: Instant, zone: string): Bounds | null {
  if (leaf.op === 'between') {
    const { from, to } = (isSpan(leaf.value) ? leaf.value : {}) as Span
    const [first, last] = [periodOf(String(from), at, zone), periodOf(String(to), at, zone)]
    return first === null || last === null ? null : { from: first.from, to: last.to }
  }
  const [value] = valuesOf(leaf)
  const period = typeof value === 'string' ? periodOf(value, at, zone) : null
  if (period === null) return null
  switch (leaf.op) {
    case 'lt':
      return { from: null, to: period.from }
    case 'lte':
      return { from: null, to: period.to }
    case 'gt':
      return { from: period.to, to: null }
    case 'gte':
      return { from: period.from, to: null }
    case 'is':
      return { from: period.from, to: period.isRelative ? null : period.to }
    default:
      return null
  }
}

/** A custom date has no time of day: it stands for its midnight in the zone. */
function momentHolds(leaf: Leaf, seen: string, scene: Around, isDay: boolean): boolean {
  const bounds = boundsOf(leaf, scene.at, scene.zone)
  const at = isDay ? periodOf(seen, scene.at, scene.zone)?.from : seen
  if (bounds === null || at === undefined) return false
  return (bounds.from === null || at >= bounds.from) && (bounds.to === null || at < bounds.to)
}
