// Scenarios, lived through under a configuration with what the desk knows now: its articles, its classifiers, its past. Nothing is written.
import type { AssistantConfig } from '#assistant/config.ts'
import type { Considered } from '#assistant/consider.ts'
import {
  checkTurn,
  forScenarios,
  standingAfter,
  type CheckedTurn,
  type Scenario,
  type Turn,
} from '#assistant/scenario.ts'
import { addScenario, customersWords, listScenarios, type KeptScenario } from '#assistant/scenario-store.ts'
import { findRun, type Run } from '#assistant/run-store.ts'
import { redact } from '#assistant/redact.ts'
import type { CheckKind } from '#assistant/words.ts'
import { keepKnowledge, type Knowledge } from '#desk/assistant/knowledge.ts'
import { createReader } from '#desk/assistant/reader.ts'
import { considerUnder } from '#desk/assistant/run.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Reader } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** So many are lived through at once; a desk that needs more has rules to write. */
export const MOST_SCENARIOS = 500

export type ScenarioResult = {
  readonly id: number
  readonly title: string
  readonly isPassed: boolean
  readonly turns: readonly CheckedTurn[]
}

/** Lives all scenarios through under a configuration; those that a reader may see, where one asks. */
export async function runScenarios(
  desk: Desk,
  db: Db,
  config: AssistantConfig,
  reader: Reader | null = null,
): Promise<ScenarioResult[]> {
  const all = await listScenarios(db, reader, { limit: MOST_SCENARIOS, before: null })
  if (all.length === 0) return []
  const thread = createReader()
  try {
    const knowledge = keepKnowledge(thread)
    await knowledge.refresh(db, desk.clock.now())
    const results: ScenarioResult[] = []
    for (const scenario of all)
      results.push(await runOne(desk, db, knowledge, forScenarios(config), scenario))
    return results
  } finally {
    await thread.close()
  }
}

async function runOne(
  desk: Desk,
  db: Db,
  knowledge: Knowledge,
  config: AssistantConfig,
  scenario: KeptScenario,
): Promise<ScenarioResult> {
  const { id, title, subject, turns } = scenario
  const { directory, desk: settings } = await desk.setup.now()
  const brandId = scenario.brandId ?? directory.brands[0]?.id ?? 0
  const before: Considered[] = []
  const checked: CheckedTurn[] = []
  for (const { text, checks } of turns) {
    const incoming = { subject, text, quoted: null, attachmentNames: [], spoken: [settings.language] }
    const standing = standingAfter(scenario, brandId, before)
    const considered = await considerUnder(desk, db, knowledge, config, { standing, incoming })
    before.push(considered)
    checked.push(checkTurn(considered, checks))
  }
  return { id, title, isPassed: checked.every(({ failed }) => failed.length === 0), turns: checked }
}

/**
 * Keeps what a run met as a scenario. What people say of the run is what it must do: again where it was right; hand over again where it
 * handed over; and never again say what was left or called wrong.
 */
export async function scenarioOfRun(
  desk: Desk,
  db: Db,
  runId: number,
  ticket: Ticket,
  of: { subject: string; by: PersonId },
): Promise<number | null> {
  const run = await findRun(db, runId)
  const words = run === null ? [] : await customersWords(db, run.ticketId, run.seq)
  const last = words.pop()
  if (run === null || last === undefined) return null
  const earlier: Turn[] = words.map((text) => ({ text: redact(text).text, checks: [] }))
  const scenario: Scenario = {
    title: redact(of.subject).text.slice(0, 200),
    subject: redact(of.subject).text,
    categoryId: run.categoryId ?? ticket.categoryId,
    brandId: ticket.brandId,
    channel: ticket.channel,
    turns: [...earlier, { text: redact(last).text, checks: checksOf(run) }],
  }
  return addScenario(db, scenario, { ticketId: run.ticketId, by: of.by, at: desk.clock.now() })
}

function checksOf({ decision, reason, verdict, evidence: [best], answer, use }: Run) {
  const check = (kind: CheckKind, value: string) => ({ kind, value })
  if (decision === 'escalate' && reason !== null)
    return [check('decision', 'escalate'), check('reason', reason)]
  if (best === undefined || answer === null) return [check('decision', decision)]
  const isLeft = verdict === null ? use === 'edited' || use === 'rejected' : verdict !== 'correct'
  const article = String(best.articleId)
  return isLeft ? [check('no_article', article)] : [check('article', article), check('no_promise', '')]
}
