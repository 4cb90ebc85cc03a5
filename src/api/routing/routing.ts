// Work going to people: the board, lines, offers, the next ticket, and why somebody got a ticket.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  board,
  handTicket,
  nextTicket,
  offerPage,
  ticketRouting,
  waitingPage,
  type RouteExplanation,
  type TicketRouting,
} from '#api/contract/routing.ts'
import { pageQuery, idParams } from '#api/contract/shapes.ts'
import {
  missingOf,
  presentDecision,
  presentExplanation,
  presentNeedsOf,
  presentPlace,
} from '#api/routing/present-routing.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { askAboutConflict } from '#api/routing/conflicts.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { byOf } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { handTo, takeNext } from '#desk/routing/pull.ts'
import { queueStates, routingOf, snapshotAround } from '#desk/routing/look.ts'
import { acceptOffer, declineOffer, offersFor } from '#desk/routing/offers.ts'
import { instant } from '#kit/time.ts'
import { sees, type Principal } from '#people/can.ts'
import type { Offer } from '#routing/decision-store.ts'
import { linesOf } from '#routing/route.ts'
import { readStaff } from '#routing/staff-store.ts'
import { countWithoutQueue, headsOf, offersByTicket } from '#routing/waiting-store.ts'
import type { Db } from '#store/database.ts'

/** A clock with less than this left is at risk. */
const RISK_SECONDS = 3_600

export function routingRoutes(app: FastifyInstance, desk: Desk): void {
  boardRoutes(app, desk)
  offerRoutes(app, desk)
  route(app, desk, {
    method: 'POST',
    url: '/queues/next',
    access: 'ticket.update',
    summary: 'Takes the first waiting ticket that the caller can do; null when there is none',
    status: 200,
    answer: nextTicket,
    handler: async ({ db, principal }) => ({
      ticketId: await takeNext(desk, db, principal.agentId, byOf(principal)),
    }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/queues/hand',
    access: 'routing.lead',
    summary: 'Gives a waiting ticket to an agent, whatever they have in hand',
    status: 200,
    body: handTicket,
    answer: nextTicket,
    handler: async ({ db, body, principal }) => {
      const { ticket } = await ticketFor(db, body.ticketId, principal, 'ticket.assign')
      await askAboutConflict(db, ticket, body.agentId, body.despiteConflict)
      const agent = (await readStaff(db)).find((each) => each.id === body.agentId)
      if (agent === undefined) return decline('not-found', 'There is no such agent, or they take no tickets.')
      const by = byOf(principal)
      const done = await handTo(desk, db, { ticketId: body.ticketId, agentId: agent.id, by })
      if (!done)
        decline('refused', 'The ticket no longer waits: somebody has it, or it is settled.', {
          refusal: 'not_waiting',
        })
      return { ticketId: body.ticketId }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/routing',
    access: 'ticket.read',
    summary: 'How a ticket waits, who got it and why, and why nobody else did',
    params: ticketParams,
    answer: ticketRouting,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.read')
      const found = await presentRouting(desk, db, params.id)
      return principal.sees === 'all' ? found : withoutNeighbours(found)
    },
  })
}

function boardRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/queues/board',
    access: 'desk.read',
    summary: 'Each queue now: how many wait, since when, what is at risk, who is free',
    answer: board,
    handler: async ({ db, principal }) => {
      const states = await queueStates(desk, db, principal)
      return {
        noQueue: await countWithoutQueue(db, principal),
        queues: states.map(({ line, ...rest }) => ({
          ...rest,
          waiting: line.length,
          waitingUnits: line.reduce((sum, { ticket }) => sum + ticket.units, 0),
          oldestAt:
            line.length === 0 ? null : instant(Math.min(...line.map(({ ticket }) => ticket.eligibleAt))),
          atRisk: line.filter(({ ticket }) => (ticket.secondsLeft ?? Infinity) < RISK_SECONDS).length,
        })),
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/queues/:id/tickets',
    access: 'ticket.read',
    summary: 'Who waits in a queue, in the order in which they will be served',
    params: idParams,
    query: pageQuery,
    answer: waitingPage,
    handler: async ({ db, params, query, principal }) => {
      const { routing } = await desk.setup.now()
      if (!routing.queues.some((each) => each.id === params.id))
        decline('not-found', 'There is no such queue.')
      const start = Number(query.cursor ?? 0)
      if (!Number.isInteger(start) || start < 0) decline('bad-input', 'cursor: is none of this list')
      return presentLine(desk, db, { queueId: params.id, principal, start, limit: query.limit })
    },
  })
}

