// Rules of retention: made and changed while they are off, looked at before they are turned on.
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  newRetentionRule,
  retentionConditions,
  retentionOn,
  retentionPreview,
  retentionRule,
  retentionRulePage,
  retentionRulePatch,
} from '#api/contract/privacy.ts'
import { idParams, pageQuery } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import {
  addRule,
  changeRule,
  daysOf,
  findRule,
  listRules,
  lockRule,
  previewDue,
  type RetentionRule,
} from '#desk/privacy/retention-store.ts'
import { defined } from '#kit/defined.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function retentionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/retention-rules',
    access: 'privacy.write',
    summary: 'Rules of retention, each with what it did of late',
    query: pageQuery,
    answer: retentionRulePage,
    handler: async ({ db }) => ({
      items: await Promise.all((await listRules(db)).map((rule) => present(db, rule))),
      nextCursor: null,
    }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/retention-rules/preview',
    access: 'privacy.write',
    summary: 'Which tickets would be due by a rule; nothing is erased',
    body: retentionConditions,
    answer: retentionPreview,
    status: 200,
    handler: async ({ db, body }) => {
      const { sample, ...counted } = await previewDue(db, body, desk.clock.now())
      return { ...counted, sample: [...sample] }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/retention-rules',
    access: 'privacy.write',
    summary: 'Makes a rule of retention, which is off',
    body: newRetentionRule,
    answer: retentionRule,
    handler: async ({ db, body, principal }) => {
      const id = await addRule(db, { ...body, at: desk.clock.now() })
      const rule = await theRule(db, id)
      await noted(desk, db, principal, { action: 'retention_added', rule, from: {} })
      return present(db, rule)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/retention-rules/:id',
    access: 'privacy.write',
    summary: 'Changes a rule of retention that is off',
    params: idParams,
    body: retentionRulePatch,
    answer: retentionRule,
    handler: async ({ db, params, body, principal }) => {
      const from = (await lockRule(db, params.id)) ?? decline('not-found')
      // What was looked at is what was turned on.
      if (from.isOn) decline('refused', 'Turn the rule off before you change it.', { refusal: 'is_on' })
      await changeRule(db, params.id, defined(body))
      const rule = await theRule(db, params.id)
      await noted(desk, db, principal, { action: 'retention_changed', rule, from: { ...from } })
      return present(db, rule)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/retention-rules/:id',
    access: 'privacy.write',
    summary: 'Takes a rule of retention away',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const rule = await theRule(db, params.id)
      await changeRule(db, params.id, { isOn: false, archivedAt: desk.clock.now() })
      await noted(desk, db, principal, { action: 'retention_removed', rule, from: { ...rule } })
      return null
    },
  })
  switchRoutes(app, desk)
}

function switchRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'PUT',
    url: '/retention-rules/:id/on',
    access: 'privacy.write',
    stepUp: true,
    summary: 'Turns a rule of retention on: from now on it erases what is due',
    params: idParams,
    body: retentionOn,
    answer: retentionRule,
    handler: async ({ db, params, body, principal }) => {
      const from = (await lockRule(db, params.id)) ?? decline('not-found')
      const { days, categoryIds, tags } = from
      const { count: seen, ...looked } = body
      if (!isDeepStrictEqual(looked, { days, categoryIds, tags }))
        decline('conflict', 'The rule was changed since it was looked at. Look again.', {
          refusal: 'changed_since',
        })
      const { count } = await previewDue(db, from, desk.clock.now())
      if (count > seen)
        decline('conflict', `${count} tickets are due by now, not ${seen}. Look again.`, {
          refusal: 'changed_since',
        })
      await changeRule(db, params.id, { isOn: true })
      const rule = await theRule(db, params.id)
      await noted(desk, db, principal, { action: 'retention_changed', rule, from: { ...from } })
      tell(db, { lane: 'housekeeping' })
      return present(db, rule)
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: '/retention-rules/:id/off',
    access: 'privacy.write',
    summary: 'Turns a rule of retention off',
    params: idParams,
    answer: retentionRule,
    handler: async ({ db, params, principal }) => {
      const from = await theRule(db, params.id)
      await changeRule(db, params.id, { isOn: false })
      const rule = await theRule(db, params.id)
      await noted(desk, db, principal, { action: 'retention_changed', rule, from: { ...from } })
      return present(db, rule)
    },
  })
}

async function theRule(db: Db, id: number): Promise<RetentionRule> {
  return (await findRule(db, id)) ?? decline('not-found')
}

async function present(db: Db, { id, name, days, categoryIds, tags, isOn, createdAt }: RetentionRule) {
  const did = await daysOf(db, id)
  return { id, name, days, categoryIds: [...categoryIds], tags: [...tags], isOn, createdAt, did }
}

async function noted(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  what: { action: string; rule: RetentionRule; from: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { id, name, days, categoryIds, tags, isOn } = what.rule
  await audit(tx, principal, desk.clock.now(), {
    action: what.action,
    thing: { type: 'retention', id, name },
    changes: changesBetween(what.from, { name, days, categoryIds, tags, isOn }),
  })
  tell(tx, { changed: 'settings', id: null })
}
