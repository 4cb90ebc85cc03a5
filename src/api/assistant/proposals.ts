// What a procedure proposes on a ticket: shown before it is done, and done at a person's press, in their name.
import type { FastifyInstance } from 'fastify'
import { proposal, proposalApproval, type Proposal } from '#api/contract/procedures.ts'
import { idParams } from '#api/contract/shapes.ts'
import { ticket as ticketSchema, type MacroChange } from '#api/contract/tickets.ts'
import { decline } from '#api/http/problem.ts'
import { ticketFor } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import { applyMacro } from '#api/rules/apply-macro.ts'
import { previewOf, textFor } from '#api/rules/macro-preview.ts'
import { presentOne } from '#api/tickets/tickets.ts'
import { noteMacro } from '#api/tickets/used-macro.ts'
import type { ProcedureRun } from '#assistant/procedure.ts'
import { findRun, standingProposal, type Run } from '#assistant/run-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { KnownField } from '#rules/directory.ts'
import { findMacro, type Macro } from '#rules/macro-store.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { lockTickets, type TicketRow } from '#tickets/ticket-store.ts'

export function proposalRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/runs/:id/proposal',
    access: 'ticket.read',
    summary: 'What a procedure proposes on a ticket, and what it would change; changes nothing',
    params: idParams,
    answer: proposal,
    handler: async ({ db, params, principal }) => {
      const run = await proposingRun(db, params.id)
      const row = await ticketFor(db, run.ticketId, principal, 'ticket.read')
      return shownOf(desk, db, { macro: await proposed(desk, db, run), row }, principal)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/runs/:id/proposal',
    access: 'ticket.update',
    summary: 'Does what a procedure proposes, in the name of who approves it, as one update',
    params: idParams,
    body: proposalApproval,
    answer: ticketSchema,
    status: 200,
    handler: async ({ db, params, body: { shown }, principal }) => {
      const { ticketId } = await proposingRun(db, params.id)
      await ticketFor(db, ticketId, principal, 'ticket.update')
      // Of two who approve at once the second finds that it is done.
      await lockTickets(db, [ticketId])
      const row = await ticketFor(db, ticketId, principal, 'ticket.update')
      const run = await proposingRun(db, params.id)
      if (run.use !== null)
        decline('refused', 'Somebody has decided about this already.', { refusal: 'done_already' })
      if ((await standingProposal(db, ticketId, row.ticket.newestPublic?.seq ?? 0)) !== run.id)
        decline('refused', 'The ticket has moved on since: look at what is proposed now.', {
          refusal: 'overtaken',
        })
      const macro = await proposed(desk, db, run)
      if (macro.messageKind === 'reply') await ticketFor(db, ticketId, principal, 'ticket.reply')
      if ((await shownOf(desk, db, { macro, row }, principal)).shown !== shown)
        decline('refused', 'It would do something else by now: look at it again.', { refusal: 'overtaken' })
      const payload = {
        runId: run.id,
        configVersion: run.configVersion,
        use: 'accepted',
        changed: 0,
      } as const
      const facts = [{ kind: 'assistant_used', payload }] as const
      const done = await applyMacro(desk, db, macro, { ticketId }, principal, facts)
      await noteMacro(desk, db, macro.id, done, principal)
      tell(db, { changed: 'runs', id: ticketId })
      return presentOne(desk, db, ticketId, principal)
    },
  })
}

async function shownOf(
  desk: Desk,
  db: Db,
  { macro, row }: { readonly macro: Macro; readonly row: TicketRow },
  principal: Principal,
): Promise<Proposal> {
  const now = await presentOne(desk, db, row.ticket.id, principal)
  const preview = await previewOf(desk, macro, now, await textFor(db, macro, row), principal)
  // When it would end moves with the clock.
  const changes = preview.changes.map((each) => (each.field === 'snooze' ? { ...each, to: '' } : each))
  const { snoozeSeconds } = macro.change as MacroChange
  const shown = hashOf({ ...preview, changes, snoozeSeconds, macro: macro.id })
  return { macro: { id: macro.id, name: macro.name }, ...preview, shown } as Proposal
}

type Proposing = Run & { readonly procedure: ProcedureRun & { readonly macroId: number } }

async function proposingRun(db: Db, id: number): Promise<Proposing> {
  const run = await findRun(db, id)
  return run !== null && proposes(run) ? run : decline('not-found', 'This run proposes nothing.')
}

const proposes = (run: Run): run is Proposing => typeof run.procedure?.macroId === 'number'

/** The macro as it stands, with what the customer said in the fields of the same name. */
async function proposed(desk: Desk, db: Db, { procedure }: Proposing): Promise<Macro> {
  const macro = await findMacro(db, procedure.macroId, desk.clock.now())
  if (macro === null || macro.archived || macro.scope !== 'shared')
    return decline('refused', 'The macro that it proposes is not shared any more.', { refusal: 'gone' })
  const { fields } = (await desk.setup.now()).directory
  const change = macro.change as MacroChange
  const said = Object.fromEntries(procedure.facts.flatMap((each) => fieldOf(each, fields)))
  return { ...macro, change: { ...change, fields: { ...said, ...change.fields } } }
}

type Said = ProcedureRun['facts'][number]

/** What was looked up stands somewhere already. */
function fieldOf({ fact, value, from }: Said, fields: readonly KnownField[]): [string, string | number][] {
  const field = fields.find(
    ({ key, label, archived }) => !archived && (key.toLowerCase() === fact || label.toLowerCase() === fact),
  )
  if (field === undefined || value === null || from !== null) return []
  switch (field.type) {
    case 'number':
      return Number.isFinite(Number(value)) ? [[field.key, Number(value)]] : []
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) ? [[field.key, value]] : []
    case 'select':
      return field.options.includes(value) ? [[field.key, value]] : []
    case 'text':
    case 'long_text':
      return [[field.key, value]]
    default:
      return []
  }
}
