// What machines ask: does the process live, is it ready, and its figures for Prometheus.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { backlog } from '#store/backlog.ts'
import { isMigrated } from '#store/migrate.ts'

const READY_WITHIN_MS = 2_000

export function probeRoutes(app: FastifyInstance, desk: Desk, root: string, isClosing: () => boolean): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'docket_http_request_duration_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  })
  waiting(desk, registry)
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    duration.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
  })
  const open = { access: 'anyone' } as const
  app.get('/healthz', { config: open, schema: { hide: true } }, async () => ({ status: 'ok' }))
  const isReady = readiness(() => isMigrated(desk.database, join(root, 'migrations')))
  app.get('/readyz', { config: open, schema: { hide: true } }, async () => {
    if (isClosing()) decline('not-ready', 'Docket is stopping.')
    return (await isReady())
      ? { status: 'ready' }
      : decline('not-ready', 'The database is not reachable or not migrated.')
  })
  app.get('/metrics', { config: open, schema: { hide: true } }, async (_, reply) => {
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** A database that stands still answers neither yes nor no: silence is a no. Whoever asks meanwhile shares the question. */
function readiness(ask: () => Promise<boolean>): () => Promise<boolean> {
  let asked: Promise<boolean> | null = null
  return () => {
    asked ??= ask()
      .catch(() => false)
      .finally(() => (asked = null))
    return Promise.race([asked, pause(READY_WITHIN_MS, false, { ref: false })])
  }
}

function waiting(desk: Desk, registry: Registry): void {
  const queue = new Gauge({
    name: 'docket_waiting',
    help: 'Things that wait to be worked off, by lane',
    labelNames: ['lane'],
    registers: [registry],
    collect: async () => {
      const rows = await backlog(desk.database)
      for (const { lane, count } of rows) queue.labels(lane).set(count)
    },
  })
}
