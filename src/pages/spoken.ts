// Which of the languages that pages speak somebody wants to be spoken to in.
import type { FastifyRequest } from 'fastify'

/** The first language that the browser asks for and pages speak; null for none of them. */
export function spokenBy({ headers }: FastifyRequest): string | null {
  const wanted = (headers['accept-language'] ?? '')
    .split(',')
    .map((each) => each.trim().slice(0, 2).toLowerCase())
  return wanted.find((each) => each === 'en' || each === 'de') ?? null
}
