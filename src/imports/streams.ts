// Lists of another desk's API, one after the other and page by page: the first address that is there is taken, links are followed as given, a
// list that this desk or key does not have is said, and one that ends early is never taken for whole.
import type { Client, Json } from '#imports/client.ts'
import type { Result } from '#imports/counts.ts'
import type { Batch, Ending } from '#imports/run.ts'
import { Fault } from '#kit/fault.ts'

export type Stream<Item> = {
  readonly kind: string
  /** Addresses of the same list, the best first. */
  readonly paths: readonly string[]
  /** Where several lists are one: the addresses of each, one list after the other. */
  readonly parts?: readonly (readonly string[])[]
  /** The records of a page, or null when it is none of this list. */
  readonly records: (page: Json) => readonly Json[] | null
  /** The link to the next page; null when this is the last. */
  readonly next: (page: Json, link: string, count: number) => string | null
  /** Whether the page says that there is no more, although it has a link: what came meanwhile. */
  readonly isEnd: (page: Json) => boolean
  /** How many records the whole list has, where its pages say so. */
  readonly total?: (page: Json) => number | null
  readonly item: (record: Json) => Item | readonly Item[] | null
  /** Without it the rest still makes sense. */
  readonly isOptional: boolean
}

/** What was read beforehand, as one more list. */
export type Given<Item> = {
  readonly kind: string
  readonly items: readonly Item[]
  /** Why it is not whole, each once. */
  readonly missing: readonly string[]
}

type Place = Start & { readonly stream: number }
type Start = {
  readonly part?: number
  readonly link: string | null
  readonly done: number
  /** Records of the pages before this one; runs of before they were counted do not say. */
  readonly seen?: number | null
}

/** All lists from a place on. */
export async function* readStreams<Item>(
  client: Client,
  streams: readonly (Stream<Item> | Given<Item>)[],
  from: unknown,
): AsyncGenerator<Batch<Item>, Ending> {
  const place = (from as Place | null) ?? { stream: 0, link: null, done: 0 }
  const problems: Result[] = []
  let complete = true
  for (const [index, stream] of streams.entries()) {
    if (index < place.stream) continue
    const start = index === place.stream ? place : { link: null, done: 0 }
    const reasons =
      'items' in stream
        ? yield* readGiven(stream, index, start.done)
        : yield* readStream(client, stream, index, start)
    for (const reason of reasons) {
      const isMissing = reason.endsWith(NOT_GIVEN) && ('items' in stream || stream.isOptional)
      problems.push({ kind: stream.kind, id: stream.kind, outcome: 'failed', reason })
      complete &&= isMissing
    }
  }
  return { complete, problems }
}

function* readGiven<Item>(
  { items, missing }: Given<Item>,
  index: number,
  done: number,
): Generator<Batch<Item>, readonly string[]> {
  const place = { link: null, done: 0 }
  yield* batchesOf(items, done, { stream: index, ...place }, { stream: index + 1, ...place })
  return [...new Set(missing)]
}

/** Why nothing of a list is there that a desk or a key does not have. */
export const NOT_GIVEN = 'the desk does not give this list'
const NOT_GIVEN_PART = 'the desk does not give one of its lists'
const NOT_WHOLE = 'the list ended before its end'

/** Why the list is not whole, or those that are one; nothing when they are. One that is refused ends none of the others. */
async function* readStream<Item>(
  client: Client,
  stream: Stream<Item>,
  index: number,
  start: Start,
): AsyncGenerator<Batch<Item>, readonly string[]> {
  const parts = stream.parts ?? [stream.paths]
  const first = start.part ?? 0
  const reasons: string[] = []
  let refused = 0
  for (const [part, paths] of parts.entries()) {
    if (part < first) continue
    const begin = part === first ? start : { link: null, done: 0 }
    const here = { stream: index, part }
    const behind = part + 1 < parts.length ? { stream: index, part: part + 1 } : { stream: index + 1 }
    const reason = yield* readPart(client, { ...stream, paths }, begin, here, behind)
    if (reason === NOT_GIVEN) refused++
    if (reason !== null) reasons.push(reason === NOT_GIVEN ? `${NOT_GIVEN_PART}: ${paths[0]}` : reason)
  }
  return refused === parts.length ? [NOT_GIVEN] : reasons
}

