// Zendesk's help center: its categories and sections as ours, and its articles in each of their languages. Names of its API:
// https://developer.zendesk.com/api-reference/help_center/help-center-api/introduction/
import type { Client, Json } from '#imports/client.ts'
import { languageIn } from '#imports/languages.ts'
import { placedFiles } from '#imports/placed-files.ts'
import { fixed, momentOf, textOf } from '#imports/read-values.ts'
import type { ArticleStory, Item, SectionStory } from '#imports/story.ts'
import { chained, gathered, NOT_GIVEN, type Given, type Stream } from '#imports/streams.ts'
import { versionOf } from '#imports/version.ts'
import { Fault } from '#kit/fault.ts'

type Plain = Omit<Stream<Json>, 'item'>
const CENTER = '/api/v2/help_center'

/** Its sections, read now, and its articles, to be read; nothing where there is no help center. */
export async function helpCenterOf(
  client: Client,
  stream: (kind: string, list: string) => Plain,
): Promise<readonly (Given<Item> | Stream<Item>)[]> {
  const locales = await localesOf(client)
  if (typeof locales === 'string') return [{ kind: 'articles', items: [], missing: [locales] }]
  if (locales.length === 0) return []
  const found: { kind: 'c' | 's'; language: string; record: Json }[] = []
  const missing: string[] = []
  for (const locale of locales)
    for (const [kind, list] of [
      ['c', 'categories'],
      ['s', 'sections'],
    ] as const) {
      const plain = { ...stream('sections', list), paths: [`${CENTER}/${locale}/${list}.json?per_page=100`] }
      const { all, missing: why } = await gathered(client, { ...plain, item: (record: Json) => record })
      if (why !== null) missing.push(why)
      found.push(...all.map((record) => ({ kind, language: languageIn(locale) ?? '', record })))
    }
  const articles = {
    ...stream('articles', 'articles'),
    item: (record: Json) => {
      const at = fixed(record['url'])
      if (at !== null) client.isHome(at)
      return articleOf(record)
    },
  }
  const links = locales.map((locale) => `${CENTER}/${locale}/articles.json?per_page=100`)
  return [{ kind: 'sections', items: sectionsOf(found), missing }, chained<Item>(articles, links)]
}

/** The languages that it is in, its own first; or why they cannot be had. */
async function localesOf(client: Client): Promise<string[] | string> {
  const { status, json } = await client.get(`${CENTER}/locales.json`).catch((error: unknown) => {
    // Where the help center is closed a page to sign in on comes instead.
    if (error instanceof Fault && error.code === 'JSON') return { status: 200, json: error.message }
    throw error
  })
  if (typeof json === 'string') return json
  // Where there is none it is not found; whose key may not read it is told so.
  if (status === 403) return NOT_GIVEN
  const given = Array.isArray(json?.['locales']) ? json['locales'].map(String) : []
  const first = fixed(json?.['default_locale'])
  return [...new Set([...(first === null ? [] : [first]), ...given])].filter(
    (each) => languageIn(each) !== null,
  )
}

/** Each section once with its names in all languages, what lies around it before it. */
function sectionsOf(found: readonly { kind: 'c' | 's'; language: string; record: Json }[]): SectionStory[] {
  const stories = new Map<string, { names: Record<string, string>; parent: string | null; at: number }>()
  for (const { kind, language, record } of found) {
    const id = `${kind}${String(record['id'])}`
    const around = fixed(record['parent_section_id'])
    const category = fixed(record['category_id'])
    const parent = kind === 'c' ? null : around === null ? category && `c${category}` : `s${around}`
    const known = stories.get(id) ?? { names: {}, parent, at: Number(record['position'] ?? 0) }
    stories.set(id, { ...known, names: { [language]: textOf(record['name']).trim() || '–', ...known.names } })
  }
  const told = [...stories].map(([id, { at, ...rest }]) => ({ id, at, ...rest }))
  const inOrder: SectionStory[] = []
  const walk = (parent: string | null): void => {
    const here = told
      .filter((each) => (stories.has(each.parent ?? '') ? each.parent : null) === parent)
      .toSorted((a, b) => a.at - b.at)
    for (const { id, names } of here) {
      inOrder.push({ kind: 'sections', id, version: versionOf([names, parent]), names, parent })
      walk(id)
    }
  }
  walk(null)
  return inOrder
}

/** An article in the language of the list that it stands in. Whom it is shown to there is told apart from everybody only. */
export function articleOf(record: Json): ArticleStory | null {
  const locale = fixed(record['locale'])
  const number = fixed(record['id'])
  if (number === null) return null
  const isFile = (address: string) => /\/(?:article_attachments|guide-media|attachments)\//.test(address)
  const { html, files } = placedFiles(textOf(record['body']), isFile, fixed(record['html_url']))
  const section = fixed(record['section_id'])
  const isLimited =
    record['user_segment_id'] != null || (record['user_segment_ids'] as unknown[] | null)?.length
  const told = {
    title: textOf(record['title'] ?? record['name']),
    html,
    language: languageIn(locale),
    section: section === null ? null : `s${section}`,
    audience: isLimited ? ('agents' as const) : ('public' as const),
    status: record['draft'] === true ? ('draft' as const) : ('published' as const),
    author: fixed(record['author_id']),
    group: number,
    createdAt: momentOf(record['created_at']),
    updatedAt: momentOf(record['updated_at']),
    mended: isLimited ? 'only some may read it there: only agents may here' : null,
  }
  const id = `${number}/${locale ?? ''}`
  return {
    kind: 'articles',
    id,
    version: versionOf([told, files.map((file) => ('url' in file ? file.url : ''))]),
    files,
    ...told,
  }
}
