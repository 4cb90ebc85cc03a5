// The log of a ticket as it stands: what happened, by whom, and what led to it.
import type { FastifyInstance } from 'fastify'
import { eventPage, eventsQuery } from '#api/contract/tickets.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { route } from '#api/route.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { macroUsesOn } from '#rules/macro-store.ts'
import type { Desk } from '#desk/desk.ts'
import { namesByKey } from '#tickets/name-store.ts'
import { eventsAfter, eventsById } from '#tickets/ticket-store.ts'
import type { TicketEvent } from '#tickets/event.ts'

export function eventRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/events',
    access: 'ticket.read',
    summary: 'Everything that happened to a ticket, oldest first',
    params: ticketParams,
    query: eventsQuery,
    answer: eventPage,
    handler: async ({ db, params, query: { limit, cursor, after, changes }, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.read')
      const from = readCursor(cursor, idKey) ?? after ?? 0
      const events = await eventsAfter(
        db,
        params.id,
        from,
        limit + 1,
        changes === 'true' ? SHOWN_ELSEWHERE : [],
      )
      const causes = new Map(
        (
          await eventsById(
            db,
            events.flatMap(({ causeEventId }) => causeEventId ?? []),
          )
        ).map((each) => [each.id, each]),
      )
      const { rulebook: live, canary } = await desk.setup.now()
      const titleOf = (ruleId: number) =>
        (canary?.rulebook.byId.get(ruleId) ?? live.byId.get(ruleId))?.rule.title ?? null
      const macros = await macroUsesOn(db, params.id)
      const names = await namesByKey(db, [...new Set(events.flatMap(keysOf))], principal)
      return pageFrom(
        events,
        limit,
        ({ seq }) => seq,
        (event) => {
          const macro = macros.get(event.updateId)
          const cause = event.causeEventId === null ? undefined : causes.get(event.causeEventId)
          return {
            seq: event.seq,
            at: event.at,
            updateId: event.updateId,
            actor: {
              type: event.actor.type,
              id: event.actor.id,
              name:
                event.actor.type === 'rule'
                  ? titleOf(event.actor.id ?? 0)
                  : (names.get(`person:${event.actor.id}`) ?? null),
            },
            cause:
              cause === undefined ? null : { ticketId: cause.ticketId, seq: cause.seq, kind: cause.kind },
            kind: event.kind,
            ...(macro === undefined ? {} : { macro }),
            payload: event.payload as Record<string, unknown>,
            names: Object.fromEntries(
              keysOf(event).flatMap((key) => (names.has(key) ? [[key, names.get(key) ?? '']] : [])),
            ),
          }
        },
      )
    },
  })
}

/** What the conversation shows by itself. */
const SHOWN_ELSEWHERE = ['message_added', 'message_delivery', 'effect_queued']

const PEOPLE = ['requesterId', 'authorId', 'personId', 'recipientId', 'agentId']

/** The ids of an event that a reader wants in words. */
function keysOf(event: TicketEvent): string[] {
  const payload = event.payload as Record<string, unknown>
  const isPerson = event.actor.id !== null && ['agent', 'requester', 'participant'].includes(event.actor.type)
  const keys = isPerson ? [`person:${event.actor.id}`] : []
  const both = (kind: string) =>
    [payload['from'], payload['to']].flatMap((id) => (typeof id === 'number' ? [`${kind}:${id}`] : []))
  if (event.kind === 'assignee_changed' || event.kind === 'requester_changed') keys.push(...both('person'))
  if (event.kind === 'team_changed') keys.push(...both('team'))
  if (event.kind === 'queue_changed') keys.push(...both('queue'))
  if (event.kind === 'category_changed') keys.push(...both('category'))
  for (const name of PEOPLE) if (typeof payload[name] === 'number') keys.push(`person:${payload[name]}`)
  if (typeof payload['teamId'] === 'number') keys.push(`team:${payload['teamId']}`)
  if (typeof payload['categoryId'] === 'number') keys.push(`category:${payload['categoryId']}`)
  if (typeof payload['fieldId'] === 'number') keys.push(`field:${payload['fieldId']}`)
  for (const name of ['ticketId', 'targetTicketId', 'sourceTicketId']) {
    if (typeof payload[name] === 'number') keys.push(`ticket:${payload[name]}`)
  }
  return keys
}
