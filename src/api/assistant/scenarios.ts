// /assistant/scenarios: kept, read from a file and written to one, taken from a run, and lived through.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  newScenario,
  runScenariosOf,
  scenario,
  scenarioFile,
  scenarioPage,
  scenarioResults,
  scenariosRead,
} from '#api/contract/scenarios.ts'
import { idParams, pageQuery } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { ticketFor } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import { findConfig, liveAssistant } from '#assistant/config-store.ts'
import { standardConfig } from '#assistant/config.ts'
import { findRun } from '#assistant/run-store.ts'
import {
  addScenario,
  changeScenario,
  dropScenario,
  findScenario,
  listScenarios,
  type KeptScenario,
} from '#assistant/scenario-store.ts'
import { MOST_SCENARIOS, runScenarios, scenarioOfRun } from '#desk/assistant/scenarios.ts'
import type { Desk } from '#desk/desk.ts'
import type { Reader } from '#people/can.ts'
import type { Db } from '#store/database.ts'

export function scenarioRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/scenarios',
    access: 'assistant.read',
    summary: 'Scenarios, newest first',
    query: pageQuery,
    answer: scenarioPage,
    handler: async ({ db, query: { limit, cursor }, principal }) => {
      const rows = await listScenarios(db, principal, { limit: limit + 1, before: readCursor(cursor, idKey) })
      return pageFrom(rows, limit, ({ id }) => id, presentScenario)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/scenarios',
    access: 'assistant.judge',
    summary: 'Keeps a scenario: no version that fails it goes live',
    body: newScenario,
    answer: scenario,
    handler: async ({ db, body, principal }) => {
      await roomFor(db, 1)
      const of = { ticketId: null, by: principal.agentId, at: desk.clock.now() }
      return kept(db, principal, await addScenario(db, body, of))
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: '/assistant/scenarios/:id',
    access: 'assistant.judge',
    summary: 'Writes a scenario anew',
    params: idParams,
    body: newScenario,
    answer: scenario,
    handler: async ({ db, params, body, principal }) => {
      await kept(db, principal, params.id)
      await changeScenario(db, params.id, body, desk.clock.now())
      return kept(db, principal, params.id)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/assistant/scenarios/:id',
    access: 'assistant.judge',
    summary: 'Forgets a scenario',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      await kept(db, principal, params.id)
      await dropScenario(db, params.id)
      return null
    },
  })
  fileRoutes(app, desk)
  runRoutes(app, desk)
}

function fileRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/scenarios/file',
    access: 'assistant.read',
    summary: 'All scenarios, to be kept in a file',
    answer: scenarioFile,
    handler: async ({ db, principal }) => {
      const all = await listScenarios(db, principal, { limit: MOST_SCENARIOS, before: null })
      const scenarios = all.toReversed().map((each) => {
        const { id: _, ticketId: _of, createdBy: _by, updatedAt: _at, ...words } = presentScenario(each)
        return words
      })
      return { scenarios }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/scenarios/file',
    access: 'assistant.judge',
    summary: 'Adds the scenarios of a file',
    body: scenarioFile,
    answer: scenariosRead,
    handler: async ({ db, body: { scenarios }, principal }) => {
      await roomFor(db, scenarios.length)
      const of = { ticketId: null, by: principal.agentId, at: desk.clock.now() }
      for (const each of scenarios) await addScenario(db, each, of)
      return { added: scenarios.length }
    },
  })
}

function runRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/assistant/scenarios/run',
    access: 'assistant.judge',
    summary: 'Lives all scenarios through under a version, or under the one that is live; writes nothing',
    body: runScenariosOf,
    answer: scenarioResults,
    status: 200,
    handler: async ({ db, body, principal }) => {
      const version = body.version ?? (await liveAssistant(db)).version
      const found = version === null ? null : await findConfig(db, version)
      if (body.version !== undefined && found === null) declineInput('version', 'is no version')
      const items = await runScenarios(desk, db, found?.content ?? standardConfig, principal)
      return {
        version,
        passed: items.filter(({ isPassed }) => isPassed).length,
        items: items.map((item) => ({
          ...item,
          turns: item.turns.map((turn) => ({ ...turn, failed: [...turn.failed] })),
        })),
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/runs/:id/scenario',
    access: 'ticket.update',
    summary: 'Keeps what a run met as a scenario: what people say of it is what it must do',
    params: idParams,
    answer: scenario,
    handler: async ({ db, params, principal }) => {
      const found = (await findRun(db, params.id)) ?? decline('not-found', 'There is no such run.')
      const { ticket, subject } = await ticketFor(db, found.ticketId, principal, 'ticket.update')
      await roomFor(db, 1)
      const id = await scenarioOfRun(desk, db, found.id, ticket, { subject, by: principal.agentId })
      return kept(db, principal, id ?? declineInput('id', 'met a message that is not there any more'))
    },
  })
}

async function kept(db: Db, reader: Reader, id: number) {
  return presentScenario(
    (await findScenario(db, reader, id)) ?? decline('not-found', 'There is no such scenario.'),
  )
}

async function roomFor(db: Db, more: number): Promise<void> {
  const all = await listScenarios(db, null, { limit: MOST_SCENARIOS + 1, before: null })
  if (all.length + more > MOST_SCENARIOS)
    declineInput('scenarios', `are more than ${MOST_SCENARIOS}: forget some that say the same`)
}

function presentScenario({ turns, ...row }: KeptScenario) {
  return { ...row, turns: turns.map(({ text, checks }) => ({ text, checks: [...checks] })) }
}
