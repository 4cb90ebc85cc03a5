// SLA policies: which tickets, which targets. Every publication is a new version; old ones stay for the breaches they caused.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  newPolicy,
  policy,
  policyPage,
  policyPatch,
  policyVersion,
  preview,
  previewAsked,
  recompute,
  riskCalibration,
} from '#api/contract/sla.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { definitionOf } from '#api/sla/definition.ts'
import { passGate } from '#api/http/pass-gate.ts'
import { presentPreview } from '#api/sla/present-clocks.ts'
import { previewBook } from '#desk/past/clock-preview.ts'
import type { Desk } from '#desk/desk.ts'
import { askRecompute } from '#desk/sla/recompute.ts'
import { riskHistory } from '#desk/sla/risk.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { printQuery } from '#rules/query-print.ts'
import { hashOf } from '#rules/rulebook.ts'
import {
  addPolicy,
  addPolicyVersion,
  changePolicy,
  listPolicies,
  policyVersions,
  type PolicyRow,
} from '#sla/agreement-store.ts'
import { draftBook } from '#sla/draft-book.ts'
import { calibrate } from '#sla/risk.ts'
import { recentRecomputes } from '#sla/recompute-store.ts'
import type { Db } from '#store/database.ts'

export function policyRoutes(app: FastifyInstance, desk: Desk): void {
  readRoutes(app, desk)
  route(app, desk, {
    method: 'POST',
    url: '/policies',
    access: 'sla.write',
    summary: 'Adds a policy behind the others of its kind; open tickets are judged again',
    body: newPolicy,
    answer: policy,
    handler: async ({ db, body, principal }) => {
      const definition = await definitionOf(desk, body)
      const tried = { policy: { id: null, kind: body.kind, title: body.title, definition }, calendar: null }
      const passed = await passGate(
        desk,
        db,
        principal,
        { agreement: { ...tried, name: body.title } },
        body.reason,
      )
      const at = desk.clock.now()
      const added = await addPolicy(db, body.kind)
      const version = { title: body.title, definition, note: body.note ?? '', at, agentId: principal.agentId }
      await addPolicyVersion(db, added, version)
      const thing = { type: 'policy', id: added, name: body.title }
      await audit(db, principal, at, { action: 'policy_added', thing, changes: passed })
      await askRecompute(desk, db, 'policy_change', principal.agentId)
      return presentOne(desk, db, added)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/policies/:id/versions',
    access: 'sla.write',
    summary: 'Publishes a new version of a policy; open tickets are judged again',
    params: idParams,
    body: policyVersion,
    answer: policy,
    handler: async ({ db, params, body, principal }) => {
      const from = await found(db, params.id)
      const definition = await definitionOf(desk, body)
      const tried = {
        policy: { id: from.id, kind: from.kind, title: body.title, definition },
        calendar: null,
      }
      // What was live once may come back as it was.
      const wasLive = (await policyVersions(db, from.id)).some(
        (each) => hashOf(each.definition) === hashOf(definition),
      )
      const passed = wasLive
        ? []
        : await passGate(desk, db, principal, { agreement: { ...tried, name: body.title } }, body.reason)
      const at = desk.clock.now()
      const version = { title: body.title, definition, note: body.note ?? '', at, agentId: principal.agentId }
      await addPolicyVersion(db, from.id, version)
      await audit(db, principal, at, {
        action: 'policy_published',
        thing: { type: 'policy', id: from.id, name: body.title },
        changes: [
          ...changesBetween({ title: from.title, ...from.definition }, { title: body.title, ...definition }),
          ...passed,
        ],
        back: { method: 'POST', path: `/policies/${from.id}/versions`, body: await versionOf(desk, from) },
      })
      await askRecompute(desk, db, 'policy_change', principal.agentId)
      return presentOne(desk, db, from.id)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/policies/:id',
    access: 'sla.write',
    summary: 'Archives a policy, or moves it in the order in which policies are tried',
    params: idParams,
    body: policyPatch,
    answer: policy,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const from = await found(db, params.id)
      const archivedAt = body.archived === undefined ? undefined : body.archived ? at : null
      if (body.position !== undefined) await move(db, from, body.position)
      await changePolicy(db, from.id, { archivedAt })
      await audit(db, principal, at, {
        action: 'policy_changed',
        thing: { type: 'policy', id: from.id, name: from.title },
        changes: changesBetween({ archived: from.archived, position: from.position }, { ...body }),
        back: {
          method: 'PATCH',
          path: `/policies/${from.id}`,
          body: { archived: from.archived, position: from.position },
        },
      })
      await askRecompute(desk, db, 'policy_change', principal.agentId)
      return presentOne(desk, db, from.id)
    },
  })
}

function readRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/policies',
    access: 'desk.read',
    summary: 'The newest version of each policy, in the order in which they are tried',
    answer: policyPage,
    handler: async ({ db }) => ({
      items: await Promise.all((await listPolicies(db)).map((row) => present(desk, row))),
      nextCursor: null,
    }),
  })
  route(app, desk, {
    method: 'GET',
    url: '/policies/:id/versions',
    access: 'desk.read',
    summary: 'All versions of a policy, newest first',
    params: idParams,
    answer: policyPage,
    handler: async ({ db, params }) => ({
      items: await Promise.all((await policyVersions(db, params.id)).map((row) => present(desk, row))),
      nextCursor: null,
    }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/policies/preview',
    access: 'sla.write',
    summary: 'What publishing would do to clocks, and what the last 30 days would have been',
    status: 200,
    body: previewAsked,
    answer: preview,
    handler: async ({ db, body, principal }) => {
      const { sla } = await desk.setup.now()
      const drafted =
        body.policy === undefined
          ? null
          : { ...body.policy, id: body.policy.id ?? null, definition: await definitionOf(desk, body.policy) }
      const read = draftBook(sla, { policy: drafted, calendar: body.calendar ?? null }, desk.clock.now())
      if ('problem' in read) return declineInput(read.path, read.problem)
      return presentPreview(await previewBook(desk, db, read.book, principal), await teamNames(desk))
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/policies/risk',
    access: 'desk.read',
    summary:
      'How far the risk score of clocks can be trusted, on the half of the history it was not learned from',
    answer: riskCalibration,
    handler: async () => {
      const { bins, ...rest } = calibrate(await riskHistory(desk))
      return { ...rest, bins: [...bins] }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/policies/recompute',
    access: 'desk.read',
    summary: 'How far judging all open tickets again has come after the last publications',
    answer: recompute,
    handler: async ({ db }) => ({ items: await recentRecomputes(db) }),
  })
}

async function teamNames(desk: Desk): Promise<ReadonlyMap<number, string>> {
  const { directory } = await desk.setup.now()
  return new Map([...directory.teams].map(({ id, name }) => [id, name]))
}

/** Puts a policy at a place in the order of its kind; the others close up. */
async function move(db: Db, { id, kind }: PolicyRow, position: number): Promise<void> {
  const others = (await listPolicies(db)).filter((each) => each.kind === kind && each.id !== id)
  const order = [
    ...others.slice(0, position - 1).map((each) => each.id),
    id,
    ...others.slice(position - 1).map((each) => each.id),
  ]
  for (const [index, each] of order.entries()) await changePolicy(db, each, { position: index + 1 })
}

async function found(db: Db, id: number): Promise<PolicyRow> {
  return (await policyVersions(db, id))[0] ?? decline('not-found', 'There is no such policy.')
}

async function presentOne(desk: Desk, db: Db, id: number) {
  return present(desk, await found(db, id))
}

/** What publishes this version once more. */
async function versionOf(desk: Desk, row: PolicyRow): Promise<z.input<typeof policyVersion>> {
  const { title, q, targets, options, customs, onPolicyChange } = await present(desk, row)
  return { title, q, targets, options, customs, onPolicyChange }
}

async function present(desk: Desk, row: PolicyRow): Promise<z.input<typeof policy>> {
  const { directory } = await desk.setup.now()
  const { definition, agentName, ...rest } = row
  const { filter, targets, options, onPolicyChange, customs = [] } = definition
  return {
    ...rest,
    q: printQuery(filter, directory) ?? '',
    targets: targets.map(({ warnAt = [], ...each }) => ({
      ...each,
      priority: each.priority as z.input<typeof policy>['targets'][number]['priority'],
      warnAt: [...warnAt],
    })),
    options,
    onPolicyChange,
    customs: customs.map(({ key, title, start, stop, pause, cycle }) => ({
      key,
      title,
      cycle,
      start: printQuery(start, directory) ?? '',
      stop: printQuery(stop, directory) ?? '',
      pause: pause === null ? '' : (printQuery(pause, directory) ?? ''),
    })),
    by: agentName,
  }
}
