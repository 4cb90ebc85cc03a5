// What files would change of a desk: each thing in its kind's order, with the fields that differ. Nothing is asked for here.
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Found, Live } from '#programs/configuration/gather.ts'
import { kinds, type Kind, type Thing } from '#programs/configuration/kinds.ts'
import { amongOthers } from '#programs/configuration/order.ts'
import { foldedName, meantBy, numbersOf, withNumbers, type Numbers } from '#programs/configuration/names.ts'

/** The things of files by kind; a kind that no file has stays as it is. */
export type Wanted = ReadonlyMap<string, readonly Thing[]>

export type Change = {
  readonly kind: string
  readonly key: string
  readonly does: 'add' | 'change' | 'restore' | 'put_away' | 'order'
  /** Of what is on the desk already. */
  readonly id?: number
  /** Those that differ; of what is added, all. */
  readonly fields: readonly string[]
  readonly thing: Thing
}
export type Misfit = {
  readonly kind: string
  readonly key: string
  readonly place: string
  readonly message: string
}

export type Comparison = {
  readonly changes: readonly Change[]
  readonly problems: readonly Misfit[]
  /** What stays as it is although a file says otherwise. */
  readonly notes: readonly Misfit[]
  /** Things of the desk that no file names, by kind: they stay unless they are to be put away. */
  readonly unnamed: ReadonlyMap<string, readonly string[]>
}

/** So much of a thing without a name tells which it is. */
const SHOWN = 80
/** Above every number that a desk gives. */
const TO_COME = 2_000_000_000

/** Compares a desk with files. `prunes`: what no file names, of a kind that files have, is put away. */
export function compare(live: Live, wanted: Wanted, prunes: boolean): Comparison {
  const numbers = numbersWith(live, wanted)
  const changes: Change[] = []
  const problems: Misfit[] = []
  const notes: Misfit[] = []
  const unnamed = new Map<string, readonly string[]>()
  for (const kind of kinds) {
    const given = wanted.get(kind.kind)
    if (given === undefined) continue
    const here = live.get(kind.kind) ?? []
    const things = meant(kind, given, here)
    const named = new Set<string>()
    for (const thing of things) {
      const key = kind.key(thing)
      const alike = meantBy(here, key)
      const fault =
        unclear(kind, thing, alike.length) ?? (named.has(key) ? 'stands twice in the files' : null)
      named.add(key)
      const shown = isNamed(kind, thing) ? key : JSON.stringify(thing).slice(0, SHOWN)
      if (fault !== null) problems.push({ kind: kind.kind, key: shown, place: '', message: fault })
      else {
        const of = compareOne(kind, thing, { key, here: alike[0], numbers, live })
        changes.push(...of.changes)
        problems.push(...of.problems)
        notes.push(...of.notes)
      }
    }
    const left = here.filter(({ key, isPutAway }) => !isPutAway && !named.has(key))
    const gone = prunes && canPutAway(kind) ? left.filter(({ stays }) => stays !== true) : []
    changes.push(...gone.map(({ key, id }) => goes(kind, key, id)))
    const kept = left.filter((each) => !gone.includes(each)).map(({ key }) => key)
    if (kept.length > 0) unnamed.set(kind.kind, kept)
    changes.push(...moves(kind, things, here))
  }
  return { changes, problems, notes, unnamed }
}

/** What files mean, in the turn in which it can be made. */
function meant(kind: Kind, given: readonly Thing[], here: readonly Found[]): readonly Thing[] {
  if (kind.kind === 'Articles') return inLiveGroups(kind, given, here)
  // A category lies in another by its path.
  return kind.kind === 'Categories'
    ? given.toSorted((a, b) => (kind.key(a) < kind.key(b) ? -1 : 1))
    : given.map((thing) => kind.meant?.(thing) ?? thing)
}

/** Articles that say the same, whichever of them is named: where they do on the desk, they say it as that does. */
function inLiveGroups(kind: Kind, given: readonly Thing[], here: readonly Found[]): readonly Thing[] {
  const target = ({ translationOf: of }: Thing) => (typeof of === 'string' ? foldedName(kind.kind, of) : null)
  const targets = new Set(given.map(target))
  const [byKey, names] = [new Map(here.map((each) => [each.key, each])), 'translationOf']
  const groupOf = (key: string) => target(byKey.get(key)?.thing ?? {}) ?? key
  return given.map((thing) => {
    const [key, of] = [kind.key(thing), target(thing)]
    const { [names]: _, ...rest } = thing
    if (of === null) return thing[names] === null && targets.has(key) ? rest : thing
    return byKey.has(of) && byKey.has(key) && groupOf(of) === groupOf(key) ? rest : thing
  })
}

