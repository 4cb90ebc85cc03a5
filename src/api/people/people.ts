// Requesters and everyone else with an address.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { tell } from '#store/listen.ts'
import { reindexTicketsOf } from '#tickets/search-store.ts'
import { newPerson, organizationPage, person, personPage, personPatch } from '#api/contract/desk.ts'
import { pageQuery, idParams } from '#api/contract/shapes.ts'
import { refuseErasing } from '#api/http/under-hold.ts'
import { nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { presentPerson, refuseColleague, withCount } from '#api/people/present-person.ts'
import { refuseTakenName } from '#api/people/taken-name.ts'
import { addPerson, changePerson, listOrganizations, listPeople } from '#people/person-store.ts'

const byPart = pageQuery.extend({ q: z.string().max(200).default('') })

export function peopleRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/people',
    access: 'people.read',
    asksMuch: true,
    summary: 'People by part of name or address',
    query: byPart.extend({
      /** Without the desk's own agents. */
      customers: z.literal('true').optional(),
    }),
    answer: personPage,
    handler: async ({ db, query }) => {
      const after = readCursor(query.cursor, nameKey)
      const rows = await listPeople(db, {
        q: query.q,
        limit: query.limit + 1,
        after,
        isCustomers: query.customers === 'true',
      })
      return pageFrom(rows, query.limit, ({ name, id }) => ({ name, id }), presentPerson)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/people',
    access: 'people.write',
    summary: 'Adds a person',
    body: newPerson,
    answer: person,
    handler: async ({ db, body: { email, ...rest }, principal }) => {
      const added = await addPerson(db, email.toLowerCase(), desk.clock.now())
      if (added === null) return declineInput('email', 'belongs to somebody already')
      await changePerson(db, added, rest)
      return withCount(db, added, principal)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/organizations',
    access: 'people.read',
    summary: 'Organisations by part of name',
    query: byPart,
    answer: organizationPage,
    handler: async ({ db, query: { q, limit, cursor } }) => {
      const rows = await listOrganizations(db, { q, limit: limit + 1, after: readCursor(cursor, nameKey) })
      return pageFrom(
        rows,
        limit,
        ({ name, id }) => ({ name, id }),
        (each) => each,
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/people/:id',
    access: 'people.read',
    summary: 'One person',
    params: idParams,
    answer: person,
    handler: ({ db, params, principal }) => withCount(db, params.id, principal),
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/people/:id',
    access: 'people.write',
    summary: 'Changes a person',
    params: idParams,
    body: personPatch,
    answer: person,
    handler: async ({ db, params, body, principal }) => {
      await refuseColleague(db, params.id, principal)
      await refuseErasing(db, params.id)
      if (body.name !== undefined && params.id === principal.agentId)
        await refuseTakenName(db, params.id, body.name)
      const isKnown = await desk.database.transaction(async (tx) => {
        if (body.name !== undefined) await reindexTicketsOf(tx, params.id)
        return changePerson(tx, params.id, body)
      })
      if (!isKnown) decline('not-found')
      tell(db, { lane: 'reactions' })
      return withCount(db, params.id, principal)
    },
  })
}
