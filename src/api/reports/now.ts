// Reports that tell of now: where tickets stall, and how tidy what they are sorted by is; all within what the caller sees.
import type { FastifyInstance } from 'fastify'
import { automation, nowBoard, nowQuery, stalls, taxonomy } from '#api/contract/reports.ts'
import { question } from '#api/reports/question.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { rulesFared } from '#desk/reports/automation.ts'
import { stallsOf } from '#desk/reports/stalls.ts'
import { taxonomyOf, type Taxonomy } from '#desk/reports/taxonomy.ts'
import { liveBoard } from '#reporting/live-store.ts'
import { liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import type { Status } from '#tickets/vocabulary.ts'

export function nowReportRoutes(app: FastifyInstance, desk: Desk): void {
  stallsRoute(app, desk)
  taxonomyRoute(app, desk)
  boardRoute(app, desk)
  automationRoute(app, desk)
}

function stallsRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/stalls',
    access: 'ticket.read',
    summary: 'Where tickets stall: time in status, ways between statuses, and what is stuck, with causes',
    query: nowQuery,
    answer: stalls,
    handler: async ({ db, query, principal }) => {
      const asked = await question(desk, { key: 'backlog', ...query }, principal)
      const { inStatus, ways, stuck, ...others } = await stallsOf(desk, db, asked)
      return {
        inStatus: inStatus.map(({ steps, ...each }) => ({ ...each, steps: [...steps] })),
        ways: ways.map(({ to, ...way }) => ({ ...way, to: to as Status })),
        stuck: [...stuck],
        ...others,
      }
    },
  })
}

function taxonomyRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reports/taxonomy',
    access: 'ticket.read',
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
    summary: 'How the live rules fared in 7, 30 and 90 days, with what is wrong with each',
    answer: automation,
    handler: async ({ db }) => {
      const rules = (await readRulebook(db, await liveVersion(db)))?.rules ?? []
      const found = await rulesFared(db, rules, await desk.setup.now(), desk.clock.now())
      return {
        items: found.map(({ rule, fired, verdicts, ...each }) => ({
          ...each,
          ruleId: rule.id,
          title: rule.title,
          days7: fired[7],
          days30: fired[30],
          days90: fired[90],
          verdicts: [...verdicts],
        })),
      }
    },
  })
}

function presented({ hygiene, tagHygiene, tags, categories, ...numbers }: Taxonomy) {
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
    tags: {
      n: tags.length,
      implied: [...tagHygiene.implied],
      typos: [...tagHygiene.typos],
      idle: [...tagHygiene.idle],
    },
  }
}
