// The rulebook in its versions: one draft, one live, the rest history. Publishing and going back are the administrator's.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  problemsAnswer,
  publishBody,
  replaceAnswer,
  replaceBody,
  rollbackBody,
  rulebook,
  rulebookContent,
  rulebookDiff,
  rulebookVersion,
  rulebookVersionPage,
  templateBody,
  uses,
  usesQuery,
  versionParams,
  vocabulary,
} from '#api/contract/rules.ts'
import { pageQuery } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { presentVersion, problemsOfBook, readBooks } from '#api/rules/present-rule.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { declineEdition } from '#api/rules/input.ts'
import { webhookKeys } from '#channels/webhook-store.ts'
import { toldTo } from '#api/rules/told.ts'
import type { Desk } from '#desk/desk.ts'
import { editDraft, publishRulebook, rollBack } from '#desk/rules/rulebook.ts'
import { audit } from '#people/audit-store.ts'
import { changedTemplates, changesBetweenBooks } from '#rules/diff.ts'
import type { Cond } from '#rules/condition.ts'
import type { Named, Told } from '#rules/directory.ts'
import type { RuleProblem } from '#rules/problem.ts'
import { opsOf, rulePaths, specOf } from '#rules/paths.ts'
import { replaced, usesOf } from '#rules/references.ts'
import type { Thing } from '#rules/thing.ts'
import { placeholders } from '#rules/render.ts'
import {
  dropDraftVersion,
  findDraftVersion,
  findVersion,
  listVersions,
  liveVersion,
  readRulebook,
} from '#rules/rulebook-store.ts'
import { template } from '#rules/rule-schema.ts'
import { findCanary } from '#rules/canary-store.ts'
import { emptyRulebook } from '#rules/rulebook.ts'
import { actionWords, type Action } from '#rules/action.ts'
import type { Rulebook } from '#rules/rule.ts'
import { updateKinds } from '#rules/scene.ts'
import { conditionWords, pathWords } from '#rules/words.ts'
import { METRICS } from '#sla/policy.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { problemFor } from '#rules/problem-words.ts'

export function rulebookRoutes(app: FastifyInstance, desk: Desk): void {
  readRoutes(app, desk)
  vocabularyRoute(app, desk)
  versionRoutes(app, desk)
  publishRoutes(app, desk)
  templateRoutes(app, desk)
  referenceRoutes(app, desk)
}

function readRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rulebook',
    access: 'rules.read',
    summary: 'What is live and what is drafted, with sections and templates',
    answer: rulebook,
    handler: async ({ db }) => {
      const { directory } = await desk.setup.now()
      const [live, draft] = [await findVersion(db, await liveVersion(db)), await findDraftVersion(db)]
      const share = await findCanary(db)
      const canary = share === null ? null : await findVersion(db, share.version)
      const { book } = await readBooks(db)
      return {
        live: live === null ? null : presentVersion(live, directory),
        canary: canary === null ? null : presentVersion(canary, directory),
        draft: draft === null ? null : presentVersion(draft, directory),
        sections: [...book.sections],
        templates: [...book.templates],
        placeholders: [...placeholders],
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/problems',
    access: 'rules.read',
    summary: 'Everything wrong with the draft, or else with what is live',
    answer: problemsAnswer,
    handler: async ({ db, request }) => {
      const directory = await toldTo(desk, request)
      const found = await problemsOfBook(desk, db, (await readBooks(db)).book)
      return { problems: found.map((each) => problemFor(each, directory)) }
    },
  })
}

function vocabularyRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/vocabulary',
    access: 'rules.read',
    summary: 'What rules can ask about and listen to',
    answer: vocabulary,
    handler: async ({ db }) => {
      const { directory } = await desk.setup.now()
      const named = (list: readonly Named[]) =>
        list.flatMap(({ id, name, archived }) => (archived ? [] : [{ id, name }]))
      return {
        paths: rulePaths(directory, METRICS).flatMap((path) => {
          const spec = specOf(path, directory)
          if (spec === null) return []
          const { type, choices = null, refers = null, field } = spec
          const label = field?.label ?? pathWords(path, directory)
          const ofUpdate = /^(message|actor)\.|^via$/.test(path)
          const ops = [...opsOf(path, spec)]
          return [
            { path, label, type, ops, choices: choices === null ? null : [...choices], refers, ofUpdate },
          ]
        }),
        events: [...updateKinds],
        brands: named(directory.brands),
        queues: named(directory.queues),
        mailboxes: named(directory.mailboxes),
        webhooks: [...(await webhookKeys(db))],
        macros: (await readBooks(db)).book.rules.flatMap(({ kind, key, title }) =>
          kind === 'macro' ? [{ key, title }] : [],
        ),
      }
    },
  })
}

function versionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/versions',
    access: 'rules.read',
    summary: 'Versions, newest first',
    query: pageQuery,
    answer: rulebookVersionPage,
    handler: async ({ db, query }) => {
      const { directory } = await desk.setup.now()
      const rows = await listVersions(db, { limit: query.limit + 1, before: readCursor(query.cursor, idKey) })
      return pageFrom(
        rows,
        query.limit,
        (row) => row.version,
        (row) => presentVersion(row, directory),
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/versions/:version',
    access: 'rules.read',
    summary: 'A version with its rules',
    params: versionParams,
    answer: rulebookContent,
    handler: async ({ db, params }) => {
      const found = (await findVersion(db, params.version)) ?? decline('not-found')
      const { directory } = await desk.setup.now()
      const { sections, templates, rules } = await bookOf(db, params.version)
      return {
        version: presentVersion(found, directory),
        sections: [...sections],
        templates: [...templates],
        rules: rules as unknown as z.input<typeof rulebookContent>['rules'],
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/versions/:version/diff',
    access: 'rules.read',
    summary: 'What a version changed against another, by default its parent',
    params: versionParams,
    query: z.strictObject({ from: z.coerce.number().pipe(z.int32().min(0)).optional() }),
    answer: rulebookDiff,
    handler: async ({ db, params, query, request }) => {
      const found = (await findVersion(db, params.version)) ?? decline('not-found')
      const fromVersion = query.from ?? found.parentVersion ?? 0
      const [from, to] = [await bookOf(db, fromVersion), await bookOf(db, params.version)]
      const directory = await toldTo(desk, request)
      const rules = changesBetweenBooks(from, to).map((each) => ({
        ...each,
        parts: each.parts.map((part) => ({ ...part, words: partWords(part, directory) })),
      }))
      return { from: fromVersion, to: params.version, rules, templates: [...changedTemplates(from, to)] }
    },
  })
}

/** A condition or the actions in words, and an owner by name, who may have left. */
function partWords(
  { part, from, to }: { readonly part: string; readonly from: unknown; readonly to: unknown },
  directory: Told,
): { from: string; to: string } | null {
  const words = (value: unknown) => {
    if (value === null) return '–'
    if (part === 'ownerId') return directory.agents.find(({ id }) => id === value)?.name ?? String(value)
    if (part === 'if')
      return conditionWords(value as Cond, directory) || (directory.language === 'de' ? 'immer' : 'always')
    return (value as readonly Action[]).map((action) => actionWords(action, directory)).join('\n')
  }
  const isInWords = part === 'if' || part === 'do' || part === 'ownerId'
  return isInWords ? { from: words(from), to: words(to) } : null
}

async function bookOf(db: Db, version: number): Promise<Rulebook> {
  return version === 0 ? emptyRulebook : ((await readRulebook(db, version)) ?? decline('not-found'))
}

function publishRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'DELETE',
    url: '/rulebook/draft',
    access: 'rules.write',
    summary: 'Throws the draft away',
    answer: z.object({ dropped: z.boolean() }),
    handler: async ({ db, principal }) => {
      const dropped = await dropDraftVersion(db)
      if (dropped)
        await audit(db, principal, desk.clock.now(), {
          action: 'rulebook_draft_dropped',
          thing: { type: 'rulebook', id: null, name: null },
        })
      tell(db, { changed: 'rules', id: null })
      return { dropped }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/rulebook/publish',
    access: 'rules.publish',
    summary: 'Makes the draft live, in one switch, for all tickets or a share of them',
    body: publishBody,
    answer: rulebookVersion,
    status: 200,
    handler: async ({ db, body, principal, request }) => {
      const { note, reason = null, percent = null } = body
      const outcome = await publishRulebook(desk, db, principal, { note, reason, percent })
      if (!outcome.ok) return declinePublish(outcome, await toldTo(desk, request))
      const published = (await findVersion(db, outcome.version)) ?? decline('not-found')
      return presentVersion(published, (await desk.setup.now()).directory)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/rulebook/rollback',
    access: 'rules.publish',
    summary: 'Brings an earlier version back, as a new one',
    body: rollbackBody,
    answer: rulebookVersion,
    status: 200,
    handler: async ({ db, body, principal }) => {
      const version = await rollBack(desk, db, principal, body.version)
      if (version === null)
        return decline(
          'refused',
          'There is no such version, or a draft is in the way: publish it or throw it away first.',
          {
            refusal: 'not_possible',
          },
        )
      const published = (await findVersion(db, version)) ?? decline('not-found')
      return presentVersion(published, (await desk.setup.now()).directory)
    },
  })
}

