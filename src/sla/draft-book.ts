// The book with a change that is not published: what previews and backtests judge by. Pure.
import { calendarsOf, calendarSchema, type WrittenCalendar } from '#hours/read-calendar.ts'
import type { Calendar } from '#hours/calendar.ts'
import { keyOf, type SlaBook } from '#sla/book.ts'
import type { PolicyDefinition } from '#sla/definition.ts'
import type { PolicyKind, PolicyVersion } from '#sla/policy.ts'

export type Draft = {
  readonly policy: {
    readonly id: number | null
    readonly kind: PolicyKind
    readonly title: string
    readonly definition: PolicyDefinition
  } | null
  readonly calendar: {
    readonly id: number
    readonly hours: unknown
    readonly effectiveFrom?: string | undefined
  } | null
}

/** A draft that is to be tried on the past, as it is kept: its calendar's name is told with it. */
export type TriedAgreement = Draft & { readonly name: string }

/** No version is ever so high: a draft has none of its own. */
const DRAFT = 1_000_000

/**
 * The live book with the draft in it. A calendar's draft hours count from their moment, or from `since`, as a published version
 * would; where `since` is null they have always been its only ones.
 */
export function draftBook(
  book: SlaBook,
  { policy, calendar }: Draft,
  since: string | null,
): { readonly book: SlaBook } | { readonly path: string; readonly problem: string } {
  const calendars = new Map(book.calendars)
  if (calendar !== null) {
    const effectiveFrom = since === null ? null : (calendar.effectiveFrom ?? since)
    const read = calendarSchema.safeParse({ ...(calendar.hours as object), effectiveFrom })
    if (!read.success)
      return { path: 'calendar.hours', problem: read.error.issues[0]?.message ?? 'is no calendar' }
    const known = calendars.get(String(calendar.id))
    if (known === undefined) return { path: 'calendar.id', problem: 'there is no such calendar' }
    const before = since === null ? { id: known.id, versions: [] } : known
    calendars.set(String(calendar.id), withVersion(before, read.data, calendars))
  }
  const used = new Map([...book.used].map(([owner, each]) => [owner, renewed(each, calendars)]))
  if (policy === null) return { book: { ...book, calendars, used } }
  const id = policy.id ?? DRAFT
  const { filter, targets, options, onPolicyChange, customs = [] } = policy.definition
  const { kind, title } = policy
  const draft: PolicyVersion = {
    id,
    version: DRAFT,
    kind,
    title,
    filter,
    targets,
    options,
    onPolicyChange,
    customs,
  }
  const isKnown = book.live.some((each) => each.id === id)
  const live = isKnown ? book.live.map((each) => (each.id === id ? draft : each)) : [...book.live, draft]
  return {
    book: { ...book, live, versions: new Map([...book.versions, [keyOf(draft), draft]]), calendars, used },
  }
}

function withVersion(
  known: Calendar,
  draft: WrittenCalendar,
  calendars: ReadonlyMap<string, Calendar>,
): Calendar {
  if ('union' in draft)
    return { id: known.id, union: draft.union.flatMap((part) => calendars.get(part) ?? []) }
  const made = calendarsOf({ draft }, []).get('draft')
  const versions = made !== undefined && 'versions' in made ? made.versions : []
  return { id: known.id, versions: [...('versions' in known ? known.versions : []), ...versions] }
}

function renewed(used: Calendar, calendars: ReadonlyMap<string, Calendar>): Calendar {
  if (!('sequence' in used)) return used
  const sequence = used.sequence.map(({ from, calendar }) => ({
    from,
    calendar: calendar === null ? null : (calendars.get(calendar.id) ?? calendar),
  }))
  return { ...used, sequence }
}
