// Freshdesk's canned responses, and its solutions in each of their languages. Names of its API: https://developers.freshdesk.com/api
import type { Client, Json } from '#imports/client.ts'
import { languageIn } from '#imports/languages.ts'
import { placedFiles, withListed } from '#imports/placed-files.ts'
import { allSaid, filledAs, unknownPlaceholders } from '#imports/placeholders.ts'
import { filesOf, fixed, momentOf, textOf } from '#imports/read-values.ts'
import type { ArticleStory, Item, ReplyStory, SectionStory } from '#imports/story.ts'
import { chained, gathered, NOT_GIVEN, type Given, type Stream } from '#imports/streams.ts'
import { eachGroup } from '#imports/text-stories.ts'
import { versionOf } from '#imports/version.ts'
import { htmlOfText } from '#mail/sanitise.ts'

type Plain = Omit<Stream<Item>, 'item'>
type Texts = readonly (Given<Item> | Stream<Item>)[]
type Making = (kind: string, list: string) => Plain

const VARIABLES = {
  'ticket.requester.name': 'requester.name',
  'ticket.requester.firstname': 'requester.firstName',
  'ticket.requester.email': 'requester.email',
  'ticket.from_email': 'requester.email',
  'ticket.id': 'ticket.id',
  'ticket.subject': 'ticket.subject',
  helpdesk_name: 'desk.name',
  'ticket.portal_name': 'desk.name',
} as const

/** All its texts; what is under others is asked for now, they themselves are read when it is their turn. */
export async function textsOf(client: Client, stream: Making): Promise<Texts> {
  return [...(await repliesOf(client, stream)), ...(await solutionsOf(client, stream))]
}

async function repliesOf(client: Client, stream: Making): Promise<Texts> {
  const { all, missing } = await listed(client, stream('replies', 'canned_response_folders'))
  const lost = missing === null ? [] : [{ kind: 'replies', items: [], missing: [missing] }]
  if (all.length === 0) return lost
  const own = new Set(all.filter((each) => each['personal'] === true).map((each) => String(each['id'])))
  const me =
    own.size === 0 ? null : ((await client.get('/api/v2/agents/me')).json?.['id'] ?? 'whose key it is')
  const names = new Map(all.map((each) => [String(each['id']), textOf(each['name'])]))
  const item = (record: Json) => {
    const folder = String(record['folder_id'])
    return replyOf(record, names.get(folder) ?? '', own.has(folder) ? String(me) : null)
  }
  const links = all.map(
    ({ id }) => `/api/v2/canned_response_folders/${String(id)}/responses?per_page=100&page=1`,
  )
  return [chained<Item>({ ...stream('replies', 'responses'), item }, links), ...lost]
}

/** A canned response, once for each of several groups that it is for. Its files are no part of macros here. */
export function replyOf(record: Json, folder: string, ownFolderOf: string | null): ReplyStory[] {
  const filled = filledAs(
    textOf(record['content_html']) || htmlOfText(textOf(record['content'])),
    'braces',
    VARIABLES,
  )
  const attachments = Array.isArray(record['attachments']) ? record['attachments'].length : 0
  const told = {
    name: textOf(record['title']),
    folder,
    html: filled.text,
    messageKind: 'reply' as const,
    owner: ownFolderOf,
    isInUse: true,
    set: {},
    mended: allSaid([
      attachments === 0 ? null : `its files stay behind (${attachments})`,
      unknownPlaceholders(filled.unknown),
    ]),
  }
  const ids = Array.isArray(record['group_ids']) ? record['group_ids'].map(String) : []
  return eachGroup(String(record['id']), ids, told)
}

async function solutionsOf(client: Client, stream: Making): Promise<Texts> {
  const languages = await languagesOf(client)
  const tree = await treeOf(client, stream, languages)
  const folders = [...tree.sections.values()].filter(({ visibility }) => visibility !== null)
  const articles = languages.map((language, index) => {
    const links = folders.map(({ number }) => {
      const list = `/api/v2/solutions/folders/${number}/articles`
      return `${list}${index === 0 ? '' : `/${language}`}?per_page=100&page=1`
    })
    const item = (record: Json) => articleOf(record, language, tree.sections)
    return chained<Item>({ ...stream('articles', 'articles'), item }, links)
  })
  return [
    { kind: 'sections', items: storiesOf(tree.sections), missing: tree.missing },
    ...(folders.length === 0 ? [] : articles),
  ]
}

