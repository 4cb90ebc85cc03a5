// What canned texts and articles of desks that are read from their databases have in common. Pure.
import { allSaid, filledAs, unknownPlaceholders, type placeholderForms } from '#imports/placeholders.ts'
import type { ArticleStory, Item, ReplyStory } from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'

type Canned = Pick<ReplyStory, 'id' | 'name' | 'owner' | 'isInUse'> & {
  readonly html: string
  readonly form: keyof typeof placeholderForms
  /** What placeholders there are called here. */
  readonly names: Readonly<Record<string, string>>
  /** For whom it is; several teams have it once each. */
  readonly groups: readonly string[]
  readonly folder?: string
  readonly mended?: string | null
}

/** A canned text, once for each of several teams that it is for. */
export function cannedText({
  id,
  html,
  form,
  names,
  groups,
  folder = '',
  mended = null,
  ...rest
}: Canned): ReplyStory[] {
  const { text, unknown } = filledAs(html, form, names)
  const told = {
    ...rest,
    folder,
    html: text,
    messageKind: 'reply' as const,
    set: {},
    mended: allSaid([mended, unknownPlaceholders(unknown)]),
  }
  return eachGroup(id, groups, told)
}

/** A text once for each team that it is for. The first keeps its id however many there are, so that it stays the same when that changes. */
export function eachGroup(
  id: string,
  groups: readonly string[],
  told: Omit<ReplyStory, 'kind' | 'id' | 'group' | 'rest' | 'version'>,
): ReplyStory[] {
  const [first = null, ...others] = [...new Set(groups)].toSorted()
  const rest = others.map((group) => `${id}/${group}`)
  return [
    { kind: 'replies', id, group: first, rest, version: versionOf([told, first, ...rest]), ...told },
    ...others.map((group, index) => ({
      kind: 'replies' as const,
      id: rest[index] ?? id,
      group,
      version: versionOf([told, group]),
      ...told,
    })),
  ]
}

/** An article, whose version is what it says and what it is listed with. */
export function articleTold(told: Omit<ArticleStory, 'kind' | 'version'>): ArticleStory {
  const { files, ...said } = told
  const names = files.map((file) => ('kept' in file ? file.kept.name : `${file.name} ${file.contentId}`))
  return { kind: 'articles', version: versionOf([said, names]), ...told }
}

/** Names of sections in several languages as one section each, in the order in which they are given. */
export function sectionsTold(
  found: readonly {
    readonly id: string
    readonly language: string
    readonly name: string
    readonly parent: string | null
  }[],
): Item[] {
  const told = new Map<string, { names: Record<string, string>; parent: string | null }>()
  for (const { id, language, name, parent } of found) {
    const known = told.get(id) ?? { names: {}, parent }
    told.set(id, { ...known, names: { [language]: name.trim() || '–', ...known.names } })
  }
  const inOrder: Item[] = []
  const walk = (parent: string | null): void => {
    for (const [id, { names, parent: around }] of told) {
      if ((around !== null && told.has(around) ? around : null) !== parent) continue
      inOrder.push({ kind: 'sections', id, names, parent, version: versionOf([names, parent]) })
      walk(id)
    }
  }
  walk(null)
  return inOrder
}
