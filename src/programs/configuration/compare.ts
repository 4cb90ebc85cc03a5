// What files would change of a desk: each thing in its kind's order, with the fields that differ. Nothing is asked for here.
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Found, Live } from '#programs/configuration/gather.ts'
import { kinds, type Kind, type Thing } from '#programs/configuration/kinds.ts'
import { withNumbers, type Numbers } from '#programs/configuration/names.ts'

/** The things of files by kind; a kind that no file has stays as it is. */
export type Wanted = ReadonlyMap<string, readonly Thing[]>

export type Change = {
  readonly kind: string
  readonly key: string
  readonly does: 'add' | 'change' | 'restore' | 'put_away' | 'order'
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
  /** Things of the desk that no file names, by kind: they stay unless they are to be put away. */
  readonly unnamed: ReadonlyMap<string, readonly string[]>
}

/** Above every number that a desk gives. */
const TO_COME = 2_000_000_000

/** Compares a desk with files. `prunes`: what no file names, of a kind that files have, is put away. */
export function compare(live: Live, wanted: Wanted, prunes: boolean): Comparison {
  const numbers = numbersWith(live, wanted)
  const changes: Change[] = []
  const problems: Misfit[] = []
  const unnamed = new Map<string, readonly string[]>()
  for (const kind of kinds) {
    const things = wanted.get(kind.kind)
    if (things === undefined) continue
    const here = live.get(kind.kind) ?? []
    const named = new Set<string>()
    for (const thing of things) {
      const key = kind.key(thing)
      const alike = here.filter((each) => each.key === key)
      const fault = unclear(key, alike.length, named.has(key))
      named.add(key)
      if (fault !== null) problems.push({ kind: kind.kind, key, place: '', message: fault })
      else {
        const of = compareOne(kind, thing, { key, here: alike[0], numbers })
        changes.push(...of.changes)
        problems.push(...of.problems)
      }
    }
    const left = here.filter(({ key, isPutAway }) => !isPutAway && !named.has(key))
    if (prunes && canPutAway(kind)) changes.push(...left.map(({ key }) => goes(kind, key)))
    else if (left.length > 0)
      unnamed.set(
        kind.kind,
        left.map(({ key }) => key),
      )
    if (kind.isOrdered === true && isMoved(kind, things, here)) changes.push(moves(kind, things))
  }
  return { changes, problems, unnamed }
}

function unclear(key: string, alike: number, isTwice: boolean): string | null {
  if (isTwice) return 'stands twice in the files'
  return alike > 1
    ? `is the name of ${alike} on this desk: rename one`
    : key.includes('undefined')
      ? 'has no name'
      : null
}

type One = { readonly key: string; readonly here: Found | undefined; readonly numbers: Numbers }

function compareOne(kind: Kind, thing: Thing, { key, here, numbers }: One) {
  const { body, nameless } = withNumbers(kind, thing, numbers)
  const of = { kind: kind.kind, key }
  const problems: Misfit[] = [
    ...Object.keys(thing)
      .filter((field) => !kind.fields.includes(field))
      .map((field) => ({ ...of, place: field, message: 'is not known here' })),
    ...nameless.map(({ field, kind: other, name }) => ({
      ...of,
      place: field,
      message: `names ${other} "${name}", which neither the desk nor a file has`,
    })),
  ]
  const { read, faults } = understood(kind, body)
  problems.push(...faults.map((fault) => ({ ...of, ...fault })))
  if (here === undefined) {
    const made = kind.given.safeParse(pick(body, Object.keys(kind.given.shape)))
    if (!made.success && problems.length === 0)
      problems.push(...issuesOf(made.error).map((each) => ({ ...of, ...each })))
    return { problems, changes: [{ ...of, does: 'add', fields: Object.keys(thing), thing } satisfies Change] }
  }
  const fields = Object.keys(read).filter(
    (field) => !isDeepStrictEqual(read[field], understood(kind, here.body).read[field]),
  )
  problems.push(
    ...fields
      .filter((field) => !(field in kind.patch.shape))
      .map((field) => ({ ...of, place: field, message: 'is fixed once it is made' })),
  )
  if (here.isPutAway && kind.kind === 'Agents')
    problems.push({
      ...of,
      place: '',
      message: 'is deactivated here: take it out, or activate it in the administration',
    })
  const does = here.isPutAway ? 'restore' : 'change'
  const isSame = fields.length === 0 && !here.isPutAway
  return { problems, changes: isSame ? [] : [{ ...of, does, fields, thing } satisfies Change] }
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
      const known = new Map((live.get(kind.kind) ?? []).map(({ key, id }) => [key, id]))
      for (const thing of wanted.get(kind.kind) ?? []) {
        const key = kind.key(thing)
        if (!known.has(key)) known.set(key, next++)
      }
      return [kind.kind, known]
    }),
  )
}

function canPutAway({ patch, kind }: Kind): boolean {
  return 'archived' in patch.shape || kind === 'Articles'
}

const goes = (kind: Kind, key: string): Change => ({
  kind: kind.kind,
  key,
  does: 'put_away',
  fields: [],
  thing: {},
})
const moves = (kind: Kind, things: readonly Thing[]): Change => {
  const keys = things.map((each) => kind.key(each))
  return { kind: kind.kind, key: keys.join(', '), does: 'order', fields: [], thing: { keys } }
}

/** Whether they would stand in another order, with what is new behind what is here. */
function isMoved(kind: Kind, things: readonly Thing[], here: readonly Found[]): boolean {
  const wanted = things.map((each) => kind.key(each))
  const now = here.filter(({ isPutAway, key }) => !isPutAway && wanted.includes(key)).map(({ key }) => key)
  return [...now, ...wanted.filter((key) => !now.includes(key))].some((key, at) => key !== wanted[at])
}

export function pick(thing: Thing, fields: readonly string[]): Thing {
  return Object.fromEntries(fields.flatMap((field) => (field in thing ? [[field, thing[field]]] : [])))
}
