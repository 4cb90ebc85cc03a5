// Request Tracker's articles. There rights say who reads one, and usually staff alone does: here agents do.
import type { Entry, OldDatabase } from '#imports/old-store.ts'
import { listed, type Stage } from '#imports/pages.ts'
import { placedFiles, withListed } from '#imports/placed-files.ts'
import { allSaid } from '#imports/placeholders.ts'
import { fixed, textOf, utc } from '#imports/read-values.ts'
import { bytesIn } from '#imports/rt/content.ts'
import { articlesAfter, classesOf, hasArticles, topicsOf, valueOf } from '#imports/rt/text-store.ts'
import type { FileStory, Item } from '#imports/story.ts'
import { articleTold, sectionsTold } from '#imports/text-stories.ts'
import { escaped } from '#kit/escaped.ts'
import { htmlOfText } from '#mail/sanitise.ts'

const AT_ONCE = 50

/** The stages of its articles; none where it has no tables of them. */
export async function textStages(db: OldDatabase): Promise<Stage[]> {
  if (!hasArticles(db)) return []
  const classes = await classesOf(db)
  const off = new Set(classes.filter((each) => Number(each['disabled']) !== 0).map(({ id }) => String(id)))
  const articles: Stage = async (after) => {
    const rows = await articlesAfter(db, after, AT_ONCE)
    return rows.map((row) => ({ id: Number(row['id']), item: articleOf(db, row, off) }))
  }
  return [listed(sectionsOf(classes, await topicsOf(db))), articles]
}

/** Each class is a section, and its topics lie in it. */
function sectionsOf(classes: readonly Entry[], topics: readonly Entry[]): Item[] {
  return sectionsTold([
    ...classes.map(({ id, name }) => ({
      id: `c${String(id)}`,
      language: '',
      name: textOf(name),
      parent: null,
    })),
    ...topics.map(({ id, name, parent, class: around }) => ({
      id: `t${String(id)}`,
      language: '',
      name: textOf(name),
      parent: Number(parent) > 0 ? `t${String(parent)}` : around == null ? null : `c${String(around)}`,
    })),
  ])
}

function articleOf(db: OldDatabase, row: Entry, off: ReadonlySet<string>): Item {
  const id = String(row['id'])
  const values = row['values'] as readonly Entry[]
  const topics = (row['topics'] as readonly Entry[]).map((each) => `t${String(each['topic'])}`)
  const isOff = Number(row['disabled']) !== 0 || off.has(String(row['class']))
  const files = values.filter(isFile).map((each) => fileFrom(db, each))
  return articleTold({
    id,
    title: textOf(row['name']) || fixed(row['summary']) || `Article ${id}`,
    ...withListed(placedFiles(textIn(row, values)), files),
    language: null,
    section: topics[0] ?? `c${String(row['class'])}`,
    audience: 'agents',
    status: isOff ? 'archived' : 'published',
    author: fixed(row['creator']),
    group: id,
    createdAt: utc(row['created']),
    updatedAt: utc(row['last_updated']),
    mended: allSaid([
      topics.length > 1 ? 'it stands under several topics there, and under the first of them here' : null,
      values.some(
        (each) => !isFile(each) && each['size'] != null && (each['large'] == null || isElsewhere(each)),
      )
        ? 'a text of it is too large, or lies in a storage outside of the database'
        : null,
    ]),
  })
}

const isFile = ({ type }: Entry) => type === 'Image' || type === 'Binary'
const isElsewhere = ({ encoding }: Entry) => encoding === 'external'

/** What its fields say, one after the other; each under its name where there are several. */
function textIn(row: Entry, values: readonly Entry[]): string {
  const said = values.flatMap((each) => {
    const html = htmlIn(each)
    return isFile(each) || html === '' ? [] : [{ label: textOf(each['label']), html }]
  })
  const summary = fixed(row['summary'])
  const labels = new Set(said.map(({ label }) => label))
  return [
    ...(summary === null ? [] : [htmlOfText(summary)]),
    ...said.map(({ label, html }, index) =>
      labels.size < 2 || said[index - 1]?.label === label ? html : `<h2>${escaped(label)}</h2>${html}`,
    ),
  ].join('')
}

function htmlIn(value: Entry): string {
  const text =
    fixed(value['content']) ??
    (value['large'] == null || isElsewhere(value)
      ? null
      : fixed(bytesIn(value['large'], value['encoding']).toString()))
  return text === null ? '' : value['type'] === 'HTML' ? text : htmlOfText(text)
}

function fileFrom(db: OldDatabase, value: Entry): Exclude<FileStory, { kept: unknown }> {
  return {
    name: textOf(value['content']) || 'file',
    type: textOf(value['mime']) || 'application/octet-stream',
    contentId: null,
    bytes: async () =>
      bytesIn(
        isElsewhere(value) ? null : await valueOf(db, Number(value['id']), Number(value['size'])),
        value['encoding'],
      ),
  }
}