const missingIn = ({ knownBy }: Kind, thing: Thing) =>
  knownBy.filter((field) => (thing[field] ?? null) === null)
const isNamed = (kind: Kind, thing: Thing) => missingIn(kind, thing).length === 0

function unclear(kind: Kind, thing: Thing, alike: number): string | null {
  if (!isNamed(kind, thing)) return `has no ${missingIn(kind, thing).join(', ')}`
  return alike > 1 ? `is the name of ${alike} on this desk: rename one` : null
}

type One = {
  readonly key: string
  readonly here: Found | undefined
  readonly numbers: Numbers
  readonly live: Live
}

function compareOne(kind: Kind, thing: Thing, { key, here, numbers, live }: One) {
  const { body, nameless: unknown } = withNumbers(kind, thing, numbers)
  const of = { kind: kind.kind, key }
  // What stands here already is no fault, whatever would be said of it anew.
  const isHere = (field: string) => here !== undefined && isDeepStrictEqual(thing[field], here.thing[field])
  const nameless = unknown.filter(({ field }) => !isHere(field))
  const problems: Misfit[] = [
    ...Object.keys(thing)
      .filter((field) => !kind.fields.includes(field))
      .map((field) => ({ ...of, place: field, message: 'is not known here' })),
    ...nameless.map(({ field, kind: other, name }) => {
      const alike = meantBy(live.get(other) ?? [], foldedName(other, name)).length
      const isOf = alike > 1 ? `is the name of ${alike} on this desk` : 'neither the desk nor a file has'
      return { ...of, place: field, message: `names ${other} "${name}", which ${isOf}` }
    }),
  ]
  const { read, faults } = understood(kind, body)
  problems.push(
    ...faults.filter(({ place }) => !isHere(place.split('.')[0] ?? '')).map((fault) => ({ ...of, ...fault })),
  )
  if (kind.kind === 'Categories') problems.push(...parentless(of, numbers))
  if (thing['scope'] === 'personal')
    problems.push({ ...of, place: 'scope', message: 'is one person’s own, which no file makes' })
  if (here === undefined) {
    const whole = kind.made?.(body) ?? body
    const made = kind.given.safeParse(pick(whole, Object.keys(kind.given.shape)))
    if (!made.success && problems.length === 0)
      problems.push(...issuesOf(made.error).map((each) => ({ ...of, ...each })))
    const change: Change = { ...of, does: 'add', fields: Object.keys(thing), thing }
    return { problems, notes: [], changes: [change] }
  }
  const was = understood(kind, here.body).read
  const differing = Object.keys(read).filter((field) => !isDeepStrictEqual(read[field], was[field]))
  const fixed = differing.filter((field) => !(field in kind.patch.shape))
  const fields = differing.filter((field) => field in kind.patch.shape)
  // What a category is for stands by the tickets that showed it: no list of the administration changes it either.
  const isNote = kind.kind === 'Categories'
  const said = fixed.map((field) => ({ ...of, place: field, message: 'is fixed once it is made' }))
  if (!isNote) problems.push(...said)
  problems.push(...ofAgent(kind, thing, here).map((message) => ({ ...of, place: '', message })))
  // An article is put away by what a file says of it, too.
  const isAround = isAroundLiving(kind, here, live.get(kind.kind) ?? [])
  if (isAround)
    said.push({ ...of, place: '', message: 'is archived here, around ones that are not, and stays so' })
  const isBack = here.isPutAway && thing['status'] !== 'archived' && !isAround
  const change: Change = { ...of, id: here.id, does: isBack ? 'restore' : 'change', fields, thing }
  return { problems, notes: isNote ? said : [], changes: fields.length > 0 || isBack ? [change] : [] }
}

/** Whether a category that is put away has others in it that are not. */
export function isAroundLiving({ kind }: Kind, { key, isPutAway }: Found, all: readonly Found[]): boolean {
  const isIn = (other: Found) => !other.isPutAway && other.key.startsWith(`${key}/`)
  return kind === 'Categories' && isPutAway && all.some(isIn)
}

