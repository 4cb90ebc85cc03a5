// The thread in which scenarios are lived through: one for a desk, one trial after another. It is kept for a while, for whoever tries a
// version tries it again.
import { keepKnowledge, type Knowledge } from '#desk/assistant/knowledge.ts'
import { createReader } from '#desk/assistant/reader.ts'
import type { Desk } from '#desk/desk.ts'

const KEPT_MS = 300_000

type Kept = { readonly knowledge: Knowledge; last: Promise<unknown>; end: () => void }
const keptOf = new WeakMap<Desk, Kept>()

/** Runs a trial when those before it have ended, with what the desk knows by then. */
export async function inTrialReader<Result>(
  desk: Desk,
  work: (knowledge: Knowledge) => Promise<Result>,
): Promise<Result> {
  const kept = keptOf.get(desk) ?? keep(desk)
  const mine = kept.last.then(async () => {
    await kept.knowledge.refresh(desk.database, desk.clock.now())
    return work(kept.knowledge)
  })
  kept.last = mine.then(kept.end, kept.end)
  return mine
}

/** Its thread ends when nobody has tried anything for a while; the next trial starts another. */
function keep(desk: Desk): Kept {
  const reader = createReader()
  let idle: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(idle)
    idle = setTimeout(() => {
      const before = kept.last
      kept.last = before.then(reader.close)
    }, KEPT_MS)
    idle.unref()
  }
  const kept: Kept = { knowledge: keepKnowledge(reader), last: Promise.resolve(), end }
  keptOf.set(desk, kept)
  return kept
}
