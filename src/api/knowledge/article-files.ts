// The pictures and files of articles: brought by who writes them, read by whoever may read an article that shows them.
import type { FastifyInstance } from 'fastify'
import { articleFile } from '#api/contract/articles.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { keepUpload, MOST_BYTES, sendAttachment, SHOWN } from '#api/tickets/attachments.ts'
import type { Desk } from '#desk/desk.ts'
import { addArticleFile, findArticleFile } from '#knowledge/article-file-store.ts'
import { placeOfFile } from '#knowledge/article-file.ts'
import { can } from '#people/can.ts'

export function articleFileRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/articles/files',
    access: 'articles.write',
    summary: 'Uploads a picture or a file as multipart/form-data; an article shows it by naming its address',
    bodyLimit: MOST_BYTES + 10_000,
    answer: articleFile,
    isOneStatement: true,
    // Not in the transaction: a slow line must not hold a connection of the database.
    beforehand: async ({ request }) => {
      const file = await request.file().catch(() => undefined)
      if (file === undefined)
        return decline('bad-input', 'Send multipart/form-data with one part named "file".')
      return keepUpload(desk, file)
    },
    handler: async ({ db, early, principal }) => {
      if (early.size === 0) decline('bad-input', 'The file is empty.')
      await addArticleFile(db, early, principal.agentId, desk.clock.now())
      const found = (await findArticleFile(db, early.sha256)) ?? decline('not-found')
      const { name, type, size } = found
      return { url: placeOfFile(found), name, size, isPicture: SHOWN.has(type) }
    },
  })
  app.get(
    '/help/files/:sha256/:name',
    {
      config: { access: 'anyone', rateLimit: { max: 120, timeWindow: '1 minute' } },
      schema: { hide: true },
    },
    async (request, reply) => {
      const { sha256, name } = request.params as { sha256: string; name: string }
      const found = await findArticleFile(desk.database, sha256)
      const { principal } = request
      // What no open article shows is the agents' own.
      const isTheirs = principal !== null && can(principal, 'articles.read')
      if (found === null || !(found.isOpen || isTheirs)) return decline('not-found', 'There is no such file.')
      // Two may bring the same bytes under two names: each article has its own.
      const kept = found.isOpen ? 'public, no-cache' : undefined
      return sendAttachment(desk, request, reply, { sha256, name: name.slice(0, 200) }, kept)
    },
  )
}
