// Request Tracker from its MySQL, MariaDB or PostgreSQL: https://github.com/bestpractical/rt (etc/schema.mysql, etc/schema.Pg).
import { databaseSource } from '#imports/database-source.ts'
import { type Entry, type OldDatabase, type Where } from '#imports/old-store.ts'
import { pagesOf, together, type Stage } from '#imports/pages.ts'
import { textOf } from '#imports/read-values.ts'
import type { ReadyItem } from '#imports/ready.ts'
import { bytesIn } from '#imports/rt/content.ts'
import { fieldOf, lifeOf, queueOf, userOf, whyNot, type Meanings } from '#imports/rt/read-records.ts'
import {
  contentOf,
  fieldsOf,
  nobodiesOf,
  partsOf,
  queuesAfter,
  rtShape,
  staffOf,
  ticketsAfter,
  transactionsOf,
  usersAfter,
} from '#imports/rt/rt-store.ts'
import { textStages } from '#imports/rt/texts.ts'
import type { Source } from '#imports/run.ts'
import type { FileStory, Item } from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import type { Egress } from '#channels/egress.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const AT_ONCE = 100
const TICKETS_AT_ONCE = 50

/** A desk of Request Tracker. */
export function rtSource(
  desk: Desk,
  egress: Pick<Egress, 'addressOf' | 'fetch'>,
  where: Where,
  name: string,
): Source<Item, ReadyItem> {
  return databaseSource(desk, egress, where, { name, kind: 'rt' }, () => {
    const first = { table: 'Tickets', id: 'id', created: 'Created' }
    return { shape: rtShape, first, stages: stagesOf }
  })
}

async function stagesOf(db: OldDatabase): Promise<Stage[]> {
  const found = await fieldsOf(db)
  const fields = found.fields.flatMap((each) => fieldOf(each, found.options) ?? [])
  const meanings = { staff: await staffOf(db), nobodies: await nobodiesOf(db), fields }
  return [
    pagesOf((after) => queuesAfter(db, after, AT_ONCE), queueOf),
    async (after) => fields.slice(after).map((item, index) => ({ id: after + index + 1, item })),
    pagesOf(
      (after) => usersAfter(db, after, AT_ONCE),
      (record) => userOf(record, meanings),
    ),
    async (after) => itemsAfter(db, meanings, after),
    ...(await textStages(db)),
  ]
}

async function itemsAfter(db: OldDatabase, meanings: Meanings, after: number): ReturnType<Stage> {
  const rows = await ticketsAfter(db, after, TICKETS_AT_ONCE)
  // Asked for once for all of them, and not at all when none is new.
  const belongings = together(rows, (some) => belongingsOf(db, some))
  return rows.map((row) => {
    const number = Number(row['id'])
    const [kind, id] = ['tickets', String(number)] as const
    const skipped = whyNot(row)
    if (skipped !== null) return { id: number, item: { kind, id, skipped } }
    const life = async () => {
      const { transactions, parts } = await belongings(row)
      const fileOf = (part: Entry) => fileFrom(db, part)
      const story = lifeOf(row, { transactions: transactions.get(number) ?? [], parts, fileOf }, meanings)
      if (story.steps.every(({ message }) => message === null))
        throw new Fault('nobody said anything in it', { retryable: false })
      return story
    }
    return { id: number, item: { kind, id, version: versionOf(row), life } }
  })
}

async function belongingsOf(db: OldDatabase, rows: readonly Entry[]) {
  const found = await transactionsOf(
    db,
    rows.map(({ id }) => Number(id)),
  )
  const parts = await partsOf(
    db,
    found.map(({ id }) => Number(id)),
  )
  return {
    transactions: Map.groupBy(found, (each) => Number(each['ticket_id'])),
    parts: Map.groupBy(parts, (each) => Number(each['transaction_id'])),
  }
}

function fileFrom(db: OldDatabase, part: Entry): FileStory {
  const contentId = /^Content-ID:\s*<([^>\r\n]{1,500})>/im.exec(textOf(part['headers']))?.[1] ?? null
  return {
    name: textOf(part['filename']) || 'file',
    type: textOf(part['type']) || 'application/octet-stream',
    contentId,
    bytes: async () => {
      const { id, size, encoding } = part
      // Nothing is fetched of what only names a place elsewhere.
      return bytesIn(encoding === 'external' ? null : await contentOf(db, Number(id), Number(size)), encoding)
    },
  }
}
