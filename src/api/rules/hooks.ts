// Hooks: how each is set up, what came to it, and trying a mapping before it counts.
import type { FastifyInstance } from 'fastify'
import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { hook, hookPage, hookPatch, hookProof, hooksQuery, madeHook, newHook } from '#api/contract/hooks.ts'
import { idParams } from '#api/contract/shapes.ts'
import { nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { hookDeliveryRoutes } from '#api/rules/hook-deliveries.ts'
import { route } from '#api/route.ts'
import {
  addHook,
  changeHook,
  changeHookKey,
  changeHookScheme,
  countHookDeliveries,
  findHook,
  keepHookSecret,
  listHooks,
  lockHook,
} from '#channels/hook-store.ts'
import type { HookScheme } from '#channels/hook-words.ts'
import type { Hook } from '#channels/hook.ts'
import type { Desk } from '#desk/desk.ts'
import { defined } from '#kit/defined.ts'
import type { BrandId, CategoryId, TeamId } from '#kit/ids.ts'
import { findTeam } from '#people/agent-store.ts'
import { audit, changesBetween, type Back } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import { mappingProblems } from '#rules/hook-mapping.ts'
import { findBrand } from '#setup/brand-store.ts'
import { findCategory, findCategoryByPath } from '#setup/taxonomy-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function hookRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/hooks',
    access: 'webhooks.write',
    summary: 'Addresses for events of other systems, by name',
    query: hooksQuery,
    answer: hookPage,
    handler: async ({ db, query: { limit, cursor, archived } }) => {
      const after = readCursor(cursor, nameKey)
      const rows = await listHooks(db, { limit: limit + 1, archived: archived === 'true', after })
      const page = pageFrom(
        rows,
        limit,
        ({ id, name }) => ({ id, name }),
        (row) => row,
      )
      return { ...page, items: await present(db, page.items) }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/hooks/:id',
    access: 'webhooks.write',
    summary: 'One address for events of another system',
    params: idParams,
    answer: hook,
    handler: async ({ db, params }) => presentOne(db, params.id),
  })
  route(app, desk, {
    method: 'POST',
    url: '/hooks',
    access: 'webhooks.write',
    stepUp: true,
    answersSecret: true,
    summary: 'Adds an address for events of another system; address and secret are shown this once',
    body: newHook,
    answer: madeHook,
    handler: async ({ db, body: { scheme, secret, ...input }, principal }) => {
      const kept = secretFor(scheme, secret)
      const key = newSecret()
      const at = desk.clock.now()
      const id = await addHook(
        db,
        { ...(await resolved(desk, db, { ...input, scheme })), scheme },
        hashSecret(key),
        at,
      )
      await keepHookSecret(db, desk.seal, id, kept)
      const made = await noted(desk, db, principal, { action: 'hook_added', id, from: {} })
      return { ...made, url: urlOf(desk, key), secret: kept }
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/hooks/:id',
    access: 'webhooks.write',
    summary: 'Changes what events become, pauses the address or takes it away',
    params: idParams,
    body: hookPatch,
    answer: hook,
    handler: async ({ db, params, body, principal }) => {
      const row = await locked(db, params.id)
      const before = await presentOne(db, row.id)
      const { name, mapping, again, acknowledges, category } = before
      const was = {
        name,
        mapping,
        again,
        acknowledges,
        category,
        brand: before.brand.id,
        team: before.team?.id ?? null,
      }
      const { enabled = row.enabled, archived = row.archived, ...change } = body
      const input = { ...was, ...defined(change), scheme: row.scheme }
      const isBack = row.archived && !archived
      const written = await resolved(desk, db, input, isBack || body.team !== undefined)
      await changeHook(db, { ...row, ...written, enabled, archived }, desk.clock.now())
      const undo = { ...was, enabled: row.enabled, archived: row.archived }
      const back = { method: 'PATCH', path: `/hooks/${row.id}`, body: undo } as const
      return noted(desk, db, principal, { action: 'hook_changed', id: row.id, from: before, back })
    },
  })
  secretRoutes(app, desk)
  hookDeliveryRoutes(app, desk)
}

function secretRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/hooks/:id/address',
    access: 'webhooks.write',
    stepUp: true,
    answersSecret: true,
    summary: 'Draws another address; the old one leads nowhere at once',
    params: idParams,
    answer: madeHook,
    status: 200,
    handler: async ({ db, params, principal }) => {
      const { id } = await found(db, params.id)
      const key = newSecret()
      await changeHookKey(db, id, hashSecret(key))
      const made = await noted(desk, db, principal, { action: 'hook_address_changed', id, from: null })
      return { ...made, url: urlOf(desk, key), secret: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/hooks/:id/proof',
    access: 'webhooks.write',
    stepUp: true,
    answersSecret: true,
    summary: 'Says how the sender proves itself, with a new secret; the old one is void at once',
    params: idParams,
    body: hookProof,
    answer: madeHook,
    status: 200,
    handler: async ({ db, params, body: { scheme, secret }, principal }) => {
      const row = await locked(db, params.id)
      refuseUnproven(scheme, row.acknowledges)
      const before = await presentOne(db, row.id)
      const kept = secretFor(scheme, secret)
      await changeHookScheme(db, row.id, scheme)
      await keepHookSecret(db, desk.seal, row.id, kept)
      const made = await noted(desk, db, principal, {
        action: 'hook_proof_changed',
        id: row.id,
        from: before,
      })
      return { ...made, url: null, secret: kept }
    },
  })
}

