// Zammad from its PostgreSQL: https://github.com/zammad/zammad (db/migrate). The life of a ticket by its articles and its history.
import { refsOf } from '#imports/import-store.ts'
import { readOldFile } from '#imports/old-files.ts'
import { databaseSource } from '#imports/database-source.ts'
import { type Entry, type OldDatabase, type Where } from '#imports/old-store.ts'
import { once, pagesOf, type Stage } from '#imports/pages.ts'
import type { Source } from '#imports/run.ts'
import type { FileStory, Item } from '#imports/story.ts'
import type { ReadyItem } from '#imports/ready.ts'
import { versionOf } from '#imports/version.ts'
import { textStages } from '#imports/zammad/texts.ts'
import {
  fieldOf,
  fileFacts,
  isShown,
  groupOf,
  lifeOf,
  organizationOf,
  userOf,
  whyNot,
  type Meanings,
} from '#imports/zammad/read-records.ts'
import {
  belongingsOf,
  bytesOf,
  groupsOf,
  meaningsOf,
  mergedInto,
  ownFields,
  staffOf,
  tableAfter,
  zammadShape,
} from '#imports/zammad/zammad-store.ts'
import type { Egress } from '#channels/egress.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const AT_ONCE = 100
const TICKETS_AT_ONCE = 50

/** A desk of Zammad. */
export function zammadSource(
  desk: Desk,
  egress: Pick<Egress, 'addressOf' | 'fetch'>,
  where: Where,
  name: string,
): Source<Item, ReadyItem> {
  return databaseSource(desk, egress, where, { name, kind: 'zammad' }, () => {
    const first = { table: 'tickets', id: 'id', created: 'created_at' }
    return { shape: zammadShape, first, stages: (db) => stagesOf(db, { desk, name }, where.files) }
  })
}

type Here = { readonly desk: Desk; readonly name: string }

async function stagesOf(db: OldDatabase, here: Here, folder: string | null): Promise<Stage[]> {
  const fields = (await ownFields(db)).flatMap((each) => fieldOf(each) ?? [])
  const meanings: Meanings = { ...(await meaningsOf(db)), staff: await staffOf(db), fields }
  const plain = (table: 'groups' | 'organizations', item: (record: Entry) => Item): Stage =>
    pagesOf((after) => tableAfter(db, table, after, AT_ONCE), item)
  return [
    plain('groups', groupOf),
    async (after) => fields.slice(after).map((item, index) => ({ id: after + index + 1, item })),
    plain('organizations', organizationOf),
    async (after) => usersAfter(db, meanings, after),
    async (after) => ticketsAfter(db, here, meanings, folder, after),
    ...(await textStages(db, here.desk.clock.now, (record) => fileFrom(db, folder, record))),
  ]
}

/** What was told on tickets that were merged there since, by the ticket that has it now. */
async function toldElsewhere(
  { desk, name }: Here,
  db: OldDatabase,
  ids: readonly number[],
): Promise<Map<number, Set<string>>> {
  const merged = await mergedInto(db, ids)
  const refs = await refsOf(desk.database, name, 'tickets', [...merged.values()].flat())
  return new Map(
    [...merged].map(([id, sources]) => [id, new Set(sources.flatMap((each) => refs.get(each)?.told ?? []))]),
  )
}

async function usersAfter(db: OldDatabase, { staff }: Meanings, after: number): ReturnType<Stage> {
  // The system's own user is none here: the page goes on behind it.
  const rows = await tableAfter(db, 'users', after, AT_ONCE)
  const groups = await groupsOf(
    db,
    rows.map(({ id }) => Number(id)),
  )
  const found = rows.flatMap((row) => {
    const id = String(row['id'])
    const item = userOf(row, staff.has(id), staff.has(id) ? (groups.get(id) ?? []) : [])
    return item === null ? [] : [{ id: Number(id), item }]
  })
  const last = Number(rows.at(-1)?.['id'] ?? 0)
  return found.length > 0 || rows.length === 0 ? found : usersAfter(db, { staff } as Meanings, last)
}

async function ticketsAfter(
  db: OldDatabase,
  here: Here,
  meanings: Meanings,
  folder: string | null,
  after: number,
): ReturnType<Stage> {
  const rows = await tableAfter(db, 'tickets', after, TICKETS_AT_ONCE)
  // Asked for once for all of them, and not at all when none is new.
  const ids = rows.map(({ id }) => Number(id))
  const belongings = once(() => belongingsOf(db, ids))
  const elsewhere = once(() => toldElsewhere(here, db, ids))
  return rows.map((row) => {
    const number = Number(row['id'])
    const [kind, id] = ['tickets', String(number)] as const
    const why = whyNot(row, meanings)
    if (why !== null) return { id: number, item: { kind, id, skipped: why } }
    const life = async () => {
      const { articles, histories, tags, files } = await belongings()
      // A merge there takes articles along: what was told on the other ticket comes with the merge here.
      const others = (await elsewhere()).get(number)
      const said = (articles.get(number) ?? []).filter((each) => others?.has(String(each['id'])) !== true)
      if (said.length === 0) throw new Fault('it has no articles', { retryable: false })
      const kept = said.map((each) => Number(each['id']))
      return lifeOf(
        row,
        {
          articles: said,
          histories: histories.get(number) ?? [],
          tags: tags.get(number) ?? [],
          files: new Map(
            kept.map((article) => [
              article,
              (files.get(article) ?? []).filter(isShown).map((each) => fileFrom(db, folder, each)),
            ]),
          ),
        },
        meanings,
      )
    }
    return { id: number, item: { kind, id, version: versionOf(row), life } }
  })
}

function fileFrom(
  db: OldDatabase,
  folder: string | null,
  record: Entry,
): Exclude<FileStory, { kept: unknown }> {
  const [sha, provider] = [String(record['sha']), String(record['provider'])]
  const bytes = async (): Promise<Buffer> => {
    if (provider === 'DB') {
      const found = await bytesOf(db, sha)
      if (found !== null) return found
      throw new Fault('it is gone from the database', { retryable: false })
    }
    if (provider !== 'File' || folder === null)
      throw new Fault('it lies outside of the database, in the folder that --files names', {
        retryable: false,
      })
    return fromFolder(folder, sha)
  }
  return { ...fileFacts(record), bytes }
}

/** Zammad cuts a file's hash into the names of folders. */
async function fromFolder(folder: string, sha: string): Promise<Buffer> {
  if (!/^[0-9a-f]{64}$/.test(sha)) throw new Fault('it has no name', { retryable: false })
  const parts = [0, 4, 8, 13, 18, 25, 32].map((at, index, all) => sha.slice(at, all[index + 1]))
  return readOldFile(folder, parts)
}
