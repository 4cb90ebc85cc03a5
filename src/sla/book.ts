// The desk's agreements as they stand: every published version of every policy, the calendars, and who works by which.
import { ALWAYS, type Calendar } from '#hours/calendar.ts'
import { emptyDirectory, type Directory } from '#rules/directory.ts'
import type { PolicyKind, PolicyVersion, Terms } from '#sla/policy.ts'

export type SlaBook = {
  /** What conditions can name. */
  readonly directory: Directory
  /** Changes whenever anything in it does. */
  readonly revision: string
  /** What new matches are made against, in order of position. */
  readonly live: readonly PolicyVersion[]
  /** By `id@version`, superseded and archived ones included: old events name them. */
  readonly versions: ReadonlyMap<string, PolicyVersion>
  readonly calendars: ReadonlyMap<string, Calendar>
  /** The same by name, as rules speak of them. */
  readonly byName: ReadonlyMap<string, Calendar>
  /** The calendars that owners have used, by `team:3`, `organization:7` or `brand:1`. */
  readonly used: ReadonlyMap<string, Calendar>
}

/** The book of a desk without agreements. */
export const emptyBook: SlaBook = {
  directory: emptyDirectory,
  revision: '',
  live: [],
  versions: new Map(),
  calendars: new Map([['always', ALWAYS]]),
  byName: new Map(),
  used: new Map(),
}

export const keyOf = ({ id, version }: { id: number; version: number }) => `${id}@${version}`

/** Who inherits from whom: a ticket's organisation and brand stand behind its teams. */
export type Belonging = { readonly organizationId: number | null; readonly brandId: number }

const known = new WeakMap<SlaBook, Map<string, Terms>>()

/** The terms of one kind of agreement for a ticket: made once for all that belong alike. */
export function termsOf(book: SlaBook, kind: PolicyKind, belonging: Belonging): Terms {
  const all = known.get(book) ?? new Map<string, Terms>()
  known.set(book, all)
  const key = `${kind} ${belonging.organizationId} ${belonging.brandId}`
  const terms = all.get(key) ?? makeTerms(book, kind, belonging)
  all.set(key, terms)
  return terms
}

function makeTerms(book: SlaBook, kind: PolicyKind, { organizationId, brandId }: Belonging): Terms {
  const policies = new Map([...book.versions].filter(([, policy]) => policy.kind === kind))
  const behind =
    (organizationId === null ? undefined : book.used.get(`organization:${organizationId}`)) ??
    book.used.get(`brand:${brandId}`)
  const teamCalendars = new Map<string, string>()
  const calendars = new Map(book.calendars)
  for (const [owner, calendar] of book.used) {
    calendars.set(calendar.id, calendar)
    if (owner.startsWith('team:')) teamCalendars.set(owner.slice('team:'.length), calendar.id)
  }
  if (behind !== undefined) teamCalendars.set('', behind.id)
  return { policies, calendars, teamCalendars }
}
