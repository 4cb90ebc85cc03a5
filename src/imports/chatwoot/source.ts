// Chatwoot from its PostgreSQL: https://github.com/chatwoot/chatwoot (db/schema.rb). One account of an installation.
import { agentOf, contactOf, fieldOf, lifeOf, teamOf } from '#imports/chatwoot/read-records.ts'
import {
  accountsOf,
  agentsAfter,
  belongingsOf,
  chatwootShape,
  contactsAfter,
  conversationsAfter,
  ownAttributes,
  teamsAfter,
} from '#imports/chatwoot/chatwoot-store.ts'
import { oldFileAt, readOldFile } from '#imports/old-files.ts'
import { databaseSource } from '#imports/database-source.ts'
import { type Entry, type OldDatabase, type Where } from '#imports/old-store.ts'
import { once, pagesOf, type Stage } from '#imports/pages.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Source } from '#imports/run.ts'
import type { FieldStory, FileStory, Item } from '#imports/story.ts'
import { textStages } from '#imports/chatwoot/texts.ts'
import { versionOf } from '#imports/version.ts'
import { textOf } from '#imports/read-values.ts'
import type { Egress } from '#channels/egress.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const AT_ONCE = 100
const TICKETS_AT_ONCE = 50

type Old = {
  readonly db: OldDatabase
  readonly egress: Pick<Egress, 'fetch'>
  readonly folder: string | null
  readonly account: number
  readonly fields: readonly FieldStory[]
}

/** An account of Chatwoot. */
export function chatwootSource(
  desk: Desk,
  egress: Pick<Egress, 'addressOf' | 'fetch'>,
  where: Where,
  name: string,
): Source<Item, ReadyItem> {
  return databaseSource(desk, egress, where, { name, kind: 'chatwoot' }, () => {
    const first = { table: 'conversations', id: 'id', created: 'created_at' }
    const stages = async (db: OldDatabase) => {
      const account = await accountIn(db, new URL(where.database).searchParams.get('account'))
      const fields = (await ownAttributes(db, account)).map(fieldOf)
      return stagesOf({ db, egress, folder: where.files, account, fields })
    }
    return { shape: chatwootShape, first, stages }
  })
}

/** The account that an address names, or the only one there is. */
async function accountIn(db: OldDatabase, named: string | null): Promise<number> {
  const accounts = await accountsOf(db)
  const found =
    named === null
      ? accounts.length === 1
        ? accounts[0]
        : undefined
      : accounts.find(({ id }) => String(id) === named)
  if (found !== undefined) return Number(found['id'])
  const names = accounts.slice(0, 20).map(({ id, name }) => `${String(id)} (${textOf(name)})`)
  throw new Fault(
    `Say which account at the end of the address, such as ?account=${String(accounts[0]?.['id'] ?? 1)}. There are: ${names.join(', ') || 'none'}`,
    { retryable: false, code: 'ACCOUNT' },
  )
}

async function stagesOf(old: Old): Promise<Stage[]> {
  const { db, account, fields } = old
  const plain = (page: typeof teamsAfter, item: (record: Entry) => Item): Stage =>
    pagesOf((after) => page(db, account, after, AT_ONCE), item)
  return [
    plain(teamsAfter, teamOf),
    async (after) => fields.slice(after).map((item, index) => ({ id: after + index + 1, item })),
    plain(agentsAfter, agentOf),
    plain(contactsAfter, contactOf),
    async (after) => ticketsAfter(old, after),
    ...(await textStages(db, account)),
  ]
}

async function ticketsAfter(old: Old, after: number): ReturnType<Stage> {
  const { db, account, fields } = old
  const rows = await conversationsAfter(db, account, after, TICKETS_AT_ONCE)
  const ids = rows.map(({ id }) => Number(id))
  // Asked for once for all of them, and not at all when none is new.
  const belongings = once(() => belongingsOf(db, ids))
  return rows.map((row) => {
    const number = Number(row['id'])
    const life = async () => {
      const { messages, events, labels, files } = await belongings()
      const said = messages.get(number) ?? []
      const kept = said.map(({ id }) => Number(id))
      const story = lifeOf(
        row,
        {
          messages: said,
          events: events.get(number) ?? [],
          labels: labels.get(number) ?? [],
          files: new Map(kept.map((id) => [id, (files.get(id) ?? []).map((each) => fileFrom(old, each))])),
        },
        fields,
      )
      if (story.steps.every(({ message }) => message === null))
        throw new Fault('nobody said anything in it', { retryable: false })
      return story
    }
    return { id: number, item: { kind: 'tickets', id: String(number), version: versionOf(row), life } }
  })
}

function fileFrom({ egress, folder }: Old, record: Entry): FileStory {
  const { key, external_url: url } = record
  const name = textOf(record['filename']) || 'file'
  const type = textOf(record['content_type']) || 'application/octet-stream'
  const bytes = async (): Promise<Buffer> => {
    if (typeof key === 'string') return fromFolder(folder, key, textOf(record['service_name']))
    if (typeof url === 'string' && /^https?:/.test(url)) return oldFileAt(egress, url)
    throw new Fault('it lies nowhere', { retryable: false })
  }
  return { name, type, contentId: null, bytes }
}

/** Rails puts a file into folders named by the beginning of its key. */
async function fromFolder(folder: string | null, key: string, service: string): Promise<Buffer> {
  if (!/^[\w-]{5,100}$/.test(key)) throw new Fault('it has no name', { retryable: false })
  if (folder === null) throw new Fault(`it lies in the storage “${service}”`, { retryable: false })
  return readOldFile(folder, [key.slice(0, 2), key.slice(2, 4), key])
}
