// Records before they are told: who is unchanged is asked for nothing more; the lives of the others and their files are fetched, some at
// once, and what cannot be had is said.
import { refsOf } from '#imports/import-store.ts'
import type { Client } from '#imports/client.ts'
import type { ArticleStory, FileStory, Item, Step, TicketStory, Told, TicketItem } from '#imports/story.ts'
import { placeOf, type Result } from '#imports/counts.ts'
import { final } from '#imports/old-files.ts'
import { withoutFile } from '#imports/placed-files.ts'
import { allSaid } from '#imports/placeholders.ts'
import { LACKING, versionOf } from '#imports/version.ts'
import type { Desk } from '#desk/desk.ts'
import { placeOfFile } from '#knowledge/article-file.ts'
import { Fault } from '#kit/fault.ts'
import type { NewAttachmentRow } from '#tickets/write/message-store.ts'

export type ReadyTicket = Omit<TicketItem, 'life'> & {
  readonly story: TicketStory
  /** By step, its files as they are kept. */
  readonly files: ReadonlyMap<string, readonly NewAttachmentRow[]>
  readonly lacks: string | null
}
/** An article whose HTML names its files where they are here. */
export type ReadyArticle = Omit<ArticleStory, 'files'> & { readonly files: readonly NewAttachmentRow[] }
export type ReadyItem =
  | Exclude<Told, TicketItem | ArticleStory>
  | ReadyTicket
  | ReadyArticle
  | (Result & { readonly settled: true })

const AT_ONCE = 8

/** Makes records ready, in their order. */
export async function readyItems(
  desk: Desk,
  name: string,
  client: Pick<Client, 'file'> | null,
  items: readonly Item[],
): Promise<ReadyItem[]> {
  const known = new Map<string, string>()
  for (const [kind, some] of Map.groupBy(items, (each) => each.kind))
    for (const [id, { version }] of await refsOf(
      desk.database,
      name,
      kind,
      some.map((each) => each.id),
    ))
      known.set(`${kind} ${id}`, version)
  const ready: ReadyItem[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item !== undefined)
        ready[index] = await readyItem(desk, client, item, known.get(`${item.kind} ${item.id}`))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return ready
}

async function readyItem(
  desk: Desk,
  client: Pick<Client, 'file'> | null,
  item: Item,
  version: string | undefined,
): Promise<ReadyItem> {
  const { kind, id } = item
  const place = placeOf(item)
  if ('skipped' in item)
    return { kind, id, ...place, outcome: 'skipped', reason: item.skipped, settled: true }
  if (item.version === version) return { kind, id, outcome: 'unchanged', settled: true }
  if (item.kind === 'articles') return readyArticle(desk, client, item)
  if (item.kind !== 'tickets') return item
  try {
    const story = await item.life()
    const { files, lacks } = await filesOf(desk, client, story.steps)
    return {
      kind: 'tickets',
      id,
      ...place,
      version: lacks === null ? item.version : `${item.version}${LACKING}`,
      story,
      files,
      lacks: allSaid([lacks, story.mended ?? null]),
    }
  } catch (error) {
    // What passes is no word on this ticket: the run stops here and goes on from here.
    if (!(error instanceof Fault) || error.retryable || error.code === '401') throw error
    return { kind, id, ...place, outcome: 'failed', reason: error.message, settled: true }
  }
}

async function readyArticle(
  desk: Desk,
  client: Pick<Client, 'file'> | null,
  article: ArticleStory,
): Promise<ReadyArticle> {
  const rows: NewAttachmentRow[] = []
  let { html, mended } = article
  const lacking: string[] = []
  for (const file of article.files) {
    const row = await fileOf(desk, client, file)
    const contentId = 'kept' in file ? file.kept.contentId : file.contentId
    const isHere = typeof row !== 'string'
    if (isHere) rows.push(row)
    else {
      lacking.push(contentId ?? '')
      mended = allSaid([article.mended, row])
    }
    const address = !isHere && 'url' in file ? file.url : null
    html = isHere
      ? html.replaceAll(`"cid:${contentId}"`, () => `"${placeOfFile(row)}"`)
      : withoutFile(html, contentId ?? '', address)
  }
  // By what it lacks: as soon as it lacks less it is told anew.
  const version = lacking.length === 0 ? article.version : `${article.version}${LACKING}${versionOf(lacking)}`
  return { ...article, html, version, mended, files: rows }
}

async function filesOf(desk: Desk, client: Pick<Client, 'file'> | null, steps: readonly Step[]) {
  const files = new Map<string, NewAttachmentRow[]>()
  let lacks: string | null = null
  for (const { id, message } of steps) {
    const rows: NewAttachmentRow[] = []
    for (const file of message?.files ?? []) {
      const row = await fileOf(desk, client, file)
      if (typeof row === 'string') lacks = row
      else rows.push(row)
    }
    if (rows.length > 0) files.set(id, rows)
  }
  return { files, lacks }
}

async function fileOf(
  desk: Desk,
  client: Pick<Client, 'file'> | null,
  file: FileStory,
): Promise<NewAttachmentRow | string> {
  if ('kept' in file) return file.kept
  if ('url' in file && client === null) return 'a file was not fetched: the export has only its address'
  const { name, type, contentId } = file
  try {
    const bytes =
      'url' in file
        ? await client?.file(file.url, file.isSaid === true ? 'nobody' : 'desk').catch(final)
        : await file.bytes()
    if (bytes === undefined) throw new Error('Bug: an address without a client')
    const sha256 = await desk.blobs.put(bytes)
    return { sha256, name, type, size: bytes.length, contentId, inline: contentId !== null }
  } catch (error) {
    if (error instanceof Fault && !error.retryable)
      return `a file could not be fetched: ${error.message.slice(0, 120)}`
    throw error
  }
}
