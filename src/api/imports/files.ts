// Files that are to be imported, and the list of what could not come as it was.
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { Readable } from 'node:stream'
import { importUpload } from '#api/contract/imports.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { agentNames } from '#imports/cast-store.ts'
import { surveyed } from '#imports/csv/surveyed.ts'
import { fromGzip, zipped } from '#imports/files.ts'
import { addImportFile } from '#imports/file-store.ts'
import { findImport } from '#imports/import-store.ts'
import { problemLines } from '#imports/problem-lines.ts'
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
      const file = await request.file().catch(() => undefined)
      if (file === undefined)
        return decline('bad-input', 'Send multipart/form-data with one part named "file".')
      return readUpload(desk, file)
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

/** The bytes are compressed as they come, then read once for what stands in them. */
async function readUpload(desk: Desk, { file, filename }: MultipartFile) {
  const bytes = await zipped(file)
  if (file.truncated)
    decline('too-large', 'The file is larger than 25 MB. `./docket import csv` takes larger ones.')
  const name = filename
    .replace(/\.\w+$/, '')
    .replace(/[\p{Cc}/\\]/gu, '_')
    .toWellFormed()
    .slice(0, 100)
  try {
    return { name: name.trim() || 'csv', bytes, ...(await surveyed(desk, fromGzip(bytes))) }
  } catch (error) {
    if (error instanceof Fault && error.code === 'CSV') return decline('bad-input', error.message)
    throw error
  }
}
