// The one place where events of old versions are read up to the newest. Stored events are never rewritten.
// A new version: raise it in `newest`, add its step in `steps`, and a golden file of the old shape.
import { assert } from '#kit/assert.ts'
import type { EventKind, TicketEvent } from '#tickets/event.ts'

/** Kinds whose newest version is above 1. */
const newest: Partial<Record<EventKind, number>> = {}

type Payload = Readonly<Record<string, unknown>>

/** `steps[kind][v]` makes a payload of version v + 1 from one of version v. */
const steps: Readonly<Record<string, Readonly<Record<number, (payload: Payload) => Payload>>>> = {}

export type StoredEvent = Omit<TicketEvent, 'kind' | 'payload'> & {
  readonly kind: string
  readonly payload: Payload
}

/** The version in which events of this kind are written today. */
export function newestVersion(kind: EventKind): number {
  return newest[kind] ?? 1
}

/** A stored event in its newest version. Throws when the version is newer than this program or a step is missing. */
export function upcast(
  stored: StoredEvent,
  table = steps,
  versions: Readonly<Record<string, number>> = newest,
): TicketEvent {
  const goal = versions[stored.kind] ?? 1
  assert(
    stored.kindVersion <= goal,
    `${stored.kind} version ${stored.kindVersion} is newer than this program`,
  )
  let { payload, kindVersion } = stored
  while (kindVersion < goal) {
    const step = table[stored.kind]?.[kindVersion]
    assert(step !== undefined, `no way up from ${stored.kind} version ${kindVersion}`)
    payload = step(payload)
    kindVersion += 1
  }
  // The border between stored JSON and the domain; evolve fails loudly on a kind it does not know.
  return { ...stored, payload, kindVersion } as unknown as TicketEvent
}
