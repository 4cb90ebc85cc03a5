// Traces and metrics to a collector (OTLP over HTTP), for desks whose operator names one in the environment. The libraries are read only
// then. The address is the operator's own, as that of the database is: it may lie inside the network.
import { setTimeout as pause } from 'node:timers/promises'
import type { TelemetryTarget } from '#config.ts'
import { cut } from '#kit/cut.ts'
import type { Log } from '#kit/log.ts'
import { hearSpans, type TimedSpan } from '#kit/spans.ts'

const METRICS_EVERY_MS = 60_000
const PATIENCE_MS = 5_000
const COMPLAIN_EVERY_MS = 60_000
const NAMES = {
  http: 'http.server.request.duration',
  lane: 'docket.lane.round.duration',
  mail: 'docket.mail.send.duration',
}

/** Sends spans and durations until it is stopped; what is not sent yet then leaves first. */
export async function startTelemetry(
  { endpoint, headers, service }: TelemetryTarget,
  log: Log,
): Promise<() => Promise<void>> {
  const { diag, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } =
    await import('@opentelemetry/api')
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace')
  const { MeterProvider, PeriodicExportingMetricReader } = await import('@opentelemetry/sdk-metrics')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http')
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  diag.setLogger(complaints(log), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
  const resource = resourceFromAttributes({ 'service.name': service })
  const to = (signal: string) => ({
    url: `${endpoint}/v1/${signal}`,
    headers: { ...headers },
    timeoutMillis: PATIENCE_MS,
  })
  const traces = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(to('traces')) })],
  })
  const exporter = new OTLPMetricExporter(to('metrics'))
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: METRICS_EVERY_MS })
  const metrics = new MeterProvider({ resource, readers: [reader] })
  const tracer = traces.getTracer('docket')
  const meter = metrics.getMeter('docket')
  const histogram = (name: string) => meter.createHistogram(name, { unit: 's' })
  const durations = { http: histogram(NAMES.http), lane: histogram(NAMES.lane), mail: histogram(NAMES.mail) }
  const stopHearing = hearSpans((span) => {
    const { name, startedAt, durationMs, failed, attributes } = span
    const parent = parentOf(span)
    const context =
      parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true })
    const kind = { http: SpanKind.SERVER, lane: SpanKind.INTERNAL, mail: SpanKind.CLIENT }[name]
    const made = tracer.startSpan(
      titleOf(span),
      { kind, attributes: { ...attributes }, startTime: new Date(startedAt) },
      context,
    )
    if (failed) made.setStatus({ code: SpanStatusCode.ERROR })
    made.end(new Date(startedAt + durationMs))
    durations[name].record(durationMs / 1_000, { ...attributes })
  })
  log.info({ endpoint: new URL(endpoint).origin }, 'Traces and metrics go to a collector')
  return async () => {
    stopHearing()
    // A collector that is away must not keep a desk from stopping well.
    const sent = Promise.allSettled([traces.shutdown(), metrics.shutdown()])
    await Promise.race([sent, pause(PATIENCE_MS, undefined, { ref: false })])
    diag.disable()
  }
}

/** What the libraries complain of, such as a collector that is away or refuses: a line a minute at most. */
function complaints(log: Log) {
  let last = -Infinity
  const complain = (message: string) => {
    if (performance.now() - last < COMPLAIN_EVERY_MS) return
    last = performance.now()
    log.warn({ said: cut(message, 300) }, 'Traces and metrics do not reach their collector')
  }
  const nothing = () => {}
  return { error: complain, warn: complain, info: nothing, debug: nothing, verbose: nothing }
}

function titleOf({ name, attributes }: TimedSpan): string {
  if (name === 'http') return `${attributes['http.request.method']} ${attributes['http.route']}`
  return name === 'lane' ? `lane ${attributes['docket.lane']}` : 'mail send'
}

/** Where a request belongs, as the one that made it says. */
function parentOf({ parent = '' }: TimedSpan) {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(parent) ?? []
  if (traceId === undefined || spanId === undefined || /^0+$/.test(traceId) || /^0+$/.test(spanId))
    return null
  return { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16) & 1 }
}
