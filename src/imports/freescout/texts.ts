// FreeScout's saved replies, and the knowledge base of each mailbox in each of its languages.
import { momentIn } from '#imports/csv/moment.ts'
import type { Old } from '#imports/freescout/freescout-store.ts'
import {
  articlesAfter,
  categoriesOf,
  foldersOf,
  hasKnowledge,
  savedAfter,
  shelvesOf,
} from '#imports/freescout/text-store.ts'
import { languageIn } from '#imports/languages.ts'
import type { Entry } from '#imports/old-store.ts'
import { listed, type Stage } from '#imports/pages.ts'
import { placedFiles } from '#imports/placed-files.ts'
import { entryIn, fixed, textOf } from '#imports/read-values.ts'
import type { Item } from '#imports/story.ts'
import { articleTold, cannedText, sectionsTold } from '#imports/text-stories.ts'

const AT_ONCE = 50
const PUBLISHED = 2
/** Of a category, and of a mailbox's part of the knowledge base. */
const PUBLIC = 1
const NAMES = {
  'customer.fullname': 'requester.name',
  'customer.firstname': 'requester.firstName',
  'customer.email': 'requester.email',
  'conversation.number': 'ticket.id',
  subject: 'ticket.subject',
  'user.fullname': 'agent.name',
  'user.firstname': 'agent.firstName',
  'mailbox.name': 'desk.name',
} as const

/** The stages of its texts. */
export async function textStages(old: Old, zone: string): Promise<Stage[]> {
  const folderOf = foldersIn(await foldersOf(old))
  const saved: Stage = async (after) => {
    const rows = await savedAfter(old, after, AT_ONCE)
    return rows.flatMap((row) => savedOf(row, folderOf).map((item) => ({ id: Number(row['id']), item })))
  }
  if (!hasKnowledge(old)) return [saved]
  const shelves = await shelvesOf(old)
  const categories = await categoriesOf(old)
  const reading = { zone, shelves: new Map(shelves.map((each) => [String(each['id']), shelfIn(each)])) }
  const open = openIn(categories)
  const articles: Stage = async (after) => {
    const rows = await articlesAfter(old, after, AT_ONCE)
    return rows.flatMap((row) =>
      articlesOf(row, { ...reading, open }).map((item) => ({ id: Number(row['id']), item })),
    )
  }
  return [saved, listed(sectionsOf(shelves, categories, reading)), articles]
}

/** The folder of a saved reply: the names of those that it lies in. */
function foldersIn(found: readonly Entry[]): (id: string) => string {
  const byId = new Map(found.map((each) => [String(each['id']), each]))
  return (id) => {
    const names: string[] = []
    const seen = new Set([id])
    for (let at = fixed(byId.get(id)?.['parent']); at !== null && !seen.has(at);) {
      const around = byId.get(at)
      if (around === undefined) break
      seen.add(at)
      names.unshift(textOf(around['name']).replaceAll('/', '-').trim())
      at = fixed(around['parent'])
    }
    return names.join('/')
  }
}

function savedOf(record: Entry, folderOf: (id: string) => string): Item[] {
  const id = String(record['id'])
  const files = Object.keys(entryIn(record['files'])).length
  return cannedText({
    id,
    name: textOf(record['name']),
    folder: folderOf(id),
    html: textOf(record['text']),
    form: 'braces',
    names: NAMES,
    owner: null,
    groups: Number(record['is_global']) === 1 ? [] : [String(record['mailbox_id'])],
    isInUse: true,
    mended: files > 0 ? 'its files and pictures stay behind' : null,
  })
}

/** Of a mailbox: the language that its texts are written in first, and whether everybody may read them. */
type Shelf = { readonly language: string | null; readonly isOpen: boolean }
type Reading = { readonly zone: string; readonly shelves: ReadonlyMap<string, Shelf> }

