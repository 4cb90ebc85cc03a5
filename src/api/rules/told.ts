// In which language somebody is told of rules and mails: as the app says that it speaks, or a program that it reads.
import type { FastifyRequest } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import type { Told } from '#rules/directory.ts'

type Asking = Pick<FastifyRequest, 'headers'>

/** Whether German is what they would rather read. */
export function readsGerman({ headers }: Asking): boolean {
  return /^de\b/i.test(headers['accept-language'] ?? '')
}

/** What conditions can name, for whoever asks: in German where that is what they would rather read, else in English. */
export async function toldTo(desk: Desk, asking: Asking): Promise<Told> {
  const { directory } = await desk.setup.now()
  return readsGerman(asking) ? { ...directory, language: 'de' } : directory
}
