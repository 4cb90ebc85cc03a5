// What strangers find in a brand's help in a language: every article once, in that language or else in the desk's, in its section.
import { writable } from '#kit/locale.ts'
import type { ArticleId, BrandId, SectionId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { inOrder, nameIn, shownIn, wayTo, type Section } from '#knowledge/section.ts'

/** A published article for everybody, as lists show it. */
export type Title = {
  readonly id: ArticleId
  readonly title: string
  readonly slug: string
  readonly language: string
  readonly sectionId: SectionId | null
  readonly translatesId: ArticleId | null
  readonly excerpt: string
  readonly publishedAt: Instant
  readonly updatedAt: Instant
  /** How often it was opened in the last thirty days. */
  readonly reads: number
}

/** Everything that strangers may find, of all brands. */
export type Library = {
  readonly titles: readonly Title[]
  readonly sections: ReadonlyMap<number, Section>
}

export type Shelf = {
  readonly section: Section
  readonly name: string
  readonly titles: readonly Title[]
  readonly below: readonly Shelf[]
  /** Of articles in it and below. */
  readonly count: number
}

/** What a reader of one language finds in one brand's help. */
export type Shelves = {
  readonly top: readonly Shelf[]
  /** In no section. */
  readonly loose: readonly Title[]
  readonly all: readonly Title[]
}

/** What articles have in common that say the same. */
export const groupOf = ({ id, translatesId }: Title): number => translatesId ?? id

/** The brand in whose help an article stands; null: in everybody's. */
export function brandOf({ sections }: Library, { sectionId }: Pick<Title, 'sectionId'>): BrandId | null {
  return sections.get(sectionId ?? 0)?.brandId ?? null
}

/** The languages in which a brand's help has something of its own, the one with the most first. */
export function languagesOf(library: Library, brand: BrandId): string[] {
  const counts = new Map<string, number>()
  for (const title of standingIn(library, brand))
    counts.set(title.language, (counts.get(title.language) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([language]) => language)
}

function standingIn(library: Library, brand: BrandId): Title[] {
  return library.titles.filter((title) => [null, brand].includes(brandOf(library, title)))
}

/** The articles that say the same as one, itself among them, by language. */
export function tongues({ titles }: Library, title: Title): Title[] {
  return byLanguage(titles.filter((each) => groupOf(each) === groupOf(title)))
}

/** Articles that say the same, in the order of their languages. */
export const byLanguage = (same: readonly Title[]): Title[] =>
  same.toSorted((a, b) => (a.language < b.language ? -1 : 1))

/** Arranges what stands in a brand's help for readers of a language; what is not written in it is shown in `otherwise`. */
export function shelvesOf(library: Library, brand: BrandId, language: string, otherwise: string): Shelves {
  const order = new Intl.Collator(writable(language))
  const all = [...Map.groupBy(standingIn(library, brand), groupOf).values()]
    .flatMap((same) => {
      const inTongue = (wanted: string) => same.find((each) => each.language === wanted)
      return inTongue(language) ?? inTongue(otherwise) ?? []
    })
    .toSorted((a, b) => order.compare(a.title, b.title))
  const placed = Map.groupBy(all, ({ sectionId }) => shownIn(library.sections, sectionId))
  const shelf = (section: Section, under: Map<number | null, Section[]>): Shelf[] => {
    const titles = placed.get(section.id) ?? []
    const below = (under.get(section.id) ?? []).flatMap((each) => shelf(each, under))
    const count = titles.length + below.reduce((sum, each) => sum + each.count, 0)
    return count === 0 ? [] : [{ section, name: nameIn(section, language), titles, below, count }]
  }
  const open = inOrder([...library.sections.values()]).filter((each) => each.brandId === brand)
  const under = Map.groupBy<number | null, Section>(open, ({ parentId }) => parentId)
  return {
    top: (under.get(null) ?? []).flatMap((each) => shelf(each, under)),
    loose: placed.get(null) ?? [],
    all,
  }
}

/** The sections that an article is shown in, the outermost first. */
export function wayOf(library: Library, { sectionId }: Pick<Title, 'sectionId'>): Section[] {
  return wayTo(library.sections, shownIn(library.sections, sectionId))
}

/** The shelf of a section's address, wherever it stands. */
export function shelfAt(shelves: readonly Shelf[], slug: string): Shelf | null {
  for (const shelf of shelves) {
    const found = shelf.section.slug === slug ? shelf : shelfAt(shelf.below, slug)
    if (found !== null) return found
  }
  return null
}

/** What is opened most, and what was written or changed last. */
export function mostRead({ all }: Shelves, most: number): Title[] {
  return all
    .filter(({ reads }) => reads > 0)
    .toSorted((a, b) => b.reads - a.reads || a.id - b.id)
    .slice(0, most)
}

export function lastChanged({ all }: Shelves, most: number): Title[] {
  return all.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)).slice(0, most)
}
