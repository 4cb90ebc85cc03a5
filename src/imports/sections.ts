// Categories, sections and folders of another help center as sections here. One that is here under the same name is found, and left as it
// is but for languages in which it has no name.
import { outcomeOf, type Result } from '#imports/counts.ts'
import { putRefs, refsOf, type From } from '#imports/import-store.ts'
import type { SectionStory } from '#imports/story.ts'
import { firstBrand } from '#imports/text-store.ts'
import { versionOf } from '#imports/version.ts'
import type { Desk } from '#desk/desk.ts'
import type { BrandId, SectionId } from '#kit/ids.ts'
import { slugOf } from '#knowledge/article.ts'
import { addSection, allSections, changeSection, lockSections } from '#knowledge/section-store.ts'
import { DEEPEST_LEVEL, type Section } from '#knowledge/section.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

/** Tells sections, those around them before them. */
export async function tellSections(
  desk: Desk,
  tx: Transaction,
  from: From,
  sections: readonly SectionStory[],
): Promise<Result[]> {
  await lockSections(tx)
  const brandId = (await firstBrand(tx)) as BrandId | null
  const { language } = (await desk.setup.now()).desk
  const results: Result[] = []
  for (const section of sections) {
    const { kind, id } = section
    results.push(
      brandId === null
        ? { kind, id, outcome: 'failed', reason: 'this desk has no brand whose help center it could be of' }
        : await tellSection(tx, from, section, { brandId, language }),
    )
  }
  tell(tx, { changed: 'sections', id: null })
  return results
}

type Where = { readonly brandId: BrandId; readonly language: string }

async function tellSection(
  tx: Transaction,
  from: From,
  { kind, id, version, names: given, parent }: SectionStory,
  { brandId, language }: Where,
): Promise<Result> {
  const names = Object.fromEntries(Object.entries(given).map(([key, name]) => [key || language, name]))
  const refs = await refsOf(tx, from.source, kind, parent === null ? [id] : [id, parent])
  const ref = refs.get(id)
  const all = await allSections(tx)
  const known = all.find((each) => each.id === ref?.localId)
  const { around, isTooDeep } = placeUnder(all, refs.get(parent ?? '')?.localId ?? null)
  const found = known ?? sameIn(all, brandId, around, names)
  const put = (localId: SectionId, made: boolean, told: readonly string[]) =>
    putRefs(tx, from, [{ kind, sourceId: id, localId, version, told, made }])
  if (found !== undefined) {
    const isNamed = Object.keys(names).some((each) => found.names[each] === undefined)
    const now = { ...found, names: { ...names, ...found.names } }
    if (isNamed) await changeSection(tx, found, now)
    const told = ref?.told ?? []
    await put(found.id, false, told.includes(namesOf(found)) ? [namesOf(now)] : told)
    return { kind, id, outcome: known === undefined ? 'unchanged' : outcomeOf(ref?.version, version) }
  }
  const made = { brandId, parentId: around?.id ?? null, level: around === null ? 0 : around.level + 1, names }
  await put(await addUnder(tx, made), true, [namesOf(made)])
  const reason = 'it lies deeper than sections do here: it stands beside the one that it lay in'
  return { kind, id, outcome: 'created', ...(isTooDeep ? { reason } : {}) }
}

/** What a section is called, to be found changed. */
export function namesOf({ names }: Pick<Section, 'names'>): string {
  return versionOf(names)
}

function placeUnder(
  all: readonly Section[],
  parentId: number | null,
): { around: Section | null; isTooDeep: boolean } {
  const parent = all.find((each) => each.id === parentId) ?? null
  if (parent === null || parent.level < DEEPEST_LEVEL) return { around: parent, isTooDeep: false }
  return { around: all.find((each) => each.id === parent.parentId) ?? null, isTooDeep: true }
}

function sameIn(
  all: readonly Section[],
  brandId: BrandId,
  around: Section | null,
  names: SectionStory['names'],
): Section | undefined {
  return all.find(
    (each) =>
      each.brandId === brandId &&
      each.parentId === (around?.id ?? null) &&
      Object.entries(names).some(([language, name]) => each.names[language] === name),
  )
}

async function addUnder(
  db: Db,
  made: Omit<Section, 'id' | 'position' | 'archived' | 'slug'>,
): Promise<SectionId> {
  const [language = 'en', name = ''] = Object.entries(made.names)[0] ?? []
  const slug = slugOf(name, language) || 'section'
  for (let number = 1; ; number++) {
    const id = await addSection(db, { ...made, slug: number === 1 ? slug : `${slug}-${number}` })
    if (id !== null) return id
  }
}
