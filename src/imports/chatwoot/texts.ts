// Chatwoot's canned responses, and the articles of its portals. Both are written in Markdown.
import { agentName } from '#imports/chatwoot/read-records.ts'
import {
  articlesAfter,
  cannedAfter,
  categoriesOf,
  hasPortals,
  portalsOf,
} from '#imports/chatwoot/text-store.ts'
import { languageIn } from '#imports/languages.ts'
import type { Entry, OldDatabase } from '#imports/old-store.ts'
import { listed, type Stage } from '#imports/pages.ts'
import { placedFiles } from '#imports/placed-files.ts'
import { fixed, textOf, utc } from '#imports/read-values.ts'
import type { Item } from '#imports/story.ts'
import { articleTold, cannedText, sectionsTold } from '#imports/text-stories.ts'
import { written } from '#mail/written.ts'

const AT_ONCE = 50
const NAMES = {
  'contact.name': 'requester.name',
  'contact.first_name': 'requester.firstName',
  'contact.email': 'requester.email',
  'conversation.id': 'ticket.id',
  'conversation.display_id': 'ticket.id',
  'agent.name': 'agent.name',
  'agent.first_name': 'agent.firstName',
  'account.name': 'desk.name',
  'inbox.name': 'desk.name',
} as const
const [PUBLISHED, ARCHIVED] = [1, 2]

/** The stages of an account's texts. */
export async function textStages(db: OldDatabase, account: number): Promise<Stage[]> {
  const canned: Stage = async (after) => {
    const rows = await cannedAfter(db, account, after, AT_ONCE)
    return rows.flatMap((row) => cannedOf(row).map((item) => ({ id: Number(row['id']), item })))
  }
  if (!hasPortals(db)) return [canned]
  const categories = await categoriesOf(db, account)
  const rootOf = rootsOf(categories)
  const sections = await sectionsOf(db, account, categories, rootOf)
  const articles: Stage = async (after) => {
    const rows = await articlesAfter(db, account, after, AT_ONCE)
    return rows.map((row) => ({ id: Number(row['id']), item: articleOf(row, rootOf) }))
  }
  return [canned, listed(sections), articles]
}

function cannedOf(record: Entry): Item[] {
  return cannedText({
    id: String(record['id']),
    name: textOf(record['short_code']),
    html: written(textOf(record['content']), 'markdown').html ?? '',
    form: 'braces',
    names: NAMES,
    owner: null,
    groups: [],
    isInUse: true,
  })
}

type Roots = (category: string) => string

/** The category that those of other languages translate. */
function rootsOf(categories: readonly Entry[]): Roots {
  const roots = new Map(
    categories.flatMap(({ id, associated_category_id: root }) =>
      root == null ? [] : [[String(id), String(root)] as const],
    ),
  )
  return (category) => roots.get(category) ?? category
}

/** Where there are several portals each is a section, and its categories lie in it. */
async function sectionsOf(
  db: OldDatabase,
  account: number,
  categories: readonly Entry[],
  rootOf: Roots,
): Promise<Item[]> {
  const portals = await portalsOf(db, account)
  const tops = portals.length < 2 ? [] : portals
  return sectionsTold([
    ...tops.map(({ id, name }) => ({ id: `p${String(id)}`, language: '', name: textOf(name), parent: null })),
    // Those that others translate first: they have the place.
    ...categories
      .toSorted(
        (a, b) => Number(a['associated_category_id'] != null) - Number(b['associated_category_id'] != null),
      )
      .map((each) => {
        const parent = fixed(each['parent_category_id'])
        return {
          id: rootOf(String(each['id'])),
          language: languageIn(each['locale']) ?? '',
          name: textOf(each['name']),
          parent:
            parent === null ? (tops.length === 0 ? null : `p${String(each['portal_id'])}`) : rootOf(parent),
        }
      }),
  ])
}

function articleOf(row: Entry, rootOf: Roots): Item {
  const id = String(row['id'])
  const status = Number(row['status'])
  const category = fixed(row['category_id'])
  const author = fixed(row['author_id'])
  const isArchived = status === ARCHIVED || row['archived'] === true
  return articleTold({
    id,
    title: textOf(row['title']),
    ...placedFiles(written(textOf(row['content']), 'markdown').html ?? ''),
    language: languageIn(row['locale']),
    section: category === null ? null : rootOf(category),
    audience: 'public',
    status: isArchived ? 'archived' : status === PUBLISHED ? 'published' : 'draft',
    author: author === null ? null : agentName(author),
    group: fixed(row['root']) ?? id,
    createdAt: utc(row['created_at']),
    updatedAt: utc(row['updated_at']),
    mended: null,
  })
}
