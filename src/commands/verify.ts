// `verify`: replays every ticket's log and compares it with its row. Exit 1 on any difference. `--audit`: verify-audit.ts.
import { isDeepStrictEqual } from 'node:util'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { verifyAudit } from '#commands/verify-audit.ts'
import { withStore } from '#commands/with-database.ts'
import { cacheSetup } from '#desk/setup-cache.ts'
import { changesOf } from '#reporting/changes.ts'
import { isFilled, rowsOfTickets } from '#reporting/fill-store.ts'
import { folded as foldedRows } from '#reporting/rows.ts'
import { workedBy } from '#reporting/worked.ts'
import type { Database, Db } from '#store/database.ts'
import { columnsOf } from '#tickets/write/columns.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { replay } from '#tickets/evolve.ts'
import { scoresOfTickets } from '#tickets/survey-store.ts'
import { eventsAfter, eventsOfTickets, lockTickets, ticketsFrom } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

const AT_ONCE = 500
const SHOWN = 20

export const verify: Command = {
  usage: 'verify [--json] [--audit [--anchors FILE]]',
  about:
    'Replays every ticket from its log and compares it with its rows; exits 1 on any difference.\nWith --audit it looks at the audit log instead, and names the first entry that was altered, removed, put in or moved;\n--anchors FILE: lines of mailed anchors to hold it against, beside those of the data folder.',
  run: async (args) => {
    const { values } = readArguments(verify, args, {
      json: { type: 'boolean' },
      audit: { type: 'boolean' },
      anchors: { type: 'string' },
    })
    if (values.audit === true) return verifyAudit({ anchors: values.anchors, json: values.json === true })
    const { tickets, differences } = await withStore(({ database }) => verifyAll(database))
    if (values.json === true) console.log(JSON.stringify({ tickets, differences }))
    else {
      for (const { ticketId, what } of differences.slice(0, SHOWN)) console.log(`#${ticketId}: ${what}`)
      console.log(`${tickets} tickets replayed, ${differences.length} differ.`)
    }
    if (differences.length > 0) throw new Stop(1, 'The log and the rows disagree. Nothing was repaired.')
  },
}

export type Difference = { readonly ticketId: number; readonly what: string }

/** Replays all tickets; differences are named, never repaired. */
export async function verifyAll(db: Database): Promise<{ tickets: number; differences: Difference[] }> {
  const differences: Difference[] = []
  let tickets = 0
  for (let last = 0; ;) {
    const rows = await ticketsFrom(db, last, AT_ONCE)
    for (const { ticket, columns } of rows) {
      const what = await differenceOf(db, ticket, columns)
      if (what !== null) differences.push({ ticketId: ticket.id, what })
    }
    differences.push(
      ...(await reportDifferences(
        db,
        rows.map(({ ticket }) => ticket.id),
      )),
    )
    tickets += rows.length
    last = rows.at(-1)?.ticket.id ?? last
    if (rows.length < AT_ONCE) return { tickets, differences }
  }
}

/** Tickets of which reports read something else than their logs say. The lock keeps updates from coming in between. */
async function reportDifferences(db: Database, ids: readonly number[]): Promise<Difference[]> {
  // While they are made anew nothing is held against them.
  if (!(await isFilled(db))) return []
  const { sla } = await cacheSetup(db).now()
  const worked = workedBy(sla)
  return db.transaction(async (tx) => {
    const locked = await lockTickets(tx, ids)
    const logs = await eventsOfTickets(tx, ids)
    const ratings = await ratingDifferences(tx, ids, logs)
    const reported = [...(await rowsOfTickets(tx, ids))].flatMap(([ticketId, rows]) => {
      const { rows: right, fold } = foldedRows(logs.get(ticketId) ?? [], worked)
      const changes = changesOf(rows, right)
      const kept = locked.get(ticketId)?.fold ?? null
      // None is kept where the next update reads the log.
      if (changes === null && kept !== null && !isDeepStrictEqual(kept, fold))
        return [{ ticketId, what: 'of what reports read: what the next update goes on from is different' }]
      if (changes === null) return []
      const { spans, facts, goneSpans, goneFacts } = changes
      const wrong = [
        ...spans.map(({ nth }) => `stretch ${nth}`),
        ...facts.map(({ kind, nth }) => `${kind} ${nth}`),
      ]
      const gone = [
        ...goneSpans.map((nth) => `stretch ${nth}`),
        ...goneFacts.map(({ kind, nth }) => `${kind} ${nth}`),
      ]
      const what =
        wrong.length > 0 ? `${wrong.join(', ')} missing or different` : `${gone.join(', ')} too many`
      return [{ ticketId, what: `of what reports read: ${what}` }]
    })
    return [...ratings, ...reported]
  })
}

/** Tickets whose surveys hold another score than their logs say. */
async function ratingDifferences(
  db: Db,
  ids: readonly number[],
  logs: ReadonlyMap<number, readonly TicketEvent[]>,
): Promise<Difference[]> {
  const kept = new Map((await scoresOfTickets(db, ids)).map((each) => [each.id, each.score]))
  return [...logs].flatMap(([ticketId, log]) => {
    const said = new Map<number, number | null>()
    for (const { kind, payload } of log)
      if (kind === 'csat_sent' || kind === 'csat_answered' || kind === 'csat_changed')
        said.set(payload.surveyId, payload.score ?? null)
    return [...said].flatMap(([id, score]) =>
      kept.get(id) === score
        ? []
        : [{ ticketId, what: `survey ${id} has the score ${kept.get(id)}, the log says ${score}` }],
    )
  })
}

async function differenceOf(
  db: Db,
  ticket: Ticket,
  columns: Readonly<Record<string, unknown>>,
): Promise<string | null> {
  // The row was read before: what has happened since is not in it.
  const log = (await eventsAfter(db, ticket.id, 0, null)).filter(({ seq }) => seq <= ticket.seq)
  const gap = log.findIndex((event, index) => event.seq !== index + 1)
  if (gap !== -1) return `the log has no event ${gap + 1}`
  let folded: Ticket
  try {
    folded = replay(log)
  } catch (error) {
    return `the log does not fold: ${(error as Error).message}`
  }
  for (const key of Object.keys({ ...folded, ...ticket }) as (keyof Ticket)[]) {
    if (!isDeepStrictEqual(folded[key], ticket[key])) {
      return `${key} is ${JSON.stringify(ticket[key])} in the row, ${JSON.stringify(folded[key])} by the log`
    }
  }
  return columnDifference(folded, columns)
}

function columnDifference(ticket: Ticket, columns: Readonly<Record<string, unknown>>): string | null {
  const right = columnsOf(ticket)
  const wrong = Object.keys(right).find((name) => !isDeepStrictEqual(columns[name], right[name]))
  return wrong === undefined
    ? null
    : `the column ${wrong} is ${JSON.stringify(columns[wrong])}, the state says ${JSON.stringify(right[wrong])}`
}
