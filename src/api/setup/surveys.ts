// What a brand asks its customers once a ticket is resolved, and the mail that asks.
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { surveyPreview, surveyPreviewQuery, surveySetting, surveySettingBody } from '#api/contract/surveys.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { surveyMail } from '#desk/outbound/survey-mail.ts'
import { HIDDEN } from '#desk/outbound/ticket-link.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { findBrand, type Brand } from '#setup/brand-store.ts'
import { listMailboxes } from '#setup/mailbox-store.ts'
import { putSurveySetting, surveySettingOf, type SurveySetting } from '#setup/survey-setting-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function surveyRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/brands/:id/survey',
    access: 'desk.read',
    summary: 'What a brand asks once a ticket is resolved',
    params: idParams,
    answer: surveySetting,
    handler: async ({ db, params }) => present(await surveySettingOf(db, (await brandOf(db, params.id)).id)),
  })
  route(app, desk, {
    method: 'PUT',
    url: '/brands/:id/survey',
    access: 'settings.write',
    summary: 'Sets what a brand asks once a ticket is resolved',
    params: idParams,
    body: surveySettingBody,
    answer: surveySetting,
    handler: async ({ db, params, body, principal }) => {
      const { id: brandId, name } = await brandOf(db, params.id)
      const known = new Set((await listMailboxes(db)).map(({ id }) => id))
      if (body.withoutMailboxes.some((id) => !known.has(id)))
        declineInput('withoutMailboxes', 'names a mailbox that is not in use')
      const from = present(await surveySettingOf(db, brandId))
      await putSurveySetting(db, { ...body, brandId })
      await audit(db, principal, desk.clock.now(), {
        action: 'survey_changed',
        thing: { type: 'brand', id: brandId, name },
        changes: changesBetween({ ...from }, { ...body }),
        back: { method: 'PUT', path: `/brands/${brandId}/survey`, body: from },
      })
      tell(db, { changed: 'brands', id: brandId })
      return body
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/brands/:id/survey/preview',
    access: 'desk.read',
    summary: 'The mail that asks, its links leading nowhere',
    params: idParams,
    query: surveyPreviewQuery,
    answer: surveyPreview,
    handler: async ({ db, params, query }) => {
      const found = await brandOf(db, params.id)
      const { desk: settings } = await desk.setup.now()
      const setting = await surveySettingOf(db, found.id)
      const { subject, text } = surveyMail({
        language: query.language ?? settings.language,
        brand: found.fromName || settings.deskName,
        scale: query.scale ?? setting.scale,
        url: `${desk.baseUrl}/rate/${HIDDEN}`,
        signature: found.signature || settings.signature,
      })
      return { subject, text }
    },
  })
}

const brandOf = async (db: Db, id: number): Promise<Brand> =>
  (await findBrand(db, id)) ?? decline('not-found')

function present(setting: SurveySetting): z.input<typeof surveySetting> {
  const { isOn, delaySeconds, scale, holdoutPercent, withoutMailboxes } = setting
  return { isOn, delaySeconds, scale, holdoutPercent, withoutMailboxes: [...withoutMailboxes] }
}
