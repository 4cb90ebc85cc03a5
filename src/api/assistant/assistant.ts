// /assistant: how far it may go, in versions; and the switch that ends it at once.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  assistantOverview,
  assistantSwitch,
  assistantVersionDetail,
  assistantVersionPage,
  newAssistantVersion,
  publishing,
  versionParams,
} from '#api/contract/assistant.ts'
import { pageQuery } from '#api/contract/shapes.ts'
import { presentDetail, presentLearnt, presentVersion, settingsOf } from '#api/assistant/present-assistant.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { alikeCounts } from '#assistant/alike-store.ts'
import { contradictionIn, type Guidance } from '#assistant/guidance.ts'
import { guidanceCounts } from '#assistant/guidance-store.ts'
import { draftUsesSince } from '#assistant/draft-use-store.ts'
import { newestClassifiers } from '#assistant/classifier-store.ts'
import { findConfig, listConfigs, listSwitches, setSwitch } from '#assistant/config-store.ts'
import { afterMerges, standardConfig } from '#assistant/config.ts'
import { problemsOf } from '#assistant/procedure-check.ts'
import type { Procedure } from '#assistant/procedure.ts'
import { findProvider } from '#assistant/provider-store.ts'
import { categoryCounts } from '#assistant/metric-store.ts'
import {
  keepVersion,
  misplacedIn,
  publishVersion,
  stopAssistant,
  tryOut,
  unreadyOf,
} from '#desk/assistant/publish.ts'
import { sectionsByLanguage } from '#desk/assistant/library.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import { openTexts } from '#knowledge/public-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const ALIKE_SECONDS = 30 * 86_400
const DRAFT_DAYS = 90

export function assistantRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant',
    access: 'assistant.read',
    asksMuch: true,
    summary: 'What is live, what is switched off, what it learnt, and what it does by category',
    answer: assistantOverview,
    handler: async ({ db }) => {
      const { version, merged } = (await desk.setup.now()).assistant
      // A version that has just gone live is told of sooner than a replica has it.
      const live = version === 0 ? null : await findConfig(desk.database, version)
      return {
        live: live && presentDetail({ ...live, content: afterMerges(live.content, merged) }),
        standard: settingsOf(standardConfig),
        switches: await listSwitches(db),
        learnt: (await newestClassifiers(db)).map(presentLearnt),
        alike: await alikeCounts(db, plus(desk.clock.now(), -ALIKE_SECONDS)),
        guidance: await guidanceCounts(db, plus(desk.clock.now(), -ALIKE_SECONDS)),
        drafts: await draftUsesSince(db, desk.clock.now(), DRAFT_DAYS),
        articles: { languages: await readable(db) },
        categories: await categoryCounts(db),
      }
    },
  })
  versionRoutes(app, desk)
  route(app, desk, {
    method: 'PUT',
    url: '/assistant/switch',
    access: 'assistant.write',
    summary: 'Switches the desk, a brand or a category off or on; answers that have not left are taken back',
    body: assistantSwitch,
    answer: z.null(),
    status: 204,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      if (await setSwitch(db, { ...body, by: principal.agentId, at })) {
        const thing = { type: 'assistant', id: null, name: body.scope }
        await audit(db, principal, at, {
          action: body.off ? 'assistant_switched_off' : 'assistant_switched_on',
          thing,
        })
      }
      tell(db, { changed: 'assistant', id: null })
      tell(db, { lane: 'assistant' })
      return null
    },
  })
}

function versionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/versions',
    access: 'assistant.read',
    summary: 'Versions of the configuration, newest first',
    query: pageQuery,
    answer: assistantVersionPage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listConfigs(db, { limit: limit + 1, before: readCursor(cursor, idKey) })
      return pageFrom(rows, limit, ({ version }) => version, presentVersion)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/assistant/versions/:version',
    access: 'assistant.read',
    summary: 'One version',
    params: versionParams,
    answer: assistantVersionDetail,
    handler: async ({ db, params }) => detail(db, params.version),
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/versions',
    access: 'assistant.write',
    summary: 'Keeps a version; nothing changes until it is published',
    body: newAssistantVersion,
    answer: assistantVersionDetail,
    handler: async ({ db, body: { settings: sent, note }, principal }) => {
      // What was said of a category that was merged holds for the one that has its tickets.
      const { merged } = (await desk.setup.now()).assistant
      const settings = afterMerges(sent, merged)
      const { providerId = null, procedures = [], guidance = [] } = settings
      if (providerId !== null && (await findProvider(db, providerId)) === null)
        declineInput('settings.providerId', 'is no provider')
      await checkProcedures(desk, db, procedures)
      await checkGuidance(desk, guidance)
      return detail(db, await keepVersion(desk, db, { settings, note, by: principal.agentId }))
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/versions/:version/publish',
    access: 'assistant.write',
    summary:
      'Makes a version live. One that answers alone needs a simulation; one that goes further than what is live, a reason',
    params: versionParams,
    body: publishing,
    answer: assistantVersionDetail,
    status: 200,
    beforehand: async ({ params: { version } }) => {
      const found = await findConfig(desk.database, version)
      // What cannot go live anyway is not tried.
      return found === null || unreadyOf(found.content) !== null ? [] : tryOut(desk, found.content)
    },
    handler: async ({ db, params: { version }, body: { reason }, principal, early: trial }) => {
      await detail(db, version)
      const not = await publishVersion(desk, db, version, { trial, reason })
      if (not !== null) declineInput(not.field, not.why)
      const thing = { type: 'assistant', id: version, name: `version ${version}` }
      const changes = reason === '' ? [] : [{ field: 'reason', from: null, to: reason }]
      await audit(db, principal, desk.clock.now(), { action: 'assistant_published', thing, changes })
      return detail(db, version)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/assistant/live',
    access: 'assistant.write',
    summary: 'Ends the assistant: no version is live',
    answer: z.null(),
    status: 204,
    handler: async ({ db, principal }) => {
      await stopAssistant(desk, db)
      const thing = { type: 'assistant', id: null, name: null }
      await audit(db, principal, desk.clock.now(), { action: 'assistant_ended', thing })
      return null
    },
  })
}

/** A procedure that would stop in the middle, or is about what is not there, is not kept. */
async function checkProcedures(desk: Desk, db: Db, procedures: readonly Procedure[]): Promise<void> {
  const [problem] = problemsOf(procedures)
  if (problem !== undefined) declineInput(`settings.procedures.${problem.path}`, problem.why)
  const lost = await misplacedIn(desk, db, procedures)
  if (lost !== null)
    declineInput(`settings.procedures.${procedures.indexOf(lost.procedure)}.${lost.path}`, lost.why)
}

/** A sentence for a category or a brand that is not there would be told to nobody, or once to others. */
async function checkGuidance(desk: Desk, guidance: readonly Guidance[]): Promise<void> {
  const { brands, categories, agents } = (await desk.setup.now()).directory
  const [against, other] = contradictionIn(guidance) ?? []
  if (against !== undefined && other !== undefined)
    declineInput(`settings.guidance.${against}.text`, `says the opposite of “${guidance[other]?.text}”`)
  const lacks = (id: number | null, things: readonly { readonly id: number; readonly archived: boolean }[]) =>
    id !== null && !things.some((each) => each.id === id && !each.archived)
  for (const [at, { brandId, categoryId, ownerId }] of guidance.entries()) {
    const place = `settings.guidance.${at}`
    if (lacks(categoryId, categories)) declineInput(`${place}.categoryId`, 'is not a category')
    if (lacks(brandId, brands)) declineInput(`${place}.brandId`, 'is not a brand')
    if (lacks(ownerId, agents)) declineInput(`${place}.ownerId`, 'is not an active agent')
  }
}

async function detail(db: Db, version: number) {
  const found = (await findConfig(db, version)) ?? decline('not-found', `There is no version ${version}.`)
  return presentDetail(found)
}

/** What it may answer from. */
async function readable(db: Db) {
  return [...sectionsByLanguage(await openTexts(db))].map(([language, sections]) => ({
    language,
    articles: new Set(sections.map(({ articleId }) => articleId)).size,
    sections: sections.length,
  }))
}
