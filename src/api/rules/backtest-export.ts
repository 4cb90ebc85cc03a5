// The differing tickets of a backtest as files: a line for each difference as CSV, a ticket on each line as NDJSON.
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { diffFilter, type Diff } from '#api/contract/backtests.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { presentDiff, showingOf } from '#api/rules/present-backtest.ts'
import { csvLine } from '#kit/csv.ts'
import { findBacktest } from '#backtest/backtest-store.ts'
import { listDifferences, type DifferenceFilter } from '#backtest/difference-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { Principal } from '#people/can.ts'

const AT_ONCE = 200

const HEAD = ['ticket', 'subject', 'kind', 'at', 'certain', 'rule', 'what', 'from', 'to']

const formats = {
  csv: { type: 'text/csv; charset=utf-8', head: csvLine(HEAD), write: csvOf },
  ndjson: { type: 'application/x-ndjson', head: '', write: (each: Diff) => `${JSON.stringify(each)}\n` },
} as const

export function backtestExportRoutes(app: FastifyInstance, desk: Desk): void {
  for (const name of ['csv', 'ndjson'] as const) {
    const { type, head, write } = formats[name]
    app.get(
      `/api/v1/backtests/:id/diffs.${name}`,
      {
        config: { access: 'rules.publish' },
        schema: {
          summary: `Tickets that would have gone otherwise, as ${name.toUpperCase()}`,
          tags: ['backtests'],
          params: idParams,
          querystring: diffFilter,
        },
      },
      async (request, reply) => {
        const { id } = request.params as z.output<typeof idParams>
        if ((await findBacktest(desk.database, id)) === null) return decline('not-found')
        const filter = request.query as z.output<typeof diffFilter>
        const diffs = allDiffs(desk, id, filter, request.principal as Principal)
        return reply
          .type(type)
          .header('content-disposition', `attachment; filename="backtest-${id}.${name}"`)
          .send(Readable.from(written(diffs, head, write)))
      },
    )
  }
}

async function* allDiffs(desk: Desk, id: number, filter: DifferenceFilter, principal: Principal) {
  const found = await findBacktest(desk.database, id)
  if (found === null) return
  const showing = await showingOf(desk, desk.database, found, principal)
  for (let after = 0; ;) {
    const rows = await listDifferences(desk.database, id, { ...filter, limit: AT_ONCE, after }, principal)
    for (const row of rows) yield presentDiff(row, showing)
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)?.ticketId ?? after
  }
}

async function* written(diffs: AsyncIterable<Diff>, head: string, write: (diff: Diff) => string) {
  yield head
  for await (const diff of diffs) yield write(diff)
}

function csvOf({ ticketId, subject, differences }: Diff): string {
  return differences
    .map(({ kind, at, certain, rule, what, change }) =>
      csvLine([
        ticketId,
        subject,
        kind,
        at,
        certain,
        rule?.title,
        what,
        change?.fromName ?? change?.from,
        change?.toName ?? change?.to,
      ]),
    )
    .join('')
}
