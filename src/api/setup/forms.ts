// Forms: what customers are asked at /forms/KEY. The pages themselves are src/pages/forms.ts.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { deskQuery } from '#api/contract/desk.ts'
import { form, formPage, formPatch, newForm } from '#api/contract/forms.ts'
import { idParams } from '#api/contract/shapes.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import type { BrandId, CategoryId, TeamId } from '#kit/ids.ts'
import { findTeam } from '#people/agent-store.ts'
import { audit, changesBetween, type Back } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { findBrand } from '#setup/brand-store.ts'
import { addForm, changeForm, findForm, listForms } from '#setup/form-store.ts'
import { readOrigin } from '#setup/form-origin.ts'
import { whenProblem, type Form } from '#setup/form.ts'
import { findCategory, findCategoryByPath } from '#setup/taxonomy-store.ts'

export function formRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/forms',
    access: 'desk.read',
    summary: 'Forms by their key',
    query: deskQuery,
    answer: formPage,
    handler: async ({ db, query: { q = '', limit, cursor, archived } }) => {
      const after = readCursor(cursor, z.string()) ?? ''
      const rows = await listForms(db, { q, limit: limit + 1, archived: archived === 'true', after })
      const page = pageFrom(
        rows,
        limit,
        ({ key }) => key,
        (row) => row,
      )
      return { ...page, items: await Promise.all(page.items.map((row) => present(desk, db, row))) }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/forms/:id',
    access: 'desk.read',
    summary: 'One form',
    params: idParams,
    answer: form,
    handler: async ({ db, params }) =>
      present(desk, db, (await findForm(db, params.id)) ?? decline('not-found')),
  })
  route(app, desk, {
    method: 'POST',
    url: '/forms',
    access: 'fields.write',
    summary: 'Adds a form',
    body: newForm,
    answer: form,
    handler: async ({ db, body, principal }) => {
      if ((body.team === null ? null : await findTeam(db, body.team))?.archived === true)
        declineInput('team', 'is archived')
      const input = { ...(await resolved(desk, db, body)), key: body.key, archived: false }
      const added = (await addForm(db, input)) ?? declineInput('key', 'is taken')
      return noted(desk, db, principal, { action: 'form_added', id: added, from: {} })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/forms/:id',
    access: 'fields.write',
    summary: 'Changes a form, or takes it away',
    params: idParams,
    body: formPatch,
    answer: form,
    handler: async ({ db, params, body, principal }) => {
      const from = (await findForm(db, params.id)) ?? decline('not-found')
      const before = await present(desk, db, from)
      if (body.team != null && (await findTeam(db, body.team))?.archived === true)
        declineInput('team', 'is archived')
      const whole = {
        title: body.title ?? before.title,
        intro: body.intro ?? before.intro,
        brand: body.brand ?? before.brand.id,
        team: body.team === undefined ? (before.team?.id ?? null) : body.team,
        category: body.category === undefined ? before.category : body.category,
        questions: body.questions ?? before.questions,
        files: body.files ?? before.files,
        thanks: body.thanks ?? before.thanks,
        origins: body.origins ?? before.origins,
      }
      const archived = body.archived ?? from.archived
      const { id: _, key: __, url: ___, ...was } = before
      const restored = { ...was, brand: was.brand.id, team: was.team?.id ?? null }
      const back = { method: 'PATCH', path: `/forms/${from.id}`, body: restored } as const
      await changeForm(db, from.id, { ...(await resolved(desk, db, whole)), archived }, desk.clock.now())
      return noted(desk, db, principal, { action: 'form_changed', id: from.id, from: before, back })
    },
  })
}

type Input = Omit<z.output<typeof newForm>, 'key'>

/** What the form names, found; a 400 says what is not there. */
async function resolved(desk: Desk, db: Db, input: Input): Promise<Omit<Form, 'id' | 'key' | 'archived'>> {
  const { brand, team, category, questions, ...rest } = input
  if ((await findBrand(db, brand)) === null) declineInput('brand', 'is not a brand')
  if (team !== null && (await findTeam(db, team)) === null) declineInput('team', 'is not a team')
  const found = category === null ? null : await findCategoryByPath(db, category)
  if (category !== null && found === null) declineInput('category', `"${category}" is not a category`)
  const { fields } = await desk.setup.now()
  const unknown = questions.find(
    ({ ask }) => ask.startsWith('field.') && !fields.some(({ key }) => `field.${key}` === ask),
  )
  if (unknown !== undefined) declineInput('questions', `${unknown.ask} is not a field of this desk`)
  const tangled = whenProblem(questions, fields)
  if (tangled !== null) declineInput('questions', tangled)
  const categoryId = (found?.id ?? null) as CategoryId | null
  return {
    title: rest.title,
    intro: rest.intro,
    files: rest.files,
    thanks: rest.thanks,
    brandId: brand as BrandId,
    teamId: team as TeamId | null,
    categoryId,
    questions,
    origins: originsOf(rest.origins),
  }
}

/** The origins, each once. */
function originsOf(given: readonly string[]): string[] {
  const read = given.map((text, at) => {
    const found = readOrigin(text)
    return 'origin' in found ? found.origin : declineInput(`origins.${at}`, `"${text}" ${found.problem}`)
  })
  return [...new Set(read)]
}

async function present(desk: Desk, db: Db, row: Form): Promise<z.output<typeof form>> {
  const brand = await findBrand(db, row.brandId)
  const team = row.teamId === null ? null : await findTeam(db, row.teamId)
  const category = row.categoryId === null ? null : await findCategory(db, row.categoryId)
  return {
    id: row.id,
    key: row.key,
    title: row.title,
    intro: row.intro,
    brand: { id: row.brandId, name: brand?.name ?? '' },
    team: team === null ? null : { id: team.id, name: team.name },
    category: category?.path ?? null,
    questions: row.questions.map(({ when, ...each }) => ({
      ...each,
      when: when == null ? null : { ...when, is: [...when.is] },
    })),
    files: row.files,
    thanks: row.thanks,
    origins: [...row.origins],
    archived: row.archived,
    url: `${desk.baseUrl}/forms/${row.key}`,
  }
}

async function noted(
  desk: Desk,
  db: Db,
  principal: Principal,
  { action, id: formId, from, back }: { action: string; id: number; from: object; back?: Back },
) {
  const to = await present(desk, db, (await findForm(db, formId)) ?? decline('not-found'))
  await audit(db, principal, desk.clock.now(), {
    action,
    thing: { type: 'form', id: formId, name: to.title },
    changes: changesBetween({ ...from }, to),
    back,
  })
  tell(db, { changed: 'forms', id: formId })
  return to
}
