// In which language somebody is told of rules: as the app says that it speaks, or a program that it reads.
import type { FastifyRequest } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import type { Told } from '#rules/directory.ts'

/** What conditions can name, for whoever asks: in German where that is what they would rather read, else in English. */
export async function toldTo(desk: Desk, { headers }: Pick<FastifyRequest, 'headers'>): Promise<Told> {
  const { directory } = await desk.setup.now()
  return /^de\b/i.test(headers['accept-language'] ?? '') ? { ...directory, language: 'de' } : directory
}
