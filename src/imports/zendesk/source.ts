// Zendesk by its API: https://developer.zendesk.com/api-reference. Cursor exports where they are there, time-based ones else; the life of a
// ticket by its audits where they may be read, by its comments else.
import type { Client, Json } from '#imports/client.ts'
import { teller } from '#imports/teller.ts'
import { gathered, listIn, readStreams, type Stream } from '#imports/streams.ts'
import { rolesOf } from '#imports/cast-store.ts'
import type { Source } from '#imports/run.ts'
import type { Item, TicketStory } from '#imports/story.ts'
import type { ReadyItem } from '#imports/ready.ts'
import { lifeOf } from '#imports/zendesk/read-life.ts'
import { macrosOf } from '#imports/zendesk/read-macro.ts'
import { helpCenterOf } from '#imports/zendesk/texts.ts'
import {
  fieldOf,
  fieldsOf,
  groupOf,
  organizationOf,
  ticketVersion,
  userOf,
  whyNot,
  type Fields,
} from '#imports/zendesk/read-records.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import type { Role } from '#people/role.ts'

/** A desk at Zendesk. */
export function zendeskSource(desk: Desk, client: Client, name: string): Source<Item, ReadyItem> {
  const known = knownOf(desk, name, client)
  return {
    name,
    kind: 'zendesk',
    batches: (from) => readAll(client, known, from),
    ...teller(desk, name, client),
  }
}

async function* readAll(client: Client, known: Known, from: unknown) {
  await known.read()
  const center = await helpCenterOf(client, stream)
  const lost = { kind: 'groups', items: [], missing: known.missing }
  return yield* readStreams(client, [...streamsOf(client, known), ...center, lost], from)
}

/** What is needed of a desk before its users and tickets make sense. */
type Known = {
  readonly groups: Map<string, string[]>
  readonly roles: Map<string, Role | null>
  fields: Fields
  /** What of all this could not be had, each with its reason. */
  readonly missing: string[]
  /** Of people who were told in an earlier run, or before this one was cut off. */
  readonly toldRoles: (users: readonly string[]) => Promise<ReadonlyMap<string, Role | null>>
  readonly read: () => Promise<void>
}

function knownOf(desk: Desk, name: string, client: Client): Known {
  const known: Known = {
    groups: new Map(),
    roles: new Map(),
    fields: new Map(),
    missing: [],
    toldRoles: (users) => rolesOf(desk.database, name, users),
    read: async () => {
      const whole = async (list: string) => {
        const found = await gathered(client, plainStream(list))
        if (found.missing !== null) known.missing.push(`${list}: ${found.missing}`)
        return found.all
      }
      for (const each of await whole('group_memberships')) {
        const user = String(each['user_id'])
        known.groups.set(user, [...(known.groups.get(user) ?? []), String(each['group_id'])])
      }
      known.fields = fieldsOf(await whole('ticket_fields'))
    },
  }
  return known
}

function plainStream(list: string): Stream<Json> {
  return { ...stream(list, list), item: (record) => record }
}

function stream(kind: string, list: string, incremental = false): Omit<Stream<Json>, 'item'> {
  const plain = [`/api/v2/${list}`, `/api/v2/${list}.json`]
  const byTime = [`/api/v2/incremental/${list}?start_time=1`, `/api/v2/incremental/${list}.json?start_time=1`]
  const byCursor = list === 'organizations' ? [] : [`/api/v2/incremental/${list}/cursor.json?start_time=1`]
  return {
    kind,
    paths: incremental ? [...byCursor, ...byTime, ...plain] : plain,
    records: listIn(list),
    next: (page) => nextOf(page),
    isEnd: (page) => page['end_of_stream'] === true,
    isOptional: true,
  }
}

/** By cursor the end is the end; by time what came meanwhile is asked for once more. */
function nextOf(page: Json): string | null {
  if ('after_url' in page) return page['end_of_stream'] === true ? null : link(page['after_url'])
  const meta = page['meta'] as Json | undefined
  if (meta?.['has_more'] !== undefined)
    return meta['has_more'] === true ? link((page['links'] as Json | undefined)?.['next']) : null
  return link(page['next_page'])
}

function link(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function streamsOf(client: Client, known: Known): Stream<Item>[] {
  const lives = livesOf(client, known)
  return [
    { ...stream('groups', 'groups'), item: groupOf },
    { ...stream('fields', 'ticket_fields'), item: fieldOf },
    { ...stream('organizations', 'organizations', true), item: organizationOf },
    {
      ...stream('users', 'users', true),
      isOptional: false,
      item: (record) => {
        const user = userOf(record, known.groups)
        known.roles.set(user.id, user.role)
        return user
      },
    },
    {
      ...stream('tickets', 'tickets', true),
      isOptional: false,
      item: (record) => {
        const at = link(record['url'])
        if (at !== null) client.isHome(at)
        const version = ticketVersion(record)
        return (
          whyNot(record) ?? { kind: 'tickets', id: String(record['id']), version, life: () => lives(record) }
        )
      },
    },
    { ...stream('replies', 'macros'), item: (record) => macrosOf(record, known.fields) },
  ]
}

/** Reads lives; which of the two ways a desk gives is found out with the first. */
function livesOf(client: Client, known: Known): (ticket: Json) => Promise<TicketStory> {
  let ways = ['audits', 'audits.json', 'comments', 'comments.json']
  return async (ticket) => {
    const { fields } = known
    for (const way of ways) {
      const list = way.replace('.json', '')
      const found = await listOf(client, `/api/v2/tickets/${String(ticket['id'])}/${way}`, list)
      if (found === null) continue
      ways = ways.filter((each) => each === way || each.startsWith('comments'))
      if (list === 'comments') ways = [way]
      if (list === 'audits' && !found.some(hasComment)) continue
      const authors = new Set(found.map((each) => String(each['author_id'])))
      const roles = new Map([...(await known.toldRoles([...authors])), ...known.roles])
      return lifeOf(ticket, list === 'audits' ? { audits: found } : { comments: found }, roles, fields)
    }
    return lifeOf(ticket, { comments: [] }, known.roles, fields)
  }
}

function hasComment(audit: Json): boolean {
  const events = audit['events']
  return Array.isArray(events) && events.some((event: Json) => event['type'] === 'Comment')
}

/** A list of one ticket, whole; null when it is not given. */
async function listOf(client: Client, path: string, list: string): Promise<Json[] | null> {
  const all: Json[] = []
  const visited = new Set<string>()
  for (let at: string | null = path; at !== null && !visited.has(at);) {
    visited.add(at)
    const { status, json }: { status: number; json: Json | null } = await client.get(at)
    const records = json === null ? null : listIn(list)(json)
    if (records === null) {
      if (visited.size === 1 && (status === 403 || status === 404)) return null
      throw new Fault(`its ${list} could not be read (${status})`, { retryable: false })
    }
    all.push(...records)
    at = json === null ? null : nextOf(json)
  }
  return all
}
