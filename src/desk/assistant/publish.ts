// Versions of the assistant's configuration: kept, made live, ended. One that answers alone goes live on a simulation of itself only, and none that fails a scenario.
import { addConfig, findConfig, makeLive } from '#assistant/config-store.ts'
import { mayAnswerAlone, standardConfig, type AssistantConfig } from '#assistant/config.ts'
import { findSimulation } from '#assistant/simulation-store.ts'
import { assistantPerson } from '#desk/assistant/principal.ts'
import { runScenarios } from '#desk/assistant/scenarios.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

type Settings = Omit<AssistantConfig, 'thresholds' | 'calibration' | 'simulationId'>

/** Keeps what people decided, with what was measured for the version that is live. */
export async function keepVersion(
  desk: Desk,
  tx: Transaction,
  { settings, note, by }: { settings: Settings; note: string; by: PersonId },
): Promise<number> {
  const { thresholds, calibration } = (await desk.setup.now()).assistant.config ?? standardConfig
  const content = { ...settings, thresholds, calibration, simulationId: null }
  return addConfig(tx, { content, hash: hashOf(content), note, by, at: desk.clock.now() })
}

/** Keeps a version that answers alone as a simulation of it has found; says why when it has not found anything. */
export async function useSimulation(
  desk: Desk,
  tx: Transaction,
  simulationId: number,
  by: PersonId,
): Promise<number | string> {
  const simulation = await findSimulation(tx, simulationId)
  if (simulation?.measured == null) return 'has not ended'
  const tried = (await findConfig(tx, simulation.configVersion))?.content
  if (tried === undefined) return 'is of no version'
  const content = { ...tried, ...simulation.measured, simulationId }
  const note = `Simulation ${simulationId}`
  return addConfig(tx, { content, hash: hashOf(content), note, by, at: desk.clock.now() })
}

/** Makes a version live; says why when it may not. */
export async function publishVersion(desk: Desk, tx: Transaction, version: number): Promise<string | null> {
  const found = await findConfig(tx, version)
  if (found === null) return 'is no version'
  const { content } = found
  if (mayAnswerAlone(content) && content.simulationId === null)
    return 'answers alone, and no simulation of it has been made'
  const failed = (await runScenarios(desk, tx, content)).filter(({ isPassed }) => !isPassed)
  if (failed.length > 0)
    return `fails ${failed.length === 1 ? 'a scenario' : `${failed.length} scenarios`}: ${failed
      .slice(0, 3)
      .map(({ title }) => title)
      .join(', ')}`
  await goLive(desk, tx, version)
  return null
}

/** Makes a version live without asking anything of it: one that may do less than what is live. */
export async function goLive(desk: Desk, tx: Transaction, version: number): Promise<void> {
  const content = (await findConfig(tx, version))?.content
  if (content === undefined) throw new Error('Bug: a version to go live is gone')
  const at = desk.clock.now()
  await makeLive(tx, version, await assistantPerson(tx, content.name, at), at)
  tell(tx, { changed: 'assistant', id: null })
  tell(tx, { lane: 'assistant' })
}

/** No version is live any more. */
export async function stopAssistant(desk: Desk, tx: Transaction): Promise<void> {
  const { personId } = (await desk.setup.now()).assistant
  if (personId === null) return
  await makeLive(tx, null, personId, desk.clock.now())
  tell(tx, { changed: 'assistant', id: null })
}
