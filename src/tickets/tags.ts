// Tags are a sorted set of plain words.
import type { TicketEvent } from '#tickets/event.ts'

/** `tags` with `added`; the same array when nothing is new. */
export function withTags(tags: readonly string[], added: readonly string[]): readonly string[] {
  const fresh = added.filter((tag) => !tags.includes(tag))
  return fresh.length === 0 ? tags : [...new Set([...tags, ...fresh])].toSorted()
}

/** `tags` without `removed`; the same array when none was there. */
export function withoutTags(tags: readonly string[], removed: readonly string[]): readonly string[] {
  return tags.some((tag) => removed.includes(tag)) ? tags.filter((tag) => !removed.includes(tag)) : tags
}

/** The tags that `tags` of a command means now: its additions and removals against the tags its author saw. */
export function rebasedTags(
  now: readonly string[],
  wanted: readonly string[],
  since: readonly TicketEvent[],
) {
  const base = since.reduceRight(tagsBefore, now)
  const dropped = base.filter((tag) => !wanted.includes(tag))
  return [
    ...new Set([
      ...now.filter((tag) => !dropped.includes(tag)),
      ...wanted.filter((tag) => !base.includes(tag)),
    ]),
  ]
}

function tagsBefore(tags: readonly string[], event: TicketEvent): readonly string[] {
  if (event.kind === 'ticket_merged_in') return tags.filter((tag) => !event.payload.addedTags.includes(tag))
  if (event.kind === 'ticket_unmerged') return [...tags, ...event.payload.addedTags]
  if (event.kind === 'undone') return event.payload.restores.find((one) => one.field === 'tags')?.from ?? tags
  if (event.kind !== 'tags_changed') return tags
  const { added, removed } = event.payload
  return [...tags.filter((tag) => !added.includes(tag)), ...removed]
}
