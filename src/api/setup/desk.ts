// The desk itself: settings, API tokens, the audit log.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  apiToken,
  apiTokenPage,
  auditChain,
  auditPage,
  auditQuery,
  createdApiToken,
  newApiToken,
} from '#api/contract/desk.ts'
import { settings, settingsPatch, settingsRestore, settingsVersionPage } from '#api/contract/settings.ts'
import { pageQuery, idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { writeUsage } from '#api/http/token-limit.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { isZone } from '#hours/zone.ts'
import { defined } from '#kit/defined.ts'
import { instant, plus } from '#kit/time.ts'
import { createToken, findToken, listTokens, revokeToken, type TokenEntry } from '#people/access-store.ts'
import { lastLook } from '#people/audit-chain-store.ts'
import { audit, changesBetween, listAudit } from '#people/audit-store.ts'
import { scopes } from '#people/can.ts'
import { usageOf, type DayOfUse } from '#people/token-usage-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { defaultMailbox, setDefaultMailbox } from '#setup/mailbox-store.ts'
import {
  readSettings,
  settingsVersions,
  settingsOfVersion,
  writeSettings,
  type DeskSettings,
} from '#setup/settings-store.ts'

export function settingsRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/settings',
    access: 'desk.read',
    summary: 'The settings of the desk',
    answer: settings,
    handler: async ({ db }) => present(await readSettings(db), db),
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/settings',
    access: 'settings.write',
    summary: 'Changes settings; every version is kept',
    body: settingsPatch,
    answer: settings,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const { mailFrom, ...changed } = body
      if (changed.timeZone !== undefined && !isZone(changed.timeZone))
        declineInput('timeZone', 'is not a time zone')
      const from = await readSettings(db)
      const to = { ...from, ...defined(changed) }
      const before = await present(from, db)
      await writeSettings(db, to, at, principal.agentId)
      if (mailFrom !== undefined && mailFrom !== null)
        await setDefaultMailbox(db, mailFrom.toLowerCase(), to.deskName, at)
      const after = await present(to, db)
      const changes = changesBetween(before, after)
      await audit(db, principal, at, {
        action: 'settings_changed',
        thing: { type: 'settings', id: null, name: null },
        changes,
        back: { method: 'PATCH', path: '/settings', body: patchOf(before) },
      })
      tell(db, { changed: 'settings', id: null })
      return after
    },
  })
}

export function settingsVersionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/settings/versions',
    access: 'settings.write',
    summary: 'The newest versions of the settings, each with what it changed',
    answer: settingsVersionPage,
    handler: async ({ db }) => {
      const found = await settingsVersions(db, SHOWN_VERSIONS + 1)
      const items = found.slice(0, SHOWN_VERSIONS).map(({ version, at, byName, value }, index) => ({
        version,
        at,
        by: byName,
        // Before the first version stood nothing that could be compared.
        changes: [...changesBetween({ ...(found[index + 1] ?? found[index])?.value }, { ...value })],
      }))
      return { items, nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/settings/restore',
    access: 'settings.write',
    summary: 'Puts an earlier version of the settings in force again, as a new version',
    body: settingsRestore,
    answer: settings,
    status: 200,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const to =
        (await settingsOfVersion(db, body.version)) ??
        decline('not-found', `There is no version ${body.version}.`)
      const from = await readSettings(db)
      await writeSettings(db, to, at, principal.agentId)
      const thing = { type: 'settings', id: body.version, name: `version ${body.version}` }
      await audit(db, principal, at, {
        action: 'settings_restored',
        thing,
        changes: changesBetween({ ...from }, { ...to }),
        back: { method: 'PATCH', path: '/settings', body: patchOf(await present(from, db)) },
      })
      tell(db, { changed: 'settings', id: null })
      return present(to, db)
    },
  })
}

const SHOWN_VERSIONS = 20

async function present(found: DeskSettings, db: Db): Promise<z.input<typeof settings>> {
  const { reopenKeepsAssignee: _, childrenBlockResolve: __, mail: ___, ...shown } = found
  return {
    ...shown,
    reviewQuestions: [...shown.reviewQuestions],
    mailFrom: (await defaultMailbox(db))?.address ?? null,
  }
}

/** Without an address for mail there is none to put back. */
function patchOf({ mailFrom, ...rest }: z.input<typeof settings>) {
  return mailFrom === null ? rest : { ...rest, mailFrom }
}

const USAGE_SECONDS = 30 * 86_400

export function tokenRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tokens',
    access: 'tokens.write',
    summary: 'Living API tokens, newest first, without their secrets',
    query: pageQuery,
    answer: apiTokenPage,
    handler: async ({ db, query }) => {
      const rows = await listTokens(db, { limit: query.limit + 1, before: readCursor(query.cursor, idKey) })
      await writeUsage(desk)
      const ids = rows.map(({ id }) => id)
      const usage = await usageOf(db, ids, plus(desk.clock.now(), -USAGE_SECONDS))
      return pageFrom(
        rows,
        query.limit,
        ({ id }) => id,
        (row) => presentToken(row, usage.get(row.id)),
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tokens',
    access: 'tokens.write',
    stepUp: true,
    summary: 'Makes an API token; its secret is in this answer alone',
    body: newApiToken,
    answer: createdApiToken,
    answersSecret: true,
    handler: async ({ db, body, principal }) => {
      const unknown = body.scopes.filter((scope) => scope !== '*' && !scopes.includes(scope))
      if (unknown.length > 0)
        declineInput('scopes', `unknown: ${unknown.join(', ')}. Known: *, ${scopes.join(', ')}`)
      if (principal.token !== null) decline('forbidden', 'A token cannot make tokens.')
      const at = desk.clock.now()
      const expiresAt = body.expiresAt == null ? null : instant(new Date(body.expiresAt))
      const made = await createToken(db, {
        ...body,
        agentId: principal.agentId,
        at,
        expiresAt,
        perMinute: body.perMinute ?? null,
      })
      await audit(db, principal, at, {
        action: 'token_created',
        thing: { type: 'token', id: made.id, name: body.name },
      })
      const entry = (await findToken(db, made.id)) ?? decline('not-found')
      return { ...presentToken(entry), token: made.secret }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/tokens/:id',
    access: 'tokens.write',
    summary: 'Revokes an API token at once',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const at = desk.clock.now()
      const entry = (await findToken(db, params.id)) ?? decline('not-found')
      await revokeToken(db, entry.id, at)
      await audit(db, principal, at, {
        action: 'token_revoked',
        thing: { type: 'token', id: entry.id, name: entry.name },
      })
      return null
    },
  })
}

function presentToken(entry: TokenEntry, usage: readonly DayOfUse[] = []): z.input<typeof apiToken> {
  return { ...entry, scopes: [...entry.scopes], usage: [...usage] }
}

export function auditRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/audit/chain',
    access: 'audit.read',
    summary: 'Whether the entries are as they were written, as the hourly look at their chain found',
    answer: auditChain,
    handler: async ({ db }) => ({ look: await lastLook(db) }),
  })
  route(app, desk, {
    method: 'GET',
    url: '/audit',
    access: 'audit.read',
    summary: 'What was changed by whom, newest first',
    query: auditQuery,
    answer: auditPage,
    handler: async ({ db, query }) => {
      const before = readCursor(query.cursor, idKey)
      const things = query.thing?.split(',') ?? null
      const thingId = query.thingId ?? null
      const rows = await listAudit(db, { limit: query.limit + 1, before, things, thingId })
      return pageFrom(
        rows,
        query.limit,
        ({ id }) => id,
        (row) => ({ ...row, changes: [...row.changes] }),
      )
    },
  })
}
