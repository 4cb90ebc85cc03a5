// Whatever is asked over HTTP goes before what can wait.
import type { FastifyInstance } from 'fastify'
import { beginLive } from '#store/live-work.ts'

export function goesFirst(app: FastifyInstance): void {
  app.addHook('onRequest', async (_, { raw }) => void raw.once('close', beginLive()))
}