function shelfIn(mailbox: Entry): Shelf {
  const settings = entryIn(entryIn(mailbox['meta'])['kb'])
  const [first] = Object.values(entryIn(settings['locales']))
  // Unless it says otherwise everybody may; what it says in a word that is not known is no.
  const visibility = settings['visibility'] ?? PUBLIC
  return { language: languageIn(first), isOpen: Number(visibility) === PUBLIC }
}

type Said = { readonly language: string | null; readonly text: string }

/** A text in its languages, the first one first: it is kept as JSON once it was translated or changed, else as it is. */
function saidIn(value: unknown, { language = null }: Partial<Shelf> = {}): Said[] {
  const text = textOf(value)
  const { v: first, l: called, ...others } = entryIn(/^\s*\{/.test(text) ? text : null)
  if (first === undefined && Object.keys(others).length === 0) return [{ language, text }]
  return [
    { language: languageIn(called) ?? language, text: textOf(first) },
    ...Object.entries(others).map(([locale, each]) => ({ language: languageIn(locale), text: textOf(each) })),
  ].filter(({ text: each }, index) => index === 0 || each.trim() !== '')
}

/** Where several mailboxes have a knowledge base each is a section, and its categories lie in it. */
function sectionsOf(shelves: readonly Entry[], categories: readonly Entry[], reading: Reading): Item[] {
  const tops = shelves.length < 2 ? [] : shelves
  return sectionsTold([
    ...tops.map(({ id, name }) => ({ id: `m${String(id)}`, language: '', name: textOf(name), parent: null })),
    ...categories.flatMap(({ id, name, parent, mailbox_id: mailbox }) =>
      saidIn(name, reading.shelves.get(String(mailbox))).map(({ language, text }) => ({
        id: String(id),
        language: language ?? '',
        name: text,
        parent: Number(parent) > 0 ? String(parent) : tops.length === 0 ? null : `m${String(mailbox)}`,
      })),
    ),
  ])
}

/** Categories that everybody may read: those of which nothing around them is closed. */
function openIn(categories: readonly Entry[]): ReadonlySet<string> {
  const open = new Map(
    categories
      .filter((each) => Number(each['visibility']) === PUBLIC)
      .map(({ id, parent }) => [String(id), Number(parent) > 0 ? String(parent) : null] as const),
  )
  for (let before = -1; before !== open.size;) {
    before = open.size
    for (const [id, parent] of open) if (parent !== null && !open.has(parent)) open.delete(id)
  }
  return new Set(open.keys())
}

/** An article once for each of its languages. One that stands nowhere, or somewhere that is closed, only agents read. */
function articlesOf(
  row: Entry,
  { zone, shelves, open }: Reading & { readonly open: ReadonlySet<string> },
): Item[] {
  const id = String(row['id'])
  const shelf = shelves.get(String(row['mailbox_id'])) ?? { language: null, isOpen: false }
  const categories = row['categories'] as readonly string[]
  const isPublic = shelf.isOpen && categories.length > 0 && categories.every((each) => open.has(each))
  const isPublished = Number(row['status']) === PUBLISHED
  const titles = saidIn(row['title'], shelf)
  const texts = saidIn(row['text'], shelf)
  const moment = (name: string) => momentIn(textOf(row[name]), 'ymd', zone)
  const [first] = titles
  return titles.map((title) => {
    const text = title === first ? texts[0] : texts.find(({ language }) => language === title.language)
    return articleTold({
      id: title === first ? id : `${id}/${title.language}`,
      title: title.text,
      ...placedFiles(text?.text ?? ''),
      language: title.language,
      section: categories[0] ?? null,
      audience: isPublic ? 'public' : 'agents',
      status: isPublished ? 'published' : 'draft',
      author: null,
      group: id,
      createdAt: moment('created_at'),
      updatedAt: moment('updated_at'),
      mended: isPublished && !isPublic ? 'it is not open to everybody there: only agents read it here' : null,
    })
  })
}
