// How many agents are there when tickets come, of those whom the caller may know of.
import type { FastifyInstance } from 'fastify'
import { staffed as answer, staffedQuery } from '#api/contract/reports.ts'
import { question } from '#api/reports/question.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { staffedOf } from '#desk/reports/staffed.ts'

export function staffedRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/staffed',
    access: 'ticket.read',
    asksMuch: true,
    summary: 'How many agents were there in each hour of the week, as they said or by their calendars',
    query: staffedQuery,
    answer,
    handler: async ({ db, query, principal }) => {
      const { hours, ...told } = await staffedOf(
        desk,
        db,
        await question(desk, { key: 'arrivals', ...query }, principal),
      )
      return { ...told, hours: [...hours] }
    },
  })
}
