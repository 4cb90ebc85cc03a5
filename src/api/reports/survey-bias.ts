// Who answers surveys: a figure of those that were sent in a window, for whom the caller sees.
import type { FastifyInstance } from 'fastify'
import { surveyBias as answer, surveyBiasQuery } from '#api/contract/reports.ts'
import { question } from '#api/reports/question.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { surveyCells } from '#reporting/survey-bias-store.ts'
import { surveyBias } from '#reporting/survey-bias.ts'

export function surveyBiasRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/survey-bias',
    access: 'ticket.read',
    asksMuch: true,
    summary: 'Who answers surveys, and satisfaction as if everybody had answered who was asked',
    query: surveyBiasQuery,
    answer,
    handler: async ({ db, query, principal }) => {
      const { asked, scope } = await question(desk, { key: 'csatResponse', ...query }, principal)
      const { teams } = (await desk.setup.now()).directory
      const { rates, ...figures } = surveyBias(await surveyCells(db, asked, scope))
      const nameOf = (id: string | null) => teams.find((team) => String(team.id) === id)?.name ?? null
      return {
        ...figures,
        rates: rates.map((each) => ({ ...each, name: each.trait === 'teamId' ? nameOf(each.value) : null })),
      }
    },
  })
}
