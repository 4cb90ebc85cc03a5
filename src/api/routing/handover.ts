// The end of a shift: what an agent leaves behind, and handing it over. One's own is everybody's; others' is for those who lead.
import type { FastifyInstance } from 'fastify'
import { handedOver, handover, handoverQuery, newHandover } from '#api/contract/staffing.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { byOf } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { handOverTickets, leftBehindBy } from '#desk/routing/handover.ts'
import { instant } from '#kit/time.ts'
import { can, type Principal } from '#people/can.ts'
import { readStaff, type StaffRow } from '#routing/staff-store.ts'
import { headsOf } from '#routing/waiting-store.ts'
import type { Db } from '#store/database.ts'

const textOf = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : instant(ms))

export function handoverRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/handover',
    access: 'ticket.update',
    summary: 'What an agent leaves behind at the end of a shift, what cannot wait first',
    query: handoverQuery,
    answer: handover,
    handler: async ({ db, query: { agentId, limit, cursor }, principal }) => {
      const agent = await whose(db, agentId, principal)
      const start = Number(cursor ?? 0)
      if (!Number.isInteger(start) || start < 0) return declineInput('cursor', 'is none of this list')
      const { shift, tickets } = await leftBehindBy(desk, db, agent)
      const seen = tickets.filter(({ ticket }) => can(principal, 'ticket.read', ticket))
      const page = seen.slice(start, start + limit)
      const heads = await headsOf(
        db,
        page.map(({ ticket }) => ticket.id),
      )
      return {
        agent: { id: agent.id, name: agent.name },
        presence: agent.presence,
        shiftEndsAt: textOf(shift?.endsAt),
        backAt: textOf(shift?.backAt),
        urgent: seen.filter(({ why }) => why !== null).length,
        nextCursor: start + limit < seen.length ? String(start + limit) : null,
        items: page.map(({ ticket, why, dueAt }) => ({
          ticketId: ticket.id,
          subject: heads.get(ticket.id)?.subject ?? '',
          requester: heads.get(ticket.id)?.requester ?? '',
          status: ticket.status,
          priority: ticket.priority,
          why,
          dueAt: textOf(dueAt),
          waitingSince: ticket.unansweredSince,
        })),
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/handover',
    access: 'ticket.assign',
    summary: 'Hands tickets over to a colleague, or back to the queues; answers what became of each',
    status: 200,
    body: newHandover,
    answer: handedOver,
    handler: async ({ db, body, principal }) => {
      const from = await whose(db, body.agentId, principal)
      const to = body.to === null ? null : await colleague(db, body.to)
      if (to?.id === from.id) return declineInput('to', 'must be somebody else')
      const items = await handOverTickets(desk, db, {
        ticketIds: [...new Set(body.ticketIds)],
        fromId: from.id,
        toId: to?.id ?? null,
        despiteConflict: body.despiteConflict === true,
        by: byOf(principal),
        may: (ticket) => can(principal, 'ticket.assign', ticket),
      })
      return { items }
    },
  })
}

async function whose(db: Db, agentId: number | undefined, principal: Principal): Promise<StaffRow> {
  const id = agentId ?? principal.agentId
  if (id !== principal.agentId && !can(principal, 'routing.lead'))
    return decline('forbidden', 'What others leave behind is for those who lead.', { refusal: 'forbidden' })
  return colleague(db, id)
}

async function colleague(db: Db, id: number): Promise<StaffRow> {
  return (
    (await readStaff(db)).find((each) => each.id === id) ??
    decline('not-found', 'There is no such agent, or they take no tickets.')
  )
}
