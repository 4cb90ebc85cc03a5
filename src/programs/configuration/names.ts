// Names in the places of numbers, and numbers in the places of names: a number means something on one desk only.
import type { Kind, Thing } from '#programs/configuration/kinds.ts'

/** What is said instead of a name, where the API knows such words. */
const WORDS = new Set(['me', 'always', 'inherit'])
/** The API takes their numbers as text, beside words. */
const AS_TEXT = new Set(['Calendars'])

/** The numbers of things by kind and by what they are known by. */
export type Numbers = ReadonlyMap<string, ReadonlyMap<string, number>>
/** The same the other way round. */
export type Keys = ReadonlyMap<string, ReadonlyMap<number, string>>

/** A name that nothing has: of which kind, and in which place. */
export type Nameless = { readonly field: string; readonly kind: string; readonly name: string }

/** A thing as the API takes it, as a file has it. What is not there any more is `#` and its number. */
export function withNames(kind: Kind, body: Thing, keys: Keys): Thing {
  return changed(kind, body, (value, of) => {
    const number = numberIn(value)
    return typeof number === 'number' ? (keys.get(of)?.get(number) ?? `#${number}`) : value
  })
}

/** A thing of a file as the API takes it, and the names in it that nothing has: their fields are left out. */
export function withNumbers(
  kind: Kind,
  thing: Thing,
  numbers: Numbers,
): { readonly body: Thing; readonly nameless: readonly Nameless[] } {
  const nameless: Nameless[] = []
  const body = changed(kind, thing, (value, of, field) => {
    if (typeof value !== 'string' || WORDS.has(value)) return value
    const number = numbers.get(of)?.get(foldedName(of, value))
    if (number === undefined) nameless.push({ field, kind: of, name: value })
    return AS_TEXT.has(of) ? String(number) : number
  })
  const missing = new Set(nameless.map(({ field }) => field))
  return { body: Object.fromEntries(Object.entries(body).filter(([field]) => !missing.has(field))), nameless }
}

/** Those that a name means: where one is put away and another is not, that other. */
export function meantBy<Named extends { readonly key: string; readonly isPutAway: boolean }>(
  found: readonly Named[],
  key: string,
): readonly Named[] {
  const alike = found.filter((each) => each.key === key)
  const living = alike.filter(({ isPutAway }) => !isPutAway)
  return living.length > 0 ? living : alike
}

type Numbered = { readonly key: string; readonly id: number; readonly isPutAway: boolean }

/** What each name means; a name of several means none. */
export function numbersOf(found: readonly Numbered[]): Map<string, number> {
  const byKey = Map.groupBy(found, ({ key }) => key)
  return new Map(
    [...byKey].flatMap(([key, alike]) => {
      const [one, ...others] = meantBy(alike, key)
      return one === undefined || others.length > 0 ? [] : [[key, one.id] as const]
    }),
  )
}

/** What is put away, by kind, and what stands in its place; null: nothing. */
export type Away = ReadonlyMap<string, ReadonlyMap<number, number | null>>

/**
 * The same without what is put away: lists go on without it, what lies in such a section lies in the one around it, and what
 * keeps to such a calendar has none of its own.
 */
export function withoutPutAway(kind: Kind, body: Thing, away: Away): Thing {
  return changed(kind, body, (value, of, _, isListed) => {
    const number = numberIn(value)
    const instead = typeof number === 'number' ? away.get(of)?.get(number) : undefined
    if (instead === undefined) return value
    return isListed ? undefined : of === 'Sections' || of === 'Calendars' ? instead : value
  })
}

/** Some numbers are text. */
const numberIn = (value: unknown) =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value

/** The same with references that the API shows whole (`{ id, name }`) as it takes them: by number. */
export function withoutShown(kind: Kind, item: Thing): Thing {
  return changed(kind, item, (value) =>
    typeof value === 'object' && value !== null && 'id' in value ? value.id : value,
  )
}

/** Addresses are the same in any case, and so are languages. */
export function foldedName(kind: string, name: string): string {
  if (kind === 'Articles') return name.replace(/^[^/]*/, (language) => language.toLowerCase())
  return kind === 'Agents' || kind === 'Mailboxes' ? name.toLowerCase() : name
}

/** `isListed`: it is one of a list of names alone, and leaves it as undefined. */
type Change = (value: unknown, of: string, field: string, isListed: boolean) => unknown

function changed(kind: Kind, thing: Thing, change: Change): Thing {
  return Object.entries(kind.names).reduce<Thing>((now, [place, of]) => {
    const steps = place.split('.')
    return inPlace(now, steps, (value) => change(value, of, steps[0] ?? '', steps.at(-1) === '*')) as Thing
  }, thing)
}

function inPlace(
  value: unknown,
  [step, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value)
  if (step === '*') {
    if (!Array.isArray(value)) return value
    const all = value.map((each) => inPlace(each, rest, change))
    // A list of names alone has no order.
    return rest.length === 0 ? all.filter((each) => each !== undefined).toSorted() : all
  }
  if (typeof value !== 'object' || value === null || !(step in value)) return value
  return { ...value, [step]: inPlace((value as Thing)[step], rest, change) }
}
