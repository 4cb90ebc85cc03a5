// Help Scout by its API: https://developer.helpscout.com/mailbox-api/. Lists are asked for oldest first, so that what comes meanwhile moves
// no page; the threads of a conversation for themselves, because lists cut those of chats short.
import type { Client, Json } from '#imports/client.ts'
import { lifeOf } from '#imports/helpscout/read-life.ts'
import {
  customerOf,
  fieldOf,
  groupOf,
  nameOf,
  replyOf,
  userOf,
  versionOfConversation,
  whyNot,
  within,
} from '#imports/helpscout/read-records.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Source } from '#imports/run.ts'
import type { Item } from '#imports/story.ts'
import { chained, gathered, readStreams, type Given, type Stream } from '#imports/streams.ts'
import { teller } from '#imports/teller.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

/** A desk at Help Scout. */
export function helpscoutSource(desk: Desk, client: Client, name: string): Source<Item, ReadyItem> {
  return {
    name,
    kind: 'helpscout',
    batches: (from) => readAll(client, from),
    ...teller(desk, name, client),
  }
}

async function* readAll(client: Client, from: unknown) {
  const known = await knownOf(client)
  return yield* readStreams(client, streamsOf(client, known), from)
}

function stream<Each>(kind: string, path: string, list: string, item: Stream<Each>['item']): Stream<Each> {
  return {
    kind,
    paths: [path],
    records: (page) => {
      // A page without anything has no list.
      if (Array.isArray(page['list'])) return page['list'] as Json[]
      return 'page' in page || '_embedded' in page ? within(page, list) : null
    },
    next: nextPage,
    isEnd: () => false,
    isOptional: true,
    item,
  }
}

/** A page says which it is and of how many. */
function nextPage({ page }: Json, link: string): string | null {
  const { number, totalPages } = (page ?? {}) as Json
  if (typeof number !== 'number' || typeof totalPages !== 'number' || number >= totalPages) return null
  const url = new URL(link, 'http://desk')
  url.searchParams.set('page', String(number + 1))
  return `${url.pathname}${url.search}`
}

type Known = {
  readonly mailboxes: readonly Json[]
  readonly teams: readonly Json[]
  /** What of all this could not be had, each with its reason. */
  readonly missing: readonly string[]
  /** By user, the mailboxes and teams that they are in. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Addresses of the saved replies, with the team that each is for. */
  readonly replies: ReadonlyMap<string, string | null>
}

/** What the rest makes sense by. Without its mailboxes nothing can be had. */
async function knownOf(client: Client): Promise<Known> {
  const missing: string[] = []
  const whole = async (path: string, list: string) => {
    const found = await gathered(
      client,
      stream<Json>(list, path, list, (record) => record),
    )
    if (found.missing !== null) missing.push(`${list}: ${found.missing}`)
    return found.all
  }
  const mailboxes = await whole('/v2/mailboxes?page=1', 'mailboxes')
  const teams = await whole('/v2/teams?page=1', 'teams')
  const groups = new Map<string, string[]>()
  const put = (group: string, users: readonly Json[]) => {
    for (const { id } of users) groups.set(nameOf.user(id), [...(groups.get(nameOf.user(id)) ?? []), group])
  }
  const replies = new Map<string, string | null>()
  for (const { id } of mailboxes) {
    put(nameOf.mailbox(id), await whole(`/v2/users?mailbox=${String(id)}&page=1`, 'users'))
    const list = `/v2/mailboxes/${String(id)}/saved-replies`
    for (const reply of await whole(`${list}?includeChatReplies=true`, 'savedReplies'))
      replies.set(`${list}/${String(reply['id'])}`, mailboxes.length > 1 ? nameOf.mailbox(id) : null)
  }
  for (const { id } of teams)
    put(nameOf.team(id), await whole(`/v2/teams/${String(id)}/members?page=1`, 'users'))
  return { mailboxes, teams, missing, groups, replies }
}

function streamsOf(client: Client, known: Known): (Stream<Item> | Given<Item>)[] {
  const { mailboxes, teams, missing, groups, replies } = known
  const organizations = new Set<string>()
  const oldest = 'sortField=createdAt&sortOrder=asc&page=1'
  const fields = mailboxes.map(({ id }) => `/v2/mailboxes/${String(id)}/fields?page=1`)
  const conversations = (status: string) =>
    stream<Item>('tickets', `/v2/conversations?status=${status}&${oldest}`, 'conversations', (record) =>
      conversationOf(client, record),
    )
  return [
    {
      kind: 'groups',
      items: [
        ...mailboxes.map((each) => groupOf(each, nameOf.mailbox)),
        ...teams.map((each) => groupOf(each, nameOf.team)),
      ],
      missing,
    },
    chained<Item>(stream('fields', '', 'fields', fieldOf), fields),
    {
      ...stream<Item>('users', '/v2/users?page=1', 'users', (each) => userOf(each, groups)),
      isOptional: false,
    },
    {
      ...stream<Item>('users', `/v2/customers?${oldest}`, 'customers', (record) =>
        customerOf(record).filter(({ kind, id }) => {
          if (kind !== 'organizations') return true
          const isNew = !organizations.has(id)
          organizations.add(id)
          return isNew
        }),
      ),
      isOptional: false,
    },
    { ...conversations('all'), isOptional: false },
    // Whether all of them are all is nowhere said: those that are told already are passed over.
    conversations('spam'),
    ...(replies.size === 0 ? [] : [repliesOf(replies)]),
  ]
}

/** Each saved reply is a page of its own: lists have only their beginnings. */
function repliesOf(replies: Known['replies']): Stream<Item> {
  const links = [...replies.keys()]
  const one = stream<Item>('replies', '', '', () => null)
  return chained<Item>(
    {
      ...one,
      records: (page) => ('text' in page || 'chatText' in page ? [page] : null),
      item: (record) => {
        const link = links.find((each) => each.endsWith(`/${String(record['id'])}`)) ?? ''
        return replyOf(record, replies.get(link) ?? null)
      },
    },
    links,
  )
}

function conversationOf(client: Client, record: Json): Item {
  const id = String(record['id'])
  return (
    whyNot(record) ?? {
      kind: 'tickets',
      id,
      version: versionOfConversation(record),
      life: async () => lifeOf(record, await threadsOf(client, id), bytesBy(client)),
    }
  )
}

async function threadsOf(client: Client, id: string): Promise<Json[]> {
  const all: Json[] = []
  for (let link: string | null = `/v2/conversations/${id}/threads?page=1`; link !== null;) {
    const { status, json }: { status: number; json: Json | null } = await client.get(link)
    // What was merged or deleted since it was listed is there no more.
    if (json === null) throw new Fault(`its threads could not be read (${status})`, { retryable: false })
    all.push(...within(json, 'threads'))
    link = nextPage(json, link)
  }
  return all
}

/** The bytes of an attachment, which come within an answer. */
function bytesBy(client: Client): (link: string) => Promise<Uint8Array> {
  return async (link) => {
    const { status, json } = await client.get(link)
    const data = json?.['data']
    if (typeof data !== 'string')
      throw new Fault(`answered ${status}`, { retryable: false, code: String(status) })
    return Buffer.from(data, 'base64')
  }
}
