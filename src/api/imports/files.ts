// Files that are to be imported, and the list of what could not come as it was.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { exportUpload, importUpload, mailUpload } from '#api/contract/imports.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { agentNames } from '#imports/cast-store.ts'
import { surveyed } from '#imports/csv/surveyed.ts'
import { fromGzip, zipped } from '#imports/files.ts'
import { addImportFile } from '#imports/file-store.ts'
import { findImport } from '#imports/import-store.ts'
import { mboxOfBytes } from '#imports/mails/box.ts'
import { surveyBox } from '#imports/mails/survey.ts'
import { problemLines } from '#imports/problem-lines.ts'
import { surveyExport } from '#imports/zendesk/export-file.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const MOST_BYTES = 25_000_000

export function fileRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/imports/files',
    access: 'imports.write',
    summary: 'Uploads a CSV as multipart/form-data and says what stands in it; nothing is imported yet',
    bodyLimit: MOST_BYTES + 10_000,
    answer: importUpload,
    // Not in the transaction: a slow line must not hold a connection of the database.
    beforehand: async ({ request }) => {
      const { name, bytes } = await uploaded(request, 'csv')
      return { name, bytes, ...(await orDeclined(surveyed(desk, fromGzip(bytes)))) }
    },
    handler: async ({ db, early: { name, bytes, survey, map } }) => {
      const file = await addImportFile(db, { name, bytes, at: desk.clock.now() })
      const { rows, encoding, delimiter, columns } = survey
      const shown = columns.map(({ heading, filled, samples, values, unreadable }) => ({
        heading,
        filled,
        samples: [...samples],
        values: [...values],
        unreadable,
      }))
      return { file, name, rows, encoding, delimiter, columns: shown, map, agents: await agentNames(db) }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/imports/mailboxes',
    access: 'imports.write',
    summary: 'Uploads an mbox as multipart/form-data and says what lies in it; nothing is imported yet',
    bodyLimit: MOST_BYTES + 10_000,
    answer: mailUpload,
    beforehand: async ({ request }) => {
      const { name, bytes } = await uploaded(request, 'mbox')
      const survey = await orDeclined(surveyBox(desk, mboxOfBytes(fromGzip(bytes), name)))
      return { name, bytes, survey }
    },
    handler: async ({ db, early: { name, bytes, survey } }) => {
      const file = await addImportFile(db, { name, bytes, at: desk.clock.now() })
      const { aside, addresses, ...rest } = survey
      return { file, name, ...rest, aside: [...aside], addresses: [...addresses] }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/imports/zendesk-files',
    access: 'imports.write',
    summary: 'Uploads a file of Zendesk’s own export and says what it holds; nothing is imported yet',
    bodyLimit: MOST_BYTES + 10_000,
    answer: exportUpload,
    beforehand: async ({ request }) => {
      const { name, bytes } = await uploaded(request, 'zendesk-export')
      return { name, bytes, survey: await orDeclined(surveyExport({ name, open: fromGzip(bytes) })) }
    },
    handler: async ({ db, early: { name, bytes, survey } }) => ({
      file: await addImportFile(db, { name, bytes, at: desk.clock.now() }),
      name,
      ...survey,
    }),
  })
  app.get(
    '/api/v1/imports/:id/problems.csv',
    {
      config: { access: 'imports.write' },
      schema: {
        summary: 'What could not come as it was, record by record with its place, as CSV',
        tags: ['imports'],
        params: idParams,
      },
    },
    async (request, reply) => {
      const { id } = request.params as { id: number }
      if ((await findImport(desk.database, id)) === null) return decline('not-found')
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-${id}-problems.csv"`)
        .send(Readable.from(problemLines(desk.database, id)))
    },
  )
}

/** The bytes of an uploaded file, compressed as they come, under a name that can be shown. */
async function uploaded(request: FastifyRequest, kind: 'csv' | 'mbox' | 'zendesk-export') {
  const sent = await request.file().catch(() => undefined)
  if (sent === undefined) return decline('bad-input', 'Send multipart/form-data with one part named "file".')
  const { file, filename } = sent
  const bytes = await zipped(file)
  if (file.truncated)
    decline('too-large', `The file is larger than 25 MB. \`./docket import ${kind}\` takes larger ones.`)
  const name = filename
    .replace(/\.\w+$/, '')
    .replace(/[\p{Cc}/\\]/gu, '_')
    .toWellFormed()
    .slice(0, 100)
  return { name: name.trim() || kind, bytes }
}

/** What was found in a file; one that is none of its kind is declined with the reason. */
async function orDeclined<Result>(reading: Promise<Result>): Promise<Result> {
  return reading.catch((error: unknown) => {
    if (error instanceof Fault && ['CSV', 'MBOX', 'EXPORT'].includes(error.code ?? ''))
      return decline('bad-input', error.message)
    throw error
  })
}
