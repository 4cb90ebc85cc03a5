// Sections of the help center: a tree for each brand, in the order that readers see. Used ones are archived, never deleted.
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { newSection, section, sectionPage, sectionPatch } from '#api/contract/sections.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import type { BrandId } from '#kit/ids.ts'
import { reindexArticles } from '#knowledge/article-store.ts'
import { slugOf } from '#knowledge/article.ts'
import {
  addSection,
  allSections,
  changeSection,
  countedSections,
  lockSections,
  orderSections,
} from '#knowledge/section-store.ts'
import { DEEPEST_LEVEL, inOrder, nameIn, wayTo, type Section } from '#knowledge/section.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { findBrand } from '#setup/brand-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

/** More than anybody finds their way in. */
const MOST_SECTIONS = 500

export function sectionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/sections',
    access: 'articles.read',
    summary: 'The sections of the help center, each followed by what lies in it',
    answer: sectionPage,
    handler: async ({ db }) => ({
      items: inOrder(await countedSections(db)).map(({ brandId, position: _position, ...rest }) => ({
        ...rest,
        brand: brandId,
      })),
      nextCursor: null,
    }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/sections',
    access: 'articles.write',
    summary: 'Adds a section at the end of those beside it',
    body: newSection,
    answer: section,
    handler: async ({ db, body: { brand, parentId, names }, principal }) => {
      const all = await locked(db)
      if (all.length >= MOST_SECTIONS) declineInput('names', `would be one of more than ${MOST_SECTIONS}`)
      if ((await findBrand(db, brand)) === null) declineInput('brand', 'is not a brand')
      const parent = parentIn(all, parentId, brand)
      const made = {
        brandId: brand as BrandId,
        parentId: parent?.id ?? null,
        level: levelBelow(parent),
        names,
      }
      const id = await addUnder(db, made)
      await audit(db, principal, desk.clock.now(), {
        action: 'section_added',
        thing: { type: 'section', id, name: nameOf(names) },
      })
      return told(db, id)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/sections/:id',
    access: 'articles.write',
    summary:
      'Renames, moves or archives a section; what lies in an archived one is shown in the one around it',
    params: idParams,
    body: sectionPatch,
    answer: section,
    handler: async ({ db, params, body, principal }) => {
      const all = await locked(db)
      const from = all.find(({ id }) => id === params.id) ?? decline('not-found')
      const to = movedTo(all, from, body)
      await changeSection(db, from, to)
      if (body.place !== undefined || to.parentId !== from.parentId)
        await orderSections(db, besideIn(all, { ...from, ...to }, body.place))
      if (body.names !== undefined) await reindexArticles(db, from.id)
      await audit(db, principal, desk.clock.now(), {
        action: 'section_changed',
        thing: { type: 'section', id: from.id, name: nameOf(to.names) },
        changes: changesBetween(plain(from), plain({ ...from, ...to })),
        back: {
          method: 'PATCH',
          path: `/sections/${from.id}`,
          body: { parentId: from.parentId, names: from.names, archived: from.archived },
        },
      })
      return told(db, from.id)
    },
  })
}

async function locked(db: Db): Promise<Section[]> {
  await lockSections(db)
  return allSections(db)
}

const plain = ({ parentId, names, archived }: Section) => ({ parentId, names, archived })
const nameOf = (names: Section['names']) => nameIn({ names }, 'en')
const levelBelow = (parent: Section | null): number => (parent === null ? 0 : parent.level + 1)

function parentIn(all: readonly Section[], parentId: number | null, brand: number): Section | null {
  if (parentId === null) return null
  const parent = all.find(({ id, brandId }) => id === parentId && brandId === brand)
  if (parent === undefined) return declineInput('parentId', 'is not a section of this brand')
  if (parent.level >= DEEPEST_LEVEL) declineInput('parentId', 'lies too deep already')
  return parent
}

function movedTo(all: readonly Section[], from: Section, change: z.output<typeof sectionPatch>) {
  const { names = from.names, archived = from.archived, parentId = from.parentId } = change
  const parent = parentIn(all, parentId, from.brandId)
  const byId = new Map(all.map((each) => [each.id as number, each]))
  const isBelow = (id: number) => wayTo(byId, id).some((each) => each.id === from.id)
  if (parent !== null && isBelow(parent.id)) declineInput('parentId', 'lies below it')
  const level = levelBelow(parent)
  const deepest = Math.max(...all.filter(({ id }) => isBelow(id)).map((each) => each.level))
  if (deepest - from.level + level > DEEPEST_LEVEL)
    declineInput('parentId', 'lies too deep for what is in it')
  return { names, archived, parentId: parent?.id ?? null, level }
}

/** The sections beside one, itself among them at its place, or last. */
function besideIn(all: readonly Section[], moved: Section, place = Infinity) {
  const ids = inOrder(all.map((each) => (each.id === moved.id ? moved : each)))
    .filter(
      (each) => each.brandId === moved.brandId && each.parentId === moved.parentId && each.id !== moved.id,
    )
    .map(({ id }) => id)
  return ids.toSpliced(Math.min(place, ids.length), 0, moved.id)
}

async function addUnder(db: Db, made: Omit<Section, 'id' | 'position' | 'archived' | 'slug'>) {
  const [language = 'en', name = ''] = Object.entries(made.names)[0] ?? []
  const slug = slugOf(name, language) || 'section'
  for (let number = 1; number <= MOST_SECTIONS; number++) {
    const added = await addSection(db, { ...made, slug: number === 1 ? slug : `${slug}-${number}` })
    if (added !== null) return added
  }
  return declineInput('names', 'makes an address that is taken')
}

async function told(db: Db, id: number): Promise<z.input<typeof section>> {
  tell(db, { changed: 'sections', id })
  const found = (await countedSections(db)).find((each) => each.id === id) ?? decline('not-found')
  const { brandId, position: _position, ...rest } = found
  return { ...rest, brand: brandId }
}
