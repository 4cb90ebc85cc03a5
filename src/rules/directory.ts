// What conditions can name: teams, agents, categories, tags, fields and the like, as they stand. Names and ids both ways.
import type { FieldType } from '#setup/field-type.ts'
import type { Referred } from '#rules/thing.ts'

export type Named = { readonly id: number; readonly name: string; readonly archived: boolean }
export type KnownAgent = Named & { readonly email: string }
export type KnownCategory = {
  readonly id: number
  readonly path: string
  readonly parentId: number | null
  readonly archived: boolean
  /** What it was merged into: its own name then means that one. */
  readonly mergedInto?: number | null
}
export type KnownField = {
  readonly id: number
  readonly key: string
  readonly label: string
  readonly type: FieldType
  readonly options: readonly string[]
  readonly personal: boolean
  readonly archived: boolean
}

export type Directory = {
  readonly teams: readonly Named[]
  readonly agents: readonly KnownAgent[]
  readonly categories: readonly KnownCategory[]
  readonly fields: readonly KnownField[]
  readonly tags: ReadonlySet<string>
  readonly queues: readonly Named[]
  readonly brands: readonly Named[]
  readonly mailboxes: readonly Named[]
  /** By key; `always` is known without being listed. */
  readonly calendars: ReadonlySet<string>
}

/** A directory for somebody who is told in words what it names: in German, or else in English. */
export type Told = Directory & { readonly language?: 'de' | undefined }

export const emptyDirectory: Directory = {
  teams: [],
  agents: [],
  categories: [],
  fields: [],
  tags: new Set(),
  queues: [],
  brands: [],
  mailboxes: [],
  calendars: new Set(),
}

/** The things of a kind that can be meant, with the name that stands for each in text. */
export function namesFor(kind: Referred, directory: Directory): readonly Named[] {
  switch (kind) {
    case 'team':
      return directory.teams
    case 'agent':
      return directory.agents
    case 'category':
      return directory.categories.map(({ path, ...rest }) => ({ ...rest, name: path }))
    case 'queue':
      return directory.queues
    case 'brand':
      return directory.brands
    case 'mailbox':
      return directory.mailboxes
  }
}

/** The id that a text means: a number, a name, an agent's address; null when nothing is called so. */
export function idOf(kind: Referred, text: string, directory: Directory): number | null {
  const names = namesFor(kind, directory)
  const lower = text.toLowerCase()
  const found =
    names.find(({ name, archived }) => !archived && name.toLowerCase() === lower) ??
    names.find(({ name }) => name.toLowerCase() === lower) ??
    (kind === 'agent' ? directory.agents.find(({ email }) => email === lower) : undefined) ??
    (/^\d{1,15}$/.test(text) ? names.find(({ id }) => id === Number(text)) : undefined)
  return found === undefined ? null : kind === 'category' ? mergedInto(found.id, directory) : found.id
}

/** The category that one has become: itself, unless it was merged. */
export function mergedInto(id: number, directory: Directory): number {
  const next = directory.categories.find((each) => each.id === id)?.mergedInto ?? null
  return next === null ? id : mergedInto(next, directory)
}

/** The name that text shows for an id: unique, and readable back. */
export function nameOf(kind: Referred, id: number, directory: Directory): string | null {
  const names = namesFor(kind, directory)
  const found = names.find((each) => each.id === id)
  if (found === undefined) return null
  const meant = idOf(kind, found.name, directory)
  if (meant === id && !['me', 'none', 'any'].includes(found.name.toLowerCase())) return found.name
  return kind === 'agent' ? (directory.agents.find((each) => each.id === id)?.email ?? null) : String(id)
}

/** Categories with all that have become one with them: a merged one means what it was merged into, and that means both. */
export function alike(ids: readonly number[], directory: Directory): readonly number[] {
  const merged = directory.categories.filter(({ mergedInto: into }) => (into ?? null) !== null)
  if (merged.length === 0) return ids
  const meant = new Set(ids.map((id) => mergedInto(id, directory)))
  const aliases = merged.filter(({ id }) => meant.has(mergedInto(id, directory)))
  return [...meant, ...aliases.map(({ id }) => id)]
}

/** A category and all below it. */
export function subtree(categoryId: number, directory: Directory): readonly number[] {
  const { categories } = directory
  const meant = mergedInto(categoryId, directory)
  const root = categories.find(({ id }) => id === meant)
  if (root === undefined) return [categoryId]
  const below = categories.filter(({ path }) => path === root.path || path.startsWith(`${root.path}/`))
  return alike(
    below.map(({ id }) => id),
    directory,
  )
}
