// The lane of imports that were asked for on screen: one at a time, outside of requests. It stops when its process does,
// though the other desk keeps it waiting, and the next one goes on from there.
import { isLook, openAsked } from '#imports/asked.ts'
import { changeImport, dropOldKeys, nextToDo, type Import } from '#imports/import-store.ts'
import { addProblems, dropImportFile, dropOldImportFiles, dropProblems } from '#imports/file-store.ts'
import { filesOfAsked, openSource } from '#imports/open-source.ts'
import { isRunning, lookAtImport, runImport } from '#imports/run.ts'
import { undoImport } from '#imports/undo.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'

/** Its rounds, and how it is told to stop. */
export function importLane(desk: Desk): { round: () => Promise<Round>; stop: () => void } {
  const stopping = new AbortController()
  const { signal } = stopping
  return {
    stop: () => stopping.abort(),
    round: async () => {
      const run = signal.aborted ? null : await nextToDo(desk.database)
      if (run === null) return null
      try {
        await work(desk, run, signal)
      } catch (error) {
        // Another process has it, or the next one will.
        if (isRunning(error) || signal.aborted) return null
        desk.log.warn({ err: error, import: run.id }, 'An import stopped')
        await fail(desk, run, error)
      }
      tell(desk.database, { changed: 'imports', id: run.id })
      return 'more'
    },
  }
}

async function work(desk: Desk, run: Import, signal: AbortSignal): Promise<void> {
  if (run.state === 'undoing') return void (await undoImport(desk, run.id))
  const asked = openAsked(desk.seal, run)
  const source = openSource(desk, desk.egress, asked, { signal })
  if (!isLook(run)) {
    const { state } = await runImport(desk, source, run.id, { signal })
    if (state === 'done') for (const file of filesOfAsked(asked)) await dropImportFile(desk.database, file)
    return
  }
  await changeImport(desk.database, run.id, { state: 'running' })
  await dropProblems(desk.database, run.id)
  const found = await lookAtImport(source, (results) => addProblems(desk.database, run.id, results), signal)
  await changeImport(desk.database, run.id, { ...found, state: 'done', endedAt: desk.clock.now() })
}

const FILE_SECONDS = 7 * 86_400
const FILE_ROUND_SECONDS = 3_600

/** Forgets uploaded files that nobody has imported for a week, and the keys of runs that stand for so long; a round of the housekeeping lane. */
export async function forgetFiles(desk: Desk): Promise<Round> {
  const at = desk.clock.now()
  await dropOldImportFiles(desk.database, plus(at, -FILE_SECONDS))
  await dropOldKeys(desk.database, plus(at, -FILE_SECONDS))
  return plus(at, FILE_ROUND_SECONDS)
}

async function fail(desk: Desk, { id, kind, problems }: Import, error: unknown): Promise<void> {
  const reason = (error as Error).message.slice(0, 300)
  await changeImport(desk.database, id, {
    state: 'failed',
    endedAt: desk.clock.now(),
    problems: [...problems.filter((each) => each.reason !== reason), { kind, reason, count: 1, sample: '' }],
  })
}
