// Simulations: asked for, watched, and used: the version that answers alone rests on what its simulation found.
import type { FastifyInstance } from 'fastify'
import { assistantVersionDetail } from '#api/contract/assistant.ts'
import { idParams, pageQuery } from '#api/contract/shapes.ts'
import {
  newSimulation,
  simulatedPage,
  simulatedQuery,
  simulation,
  simulationDetail,
  simulationPage,
} from '#api/contract/simulations.ts'
import { presentDetail } from '#api/assistant/present-assistant.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { findConfig } from '#assistant/config-store.ts'
import { listSimulated } from '#assistant/simulated-store.ts'
import { addSimulation, findSimulation, listSimulations } from '#assistant/simulation-store.ts'
import { useSimulation } from '#desk/assistant/publish.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function simulationRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/assistant/simulations',
    access: 'assistant.write',
    summary: 'Lets a version live through the past, in the background',
    body: newSimulation,
    answer: simulation,
    status: 202,
    handler: async ({ db, body: { version, days }, principal }) => {
      if ((await findConfig(db, version)) === null) declineInput('version', 'is no version')
      const to = desk.clock.now()
      const window = { from: plus(to, -days * 86_400), to }
      const id = await addSimulation(db, { version, ...window, by: principal.agentId, at: to })
      tell(db, { lane: 'assistant' })
      return found(db, id)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/assistant/simulations',
    access: 'assistant.write',
    summary: 'Simulations, newest first',
    query: pageQuery,
    answer: simulationPage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listSimulations(db, { limit: limit + 1, before: readCursor(cursor, idKey) })
      return pageFrom(
        rows,
        limit,
        ({ id }) => id,
        (row) => row,
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/assistant/simulations/:id',
    access: 'assistant.write',
    summary: 'How far a simulation has come, and what it found',
    params: idParams,
    answer: simulationDetail,
    handler: async ({ db, params }) => found(db, params.id),
  })
  ticketsRoute(app, desk)
  route(app, desk, {
    method: 'POST',
    url: '/assistant/simulations/:id/use',
    access: 'assistant.write',
    summary: 'Keeps the version with the thresholds that its simulation found; it may then be published',
    params: idParams,
    answer: assistantVersionDetail,
    handler: async ({ db, params, principal }) => {
      const { id } = await found(db, params.id)
      const version = await useSimulation(desk, db, id, principal.agentId)
      if (typeof version === 'string') return declineInput('id', version)
      return presentDetail((await findConfig(db, version)) ?? decline('not-found'))
    },
  })
}

function ticketsRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/simulations/:id/tickets',
    access: 'assistant.write',
    summary: 'The tickets of a simulation: what it would have said beside what people said',
    params: idParams,
    query: simulatedQuery,
    answer: simulatedPage,
    handler: async ({ db, params, query: { limit, cursor, ...asked }, principal }) => {
      const { id } = await found(db, params.id)
      const { decision = null, reason = null, right = null, change = null } = asked
      const page = { limit: limit + 1, before: readCursor(cursor, idKey) }
      const rows = await listSimulated(db, id, { decision, reason, right, change }, principal, page)
      return pageFrom(
        rows,
        limit,
        ({ ticketId }) => ticketId,
        (row) => row,
      )
    },
  })
}

async function found(db: Db, id: number) {
  const row = (await findSimulation(db, id)) ?? decline('not-found', `There is no simulation ${id}.`)
  const { measured: _, report, ...rest } = row
  return {
    ...rest,
    report: report && {
      ...report,
      decisions: [...report.decisions],
      // Reports of before told of the category alone, in another shape.
      triage: Array.isArray(report.triage) ? [...report.triage] : [],
      reasons: [...report.reasons],
      curve: [...report.curve],
      categories: [...report.categories],
      unanswered: report.unanswered.map((each) => ({
        ...each,
        words: [...each.words],
        ticketIds: [...each.ticketIds],
      })),
    },
  }
}
