// A desk of more than its lists give by their pages: https://developers.freshdesk.com/api says that tickets end after 300 of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client, Json } from '#imports/client.ts'
import { freshdeskSource } from '#imports/freshdesk/source.ts'
import type { Desk } from '#desk/desk.ts'

const MOST_PAGES = 300
const at = (minute: number) => new Date(Date.UTC(2020, 0, 1) + minute * 60_000).toISOString()

/** The ids that come of each kind, and how it ended, from a desk that gives no page beyond the 300th of its tickets. */
async function readAll(world: { readonly tickets: readonly Json[]; readonly contacts: readonly Json[] }) {
  const get: Client['get'] = (link) => {
    const { pathname, searchParams } = new URL(link, 'http://desk')
    const page = Number(searchParams.get('page') ?? 1)
    const some = (all: readonly Json[]) => all.slice((page - 1) * 100, page * 100)
    const json = (list: readonly Json[]) => Promise.resolve({ status: 200, json: { list } })
    if (pathname === '/api/v2/contacts') return json(some(world.contacts))
    if (pathname !== '/api/v2/tickets')
      return pathname === '/api/v2/agents' ? json([]) : Promise.resolve({ status: 404, json: null })
    if (page > MOST_PAGES) return Promise.resolve({ status: 400, json: null })
    const since = searchParams.get('updated_since') ?? ''
    return json(some(world.tickets.filter((each) => String(each['updated_at']) >= since)))
  }
  const client: Client = { get, file: () => Promise.reject(new Error('none')), isHome: () => {} }
  const reading = freshdeskSource({} as Desk, client, 'freshdesk:x').batches(null)
  const ids = new Map<string, Set<string>>()
  for (;;) {
    const { value, done } = await reading.next()
    if (done === true) return { ids, ending: value }
    for (const { kind, id } of value.items) ids.set(kind, (ids.get(kind) ?? new Set()).add(id))
  }
}

const ticket = (id: number, minute: number): Json => ({
  id,
  requester_id: 7,
  created_at: at(minute),
  updated_at: at(minute),
})
const contact = (id: number): Json => ({ id, name: `Cy ${id}`, email: `cy${id}@customer.example` })

test('more tickets than 300 pages hold all come: the list is asked for again from the moment of its last', async () => {
  const tickets = Array.from({ length: 60_500 }, (_, index) => ticket(index + 1, Math.floor(index / 3)))
  const { ids, ending } = await readAll({ tickets, contacts: [] })
  assert.equal(ids.get('tickets')?.size, 60_500)
  assert.equal(ending.complete, true)
})

test('more tickets of one moment than 300 pages hold are not taken for all of them', async () => {
  const tickets = Array.from({ length: 30_500 }, (_, index) => ticket(index + 1, 5))
  const { ids, ending } = await readAll({ tickets, contacts: [] })
  assert.equal(ids.get('tickets')?.size, 30_000)
  assert.equal(ending.complete, false)
  assert.match(JSON.stringify(ending.problems), /ended before its end: answered 400/)
})

test('people beyond the 300th page come too', async () => {
  const contacts = Array.from({ length: 30_250 }, (_, index) => contact(index + 1))
  const { ids, ending } = await readAll({ tickets: [], contacts })
  assert.equal(ids.get('users')?.size, 30_250)
  assert.equal(ending.complete, true)
})
