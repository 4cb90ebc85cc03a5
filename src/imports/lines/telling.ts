// What the tellers of our lines share: lines that are ready, and how numbers of the other desk read here.
import type { Header, RowLine, TicketLine } from '#imports/lines/read-line.ts'
import type { Moving } from '#imports/lines/moved.ts'
import type { Outcome, Result } from '#imports/counts.ts'
import type { Desk } from '#desk/desk.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { TicketWrite } from '#tickets/write/ticket-write.ts'

type Broken = { readonly kind: string; readonly id: string; readonly problem: string }
export type Whole = {
  readonly kind: string
  readonly id: string
  readonly line: TicketLine | RowLine
  readonly version: string
  readonly mended: boolean
  /** What it came without. */
  readonly lacks?: string
  readonly ahead?: Ahead
}
/** A new ticket as it is to be written, reckoned while those before it were; it holds under this setup alone. */
export type Ahead = { readonly line: TicketLine; readonly life: TicketWrite; readonly setup: Setup }
export type Ready = Broken | Whole

export type Telling = {
  readonly desk: Desk
  readonly name: string
  readonly header: Header
  /** By plural kind, numbers that are others here. */
  readonly others: Map<string, Map<number, number>>
  /** By run, how its numbers are moved. */
  readonly movings: Map<number, Moving>
}

/** What is said of lines that were broken from the start. */
export function brokenOf(ready: Ready): Result[] {
  return 'problem' in ready
    ? [{ kind: ready.kind, id: ready.id, outcome: 'failed', reason: ready.problem }]
    : []
}

/** The result of a line, with what was mended in it or is missing. */
export function resultOf({ kind, id, mended, lacks }: Whole, outcome: Outcome): Result {
  const reason = lacks ?? (mended ? 'characters that nobody can keep were left out' : undefined)
  return { kind, id, outcome, ...(reason === undefined ? {} : { reason }) }
}
