// How long an answer of each category usually takes, learnt from the desk's own past and kept for some hours.
import type { Desk } from '#desk/desk.ts'
import { plus, type Instant } from '#kit/time.ts'
import { usualPaces } from '#routing/history-store.ts'
import type { Db } from '#store/database.ts'

/** Median seconds of an answer in a category; null where the past says too little. */
export type HandleTimes = (categoryId: number | null) => number | null

const LEARNT_FROM_DAYS = 90
const KEPT_SECONDS = 6 * 3_600
const kept = new WeakMap<Desk, { readonly until: Instant; readonly times: HandleTimes }>()

/** What is usual now. */
export async function handleTimes(desk: Desk, db: Db): Promise<HandleTimes> {
  const now = desk.clock.now()
  const known = kept.get(desk)
  if (known !== undefined && known.until > now) return known.times
  const paces = await usualPaces(db, plus(now, -LEARNT_FROM_DAYS * 86_400))
  const by = new Map(paces.map(({ categoryId, seconds }) => [categoryId, seconds]))
  const overall = paces.find(({ isOverall }) => isOverall)?.seconds ?? null
  const times: HandleTimes = (categoryId) => (categoryId === null ? undefined : by.get(categoryId)) ?? overall
  kept.set(desk, { until: plus(now, KEPT_SECONDS), times })
  return times
}
