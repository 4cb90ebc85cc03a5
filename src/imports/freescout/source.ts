// FreeScout from its MySQL, MariaDB or PostgreSQL: https://github.com/freescout-help-desk/freescout (database/migrations).
import {
  conversationsAfter,
  customersAfter,
  customersOf,
  filesOf,
  freescoutShape,
  hasOwnNumbers,
  mailboxesAfter,
  mergesOf,
  ownFields,
  robotsOf,
  threadsOf,
  usersAfter,
  type Old,
} from '#imports/freescout/freescout-store.ts'
import {
  copiedIn,
  customerOf,
  fieldOf,
  goesInto,
  lifeOf,
  mailboxOf,
  mergedInto,
  namedIn,
  saidBefore,
  userOf,
  whyNot,
  type Meanings,
} from '#imports/freescout/read-records.ts'
import { textStages } from '#imports/freescout/texts.ts'
import { refsOf } from '#imports/import-store.ts'
import { readOldFile } from '#imports/old-files.ts'
import { databaseSource } from '#imports/database-source.ts'
import { schemeOf } from '#imports/kinds.ts'
import { prefixIn, zoneIn, type Entry, type Where } from '#imports/old-store.ts'
import { pagesOf, together, type Stage } from '#imports/pages.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Source } from '#imports/run.ts'
import { textOf } from '#imports/read-values.ts'
import type { FileStory, Item } from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import type { Egress } from '#channels/egress.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const AT_ONCE = 100
const TICKETS_AT_ONCE = 50

/** A desk of FreeScout. */
export function freescoutSource(
  desk: Desk,
  egress: Pick<Egress, 'addressOf' | 'fetch'>,
  where: Where,
  name: string,
): Source<Item, ReadyItem> {
  return databaseSource(desk, egress, where, { name, kind: 'freescout' }, () => {
    const [zone, prefix] = [zoneIn(where), prefixIn(where, '')]
    // In MySQL it is the same moment in whatever session it is shown.
    const created = schemeOf(where.database) === 'mysql' ? 'unix_timestamp(created_at)' : 'created_at'
    const first = { table: `"${prefix}conversations"`, id: 'id', created }
    return {
      shape: freescoutShape(prefix),
      first,
      stages: (db) => stagesOf({ db, prefix }, zone, { desk, name, folder: where.files }),
    }
  })
}

/** The desk that it is told on, under which name, and where its files lie. */
type Here = { readonly desk: Desk; readonly name: string; readonly folder: string | null }

async function stagesOf(old: Old, zone: string, here: Here): Promise<Stage[]> {
  const fields = (await ownFields(old)).map(fieldOf)
  const meanings = { zone, robots: await robotsOf(old), fields, hasOwnNumbers: await hasOwnNumbers(old) }
  return [
    pagesOf((after) => mailboxesAfter(old, after, AT_ONCE), mailboxOf),
    async (after) => fields.slice(after).map((item, index) => ({ id: after + index + 1, item })),
    pagesOf(
      (after) => usersAfter(old, after, AT_ONCE),
      (record) => userOf(record, zone),
    ),
    pagesOf(
      (after) => customersAfter(old, after, AT_ONCE),
      (record) => customerOf(record, zone),
    ),
    async (after) => ticketsAfter(old, meanings, here, after),
    ...(await textStages(old, zone)),
  ]
}

async function ticketsAfter(old: Old, meanings: Meanings, here: Here, after: number): ReturnType<Stage> {
  const rows = await conversationsAfter(old, after, TICKETS_AT_ONCE)
  // Asked for once for all of them, and not at all when none is new.
  const belongings = together(rows, (some) => belongingsOf(old, here, some))
  return rows.map((row) => {
    const number = Number(row['id'])
    const [kind, id] = ['tickets', String(number)] as const
    const skipped = whyNot(row)
    if (skipped !== null) return { id: number, item: { kind, id, skipped } }
    const life = async () => {
      const { threads, ...others } = await belongings(row)
      const story = lifeOf(row, { threads: threads.get(number) ?? [], ...others }, meanings)
      if (story.steps.every(({ message }) => message === null)) {
        const into = mergedInto(row)
        const why =
          into === null
            ? 'nobody said anything in it'
            : 'what was said in it comes with the one it was merged into'
        throw new Fault(why, { retryable: false })
      }
      return story
    }
    return { id: number, item: { kind, id, version: versionOf(row), life } }
  })
}

