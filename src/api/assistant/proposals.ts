// What a procedure proposes on a ticket: shown before it is done, and done at a person's press, in their name.
import type { FastifyInstance } from 'fastify'
import { proposal } from '#api/contract/procedures.ts'
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
import { findRun, runsOf, type Run } from '#assistant/run-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { KnownField } from '#rules/directory.ts'
import { findMacro, type Macro } from '#rules/macro-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

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
      const macro = await proposed(desk, db, run)
      const shown = await presentOne(desk, db, run.ticketId, principal)
      return {
        macro: { id: macro.id, name: macro.name },
        ...(await previewOf(desk, macro, shown, await textFor(db, macro, row), principal)),
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/runs/:id/proposal',
    access: 'ticket.update',
    summary: 'Does what a procedure proposes, in the name of who approves it, as one update',
    params: idParams,
    answer: ticketSchema,
    status: 200,
    handler: async ({ db, params, principal }) => {
      const { ticketId } = await proposingRun(db, params.id)
      await ticketFor(db, ticketId, principal, 'ticket.update')
      // Of two who approve at once the second finds that it is done.
      await lockTickets(db, [ticketId])
      const run = await proposingRun(db, params.id)
      if (run.use !== null)
        decline('refused', 'Somebody has decided about this already.', { refusal: 'done_already' })
      if ((await runsOf(db, ticketId, 1))[0]?.id !== run.id)
        decline('refused', 'The customer has written since: look at what is proposed now.', {
          refusal: 'overtaken',
        })
      const macro = await proposed(desk, db, run)
      if (macro.messageKind === 'reply') await ticketFor(db, ticketId, principal, 'ticket.reply')
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
