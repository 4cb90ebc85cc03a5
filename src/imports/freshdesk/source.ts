// Freshdesk by its API: https://developers.freshdesk.com/api. Lists end after 300 pages: tickets go on from the moment of the last.
import type { Client, Json } from '#imports/client.ts'
import {
  agentOf,
  companyOf,
  contactOf,
  fieldOf,
  groupOf,
  lifeOf,
  whyNot,
} from '#imports/freshdesk/read-records.ts'
import { textsOf } from '#imports/freshdesk/texts.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Source } from '#imports/run.ts'
import type { Item } from '#imports/story.ts'
import { listIn, readStreams, type Stream } from '#imports/streams.ts'
import { teller } from '#imports/teller.ts'
import { versionOf } from '#imports/version.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const PAGE = 100
const MOST_PAGES = 300
const SINCE = '1970-01-01T00:00:00Z'

/** A desk at Freshdesk. */
export function freshdeskSource(desk: Desk, client: Client, name: string): Source<Item, ReadyItem> {
  return {
    name,
    kind: 'freshdesk',
    batches: (from) => readAll(client, from),
    ...teller(desk, name, client),
  }
}

async function* readAll(client: Client, from: unknown) {
  const texts = await textsOf(client, stream)
  return yield* readStreams(client, [...streamsOf(client), ...texts], from)
}

function stream(kind: string, list: string): Omit<Stream<Item>, 'item'> {
  return {
    kind,
    paths: [
      `/api/v2/${list}?per_page=${PAGE}&page=1`,
      `/api/v2/${list}?page=1&per_page=${PAGE}`,
      `/api/v2/${list}`,
    ],
    records: listIn('list'),
    next: nextPage,
    isEnd: () => false,
    isOptional: true,
  }
}

/** A full page has a next one. Lists whose end at 300 pages cannot be passed are asked on, for the desk to say that it gives no more. */
function nextPage(page: Json, link: string, count: number): string | null {
  const url = new URL(link, 'http://desk')
  if (count < Number(url.searchParams.get('per_page') ?? PAGE)) return null
  const number = Number(url.searchParams.get('page') ?? 1)
  const since = url.searchParams.get('updated_since')
  const last = (page['list'] as Json[] | undefined)?.at(-1)?.['updated_at']
  const goesOn = number >= MOST_PAGES && since !== null && typeof last === 'string' && last !== since
  if (goesOn) url.searchParams.set('updated_since', last)
  url.searchParams.set('page', goesOn ? '1' : String(number + 1))
  return `${url.pathname}${url.search}`
}

function streamsOf(client: Client): Stream<Item>[] {
  const all = `updated_since=${SINCE}&order_by=updated_at&order_type=asc`
  const plain = stream('tickets', 'tickets')
  return [
    { ...stream('groups', 'groups'), item: groupOf },
    { ...stream('fields', 'ticket_fields'), item: fieldOf },
    { ...stream('organizations', 'companies'), item: companyOf },
    { ...stream('users', 'agents'), isOptional: false, item: agentOf },
    { ...stream('users', 'contacts'), isOptional: false, item: contactOf },
    {
      ...plain,
      paths: [
        `/api/v2/tickets?${all}&include=description,stats&per_page=${PAGE}&page=1`,
        `/api/v2/tickets?${all}&per_page=${PAGE}&page=1`,
        ...plain.paths,
      ],
      isOptional: false,
      item: (record) =>
        whyNot(record) ?? {
          kind: 'tickets',
          id: String(record['id']),
          version: versionOf(record),
          life: async () =>
            lifeOf(await wholeTicket(client, record), await conversationsOf(client, String(record['id']))),
        },
    },
  ]
}

/** Files, and the words where the list left them out, stand in the ticket alone. */
async function wholeTicket(client: Client, record: Json): Promise<Json> {
  const path = `/api/v2/tickets/${String(record['id'])}`
  for (const way of [`${path}?include=stats`, path]) {
    const { json } = await client.get(way)
    if (json !== null) return { ...record, ...json }
  }
  return record
}

async function conversationsOf(client: Client, id: string): Promise<Json[]> {
  const all: Json[] = []
  const path = `/api/v2/tickets/${id}/conversations`
  for (const start of [`${path}?per_page=${PAGE}&page=1`, path]) {
    for (let link: string | null = start; link !== null;) {
      const { status, json }: { status: number; json: Json | null } = await client.get(link)
      const records = json === null ? null : listIn('list')(json)
      if (records === null && link === start && (status === 403 || status === 404)) break
      if (records === null || json === null)
        throw new Fault(`its conversations could not be read (${status})`, { retryable: false })
      all.push(...records)
      link = nextPage(json, link, records.length)
      if (link === null) return all
    }
  }
  return all
}
