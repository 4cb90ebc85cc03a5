// Providers of models: set up, tried, counted. A key goes in and never comes out.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  modelProvider,
  modelProviderPatch,
  modelProviders,
  newModelProvider,
  type ModelProvider,
} from '#api/contract/models.ts'
import { idParams } from '#api/contract/shapes.ts'
import { refusePlain } from '#api/http/plain-way.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import {
  addProvider,
  archiveProvider,
  changeProvider,
  findProvider,
  listProviders,
  modelUses,
  noteModelTrial,
  setProviderKey,
  type ProviderRow,
} from '#assistant/provider-store.ts'
import { tryModel } from '#desk/assistant/models.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween, type Change } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function modelRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/providers',
    access: 'assistant.read',
    summary: 'Providers of models, with what each was last found to be and what was asked of it',
    answer: modelProviders,
    handler: async ({ db }) => {
      const rows = await listProviders(db)
      return { items: await Promise.all(rows.map((row) => present(desk, db, row))) }
    },
  })
  writeRoutes(app, desk)
  trialRoute(app, desk)
}

function writeRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/assistant/providers',
    access: 'assistant.write',
    stepUp: true,
    summary: 'Adds a provider; nothing is asked of it until a version names it',
    body: newModelProvider,
    answer: modelProvider,
    handler: async ({ db, body: { key, ...added }, principal }) => {
      refusePlain('baseUrl', added.baseUrl, key !== undefined)
      refuseUnpriced(added)
      const made = (await addProvider(db, added, desk.clock.now())) ?? declineInput('name', 'is taken')
      if (key !== undefined) await setProviderKey(db, desk.seal, made, key)
      return told(desk, db, principal, made, { action: 'model_provider_added', changes: [] })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/assistant/providers/:id',
    access: 'assistant.write',
    stepUp: true,
    summary: 'Changes a provider; at another address its key is forgotten',
    params: idParams,
    body: modelProviderPatch,
    answer: modelProvider,
    handler: async ({ db, params, body: { key, ...change }, principal }) => {
      const from = (await findProvider(db, params.id)) ?? decline('not-found')
      if (await isTaken(db, from, change.name)) declineInput('name', 'is taken')
      const moves = change.baseUrl !== undefined && change.baseUrl !== from.baseUrl
      const keeps = key === undefined && from.hasKey && !moves
      refusePlain('baseUrl', change.baseUrl ?? from.baseUrl, keeps || typeof key === 'string')
      const { price = from.price, moneyPerDay = from.moneyPerDay } = change
      refuseUnpriced({ price, moneyPerDay })
      await changeProvider(db, from.id, change)
      // A key is for the address it was given for.
      if (key !== undefined || moves) await setProviderKey(db, desk.seal, from.id, key ?? null)
      const changes = changesBetween(from, { ...change })
      const keyed = key === undefined ? [] : [{ field: 'key', from: null, to: null }]
      return told(desk, db, principal, from.id, {
        action: 'model_provider_changed',
        changes: [...changes, ...keyed],
      })
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/assistant/providers/:id',
    access: 'assistant.write',
    stepUp: true,
    summary: 'Takes a provider out of use and forgets its key; not while the live version names it',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const found = (await findProvider(db, params.id)) ?? decline('not-found')
      if (await isLive(desk, found.id))
        decline('refused', 'The live version has its drafts worded here: publish one that does not.', {
          refusal: 'in_use',
        })
      await archiveProvider(db, found.id, desk.clock.now())
      await note(desk, db, principal, found, { action: 'model_provider_removed', changes: [] })
      return null
    },
  })
}

function trialRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/assistant/providers/:id/trial',
    access: 'assistant.write',
    summary: 'Asks the model something small, and notes what it does not take',
    params: idParams,
    answer: modelProvider,
    status: 200,
    rateLimit: { max: 10, timeWindow: '1 minute' },
    beforehand: async ({ params: { id } }) => {
      const found = await findProvider(desk.database, id)
      return found === null ? null : { found, trial: await tryModel(desk, id) }
    },
    handler: async ({ db, params, early }) => {
      const found = (await findProvider(db, params.id)) ?? decline('not-found')
      if (early !== null) await noteModelTrial(db, early.found, early.trial)
      tell(db, { changed: 'assistant', id: null })
      return present(desk, db, { ...found, trial: early?.trial ?? null })
    },
  })
}

async function present(desk: Desk, db: Db, row: ProviderRow): Promise<ModelProvider> {
  const { archived: _, quirks, ...rest } = row
  return { ...rest, quirks: [...quirks], days: await modelUses(db, row.id), live: await isLive(desk, row.id) }
}

async function isLive(desk: Desk, id: number): Promise<boolean> {
  return (await desk.setup.now()).assistant.config?.providerId === id
}

async function isTaken(db: Db, { id }: ProviderRow, name: string | undefined): Promise<boolean> {
  if (name === undefined) return false
  const all = await listProviders(db)
  return all.some((each) => each.id !== id && each.name.toLowerCase() === name.toLowerCase())
}

/** Money is counted by prices. */
function refuseUnpriced({ price, moneyPerDay }: Pick<ProviderRow, 'price' | 'moneyPerDay'>): void {
  if (moneyPerDay !== null && price === null)
    declineInput('moneyPerDay', 'needs the prices by which it is counted')
}

type Entry = { readonly action: string; readonly changes: readonly Change[] }

async function note(desk: Desk, db: Db, principal: Principal, { id, name }: ProviderRow, entry: Entry) {
  await audit(db, principal, desk.clock.now(), { ...entry, thing: { type: 'model_provider', id, name } })
  tell(db, { changed: 'assistant', id: null })
}

async function told(desk: Desk, db: Db, principal: Principal, id: number, entry: Entry) {
  const found = (await findProvider(db, id)) ?? decline('not-found')
  await note(desk, db, principal, found, entry)
  return present(desk, db, found)
}
