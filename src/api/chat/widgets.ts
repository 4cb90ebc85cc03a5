// Widgets: the chat of a brand on pages elsewhere, the keys by which sites show who their visitors are, and how each does.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  identityKeyParams,
  madeIdentityKey,
  newIdentityKey,
  newWidget,
  widget,
  widgetHealth,
  widgetPage,
  widgetPatch,
} from '#api/contract/chat.ts'
import { deskQuery } from '#api/contract/desk.ts'
import { idParams } from '#api/contract/shapes.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { publicKeyProblem } from '#desk/chat/identity.ts'
import { presenceOf } from '#desk/chat/hours.ts'
import { GONE_AFTER_SECONDS } from '#desk/chat/next-step.ts'
import type { Desk } from '#desk/desk.ts'
import { defined } from '#kit/defined.ts'
import type { BrandId, TeamId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { findTeam } from '#people/agent-store.ts'
import { audit, changesBetween, type Back } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { newSecret } from '#people/secrets.ts'
import { endShownBy, visitorsOf } from '#people/visitor-store.ts'
import { findBrand } from '#setup/brand-store.ts'
import { readOrigin } from '#setup/form-origin.ts'
import {
  addKey,
  addWidget,
  changeWidget,
  dropKey,
  findWidget,
  keysOf,
  listWidgets,
  refusalsOf,
} from '#setup/widget-store.ts'
import type { Widget } from '#setup/widget.ts'
import { listCalendars } from '#sla/agreement-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const placeKey = z.strictObject({ name: z.string(), id: z.number().int() })
const REFUSALS_SHOWN = 20

export function widgetRoutes(app: FastifyInstance, desk: Desk, root: string): void {
  route(app, desk, {
    method: 'GET',
    url: '/widgets',
    access: 'settings.write',
    summary: 'Widgets by name',
    query: deskQuery,
    answer: widgetPage,
    handler: async ({ db, query: { limit, cursor, archived } }) => {
      const after = readCursor(cursor, placeKey)
      const rows = await listWidgets(db, { limit: limit + 1, archived: archived === 'true', after })
      const page = pageFrom(
        rows,
        limit,
        ({ id, name }) => ({ id, name }),
        (row) => row,
      )
      return { ...page, items: await Promise.all(page.items.map((row) => present(desk, db, row))) }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/widgets/:id',
    access: 'settings.write',
    summary: 'One widget',
    params: idParams,
    answer: widget,
    handler: async ({ db, params }) => present(desk, db, await found(db, params.id)),
  })
  route(app, desk, {
    method: 'POST',
    url: '/widgets',
    access: 'settings.write',
    summary: 'Adds a widget; its key is drawn',
    body: newWidget,
    answer: widget,
    handler: async ({ db, body, principal }) => {
      const key = newSecret().slice(0, 22)
      const id = await addWidget(db, { ...(await resolved(db, body)), key, archived: false })
      return noted(desk, db, principal, { action: 'widget_added', id, from: {} })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/widgets/:id',
    access: 'settings.write',
    summary: 'Changes a widget, or takes it away',
    params: idParams,
    body: widgetPatch,
    answer: widget,
    handler: async ({ db, params, body, principal }) => {
      const row = await found(db, params.id)
      const before = await present(desk, db, row)
      const { id: _, key: __, keys: ___, tag: ____, policy: _____, brand, team, archived, ...was } = before
      const whole = { ...was, brand: brand.id, team: team?.id ?? null }
      const { archived: isArchived = archived, ...change } = body
      const input = { ...whole, ...defined(change) }
      await changeWidget(
        db,
        row.id,
        { ...(await resolved(db, input)), archived: isArchived },
        desk.clock.now(),
      )
      const back = { method: 'PATCH', path: `/widgets/${row.id}`, body: { ...whole, archived } } as const
      return noted(desk, db, principal, { action: 'widget_changed', id: row.id, from: before, back })
    },
  })
  keyRoutes(app, desk)
  healthRoute(app, desk, root)
}

function keyRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/widgets/:id/keys',
    access: 'settings.write',
    stepUp: true,
    answersSecret: true,
    summary: 'Adds a key by which the company’s site shows who its visitor is; at most two',
    params: idParams,
    body: newIdentityKey,
    answer: madeIdentityKey,
    handler: async ({ db, params, body: { algorithm, publicKey }, principal }) => {
      const row = await found(db, params.id)
      const before = await present(desk, db, row)
      const problem = algorithm === 'HS256' ? null : publicKeyProblem(algorithm, publicKey ?? '')
      if (problem !== null) declineInput('publicKey', problem)
      const secret = algorithm === 'HS256' ? newSecret() : null
      const at = desk.clock.now()
      const keyId = await addKey(db, desk.seal, row.id, { algorithm, text: secret ?? publicKey ?? '', at })
      if (keyId === null)
        return decline('refused', 'There are two keys. Take the old one away first.', { refusal: 'two_keys' })
      await noted(desk, db, principal, { action: 'widget_changed', id: row.id, from: before })
      const made = (await keysOf(db, row.id)).find(({ id }) => id === keyId)
      return made === undefined ? decline('not-found') : { ...made, secret }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/widgets/:id/keys/:keyId',
    access: 'settings.write',
    summary: 'Takes a key away: what it signed is no longer believed',
    params: identityKeyParams,
    answer: widget,
    handler: async ({ db, params, principal }) => {
      const row = await found(db, params.id)
      const before = await present(desk, db, row)
      if (!(await dropKey(db, row.id, params.keyId))) decline('not-found', 'This widget has no such key.')
      await endShownBy(db, row.id, params.keyId, desk.clock.now())
      return noted(desk, db, principal, { action: 'widget_changed', id: row.id, from: before })
    },
  })
}

function healthRoute(app: FastifyInstance, desk: Desk, root: string): void {
  route(app, desk, {
    method: 'GET',
    url: '/widgets/:id/health',
    access: 'settings.write',
    summary: 'Whether a widget is there to be loaded, who visits, and whose word was not believed of late',
    params: idParams,
    answer: widgetHealth,
    handler: async ({ db, params }) => {
      const row = await found(db, params.id)
      const now = desk.clock.now()
      const presence = presenceOf(row, await desk.setup.now(), now)
      const { here, lastSeenAt } = await visitorsOf(db, row.id, plus(now, -GONE_AFTER_SECONDS))
      return {
        isBuilt: existsSync(join(root, 'web', 'dist', 'widget', 'widget.js')),
        isOpen: presence.isOpen,
        opensAt: presence.isOpen ? null : presence.opensAt,
        lastSeenAt,
        here,
        refusals: await refusalsOf(db, row.id, REFUSALS_SHOWN),
      }
    },
  })
}

async function found(db: Db, id: number): Promise<Widget> {
  return (await findWidget(db, id)) ?? decline('not-found', 'There is no such widget.')
}

type Input = z.output<typeof newWidget>

/** What a widget names, found; a 400 says what is not there. */
async function resolved(db: Db, input: Input): Promise<Omit<Widget, 'id' | 'key' | 'archived'>> {
  const { brand, team, calendar, origins, ...rest } = input
  if ((await findBrand(db, brand)) === null) declineInput('brand', 'is not a brand')
  const ofTeam = team === null ? null : await findTeam(db, team)
  if (team !== null && (ofTeam === null || ofTeam.archived)) declineInput('team', 'is not a team')
  const isKnown = (await listCalendars(db)).some(({ id, archived }) => String(id) === calendar && !archived)
  if (calendar !== null && calendar !== 'always' && !isKnown) declineInput('calendar', 'is not a calendar')
  return {
    ...rest,
    brandId: brand as BrandId,
    teamId: team as TeamId | null,
    calendarId: calendar,
    origins: originsOf(origins),
  }
}

/** The origins, each once. */
function originsOf(given: readonly string[]): string[] {
  const read = given.map((text, at) => {
    const origin = readOrigin(text)
    return 'origin' in origin ? origin.origin : declineInput(`origins.${at}`, `"${text}" ${origin.problem}`)
  })
  return [...new Set(read)]
}

async function present(desk: Desk, db: Db, row: Widget): Promise<z.output<typeof widget>> {
  const brand = await findBrand(db, row.brandId)
  const team = row.teamId === null ? null : await findTeam(db, row.teamId)
  const { brandId, teamId: _, calendarId, ...rest } = row
  const { origin } = new URL(desk.baseUrl)
  return {
    ...rest,
    brand: { id: brandId, name: brand?.name ?? '' },
    team: team === null ? null : { id: team.id, name: team.name },
    calendar: calendarId,
    origins: [...row.origins],
    keys: await keysOf(db, row.id),
    tag: `<script src="${desk.baseUrl}/widget.js" data-key="${row.key}" defer></script>`,
    policy: `script-src ${origin}; connect-src ${origin}`,
  }
}

/** What of a widget is told in the audit log: what somebody has set. */
function told(shown: Partial<z.output<typeof widget>>): Readonly<Record<string, unknown>> {
  const { id: _, key: __, tag: ___, policy: ____, keys, ...set } = shown
  return keys === undefined ? set : { ...set, keys: keys.map(({ algorithm }) => algorithm) }
}

async function noted(
  desk: Desk,
  db: Db,
  principal: Principal,
  {
    action,
    id,
    from,
    back,
  }: { action: string; id: number; from: Partial<z.output<typeof widget>>; back?: Back },
) {
  const to = await present(desk, db, await found(db, id))
  await audit(db, principal, desk.clock.now(), {
    action,
    thing: { type: 'widget', id, name: to.name },
    changes: changesBetween(told(from), told(to)),
    back,
  })
  tell(db, { changed: 'widgets', id })
  return to
}
