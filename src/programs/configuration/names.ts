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
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
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

/** The same with references that the API shows whole (`{ id, name }`) as it takes them: by number. */
export function withoutShown(kind: Kind, item: Thing): Thing {
  return changed(kind, item, (value) =>
    typeof value === 'object' && value !== null && 'id' in value ? value.id : value,
  )
}

/** Addresses are the same in any case. */
function foldedName(kind: string, name: string): string {
  return kind === 'Agents' || kind === 'Mailboxes' ? name.toLowerCase() : name
}

type Change = (value: unknown, of: string, field: string) => unknown

function changed(kind: Kind, thing: Thing, change: Change): Thing {
  return Object.entries(kind.names).reduce<Thing>((now, [place, of]) => {
    const steps = place.split('.')
    return inPlace(now, steps, (value) => change(value, of, steps[0] ?? '')) as Thing
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
    return rest.length === 0 ? all.toSorted() : all
  }
  if (typeof value !== 'object' || value === null || !(step in value)) return value
  return { ...value, [step]: inPlace((value as Thing)[step], rest, change) }
}
