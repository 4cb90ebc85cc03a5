// /reports/saved: boards kept under a name. Everybody keeps their own and has them mailed to themselves; those of teams and of everybody
// are kept by leads, who also say to whom reports are mailed.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  newSavedReport,
  newSchedule,
  savedReport,
  savedReportPage,
  savedReportPatch,
} from '#api/contract/saved.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { canAlert } from '#desk/outbound/alerts.ts'
import { mailReport, mayRead, unableToRead } from '#desk/outbound/report-mails.ts'
import { askerOf } from '#desk/reports/ask.ts'
import { misfitOf } from '#desk/reports/saved.ts'
import { isZone } from '#hours/zone.ts'
import { defined } from '#kit/defined.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import { findTeam } from '#people/agent-store.ts'
import { audit, changesBetween, type Change } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import { isMeasureKey } from '#reporting/measures.ts'
import {
  addReport,
  changeReport,
  dropReport,
  dropRecipient,
  dropSchedule,
  findReport,
  noteReportOpened,
  putSchedule,
  reportsOf,
  type SavedReport,
  type Schedule,
} from '#reporting/saved-store.ts'
import { nextDue } from '#reporting/schedule.ts'
import type { Directory } from '#rules/directory.ts'
import { printQuery } from '#rules/query-print.ts'
import { parseQuery } from '#rules/query.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const KEPT_BY_LEADS = 'Reports of teams and of everybody are kept by leads.'

export function savedReportRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/saved',
    access: 'views.write',
    summary: 'The saved reports the caller sees: own, of teams, shared, and those mailed to them',
    answer: savedReportPage,
    handler: async ({ db, principal }) => {
      const { directory } = await desk.setup.now()
      const reports = await reportsOf(db, principal)
      return { items: reports.map((each) => present(each, directory, principal)), nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/reports/saved',
    access: 'views.write',
    summary: 'Keeps a board, as it is set, under a name',
    body: newSavedReport,
    answer: savedReport,
    handler: async ({ db, body, principal }) => {
      const row = await rowOf(desk, db, body, principal, principal.agentId)
      const reportId = await addReport(db, row, desk.clock.now())
      return told(desk, db, reportId, principal, { action: 'report_added', changes: [] })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/reports/saved/:id',
    access: 'views.write',
    summary: 'Changes a saved report; a new zone moves its mails to its own hour',
    params: idParams,
    body: savedReportPatch,
    answer: savedReport,
    handler: async ({ db, params, body, principal }) => {
      const found = await ownReport(db, params.id, principal)
      const { directory } = await desk.setup.now()
      const before = present(found, directory, principal)
      const given = defined(body)
      const { name, scope, board, state, filter } = before
      const next = { name, scope, board, state, filter, team: found.teamId, ...given }
      if (next.board !== found.board)
        await expectReaders(db, 'board', next.board, found.schedule?.recipientIds ?? [])
      await changeReport(
        db,
        found.id,
        await rowOf(desk, db, next, principal, found.ownerId),
        desk.clock.now(),
      )
      await keepInStep(desk, db, found.id)
      return told(desk, db, found.id, principal, {
        action: 'report_changed',
        changes: changesBetween(before, given),
      })
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/reports/saved/:id',
    access: 'views.write',
    summary: 'Deletes a saved report and ends its mails',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const found = await ownReport(db, params.id, principal)
      await dropReport(db, found.id)
      await noteInAudit(desk, db, found, principal, { action: 'report_deleted', changes: [] })
      tell(db, { changed: 'savedReports', id: found.id })
      return null
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/reports/saved/:id/opened',
    access: 'views.write',
    summary: 'Notes that the caller opened a saved report, so that its mails go on',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const found = await seenReport(db, params.id, principal)
      await noteReportOpened(db, found.id, desk.clock.now())
      return null
    },
  })
  mailRoutes(app, desk)
}

function mailRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'PUT',
    url: '/reports/saved/:id/schedule',
    access: 'views.write',
    summary: 'Says when a saved report is mailed, and to whom; to others only leads',
    params: idParams,
    body: newSchedule,
    answer: savedReport,
    handler: async ({ db, params, body, principal }) => {
      const found = await ownReport(db, params.id, principal)
      const recipientIds = await recipientsFrom(
        desk,
        db,
        { wanted: body.recipients, board: found.board },
        principal,
      )
      const { every, onDay, hour, attach, paused } = body
      const now = desk.clock.now()
      const timing = { every, onDay, hour, zone: await zoneOf(desk, found) }
      await putSchedule(db, found.id, {
        ...timing,
        recipientIds,
        attach,
        dueAt: paused ? null : nextDue(timing, now),
        paused: paused ? 'hand' : null,
        problem: null,
        tries: 0,
        sentAt: null,
        openedAt: now,
      })
      tell(db, { lane: 'reports' })
      return told(desk, db, found.id, principal, { action: 'report_scheduled', changes: [] })
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/reports/saved/:id/schedule',
    access: 'views.write',
    summary: 'Ends the mails of a saved report',
    params: idParams,
    answer: savedReport,
    handler: async ({ db, params, principal }) => {
      const found = await ownReport(db, params.id, principal)
      await dropSchedule(db, found.id)
      return told(desk, db, found.id, principal, { action: 'report_unscheduled', changes: [] })
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/reports/saved/:id/schedule/me',
    access: 'views.write',
    summary: 'The caller gets no more mails of a saved report',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const found = await seenReport(db, params.id, principal)
      if (found.schedule === null) return null
      await dropRecipient(db, found.id, principal.agentId)
      tell(db, { changed: 'savedReports', id: found.id })
      return null
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/reports/saved/:id/mail',
    access: 'views.write',
    summary: 'Mails a saved report to the caller now',
    params: idParams,
    answer: z.null(),
    status: 204,
    rateLimit: { max: 10, timeWindow: '1 minute' },
    handler: async ({ db, params, principal }) => {
      const found = await seenReport(db, params.id, principal)
      if (!mayRead(principal, found.board)) decline('forbidden')
      if (!(await canAlert(desk)))
        decline('refused', 'No mailbox can send mail. Set one up under Mailboxes.', { refusal: 'no_mailbox' })
      await mailReport(desk, db, found, principal)
      return null
    },
  })
}

async function rowOf(
  desk: Desk,
  db: Db,
  body: z.output<typeof newSavedReport>,
  principal: Principal,
  ownerId: PersonId,
) {
  const { name, scope, board, state, filter } = body
  if (scope !== 'personal' && !can(principal, 'views.share'))
    decline('forbidden', KEPT_BY_LEADS, { refusal: 'forbidden' })
  const teamId = scope === 'team' ? (body.team ?? declineInput('team', 'is missing')) : null
  if (teamId !== null && (await findTeam(db, teamId)) === null) declineInput('team', 'is not a team')
  if (state.zone !== undefined && !isZone(state.zone))
    declineInput('state.zone', `${state.zone} is no time zone`)
  if (board === 'measure' && !isMeasureKey(state.measure ?? ''))
    declineInput('state.measure', 'is not a measure')
  const { directory } = await desk.setup.now()
  const { cond, ignored } = parseQuery(filter, directory)
  const [wrong] = ignored
  if (wrong !== undefined) {
    const hint = wrong.suggestion === null ? '' : ` Did you mean ${wrong.suggestion}?`
    declineInput('filter', `${wrong.term} is not understood.${hint}`)
  }
  const misfit = await misfitOf(desk, { board, state, cond }, askerOf(principal))
  if (misfit !== null) declineInput(`state.${misfit.path}`, misfit.message)
  return { name, scope, ownerId, teamId: teamId as TeamId | null, board, state, cond }
}

/** Whoever keeps a report has it mailed to themselves; to others only leads do. Everybody who is named may read it. */
async function recipientsFrom(
  desk: Desk,
  db: Db,
  { wanted, board }: { readonly wanted: readonly number[]; readonly board: SavedReport['board'] },
  principal: Principal,
): Promise<PersonId[]> {
  const recipientIds = [...new Set(wanted)] as PersonId[]
  if (recipientIds.some((each) => each !== principal.agentId) && !can(principal, 'views.share'))
    decline('forbidden', 'Only leads have reports mailed to others.', { refusal: 'forbidden' })
  const { directory } = await desk.setup.now()
  if (!recipientIds.every((each) => directory.agents.some(({ id }) => id === each)))
    declineInput('recipients', 'are agents')
  await expectReaders(db, 'recipients', board, recipientIds)
  return recipientIds
}

