// Counts how often articles are opened: gathered in memory and written every few seconds. Nothing is kept of who opened them.
import type { FastifyRequest } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import type { ArticleId } from '#kit/ids.ts'
import { countReads } from '#knowledge/public-store.ts'

const WRITTEN_MS = 5_000

export type Reads = {
  readonly note: (request: FastifyRequest, article: ArticleId) => void
  readonly write: () => Promise<void>
}

/** The counter of a desk; what it holds is written at the end too. */
export function countingReads(desk: Desk): Reads {
  let waiting = new Map<ArticleId, number>()
  let timer: NodeJS.Timeout | null = null
  const write = async () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const counted = waiting
    waiting = new Map()
    if (counted.size > 0) await countReads(desk.database, desk.clock.now(), counted)
  }
  return {
    write,
    note: (request, article) => {
      if (!isReader(request)) return
      waiting.set(article, (waiting.get(article) ?? 0) + 1)
      timer ??= setTimeout(() => {
        write().catch((error: unknown) => desk.log.warn({ err: error }, 'Reads of articles were not counted'))
      }, WRITTEN_MS).unref()
    },
  }
}

/** Programs that look at every page, and pages that a browser fetches ahead, are no readers. */
export function isReader({ headers }: FastifyRequest): boolean {
  const agent = headers['user-agent'] ?? ''
  if (/bot|crawl|spider|slurp|preview|monitor|curl|wget|python|scan/i.test(agent)) return false
  return headers['sec-purpose'] === undefined && headers['purpose'] === undefined
}
