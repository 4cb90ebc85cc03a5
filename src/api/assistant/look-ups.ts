// Look-ups in the company's own systems: set up, tried, and how each last went. A secret goes in and never comes out.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  lookUp,
  lookUpPatch,
  lookUps,
  lookUpTrial,
  newLookUp,
  triedLookUp,
  type LookUp,
} from '#api/contract/lookups.ts'
import { idParams } from '#api/contract/shapes.ts'
import { refusePlain } from '#api/http/plain-way.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { parametersOf } from '#assistant/look-up.ts'
import {
  addLookUp,
  archiveLookUp,
  changeLookUp,
  findLookUp,
  listLookUps,
  setLookUpSecret,
  type LookUpRow,
} from '#assistant/look-up-store.ts'
import { lookUpFor } from '#desk/assistant/look-ups.ts'
import { answersInUse } from '#desk/assistant/publish.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween, type Change } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function lookUpRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/look-ups',
    access: 'assistant.read',
    summary: 'What procedures may ask of other systems, and how each last went',
    answer: lookUps,
    handler: async ({ db }) => ({ items: (await listLookUps(db)).map(present) }),
  })
  writeRoutes(app, desk)
  trialRoute(app, desk)
}

function writeRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/assistant/look-ups',
    access: 'assistant.write',
    stepUp: true,
    summary: 'Adds a look-up; it is done where a procedure of the live version names it',
    body: newLookUp,
    answer: lookUp,
    handler: async ({ db, body: { secret, ...added }, principal }) => {
      refusePlain('url', hostOf(added.url), secret !== undefined)
      await refuseBrand(desk, added.brandId)
      const made = (await addLookUp(db, added, desk.clock.now())) ?? declineInput('key', 'is taken')
      if (secret !== undefined) await setLookUpSecret(db, desk.seal, made, secret)
      return told(desk, db, principal, made, { action: 'look_up_added', changes: [] })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/assistant/look-ups/:id',
    access: 'assistant.write',
    stepUp: true,
    summary: 'Changes a look-up; at another host its secret is forgotten',
    params: idParams,
    body: lookUpPatch,
    answer: lookUp,
    handler: async ({ db, params, body: { secret, ...change }, principal }) => {
      const from = (await findLookUp(db, params.id)) ?? decline('not-found')
      const { url = from.url, answers = from.answers } = change
      const moves = hostOf(url) !== hostOf(from.url)
      refusePlain(
        'url',
        hostOf(url),
        typeof secret === 'string' || (secret === undefined && from.hasSecret && !moves),
      )
      if (change.brandId !== undefined) await refuseBrand(desk, change.brandId)
      const used = await answersInUse(desk, from.key)
      const lost = used.find((name) => !answers.some((each) => each.name === name))
      if (lost !== undefined)
        declineInput('answers', `lack “${lost}”, which a procedure of the live version asks for`)
      await changeLookUp(db, from.id, change)
      // A secret is for the host that it was given for.
      if (secret !== undefined || moves) await setLookUpSecret(db, desk.seal, from.id, secret ?? null)
      const { answers: _before, ...plain } = from
      const { answers: _after, ...changed } = change
      const changes = [
        ...changesBetween(plain, changed),
        ...(change.answers === undefined ? [] : [{ field: 'answers', from: null, to: null }]),
        ...(secret === undefined ? [] : [{ field: 'secret', from: null, to: null }]),
      ]
      return told(desk, db, principal, from.id, { action: 'look_up_changed', changes })
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/assistant/look-ups/:id',
    access: 'assistant.write',
    stepUp: true,
    summary: 'Takes a look-up out of use and forgets its secret; not while the live version asks for it',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const found = (await findLookUp(db, params.id)) ?? decline('not-found')
      if ((await answersInUse(desk, found.key)).length > 0)
        decline('refused', 'A procedure of the live version asks for it: publish one that does not.', {
          refusal: 'in_use',
        })
      await archiveLookUp(db, found.id, desk.clock.now())
      await note(desk, db, principal, found, { action: 'look_up_removed', changes: [] })
      return null
    },
  })
}

function trialRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/assistant/look-ups/:id/trial',
    access: 'assistant.write',
    summary: 'Does a look-up with what is given, as a procedure would, and says what came of it',
    params: idParams,
    body: lookUpTrial,
    answer: triedLookUp,
    status: 200,
    rateLimit: { max: 20, timeWindow: '1 minute' },
    beforehand: async ({ params: { id }, body }) => {
      const found = await findLookUp(desk.database, id)
      if (found === null) return null
      const beganAt = performance.now()
      const about = { brandId: found.brandId ?? 0, isProven: true, isTrial: true }
      const known = Object.fromEntries(
        Object.entries(body.known).map(([name, value]) => [name.toLowerCase(), value]),
      )
      const { answers, failed } = await lookUpFor(desk, about, { key: found.key, known })
      return { answers: { ...answers }, failed, ms: Math.round(performance.now() - beganAt) }
    },
    handler: async ({ early }) => {
      tell(desk.database, { changed: 'assistant', id: null })
      return early ?? decline('not-found')
    },
  })
}

/** Without what is known: nothing of it is ever in the host. */
function hostOf(url: string): string {
  return new URL(url.replace(/[{}]/g, '')).origin
}

async function refuseBrand(desk: Desk, brandId: number | null): Promise<void> {
  const { brands } = (await desk.setup.now()).directory
  if (brandId !== null && !brands.some(({ id, archived }) => id === brandId && !archived))
    declineInput('brandId', 'is not a brand')
}

function present(row: LookUpRow): LookUp {
  const answers = row.answers.map((each) => ({ ...each, choices: [...each.choices] }))
  return { ...row, answers, parameters: parametersOf(row) }
}

type Entry = { readonly action: string; readonly changes: readonly Change[] }

async function note(desk: Desk, db: Db, principal: Principal, { id, name }: LookUpRow, entry: Entry) {
  await audit(db, principal, desk.clock.now(), { ...entry, thing: { type: 'look_up', id, name } })
  tell(db, { changed: 'assistant', id: null })
}

async function told(desk: Desk, db: Db, principal: Principal, id: number, entry: Entry) {
  const found = (await findLookUp(db, id)) ?? decline('not-found')
  await note(desk, db, principal, found, entry)
  return present(found)
}
