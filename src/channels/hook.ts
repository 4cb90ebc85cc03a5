// A hook: the address at which another system tells what happened there, and what becomes of it here.
import type { BrandId, CategoryId, TeamId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { HookAgain, HookPart, HookScheme, HookState } from '#channels/hook-words.ts'

/** Templates over `event`, the JSON that came, and `headers`, by their small names. An empty one says nothing. */
export type HookMapping = Readonly<Record<HookPart, string>> & {
  /** By the key of the field. */
  readonly fields: readonly { readonly field: string; readonly text: string }[]
}

export type Hook = {
  readonly id: number
  readonly name: string
  readonly scheme: HookScheme
  readonly brandId: BrandId
  readonly teamId: TeamId | null
  readonly categoryId: CategoryId | null
  readonly mapping: HookMapping
  readonly again: HookAgain
  /** Whoever a new ticket is from is told that it came in. */
  readonly acknowledges: boolean
  readonly enabled: boolean
  readonly archived: boolean
  /** The last event that was not believed, and why. */
  readonly refusedAt: Instant | null
  readonly refusal: string | null
}

export type HookDelivery = {
  readonly id: number
  readonly hookId: number
  readonly senderKey: string | null
  readonly at: Instant
  readonly state: HookState
  readonly detail: string | null
  readonly ticketId: TicketId | null
  readonly headers: Readonly<Record<string, string>> | null
  /** Its JSON; null once it was cleared away. */
  readonly body: string | null
  readonly bodyHash: Buffer | null
  readonly isKept: boolean
  readonly causeEventId: number | null
}
/** Without what it said. */
export type HookDeliveryRow = Omit<HookDelivery, 'headers' | 'body'>
