// Versions of the assistant's configuration: kept, made live, ended. One that answers alone goes live on a simulation only, none that fails
// a scenario, none that goes further than what is live unless somebody says why, and none that brings back what a step down took.
import { isDeepStrictEqual } from 'node:util'
import { factsAskedBy, outsideOf } from '#assistant/look-up.ts'
import { listLookUps, type LookUpRow } from '#assistant/look-up-store.ts'
import { lookedUpBy, type Procedure } from '#assistant/procedure.ts'
import { addConfig, findConfig, makeLive } from '#assistant/config-store.ts'
import { afterMerges, mayAnswerAlone, standardConfig, type AssistantConfig } from '#assistant/config.ts'
import { contradictionIn } from '#assistant/guidance.ts'
import { liveHistory, lockLive } from '#assistant/ladder-store.ts'
import { fallenTo, isAbove, risesOf, type Rise } from '#assistant/rungs.ts'
import { findProvider } from '#assistant/provider-store.ts'
import { calledProcedures } from '#assistant/scenario-store.ts'
import { findSimulation } from '#assistant/simulation-store.ts'
import { assistantPerson } from '#desk/assistant/principal.ts'
import { runScenarios } from '#desk/assistant/scenarios.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { findMacro } from '#rules/macro-store.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { Db, Transaction } from '#store/database.ts'
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

/** What lets a version go live: that its scenarios hold, and why it may go further than what is live, where it does. */
export type Asked = { readonly trial: Trial; readonly reason: string }
export type NotLive = { readonly field: 'version' | 'reason'; readonly why: string }

/** Makes a version live; says why when it may not. */
export async function publishVersion(
  desk: Desk,
  tx: Transaction,
  version: number,
  { trial, reason }: Asked,
): Promise<NotLive | null> {
  // A step down that is on its way comes first: what it took back stays so.
  await lockLive(tx)
  const found = await findConfig(tx, version)
  if (found === null) return { field: 'version', why: 'is no version' }
  const { config: before, merged } = (await desk.setup.now()).assistant
  const content = afterMerges(found.content, merged)
  const problem =
    unreadyOf(content) ??
    (await goneProvider(tx, content)) ??
    (await unreadyProcedure(desk, tx, content)) ??
    (await lostGuidance(desk, content)) ??
    failureOf(trial)
  if (problem !== null) return { field: 'version', why: problem }
  const history = await liveHistory(tx)
  const rises = risesOf(history, found.content)
  const back = rises.find((rise) => isAbove(rise.to, fallenTo(history, rise) ?? rise.to))
  const named = async (rise: Rise) => `${await categoryNamed(desk, rise)} from ${rise.from} to ${rise.to}`
  if (back !== undefined) {
    const why = `would let ${await named(back)}, where it went back by itself: there it goes up on the ladder only`
    return { field: 'version', why }
  }
  const [rise] = rises
  if (rise !== undefined && reason === '')
    return {
      field: 'reason',
      why: `is asked for: this lets ${await named(rise)} by hand, and not by the ladder`,
    }
  if (reason === '' && tellsElse(before, content))
    return {
      field: 'reason',
      why: 'is asked for: a model is told something else than now, which no scenario and no simulation tries',
    }
  await goLive(desk, tx, version, rises.length > 0 ? reason : '')
  return null
}

/** Why a configuration cannot go live as it is. */
export function unreadyOf(content: AssistantConfig): string | null {
  return mayAnswerAlone(content) && content.simulationId === null
    ? 'answers alone, and no simulation of it has been made'
    : null
}

async function goneProvider(db: Db, { providerId = null }: AssistantConfig): Promise<string | null> {
  const isThere = providerId === null || (await findProvider(db, providerId)) !== null
  return isThere ? null : 'has its drafts worded by a provider that was removed'
}

/** Whether a model would be told other sentences than it is under the version that is live. */
function tellsElse(
  before: AssistantConfig | null,
  { providerId = null, guidance = [] }: AssistantConfig,
): boolean {
  return before !== null && providerId !== null && !isDeepStrictEqual(guidance, before.guidance ?? [])
}

/** A sentence for what is not there any more is told to nobody, and one against another leaves a model to choose. */
async function lostGuidance(desk: Desk, { guidance = [] }: AssistantConfig): Promise<string | null> {
  const { brands, categories } = (await desk.setup.now()).directory
  const lacks = (id: number | null, things: readonly { id: number; archived: boolean }[]) =>
    id !== null && !things.some((each) => each.id === id && !each.archived)
  const lost = guidance.find((each) => lacks(each.categoryId, categories) || lacks(each.brandId, brands))
  if (lost !== undefined) return `has the guidance “${lost.text}” for a category or a brand that is gone`
  const [at = -1, other = -1] = contradictionIn(guidance) ?? []
  return at < 0
    ? null
    : `has guidance that says the opposite: “${guidance[at]?.text}” and “${guidance[other]?.text}”`
}