async function presentLine(
  desk: Desk,
  db: Db,
  {
    queueId,
    principal,
    start,
    limit,
  }: { queueId: number; principal: Principal; start: number; limit: number },
): Promise<z.input<typeof waitingPage>> {
  const { routing } = await desk.setup.now()
  const skills = new Map(routing.skills.map((each) => [each.id, each.name]))
  const live = await snapshotAround(desk, db, queueId)
  const line = linesOf(live.snapshot).get(queueId) ?? []
  const seen = line
    .map((lined, index) => ({ lined, rank: index + 1 }))
    .filter(({ lined: { ticket } }) => {
      const row = live.rows.get(ticket.id)
      return row !== undefined && sees(principal, { ...row, assigneeId: null })
    })
  const page = seen.slice(start, start + limit)
  const ids = page.map(({ lined }) => lined.ticket.id)
  const heads = await headsOf(db, ids)
  const offers = await offersByTicket(db, ids)
  return {
    nextCursor: start + limit < seen.length ? String(start + limit) : null,
    items: page.map(({ lined, rank }) => {
      const { ticket, relaxed } = lined
      const row = live.rows.get(ticket.id)
      return {
        ticketId: ticket.id,
        subject: heads.get(ticket.id)?.subject ?? '',
        requester: heads.get(ticket.id)?.requester ?? '',
        priority: ticket.priority,
        channel: ticket.channel,
        units: ticket.units,
        enteredAt: instant(ticket.enteredAt),
        rank,
        ...presentPlace(lined),
        secondsLeft: ticket.secondsLeft,
        needs: presentNeedsOf({ needs: ticket.needs, relaxed }),
        unroutable: missingOf(row?.unroutable ?? null, skills),
        offeredTo: offers.get(ticket.id) ?? null,
      }
    }),
  }
}

function offerRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/offers',
    access: 'ticket.read',
    summary: 'What is on offer to the caller',
    answer: offerPage,
    handler: async ({ db, principal }) => presentOffers(desk, db, await offersFor(desk, principal.agentId)),
  })
  for (const answer of ['accept', 'decline'] as const)
    route(app, desk, {
      method: 'POST',
      url: `/offers/:id/${answer}`,
      access: 'ticket.update',
      summary:
        answer === 'accept'
          ? 'Takes what was offered'
          : 'Declines an offer: the ticket keeps its place and goes to somebody else',
      status: 200,
      params: idParams,
      answer: nextTicket,
      handler: async ({ db, params, principal }) => {
        const offer = (await offersFor(desk, principal.agentId)).find((each) => each.id === params.id)
        if (offer === undefined) return gone()
        const end = answer === 'accept' ? acceptOffer : declineOffer
        const done = await end(desk, db, offer, byOf(principal))
        return done ? { ticketId: offer.ticketId } : gone()
      },
    })
}

function gone(): never {
  return decline('refused', 'This offer has run out, or somebody took the ticket.', { refusal: 'offer_over' })
}

async function presentOffers(
  desk: Desk,
  db: Db,
  offers: readonly Offer[],
): Promise<z.input<typeof offerPage>> {
  const { routing } = await desk.setup.now()
  const titles = new Map(routing.queues.map((each) => [each.id, each.title]))
  const heads = await headsOf(
    db,
    offers.map(({ ticketId }) => ticketId),
  )
  return {
    nextCursor: null,
    items: offers.map(({ id: offerId, ticketId, queueId, offeredAt, expiresAt }) => ({
      id: offerId,
      ticketId,
      subject: heads.get(ticketId)?.subject ?? '',
      requester: heads.get(ticketId)?.requester ?? '',
      queue: { id: queueId, name: titles.get(queueId) ?? '' },
      offeredAt,
      expiresAt,
    })),
  }
}

async function presentRouting(desk: Desk, db: Db, ticketId: number): Promise<TicketRouting> {
  const { routing, directory } = await desk.setup.now()
  const { waiting, decisions } = await routingOf(desk, db, ticketId)
  const titles = new Map(directory.queues.map((each) => [each.id, each.name]))
  const named = (queueId: number) => ({ id: queueId, name: titles.get(queueId) ?? '' })
  const skills = new Map(routing.skills.map((each) => [each.id, each.name]))
  const staff = await readStaff(db)
  const known = new Set<number>(staff.map((each) => each.id))
  const former = directory.agents.filter(
    (each) => !known.has(each.id) && decisions.some(({ agentId }) => agentId === each.id),
  )
  return {
    waiting:
      waiting === null
        ? null
        : {
            queue: named(waiting.row.queueId),
            enteredAt: waiting.row.enteredAt,
            unroutable: missingOf(waiting.row.unroutable, skills),
            explanation: waiting.explanation === null ? null : presentExplanation(waiting.explanation),
          },
    decisions: decisions.map((each) => presentDecision(each, named(each.queueId).name)),
    agents: [...staff, ...former].map(({ id: agentId, name }) => ({ id: agentId, name })),
    skills: routing.skills.map(({ id: skillId, name }) => ({ id: skillId, name })),
  }
}

/** Who stands beside a ticket in line is not for those who may not see it. */
function withoutNeighbours({ waiting, decisions, ...rest }: TicketRouting): TicketRouting {
  const alone = (each: RouteExplanation): RouteExplanation => ({ ...each, neighbours: [] })
  return {
    ...rest,
    waiting:
      waiting === null || waiting.explanation === null
        ? waiting
        : { ...waiting, explanation: alone(waiting.explanation) },
    decisions: decisions.map((each) => ({ ...each, explanation: alone(each.explanation) })),
  }
}
