// Reports that tell of now: where tickets stall, and how tidy what they are sorted by is; all within what the caller sees.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { automation, nowBoard, nowQuery, ruleSnooze, taxonomy } from '#api/contract/reports.ts'
import { idParams } from '#api/contract/shapes.ts'
import { stalls, stays, staysQuery } from '#api/contract/stalls.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { question } from '#api/reports/question.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { rulesFared } from '#desk/reports/automation.ts'
import { staysOf } from '#desk/reports/stays.ts'
import { stallsOf } from '#desk/reports/stalls.ts'
import { taxonomyOf, type Taxonomy } from '#desk/reports/taxonomy.ts'
import { localDate } from '#hours/zone.ts'
import { plus } from '#kit/time.ts'
import { audit } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import { liveBoard } from '#reporting/live-store.ts'
import { listReviews, snoozeReview } from '#reporting/rule-review-store.ts'
import { liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { Rule } from '#rules/rule.ts'
import type { Db } from '#store/database.ts'
import type { Status } from '#tickets/vocabulary.ts'

export function nowReportRoutes(app: FastifyInstance, desk: Desk): void {
  stallsRoute(app, desk)
  staysRoute(app, desk)
  taxonomyRoute(app, desk)
  boardRoute(app, desk)
  automationRoute(app, desk)
  snoozeRoute(app, desk)
}

function stallsRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/stalls',
    access: 'ticket.read',
    asksMuch: true,
    summary: 'Where tickets stall: time in status, ways between statuses, and what is stuck, with causes',
    query: nowQuery,
    answer: stalls,
    handler: async ({ db, query, principal }) => {
      const asked = await question(desk, { key: 'backlog', ...query }, principal)
      const { inStatus, ways, stuck, causes, teamWays, paths, lastMinute, ...others } = await stallsOf(
        desk,
        db,
        asked,
      )
      return {
        inStatus: inStatus.map(({ steps, ...each }) => ({ ...each, steps: [...steps] })),
        ways: [...ways],
        stuck: [...stuck],
        causes: [...causes],
        teamWays: [...teamWays],
        paths: paths.map(({ statuses, ...path }) => ({ ...path, statuses: statuses as Status[] })),
        lastMinute: [...lastMinute],
        ...others,
      }
    },
  })
}

function staysRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/stalls/in-status',
    access: 'ticket.read',
    asksMuch: true,
    summary: 'How long tickets stay in each status, by team or by category',
    query: staysQuery,
    answer: stays,
    handler: async ({ db, query: { by, ...query }, principal }) => {
      const asked = await question(desk, { key: 'backlog', ...query }, principal)
      return { items: await staysOf(desk, db, asked, by) }
    },
  })
}

function taxonomyRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/taxonomy',
    access: 'ticket.read',
    asksMuch: true,
    summary: 'How tidy categories and tags are, of the tickets opened in the last 90 days',
    query: nowQuery,
    answer: taxonomy,
    handler: async ({ db, query, principal }) => {
      const asked = await question(desk, { key: 'backlog', ...query }, principal)
      return presented(await taxonomyOf(db, asked, await desk.setup.now()))
    },
  })
}

function boardRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/now',
    access: 'ticket.read',
    summary: 'How the desk stands at this moment; the stream tells it as it changes',
    answer: nowBoard,
    handler: async ({ db, principal }) => {
      const { waiting, agents, ...board } = await liveBoard(db, desk.clock.now(), principal)
      return { ...board, waiting: [...waiting], agents: [...agents] }
    },
  })
}

function automationRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/automation',
    access: 'rules.read',
    asksMuch: true,
    summary: 'How the live rules fared in 7, 30 and 90 days, with what is wrong with each',
    answer: automation,
    handler: async ({ db, principal }) => {
      const rules = await liveRules(db)
      const setup = await desk.setup.now()
      const found = await rulesFared(db, rules, setup, desk.clock.now())
      const today = todayOf(desk, setup)
      const reviews = (await listReviews(db)).flatMap(({ snoozedUntil: until, snoozedBy: by, ...review }) =>
        until === null || until <= today ? [] : [{ ...review, until, by, reason: review.reason ?? '' }],
      )
      return {
        items: found.map(
          ({ rule, fired, verdicts, ownerName, lastFiredAt, regret, savedSeconds, before, fight }) => ({
            ownerName,
            lastFiredAt,
            regret,
            savedSeconds,
            before: {
              fired: before.fired.fired,
              noOp: before.fired.noOp,
              ...before.regret,
              change: before.change,
            },
            fight,
            maySnooze: maySnooze(rule, principal),
            snoozed: reviews.flatMap(({ ruleId, verdict, until, reason, by }) =>
              ruleId === rule.id && verdicts.includes(verdict) ? [{ verdict, until, reason, by }] : [],
            ),
            ruleId: rule.id,
            title: rule.title,
            days7: fired[7],
            days30: fired[30],
            days90: fired[90],
            verdicts: [...verdicts],
          }),
        ),
      }
    },
  })
}

const liveRules = async (db: Db) => (await readRulebook(db, await liveVersion(db)))?.rules ?? []
const todayOf = (desk: Desk, { desk: { timeZone } }: Setup) =>
  localDate(timeZone, Date.parse(desk.clock.now()))

const maySnooze = ({ ownerId }: Rule, principal: Principal) =>
  ownerId === principal.agentId || can(principal, 'rules.write')

const LONGEST_SECONDS = 366 * 86_400

function snoozeRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/reports/automation/:id/snooze',
    access: 'rules.read',
    summary:
      'Lets a verdict on a live rule be until a day, with a reason; for its owner and for those who write rules',
    params: idParams,
    body: ruleSnooze,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params: { id }, body: { verdict, until, reason }, principal }) => {
      const rule = (await liveRules(db)).find((each) => each.id === id) ?? decline('not-found')
      if (!maySnooze(rule, principal)) return decline('forbidden')
      const at = desk.clock.now()
      const setup = await desk.setup.now()
      const last = localDate(setup.desk.timeZone, Date.parse(plus(at, LONGEST_SECONDS)))
      if (until !== null && (until <= todayOf(desk, setup) || until > last))
        declineInput('until', 'is a day after today, and at most a year ahead')
      await snoozeReview(
        db,
        { ruleId: id, verdict },
        { until, reason: until === null ? null : reason, by: principal.agentId, at },
      )
      await audit(db, principal, at, {
        action: until === null ? 'rule_review_opened' : 'rule_review_snoozed',
        thing: { type: 'rule', id, name: rule.title },
        changes: [{ field: verdict, from: null, to: until === null ? null : `${until}: ${reason}` }],
      })
      return null
    },
  })
}

function presented({ hygiene, tagHygiene, tags, categories, splits, ...numbers }: Taxonomy) {
  const { entropy, effective, other, pairs } = hygiene
  const faultsOf = (id: number) =>
    (['tail', 'unused', 'decoration'] as const).filter((fault) => hygiene[fault].includes(id))
  return {
    ...numbers,
    churnBy: [...numbers.churnBy],
    penalties: [...numbers.penalties],
    entropy,
    effective,
    other,
    categories: categories.map(({ id, path, archived, count }) => {
      return { id, path, archived, count, faults: faultsOf(id) }
    }),
    pairs: pairs.map(({ ids: [one, two], ...pair }) => ({ ...pair, ids: [one, two] as [number, number] })),
    splits: splits.map(({ by, groups, ...split }) => ({
      ...split,
      by: [...by],
      groups: groups.map(({ words, tickets, ...group }) => {
        return { ...group, words: [...words], tickets: [...tickets] }
      }),
    })),
    tags: {
      n: tags.length,
      implied: [...tagHygiene.implied],
      typos: [...tagHygiene.typos],
      idle: [...tagHygiene.idle],
    },
  }
}
