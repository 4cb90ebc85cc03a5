// What the own fields of a ticket held in Request Tracker, change by change: its log names each value that came or went, and the values that
// a ticket began with nowhere. So it is gone through from its end. Pure.
import type { Entry } from '#imports/old-store.ts'
import { fixed } from '#imports/read-values.ts'
import type { FieldStory } from '#imports/story.ts'

type Value = string | readonly string[] | null

export type FieldHistory = {
  readonly first: Readonly<Record<string, Value>>
  /** By transaction, what a field held behind it. */
  readonly behind: ReadonlyMap<string, Readonly<Record<string, Value>>>
}

/** The history that ends in these values; fields of which no change is known held them all along. */
export function fieldHistory(
  transactions: readonly Entry[],
  fields: readonly FieldStory[],
  last: Readonly<Record<string, Value>>,
): FieldHistory {
  const held = new Map(fields.map(({ id }) => [id, listOf(last[id] ?? null)]))
  const byId = new Map(fields.map((field) => [field.id, field]))
  const behind = new Map<string, Record<string, Value>>()
  for (const each of transactions.toReversed()) {
    const field = each['type'] === 'CustomField' ? byId.get(String(each['field'])) : undefined
    const [came, went] = [fixed(each['new_value']), fixed(each['old_value'])]
    // A long value stands elsewhere, and its change says only where.
    if (field === undefined || (came === null && went === null)) continue
    const now = held.get(field.id) ?? []
    behind.set(String(each['id']), { [field.id]: shown(field, now) })
    const before = now.filter((value) => value !== came)
    held.set(field.id, went === null || before.includes(went) ? before : [...before, went])
  }
  const first = fields.map((field) => [field.id, shown(field, held.get(field.id) ?? [])] as const)
  return { first: Object.fromEntries(first), behind }
}

const listOf = (value: Value): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : value

function shown({ type }: FieldStory, values: readonly string[]): Value {
  if (type === 'multi_select') return values
  return values.length === 0 ? null : values.join(', ')
}
