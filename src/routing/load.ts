// How much work a ticket is, and how much an agent has: units by channel and category, counted by status.
import type { Channel, Status } from '#tickets/vocabulary.ts'

export type Units = {
  readonly channels: Readonly<Partial<Record<Channel, number>>>
  /** Factor by category; 1 unless said. */
  readonly complexity: ReadonlyMap<number, number>
  /** What a pending ticket counts. */
  readonly pending: number
}

/** Units as they are kept. */
export type StoredUnits = Omit<Units, 'complexity'> & {
  readonly complexity: readonly (readonly [number, number])[]
}

/** Units from their kept form. */
export const unitsFrom = (kept: StoredUnits): Units => ({ ...kept, complexity: new Map(kept.complexity) })

export const defaultUnits: Units = {
  channels: { email: 1, form: 1, portal: 1, api: 1, chat: 3 } satisfies Record<
    Exclude<Channel, 'phone'>,
    number
  >,
  complexity: new Map(),
  pending: 0,
}

/** Tickets of one kind that an agent has. */
export type Held = {
  readonly channel: Channel
  readonly status: Status
  readonly categoryId: number | null
  readonly count: number
}

/** Units of a ticket; a call takes all an agent has. */
export function unitsOf(units: Units, channel: Channel, categoryId: number | null, maxUnits: number): number {
  if (channel === 'phone') return maxUnits
  return (units.channels[channel] ?? 1) * (categoryId === null ? 1 : (units.complexity.get(categoryId) ?? 1))
}

/** What an agent's tickets come to: new and open ones whole, pending ones by option, the rest nothing. */
export function usedUnits(units: Units, held: readonly Held[], maxUnits: number) {
  const usedBy: Partial<Record<Channel, number>> = {}
  let used = 0
  for (const { channel, status, categoryId, count } of held) {
    const weight = status === 'new' || status === 'open' ? 1 : status === 'pending' ? units.pending : 0
    const sum = unitsOf(units, channel, categoryId, maxUnits) * weight * count
    if (sum === 0) continue
    usedBy[channel] = (usedBy[channel] ?? 0) + sum
    used += sum
  }
  return { used, usedBy }
}
