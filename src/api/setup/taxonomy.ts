// Categories, tags and custom fields: what tickets are sorted by. Used ones are archived, never deleted.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  category,
  categoryPage,
  categoryPatch,
  deskQuery,
  field,
  fieldPage,
  fieldPatch,
  newCategory,
  newField,
  newTag,
  tagEntry,
  tagPage,
  tagPatch,
} from '#api/contract/desk.ts'
import { idParams } from '#api/contract/shapes.ts'
import { refuseInUse } from '#api/http/in-use.ts'
import { nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { areAlike } from '#reporting/categories.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import {
  addCategory,
  addField,
  addTag,
  countSeen,
  archiveTag,
  changeCategory,
  changeField,
  findCategory,
  findField,
  findTag,
  listCategories,
  listFields,
  listTags,
  type Category,
  type Field,
  type Meant,
  type NamePage,
} from '#setup/taxonomy-store.ts'

function namePageOf(query: z.output<typeof deskQuery>): NamePage {
  const { q = '', limit, cursor, archived } = query
  return { q, limit: limit + 1, archived: archived === 'true', after: readCursor(cursor, nameKey) }
}

export function categoryRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/categories',
    access: 'desk.read',
    summary: 'Categories by path',
    query: deskQuery,
    answer: categoryPage,
    handler: async ({ db, query }) => {
      const rows = await listCategories(db, namePageOf(query))
      return pageFrom(
        rows,
        query.limit,
        ({ path, id }) => ({ name: path, id }),
        (row) => row,
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/categories',
    access: 'categories.write',
    summary: 'Adds a category',
    body: newCategory,
    answer: category,
    handler: async ({ db, body, principal }) => {
      const parent = await parentOf(db, body.parentId ?? null)
      refuseSlash(body.name)
      const meant = await meantBy(db, body, parent, principal)
      const added =
        (await addCategory(db, body.name, parent, meant)) ?? declineInput('name', 'exists there already')
      const made = (await findCategory(db, added)) ?? decline('not-found')
      await audit(db, principal, desk.clock.now(), {
        action: 'category_added',
        thing: { type: 'category', id: added, name: made.path },
      })
      tell(db, { changed: 'categories', id: added })
      return made
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/categories/:id',
    access: 'categories.write',
    summary: 'Renames, moves or archives a category',
    params: idParams,
    body: categoryPatch,
    answer: category,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const from = (await findCategory(db, params.id)) ?? decline('not-found')
      const parent = await parentOf(db, body.parentId === undefined ? from.parentId : body.parentId)
      if (parent !== null && `${parent.path}/`.startsWith(`${from.path}/`))
        declineInput('parentId', 'lies below it')
      if (body.archived === true && !from.archived)
        await refuseInUse(db, { kind: 'category', id: from.id }, `The category “${from.path}”`, from.path)
      const name = body.name ?? from.name
      refuseSlash(name)
      const done = await changeCategory(
        db,
        from,
        { name, parent, archived: body.archived ?? from.archived },
        at,
      )
      if (!done) declineInput('name', 'exists there already')
      const to = (await findCategory(db, from.id)) ?? decline('not-found')
      await audit(db, principal, at, {
        action: 'category_changed',
        thing: { type: 'category', id: to.id, name: to.path },
        changes: changesBetween(from, to),
        back: {
          method: 'PATCH',
          path: `/categories/${from.id}`,
          body: { name: from.name, parentId: from.parentId, archived: from.archived },
        },
      })
      tell(db, { changed: 'categories', id: to.id })
      return to
    },
  })
}

async function parentOf(db: Db, parentId: number | null): Promise<Category | null> {
  if (parentId === null) return null
  return (await findCategory(db, parentId)) ?? declineInput('parentId', 'is not a category')
}

const EXAMPLES = 3
/** A desk with fewer tickets is being set up: there is nothing to show yet. */
const NEW_DESK = 30
const ALL = { q: '', archived: false, limit: 10_000, after: null }

/** What a new category is said to mean; whoever says it shows it by tickets, and that there is none like it. */
async function meantBy(
  db: Db,
  { name, definition, examples = [], distinct = false }: z.output<typeof newCategory>,
  parent: Category | null,
  principal: Principal,
): Promise<Meant | undefined> {
  if (definition === undefined) return undefined
  if (definition === '') declineInput('definition', 'says what belongs there')
  const ids = [...new Set(examples)]
  const needed = (await countSeen(db, null, principal, NEW_DESK)) < NEW_DESK ? 0 : EXAMPLES
  if (ids.length < needed || (await countSeen(db, ids, principal)) < ids.length)
    declineInput('examples', `takes the numbers of at least ${EXAMPLES} tickets`)
  const path = parent === null ? name : `${parent.path}/${name}`
  const twin = (await listCategories(db, ALL)).find((each) => areAlike(each.path, path))
  if (twin !== undefined && twin.path !== path && !distinct)
    declineInput('distinct', `“${twin.path}” looks like it: use that, or say that it is another`)
  return { definition, examples: ids }
}

