// Tables of another desk's database as batches: one kind after the other, by rising numbers, so that a run that was cut off goes on.
import type { Batch, Ending } from '#imports/run.ts'
import type { Entry } from '#imports/old-line.ts'
import type { Item } from '#imports/story.ts'
import { Fault } from '#kit/fault.ts'

/** What stands behind a number, in rising order; nothing when it is the last. */
export type Stage = (after: number) => Promise<readonly { readonly id: number; readonly item: Item }[]>

type Place = { readonly stage: number; readonly after: number }

/** All stages from a place on. */
export async function* readStages(
  stages: readonly Stage[],
  from: unknown,
): AsyncGenerator<Batch<Item>, Ending> {
  const place = (from as Place | null) ?? { stage: 0, after: 0 }
  for (const [stage, page] of stages.entries()) {
    if (stage < place.stage) continue
    for (let after = stage === place.stage ? place.after : 0; ;) {
      const found = await page(after)
      if (found.length === 0) break
      yield {
        items: found.map(({ item }) => item),
        positionAfter: (done): Place => ({ stage, after: found[done - 1]?.id ?? after }),
      }
      after = found.at(-1)?.id ?? after
    }
  }
  return { complete: true, problems: [] }
}

/** What was read beforehand, as pages. */
export function listed(items: readonly Item[]): Stage {
  return async (after) =>
    items.slice(after, after + 100).map((item, index) => ({ id: after + index + 1, item }))
}

/** Pages of plain records with an `id`. What is nothing here is passed over: the page goes on behind it. */
export function pagesOf(
  page: (after: number) => Promise<readonly Entry[]>,
  itemOf: (record: Entry) => Item | null,
): Stage {
  const after: Stage = async (start) => {
    const rows = await page(start)
    const found = rows.flatMap((row) => {
      const item = itemOf(row)
      return item === null ? [] : [{ id: Number(row['id']), item }]
    })
    return found.length > 0 || rows.length === 0 ? found : after(Number(rows.at(-1)?.['id']))
  }
  return after
}

/** What some tickets are told with, asked for once for all of them; where the database will not say it so, for each alone. */
export function together<Value>(
  rows: readonly Entry[],
  fetch: (rows: readonly Entry[]) => Promise<Value>,
): (row: Entry) => Promise<Value> {
  const all = once(() => fetch(rows))
  return (row) =>
    all().catch((error: unknown) => {
      if (!(error instanceof Fault) || error.retryable || rows.length === 1) throw error
      return fetch([row])
    })
}

/** Something that many ask for and one fetches. */
export function once<Value>(fetch: () => Promise<Value>): () => Promise<Value> {
  let fetched: Promise<Value> | null = null
  return () => (fetched ??= fetch())
}
