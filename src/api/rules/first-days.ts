// The first days of a version of the rules, beside what the backtest it went live on foretold.
import type { FastifyInstance } from 'fastify'
import { firstDays } from '#api/contract/fares.ts'
import { versionParams } from '#api/contract/rules.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { firstDays as firstDaysOf } from '#desk/past/first-days.ts'
import { readRulebook } from '#rules/rulebook-store.ts'

export function firstDaysRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/versions/:version/first-days',
    access: 'rules.read',
    summary: 'The first days of a version beside what its backtest foretold',
    params: versionParams,
    answer: firstDays,
    handler: async ({ db, params }) => {
      const book =
        (await readRulebook(db, params.version)) ?? decline('not-found', 'There is no such version.')
      const titles = new Map(book.rules.map(({ id, title }) => [id, title]))
      const found = await firstDaysOf(desk, db, book)
      return {
        isForetold: found !== null,
        items: (found ?? []).map(({ ruleId, days, ...range }) => ({
          rule: { id: ruleId, title: titles.get(ruleId) ?? '' },
          ...range,
          days: [...days],
        })),
      }
    },
  })
}
