// Saved views. Everybody keeps their own; those of teams and of everybody are kept by leads.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idParams } from '#api/contract/shapes.ts'
import {
  newView,
  savedView,
  savedViewPage,
  viewCounts,
  viewHealthPage,
  viewPatch,
  type NewView,
  type ViewPatch,
} from '#api/contract/views.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { defined } from '#kit/defined.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import { findTeam } from '#people/agent-store.ts'
import { audit, changesBetween, type Back, type Change } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Cond } from '#rules/condition.ts'
import type { Directory } from '#rules/directory.ts'
import { COUNT_CAP, countEach, listTicketIds } from '#rules/list-store.ts'
import { printQuery } from '#rules/query-print.ts'
import { parseQuery } from '#rules/query.ts'
import { SAMPLE, viewHealth, type Finding, type Sampled } from '#rules/view-health.ts'
import {
  addView,
  archiveView,
  changeView,
  dropView,
  findView,
  noteOpened,
  sharedViews,
  viewsOf,
  type NewView as NewRow,
  type View,
} from '#rules/view-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function viewRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/views',
    access: 'views.write',
    summary: 'The views the caller sees: own, of teams, shared',
    answer: savedViewPage,
    handler: async ({ db, principal }) => {
      const { directory } = await desk.setup.now()
      const views = await viewsOf(db, principal)
      return { items: views.map((view) => present(view, directory, principal)), nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/views/counts',
    access: 'views.write',
    asksMuch: true,
    summary: 'How many tickets each of these views holds; each count stops at 1,000',
    answer: viewCounts,
    handler: async ({ db, principal }) => {
      const { directory, desk: settings } = await desk.setup.now()
      const at = desk.clock.now()
      const views = await viewsOf(db, principal)
      const how = { directory, at, zone: settings.timeZone, everywhere: true as const }
      const counts = await countEach(
        db,
        views.map(({ cond }) => cond),
        { reader: principal, how },
      )
      const items = views.map(({ id: viewId }, index) => {
        const count = counts[index] ?? 0
        return { id: viewId, count: { count, capped: count >= COUNT_CAP } }
      })
      return { items, at }
    },
  })
  healthRoutes(app, desk)
  writeRoutes(app, desk)
}

function healthRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/views/health',
    access: 'views.share',
    asksMuch: true,
    summary: 'Views of teams and of everybody, with what speaks against keeping each',
    answer: viewHealthPage,
    handler: async ({ db, principal }) => {
      const { directory } = await desk.setup.now()
      const views = await sharedViews(db)
      const samples = await samplesOf(desk, db, views, principal)
      const health = viewHealth(samples.views, samples.all, desk.clock.now())
      const items = views.map((view) => ({
        view: present(view, directory, principal),
        usedAt: view.usedAt,
        count: sampled(samples.views.find(({ id: viewId }) => viewId === view.id)?.tickets ?? []),
        findings: (health.get(view.id) ?? []).map((finding) => presentFinding(finding, views)),
      }))
      return { items, nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/views/:id/opened',
    access: 'views.write',
    summary: 'Notes that the caller opened a view, so that it is known which ones are used',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const found = await findView(db, params.id)
      if (found === null || !isSeen(found, principal))
        return decline('not-found', `There is no view ${params.id}.`)
      await noteOpened(db, found.id, desk.clock.now())
      return null
    },
  })
}

/** The newest tickets of each view that is in use, and of the desk. */
async function samplesOf(desk: Desk, db: Db, views: readonly View[], reader: Principal) {
  const { directory, desk: settings } = await desk.setup.now()
  const how = { directory, at: desk.clock.now(), zone: settings.timeZone, everywhere: true as const }
  const newest = async (cond: Cond) => {
    const page = { sort: 'newest', limit: SAMPLE, after: null } as const
    return (await listTicketIds(db, { cond, reader, how }, page)).map((ticket): number => ticket.id)
  }
  const found: Sampled[] = []
  for (const { id: viewId, usedAt, archivedAt, cond } of views)
    if (archivedAt === null) found.push({ id: viewId, usedAt, tickets: await newest(cond) })
  return { views: found, all: await newest({ all: [] }) }
}

const sampled = ({ length }: readonly number[]) => ({ count: length, capped: length >= SAMPLE })

function presentFinding(finding: Finding, views: readonly View[]) {
  if (finding.kind !== 'overlaps') return finding
  const { viewId, ...rest } = finding
  return { ...rest, view: { id: viewId, name: views.find((other) => other.id === viewId)?.name ?? '' } }
}

function writeRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/views',
    access: 'views.write',
    summary: 'Saves a view',
    body: newView,
    answer: savedView,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const viewId = await addView(db, await rowOf(desk, db, body, principal, principal.agentId), at)
      return told(desk, db, viewId, principal, { action: 'view_added', changes: [] })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/views/:id',
    access: 'views.write',
    summary: 'Changes a view',
    params: idParams,
    body: viewPatch,
    answer: savedView,
    handler: async ({ db, params, body, principal }) => {
      const { directory } = await desk.setup.now()
      const found = await ownView(db, params.id, principal)
      const before = present(found, directory, principal)
      const given = defined(body)
      const { name, scope, query, sort, groupBy } = before
      const { archived = before.archived, ...said } = given as ViewPatch
      if (archived !== before.archived) await archiveView(db, found.id, archived ? desk.clock.now() : null)
      if (Object.keys(said).length > 0) {
        const next = { name, scope, query, sort, groupBy, team: found.teamId, ...said } as NewView
        await changeView(
          db,
          found.id,
          await rowOf(desk, db, next, principal, found.ownerId),
          desk.clock.now(),
        )
      }
      return told(desk, db, found.id, principal, {
        action: 'view_changed',
        changes: changesBetween(before, given),
        back: {
          method: 'PATCH',
          path: `/views/${found.id}`,
          body: { name, scope, team: found.teamId, query, sort, groupBy, archived: before.archived },
        },
      })
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/views/:id',
    access: 'views.write',
    summary: 'Deletes a view; its tickets stay',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const found = await ownView(db, params.id, principal)
      await dropView(db, found.id)
      await noteInAudit(desk, db, found, principal, await deletion(desk, found, principal))
      tell(db, { changed: 'views', id: found.id })
      return null
    },
  })
}

async function rowOf(
  desk: Desk,
  db: Db,
  body: NewView,
  principal: Principal,
  ownerId: PersonId,
): Promise<NewRow> {
  if (body.scope !== 'personal' && !can(principal, 'views.share'))
    decline('forbidden', 'Views of teams and of everybody are kept by leads.', { refusal: 'forbidden' })
  const teamId = body.scope === 'team' ? (body.team ?? declineInput('team', 'is missing')) : null
  if (teamId !== null && (await findTeam(db, teamId)) === null) declineInput('team', 'is not a team')
  const { directory } = await desk.setup.now()
  const { cond, ignored } = parseQuery(body.query, directory)
  const [wrong] = ignored
  if (wrong !== undefined) {
    const hint = wrong.suggestion === null ? '' : ` Did you mean ${wrong.suggestion}?`
    declineInput('query', `${wrong.term} is not understood.${hint}`)
  }
  const { name, scope, sort = null, groupBy = null } = body
  return { name, scope, ownerId, teamId: teamId as TeamId | null, cond, sort, groupBy }
}

/** A view the caller may change: their own, or any that is not personal when they may share. */
async function ownView(db: Db, viewId: number, principal: Principal): Promise<View> {
  const found = await findView(db, viewId)
  if (found === null || !isSeen(found, principal)) return decline('not-found', `There is no view ${viewId}.`)
  return isKept(found, principal)
    ? found
    : decline('forbidden', 'Views of teams and of everybody are kept by leads.', { refusal: 'forbidden' })
}

function isSeen({ scope, ownerId, teamId }: View, principal: Principal): boolean {
  if (scope === 'personal') return ownerId === principal.agentId
  return (
    scope === 'shared' ||
    can(principal, 'views.share') ||
    (teamId !== null && principal.teamIds.includes(teamId))
  )
}

function isKept({ scope, ownerId }: View, principal: Principal): boolean {
  return scope === 'personal' ? ownerId === principal.agentId : can(principal, 'views.share')
}

function present(view: View, directory: Directory, principal: Principal): z.input<typeof savedView> {
  const team = directory.teams.find(({ id: teamId }) => teamId === view.teamId)
  return {
    id: view.id,
    name: view.name,
    scope: view.scope,
    owner: { id: view.ownerId, name: view.ownerName },
    team: team === undefined ? null : { id: team.id, name: team.name },
    query: printQuery(view.cond, directory) ?? '',
    sort: view.sort,
    groupBy: view.groupBy,
    mine: isKept(view, principal),
    archived: view.archivedAt !== null,
  }
}

type Entry = { action: string; changes: readonly Change[]; back?: Back }

/** A deleted view comes back as a new one of whoever restores it. */
async function deletion(desk: Desk, view: View, principal: Principal): Promise<Entry> {
  const { name, scope, query, sort, groupBy } = present(view, (await desk.setup.now()).directory, principal)
  const body = { name, scope, team: view.teamId, query, sort, groupBy }
  const changes = [{ field: 'query', from: query, to: null }]
  return { action: 'view_deleted', changes, back: { method: 'POST', path: '/views', body } }
}

async function told(desk: Desk, db: Db, viewId: number, principal: Principal, entry: Entry) {
  const view = (await findView(db, viewId)) ?? decline('not-found')
  await noteInAudit(desk, db, view, principal, entry)
  tell(db, { changed: 'views', id: viewId })
  return present(view, (await desk.setup.now()).directory, principal)
}

/** Personal views are nobody else's business. */
async function noteInAudit(
  desk: Desk,
  db: Db,
  view: View,
  principal: Principal,
  entry: Entry,
): Promise<void> {
  if (view.scope === 'personal') return
  const thing = { type: 'view', id: view.id, name: view.name }
  await audit(db, principal, desk.clock.now(), { ...entry, thing })
}
