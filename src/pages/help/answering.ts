// Articles that may answer what somebody is about to write.
import type { Desk } from '#desk/desk.ts'
import type { BrandId } from '#kit/ids.ts'
import { fittingArticles, type Fitting } from '#knowledge/article-search-store.ts'
import { typedBy } from '#knowledge/asked.ts'
import { openLanguages } from '#knowledge/public-store.ts'
import { baseOf, pathIn } from '#pages/help/center.ts'

const MOST_ARTICLES = 3

/** Public articles of a brand's help that fit a text best: in the reader's language, else in others; `path` is where each is read. */
export async function answering(
  desk: Desk,
  about: string,
  { brandId, language }: { readonly brandId: BrandId; readonly language: string },
): Promise<{
  readonly language: string
  readonly words: readonly string[]
  readonly found: readonly (Fitting & { readonly path: string })[]
}> {
  const languages = await openLanguages(desk.database)
  const spoken = languages.find((each) => language.toLowerCase().startsWith(each.toLowerCase())) ?? null
  const asked = typedBy(about)
  const look = (only: boolean) =>
    fittingArticles(desk.database, asked, {
      audience: 'public',
      language: spoken,
      only,
      brandId,
      limit: MOST_ARTICLES,
    })
  const own = spoken === null ? [] : await look(true)
  const found = own.length > 0 ? own : await look(false)
  const base = baseOf((await desk.setup.now()).brands, brandId)
  return {
    language: spoken ?? language,
    words: [...asked.heavy, ...asked.light],
    found: found.map((each) => ({ ...each, path: pathIn({ base }, each) })),
  }
}
