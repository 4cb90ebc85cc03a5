// Which tickets a backtest is of: those that a search finds now, or some of them.
import type { Choice } from '#backtest/past-store.ts'
import type { Desk } from '#desk/desk.ts'
import { compile } from '#rules/condition-store.ts'
import { parseQuery } from '#rules/query.ts'

/** As it is typed; null for all. */
export type ChoiceWords = { readonly filter: string | null; readonly sample: number | null }

/** What a search means today; a word that is not understood is named, as it would make the choice another. */
export async function choiceOf(
  desk: Desk,
  { filter, sample }: ChoiceWords,
): Promise<{ readonly choice: Choice } | { readonly ignored: string }> {
  if (filter === null) return { choice: { where: null, sample } }
  const { directory, desk: settings } = await desk.setup.now()
  const { cond, ignored } = parseQuery(filter, directory)
  const [odd] = ignored
  if (odd !== undefined) return { ignored: odd.term }
  const how = {
    directory,
    at: desk.clock.now(),
    zone: settings.timeZone,
    everywhere: true,
    agentId: 0,
  } as const
  return { choice: { where: compile(cond, how), sample } }
}
