// Erasing a person: what would go and what stands in the way, then the word for it, and how far it has come.
import type { FastifyInstance } from 'fastify'
import { erasure, erasureBody, erasurePage, erasurePreview, erasureQuery } from '#api/contract/privacy.ts'
import { idParams, pageQuery } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline } from '#api/http/problem.ts'
import { declineUnderHold } from '#api/http/under-hold.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { askErasure, hindranceOf, type Hindrance } from '#desk/privacy/erase.ts'
import { keepHoldsStill } from '#desk/privacy/hold-store.ts'
import { isLeft, sameAs, wordsOf } from '#desk/privacy/erase-person-store.ts'
import { erasureOf, isErased, listErasures, previewOf, type Erasure } from '#desk/privacy/erasure-store.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'

export function erasureRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/erasures',
    access: 'privacy.write',
    summary: 'Erasures of people, newest first',
    query: pageQuery,
    answer: erasurePage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listErasures(db, { limit: limit + 1, before: readCursor(cursor, idKey) })
      return pageFrom(rows, limit, (each) => each.id, present)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/people/:id/erasure',
    access: 'privacy.write',
    summary: 'What would go with a person, in numbers, what stands in the way, and how far it is',
    params: idParams,
    query: erasureQuery,
    answer: erasurePreview,
    handler: async ({ db, params, query: { counts = true } }) => {
      await assertThere(db, params.id)
      const people = await sameAs(db, params.id)
      const hindrance = await hindranceOf(db, params.id)
      const asked = await erasureOf(db, params.id)
      const isRunning = asked?.finishedAt === null
      return {
        ...(counts && !isRunning ? await previewOf(db, people, await wordsOf(db, people)) : {}),
        isLeft: await isLeft(db, people),
        hindrance: hindrance?.kind ?? null,
        holds: hindrance?.kind === 'legal_hold' ? [...hindrance.holds] : [],
        erasure: asked === null ? null : present({ ...asked, by: await nameOf(db, asked.askedBy) }),
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/people/:id/erasure',
    access: 'privacy.write',
    stepUp: true,
    summary: 'Erases a person for good; it is worked off in the background',
    params: idParams,
    body: erasureBody,
    answer: erasure,
    status: 202,
    handler: async ({ db, params, body, principal }) => {
      await assertThere(db, params.id)
      const before = await erasureOf(db, params.id)
      const people = await sameAs(db, params.id)
      // Asked for twice it is one, unless something came, or was left, since.
      const isDone = async () => (await isErased(db, params.id)) && !(await isLeft(db, people))
      if (before !== null && (before.finishedAt === null || (await isDone())))
        return present({ ...before, by: await nameOf(db, before.askedBy) })
      refuse(await hindranceOf(db, params.id))
      const { tickets, otherTickets } = await previewOf(db, people, await wordsOf(db, people))
      if (tickets !== body.tickets || otherTickets !== body.otherTickets)
        decline(
          'conflict',
          `By now it is ${tickets} of their tickets and ${otherTickets} others, not ${body.tickets} and ${body.otherTickets}. Look again.`,
          { refusal: 'changed_since' },
        )
      // Counting took a while: a hold that came meanwhile counts.
      await keepHoldsStill(db)
      refuse(await hindranceOf(db, params.id))
      await askErasure(desk, db, params.id, principal)
      const asked = await erasureOf(db, params.id)
      return asked === null ? decline('not-found') : present({ ...asked, by: principal.name })
    },
  })
}

function refuse(hindrance: Hindrance | null): void {
  if (hindrance === null) return
  if (hindrance.kind === 'legal_hold') declineUnderHold(hindrance.holds)
  const words = {
    colleague: 'They work here: deactivated or not, an agent’s account is not erased.',
    joined: 'They were joined into somebody else: erase that person.',
  }
  decline('refused', words[hindrance.kind], { refusal: hindrance.kind })
}

async function assertThere(db: Db, personId: number): Promise<void> {
  if ((await peopleById(db, [personId])).length === 0) decline('not-found')
}

async function nameOf(db: Db, id: number): Promise<string> {
  return (await peopleById(db, [id]))[0]?.name ?? ''
}

function present({
  id,
  people,
  by,
  askedAt,
  done,
  total,
  counts,
  finishedAt,
  failure,
}: Erasure & { by: string }) {
  const { messages = 0, files = 0 } = counts
  return { id, personId: people[0] ?? 0, by, askedAt, done, total, messages, files, finishedAt, failure }
}
