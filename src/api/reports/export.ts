// Reports as files: the rows of one and what stands behind its numbers as CSV and as a workbook, the lives of tickets for process mining,
// and what each measure means.
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { reportParams, reportQuery } from '#api/contract/reports.ts'
import { question } from '#api/reports/question.ts'
import { workbookOf, type Line } from '#api/reports/workbook.ts'
import type { Desk } from '#desk/desk.ts'
import { askerOf, fieldsOf } from '#desk/reports/ask.ts'
import { livesOf } from '#desk/reports/event-log.ts'
import { behindNumber, report } from '#desk/reports/report.ts'
import { csvLine } from '#kit/csv.ts'
import type { Principal } from '#people/can.ts'
import { csvHead, csvOfEvent, xesEnd, xesHead, xesOfTicket } from '#reporting/event-log.ts'
import { measureKeys, measures } from '#reporting/measures.ts'
import type { Place, Thing } from '#reporting/report-store.ts'

const COLUMNS = ['at', 'group', 'n', 'value', 'low', 'high', 'p90', 'p95', 'mean', 'immature'] as const
const THINGS = ['at', 'ticketId', 'subject', 'status', 'value', 'group'] as const
const AT_ONCE = 2_000

export function reportExportRoutes(app: FastifyInstance, desk: Desk): void {
  for (const kind of ['csv', 'xlsx'] as const) {
    fileRoute(app, `/reports/:key/rows.${kind}`, 'The rows of a report', async (request, reply) => {
      const { key, asked } = await asks(desk, request)
      const { rows, zone } = await report(desk, desk.database, asked)
      const lines = rows.map((row) => [...COLUMNS.map((column) => row[column]), zone])
      return send(reply, `${key}.${kind}`, [...COLUMNS, 'zone'], of(lines))
    })
    fileRoute(app, `/reports/:key/tickets.${kind}`, 'What a report counts', async (request, reply) => {
      const { key, asked } = await asks(desk, request)
      return send(reply, `${key}-tickets.${kind}`, THINGS, things(desk, asked))
    })
  }
  eventRoutes(app, desk)
  const access = 'ticket.read'
  app.get(
    '/api/v1/reports/metrics.json',
    {
      config: { access },
      schema: { summary: 'What each measure means, to go with its numbers', tags: ['reports'] },
    },
    () => ({
      items: measureKeys.map((key) => {
        const { version, unit, about, source } = measures[key]
        return { key, version, unit, definition: about, formula: source, fields: fieldsOf(key) }
      }),
    }),
  )
}

function fileRoute(
  app: FastifyInstance,
  url: string,
  summary: string,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const about = `${summary} as ${url.slice(url.lastIndexOf('.') + 1).toUpperCase()}: durations in seconds, moments in UTC`
  const schema = { summary: about, tags: ['reports'], params: reportParams, querystring: reportQuery }
  app.get(`/api/v1${url}`, { config: { access: 'ticket.read' }, schema }, handler)
}

async function asks(desk: Desk, request: FastifyRequest) {
  const { key } = request.params as z.output<typeof reportParams>
  const words = { key, ...(request.query as z.output<typeof reportQuery>) }
  return { key, asked: await question(desk, words, request.principal as Principal) }
}

async function* of(lines: readonly Line[]): AsyncGenerator<Line> {
  yield* lines
}

/** All that a report counts, page by page. */
async function* things(desk: Desk, asked: Awaited<ReturnType<typeof question>>): AsyncGenerator<Line> {
  for (let after: Place | null = null; ;) {
    const page: readonly Thing[] =
      (await behindNumber(desk.database, asked, {}, { limit: AT_ONCE, after })) ?? []
    // A mail that became no ticket has no number of one.
    for (const thing of page)
      yield THINGS.map((column) => (column === 'ticketId' ? thing[column] || '' : thing[column]))
    const last: Thing | undefined = page.at(-1)
    if (last === undefined || page.length < AT_ONCE) return
    after = { at: last.at, ticketId: last.ticketId, kind: last.kind, nth: last.nth }
  }
}

function send(
  reply: FastifyReply,
  name: string,
  head: readonly string[],
  lines: AsyncIterable<Line>,
): unknown {
  void reply.header('content-disposition', `attachment; filename="${name}"`)
  if (name.endsWith('.csv'))
    return reply.type('text/csv; charset=utf-8').send(Readable.from(csvOf(head, lines)))
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(workbookOf(head, lines))
}

async function* csvOf(head: readonly string[], lines: AsyncIterable<Line>) {
  yield csvLine(head)
  for await (const line of lines) yield csvLine(line)
}

/** Cases are the tickets opened in the window; 180 days unless said, as everything about stalls. */
function eventRoutes(app: FastifyInstance, desk: Desk): void {
  const formats = {
    csv: {
      type: 'text/csv; charset=utf-8',
      head: csvHead,
      end: '',
      write: (life: Life) => life.map(csvOfEvent).join(''),
    },
    xes: { type: 'application/xml; charset=utf-8', head: xesHead, end: xesEnd, write: xesOfTicket },
  }
  for (const kind of ['csv', 'xes'] as const) {
    const { type, head, end, write } = formats[kind]
    app.get(
      `/api/v1/reports/stalls/events.${kind}`,
      {
        config: { access: 'ticket.read' },
        schema: {
          summary: `The lives of tickets for process mining, as ${kind === 'xes' ? 'XES (IEEE 1849-2016)' : 'CSV'}`,
          tags: ['reports'],
          querystring: reportQuery.pick({ from: true, to: true, zone: true, filter: true }),
        },
      },
      async (request, reply) => {
        const principal = request.principal as Principal
        const words = { key: 'arrivals', from: '-180d', ...(request.query as object) }
        const lives = livesOf(desk, await question(desk, words, principal), askerOf(principal).people)
        return reply
          .type(type)
          .header('content-disposition', `attachment; filename="events.${kind}"`)
          .send(Readable.from(written(lives, head, write, end)))
      },
    )
  }
}

type Life = Parameters<typeof xesOfTicket>[0]

async function* written(
  lives: AsyncIterable<Life>,
  head: string,
  write: (life: Life) => string,
  end: string,
): AsyncGenerator<string> {
  yield head
  for await (const life of lives) yield write(life)
  if (end !== '') yield end
}
