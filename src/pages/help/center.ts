// What the help center shows, kept in memory as long as nothing of it changes: the articles' titles with their sections, and the pages
// made of them. A question to the database for each page says whether that is so.
import { createHash } from 'node:crypto'
import type { Desk } from '#desk/desk.ts'
import type { BrandId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { helpStamp, openTitles } from '#knowledge/public-store.ts'
import { allSections } from '#knowledge/section-store.ts'
import { languagesOf, shelvesOf, type Library, type Shelves, type Title } from '#knowledge/shelf.ts'
import type { Brand } from '#setup/brand-store.ts'
import { listForms } from '#setup/form-store.ts'

/** A brand's help in a language, and what stands around its articles. */
export type Center = {
  readonly brand: Brand
  readonly name: string
  /** The desk's own address, and where this brand's help is below it. */
  readonly home: string
  readonly base: string
  readonly language: string
  /** What an article is shown in that is not in the reader's language. */
  readonly otherwise: string
  /** Every language with something to read. */
  readonly languages: readonly string[]
  /** The path of the form that customers write with. */
  readonly contact: string | null
  readonly library: Library
  readonly bySlug: ReadonlyMap<string, readonly Title[]>
  readonly shelves: Shelves
}

export type Page = { readonly html: string; readonly mark: string }

const MOST_TITLES = 20_000
/** How often what is read most is reckoned anew. */
const KEPT_MS = 60_000
const READ_DAYS = 30

export type Centers = {
  /** Null: there is no such brand. */
  readonly at: (brand: number | null, language: string) => Promise<Center | null>
  /** A page of a center, made once for as long as nothing changes. */
  readonly page: (center: Center, key: string, make: () => Promise<string> | string) => Promise<Page>
}

type Kept = Library & Pick<Center, 'bySlug'> & { readonly at: Instant }

/** Where a brand's help is, after the desk's own address: the first brand's is plain. */
export const baseOf = (brands: readonly Brand[], brand: BrandId): string =>
  brands.every(({ id }) => id >= brand) ? '/help' : `/help/brand/${brand}`

/** Where an article is read in a brand's help. */
export const pathIn = (
  { base }: Pick<Center, 'base'>,
  { language, slug }: { language: string; slug: string },
) => `${base}/${language}/${encodeURIComponent(slug)}`

/** What the help center of a desk keeps. */
export function keepCenters(desk: Desk): Centers {
  let library: Promise<Kept> | null = null
  let stamp = ''
  const libraryNow = async (): Promise<Kept> => {
    const now = await helpStamp(desk.database)
    if (library === null || now !== stamp) library = read(desk)
    stamp = now
    const kept = await library.catch((error: unknown) => {
      library = null
      throw error
    })
    if (Date.parse(desk.clock.now()) - Date.parse(kept.at) < KEPT_MS) return kept
    library = read(desk)
    return library
  }
  // What was made of the same titles and of a setup that shows the same: it is read anew every second.
  let of: readonly [titles: unknown, setup: string] = [null, '']
  let centers = new Map<string, Promise<Center | null>>()
  const pages = new WeakMap<Center, Map<string, Promise<Page>>>()
  return {
    at: async (brandId, language) => {
      const [titles, setup] = await Promise.all([libraryNow(), desk.setup.now()])
      const { deskName, language: otherwise } = setup.desk
      const shown = JSON.stringify([deskName, otherwise, setup.brands])
      if (of[0] !== titles || of[1] !== shown) {
        of = [titles, shown]
        centers = new Map()
      }
      const brands = setup.brands.toSorted((a, b) => a.id - b.id)
      const brand = brandId === null ? brands[0] : brands.find(({ id }) => id === brandId)
      if (brand === undefined) return null
      const known = [...languagesOf(titles, brand.id), setup.desk.language].includes(language)
      const key = `${brand.id} ${known ? language : ''}`
      const found = centers.get(key) ?? make(desk, titles, brand, known ? language : setup.desk.language)
      centers.set(key, found)
      found.catch(() => centers.delete(key))
      return found
    },
    page: (center, key, makeHtml) => {
      const known = pages.get(center) ?? new Map<string, Promise<Page>>()
      pages.set(center, known)
      const page =
        known.get(key) ??
        (async () => {
          const html = await makeHtml()
          const mark = createHash('sha256').update(html).digest('base64url').slice(0, 22)
          return { html, mark: `"${mark}"` }
        })()
      known.set(key, page)
      page.catch(() => known.delete(key))
      return page
    },
  }
}

async function read({ database, clock }: Desk): Promise<Kept> {
  const at = clock.now()
  const [titles, sections] = await Promise.all([
    openTitles(database, plus(at, -READ_DAYS * 86_400), MOST_TITLES),
    allSections(database),
  ])
  return {
    titles,
    sections: new Map(sections.map((each) => [each.id, each])),
    bySlug: Map.groupBy(titles, ({ slug }) => slug),
    at,
  }
}

async function make(desk: Desk, library: Kept, brand: Brand, language: string): Promise<Center> {
  const { desk: settings, brands } = await desk.setup.now()
  const forms = await listForms(desk.database, { q: '', archived: false, limit: 50, after: '' })
  const own = forms.filter(({ brandId }) => brandId === brand.id)
  const form = own.find(({ key }) => key === 'contact') ?? own[0]
  return {
    brand,
    name: brand.fromName || settings.deskName,
    home: desk.baseUrl,
    base: baseOf(brands, brand.id),
    language,
    otherwise: settings.language,
    languages: languagesOf(library, brand.id),
    contact: form === undefined ? null : `/forms/${form.key}`,
    library,
    bySlug: library.bySlug,
    shelves: shelvesOf(library, brand.id, language, settings.language),
  }
}
