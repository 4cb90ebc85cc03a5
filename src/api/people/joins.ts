// Two people who are one: what would become of them, joining them, and undoing that within thirty days.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  duplicatePage,
  joinBody,
  joinFields,
  joinPage,
  joinPreview,
  person,
  type joinRefusals,
} from '#api/contract/desk.ts'
import { id, idParams } from '#api/contract/shapes.ts'
import { refuseErasing } from '#api/http/under-hold.ts'
import { decline } from '#api/http/problem.ts'
import { refuseOutOfSight } from '#api/people/addresses.ts'
import { presentPerson, withCount } from '#api/people/present-person.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { joinPeople, MOST_TICKETS, undoJoin, type NotMoved } from '#desk/join-people.ts'
import { byOf } from '#desk/update.ts'
import { plus } from '#kit/time.ts'
import { hasTicketsOutOfSight, lockPeople, ticketIdsOf } from '#people/address-store.ts'
import { findAgent } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { likelyDuplicates } from '#people/duplicate-store.ts'
import { fieldsOf, findJoin, isGone, joinsInto, type Fields } from '#people/join-store.ts'
import type { Person } from '#people/people.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { reindexTicketsOf } from '#tickets/search-store.ts'

const UNDOABLE_SECONDS = 30 * 86_400
type Refused = (typeof joinRefusals)[number]

const words: Record<Refused, string> = {
  same_person: 'They are one person already.',
  colleague: 'Colleagues are joined with nobody.',
  out_of_sight: 'There are tickets of these people that you do not see.',
  joined_already: 'One of them was joined with somebody already.',
  too_many_tickets: `No more than ${MOST_TICKETS} tickets change hands at once.`,
}