const refusals = {
  canary_runs: 'Another version judges a share of the tickets: widen or withdraw it first.',
  no_draft: 'There is no draft: change a rule first.',
  has_errors: 'The draft has errors: mend them first.',
  needs_reason: 'There are warnings or findings: say why it goes live all the same.',
  needs_backtest:
    'Backtest the draft first: over 30 days, 1,000 tickets or all there are, in the last 7 days.',
}

function declinePublish(
  { refusal, problems }: { refusal: keyof typeof refusals; problems: readonly RuleProblem[] },
  directory: Told,
): never {
  return decline('refused', refusals[refusal], {
    refusal,
    problems: problems.map((each) => problemFor(each, directory)),
  })
}

function templateRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'PUT',
    url: '/rulebook/templates/:key',
    access: 'rules.write',
    summary: 'Adds or changes a template in the draft',
    params: template.pick({ key: true }),
    body: templateBody,
    answer: z.object({ version: z.number().int() }),
    handler: async ({ db, params, body, principal }) => {
      const written = { ...body.template, key: params.key } as Rulebook['templates'][number]
      const edited = await editDraft(
        desk,
        db,
        principal,
        (book) => {
          const known = book.templates.some(({ key }) => key === params.key)
          const templates = known
            ? book.templates.map((each) => (each.key === params.key ? written : each))
            : [...book.templates, written]
          return { ...book, templates }
        },
        body.edition,
      )
      return edited === null ? declineEdition() : { version: edited.version }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/rulebook/templates/:key',
    access: 'rules.write',
    summary: 'Takes a template out of the draft; refused while a rule uses it',
    params: z.object({ key: z.string().max(60) }),
    answer: z.object({ version: z.number().int() }),
    handler: async ({ db, params, principal }) => {
      const edited = await editDraft(desk, db, principal, (book) => {
        const used = usesOf({ kind: 'template', id: params.key }, book)
        if (used.length > 0)
          decline(
            'refused',
            `It is used in ${used.length} rules: ${used.map(({ title }) => title).join(', ')}.`,
            {
              refusal: 'in_use',
              uses: used,
            },
          )
        return { ...book, templates: book.templates.filter(({ key }) => key !== params.key) }
      })
      return { version: edited?.version ?? 0 }
    },
  })
}

function referenceRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/uses',
    access: 'rules.read',
    summary: 'The rules that use a thing',
    query: usesQuery,
    answer: uses,
    handler: async ({ db, query }) => {
      const { live, book, hasDraft } = await readBooks(db)
      const thing: Thing = { kind: query.kind, id: /^\d+$/.test(query.id) ? Number(query.id) : query.id }
      const items = [
        ...usesOf(thing, live).map((use) => ({ in: 'live' as const, ...use })),
        ...(hasDraft ? usesOf(thing, book).map((use) => ({ in: 'draft' as const, ...use })) : []),
      ]
      return { items }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/rulebook/replace',
    access: 'rules.write',
    summary: 'Exchanges a thing for another in every rule of the draft',
    body: replaceBody,
    answer: replaceAnswer,
    status: 200,
    handler: async ({ db, body, principal }) => {
      const thing: Thing = { kind: body.kind, id: body.from }
      let touched: { id: number; name: string }[] = []
      const edited = await editDraft(desk, db, principal, (book) => {
        touched = usesOf(thing, book).map(({ ruleId, title }) => ({ id: ruleId, name: title }))
        return { ...book, rules: replaced(book.rules, thing, body.to) }
      })
      return { rules: touched, version: edited?.version ?? 0 }
    },
  })
}
