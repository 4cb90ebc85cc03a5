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
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { declineInput } from '#api/http/problem.ts'
import { question } from '#api/reports/question.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { fieldsOf } from '#desk/reports/ask.ts'
import { behindNumber, report } from '#desk/reports/report.ts'
import { measureKeys, measures } from '#reporting/measures.ts'
import type { ReportRow } from '#reporting/report.ts'

const place = z.strictObject({
  at: z.iso.datetime(),
  ticketId: z.number().int(),
  kind: z.string().max(200),
  nth: z.number().int(),
})

export function reportRoutes(app: FastifyInstance, desk: Desk): void {
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
    asksMuch: true,
    summary: 'One measure over a window, by stretches of time and by a field',
    params: reportParams,
    query: reportQuery,
    answer: reportShape,
    handler: async ({ db, params, query, principal }) => {
      const asked = await question(desk, { ...params, ...query }, principal)
      const { rows, before, ...answer } = await report(desk, db, asked)
      return {
        ...answer,
        rows: rows.map(presentRow),
        before: before && { ...before, rows: before.rows.map(presentRow) },
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/reports/:key/tickets',
    access: 'ticket.read',
    asksMuch: true,
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
        ({ ticketId, ...row }) => ({ ...row, ticketId: ticketId === 0 ? null : ticketId }),
      )
    },
  })
}

function presentRow({ values, ...row }: ReportRow) {
  return { ...row, ...(values && { values: [...values] }) }
}

function shown(key: (typeof measureKeys)[number]) {
  const { version, unit, about } = measures[key]
  return { version, unit, about, fields: [...fieldsOf(key)] }
}
