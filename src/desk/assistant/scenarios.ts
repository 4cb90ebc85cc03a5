// Scenarios, lived through under a configuration with what the desk knows now: its articles, its classifiers, its past. Nothing is written.
import type { AssistantConfig } from '#assistant/config.ts'
import type { Considered } from '#assistant/consider.ts'
import {
  checkTurn,
  forScenarios,
  standingAfter,
  LONGEST,
  MOST_TURNS,
  type Check,
  type CheckedTurn,
  type Scenario,
  type Turn,
} from '#assistant/scenario.ts'
import { addScenario, customersWords, listScenarios, type KeptScenario } from '#assistant/scenario-store.ts'
import { recordedOf } from '#assistant/procedure.ts'
import type { Run } from '#assistant/run-store.ts'
import { redact } from '#assistant/redact.ts'
import type { CheckKind, EscalationReason } from '#assistant/words.ts'
import type { Knowledge } from '#desk/assistant/knowledge.ts'
import { considerUnder } from '#desk/assistant/run.ts'
import { inTrialReader } from '#desk/assistant/trial-reader.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Reader } from '#people/can.ts'
import type { Db, Transaction } from '#store/database.ts'
import { lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** So many are kept; a desk that needs more has rules to write. */
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
  const all = await allScenarios(db, reader)
  if (all.length === 0) return []
  return inTrialReader(desk, async (knowledge) => {
    const results: ScenarioResult[] = []
    for (const scenario of all)
      results.push(await runOne(desk, db, knowledge, forScenarios(config), scenario))
    return results
  })
}

/** All of them, more than may be added too: one that comes back with its ticket counts again. */
async function allScenarios(db: Db, reader: Reader | null): Promise<KeptScenario[]> {
  const all: KeptScenario[] = []
  for (;;) {
    const more = await listScenarios(db, reader, { limit: MOST_SCENARIOS, before: all.at(-1)?.id ?? null })
    all.push(...more)
    if (more.length < MOST_SCENARIOS) return all
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
    const standing = standingAfter(scenario, { brandId, procedures: config.procedures ?? [] }, before)
    const considered = await considerUnder(desk, db, knowledge, config, { standing, incoming })
    before.push(considered)
    checked.push(checkTurn(considered, checks))
  }
  return { id, title, isPassed: checked.every(({ failed }) => failed.length === 0), turns: checked }
}

/**
 * Keeps what a run met as a scenario. What people say of the run is what it must do: again where it was right; hand over again where it
 * handed over; and never again say what was left or called wrong. Says why where nothing of it can be kept.
 */
export async function scenarioOfRun(
  desk: Desk,
  tx: Transaction,
  run: Run,
  ticket: Ticket,
  of: { subject: string; by: PersonId },
): Promise<number | string> {
  // Who takes words back meanwhile finds what is kept of them here.
  await lockTickets(tx, [ticket.id])
  const checks = checksOf(run)
  if (checks.length === 0) return 'came to this for another reason than what the customer wrote'
  const words = await customersWords(tx, run.ticketId, run.seq)
  const last = kept(words.pop() ?? '', LONGEST.text)
  if (last === '') return 'met a message that says nothing, or is not there any more'
  const earlier: Turn[] = words
    .map((text) => ({ text: kept(text, LONGEST.text), checks: [] }))
    .filter(({ text }) => text !== '')
  const subject = kept(of.subject, LONGEST.subject)
  const scenario: Scenario = {
    title: kept(subject, LONGEST.title) || kept(last, LONGEST.title),
    subject,
    categoryId: run.categoryId ?? ticket.categoryId,
    brandId: ticket.brandId,
    channel: ticket.channel,
    turns: [...earlier, { text: last, checks }].slice(-MOST_TURNS),
    lookedUp: recordedOf(run.procedure ?? { facts: [] }),
  }
  return addScenario(tx, scenario, { ticketId: run.ticketId, by: of.by, at: desk.clock.now() })
}

const kept = (text: string, longest: number) =>
  redact(text).text.trim().slice(0, longest).toWellFormed().trim()

/** None where what it came to hangs on more than the customer's words. */
function checksOf({
  decision,
  reason,
  verdict,
  evidence: [best],
  answer,
  use,
  steps,
  procedure,
}: Run): Check[] {
  // A scenario asks no model: what one made of it would not come again.
  if (steps.some(({ step }) => step === 'model')) return []
  const check = (kind: CheckKind, value: string) => ({ kind, value })
  if (procedure !== null) {
    const isCalledWrong = verdict !== null && verdict !== 'correct'
    if (isCalledWrong) return [check('not_called', procedure.key)]
    const asked = procedure.asked === null ? [] : [check('asked', procedure.asked)]
    return [check('called', procedure.key), ...asked]
  }
  if (decision === 'escalate' && reason !== null)
    return isOfWords(reason) ? [check('decision', 'escalate'), check('reason', reason)] : []
  if (best === undefined || answer === null) return []
  const isLeft = verdict === null ? use === 'edited' || use === 'rejected' : verdict !== 'correct'
  const article = String(best.articleId)
  return isLeft ? [check('no_article', article)] : [check('article', article), check('no_promise', '')]
}

function isOfWords(reason: string): boolean {
  const ofWords: readonly string[] = [
    'no_evidence',
    'low_confidence',
    'conflict',
    'policy_hard',
    'customer_asked',
    'repeat',
    'injection',
  ] satisfies EscalationReason[]
  return ofWords.includes(reason)
}
