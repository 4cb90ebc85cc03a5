// What machines ask: does the process live, is it ready, and its figures for Prometheus.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { decline } from '#api/http/problem.ts'
import { assertAccess } from '#api/route.ts'
import { tellSpan } from '#kit/spans.ts'
import { plus } from '#kit/time.ts'
import type { Desk } from '#desk/desk.ts'
import { backupHealth } from '#setup/backup-plan-store.ts'
import { backlog } from '#store/backlog.ts'
import { isMigrated } from '#store/migrate.ts'

const SECURITY_TEXT_SECONDS = 30 * 86_400
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
  backups(desk, registry)
  replica(desk, registry)
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    duration.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
    tellSpan(reply.elapsedTime, () => ({
      name: 'http',
      failed: reply.statusCode >= 500,
      // The route, not the address: an address may hold a key.
      attributes: {
        'http.request.method': request.method,
        'http.route': route,
        'http.response.status_code': reply.statusCode,
      },
      parent: [request.headers['traceparent']].flat()[0],
    }))
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
  app.get('/.well-known/security.txt', { config: open, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/plain; charset=utf-8').send(securityText(desk)),
  )
  app.get('/metrics', { config: open, schema: { hide: true } }, async (request, reply) => {
    if (!isLocal(request)) assertAccess('metrics.read', request.principal)
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/

/** Whether it was asked on this machine itself; what a proxy here passes on was not. */
function isLocal({ ip, headers }: FastifyRequest): boolean {
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers)
  return LOOPBACK.test(ip) && !isPassedOn
}

/** Where to report a hole (RFC 9116); it names a day until which it holds, so it is written anew for each reader. */
function securityText(desk: Desk): string {
  const expires = plus(desk.clock.now(), SECURITY_TEXT_SECONDS)
  return `Contact: mailto:security@docket.dev\nExpires: ${expires}\nCanonical: ${desk.baseUrl}/.well-known/security.txt\nPreferred-Languages: en, de\n`
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

/** To be told of by whoever watches: `time() - docket_backup_last_good_seconds > 8 * 86400`. */
function backups(desk: Desk, registry: Registry): void {
  const good = new Gauge({
    name: 'docket_backup_last_good_seconds',
    help: 'When the last good backup by the desk itself ended, in seconds since 1970; 0 for never',
    registers: [registry],
    collect: async () => {
      const { lastGoodAt } = await backupHealth(desk.database, desk.clock.now())
      good.set(lastGoodAt === null ? 0 : Date.parse(lastGoodAt) / 1_000)
    },
  })
}

/** Where there is one: how many of the reads that ask much it took, and how many the first had to. */
function replica({ replica: found }: Desk, registry: Registry): void {
  if (found === null) return
  const reads = new Gauge({
    name: 'docket_replica_reads',
    help: 'Reads that ask much since the start, by the server that answered',
    labelNames: ['server'],
    registers: [registry],
    collect: () => {
      for (const [server, count] of Object.entries(found.counts())) reads.labels(server).set(count)
    },
  })
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
