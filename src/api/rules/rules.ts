// Rules: listed in their order with how they fare, read, and changed in the draft. Nothing here changes what is live.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  firingPage,
  heldMailsAnswer,
  heldMailsBody,
  ruleBody,
  ruleOrder,
  rulePage,
  ruleQuery,
  ruleView,
  rulebookVersion,
} from '#api/contract/rules.ts'
import { idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import {
  changesOf,
  ownerOf,
  presentHealth,
  presentItems,
  presentVersion,
  problemsOfBook,
  readBooks,
} from '#api/rules/present-rule.ts'
import { toldTo } from '#api/rules/told.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { declineEdition, ruleFrom } from '#api/rules/input.ts'
import type { Desk } from '#desk/desk.ts'
import { editDraft } from '#desk/rules/rulebook.ts'
import { audit } from '#people/audit-store.ts'
import { sees } from '#people/can.ts'
import { decideHeldMails, firingsByWeek, firingsOf } from '#rules/health-store.ts'
import { findDraftVersion, newRuleIds } from '#rules/rulebook-store.ts'
import type { Rule } from '#rules/rule.ts'
import { findScan } from '#rules/timer-store.ts'
import { sentenceOf } from '#rules/words.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import type { BrandId, MailboxId, PersonId, TeamId } from '#kit/ids.ts'
import { problemFor } from '#rules/problem-words.ts'

const WEEKS = 12

export function ruleRoutes(app: FastifyInstance, desk: Desk): void {
  listRoute(app, desk)
  changeRoutes(app, desk)
  orderRoute(app, desk)
  firingRoutes(app, desk)
}

function listRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rules',
    access: 'rules.read',
    summary: 'Rules in the order in which they run, with how they fare',
    query: ruleQuery,
    answer: rulePage,
    handler: async ({ db, query: { q = '', kind, limit, cursor }, request }) => {
      const books = await readBooks(db)
      const wanted = books.book.rules.filter(
        (rule) =>
          (kind === undefined || rule.kind === kind) && rule.title.toLowerCase().includes(q.toLowerCase()),
      )
      const after = readCursor(cursor, idKey)
      const from = after === null ? 0 : wanted.findIndex((rule) => rule.id === after) + 1
      const rows = wanted.slice(from, from + limit + 1)
      const items = new Map(
        (await presentItems(desk, db, books, rows, await toldTo(desk, request))).map((item) => [
          item.id,
          item,
        ]),
      )
      return pageFrom(
        rows,
        limit,
        (rule) => rule.id,
        (rule) => items.get(rule.id) ?? decline('not-found'),
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/rules/:id',
    access: 'rules.read',
    summary: 'One rule, as the draft has it',
    params: idParams,
    answer: ruleView,
    handler: ({ db, params, request }) => presentRule(desk, db, params.id, request),
  })
}

async function presentRule(
  desk: Desk,
  db: Db,
  ruleId: number,
  request: FastifyRequest,
): Promise<z.input<typeof ruleView>> {
  const books = await readBooks(db)
  const rule = books.book.rules.find((each) => each.id === ruleId) ?? decline('not-found')
  const directory = await toldTo(desk, request)
  const health = await presentHealth(desk, db, [ruleId])
  const problems = await problemsOfBook(desk, db, books.book)
  return {
    rule: rule as unknown as z.input<typeof ruleView>['rule'],
    sentence: sentenceOf(rule, directory),
    change: changesOf(books).get(ruleId) ?? 'live',
    owner: ownerOf(rule, directory),
    health: health(ruleId),
    weeks: [...(await firingsByWeek(db, ruleId, desk.clock.now(), WEEKS))],
    problems: problems.filter((each) => each.ruleId === ruleId).map((each) => problemFor(each, directory)),
    scan: await findScan(db, ruleId),
    edition: books.edition,
  }
}

function changeRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/rules',
    access: 'rules.write',
    summary: 'Adds a rule to the draft, at the end of its section',
    body: ruleBody,
    answer: ruleView,
    handler: async ({ db, body, principal, request }) => {
      const [newId = 0] = await newRuleIds(db, 1)
      const rule = ruleFrom(body.rule, newId)
      const edited = await editDraft(
        desk,
        db,
        principal,
        (book) => ({ ...book, rules: placed([...book.rules, rule], rule) }),
        body.edition,
      )
      return edited === null ? declineEdition() : presentRule(desk, db, newId, request)
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: '/rules/:id',
    access: 'rules.write',
    summary: 'Changes a rule in the draft',
    params: idParams,
    body: ruleBody,
    answer: ruleView,
    handler: async ({ db, params, body, principal, request }) => {
      const rule = ruleFrom(body.rule, params.id)
      const edited = await editDraft(
        desk,
        db,
        principal,
        (book) => {
          const old = book.rules.find((each) => each.id === params.id) ?? decline('not-found')
          const rules = book.rules.map((each) => (each.id === params.id ? rule : each))
          return { ...book, rules: old.section === rule.section ? rules : placed(rules, rule) }
        },
        body.edition,
      )
      return edited === null ? declineEdition() : presentRule(desk, db, params.id, request)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/rules/:id',
    access: 'rules.write',
    summary: 'Takes a rule out of the draft; what it did stays in the log',
    params: idParams,
    answer: z.object({ version: z.number().int() }),
    handler: async ({ db, params, principal }) => {
      const edited = await editDraft(desk, db, principal, (book) => {
        if (!book.rules.some((rule) => rule.id === params.id)) decline('not-found')
        return { ...book, rules: book.rules.filter((rule) => rule.id !== params.id) }
      })
      return { version: edited?.version ?? 0 }
    },
  })
}

/** The rule behind the last of its section. */
function placed(rules: readonly Rule[], rule: Rule): readonly Rule[] {
  const others = rules.filter((each) => each.id !== rule.id)
  const last = others.findLastIndex((each) => each.section === rule.section)
  return last === -1 ? [...others, rule] : [...others.slice(0, last + 1), rule, ...others.slice(last + 1)]
}

function orderRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'PUT',
    url: '/rules/order',
    access: 'rules.write',
    summary: 'The order of sections and rules in the draft',
    body: ruleOrder,
    answer: rulebookVersion,
    handler: async ({ db, body, principal }) => {
      const edited = await editDraft(
        desk,
        db,
        principal,
        (book) => {
          const rules = ordered(book.rules, body)
          return { ...book, sections: body.sections, rules }
        },
        body.edition,
      )
      if (edited === null) return declineEdition()
      const draft = (await findDraftVersion(db)) ?? decline('not-found')
      return presentVersion(draft, (await desk.setup.now()).directory)
    },
  })
}

function ordered(rules: readonly Rule[], order: z.output<typeof ruleOrder>): readonly Rule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const sections = order.sections.map(({ key }) => key)
  if (
    new Set(order.rules.map((each) => each.id)).size !== rules.length ||
    order.rules.length !== rules.length
  )
    declineInput('rules', 'must name every rule once')
  const named = order.rules.map(({ id: ruleId, section }, index) => {
    const rule = byId.get(ruleId) ?? declineInput(`rules.${index}.id`, 'is no rule')
    if (!sections.includes(section)) declineInput(`rules.${index}.section`, 'is no section')
    return { ...rule, section }
  })
  return sections.flatMap((section) => named.filter((rule) => rule.section === section))
}

function firingRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rules/:id/firings',
    access: 'rules.read',
    summary: 'What a rule did, newest first, on tickets the caller sees',
    params: idParams,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    answer: firingPage,
    handler: async ({ db, params, query, principal }) => {
      const page = { limit: query.limit + 1, before: readCursor(query.cursor, idKey) }
      const rows = await firingsOf(db, params.id, page)
      const shown = pageFrom(
        rows,
        query.limit,
        (row) => row.eventId,
        (row) => row,
      )
      const seen = shown.items.filter((row) =>
        sees(principal, {
          teamId: row.teamId as TeamId | null,
          assigneeId: row.assigneeId as PersonId | null,
          brandId: row.brandId as BrandId,
          mailboxId: row.mailboxId as MailboxId | null,
        }),
      )
      const items = seen.map((row) => ({
        id: row.eventId,
        at: row.at,
        ticket: { id: row.ticketId, subject: row.subject },
        kind: row.kind as z.input<typeof firingPage>['items'][number]['kind'],
        detail: row.payload['detail'] ?? { noOp: row.payload['noOp'], effects: row.payload['effects'] },
      }))
      return { items, nextCursor: shown.nextCursor }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/rules/:id/held-mails',
    access: 'rules.publish',
    summary: 'Lets the held mails of a rule go, or discards them',
    params: idParams,
    body: heldMailsBody,
    answer: heldMailsAnswer,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const release = body.decision === 'release'
      const mails = await decideHeldMails(db, params.id, release, at)
      await audit(db, principal, at, {
        action: release ? 'held_mails_released' : 'held_mails_discarded',
        thing: { type: 'rule', id: params.id, name: `${mails} mails` },
      })
      tell(db, { lane: 'outbox' })
      tell(db, { changed: 'outbox', id: null })
      return { mails }
    },
  })
}