/** Declines what would be mailed to somebody who may not read it, and so would get nothing. */
async function expectReaders(
  db: Db,
  path: 'recipients' | 'board',
  board: SavedReport['board'],
  recipientIds: readonly PersonId[],
): Promise<void> {
  const strangers = await unableToRead(db, board, recipientIds)
  if (strangers.length > 0)
    declineInput(path, `${strangers.join(', ')} may not read this report and would get nothing`)
}

const zoneOf = async (desk: Desk, { state }: SavedReport) =>
  state.zone ?? (await desk.setup.now()).desk.timeZone

/** What is mailed is mailed by the report's own zone. */
async function keepInStep(desk: Desk, db: Db, reportId: number): Promise<void> {
  const report = await findReport(db, reportId)
  if (report?.schedule == null) return
  const zone = await zoneOf(desk, report)
  if (zone === report.schedule.zone) return
  const schedule: Schedule = { ...report.schedule, zone }
  const dueAt = schedule.paused === null ? nextDue(schedule, desk.clock.now()) : null
  await putSchedule(db, reportId, { ...schedule, dueAt })
  tell(db, { lane: 'reports' })
}

async function seenReport(db: Db, reportId: number, principal: Principal): Promise<SavedReport> {
  const found = await findReport(db, reportId)
  return found !== null && isSeen(found, principal)
    ? found
    : decline('not-found', `There is no saved report ${reportId}.`)
}

/** A report the caller may change: their own, or any that is not personal when they may share. */
async function ownReport(db: Db, reportId: number, principal: Principal): Promise<SavedReport> {
  const found = await seenReport(db, reportId, principal)
  return isKept(found, principal) ? found : decline('forbidden', KEPT_BY_LEADS, { refusal: 'forbidden' })
}

function isSeen({ scope, ownerId, teamId, schedule }: SavedReport, principal: Principal): boolean {
  if (ownerId === principal.agentId || schedule?.recipientIds.includes(principal.agentId) === true)
    return true
  if (scope === 'personal') return false
  return (
    scope === 'shared' ||
    can(principal, 'views.share') ||
    (teamId !== null && principal.teamIds.includes(teamId))
  )
}

function isKept({ scope, ownerId }: SavedReport, principal: Principal): boolean {
  return scope === 'personal' ? ownerId === principal.agentId : can(principal, 'views.share')
}

function present(
  report: SavedReport,
  directory: Directory,
  principal: Principal,
): z.output<typeof savedReport> {
  const { schedule } = report
  const named = (all: readonly { readonly id: number; readonly name: string }[], wanted: number) =>
    all.find(({ id }) => id === wanted)
  const team = report.teamId === null ? undefined : named(directory.teams, report.teamId)
  return {
    id: report.id,
    name: report.name,
    scope: report.scope,
    owner: { id: report.ownerId, name: report.ownerName },
    team: team === undefined ? null : { id: team.id, name: team.name },
    board: report.board,
    state: report.state,
    filter: printQuery(report.cond, directory) ?? '',
    mine: isKept(report, principal),
    schedule: schedule === null ? null : presentSchedule(schedule, directory.agents, principal),
  }
}

function presentSchedule(
  { recipientIds, tries: _tries, openedAt: _openedAt, ...schedule }: Schedule,
  agents: Directory['agents'],
  { agentId }: Principal,
) {
  const recipients = recipientIds.map((id) => ({
    id,
    name: agents.find((each) => each.id === id)?.name ?? `#${id}`,
  }))
  return { ...schedule, recipients, toMe: recipientIds.includes(agentId) }
}

type Entry = { readonly action: string; readonly changes: readonly Change[] }

async function told(desk: Desk, db: Db, reportId: number, principal: Principal, entry: Entry) {
  const found = (await findReport(db, reportId)) ?? decline('not-found')
  await noteInAudit(desk, db, found, principal, entry)
  tell(db, { changed: 'savedReports', id: reportId })
  return present(found, (await desk.setup.now()).directory, principal)
}

/** Personal reports are nobody else's business. */
async function noteInAudit(
  desk: Desk,
  db: Db,
  { id, name, scope }: SavedReport,
  principal: Principal,
  entry: Entry,
): Promise<void> {
  if (scope === 'personal') return
  await audit(db, principal, desk.clock.now(), { ...entry, thing: { type: 'report', id, name } })
}
