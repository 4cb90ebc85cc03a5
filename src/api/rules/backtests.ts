// Backtests: asked for, watched, cancelled; the report, the tickets that differ, and one of them side by side.
import type { FastifyInstance } from 'fastify'
import {
  backtest,
  backtestDetail,
  backtestPage,
  diffPage,
  diffParams,
  diffQuery,
  newBacktest,
  sideBySide,
} from '#api/contract/backtests.ts'
import { idParams, pageQuery } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { agreementOf } from '#api/sla/definition.ts'
import { rulesOf } from '#api/rules/candidate.ts'
import { presentDiff, presentReport, presentTimeline, showingOf } from '#api/rules/present-backtest.ts'
import { routingOf } from '#api/rules/tried-routing.ts'
import {
  addBacktest,
  cancelBacktest,
  endShadow,
  findBacktest,
  listBacktests,
  reportOfBacktest,
  type Backtest,
} from '#backtest/backtest-store.ts'
import { findDifference, listDifferences } from '#backtest/difference-store.ts'
import type { Desk } from '#desk/desk.ts'
import { bothLives } from '#desk/past/both-lives.ts'
import { lastDays } from '#desk/past/backtest.ts'
import { choiceOf } from '#desk/past/choice.ts'
import { hashOfTried } from '#desk/past/tried.ts'
import { plus, type Instant } from '#kit/time.ts'
import { can } from '#people/can.ts'
import { liveVersion } from '#rules/rulebook-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const DAY = 86_400

export function backtestRoutes(app: FastifyInstance, desk: Desk): void {
  askRoutes(app, desk)
  readRoutes(app, desk)
  diffRoutes(app, desk)
}

function askRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/backtests',
    access: 'rules.publish',
    summary: 'Tries the draft or a version on the past, in the background',
    body: newBacktest,
    answer: backtest,
    status: 202,
    handler: async ({ db, body, principal }) => {
      const { candidate, last, shadow, seed } = body
      if ((last === undefined) === (shadow === undefined)) declineInput('last', 'give either last or shadow')
      const routing = body.routing === undefined ? null : await routingOf(desk, db, body, body.routing)
      const agreement = body.agreement === undefined ? null : await agreementOf(desk, db, body.agreement)
      const { hash, book } = await rulesOf(db, candidate)
      if (typeof last === 'object' && last.from >= last.to) declineInput('last', 'ends before it begins')
      const { filter = null, sample = null } = body
      const meant = await choiceOf(desk, { filter, sample })
      if ('ignored' in meant) declineInput('filter', `${meant.ignored} is not understood`)
      const at = desk.clock.now()
      const until = shadow === undefined ? null : plus(at, shadow * DAY)
      const window =
        typeof last === 'object'
          ? momentsOf(last)
          : last === undefined
            ? { from: at, to: at }
            : await lastDays(db, last, at)
      const { version, ...content } = book
      const id = await addBacktest(db, {
        candidate: content,
        candidateHash: await hashOfTried(desk, { agreement, ...routing }, hash),
        candidateVersion: version,
        baselineVersion: await liveVersion(db),
        agreement,
        routing,
        window,
        until,
        seed,
        filter,
        sample,
        by: principal.agentId,
        at,
      })
      tell(db, { lane: 'backtests' })
      tell(db, { changed: 'backtests', id })
      return found(db, id)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/backtests/:id/cancel',
    access: 'rules.publish',
    summary: 'Stops a backtest, and ends a shadow now; what was found until then stays',
    params: idParams,
    answer: backtest,
    status: 200,
    handler: async ({ db, params: { id } }) => {
      await found(db, id)
      const at = desk.clock.now()
      if (await endShadow(db, id, at)) tell(db, { lane: 'backtests' })
      else await cancelBacktest(db, id, at)
      tell(db, { changed: 'backtests', id })
      return found(db, id)
    },
  })
}

function readRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/backtests',
    access: 'rules.publish',
    summary: 'Backtests, newest first; kept for 90 days',
    query: pageQuery,
    answer: backtestPage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listBacktests(db, { limit: limit + 1, before: readCursor(cursor, idKey) })
      return pageFrom(
        rows,
        limit,
        ({ id }) => id,
        (row) => row,
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/backtests/:id',
    access: 'rules.publish',
    summary: 'How far a backtest has come, and its report once it is done',
    params: idParams,
    answer: backtestDetail,
    handler: async ({ db, params, principal }) => {
      const row = await found(db, params.id)
      const report = await reportOfBacktest(db, row.id)
      const shown = report && presentReport(report, await showingOf(desk, db, row, principal))
      return { ...row, report: shown }
    },
  })
}

function diffRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/backtests/:id/diffs',
    access: 'rules.publish',
    summary: 'Tickets that would have gone otherwise',
    params: idParams,
    query: diffQuery,
    answer: diffPage,
    handler: async ({ db, params, query: { limit, cursor, ...filter }, principal }) => {
      const row = await found(db, params.id)
      const showing = await showingOf(desk, db, row, principal)
      const page = { ...filter, limit: limit + 1, after: readCursor(cursor, idKey) ?? 0 }
      const rows = await listDifferences(db, row.id, page, principal)
      return pageFrom(
        rows,
        limit,
        ({ ticketId }) => ticketId,
        (each) => presentDiff(each, showing),
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/backtests/:id/diffs/:ticketId',
    access: 'rules.publish',
    summary: 'One ticket side by side, from where its two lives go apart',
    params: diffParams,
    answer: sideBySide,
    handler: async ({ db, params, principal }) => {
      const row = await found(db, params.id)
      const kept = (await findDifference(db, row.id, params.ticketId, principal)) ?? decline('not-found')
      if (!can(principal, 'ticket.read')) decline('forbidden')
      const lives = await bothLives(desk, db, row, kept)
      const showing = await showingOf(desk, db, row, principal)
      return {
        ...presentDiff(kept, showing),
        baseline: presentTimeline(lives?.baseline ?? [], showing),
        candidate: presentTimeline(lives?.candidate ?? [], showing),
      }
    },
  })
}

async function found(db: Db, id: number): Promise<Backtest> {
  return (await findBacktest(db, id)) ?? decline('not-found', `There is no backtest ${id}.`)
}

/** As the database tells moments: text order is time order. */
function momentsOf({ from, to }: { from: string; to: string }) {
  const moment = (text: string) => new Date(text).toISOString() as Instant
  return { from: moment(from), to: moment(to) }
}