const urlOf = (desk: Desk, key: string) => `${desk.baseUrl}/hooks/${key}`

/** The secret of a hook: the sender's own, or one that is drawn as the scheme writes it. */
function secretFor(scheme: HookScheme, given: string | undefined): string | null {
  if (scheme === 'none') return null
  if (scheme !== 'standard') return given ?? newSecret()
  const secret = given ?? `whsec_${randomBytes(32).toString('base64')}`
  if (!isStandard(secret))
    declineInput('secret', 'is no secret of Standard Webhooks: whsec_ and at least 16 bytes in base64')
  return secret
}

/** By the library that reads it later: what that cannot read would prove nothing. */
function isStandard(secret: string): boolean {
  try {
    const signed = new Webhook(secret).sign('', new Date(0), '')
    return signed !== '' && Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length >= 16
  } catch {
    return false
  }
}

function refuseUnproven(scheme: HookScheme, acknowledges: boolean): void {
  if (scheme === 'none' && acknowledges)
    declineInput('acknowledges', 'needs a proof: else anybody could have mail sent to anybody')
}

async function found(db: Db, id: number): Promise<Hook> {
  return (await findHook(db, id)) ?? decline('not-found', 'There is no such address.')
}

async function locked(tx: Transaction, id: number): Promise<Hook> {
  return (await lockHook(tx, id)) ?? decline('not-found', 'There is no such address.')
}

type Input = Omit<z.output<typeof newHook>, 'secret'>

/** What a hook names, found; a 400 says what is not there or cannot be read. */
async function resolved(desk: Desk, db: Db, input: Input, isTeamNew = true) {
  const { brand, team, category, mapping, scheme, ...rest } = input
  refuseUnproven(scheme, rest.acknowledges)
  if ((await findBrand(db, brand)) === null) declineInput('brand', 'is not a brand')
  const its = team === null ? null : ((await findTeam(db, team)) ?? declineInput('team', 'is not a team'))
  if (isTeamNew && its?.archived === true) declineInput('team', 'is archived')
  const ofPath = category === null ? null : await findCategoryByPath(db, category)
  if (category !== null && ofPath === null) declineInput('category', `"${category}" is not a category`)
  const { fields } = await desk.setup.now()
  const unknown = mapping.fields.find(
    ({ field }) => !fields.some(({ key, archived }) => key === field && !archived),
  )
  if (unknown !== undefined) declineInput(`mapping.fields.${unknown.field}`, 'is not a field of this desk')
  const [problem] = mappingProblems(mapping)
  if (problem !== undefined) declineInput(`mapping.${problem.path}`, problem.message)
  return {
    ...rest,
    mapping,
    brandId: brand as BrandId,
    teamId: team as TeamId | null,
    categoryId: (ofPath?.id ?? null) as CategoryId | null,
  }
}

async function present(db: Db, rows: readonly Hook[]): Promise<z.input<typeof hook>[]> {
  const counts = await countHookDeliveries(
    db,
    rows.map(({ id }) => id),
  )
  return Promise.all(
    rows.map(async ({ brandId, teamId, categoryId, mapping, ...row }) => {
      const brand = await findBrand(db, brandId)
      const team = teamId === null ? null : await findTeam(db, teamId)
      const category = categoryId === null ? null : await findCategory(db, categoryId)
      const counted = counts.get(row.id)
      return {
        ...row,
        mapping: { ...mapping, fields: [...mapping.fields] },
        brand: { id: brandId, name: brand?.name ?? '' },
        team: team === null ? null : { id: team.id, name: team.name },
        category: category?.path ?? null,
        failed: counted?.failed ?? 0,
        lastAt: counted?.lastAt ?? null,
      }
    }),
  )
}

async function presentOne(db: Db, id: number): Promise<z.output<typeof hook>> {
  return (await present(db, [await found(db, id)]))[0] ?? decline('not-found')
}

async function noted(
  desk: Desk,
  db: Db,
  principal: Principal,
  { action, id, from, back }: { action: string; id: number; from: object | null; back?: Back },
) {
  const to = await presentOne(db, id)
  await audit(db, principal, desk.clock.now(), {
    action,
    thing: { type: 'hook', id, name: to.name },
    ...(from === null ? {} : { changes: changesBetween({ id, ...from }, to) }),
    back,
  })
  tell(db, { changed: 'hooks', id })
  return to
}
