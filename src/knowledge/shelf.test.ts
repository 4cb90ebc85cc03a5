// Shelves in sentences: each article once, in the reader's language or said to be in another, where it lies.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ArticleId, BrandId, SectionId } from '#kit/ids.ts'
import { instant } from '#kit/time.ts'
import { inOrder, type Section } from '#knowledge/section.ts'
import { languagesOf, shelfAt, shelvesOf, wayOf, type Library, type Title } from '#knowledge/shelf.ts'

const brand = 1 as BrandId

function section(id: number, more: Partial<Section> = {}): Section {
  const names = { en: `Section ${id}` }
  const base = { brandId: brand, parentId: null, level: 0, position: id, archived: false }
  return { id: id as SectionId, slug: `s${id}`, names, ...base, ...more }
}

function title(
  id: number,
  language: string,
  sectionId: number | null,
  translates: number | null = null,
): Title {
  const at = instant(id * 86_400_000)
  return {
    id: id as ArticleId,
    title: `${language} ${id}`,
    slug: `a${id}`,
    language,
    sectionId: sectionId as SectionId | null,
    translatesId: translates as ArticleId | null,
    excerpt: '',
    publishedAt: at,
    updatedAt: at,
    reads: 0,
  }
}

const library: Library = {
  sections: new Map(
    [
      section(1, { names: { en: 'Orders', de: 'Bestellungen' }, position: 2 }),
      section(2, { position: 1 }),
      section(3, { parentId: 1 as SectionId, level: 1 }),
      section(4, { parentId: 1 as SectionId, level: 1, archived: true }),
      section(9, { brandId: 2 as BrandId }),
    ].map((each) => [each.id, each]),
  ),
  titles: [
    title(1, 'en', 1),
    title(2, 'de', 1, 1),
    title(3, 'en', 3),
    title(4, 'en', 4),
    title(5, 'fr', null),
    title(7, 'fr', 3, 3),
    title(6, 'en', 9),
  ],
}

test('a reader finds each article once: in their language, else in the desk’s', () => {
  const { top, loose, all } = shelvesOf(library, brand, 'de', 'en')
  assert.deepEqual(all.map(({ id }) => id).toSorted(), [2, 3, 4])
  assert.deepEqual(
    loose.map(({ id }) => id),
    [],
  )
  assert.deepEqual(
    top.map(({ name, count }) => [name, count]),
    [['Bestellungen', 3]],
    'an empty section is not shown, and the counts include what lies deeper',
  )
})

test('what lies in an archived section is shown in the one around it, and another brand’s not at all', () => {
  const { top } = shelvesOf(library, brand, 'en', 'en')
  assert.deepEqual(
    top[0]?.titles.map(({ id }) => id),
    [1, 4],
  )
  assert.deepEqual(
    shelfAt(top, 's3')?.titles.map(({ id }) => id),
    [3],
  )
  assert.equal(shelfAt(top, 's9'), null)
  assert.deepEqual(
    wayOf(library, title(0, 'en', 3)).map(({ id }) => id),
    [1, 3],
  )
  assert.deepEqual(languagesOf(library, 2 as BrandId), ['en', 'fr'])
})

test('sections are read by their places, each followed by what lies in it', () => {
  assert.deepEqual(
    inOrder([...library.sections.values()].filter(({ brandId }) => brandId === brand)).map(({ id }) => id),
    [2, 1, 3, 4],
  )
})
