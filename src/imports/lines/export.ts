// A whole desk as lines of JSON: first what it is, then what it is set up with, then a ticket a line with its events and messages,
// at last how many lines there were. docs/moving.md describes them.
import {
  besidesOf,
  holdStill,
  messagesOf,
  numbersOf,
  rowsOf,
  ticketIdsAfter,
  valuesOf,
  type LineAside,
  type LineCheck,
  type LineMessage,
} from '#imports/lines/out-store.ts'
import { tables, withFile } from '#imports/lines/tables.ts'
import type { Transaction } from '#store/database.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { eventsOfTickets, subjectTexts } from '#tickets/ticket-store.ts'

export const VERSION = 1
const TICKETS_AT_ONCE = 100

export type TicketLine = {
  readonly kind: 'ticket'
  readonly id: number
  readonly events: readonly Omit<TicketEvent, 'ticketId'>[]
  readonly messages: readonly LineMessage[]
  readonly subjects: readonly { readonly id: number; readonly text: string }[]
  readonly values: readonly { readonly id: number; readonly fieldId: number; readonly value: unknown }[]
  readonly asides: readonly LineAside[]
  readonly checklist: readonly LineCheck[]
}

/** All lines of the desk, in chunks; `file` hears of each file once per message. */
export async function* linesOf(tx: Transaction, file: (sha256: string) => void): AsyncGenerator<string> {
  await holdStill(tx)
  const { last, first } = await numbersOf(tx)
  let lines = 1
  yield lineOf({ kind: 'docket', version: VERSION, desk: first, last })
  async function* rowLines(isLast: boolean) {
    for (const table of tables.filter((each) => each.isLast === isLast))
      for await (const rows of rowsOf(tx, table)) {
        lines += rows.length
        if (withFile.includes(table.kind)) rows.forEach((row) => file(String(row['sha256'])))
        yield rows.map((row) => lineOf({ kind: table.kind, row })).join('')
      }
  }
  yield* rowLines(false)
  for (let after = 0; ;) {
    const ids = await ticketIdsAfter(tx, after, TICKETS_AT_ONCE)
    const tickets = await ticketLines(tx, ids)
    for (const { messages } of tickets)
      for (const { files } of messages) files.forEach(({ sha256 }) => file(sha256))
    lines += tickets.length
    if (tickets.length > 0) yield tickets.map(lineOf).join('')
    if (ids.length < TICKETS_AT_ONCE) break
    after = ids.at(-1) ?? after
  }
  yield* rowLines(true)
  yield lineOf({ kind: 'end', lines: lines + 1 })
}

function lineOf(line: object): string {
  return `${JSON.stringify(line)}\n`
}

async function ticketLines(tx: Transaction, ids: readonly number[]): Promise<TicketLine[]> {
  const logs = await eventsOfTickets(tx, ids)
  const messages = await messagesOf(tx, ids)
  const { asides, checks } = await besidesOf(tx, ids)
  const named = [...logs.values()].flat()
  const texts = await subjectTexts(tx, named.flatMap(subjectsIn))
  const values = await valuesOf(tx, named.flatMap(valuesIn))
  return ids.map((id): TicketLine => {
    const events = logs.get(id) ?? []
    return {
      kind: 'ticket',
      id,
      events: events.map(withoutTicket),
      messages: messages.get(id) ?? [],
      subjects: events.flatMap(subjectsIn).flatMap((each) => {
        const text = texts.get(each)
        return text === undefined ? [] : [{ id: each, text }]
      }),
      values: events.flatMap(valuesIn).flatMap((each) => {
        const value = values.get(each)
        return value === undefined ? [] : [{ id: each, ...value }]
      }),
      asides: asides.get(id) ?? [],
      checklist: checks.get(id) ?? [],
    }
  })
}

function withoutTicket(event: TicketEvent): Omit<TicketEvent, 'ticketId'> {
  const { ticketId: _, ...rest } = event
  return rest
}

/** The subjects that an event brings; an undo only goes back to one. */
function subjectsIn(event: TicketEvent): number[] {
  return event.kind === 'subject_changed' ? [event.payload.toRevisionId] : []
}

function valuesIn(event: TicketEvent): number[] {
  return event.kind === 'field_changed' && 'toValueId' in event.payload && event.payload.toValueId !== null
    ? [event.payload.toValueId]
    : []
}
