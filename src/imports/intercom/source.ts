// Intercom by its API, in the version 2.14 of it: https://developers.intercom.com/docs/references/rest-api/api.intercom.io. Lists are
// followed by their cursors; a conversation's parts come with it alone, 500 at most.
import type { Client, Json } from '#imports/client.ts'
import { lifeOf } from '#imports/intercom/read-life.ts'
import {
  adminOf,
  articlesOf,
  contactOf,
  fieldOf,
  groupOf,
  macroOf,
  sectionsOf,
} from '#imports/intercom/read-records.ts'
import type { ReadyItem } from '#imports/ready.ts'
import { fixed, textOf } from '#imports/read-values.ts'
import type { Source } from '#imports/run.ts'
import type { Item } from '#imports/story.ts'
import { gathered, listIn, readStreams, type Given, type Stream } from '#imports/streams.ts'
import { teller } from '#imports/teller.ts'
import { versionOf } from '#imports/version.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

/** A desk at Intercom. */
export function intercomSource(desk: Desk, client: Client, name: string): Source<Item, ReadyItem> {
  return {
    name,
    kind: 'intercom',
    batches: (from) => readAll(client, name, from),
    ...teller(desk, name, client),
  }
}

async function* readAll(client: Client, name: string, from: unknown) {
  await assertWorkspace(client, name)
  const companies = await companiesOf(client)
  const collections = await gathered(
    client,
    list<Json>('sections', '/help_center/collections?per_page=150', 'data', itself),
  )
  const given: Given<Item>[] = [
    { kind: 'organizations', items: [], missing: companies.missing },
    {
      kind: 'sections',
      items: sectionsOf(collections.all),
      missing: collections.missing === null ? [] : [collections.missing],
    },
  ]
  const organizations = new Set<string>()
  const contact = (record: Json) =>
    contactOf(record, companies.names).filter(({ kind, id }) => {
      if (kind !== 'organizations') return true
      const isNew = !organizations.has(id)
      organizations.add(id)
      return isNew
    })
  const streams = [
    ...given,
    list<Item>('groups', '/teams', 'teams', groupOf),
    list<Item>('fields', '/data_attributes?model=conversation', 'data', fieldOf),
    { ...list<Item>('users', '/admins', 'admins', adminOf), isOptional: false },
    { ...list<Item>('users', '/contacts?per_page=150', 'data', contact), isOptional: false },
    {
      ...list<Item>('tickets', '/conversations?per_page=150', 'conversations', (record) =>
        conversationOf(client, record),
      ),
      isOptional: false,
    },
    list<Item>('articles', '/articles?per_page=150', 'data', articlesOf),
    list<Item>('replies', '/macros?per_page=150', 'data', macroOf),
  ]
  return yield* readStreams(client, streams, from)
}

/** A key of another workspace would be taken for the one that was named, and its things for the same. */
async function assertWorkspace(client: Client, name: string): Promise<void> {
  const { json } = await client.get('/me')
  const its = fixed((json?.['app'] as Json | null | undefined)?.['id_code'])
  const named = name.split('#')[1]
  if (its === null)
    throw new Fault('The desk does not say which workspace the key opens', { retryable: false, code: '401' })
  if (its !== named)
    throw new Fault(`The key opens the workspace ${its}, not ${named ?? 'one that was named'}`, {
      retryable: false,
      code: '401',
    })
}

const itself = (record: Json) => record

function list<Each>(kind: string, path: string, name: string, item: Stream<Each>['item']): Stream<Each> {
  return {
    kind,
    paths: [path],
    records: listIn(name),
    next: nextPage,
    isEnd: () => false,
    total: ({ total_count: total }) => (typeof total === 'number' ? total : null),
    isOptional: true,
    item,
  }
}

/** The next page is a cursor, and in some lists a whole address. */
function nextPage({ pages }: Json, link: string): string | null {
  const next = (pages as Json | null | undefined)?.['next']
  if (typeof next === 'string') return next
  const cursor = fixed((next as Json | null | undefined)?.['starting_after'])
  if (cursor === null) return null
  const url = new URL(link, 'http://desk')
  url.searchParams.set('starting_after', cursor)
  return `${url.pathname}${url.search}`
}

/** Companies by what they are called. All of them can be had only by a scroll, which ends with an empty page. */
async function companiesOf(client: Client) {
  const scroll: Stream<Json> = {
    ...list<Json>('organizations', '/companies/scroll', 'data', itself),
    next: ({ scroll_param: param }, _, count) =>
      count === 0 || fixed(param) === null
        ? null
        : `/companies/scroll?scroll_param=${encodeURIComponent(String(param))}&after=${count}`,
  }
  const { all, missing } = await gathered(client, scroll)
  const names = new Map(all.map((each) => [String(each['id']), textOf(each['name']).trim()] as const))
  return { names, missing: missing === null ? [] : [missing] }
}

function conversationOf(client: Client, record: Json): Item {
  const id = String(record['id'])
  return {
    kind: 'tickets',
    id,
    // What is signed in an address is another each time that it is asked for.
    version: versionOf(JSON.stringify(record).replaceAll(/("https:\/\/[^"?]{1,2000})\?[^"]*/g, '$1')),
    life: async () => {
      const { status, json } = await client.get(`/conversations/${encodeURIComponent(id)}`)
      // What was deleted since it was listed is there no more.
      if (json === null) throw new Fault(`it could not be read (${status})`, { retryable: false })
      return lifeOf(json)
    },
  }
}
