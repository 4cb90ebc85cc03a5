// Keeps the assistant's thread in step with what was settled: indexed anew once an hour, and at once when anything was taken back.
import { pastAnswersOf } from '#assistant/past.ts'
import { pastQuestions, pastReplies, takenBackPrint } from '#assistant/past-store.ts'
import type { PastAnswer } from '#assistant/answerable.ts'
import type { AssistantReader } from '#desk/assistant/reader.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'

const AGAIN_SECONDS = 3_600

export type Past = {
  readonly refresh: (db: Db, at: Instant) => Promise<void>
  /** What people answered to the nearest questions of a brand's settled tickets. */
  readonly find: (
    db: Db,
    asked: { readonly question: string; readonly brandId: number; readonly at: Instant },
  ) => Promise<readonly PastAnswer[]>
}

/** What the thread is told and asked of settled tickets. */
export function keepPast(reader: AssistantReader): Past {
  let [print, generation] = ['', 0]
  let againAt: Instant | null = null
  let brands: ReadonlySet<number> = new Set()
  return {
    refresh: async (db, at) => {
      const now = await takenBackPrint(db)
      const isKnown = generation === reader.generation() && now === print
      if (isKnown && againAt !== null && at < againAt) return
      const byBrand = Map.groupBy(await pastQuestions(db, at), ({ brandId }) => brandId)
      for (const brandId of new Set([...brands, ...byBrand.keys()])) {
        const asked = (byBrand.get(brandId) ?? []).map(({ ticketId, text }) => ({ ticketId, text }))
        await reader.ask({ kind: 'index_past', brandId, asked })
      }
      brands = new Set(byBrand.keys())
      ;[print, againAt, generation] = [now, plus(at, AGAIN_SECONDS), reader.generation()]
    },
    find: async (db, { question, brandId, at }) => {
      if (!brands.has(brandId)) return []
      const { found } = await reader.ask({ kind: 'find_past', brandId, text: question })
      const ticketIds = found.map(({ ticketId }) => ticketId)
      return pastAnswersOf(found, await pastReplies(db, { ticketIds, brandId, at }), at)
    },
  }
}
