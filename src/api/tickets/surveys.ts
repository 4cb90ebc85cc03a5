// What customers said of a ticket's resolves, and whether they were asked.
import type { FastifyInstance } from 'fastify'
import { ticketSurveyPage } from '#api/contract/surveys.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { peopleById } from '#people/person-store.ts'
import { surveysOf } from '#tickets/survey-store.ts'

export function ticketSurveyRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/surveys',
    access: 'ticket.read',
    summary: 'What its customer said of each resolve, the last one first',
    params: ticketParams,
    answer: ticketSurveyPage,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.read')
      const surveys = await surveysOf(db, params.id)
      const people = await peopleById(
        db,
        surveys.flatMap(({ assigneeId }) => assigneeId ?? []),
      )
      const { teams } = (await desk.setup.now()).directory
      const named = (id: number | null) => people.find((each) => each.id === id)
      const items = surveys.map(({ assigneeId, teamId, ...survey }) => {
        const assignee = named(assigneeId)
        const team = teams.find(({ id }) => id === teamId)
        return {
          ...survey,
          assignee:
            assignee === undefined
              ? null
              : { id: assignee.id, name: assignee.name, email: assignee.email ?? '' },
          team: team === undefined ? null : { id: team.id, name: team.name },
        }
      })
      return { items, nextCursor: null }
    },
  })
}