async function belongingsOf(old: Old, here: Here, rows: readonly Entry[]) {
  const kept = rows.filter((row) => whyNot(row) === null)
  const own = kept.map(({ id }) => Number(id))
  const around = new Set([
    ...own,
    ...(await onwards(
      old,
      kept.flatMap((row) => mergedInto(row) ?? []),
    )),
  ])
  const found = await threadsOf(old, [...around])
  // What a merge took along comes on the ticket in which it was said, unless that one is gone; what was told stays where it was.
  const merged = await goneInto(old, [...new Set(found.flatMap((each) => saidBefore(each) ?? []))])
  const told = await toldOn(here, [...around, ...found.flatMap(namedIn)])
  const threads = Map.groupBy(found, (each) => {
    const before = saidBefore(each)
    const place = before !== null && merged.has(before) ? before : Number(each['conversation_id'])
    return told.get(String(each['id'])) ?? place
  })
  const files = await filesOf(
    old,
    found.map(({ id }) => Number(id)),
  )
  return {
    threads,
    files: new Map([...files].map(([id, some]) => [id, some.map((each) => fileFrom(here.folder, each))])),
    pictures: new Map([...files].map(([id, some]) => [id, pictureNames(some)])),
    customers: await customersOf(old, [...new Set(kept.flatMap(copiedIn))]),
  }
}

/** Where some conversations went that were merged. */
async function goneInto(old: Old, ids: readonly number[]): Promise<Map<number, number>> {
  const lines = await mergesOf(old, ids)
  return new Map(
    lines.flatMap((each) => {
      const into = goesInto(each)
      return into === null ? [] : [[Number(each['id']), into] as const]
    }),
  )
}

/** Some conversations and all that they were merged into in turn. */
async function onwards(old: Old, ids: readonly number[]): Promise<Set<number>> {
  const all = new Set(ids)
  for (let some = ids; some.length > 0;) {
    some = [...(await goneInto(old, some)).values()].filter((id) => !all.has(id))
    for (const id of some) all.add(id)
  }
  return all
}

/** By thread, the conversation on whose ticket it was told before. */
async function toldOn({ desk, name }: Here, ids: readonly number[]): Promise<Map<string, number>> {
  const refs = await refsOf(desk.database, name, 'tickets', ids.map(String))
  return new Map([...refs].flatMap(([id, { told }]) => told.map((thread) => [thread, Number(id)] as const)))
}

const isInside = (file: Entry) => Number(file['embedded']) === 1
const contentIdOf = (file: Entry) => `old-${String(file['id'])}`

/** A picture in a text stands at an address of the old server, which ends in its place and names its number. */
function pictureNames(files: readonly Entry[]): (address: string) => string | null {
  return (address) => {
    const [, path = '', number] = /\/storage\/attachment\/([^?]*)(?:\?id=(\d+))?/.exec(address) ?? []
    const found = files
      .filter(isInside)
      .find((each) =>
        number === undefined
          ? path !== '' &&
            path === `${textOf(each['file_dir'])}${encodeURIComponent(textOf(each['file_name']))}`
          : String(each['id']) === number,
      )
    return found === undefined ? null : contentIdOf(found)
  }
}

function fileFrom(folder: string | null, record: Entry): FileStory & { contentId: string | null } {
  const name = textOf(record['file_name']) || 'file'
  return {
    name,
    type: textOf(record['mime_type']) || 'application/octet-stream',
    contentId: isInside(record) ? contentIdOf(record) : null,
    bytes: () => fromFolder(folder, textOf(record['file_dir']).replaceAll('\\', '/'), name),
  }
}

async function fromFolder(folder: string | null, place: string, name: string): Promise<Buffer> {
  if (folder === null)
    throw new Fault('it lies outside of the database, in the folder that --files names', { retryable: false })
  if (!/^(?:\d{1,9}\/){1,9}$/.test(place) || /[/\\]/.test(name) || name.startsWith('..'))
    throw new Fault('it has no place', { retryable: false })
  return readOldFile(folder, [...place.split('/').filter((each) => each !== ''), name])
}
