// /reports: what can be asked, a report, and the list behind each of its numbers, all within what the caller sees. Numbers of single
// people are for leads; everybody has their own.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  report as reportShape,
  reportCatalogue,
  reportList,
  reportListQuery,
  reportParams,
  reportQuery,
} from '#api/contract/reports.ts'
import { csvLine } from '#api/http/csv.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { declineInput } from '#api/http/problem.ts'
import { question } from '#api/reports/question.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { fieldsOf } from '#desk/reports/ask.ts'
import { behindNumber, report } from '#desk/reports/report.ts'
import type { Principal } from '#people/can.ts'
import { measureKeys, measures } from '#reporting/measures.ts'

const place = z.strictObject({
  at: z.iso.datetime(),
  ticketId: z.number().int(),
  kind: z.string().max(200),
  nth: z.number().int(),
})

export function reportRoutes(app: FastifyInstance, desk: Desk): void {
  csvRoute(app, desk)
  route(app, desk, {
    method: 'GET',
    url: '/reports',
    access: 'ticket.read',
    summary: 'The measures that can be reported, with what they mean',
    answer: reportCatalogue,
    handler: () => Promise.resolve({ items: measureKeys.map((key) => ({ key, ...shown(key) })) }),
  })
  route(app, desk, {
    method: 'GET',
    url: '/reports/:key',
    access: 'ticket.read',
    summary: 'One measure over a window, by stretches of time and by a field',
    params: reportParams,
    query: reportQuery,
    answer: reportShape,
    handler: async ({ db, params, query, principal }) => {
      const { rows, ...answer } = await report(
        desk,
        db,
        await question(desk, { ...params, ...query }, principal),
      )
      return {
        ...answer,
        rows: rows.map(({ values, ...row }) => ({ ...row, ...(values && { values: [...values] }) })),
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/reports/:key/tickets',
    access: 'ticket.read',
    summary: 'What one number of a report counts, the oldest first',
    params: reportParams,
    query: reportListQuery,
    answer: reportList,
    handler: async ({ db, params, query: { limit, cursor, at, group, ...words }, principal }) => {
      const asked = await question(desk, { ...params, ...words }, principal)
      const after = readCursor(cursor, place)
      const which = { at, group: group === 'none' ? null : group }
      const page = { limit: limit + 1, after: after as never }
      const rows =
        (await behindNumber(db, asked, which, page)) ?? declineInput('at', 'begins nothing of this report')
      return pageFrom(
        rows,
        limit,
        ({ at: moment, ticketId, kind, nth }) => ({ at: moment, ticketId, kind, nth }),
        (row) => row,
      )
    },
  })
}

const COLUMNS = ['at', 'group', 'n', 'value', 'low', 'high', 'p90', 'p95', 'mean', 'immature'] as const

function csvRoute(app: FastifyInstance, desk: Desk): void {
  app.get(
    '/api/v1/reports/:key/rows.csv',
    {
      config: { access: 'ticket.read' },
      schema: {
        summary: 'The rows of a report as CSV: durations in seconds, moments in UTC',
        tags: ['reports'],
        params: reportParams,
        querystring: reportQuery,
      },
    },
    async (request, reply) => {
      const { key } = request.params as z.output<typeof reportParams>
      const words = { key, ...(request.query as z.output<typeof reportQuery>) }
      const asked = await question(desk, words, request.principal as Principal)
      const { rows, zone } = await report(desk, desk.database, asked)
      const lines = rows.map((row) => csvLine([...COLUMNS.map((column) => row[column]), zone]))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${key}.csv"`)
        .send([csvLine([...COLUMNS, 'zone']), ...lines].join(''))
    },
  )
}

function shown(key: (typeof measureKeys)[number]) {
  const { version, unit, about } = measures[key]
  return { version, unit, about, fields: [...fieldsOf(key)] }
}