/** Why one list is not whole; null when it is. */
async function* readPart<Item>(
  client: Client,
  stream: Stream<Item>,
  start: Start,
  here: Omit<Place, 'link' | 'done'>,
  behind: Omit<Place, 'link' | 'done'>,
): AsyncGenerator<Batch<Item>, string | null> {
  const visited = new Set<string>()
  let [link, done, isLast] = [start.link, start.done, false]
  let seen = start.link === null ? 0 : (start.seen ?? null)
  for (;;) {
    const answer = link === null ? await firstOf(client, stream) : await pageOf(client, link)
    if (typeof answer === 'string') return isLast ? null : link === null ? answer : `${NOT_WHOLE}: ${answer}`
    const { page, link: at } = answer
    visited.add(at)
    const records = stream.records(page)
    if (records === null) return isLast ? null : NOT_WHOLE
    const next = stream.next(page, at, records.length)
    const items = records.flatMap((record) => stream.item(record) ?? [])
    const follows = next !== null && !visited.has(next) ? next : null
    const isEnd = follows === null || isLast
    const before = { ...here, link: at, done: 0, seen }
    if (seen !== null) seen += records.length
    const after = isEnd ? { ...behind, link: null, done: 0 } : { ...here, link: follows, done: 0, seen }
    if (items.length > done) yield* batchesOf(items, done, before, after)
    done = 0
    if (isEnd) return shortBy(seen, stream.total?.(page) ?? null)
    isLast = stream.isEnd(page)
    link = follows
  }
}

/** Why a list that ended by itself is not whole: it has more than came. */
function shortBy(seen: number | null, total: number | null): string | null {
  if (seen === null || total === null || seen >= total) return null
  return `${NOT_WHOLE}: it has ${total} records by its own count, and ${seen} came`
}

const AT_ONCE = 100

function* batchesOf<Item>(
  items: readonly Item[],
  from: number,
  here: Place,
  after: Place,
): Generator<Batch<Item>> {
  for (let start = from; start < items.length; start += AT_ONCE) {
    const some = items.slice(start, start + AT_ONCE)
    const positionAfter = (done: number): Place =>
      start + done >= items.length ? after : { ...here, done: start + done }
    yield { items: some, positionAfter }
  }
}

type Page = { readonly page: Json; readonly link: string }

async function firstOf<Item>(client: Client, { paths }: Stream<Item>): Promise<Page | string> {
  for (const link of paths) {
    const answer = await pageOf(client, link)
    if (typeof answer !== 'string') return answer
    if (answer !== NOT_GIVEN) return answer
  }
  return NOT_GIVEN
}

/** A page, or why there is none. A refused key stops everything. */
async function pageOf(client: Client, link: string): Promise<Page | string> {
  try {
    const { status, json } = await client.get(link)
    return json === null
      ? status === 403 || status === 404
        ? NOT_GIVEN
        : `answered ${status}`
      : { page: json, link }
  } catch (error) {
    if (!(error instanceof Fault) || error.code === '401' || error.code === 'EGRESS') throw error
    return error.message
  }
}

/** A list as far as it goes, and why it goes no further. */
export async function gathered(
  client: Client,
  stream: Stream<Json>,
): Promise<{ readonly all: Json[]; readonly missing: string | null }> {
  const all: Json[] = []
  const reading = readStream(client, stream, 0, { link: null, done: 0 })
  for (;;) {
    const { value, done } = await reading.next()
    if (done === true) return { all, missing: value[0] ?? null }
    all.push(...value.items)
  }
}

/** The lists at several addresses as one, one after the other. */
export function chained<Item>(stream: Stream<Item>, links: readonly string[]): Stream<Item> {
  return { ...stream, parts: links.map((link) => [link]) }
}

/** The list under a name in a page. */
export function listIn(name: string): (page: Json) => readonly Json[] | null {
  return (page) => {
    const list = page[name] ?? page['list']
    return Array.isArray(list) ? (list as Json[]) : null
  }
}
