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
  countScenarios,
  dropScenario,
  findScenario,
  listScenarios,
  type KeptScenario,
} from '#assistant/scenario-store.ts'
import type { Scenario } from '#assistant/scenario.ts'
import { MOST_SCENARIOS, runScenarios, scenarioOfRun } from '#desk/assistant/scenarios.ts'
import type { Desk } from '#desk/desk.ts'
import type { Reader } from '#people/can.ts'
import type { Db, Transaction } from '#store/database.ts'

/** What a file of so many may take, however much they say. */
const FILE_BYTES = 20_000_000

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
      await checkPlace(desk, body, '')
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
      await checkPlace(desk, body, '')
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
    summary:
      'The scenarios that people wrote, to be kept in a file; what was taken from tickets stays with them',
    answer: scenarioFile,
    handler: async ({ db, principal }) => {
      const all = await listScenarios(db, principal, { limit: MOST_SCENARIOS, before: null, isWritten: true })
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
    bodyLimit: FILE_BYTES,
    answer: scenariosRead,
    handler: async ({ db, body: { scenarios }, principal }) => {
      await roomFor(db, scenarios.length)
      const of = { ticketId: null, by: principal.agentId, at: desk.clock.now() }
      for (const [index, each] of scenarios.entries()) {
        await checkPlace(desk, each, `scenarios.${index}.`)
        await addScenario(db, each, of)
      }
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
    // Outside of any transaction: trials wait for each other.
    beforehand: async ({ db, body, principal }) => {
      const version = body.version ?? (await liveAssistant(db)).version
      const found = version === null ? null : await findConfig(db, version)
      if (body.version !== undefined && found === null) declineInput('version', 'is no version')
      return { version, items: await runScenarios(desk, db, found?.content ?? standardConfig, principal) }
    },
    handler: async ({ early: { version, items } }) => {
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
    access: 'assistant.judge',
    summary: 'Keeps what a run met as a scenario: what people say of it is what it must do',
    params: idParams,
    answer: scenario,
    handler: async ({ db, params, principal }) => {
      const found = (await findRun(db, params.id)) ?? decline('not-found', 'There is no such run.')
      const { ticket, subject } = await ticketFor(db, found.ticketId, principal, 'ticket.update')
      await roomFor(db, 1)
      const id = await scenarioOfRun(desk, db, found, ticket, { subject, by: principal.agentId })
      return kept(db, principal, typeof id === 'string' ? declineInput('id', id) : id)
    },
  })
}

async function kept(db: Db, reader: Reader, id: number) {
  return presentScenario(
    (await findScenario(db, reader, id)) ?? decline('not-found', 'There is no such scenario.'),
  )
}

async function roomFor(tx: Transaction, more: number): Promise<void> {
  if ((await countScenarios(tx)) + more > MOST_SCENARIOS)
    declineInput('scenarios', `are more than ${MOST_SCENARIOS}: forget some that say the same`)
}

/** A place that is not there has no past and no thresholds: its checks would never hold. */
async function checkPlace(
  desk: Desk,
  { brandId, categoryId }: Pick<Scenario, 'brandId' | 'categoryId'>,
  path: string,
): Promise<void> {
  const { brands, categories } = (await desk.setup.now()).directory
  if (brandId !== null && !brands.some(({ id }) => id === brandId))
    declineInput(`${path}brandId`, 'is not a brand')
  if (categoryId !== null && !categories.some(({ id }) => id === categoryId))
    declineInput(`${path}categoryId`, 'is not a category')
}

function presentScenario({ turns, ...row }: KeptScenario) {
  return {
    ...row,
    lookedUp: { ...row.lookedUp },
    turns: turns.map(({ text, checks }) => ({ text, checks: [...checks] })),
  }
}
