// What a rule means before it is live: how many recent tickets it matches, what it sees on one ticket, and why the rules did
// what they did at an update.
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import {
  explainQuery,
  explanation,
  preview,
  previewBody,
  tryBody,
  type Explained,
  type RuleTrace,
} from '#api/contract/rules.ts'
import { readBooks } from '#api/rules/present-rule.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { ruleFrom } from '#api/rules/input.ts'
import { toldTo } from '#api/rules/told.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import type { Desk } from '#desk/desk.ts'
import { explainUpdate, type ExplainedUpdate } from '#desk/rules/explain.ts'
import { analysingOf } from '#desk/rules/rulebook.ts'
import { remembered } from '#desk/past/recent.ts'
import { sees, type Principal } from '#people/can.ts'
import { analyseRule } from '#rules/analyse.ts'
import { namesFor, type Directory, type Told } from '#rules/directory.ts'
import type { Trace } from '#rules/evaluate.ts'
import { outcomeWords, toChange } from '#rules/explain.ts'
import { byWeek, overdueAt, overlapsOf, previewRule, wordsToMark, type Previewed } from '#rules/preview.ts'
import { specOf } from '#rules/paths.ts'
import type { Rule } from '#rules/rule.ts'
import { leafWords, sentenceOf } from '#rules/words.ts'
import type { Db } from '#store/database.ts'
import { problemFor } from '#rules/problem-words.ts'

const WEEKS = 12
const SAMPLE = 10

export function rulePreviewRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/rules/preview',
    access: 'rules.read',
    summary: 'How many of the last 1,000 tickets a rule matches, step by step, with a sample and warnings',
    body: previewBody,
    answer: preview,
    status: 200,
    handler: async ({ db, body, principal, request }) =>
      presentPreview(desk, db, ruleFrom(body.rule, NEW_RULE), principal, await toldTo(desk, request)),
  })
  route(app, desk, {
    method: 'POST',
    url: '/rules/try',
    access: 'rules.read',
    summary: 'What a rule sees on one ticket at one update, by default the newest that it listens to',
    body: tryBody,
    answer: explanation,
    status: 200,
    handler: async ({ db, body, principal, request }) => {
      await ticketFor(db, body.ticketId, principal, 'ticket.read')
      const only = ruleFrom(body.rule, NEW_RULE)
      const found = await explainUpdate(desk, db, { ticketId: body.ticketId, seq: body.seq, only })
      return presentExplanation(
        await toldTo(desk, request),
        body.ticketId,
        found ?? decline('not-found', 'There is no such update.'),
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/rules/explain',
    access: 'ticket.read',
    summary: 'Why each rule did or did not fire at an update, by default the newest',
    params: ticketParams,
    query: explainQuery,
    answer: explanation,
    handler: async ({ db, params, query, principal, request }) => {
      await ticketFor(db, params.id, principal, 'ticket.read')
      const found = await explainUpdate(desk, db, { ticketId: params.id, seq: query.seq })
      return presentExplanation(
        await toldTo(desk, request),
        params.id,
        found ?? decline('not-found', 'There is no such update.'),
      )
    },
  })
}

/** The number under which a rule stands that has none yet. */
const NEW_RULE = 2 ** 52

async function presentPreview(
  desk: Desk,
  db: Db,
  rule: Rule,
  principal: Principal,
  directory: Told,
): Promise<z.input<typeof preview>> {
  const { book } = await readBooks(db)
  const courses = (await remembered(desk, db)).filter(({ ticket }) => sees(principal, ticket))
  const previewed = previewRule(rule, courses, directory)
  const others = book.rules.filter(
    ({ key, enabled, kind }) => key !== rule.key && enabled && kind === 'trigger',
  )
  const rules = [...book.rules.filter(({ key }) => key !== rule.key), rule]
  const problems = analyseRule(rule, { ...book, rules }, await analysingOf(desk, db))
  return {
    matches: previewed.matching.length,
    of: courses.length,
    overdue: overdueAt(rule, courses, desk.clock.now()),
    funnel: [...previewed.funnel],
    weeks: [
      ...byWeek(
        previewed.matching.map(({ course }) => course.ticket),
        desk.clock.now(),
        WEEKS,
      ),
    ],
    sample: sampleOf(rule, previewed),
    overlaps: [...overlapsOf(previewed, others)],
    problems: problems.map((problem) => ({ ...problemFor(problem, directory), ruleId: null })),
    sentence: sentenceOf(rule, directory),
  }
}

function sampleOf(rule: Rule, { matching }: Previewed): z.input<typeof preview>['sample'] {
  const marked = [...wordsToMark(rule.if)]
  return matching.slice(0, SAMPLE).map(({ course: { ticket, subject, moments } }) => {
    const requester = moments[0]?.scene.content.requester
    const from = requester?.name || requester?.email || ''
    return {
      id: ticket.id,
      subject,
      status: ticket.status,
      requester: from,
      createdAt: ticket.openedAt,
      marked,
    }
  })
}

function presentExplanation(
  directory: Told,
  ticketId: number,
  found: ExplainedUpdate,
): z.input<typeof explanation> {
  const titles = new Map(found.rules.map(({ id, title }) => [id, title]))
  const titleOf = (id: number) => titles.get(id) ?? `rule ${id}`
  const rules = found.considered.map((each): Explained => ({
    ruleId: each.ruleId,
    title: titleOf(each.ruleId),
    outcome: each.outcome,
    words: outcomeWords(each, titleOf, directory.language),
    by: each.by ?? null,
    refusal: each.refusal ?? null,
    trace: each.trace === undefined ? null : withWords(each.trace, directory),
    toChange:
      each.outcome === 'condition_false' && each.trace !== undefined ? [...toChange(each.trace)] : null,
  }))
  const { seq, at, kinds, rulebookVersion, notSettled } = found
  return { ticketId, seq, at, kinds: [...kinds], rulebookVersion, notSettled, rules }
}

function withWords(trace: Trace, directory: Told): RuleTrace {
  if ('leaf' in trace)
    return { ...trace, actual: withName(trace, directory), words: leafWords(trace.leaf, directory) }
  return { ...trace, parts: trace.parts.map((part) => withWords(part, directory)) }
}

/** What a test saw, by name where it is an id. */
function withName({ leaf, actual }: Extract<Trace, { leaf: unknown }>, directory: Directory): unknown {
  const refers = specOf(leaf.field, directory)?.refers
  if (refers === undefined || typeof actual !== 'number') return actual
  return namesFor(refers, directory).find(({ id }) => id === actual)?.name ?? actual
}
