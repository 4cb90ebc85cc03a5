// Zammad's text modules, and its knowledge base in each of its languages.
import { languageIn } from '#imports/languages.ts'
import type { Entry, OldDatabase } from '#imports/old-store.ts'
import { listed, type Stage } from '#imports/pages.ts'
import { withListed } from '#imports/placed-files.ts'
import { fixed, textOf, utc, withPictures } from '#imports/read-values.ts'
import type { FileStory, Item } from '#imports/story.ts'
import { articleTold, cannedText, sectionsTold } from '#imports/text-stories.ts'
import {
  answersAfter,
  categoriesOf,
  hasKnowledge,
  knowledgeFilesOf,
  textModulesAfter,
} from '#imports/zammad/text-store.ts'
import type { Instant } from '#kit/time.ts'

const AT_ONCE = 50
const NAMES = {
  'ticket.customer.fullname': 'requester.name',
  'ticket.customer.firstname': 'requester.firstName',
  'ticket.customer.email': 'requester.email',
  'ticket.number': 'ticket.id',
  'ticket.id': 'ticket.id',
  'ticket.title': 'ticket.subject',
  'user.fullname': 'agent.name',
  'user.firstname': 'agent.firstName',
  'config.product_name': 'desk.name',
  'config.organization': 'desk.name',
} as const

type FileFrom = (record: Entry) => Exclude<FileStory, { kept: unknown }>

/** The stages of its texts; `fileFrom` has the bytes of what it stores. */
export async function textStages(db: OldDatabase, now: () => Instant, fileFrom: FileFrom): Promise<Stage[]> {
  const modules: Stage = async (after) => {
    const rows = await textModulesAfter(db, after, AT_ONCE)
    return rows.flatMap((row) => moduleOf(row).map((item) => ({ id: Number(row['id']), item })))
  }
  if (!hasKnowledge(db)) return [modules]
  const categories = await categoriesOf(db)
  const limited = limitedIn(categories)
  const sections = sectionsTold(
    categories.map((each) => ({
      id: String(each['id']),
      language: languageIn(each['locale']) ?? '',
      name: textOf(each['title']),
      parent: fixed(each['parent_id']),
    })),
  )
  return [
    modules,
    listed(sections),
    async (after) => articlesAfter(db, { fileFrom, limited, now: now() }, after),
  ]
}

function moduleOf(record: Entry): Item[] {
  const groups = record['groups']
  return cannedText({
    id: String(record['id']),
    name: textOf(record['name']),
    html: textOf(record['content']),
    form: 'hash',
    names: NAMES,
    owner: fixed(record['user_id']),
    groups: Array.isArray(groups) ? groups.map(String) : [],
    isInUse: record['active'] !== false,
  })
}

/** Categories that only some may read, and all that lie in them. */
function limitedIn(categories: readonly Entry[]): ReadonlySet<string> {
  const limited = new Set(categories.filter((each) => each['limited'] === true).map(({ id }) => String(id)))
  for (let before = -1; before !== limited.size;) {
    before = limited.size
    for (const { id, parent_id: parent } of categories)
      if (limited.has(String(parent))) limited.add(String(id))
  }
  return limited
}

const PICTURE = /\/api\/v1\/attachments\/(\d+)/

type Reading = { readonly fileFrom: FileFrom; readonly limited: ReadonlySet<string>; readonly now: Instant }

async function articlesAfter(db: OldDatabase, reading: Reading, after: number): ReturnType<Stage> {
  const rows = await answersAfter(db, after, AT_ONCE)
  const inside = rows.flatMap(({ body }) =>
    [...textOf(body).matchAll(new RegExp(PICTURE, 'g'))].map(([, id]) => Number(id)),
  )
  const answers = rows.map((each) => Number(each['answer_id']))
  const files = await knowledgeFilesOf(db, [...new Set(answers)], [...new Set(inside)])
  return rows.map((row) => ({ id: Number(row['id']), item: articleOf(row, files, reading) }))
}

function articleOf(row: Entry, files: readonly Entry[], { fileFrom, limited, now }: Reading): Item {
  const answer = String(row['answer_id'])
  const pictures = new Map<string, FileStory>()
  const body = withPictures(textOf(row['body']), (address) => {
    const id = PICTURE.exec(address)?.[1]
    const found = files.find((each) => String(each['id']) === id)
    if (id === undefined || found === undefined) return null
    pictures.set(id, { ...fileFrom(found), contentId: `old-${id}` })
    return `old-${id}`
  })
  const beside = files.filter(
    (each) => each['object'] === 'KnowledgeBase::Answer' && String(each['o_id']) === answer,
  )
  const placed = withListed({ html: body, files: [...pictures.values()] }, beside.map(fileFrom))
  const isLimited = limited.has(String(row['category_id']))
  // Each of these may lie ahead: what is planned there has not happened.
  const [isArchived, isPublished, isInternal] = ['archived_at', 'published_at', 'internal_at'].map((name) => {
    const since = utc(row[name])
    return since !== null && since <= now
  })
  const isPlanned = !isPublished && row['published_at'] != null
  const isOn = row['is_on'] !== false
  const isShown = isOn && (isPublished || isInternal)
  return articleTold({
    id: String(row['id']),
    title: textOf(row['title']),
    ...placed,
    language: languageIn(row['locale']),
    section: fixed(row['category_id']),
    // Nothing that was not open there is open here.
    audience: isOn && isPublished && !isLimited ? 'public' : 'agents',
    status: isArchived ? 'archived' : isShown ? 'published' : 'draft',
    author: fixed(row['created_by_id']),
    group: answer,
    createdAt: utc(row['created_at']),
    updatedAt: utc(row['updated_at']),
    mended: !isOn
      ? 'its knowledge base is switched off there: it is a draft here'
      : isPlanned
        ? 'it is to be published there later: it is not public here'
        : isLimited && isPublished
          ? 'only some may read it there: only agents may here'
          : null,
  })
}
