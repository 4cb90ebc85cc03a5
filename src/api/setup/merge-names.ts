// The merge of two categories or two tags: what it would touch, the merge, and its undo.
import type { FastifyInstance } from 'fastify'
import { mergeJob, mergeName, nameUses } from '#api/contract/desk.ts'
import { idParams } from '#api/contract/shapes.ts'
import { refuseInUse } from '#api/http/in-use.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { mergeNames, unmergeNames, type Name } from '#desk/merge-names.ts'
import { usesOfThing } from '#desk/uses.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { carriers, type MergeKind } from '#setup/merge-store.ts'
import { findCategory, findTag, isBranch } from '#setup/taxonomy-store.ts'
import type { Db } from '#store/database.ts'

type Found = Name & { readonly archived: boolean }

const plurals = { category: 'categories', tag: 'tags' } as const
const mergeKinds = ['category', 'tag'] as const satisfies readonly MergeKind[]

export function mergeNameRoutes(app: FastifyInstance, desk: Desk): void {
  for (const kind of mergeKinds) {
    usesRoute(app, desk, kind)
    mergeRoute(app, desk, kind)
    unmergeRoute(app, desk, kind)
  }
}

function usesRoute(app: FastifyInstance, desk: Desk, kind: MergeKind): void {
  route(app, desk, {
    method: 'GET',
    url: `/${plurals[kind]}/:id/uses`,
    access: 'taxonomy.merge',
    summary: `What points at a ${kind}, and how many tickets carry it`,
    params: idParams,
    answer: nameUses,
    handler: async ({ db, params, principal }) => {
      const found = (await find(db, kind, params.id, principal)) ?? decline('not-found')
      const tickets = await carriers(db, kind, found)
      const closed = tickets.filter(({ isClosed }) => isClosed).length
      const items = await usesOfThing(db, thingOf(kind, found), found.name)
      return { items, tickets: tickets.length, closed }
    },
  })
}

function mergeRoute(app: FastifyInstance, desk: Desk, kind: MergeKind): void {
  route(app, desk, {
    method: 'POST',
    url: `/${plurals[kind]}/:id/merge`,
    access: 'taxonomy.merge',
    summary: `Makes a ${kind} one with another: tickets and all that points at it go along; answers the job`,
    params: idParams,
    body: mergeName,
    answer: mergeJob,
    status: 202,
    handler: async ({ db, params, body, principal }) => {
      const from = (await find(db, kind, params.id, principal)) ?? decline('not-found')
      const into = await find(db, kind, body.into, principal)
      if (into === null || into.archived || into.id === from.id)
        return declineInput('into', `is not another ${kind}`)
      await refuseLost(db, kind, from)
      const jobId = await mergeNames(desk, db, principal, { kind, from, into })
      await audit(db, principal, desk.clock.now(), {
        action: `${kind}_merged`,
        thing: { type: kind, id: from.id, name: from.name },
        changes: [{ field: 'name', from: from.name, to: into.name }],
        back: { method: 'POST', path: `/${plurals[kind]}/${from.id}/unmerge`, body: {} },
      })
      return { jobId }
    },
  })
}

function unmergeRoute(app: FastifyInstance, desk: Desk, kind: MergeKind): void {
  route(app, desk, {
    method: 'POST',
    url: `/${plurals[kind]}/:id/unmerge`,
    access: 'taxonomy.merge',
    summary: `Takes the merge of a ${kind} back; what was rewritten since stays`,
    params: idParams,
    answer: mergeJob,
    status: 202,
    handler: async ({ db, params, principal }) => {
      const from = (await find(db, kind, params.id, principal)) ?? decline('not-found')
      const jobId = (await unmergeNames(desk, db, principal, { kind, id: from.id })) ?? decline('not-found')
      await audit(db, principal, desk.clock.now(), {
        action: `${kind}_unmerged`,
        thing: { type: kind, id: from.id, name: from.name },
      })
      return { jobId }
    },
  })
}

const thingOf = (kind: MergeKind, { id, name }: Name) => ({ kind, id: kind === 'tag' ? name : id })

async function find(db: Db, kind: MergeKind, id: number, reader: Principal): Promise<Found | null> {
  if (kind === 'tag') return findTag(db, id, reader)
  const found = await findCategory(db, id)
  return found && { ...found, name: found.path }
}

/** What a merge cannot take along: agreements are versions that somebody publishes, and a branch has leaves of its own. */
async function refuseLost(db: Db, kind: MergeKind, from: Found): Promise<void> {
  if (from.archived) decline('refused', `“${from.name}” is archived.`, { refusal: 'archived' })
  if (kind === 'category' && (await isBranch(db, from.id)))
    decline('refused', `“${from.name}” has categories below it: move or merge them first.`, {
      refusal: 'in_use',
    })
  await refuseInUse(db, thingOf(kind, from), `“${from.name}”`, from.name, ['policy'])
}
