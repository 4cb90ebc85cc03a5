// Server-sent events: a reply that stays open, which no proxy keeps back or rewrites.
import type { FastifyReply } from 'fastify'

/** Begins the events on a reply; headers that were set on it before go along. */
export function beginEvents(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
}
