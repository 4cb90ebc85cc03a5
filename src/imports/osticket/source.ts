// osTicket from its MySQL or MariaDB: https://github.com/osTicket/osTicket (setup/inc/streams/core/install-mysql.sql).
import {
  bytesOf,
  departmentsOf,
  entriesOf,
  eventsOf,
  fieldsOf,
  filesOf,
  meaningsOf,
  mergedThreads,
  organizationsAfter,
  osticketShape,
  staffAfter,
  teamsAfter,
  threadsOf,
  ticketsAfter,
  usersAfter,
  type Old,
} from '#imports/osticket/osticket-store.ts'
import { lifeOf, mergedInto, saidBefore, whyNot, type Meanings } from '#imports/osticket/read-life.ts'
import {
  departmentOf,
  fieldOf,
  organizationOf,
  staffOf,
  teamOf,
  userOf,
} from '#imports/osticket/read-records.ts'
import { textStages } from '#imports/osticket/texts.ts'
import { databaseMakes } from '#imports/kinds.ts'
import { databaseSource } from '#imports/database-source.ts'
import { prefixIn, zoneIn, type Entry, type Where } from '#imports/old-store.ts'
import { listed, pagesOf, together, type Stage } from '#imports/pages.ts'
import { textOf } from '#imports/read-values.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Source } from '#imports/run.ts'
import type { FileStory, Item } from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import type { Egress } from '#channels/egress.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const AT_ONCE = 100
const TICKETS_AT_ONCE = 50

/** A desk of osTicket. */
export function osticketSource(
  desk: Desk,
  egress: Pick<Egress, 'addressOf' | 'fetch'>,
  where: Where,
  name: string,
): Source<Item, ReadyItem> {
  return databaseSource(desk, egress, where, { name, kind: 'osticket' }, () => {
    const [zone, prefix] = [zoneIn(where), prefixIn(where, databaseMakes.osticket.prefix ?? '')]
    const first = { table: `"${prefix}ticket"`, id: 'ticket_id', created: 'created' }
    return { shape: osticketShape(prefix), first, stages: (db) => stagesOf({ db, prefix }, zone) }
  })
}

async function stagesOf(old: Old, zone: string): Promise<Stage[]> {
  const found = await fieldsOf(old)
  const fields = found.fields.flatMap((each) => fieldOf(each, found.items) ?? [])
  const meanings: Meanings = { zone, fields, ...(await meaningsOf(old)) }
  const departments = await departmentsOf(old)
  const byId = new Map(departments.map((each) => [Number(each['id']), each]))
  return [
    listed(departments.map((each) => departmentOf(each, byId))),
    pagesOf((after) => teamsAfter(old, after, AT_ONCE), teamOf),
    listed(fields),
    pagesOf((after) => organizationsAfter(old, after, AT_ONCE), organizationOf),
    pagesOf(
      (after) => staffAfter(old, after, AT_ONCE),
      (record) => staffOf(record, zone),
    ),
    pagesOf(
      (after) => usersAfter(old, after, AT_ONCE),
      (record) => userOf(record, zone),
    ),
    async (after) => itemsAfter(old, meanings, after),
    ...(await textStages(old, zone, (record) => fileFrom(old, record))),
  ]
}

async function itemsAfter(old: Old, meanings: Meanings, after: number): ReturnType<Stage> {
  const rows = await ticketsAfter(old, after, TICKETS_AT_ONCE)
  // Asked for once for all of them, and not at all when none is new.
  const belongings = together(rows, (some) => belongingsOf(old, some))
  return rows.map((row) => {
    const number = Number(row['id'])
    const [kind, id] = ['tickets', String(number)] as const
    const skipped = whyNot(row, meanings)
    if (skipped !== null) return { id: number, item: { kind, id, skipped } }
    const life = async () => {
      const { entries, events, files } = await belongings(row)
      const own = { entries: entries.get(number) ?? [], events: events.get(number) ?? [], files }
      const story = lifeOf(row, own, meanings)
      if (story.steps.every(({ message }) => message === null))
        throw new Fault('nobody said anything in it', { retryable: false })
      return story
    }
    return { id: number, item: { kind, id, version: versionOf(row), life } }
  })
}

async function belongingsOf(old: Old, rows: readonly Entry[]) {
  const ids = rows.map(({ id }) => Number(id))
  const merged = rows.flatMap((row) => mergedInto(row) ?? [])
  const threads = await threadsOf(old, [...new Set([...ids, ...merged])])
  const ticketOf = new Map(threads.map((each) => [Number(each['id']), Number(each['object_id'])]))
  const found = await entriesOf(old, [...ticketOf.keys()])
  // What a merge took along comes on the ticket in which it was said, unless that one is gone.
  const before = await mergedThreads(old, [...new Set(found.flatMap((each) => saidBefore(each) ?? []))])
  const files = await filesOf(
    old,
    found.map(({ id }) => Number(id)),
  )
  return {
    entries: Map.groupBy(
      found,
      (each) => before.get(saidBefore(each) ?? 0) ?? ticketOf.get(Number(each['thread_id'])),
    ),
    events: Map.groupBy(await eventsOf(old, [...ticketOf.keys()]), (each) =>
      ticketOf.get(Number(each['thread_id'])),
    ),
    files: new Map([...files].map(([id, some]) => [id, some.map((each) => fileFrom(old, each))])),
  }
}

function fileFrom(old: Old, record: Entry): Exclude<FileStory, { kept: unknown }> {
  return {
    name: textOf(record['name']) || 'file',
    type: textOf(record['type']) || 'application/octet-stream',
    // The text of an entry calls it by its key.
    contentId: Number(record['inline']) === 1 ? textOf(record['key']) : null,
    bytes: async () => {
      // Other storages are plugins', each with an order of its own.
      if (record['bk'] !== 'D') throw new Fault('it lies outside of the database', { retryable: false })
      return bytesOf(old, Number(record['id']), Number(record['size']))
    },
  }
}