/** A procedure goes live with a scenario that calls it, and with what it proposes still there. */
async function unreadyProcedure(
  desk: Desk,
  tx: Transaction,
  { procedures = [] }: AssistantConfig,
): Promise<string | null> {
  if (procedures.length === 0) return null
  const called = await calledProcedures(tx)
  const uncalled = procedures.find(({ key }) => !called.has(key))
  if (uncalled !== undefined)
    return `has the procedure “${uncalled.name}”, which no scenario calls: write one that says so`
  const lost = await misplacedIn(desk, tx, procedures)
  return lost === null ? null : `has the procedure “${lost.procedure.name}”, where something ${lost.why}`
}

/** Where a procedure is about what is not there, with why. */
export type Misplaced = { readonly procedure: Procedure; readonly path: string; readonly why: string }

/** The first place where procedures name what is not there, or may not be read or done any more. */
export async function misplacedIn(
  desk: Desk,
  db: Db,
  procedures: readonly Procedure[],
): Promise<Misplaced | null> {
  const { brands, categories, fields } = (await desk.setup.now()).directory
  const isThere = (id: number | null, things: readonly { id: number; archived: boolean }[]) =>
    id === null || things.some((each) => each.id === id && !each.archived)
  const places = fields
    .filter(({ personal, archived }) => !personal && !archived)
    .map(({ key }) => `field.${key}`)
  const lookUps = new Map((await listLookUps(db)).map((each) => [each.key, each]))
  for (const procedure of procedures) {
    const { categoryId, brandId, steps } = procedure
    if (!isThere(categoryId, categories)) return { procedure, path: 'categoryId', why: 'is not a category' }
    if (!isThere(brandId, brands)) return { procedure, path: 'brandId', why: 'is not a brand' }
    for (const [at, step] of steps.entries()) {
      if (step.kind === 'look_up' && step.from.startsWith('field.') && !places.includes(step.from))
        return { procedure, path: `steps.${at}.from`, why: 'is no field that may be looked up' }
      const place = step.kind === 'look_up' ? outsideOf(step.from) : null
      if (place !== null) {
        const why = outsideProblem(lookUps.get(place.key), place.name, steps.slice(0, at))
        if (why !== null) return { procedure, path: `steps.${at}.from`, why }
      }
      if (step.kind !== 'propose') continue
      const macro = await findMacro(db, step.macroId, desk.clock.now())
      if (macro === null || macro.archived || macro.scope !== 'shared')
        return { procedure, path: `steps.${at}.macroId`, why: 'is a macro that is not shared with everybody' }
    }
  }
  return null
}

/** Why a step cannot look something up in another system; null: it can. */
function outsideProblem(
  lookUp: LookUpRow | undefined,
  name: string,
  before: Procedure['steps'],
): string | null {
  if (lookUp === undefined || !lookUp.answers.some((answer) => answer.name === name))
    return 'is no look-up that the desk has'
  const known = before.flatMap((step) => ('fact' in step ? step.fact : []))
  const missing = factsAskedBy(lookUp).find((fact) => !known.includes(fact))
  return missing === undefined ? null : `needs “${missing}”, which is neither asked for nor looked up before`
}

/** The answers of a look-up that procedures of the live version ask for. */
export async function answersInUse(desk: Desk, key: string): Promise<string[]> {
  const { config } = (await desk.setup.now()).assistant
  return lookedUpBy(config?.procedures ?? []).flatMap((from) => {
    const place = outsideOf(from)
    return place?.key === key ? [place.name] : []
  })
}

/** Which scenarios fail, in words; null where none does. */
export function failureOf(failed: Trial): string | null {
  const [first, ...more] = failed
  if (first === undefined) return null
  const titles = failed.slice(0, 3).join(', ')
  return `fails ${more.length === 0 ? 'a scenario' : `${failed.length} scenarios`}: ${titles}`
}

/** The titles of the scenarios that fail. */
export type Trial = readonly string[]

/** Lives the scenarios through under a configuration, before anything is held: nobody waits for it who says that an answer is harmful. */
export async function tryOut(desk: Desk, content: AssistantConfig): Promise<Trial> {
  const results = await runScenarios(desk, desk.database, content)
  return results.filter(({ isPassed }) => !isPassed).map(({ title }) => title)
}

async function categoryNamed(desk: Desk, { categoryId }: Rise): Promise<string> {
  if (categoryId === null) return 'all other categories'
  const { categories } = (await desk.setup.now()).directory
  return categories.find(({ id }) => id === categoryId)?.path ?? `#${categoryId}`
}

/** Makes a version live without asking anything of it: one that may do less than what is live. */
export async function goLive(desk: Desk, tx: Transaction, version: number, reason = ''): Promise<void> {
  const content = (await findConfig(tx, version))?.content
  if (content === undefined) throw new Error('Bug: a version to go live is gone')
  const at = desk.clock.now()
  await makeLive(tx, version, await assistantPerson(tx, content.name, at), at, reason)
  tell(tx, { changed: 'assistant', id: null })
  tell(tx, { lane: 'assistant' })
}

/** No version is live any more. */
export async function stopAssistant(desk: Desk, tx: Transaction): Promise<void> {
  const { personId } = (await desk.setup.now()).assistant
  if (personId === null) return
  await makeLive(tx, null, personId, desk.clock.now())
  tell(tx, { changed: 'assistant', id: null })
  tell(tx, { lane: 'assistant' })
}