/** The languages of its solutions, its own first, as they are named there; `''` where it does not say. */
async function languagesOf(client: Client): Promise<string[]> {
  const { json } = await client.get('/api/v2/settings/helpdesk')
  const others = ['supported_languages', 'portal_languages'].flatMap((name) => json?.[name] ?? [])
  return [...new Set([fixed(json?.['primary_language']) ?? '', ...others.map(String)])]
}

type Found = {
  readonly number: string
  names: Readonly<Record<string, string>>
  readonly parent: string | null
  /** 1: for everybody, which nothing is that does not say so; null: it is a category, in which no articles lie. */
  readonly visibility: number | null
}
type Sections = Map<string, Found>

/** Categories, the folders in them and the folders in those, with their names in each language. */
async function treeOf(client: Client, stream: Making, languages: readonly string[]) {
  const sections: Sections = new Map()
  const missing: string[] = []
  const read = async (list: string) => {
    const found = await listed(client, stream('sections', `solutions/${list}`))
    if (found.missing !== null) missing.push(found.missing)
    return found.all
  }
  /** What is not said in a language is none of it. */
  const said = async (list: string) => {
    const found = await listed(client, stream('sections', `solutions/${list}`))
    if (found.missing !== null && found.missing !== NOT_GIVEN) missing.push(found.missing)
    return found.all
  }
  const add = (record: Json, prefix: 'c' | 'f', parent: string | null, language: string) => {
    const number = String(record['id'])
    const known = sections.get(`${prefix}${number}`)
    const names = { [languageIn(language) ?? '']: textOf(record['name']).trim() || '–', ...known?.names }
    const visibility = prefix === 'c' ? null : Number(record['visibility'] ?? known?.visibility ?? 0)
    sections.set(
      `${prefix}${number}`,
      known === undefined ? { number, names, parent, visibility } : { ...known, names },
    )
    return number
  }
  const [own = '', ...others] = languages
  const addFolder = async (folder: Json, parent: string): Promise<void> => {
    // One that is listed in itself is there already.
    if (sections.has(`f${String(folder['id'])}`)) return
    const number = add(folder, 'f', parent, own)
    if (Number(folder['sub_folders_count'] ?? 0) > 0)
      for (const inner of await read(`folders/${number}/subfolders`)) await addFolder(inner, `f${number}`)
  }
  for (const category of await read('categories')) {
    const id = add(category, 'c', null, own)
    for (const folder of await read(`categories/${id}/folders`)) await addFolder(folder, `c${id}`)
  }
  const categories = [...sections].filter(([, { visibility }]) => visibility === null)
  for (const language of categories.length === 0 ? [] : others) {
    for (const category of await said(`categories/${language}`)) add(category, 'c', null, language)
    for (const [id, { number }] of categories)
      for (const folder of await said(`categories/${number}/folders/${language}`))
        add(folder, 'f', id, language)
  }
  return { sections, missing }
}

function listed(client: Client, plain: Plain) {
  return gathered(client, { ...plain, item: (record: Json) => record })
}

function storiesOf(sections: Sections): SectionStory[] {
  return [...sections].map(([id, { names, parent }]) => ({
    kind: 'sections',
    id,
    names,
    parent,
    version: versionOf([names, parent]),
  }))
}

/** A solution in a language. What some may not see there only agents see here. */
export function articleOf(record: Json, language: string, sections: Sections): ArticleStory | null {
  const number = fixed(record['id'])
  if (number === null) return null
  const folder = fixed(record['folder_id'])
  const section = folder === null ? null : `f${folder}`
  const isOpen = sections.get(section ?? '')?.visibility === 1
  const placed = placedFiles(textOf(record['description']))
  const { html, files } = withListed(placed, filesOf(record['attachments'], null).files)
  const beside = Array.isArray(record['attachments']) ? (record['attachments'] as Json[]) : []
  // What is signed in an address is another each time that it is asked for.
  const pictures = placed.files.map((file) => ('url' in file ? file.url.split('?')[0] : ''))
  const attached = beside.map(({ id, name, size }) => [id, name, size])
  const told = {
    title: textOf(record['title']),
    html,
    language: languageIn(language),
    section,
    audience: isOpen ? ('public' as const) : ('agents' as const),
    status: record['status'] === 2 ? ('published' as const) : ('draft' as const),
    author: fixed(record['agent_id']),
    group: number,
    createdAt: momentOf(record['created_at']),
    updatedAt: momentOf(record['updated_at']),
    mended: isOpen ? null : 'only some may read it there: only agents may here',
  }
  return {
    kind: 'articles',
    id: `${number}/${language}`,
    version: versionOf([told, pictures, attached]),
    files,
    ...told,
  }
}
