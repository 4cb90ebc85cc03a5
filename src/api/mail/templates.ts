// What automatic mail says, by brand and language.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { mailTemplate, mailTemplatePage, mailTemplatePut } from '#api/contract/safety.ts'
import { pageQuery, idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import {
  dropTemplate,
  findTemplate,
  listTemplates,
  putTemplate,
  type MailTemplate,
} from '#channels/template-store.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween, type Back } from '#people/audit-store.ts'
import { templateProblem } from '#rules/render.ts'
import { tell } from '#store/listen.ts'
import { listBrands } from '#setup/brand-store.ts'

export function mailTemplateRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/mail-templates',
    access: 'mail_policy.write',
    summary: 'What automatic mail says, by brand and language',
    query: pageQuery,
    answer: mailTemplatePage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listTemplates(db, { limit: limit + 1, after: readCursor(cursor, idKey) ?? 0 })
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => row,
      )
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: '/mail-templates',
    access: 'mail_policy.write',
    summary: 'Adds a template, or changes that of the same kind, brand and language',
    body: mailTemplatePut,
    answer: mailTemplate,
    handler: async ({ db, body, principal }) => {
      for (const part of ['subject', 'body'] as const) {
        const problem = templateProblem(body[part], [])
        if (problem !== null) declineInput(part, problem)
      }
      if (body.brandId !== null && !(await listBrands(db)).some((brand) => brand.id === body.brandId))
        declineInput('brandId', 'is not a brand')
      const at = desk.clock.now()
      const before = await findTemplate(db, body)
      const kept = await putTemplate(db, body, at)
      await audit(db, principal, at, {
        action: 'mail_template_changed',
        thing: { type: 'mail_template', id: kept.id, name: nameOf(kept) },
        changes: changesBetween(before ?? {}, body),
        back: before === null ? undefined : putBack(before),
      })
      tell(db, { changed: 'settings', id: null })
      return kept
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/mail-templates/:id',
    access: 'mail_policy.write',
    summary: 'Removes a template; the desk’s own words are used again',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const gone = (await dropTemplate(db, params.id)) ?? decline('not-found')
      await audit(db, principal, desk.clock.now(), {
        action: 'mail_template_removed',
        thing: { type: 'mail_template', id: gone.id, name: nameOf(gone) },
        changes: [{ field: 'body', from: gone.body, to: null }],
        back: putBack(gone),
      })
      return null
    },
  })
}

function putBack({ kind, brandId, language, subject, body }: MailTemplate): Back {
  return { method: 'PUT', path: '/mail-templates', body: { kind, brandId, language, subject, body } }
}

function nameOf({ kind, language }: { kind: string; language: string | null }): string {
  return language === null ? kind : `${kind} (${language})`
}
