// Sections: what articles are listed under, a tree for each brand. Nouns, and what follows from their tree.
import type { BrandId, SectionId } from '#kit/ids.ts'

export type Section = {
  readonly id: SectionId
  readonly brandId: BrandId
  readonly parentId: SectionId | null
  /** 0 at the top. */
  readonly level: number
  readonly slug: string
  readonly position: number
  /** By language. */
  readonly names: Readonly<Record<string, string>>
  readonly archived: boolean
}

export const DEEPEST_LEVEL = 3

/** A section's name in a language; in another of its names where it has none, as `section_name` in SQL. */
export function nameIn({ names }: Pick<Section, 'names'>, language: string): string {
  const [first = ''] = Object.keys(names).toSorted()
  return names[language] ?? names[language.split('-')[0] ?? ''] ?? names['en'] ?? names[first] ?? ''
}

/** Sections as they are read: each followed by what lies in it. Those below an archived one come along. */
export function inOrder<Each extends Section>(sections: readonly Each[]): Each[] {
  const below = Map.groupBy(sections, ({ parentId }) => parentId)
  const walk = (parentId: SectionId | null): Each[] =>
    (below.get(parentId) ?? [])
      .toSorted((a, b) => a.position - b.position || a.id - b.id)
      .flatMap((each) => [each, ...walk(each.id)])
  return walk(null)
}

/** A section and those it lies in, the outermost first. */
export function wayTo<Each extends Section>(sections: ReadonlyMap<number, Each>, id: number | null): Each[] {
  const way: Each[] = []
  for (let at = id; at !== null && way.length <= DEEPEST_LEVEL;) {
    const section = sections.get(at)
    if (section === undefined) break
    way.unshift(section)
    at = section.parentId
  }
  return way
}

/** The section in which what lies in `id` is shown: the innermost around it before any that is archived; null: in none. */
export function shownIn(sections: ReadonlyMap<number, Section>, id: number | null): SectionId | null {
  let shown: SectionId | null = null
  for (const section of wayTo(sections, id)) {
    if (section.archived) break
    shown = section.id
  }
  return shown
}
