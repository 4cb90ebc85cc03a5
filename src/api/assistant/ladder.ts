// /assistant/ladder: how far the assistant has come by category, what the next step waits for, and the press that takes it.
import type { FastifyInstance } from 'fastify'
import { ladder, newLadderStep } from '#api/contract/ladder.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { findConfig, liveAssistant } from '#assistant/config-store.ts'
import { LIMIT } from '#assistant/cusum.ts'
import { ladderNow, reviewersAgree, takeStep, type NoStep } from '#desk/assistant/ladder.ts'
import type { Desk } from '#desk/desk.ts'
import { audit } from '#people/audit-store.ts'
import type { Db } from '#store/database.ts'

export function ladderRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/ladder',
    access: 'assistant.read',
    summary: 'How far the assistant has come by category, and what the next step up waits for',
    answer: ladder,
    handler: async ({ db }) => ladderOf(desk, db),
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/ladder/steps',
    access: 'assistant.write',
    summary: 'Takes a step up or down; up only where nothing is missing',
    body: newLadderStep,
    answer: ladder,
    handler: async ({ db, body, principal }) => {
      const taken = await takeStep(desk, db, body, principal.agentId)
      if (typeof taken !== 'number') return declineStep(taken)
      const thing = { type: 'assistant', id: taken, name: `version ${taken}` }
      const changes = [{ field: 'rung', from: body.from, to: body.to }]
      await audit(db, principal, desk.clock.now(), { action: 'assistant_published', thing, changes })
      return ladderOf(desk, db)
    },
  })
}

function declineStep(not: NoStep): never {
  switch (not.no) {
    case 'moved':
      return decline('conflict', 'It stands on another rung by now. Look again.')
    case 'far':
      return declineInput('to', 'is not the next rung: it goes up one at a time')
    case 'missing':
      return declineInput('to', 'is not open yet: something is still missing')
    case 'unpublished':
      return declineInput('to', not.why)
  }
}

async function ladderOf(desk: Desk, db: Db) {
  const { version } = await liveAssistant(db)
  const live = version === null ? null : await findConfig(db, version)
  const { categories, brands } = (await desk.setup.now()).directory
  const items = (await ladderNow(desk, db)).map((row) => ({
    ...row,
    missing: [...row.missing],
    signals: [...row.signals],
    category: categories.find(({ id }) => id === row.categoryId)?.path ?? `#${row.categoryId}`,
    brand: brands.find(({ id }) => id === row.brandId)?.name ?? null,
  }))
  const agreement = await reviewersAgree(desk, db)
  return { version, maxWrong: live?.content.maxWrong ?? 0, limit: LIMIT, agreement, items }
}
