// GET /reports/routing: how evenly and how fairly work went out; who did how much is for leads. GET /reports/staffing: how many
// people it takes.
import type { FastifyInstance } from 'fastify'
import { routingReport, routingReportQuery } from '#api/contract/routing.ts'
import { staffing, staffingQuery } from '#api/contract/staffing.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { staffingOf } from '#desk/routing/staffing.ts'
import { plus } from '#kit/time.ts'
import { can } from '#people/can.ts'
import { sharedWork } from '#routing/report.ts'
import { readStaff } from '#routing/staff-store.ts'
import { countUnroutable, givenSince, offersSince, presencesSince } from '#routing/report-store.ts'

export function routingReportRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/routing',
    access: 'desk.read',
    asksMuch: true,
    summary: 'How evenly and how fairly work went out; each agent’s part is shown to leads alone',
    query: routingReportQuery,
    answer: routingReport,
    handler: async ({ db, query, principal }) => {
      const { desk: settings, routing } = await desk.setup.now()
      const to = desk.clock.now()
      const from = plus(to, -query.days * 86_400)
      const given = await givenSince(db, from, principal)
      const staff = await readStaff(db)
      const presences = await presencesSince(db, from)
      const stretch = { from: Date.parse(from), to: Date.parse(to), zone: settings.timeZone }
      const holders = new Map(
        routing.skills.map(({ id }) => [
          id,
          staff.filter(({ skills }) => skills[String(id)] !== undefined).map((each) => each.id),
        ]),
      )
      const { agents, waits, skills, ...report } = sharedWork(given, presences, stretch, holders)
      return {
        from,
        to,
        ...report,
        waits: [...waits],
        skills: [...skills],
        agents: can(principal, 'routing.lead') ? [...agents] : null,
        offers: await offersSince(db, from, principal),
        unroutable: await countUnroutable(db, principal),
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/reports/staffing',
    access: 'routing.lead',
    asksMuch: true,
    summary: 'How many agents each hour of the week needs for what is promised, and how many were there',
    query: staffingQuery,
    answer: staffing,
    handler: async ({ db, query: { queueId = null, promiseHours = null, ...query }, principal }) => {
      const { routing } = await desk.setup.now()
      if (queueId !== null && !routing.queues.some(({ id }) => id === queueId))
        return decline('not-found', 'There is no such queue.')
      return staffingOf(desk, db, { ...query, queueId, promiseHours, reader: principal })
    },
  })
}
