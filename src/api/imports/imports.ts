// Imports on screen: asked for, watched, paused, gone on with, taken back; and the whole desk as lines.
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { fileRoutes } from '#api/imports/files.ts'
import { importPage, importRun, newImport } from '#api/contract/imports.ts'
import { idParams, pageQuery } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { askImport, expectedOf, isLook, runLooked } from '#imports/asked.ts'
import {
  changeImport,
  findImport,
  listImports,
  type Import,
  type ImportState,
} from '#imports/import-store.ts'
import { linesOf } from '#imports/lines/export.ts'
import { rateOf } from '#imports/counts.ts'
import type { Instant } from '#kit/time.ts'
import type { Desk } from '#desk/desk.ts'
import { audit } from '#people/audit-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function importRoutes(app: FastifyInstance, desk: Desk): void {
  readRoutes(app, desk)
  askRoutes(app, desk)
  fileRoutes(app, desk)
  exportRoutes(app, desk)
}

function readRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/imports',
    access: 'imports.write',
    summary: 'Imports, newest first',
    query: pageQuery,
    answer: importPage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listImports(db, { limit: limit + 1, before: readCursor(cursor, idKey) })
      return pageFrom(
        rows,
        limit,
        ({ id }) => id,
        (run) => present(run, desk.clock.now()),
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/imports/:id',
    access: 'imports.write',
    summary: 'One import with its report',
    params: idParams,
    answer: importRun,
    handler: async ({ db, params: { id } }) => present(await found(db, id), desk.clock.now()),
  })
}

function askRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/imports',
    access: 'imports.write',
    stepUp: true,
    summary: 'Looks at another desk, or brings it in, in the background',
    body: newImport,
    answer: importRun,
    status: 202,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const { look, ...asked } = body
      const run = await askImport(db, desk.seal, asked, { look, at, agentId: principal.agentId })
      await audit(db, principal, at, { action: 'import_asked', thing: thingOf(run) })
      return woken(desk, db, run.id)
    },
  })
  for (const [name, { from, summary, does }] of Object.entries(steps))
    route(app, desk, {
      method: 'POST',
      url: `/imports/:id/${name}`,
      access: 'imports.write',
      summary,
      params: idParams,
      answer: importRun,
      status: 202,
      handler: async ({ db, params: { id }, principal }) => {
        const run = await found(db, id)
        if (!from.includes(run.state)) return decline('conflict')
        await does(db, run)
        await audit(db, principal, desk.clock.now(), { action: `import_${name}`, thing: thingOf(run) })
        return woken(desk, db, id)
      },
    })
}

type StepRow = {
  readonly from: readonly ImportState[]
  readonly summary: string
  readonly does: (db: Db, run: Import) => Promise<void>
}

/** What can be asked of an import, and in which states. */
const steps: Readonly<Record<string, StepRow>> = {
  run: {
    from: ['done', 'failed', 'paused'],
    summary: 'Makes a look the real thing, or goes on with what was paused or failed',
    does: async (db, run) => {
      if (isLook(run)) await runLooked(db, run)
      else if (run.state === 'done') decline('conflict')
      else await changeImport(db, run.id, { state: 'waiting', endedAt: null })
    },
  },
  pause: {
    from: ['waiting', 'running'],
    summary: 'Stops an import between two batches; it can go on',
    does: (db, { id }) => changeImport(db, id, { state: 'paused' }),
  },
  undo: {
    from: ['done', 'paused', 'failed'],
    summary: 'Takes a whole import back, but for tickets that somebody has worked on',
    does: (db, { id }) => changeImport(db, id, { state: 'undoing' }),
  },
}

const thingOf = ({ id, source }: Import) => ({ type: 'import', id, name: source })

/** Whoever takes the whole desk has just shown who they are; a browser does so first, as a download cannot ask. */
function exportRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/exports',
    access: 'imports.write',
    stepUp: true,
    summary: 'Asks who is there, before the desk is fetched from /exports/docket.jsonl',
    answer: z.null(),
    status: 204,
    handler: async () => null,
  })
  app.get(
    '/api/v1/exports/docket.jsonl',
    {
      config: { access: 'imports.write', stepUp: true },
      schema: { summary: 'The whole desk as lines of JSON, without its files', tags: ['imports'] },
    },
    async ({ principal }, reply) => {
      const thing = { type: 'desk', id: null, name: null }
      await audit(desk.database, principal, desk.clock.now(), { action: 'desk_exported', thing })
      return reply
        .type('application/x-ndjson')
        .header('content-disposition', 'attachment; filename="docket.jsonl"')
        .send(Readable.from(allLines(desk)))
    },
  )
}

/** The lines under one snapshot, handed over as they are made. */
async function* allLines({ database }: Desk): AsyncGenerator<string> {
  const chunks = new TransformStream<string, string>()
  const writer = chunks.writable.getWriter()
  const writing = database
    .transaction(async (tx) => {
      for await (const chunk of linesOf(tx, () => {})) await writer.write(chunk)
    })
    .then(
      () => writer.close(),
      (error: unknown) => writer.abort(error),
    )
  yield* chunks.readable
  await writing
}

async function woken({ clock }: Desk, db: Db, id: number) {
  tell(db, { lane: 'imports' })
  tell(db, { changed: 'imports', id })
  return present(await found(db, id), clock.now())
}

async function found(db: Db, id: number): Promise<Import> {
  return (await findImport(db, id)) ?? decline('not-found')
}

function present(run: Import, at: Instant) {
  const { id, source, kind, state, counts, complete, createdAt, endedAt } = run
  const problems = [...run.problems]
  const [look, expected] = [isLook(run), expectedOf(run)]
  const rate = state === 'running' ? rateOf(run, at) : null
  return { id, source, kind, state, look, counts, problems, complete, expected, rate, createdAt, endedAt }
}
