// Giving a person's data out as one archive, made while it is sent.
import { once } from 'node:events'
import { Readable, type PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import yazl from 'yazl'
import { z } from 'zod'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { dataOf, type Entry } from '#desk/privacy/data.ts'
import type { PersonId } from '#kit/ids.ts'
import { audit } from '#people/audit-store.ts'
import { peopleById } from '#people/person-store.ts'

export function personDataRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/people/:id/data',
    access: 'privacy.write',
    stepUp: true,
    summary: 'Asks who is there, before the data of a person is fetched from /people/{id}/data.zip',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async () => null,
  })
  app.get(
    '/api/v1/people/:id/data.zip',
    {
      config: { access: 'privacy.write', stepUp: true },
      schema: {
        summary: 'What a person may have of what is kept of them, as pages and JSON, with files',
        tags: ['people'],
        params: idParams,
      },
    },
    async ({ params, principal }, reply) => {
      const { id } = params as z.output<typeof idParams>
      if ((await peopleById(desk.database, [id])).length === 0) return decline('not-found')
      const thing = { type: 'person', id, name: null }
      await audit(desk.database, principal, desk.clock.now(), { action: 'person_exported', thing })
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="person-${id}.zip"`)
        .send(zipped(dataOf(desk, desk.database, id as PersonId)))
    },
  )
}

/** An entry is asked for once what stands before it has been taken; it ends when whoever fetches it goes away. */
function zipped(entries: AsyncGenerator<Entry>): Readable {
  const zip = new yazl.ZipFile()
  const out = zip.outputStream as PassThrough
  // Whether it ended well or not: a stream that is destroyed with an error rejects, and nobody else waits for this.
  const gone = once(out, 'close').catch(() => {})
  const fill = async () => {
    for await (const { path, at, content } of entries) {
      if (out.destroyed) return
      const mtime = new Date(at)
      if (typeof content === 'string') zip.addBuffer(Buffer.from(content), path, { mtime })
      else {
        const file = Readable.from(whole(content), { objectMode: false })
        zip.addReadStream(file, path, { mtime, compress: false })
        await Promise.race([once(file, 'end'), gone])
      }
      if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), gone])
    }
    zip.end()
  }
  fill().catch((error: unknown) => out.destroy(error as Error))
  return out
}

/** One file that is lost or damaged takes none of the others along: a note stands in its place, or after what could be read of it. */
async function* whole(content: () => Promise<Readable>): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of await content()) yield Buffer.from(chunk)
  } catch {
    yield Buffer.from('\nThis file is missing or damaged on the disk.\n')
  }
}