function refuseSlash(name: string): void {
  if (name.includes('/')) declineInput('name', 'cannot contain "/": add a category below instead')
}

export function tagRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tags',
    access: 'desk.read',
    summary: 'Tags by name',
    query: deskQuery,
    answer: tagPage,
    handler: async ({ db, query, principal }) => {
      const rows = await listTags(db, namePageOf(query), principal)
      return pageFrom(
        rows,
        query.limit,
        ({ name, id }) => ({ name, id }),
        (row) => row,
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tags',
    access: 'tags.write',
    summary: 'Adds a tag',
    body: newTag,
    answer: tagEntry,
    handler: async ({ db, body, principal }) => {
      const added = (await addTag(db, body.name)) ?? declineInput('name', 'exists already')
      await audit(db, principal, desk.clock.now(), {
        action: 'tag_added',
        thing: { type: 'tag', id: added, name: body.name },
      })
      tell(db, { changed: 'tags', id: added })
      return (await findTag(db, added, principal)) ?? decline('not-found')
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/tags/:id',
    access: 'tags.write',
    summary: 'Archives a tag, or brings it back',
    params: idParams,
    body: tagPatch,
    answer: tagEntry,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const from = (await findTag(db, params.id, principal)) ?? decline('not-found')
      if (body.archived && !from.archived)
        await refuseInUse(db, { kind: 'tag', id: from.name }, `The tag “${from.name}”`)
      await archiveTag(db, from.id, body.archived, at)
      await audit(db, principal, at, {
        action: 'tag_changed',
        thing: { type: 'tag', id: from.id, name: from.name },
        changes: changesBetween({ archived: from.archived }, { archived: body.archived }),
        back: { method: 'PATCH', path: `/tags/${from.id}`, body: { archived: from.archived } },
      })
      tell(db, { changed: 'tags', id: from.id })
      return { ...from, archived: body.archived }
    },
  })
}

export function fieldRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/fields',
    access: 'desk.read',
    summary: 'Custom fields by label',
    query: deskQuery,
    answer: fieldPage,
    handler: async ({ db, query }) => {
      const rows = await listFields(db, namePageOf(query))
      return pageFrom(rows, query.limit, ({ label, id }) => ({ name: label, id }), presentField)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/fields',
    access: 'fields.write',
    summary: 'Adds a custom field',
    body: newField,
    answer: field,
    handler: async ({ db, body, principal }) => {
      const { label, type, options = [], help = null, requiredOnResolve = false, personal = false } = body
      if (['select', 'multi_select'].includes(type) && options.length === 0)
        declineInput('options', 'needs at least one')
      const key = body.key ?? keyOf(label)
      const at = desk.clock.now()
      const made = await addField(db, { key, label, type, options, help, requiredOnResolve, personal }, at)
      const added = made ?? declineInput('key', `"${key}" is taken`)
      await audit(db, principal, at, {
        action: 'field_added',
        thing: { type: 'field', id: added, name: label },
      })
      tell(db, { changed: 'fields', id: added })
      return presentField((await findField(db, added)) ?? decline('not-found'))
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/fields/:id',
    access: 'fields.write',
    summary: 'Changes or archives a custom field',
    params: idParams,
    body: fieldPatch,
    answer: field,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const from = (await findField(db, params.id)) ?? decline('not-found')
      const to: Field = {
        ...from,
        label: body.label ?? from.label,
        options: body.options ?? from.options,
        help: body.help === undefined ? from.help : body.help,
        requiredOnResolve: body.requiredOnResolve ?? from.requiredOnResolve,
        archived: body.archived ?? from.archived,
      }
      if (to.archived && !from.archived)
        await refuseInUse(db, { kind: 'field', id: from.key }, `The field “${from.label}”`)
      await changeField(db, to, at)
      await audit(db, principal, at, {
        action: 'field_changed',
        thing: { type: 'field', id: to.id, name: to.label },
        changes: changesBetween(from, to),
        back: { method: 'PATCH', path: `/fields/${from.id}`, body: fieldPatchOf(from) },
      })
      tell(db, { changed: 'fields', id: to.id })
      return presentField(to)
    },
  })
}

/** "Order number" becomes `orderNumber`. */
function keyOf(label: string): string {
  const words = label
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .trim()
    .toLowerCase()
    .split(/ +/)
  const key = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  return /^[a-z]/.test(key)
    ? key.slice(0, 60)
    : declineInput('key', 'give a key: none can be made from this label')
}

function fieldPatchOf({ label, options, help, requiredOnResolve, archived }: Field) {
  return { label, options, help, requiredOnResolve, archived }
}

function presentField(found: Field): z.input<typeof field> {
  return { ...found, options: [...found.options] }
}
