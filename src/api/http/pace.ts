// Time limits for whoever sends or reads slowly: a connection is held for somebody only as long as it gets on.
import type { FastifyReply } from 'fastify'

/** For Node's server: a head that drips, a request that never ends, a connection on which nothing moves. The live feed pings. */
export const PATIENCE = {
  headersTimeout: 20_000,
  requestTimeout: 300_000,
  connectionTimeout: 120_000,
  checkedEvery: 5_000,
} as const

const START_MS = 60_000
/** Slower than any line that people work on. */
const LEAST_BYTES_PER_MS = 8

/** Cuts off who reads `size` bytes more slowly than a very bad line. */
export function keepPace(reply: FastifyReply, size: number): void {
  const cut = setTimeout(() => reply.raw.destroy(), START_MS + size / LEAST_BYTES_PER_MS).unref()
  reply.raw.once('close', () => clearTimeout(cut))
}
