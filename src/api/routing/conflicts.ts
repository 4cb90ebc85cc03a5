// The list of conflicts of interest: who is never given whose tickets. And the question before somebody assigns one by hand.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { newRoutingConflict, routingConflict, routingConflictPage } from '#api/contract/staffing.ts'
import { pageQuery, idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { audit } from '#people/audit-store.ts'
import { organizationIdByName, peopleByEmail } from '#people/person-store.ts'
import {
  addConflict,
  agentsInConflict,
  dropConflict,
  findConflict,
  listConflicts,
  type RoutingConflict,
} from '#routing/conflict-store.ts'
import { lookAtWaiting } from '#routing/queue-store.ts'
import { readStaff } from '#routing/staff-store.ts'
import type { Db } from '#store/database.ts'

export function routingConflictRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/routing-conflicts',
    access: 'routing.lead',
    summary: 'Agents and those whose tickets they are never given, the oldest first',
    query: pageQuery,
    answer: routingConflictPage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listConflicts(db, { limit: limit + 1, after: readCursor(cursor, idKey) })
      return pageFrom(
        rows,
        limit,
        (each) => each.id,
        (each) => each,
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/routing-conflicts',
    access: 'routing.lead',
    summary: 'Puts an agent and a person, or an organization, on the list',
    body: newRoutingConflict,
    answer: routingConflict,
    handler: async ({ db, body: { agentId, person, organization, note }, principal }) => {
      if ((person === undefined) === (organization === undefined))
        declineInput('person', 'give either a person or an organization')
      if (!(await readStaff(db)).some((each) => each.id === agentId)) declineInput('agentId', 'is no agent')
      const added = await addConflict(db, {
        agentId,
        personId: person === undefined ? null : await personWith(db, person),
        organizationId: organization === undefined ? null : await organizationWith(db, organization),
        note: note.trim(),
        addedBy: principal.agentId,
        at: desk.clock.now(),
      })
      if (added === null)
        declineInput(
          person === undefined ? 'organization' : 'person',
          'is on the list for this agent already',
        )
      const made = (await findConflict(db, added)) ?? decline('not-found')
      await audit(db, principal, desk.clock.now(), { action: 'routing_conflict_added', thing: thingOf(made) })
      await lookAtWaiting(db)
      return made
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/routing-conflicts/:id',
    access: 'routing.lead',
    summary: 'Takes a pair off the list',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const found = (await findConflict(db, params.id)) ?? decline('not-found')
      await dropConflict(db, found.id)
      await audit(db, principal, desk.clock.now(), {
        action: 'routing_conflict_removed',
        thing: thingOf(found),
        changes: [{ field: 'note', from: found.note, to: null }],
        back: {
          method: 'POST',
          path: '/routing-conflicts',
          body: {
            agentId: found.agent.id,
            ...(found.person === null
              ? { organization: found.organization?.name }
              : { person: found.person.email }),
            note: found.note,
          },
        },
      })
      await lookAtWaiting(db)
      return null
    },
  })
}

function thingOf({ id: number, agent, person, organization }: RoutingConflict) {
  const other = organization?.name ?? (person?.name || person?.email)
  return { type: 'routing_conflict', id: number, name: `${agent.name} – ${other ?? ''}` }
}

async function personWith(db: Db, email: string): Promise<number> {
  const [found] = await peopleByEmail(db, [email.toLowerCase()])
  return found?.id ?? declineInput('person', 'nobody with this address has written yet')
}

async function organizationWith(db: Db, name: string): Promise<number> {
  return (
    (await organizationIdByName(db, name)) ?? declineInput('organization', 'there is no such organization')
  )
}

/** Refuses `conflict_of_interest` when an agent must not have this ticket, unless who asks says that they know. */
export async function askAboutConflict(
  db: Db,
  ticket: { requesterId: number; organizationId: number | null; assigneeId: number | null },
  agentId: number | null | undefined,
  despite?: true,
): Promise<void> {
  if (agentId === null || agentId === undefined || despite || agentId === ticket.assigneeId) return
  if (await isInConflict(db, ticket, agentId))
    decline('refused', 'This agent is not to have tickets of this requester: a conflict of interest.', {
      refusal: 'conflict_of_interest',
      agentId,
    })
}

/** Whether an agent must not have this ticket. */
export async function isInConflict(
  db: Db,
  ticket: { requesterId: number; organizationId: number | null },
  agentId: number,
): Promise<boolean> {
  return (await agentsInConflict(db, ticket)).some((each) => each === agentId)
}
