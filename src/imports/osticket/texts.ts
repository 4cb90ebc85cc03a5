// osTicket's canned responses, and the answers of its knowledge base.
import { momentIn } from '#imports/csv/moment.ts'
import type { Entry } from '#imports/old-store.ts'
import type { Old } from '#imports/osticket/osticket-store.ts'
import { departmentName } from '#imports/osticket/read-records.ts'
import {
  answerFilesOf,
  answersAfter,
  cannedAfter,
  categoriesOf,
  hasKnowledge,
  isKnowledgeOpen,
} from '#imports/osticket/text-store.ts'
import { listed, type Stage } from '#imports/pages.ts'
import { withListed } from '#imports/placed-files.ts'
import { fixed, textOf } from '#imports/read-values.ts'
import type { FileStory, Item } from '#imports/story.ts'
import { articleTold, cannedText, sectionsTold } from '#imports/text-stories.ts'

const AT_ONCE = 50
const NAMES = {
  'ticket.name': 'requester.name',
  'ticket.name.full': 'requester.name',
  'ticket.name.first': 'requester.firstName',
  'ticket.user.name': 'requester.name',
  'ticket.user.name.first': 'requester.firstName',
  'ticket.email': 'requester.email',
  'ticket.number': 'ticket.id',
  'ticket.subject': 'ticket.subject',
  'company.name': 'desk.name',
} as const

type Named = Exclude<FileStory, { kept: unknown }>

/** The stages of its texts; `fileFrom` has the bytes of what it stores. */
export async function textStages(
  old: Old,
  zone: string,
  fileFrom: (record: Entry) => Named,
): Promise<Stage[]> {
  const canned: Stage = async (after) => {
    const rows = await cannedAfter(old, after, AT_ONCE)
    return rows.flatMap((row) => cannedOf(row).map((item) => ({ id: Number(row['id']), item })))
  }
  if (!hasKnowledge(old)) return [canned]
  const categories = await categoriesOf(old)
  const isAllOpen = await isKnowledgeOpen(old)
  const open = isAllOpen ? openIn(categories) : new Set<string>()
  const sections = sectionsTold(
    categories.map(({ id, name, parent }) => ({
      id: String(id),
      language: '',
      name: textOf(name),
      parent: Number(parent) > 0 ? String(parent) : null,
    })),
  )
  const articles: Stage = async (after) => {
    const rows = await answersAfter(old, after, AT_ONCE)
    const files = await answerFilesOf(
      old,
      rows.map(({ id }) => Number(id)),
    )
    return rows.map((row) => {
      const own = (files.get(Number(row['id'])) ?? []).map(fileFrom)
      return { id: Number(row['id']), item: articleOf(row, own, { open, isAllOpen, zone }) }
    })
  }
  return [canned, listed(sections), articles]
}

function cannedOf(record: Entry): Item[] {
  const department = Number(record['dept_id'])
  return cannedText({
    id: String(record['id']),
    name: textOf(record['title']),
    html: textOf(record['response']),
    form: 'percent',
    names: NAMES,
    owner: null,
    groups: department > 0 ? [departmentName(department)] : [],
    isInUse: Number(record['isenabled']) !== 0,
    mended: Number(record['files']) > 0 ? 'its files and pictures stay behind' : null,
  })
}

/** Categories that everybody may read: those of which nothing around them is closed. */
function openIn(categories: readonly Entry[]): ReadonlySet<string> {
  const closed = new Set(
    categories.filter((each) => Number(each['ispublic']) === 0).map(({ id }) => String(id)),
  )
  for (let before = -1; before !== closed.size;) {
    before = closed.size
    for (const { id, parent } of categories) if (closed.has(String(parent))) closed.add(String(id))
  }
  return new Set(categories.map(({ id }) => String(id)).filter((id) => !closed.has(id)))
}

type Reading = { readonly open: ReadonlySet<string>; readonly isAllOpen: boolean; readonly zone: string }

function articleOf(row: Entry, files: readonly Named[], { open, isAllOpen, zone }: Reading): Item {
  const category = fixed(row['category_id'])
  // Its text calls a picture by the key of its file, and says so in either kind of quotes.
  const html = textOf(row['answer']).replaceAll(/(\ssrc\s*=\s*)["']cid:([^"'<>]+)["']/gi, '$1"cid:$2"')
  const inside = files.filter(({ contentId }) => contentId !== null)
  const beside = files.filter(({ contentId }) => contentId === null)
  const isPublished = Number(row['ispublished']) > 0
  const moment = (name: string) => momentIn(textOf(row[name]), 'ymd', zone)
  return articleTold({
    id: String(row['id']),
    title: textOf(row['question']),
    ...withListed({ html, files: inside }, beside),
    language: null,
    section: category,
    // What was not public there agents read there, and read here.
    audience: isPublished && open.has(category ?? '') ? 'public' : 'agents',
    status: 'published',
    author: null,
    group: String(row['id']),
    createdAt: moment('created'),
    updatedAt: moment('updated'),
    mended:
      isPublished && !isAllOpen
        ? 'its knowledge base is not open to everybody: only agents read it here'
        : null,
  })
}
