// One run of an import, from its beginning or from where it was cut off: batch after batch is made ready, told and noted in one
// transaction. While one is written the next is made ready. A batch that the database refuses is told record by record.
import { counted, placeOf, problemsWith, seenIn, type Result } from '#imports/counts.ts'
import { changeImport, findImport, stateOf, type Import } from '#imports/import-store.ts'
import { addProblems } from '#imports/file-store.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import type { Transaction } from '#store/database.ts'
import { createLocks } from '#store/lock.ts'
import { tell } from '#store/listen.ts'

export type Batch<Item> = {
  readonly items: readonly Item[]
  /** Where to go on once the first so many items of this batch are told; it means something to the source alone. */
  readonly positionAfter: (done: number) => unknown
}

/** Whether the source was read to its end, and what was missing when it was not. */
export type Ending = { readonly complete: boolean; readonly problems: readonly Result[] }

export type Source<Item, Ready> = {
  /** Unique for where it comes from. */
  readonly name: string
  readonly kind: string
  readonly batches: (from: unknown) => AsyncGenerator<Batch<Item>, Ending>
  /** All that needs no transaction: other desks are asked, files fetched, lines read. */
  readonly ready: (items: readonly Item[]) => Promise<readonly Ready[]>
  /** Writes, and says what became of each. */
  readonly tell: (tx: Transaction, run: Import, ready: readonly Ready[]) => Promise<readonly Result[]>
  /** What is to be done once all is told, some at a time; whether there is more. */
  readonly settle?: (tx: Transaction, run: Import) => Promise<{ more: boolean; results: readonly Result[] }>
  /** What would become of each; writes nothing. */
  readonly look: (items: readonly Item[]) => Promise<readonly Result[]>
}

/** Who hears of each batch, and what says that the process stops: then the run is left as it is. */
export type How = { readonly hear?: (run: Import) => void; readonly signal?: AbortSignal }

/** Runs to the end, or until a person pauses it. Throws what made it stop; it can then be run again. */
export async function runImport<Item, Ready>(
  desk: Desk,
  source: Source<Item, Ready>,
  id: number,
  how: How = {},
): Promise<Import> {
  const locks = createLocks(desk.database)
  try {
    if ((await locks.take(`import of ${source.name}`, 0)) === null)
      throw new Fault(`An import of ${source.name} runs already`, RUNNING)
    await changeImport(desk.database, id, {
      state: 'running',
      endedAt: null,
      runningSince: desk.clock.now(),
      seenBefore: seenIn((await theRun(desk, id)).counts),
    })
    await goOn(desk, source, id, how)
    return await theRun(desk, id)
  } catch (error) {
    if (how.signal?.aborted === true) return theRun(desk, id)
    if (!isRunning(error))
      await changeImport(desk.database, id, { state: 'failed', endedAt: desk.clock.now() })
    throw error
  } finally {
    await locks.close()
  }
}

const RUNNING = { retryable: false, code: 'RUNNING' }

/** Whether somebody else has the run. */
export function isRunning(error: unknown): boolean {
  return error instanceof Fault && error.code === RUNNING.code
}

async function goOn<Item, Ready>(
  desk: Desk,
  source: Source<Item, Ready>,
  id: number,
  { hear, signal }: How,
): Promise<void> {
  const { position } = await theRun(desk, id)
  const batches = source.batches(position)
  let coming = make(source, batches)
  try {
    for (;;) {
      const { batch, ready, ending } = await coming
      if (ending !== null) {
        await settle(desk, source, id)
        return await finish(desk, id, ending)
      }
      coming = make(source, batches)
      // Told when it is awaited; until then it is nobody's failure.
      coming.catch(() => {})
      if (
        signal?.aborted === true ||
        !(await write(desk, source, id, { batch, ready, from: 0, to: ready.length }))
      )
        return
      hear?.(await theRun(desk, id))
    }
  } finally {
    await coming.catch(() => {})
    await close(batches)
  }
}

/** Lets the source put away what it has open. */
async function close<Item>(batches: AsyncGenerator<Batch<Item>, Ending>): Promise<void> {
  await batches.return({ complete: false, problems: [] })
}

type Made<Item, Ready> =
  | { readonly batch: Batch<Item>; readonly ready: readonly Ready[]; readonly ending: null }
  | { readonly batch: null; readonly ready: null; readonly ending: Ending }

async function make<Item, Ready>(
  source: Source<Item, Ready>,
  batches: AsyncGenerator<Batch<Item>, Ending>,
): Promise<Made<Item, Ready>> {
  const { value, done } = await batches.next()
  if (done === true) return { batch: null, ready: null, ending: value }
  return { batch: value, ready: await source.ready(value.items), ending: null }
}

async function theRun(desk: Desk, id: number): Promise<Import> {
  const run = await findImport(desk.database, id)
  if (run === null) throw new Error('Bug: an import that runs is gone')
  return run
}

/**
 * Tells records from one place of a batch to another; those that cannot be told together by halves, until the one that cannot be told is
 * alone. False when a person has paused it.
 */