export function joinRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/people/:id/join/:otherId',
    access: 'people.write',
    summary: 'What would become of two people who are one',
    params: idParams.extend({ otherId: z.coerce.number().pipe(id) }),
    answer: joinPreview,
    handler: async ({ db, params, principal }) => {
      const { kept, gone } = await bothOf(db, params.id, params.otherId)
      return {
        kept: await withCount(db, kept.id, principal),
        gone: await withCount(db, gone.id, principal),
        conflicts: conflictsOf(kept, gone),
        refusal: await refusalOf(db, kept, gone, principal),
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/people/:id/duplicates',
    access: 'people.read',
    summary: 'Who may be one with a person',
    params: idParams,
    answer: duplicatePage,
    handler: async ({ db, params }) => {
      // Of colleagues nothing is guessed.
      const items = (await findAgent(db, params.id)) === null ? await likelyDuplicates(db, params.id) : []
      return { items, nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/people/:id/join',
    access: 'people.write',
    summary: 'Makes one person of two',
    params: idParams,
    body: joinBody,
    answer: person,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      await lockPeople(db, [params.id, body.otherId])
      await refuseErasing(db, params.id, body.otherId)
      const { kept, gone } = await bothOf(db, params.id, body.otherId)
      const refusal = await refusalOf(db, kept, gone, principal)
      if (refusal !== null)
        decline(refusal === 'out_of_sight' ? 'forbidden' : 'refused', words[refusal], { refusal })
      const fields = joined(await fieldsOf(db, kept.id), await fieldsOf(db, gone.id), body.take)
      const by = { ...byOf(principal), personId: principal.agentId }
      const done = await joinPeople(desk, db, { keptId: kept.id, goneId: gone.id, fields }, by)
      if ('ticketId' in done) declineNotMoved(done)
      await noted(desk, db, { kept, gone, principal, action: 'people_joined' })
      return withCount(db, kept.id, principal)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/people/:id/joins',
    access: 'people.read',
    summary: 'Who was joined into a person and can be taken apart still, newest first',
    params: idParams,
    answer: joinPage,
    handler: async ({ db, params }) => {
      const joins = await joinsInto(db, params.id, plus(desk.clock.now(), -UNDOABLE_SECONDS))
      const items = joins.map(({ id: joinId, at, moved, goneName }) => ({
        id: joinId,
        at,
        name: goneName || (moved.goneEmail ?? ''),
        undoableUntil: plus(at, UNDOABLE_SECONDS),
      }))
      return { items, nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/people/:id/joins/:joinId/undo',
    access: 'people.write',
    summary: 'Makes two people of one again, within thirty days',
    params: idParams.extend({ joinId: z.coerce.number().pipe(id) }),
    answer: person,
    status: 200,
    handler: async ({ db, params, principal }) => {
      await lockPeople(db, [params.id])
      const join = await findJoin(db, params.joinId)
      if (join === null || join.keptId !== params.id) return decline('not-found')
      if (plus(join.at, UNDOABLE_SECONDS) <= desk.clock.now())
        decline('refused', 'That is longer ago than thirty days.', { refusal: 'too_late' })
      if (await isGone(db, join.keptId))
        decline('refused', words.joined_already, { refusal: 'joined_already' })
      const { kept, gone } = await bothOf(db, join.keptId, join.goneId)
      await refuseOutOfSight(db, [kept.id, gone.id], principal)
      const refused = await undoJoin(desk, db, join, byOf(principal))
      if (refused !== null && typeof refused === 'object') declineNotMoved(refused)
      if (refused !== null)
        decline('refused', 'Their addresses belong to others by now.', { refusal: refused })
      await noted(desk, db, { kept, gone, principal, action: 'people_join_undone' })
      return withCount(db, kept.id, principal)
    },
  })
}

async function bothOf(db: Db, keptId: number, goneId: number): Promise<{ kept: Person; gone: Person }> {
  const people = await peopleById(db, [...new Set([keptId, goneId])])
  const one = (wanted: number) => people.find((each) => each.id === wanted) ?? decline('not-found')
  return { kept: one(keptId), gone: one(goneId) }
}

async function refusalOf(db: Db, kept: Person, gone: Person, principal: Principal): Promise<Refused | null> {
  if (kept.id === gone.id) return 'same_person'
  for (const each of [kept, gone]) {
    if ((await findAgent(db, each.id)) !== null) return 'colleague'
    if (await isGone(db, each.id)) return 'joined_already'
  }
  if (await hasTicketsOutOfSight(db, [kept.id, gone.id], principal)) return 'out_of_sight'
  return (await ticketIdsOf(db, gone.id, MOST_TICKETS)).length > MOST_TICKETS ? 'too_many_tickets' : null
}

function conflictsOf(kept: Person, gone: Person) {
  const textOf = (each: Person, field: (typeof joinFields)[number]): string =>
    (field === 'organization' ? each.organization?.name : each[field]) ?? ''
  return joinFields
    .map((field) => ({ field, kept: textOf(kept, field), gone: textOf(gone, field) }))
    .filter((each) => each.kept !== '' && each.gone !== '' && each.kept !== each.gone)
}

/** What one of them lacks the other gives; of two values that of the kept one stands, unless the other's is taken. */
function joined(kept: Fields, gone: Fields, take: readonly (typeof joinFields)[number][]): Fields {
  const pick = <Value>(field: (typeof joinFields)[number], mine: Value, theirs: Value): Value =>
    take.includes(field) ? theirs || mine : mine || theirs
  const notes = [...new Set([kept.notes, gone.notes])].filter(Boolean).join('\n\n')
  return {
    name: pick('name', kept.name, gone.name),
    phone: pick('phone', kept.phone, gone.phone),
    language: pick('language', kept.language, gone.language),
    timeZone: pick('timeZone', kept.timeZone, gone.timeZone),
    organizationId: pick('organization', kept.organizationId, gone.organizationId),
    notes: notes === '' ? null : notes,
    tags: [...new Set([...kept.tags, ...gone.tags])],
  }
}

function declineNotMoved({ ticketId, refusal }: NotMoved): never {
  return decline('refused', `Ticket ${ticketId} did not move: ${refusal.name}.`, {
    refusal: refusal.name,
    ticketId,
  })
}

async function noted(
  desk: Desk,
  tx: Transaction,
  what: { kept: Person; gone: Person; principal: Principal; action: 'people_joined' | 'people_join_undone' },
): Promise<void> {
  const { kept, gone, principal, action } = what
  const [now] = await peopleById(tx, [kept.id])
  const addresses = (each: Person) => presentPerson(each).emails.join(', ')
  await audit(tx, principal, desk.clock.now(), {
    action,
    thing: { type: 'person', id: kept.id, name: kept.name || kept.email },
    changes: [
      { field: 'other', from: null, to: gone.name || gone.email || String(gone.id) },
      { field: 'otherEmails', from: addresses(kept), to: addresses(now ?? kept) },
    ],
  })
  await reindexTicketsOf(tx, kept.id)
  await reindexTicketsOf(tx, gone.id)
  tell(tx, { lane: 'reactions' })
}
