// Tickets asked for one by one within a moment are read together: a list scrolled past asks once, not once a row.
import type { Ticket, TicketPage } from '../../src/api/contract/tickets.ts'
import { say } from '../words/say.ts'
import { call, CallFailed } from './call.ts'

type Asker = { done: (ticket: Ticket) => void; failed: (error: unknown) => void }

const most = 100
const waitMs = 6
const waiting = new Map<number, Asker[]>()
let timer: ReturnType<typeof setTimeout> | undefined

/** One ticket, read with whatever else is asked for at this moment. */
export function readTicket(id: number): Promise<Ticket> {
  return new Promise((done, failed) => {
    waiting.set(id, [...(waiting.get(id) ?? []), { done, failed }])
    timer ??= setTimeout(readAll, waitMs)
  })
}

function readAll(): void {
  timer = undefined
  const all = [...waiting]
  waiting.clear()
  for (let from = 0; from < all.length; from += most) void readSome(all.slice(from, from + most))
}

async function readSome(asked: ReadonlyArray<readonly [number, Asker[]]>): Promise<void> {
  const [first] = asked
  if (!first) return
  try {
    const items = asked.length === 1 ? [await readOne(first[0])] : await readMany(asked.map(([id]) => id))
    const byId = new Map(items.map((ticket) => [ticket.id, ticket]))
    for (const [id, askers] of asked)
      for (const { done, failed } of askers) {
        const ticket = byId.get(id)
        if (ticket) done(ticket)
        else
          failed(new CallFailed({ type: 'about:gone', title: say('ticket.notFound', { id }), status: 404 }))
      }
  } catch (error) {
    for (const [, askers] of asked) for (const { failed } of askers) failed(error)
  }
}

const readOne = (id: number) => call<Ticket>('GET', `/tickets/${id}`)

async function readMany(ids: readonly number[]): Promise<Ticket[]> {
  return (await call<TicketPage>('GET', '/tickets', { query: { ids: ids.join(',') } })).items
}
