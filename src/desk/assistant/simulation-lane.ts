// The lane of simulations: one after another, fold by fold, with how far it came readable on the way.
import { findConfig } from '#assistant/config-store.ts'
import { reportOf } from '#assistant/simulation.ts'
import {
  addSimulated,
  endSimulation,
  noteSimulated,
  takeSimulation,
  type Simulation,
} from '#assistant/simulation-store.ts'
import { createReader } from '#desk/assistant/reader.ts'
import { beginSimulation, type Lived } from '#desk/assistant/simulate.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import { plus } from '#kit/time.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'

/** Longer than a fold ever takes. */
const ALIVE_SECONDS = 600

/** Takes the next simulation and lives it through. */
export async function simulateNext(desk: Desk): Promise<Round> {
  const at = desk.clock.now()
  const taken = await takeSimulation(desk.database, at, plus(at, ALIVE_SECONDS))
  if (taken === null) return null
  try {
    await simulate(desk, taken)
  } catch (error) {
    // A world that failed may mend: it is taken up again.
    if (error instanceof Fault && error.retryable) throw error
    desk.log.error({ err: error, simulation: taken.id }, 'A simulation failed')
    const failure = (error as Error).message.slice(0, 500)
    await endSimulation(desk.database, taken.id, desk.clock.now(), { failure })
  }
  tell(desk.database, { changed: 'assistant', id: taken.id })
  return 'more'
}

async function simulate(desk: Desk, { id, configVersion, from, to }: Simulation): Promise<void> {
  const db = desk.database
  const config = (await findConfig(db, configVersion))?.content
  if (config === undefined) throw new Error('Bug: the version of a simulation is gone')
  const reader = createReader()
  try {
    const simulating = await beginSimulation(desk, reader, config, { from, to })
    const all: Lived[] = []
    for (let some = await simulating.next(); some !== null; some = await simulating.next()) {
      await addSimulated(db, id, some)
      all.push(...some)
      const aliveUntil = plus(desk.clock.now(), ALIVE_SECONDS)
      await noteSimulated(db, id, { done: simulating.done(), total: simulating.total, aliveUntil })
      tell(db, { changed: 'assistant', id })
    }
    await endSimulation(
      db,
      id,
      desk.clock.now(),
      reportOf(all, config.maxWrong, simulating.total - all.length),
    )
  } finally {
    await reader.close()
  }
}
