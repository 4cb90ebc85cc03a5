// Traces and metrics reach a collector over OTLP/HTTP, say what took how long, and say nothing of anybody.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { readConfig } from '#config.ts'
import { startDesk, until } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'

type Attribute = { key: string; value: { stringValue?: string; intValue?: number } }
type Span = { name: string; traceId: string; parentSpanId?: string; attributes: Attribute[] }

test('a request, a round of a lane and a mail are told, under the trace that the request came with', async (t) => {
  const received: { path: string; key: string; text: string }[] = []
  const collector = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += String(chunk)))
    request.on('end', () => {
      received.push({ path: request.url ?? '', key: String(request.headers['api-key']), text })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await once(collector.listen(0, '127.0.0.1'), 'listening')
  atEnd(t, () => collector.close())
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  const read = readConfig(
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b',
      OTEL_SERVICE_NAME: 'desk-1',
    },
    '/',
  )
  assert.ok(read.ok)
  const desk = await startDesk({ telemetry: read.config.telemetry })
  const requester = { email: 'cy@customer.example', name: 'Cy Customer' }
  const opened = await desk.api('POST', '/tickets', {
    subject: 'Secret subject',
    body: 'Secret words',
    requester,
  })
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  await desk.api('GET', `/tickets/${opened.body.id}?`, undefined, {
    traceparent: `00-${traceId}-b7ad6b7169203331-01`,
  })
  await desk.api('POST', `/tickets/${opened.body.id}/messages`, { kind: 'reply', body: 'Secret answer' })
  desk.clock.pass(60)
  await until(async () => desk.sink.mails.length > 0)
  await desk.close()
  const all = received.map(({ text }) => text).join('\n')
  assert.doesNotMatch(all, /customer|Secret|Cy /i)
  assert.ok(received.every(({ key }) => key === 'a b'))
  const spans = received
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ text }) => JSON.parse(text).resourceSpans as { scopeSpans: { spans: Span[] }[] }[])
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans))
  const names = new Set(spans.map(({ name }) => name))
  for (const name of ['POST /api/v1/tickets', 'GET /api/v1/tickets/:id', 'lane outbox', 'mail send'])
    assert.ok(names.has(name), `${name} is missing in ${[...names].join(', ')}`)
  const inTrace = spans.filter((span) => span.traceId === traceId)
  assert.deepEqual(
    inTrace.map(({ name, parentSpanId }) => [name, parentSpanId]),
    [['GET /api/v1/tickets/:id', 'b7ad6b7169203331']],
  )
  const metrics = received.find(({ path }) => path === '/v1/metrics')?.text ?? ''
  assert.match(metrics, /http\.server\.request\.duration/)
  assert.match(metrics, /"stringValue":"desk-1"/)
})
