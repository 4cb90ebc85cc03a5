// Closing without cutting anybody off: who asks while we stop is answered and told that the connection ends.
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** Clients with a connection at hand ask on it for a moment longer, and hear in the answer that it is the last. */
const LAST_ROUND_MS = 250
/** What takes longer is cut off: a supervisor's patience has an end too. */
const ANSWER_WITHIN_MS = 7_000

export type Closing = { readonly isClosing: () => boolean; readonly close: () => Promise<void> }

/** Prepares a server for its end. */
export function gentleClosing(app: FastifyInstance): Closing {
  let closing = false
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
  const connections = () =>
    new Promise<number>((done) => app.server.getConnections((_error, count) => done(count)))
  return {
    isClosing: () => closing,
    close: async () => {
      closing = true
      if (app.server.listening && (await connections()) > 0) await pause(LAST_ROUND_MS)
      const cut = setTimeout(() => app.server.closeAllConnections(), ANSWER_WITHIN_MS)
      await app.close()
      clearTimeout(cut)
    },
  }
}
