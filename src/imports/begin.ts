// Begins a run, or takes up the one of the same source that was cut off; and what a run says of itself at the end.
import { isDeepStrictEqual } from 'node:util'
import { addImport, unfinished, type Import } from '#imports/import-store.ts'
import { runImport, type Source } from '#imports/run.ts'
import type { Counts, Problem } from '#imports/counts.ts'
import { isEmptyDesk } from '#imports/lines/in-store.ts'
import type { Desk } from '#desk/desk.ts'

/** Runs a source to its end: from where it was cut off, else from its beginning. */
export async function importFrom<Item, Ready>(
  desk: Desk,
  source: Source<Item, Ready>,
  options: object,
  hear: (run: Import) => void = () => {},
): Promise<Import> {
  const { database, clock } = desk
  const whole = await isEmptyDesk(database)
  const cutOff = await unfinished(database, source.name)
  const run =
    (cutOff !== null && isDeepStrictEqual(askedIn(cutOff.options), askedIn(options)) ? cutOff : null) ??
    (await addImport(database, {
      source: source.name,
      kind: source.kind,
      state: 'running',
      options: { ...options, whole },
      at: clock.now(),
      agentId: null,
    }))
  return runImport(desk, source, run.id, { hear })
}

/** What was asked for: a run that was cut off goes on only with the same. */
function askedIn(options: object): object {
  return JSON.parse(JSON.stringify({ ...options, whole: null })) as object
}

export type Report = {
  readonly source: string
  readonly kinds: Counts
  readonly complete: boolean
  readonly problems: readonly Problem[]
  /** The number that an undo asks for; null after a look. */
  readonly undo: number | null
}

/** A run as its report. */
export function reportOf(
  kind: string,
  { counts, complete, problems }: Pick<Import, 'counts' | 'complete' | 'problems'>,
  undo: number | null,
): Report {
  return { source: kind, kinds: counts, complete, problems, undo }
}
