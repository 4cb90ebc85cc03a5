// Taking back what rules of a version made of tickets: tried first, then as one job.
import type { FastifyInstance } from 'fastify'
import { job } from '#api/contract/jobs.ts'
import { versionParams } from '#api/contract/rules.ts'
import { firingsQuery, undoFirings, undoPreview } from '#api/contract/firings.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { startedJob } from '#api/tickets/bulk.ts'
import type { Desk } from '#desk/desk.ts'
import { previewUndo, ticketsOfFirings } from '#desk/rules/undo-firings.ts'
import { byOf } from '#desk/update.ts'
import type { Db } from '#store/database.ts'
import { addBulkJob, type FiringsOf } from '#tickets/bulk-store.ts'

export function undoFiringsRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/versions/:version/made',
    access: 'rules.publish',
    summary: 'What rules of a version made of tickets, and what taking it back would do',
    params: versionParams,
    query: firingsQuery,
    answer: undoPreview,
    handler: async ({ db, params, query, principal }) => {
      const of = { version: params.version, ruleId: query.rule ?? null }
      const found = await previewUndo(desk, db, of, { by: byOf(principal), ids: await ticketsOf(db, of) })
      return { ...found, sample: [...found.sample] }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/rulebook/versions/:version/undo',
    access: 'rules.publish',
    summary: 'Takes back what rules of a version made of tickets, in the background; answers the job',
    params: versionParams,
    body: undoFirings,
    answer: job,
    status: 202,
    handler: async ({ db, params, body, principal }) => {
      const firings = { version: params.version, ruleId: body.rule ?? null }
      const ids = await ticketsOf(db, firings)
      if (ids.length === 0)
        decline('refused', 'These rules changed nothing that still stands.', { refusal: 'not_found' })
      const { agentId } = principal
      return startedJob(db, await addBulkJob(db, { agentId, at: desk.clock.now(), firings }, ids))
    },
  })
}

async function ticketsOf(db: Db, of: FiringsOf): Promise<readonly number[]> {
  const what = of.ruleId === null ? `version ${of.version}` : `rule ${of.ruleId} in version ${of.version}`
  return (await ticketsOfFirings(db, of)) ?? decline('not-found', `There is no ${what} that was live.`)
}
