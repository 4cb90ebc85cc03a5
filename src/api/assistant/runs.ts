// Runs: what the assistant made of a message and why, what people say of it, and the assistant on one ticket.
import type { FastifyInstance } from 'fastify'
import {
  alikeAnswer,
  newVerdict,
  run,
  runPage,
  runQuery,
  ticketAssistant,
  ticketAssistantPut,
} from '#api/contract/assistant.ts'
import { idParams } from '#api/contract/shapes.ts'
import { presentRun } from '#api/assistant/present-assistant.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline } from '#api/http/problem.ts'
import { doneOr, ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { linkBoth } from '#api/tickets/actions.ts'
import { route } from '#api/route.ts'
import { sayAlike } from '#assistant/alike-store.ts'
import { findRun, listRuns, runsOf, standingProposal, type Run } from '#assistant/run-store.ts'
import { noTriage } from '#assistant/config.ts'
import { sayVerdict } from '#assistant/verdict-store.ts'
import { act } from '#desk/act.ts'
import { isOfIncident } from '#desk/assistant/alike.ts'
import { fallWhereDue } from '#desk/assistant/ladder.ts'
import { storyOf } from '#desk/assistant/standing.ts'
import type { Desk } from '#desk/desk.ts'
import { isSwitchedOff, type AssistantBook } from '#desk/assistant-book.ts'
import { byOf } from '#desk/update.ts'
import { sees, type Principal } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { messagesById } from '#tickets/message-store.ts'
import { isActive } from '#tickets/status.ts'
import { eventsAfter, lockTickets, ticketsById } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

const MOST_RUNS = 10

export function assistantRunRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/runs',
    access: 'assistant.read',
    summary: 'What the assistant made of messages and why, newest first',
    query: runQuery,
    answer: runPage,
    handler: async ({ db, query: { limit, cursor, ...asked }, principal }) => {
      const filter = {
        decision: asked.decision ?? null,
        reason: asked.reason ?? null,
        categoryId: asked.category ?? null,
        judged: asked.judged ?? null,
      }
      const page = { limit: limit + 1, before: readCursor(cursor, idKey) }
      const rows = await listRuns(db, filter, principal, page)
      return pageFrom(
        rows,
        limit,
        ({ id }) => id,
        ({ subject, ...row }) => ({ ...presentRun(row), subject }),
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/runs/:id/verdict',
    access: 'ticket.update',
    summary: 'Says whether what the assistant made of a message was right: a label to learn from',
    params: idParams,
    body: newVerdict,
    answer: run,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      const found = (await findRun(db, params.id)) ?? decline('not-found', 'There is no such run.')
      await ticketFor(db, found.ticketId, principal, 'ticket.update')
      const said = { ...body, by: principal.agentId, at: desk.clock.now(), isBlind: false }
      await sayVerdict(db, { runId: found.id }, said)
      if (body.verdict === 'harmful') await fallWhereDue(desk, db)
      tell(db, { changed: 'runs', id: found.ticketId })
      return presentRun((await findRun(db, found.id)) ?? found)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/runs/:id/alike',
    access: 'ticket.update',
    summary: 'Links a ticket with what the assistant offers, or says that it is about something else',
    params: idParams,
    body: alikeAnswer,
    answer: ticketAssistant,
    status: 200,
    handler: async ({ db, params, body: { said }, principal }) => {
      const found = await findRun(db, params.id)
      if (found?.alike == null) return decline('not-found', 'This run offers no link.')
      await ticketFor(db, found.ticketId, principal, 'ticket.update')
      const { linkType: type, ticketId: other } = found.alike
      // Of two who answer at once the second finds that it is said.
      await lockTickets(db, [found.ticketId, other])
      const now = await ticketFor(db, found.ticketId, principal, 'ticket.update')
      if ((await offerOn(db, now.ticket, principal))?.runId !== found.id)
        decline('refused', 'This is not offered any more.', { refusal: 'overtaken' })
      if (said === 'linked')
        await linkBoth(desk, db, { kind: 'link', id: found.ticketId, type, other }, principal)
      await sayAlike(db, found.id, said, desk.clock.now())
      tell(db, { changed: 'runs', id: found.ticketId })
      const { ticket } = await ticketFor(db, found.ticketId, principal, 'ticket.read')
      return onTicket(desk, db, ticket, principal)
    },
  })
  ticketRoutes(app, desk)
}

function ticketRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/assistant',
    access: 'ticket.read',
    summary: 'The assistant on a ticket: whether it may answer, and its runs, newest first',
    params: ticketParams,
    answer: ticketAssistant,
    handler: async ({ db, params, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.read')
      return onTicket(desk, db, ticket, principal)
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: '/tickets/:id/assistant',
    access: 'ticket.update',
    summary: 'Gives a ticket to the assistant again, or takes it away',
    params: ticketParams,
    body: ticketAssistantPut,
    answer: ticketAssistant,
    handler: async ({ db, params, body: { enabled }, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.update')
      const facts = [{ kind: 'assistant_enabled', payload: { enabled } }] as const
      await doneOr(desk, db, await act(desk, db, ticket.id, { kind: 'record', facts }, byOf(principal)))
      return onTicket(desk, db, ticket, principal)
    },
  })
}

async function onTicket(desk: Desk, db: Db, { id: ticketId, ...ticket }: Ticket, reader: Principal) {
  const { assistant, routing } = await desk.setup.now()
  const { isEscalated, isOptedOut } = storyOf(await eventsAfter(db, ticketId, 0, null))
  const state = isOptedOut ? 'off' : isEscalated ? 'escalated' : 'on'
  const triage = assistant.config?.triage ?? noTriage()
  const [requester] = await peopleById(db, [ticket.requesterId])
  const runs = await runsOf(db, ticketId, MOST_RUNS)
  const skills = runs.flatMap(({ guesses }) => guesses.filter(({ field }) => field === 'skill'))
  const guessed = new Set(skills.map(({ label }) => label))
  return {
    isLive: assistant.config !== null,
    rewords: (assistant.config?.providerId ?? null) !== null && !isSwitchedOff(assistant, ticket),
    mention: (await isAskable(db, ticket)) ? mentionOf(assistant) : null,
    state,
    triage: { ...triage },
    language: requester?.language ?? null,
    skills: routing.skills.filter(({ id }) => guessed.has(String(id))).map(({ id, name }) => ({ id, name })),
    proposes: await standingProposal(db, ticketId, ticket.newestPublic?.seq ?? 0),
    alike: await alikeShown(db, ticket, runs, reader),
    runs: runs.map(presentRun),
  } as const
}

async function offerOn(db: Db, ticket: Ticket, reader: Principal) {
  return alikeShown(db, ticket, await runsOf(db, ticket.id, MOST_RUNS), reader)
}

/** The newest offer, as long as what it names is open, and the reader sees it. */
async function alikeShown(db: Db, { links }: Pick<Ticket, 'links'>, runs: readonly Run[], reader: Principal) {
  if (links.some(isOfIncident)) return null
  const offering = runs.find(({ alike }) => alike !== null)
  if (offering?.alike == null || runs.some(({ alikeSaid }) => alikeSaid !== null)) return null
  const { ticketId, linkType, count } = offering.alike
  const [other] = await ticketsById(db, [ticketId])
  if (other === undefined || !isActive(other.ticket.status) || !sees(reader, other.ticket)) return null
  const { subject, ticket } = other
  // How many there are was counted on the whole desk.
  const told = reader.sees === 'all' ? count : 0
  return {
    runId: offering.id,
    linkType,
    count: told,
    ticket: { id: ticketId, subject, status: ticket.status },
  }
}

/** It answers a customer's word, as long as nobody has answered that. */
async function isAskable(db: Db, { status, newestPublic }: Pick<Ticket, 'status' | 'newestPublic'>) {
  if (newestPublic === null || !isActive(status)) return false
  const [message] = await messagesById(db, [newestPublic.messageId])
  return message?.direction === 'inbound'
}

function mentionOf({ config, personId }: AssistantBook) {
  return config === null || personId === null ? null : { id: personId, name: config.name }
}