async function write<Item, Ready>(
  desk: Desk,
  source: Source<Item, Ready>,
  id: number,
  { batch, ready, from, to }: Told<Item, Ready>,
): Promise<boolean> {
  const position = batch.positionAfter(to)
  try {
    return await writeSome(desk, source, id, ready.slice(from, to), position)
  } catch (error) {
    if (error instanceof Fault && error.retryable) throw error
    if (to - from > 1) {
      const half = (from + to) >> 1
      return (
        (await write(desk, source, id, { batch, ready, from, to: half })) &&
        write(desk, source, id, { batch, ready, from: half, to })
      )
    }
    desk.log.warn({ err: error }, 'A record of an import cannot be told')
    const { kind, id: sourceId, place } = ready[from] as { kind: string; id: string; place?: string }
    const reason = reasonOf(error)
    const failed = { kind, id: sourceId, ...placeOf({ place }), outcome: 'failed', reason } as const
    return note(desk, id, [failed], position)
  }
}

/** What an error says of the record to whoever gave it. */
function reasonOf(error: unknown): string {
  const { message, code } = error as Error & { readonly code?: unknown }
  if (code === TAKEN) return 'one of its numbers is taken here by something else'
  if (code === NAMES_NOBODY) return 'it names somebody or something that did not come and is not here'
  return message.replace(/^Bug: /, '').slice(0, 200)
}

/** What PostgreSQL calls a number that another row has, and one that no row has. */
const [TAKEN, NAMES_NOBODY] = ['23505', '23503']

type Told<Item, Ready> = {
  readonly batch: Batch<Item>
  readonly ready: readonly Ready[]
  readonly from: number
  readonly to: number
}

/** Tells and notes in one transaction: what is told twice was never noted. */
function writeSome<Item, Ready>(
  desk: Desk,
  source: Source<Item, Ready>,
  id: number,
  ready: readonly Ready[],
  position: unknown,
) {
  return desk.database.transaction(async (tx) => {
    const run = await findImport(tx, id)
    if (run === null || run.state !== 'running') return false
    const results = await source.tell(tx, run, ready)
    await changeImport(tx, id, noted(run, results, position))
    await addProblems(tx, id, results)
    tell(tx, { changed: 'imports', id })
    return true
  })
}

async function note(desk: Desk, id: number, results: readonly Result[], position: unknown): Promise<boolean> {
  const run = await theRun(desk, id)
  await changeImport(desk.database, id, noted(run, results, position))
  await addProblems(desk.database, id, results)
  return run.state === 'running'
}

function noted({ counts, problems }: Import, results: readonly Result[], position: unknown) {
  return {
    counts: counted(counts, results),
    problems: problemsWith(problems, results),
    ...(position === undefined ? {} : { position }),
  }
}

async function settle<Item, Ready>(desk: Desk, source: Source<Item, Ready>, id: number): Promise<void> {
  for (let more = source.settle !== undefined; more;) {
    more = await desk.database.transaction(async (tx) => {
      const run = await findImport(tx, id)
      if (run?.state !== 'running' || source.settle === undefined) return false
      const settled = await source.settle(tx, run)
      await changeImport(tx, id, noted(run, settled.results, undefined))
      await addProblems(tx, id, settled.results)
      return settled.more
    })
  }
}

async function finish(desk: Desk, id: number, { complete, problems }: Ending): Promise<void> {
  await desk.database.transaction(async (tx) => {
    if ((await stateOf(tx, id)) !== 'running') return
    const run = await findImport(tx, id)
    const found = problemsWith(run?.problems ?? [], problems)
    await addProblems(tx, id, problems)
    // The key of the source is needed no more.
    await changeImport(tx, id, {
      state: 'done',
      complete,
      problems: found,
      sealed: null,
      endedAt: desk.clock.now(),
    })
    tell(tx, { changed: 'imports', id })
  })
}

/** What a run would do. Writes nothing; who wants each result hears of it. Throws when the process stops. */
export async function lookAtImport<Item, Ready>(
  source: Source<Item, Ready>,
  hear: (results: readonly Result[]) => Promise<void> = async () => {},
  signal?: AbortSignal,
): Promise<Pick<Import, 'counts' | 'problems' | 'complete'>> {
  const batches = source.batches(null)
  let [counts, problems] = [counted({}, []), problemsWith([], [])]
  const seen = new Set<string>()
  try {
    for (;;) {
      const { value, done } = await batches.next()
      signal?.throwIfAborted()
      if (done === true) {
        await hear(value.problems)
        return { counts, problems: problemsWith(problems, value.problems), complete: value.complete }
      }
      const results = (await source.look(value.items)).map((result) => {
        const key = `${result.kind} ${result.id}`
        const isAgain = seen.has(key) && result.outcome === 'created'
        seen.add(key)
        return isAgain ? { ...result, outcome: 'unchanged' as const } : result
      })
      await hear(results)
      counts = counted(counts, results)
      problems = problemsWith(problems, results)
    }
  } finally {
    await close(batches)
  }
}