/** What a category lies in is its path's beginning, which must be there or come. */
function parentless(of: { kind: string; key: string }, numbers: Numbers): Misfit[] {
  const parent = of.key.split('/').slice(0, -1).join('/')
  if (parent === '' || numbers.get(of.kind)?.has(parent) === true) return []
  return [{ ...of, place: 'path', message: `lies in "${parent}", which neither the desk nor a file has` }]
}

function ofAgent({ kind }: Kind, thing: Thing, here: Found): string[] {
  if (kind !== 'Agents') return []
  const holdsOwn = typeof here.body['roleId'] === 'number'
  const hasOwn = holdsOwn && 'role' in thing && !('roleId' in thing)
  const hasNone = holdsOwn && thing['roleId'] === null && !('role' in thing)
  return [
    ...(here.isPutAway ? ['is deactivated here: take it out, or activate it in the administration'] : []),
    ...(hasOwn ? ['has a role of the desk’s own here: say which as roleId, or roleId: null for none'] : []),
    ...(hasNone ? ['loses a role of the desk’s own: say which of the four it has instead, as role'] : []),
  ]
}

/** Each field as the API would read it, so that what it fills in is no difference. */
function understood(kind: Kind, body: Thing) {
  const read: Record<string, unknown> = {}
  const faults: { place: string; message: string }[] = []
  for (const [field, value] of Object.entries(body)) {
    const shape = (kind.patch.shape[field] ?? kind.given.shape[field]) as z.ZodType | undefined
    if (shape === undefined) continue
    const parsed = shape.safeParse(value)
    if (parsed.success) read[field] = parsed.data
    else faults.push(...issuesOf(parsed.error, field))
  }
  return { read, faults }
}

function issuesOf(error: z.ZodError, field?: string) {
  return error.issues.map(({ path, message }) => ({
    place: [...(field === undefined ? [] : [field]), ...path].join('.'),
    message,
  }))
}

/** What the desk has, and what files would add, under numbers of no desk. */
function numbersWith(live: Live, wanted: Wanted): Numbers {
  let next = TO_COME
  return new Map(
    kinds.map((kind) => {
      const here = live.get(kind.kind) ?? []
      const taken = new Set(here.map(({ key }) => key))
      const known = numbersOf(here)
      for (const thing of wanted.get(kind.kind) ?? []) {
        const key = kind.key(thing)
        if (!taken.has(key)) known.set(key, next++)
      }
      return [kind.kind, known]
    }),
  )
}

function canPutAway({ patch, kind, goesAway }: Kind): boolean {
  return 'archived' in patch.shape || goesAway === true || kind === 'Articles'
}

const goes = (kind: Kind, key: string, id: number): Change => ({
  kind: kind.kind,
  key,
  does: 'put_away',
  id,
  fields: [],
  thing: {},
})

/** Those that would stand in another order, with what comes there behind what is there. What no file names keeps its place. */
function moves(kind: Kind, things: readonly Thing[], here: readonly Found[]): readonly Change[] {
  const { order } = kind
  if (order === undefined) return []
  const named = new Set(things.map((thing) => kind.key(thing)))
  const living = here.filter(({ key, isPutAway }) => !isPutAway && meantBy(here, key).length === 1)
  const stands = (key: string) => meantBy(here, key)[0]
  const among = (thing: Thing) => order.among({ ...stands(kind.key(thing))?.thing, ...thing })
  return [...Map.groupBy(things, among)].flatMap(([group, those]): Change[] => {
    const keys = those.map((each) => kind.key(each))
    const now = living
      .filter(({ key, thing }) => order.among(thing) === group && (keys.includes(key) || !named.has(key)))
      .map(({ key }) => key)
    const last = [...now, ...keys.filter((key) => !now.includes(key))]
    const next = amongOthers(last, keys)
    // What comes back stands where it stood once.
    const isBack = keys.some((key) => stands(key)?.isPutAway === true)
    if (!isBack && isDeepStrictEqual(last, next)) return []
    return [{ kind: kind.kind, key: next.join(', '), does: 'order', fields: [], thing: { keys: next } }]
  })
}

export function pick(thing: Thing, fields: readonly string[]): Thing {
  return Object.fromEntries(fields.flatMap((field) => (field in thing ? [[field, thing[field]]] : [])))
}
