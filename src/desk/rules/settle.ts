// Settles an update: what the live rules make of it, in the update's own transaction. An update that no rule listens to, or
// whose conditions do not hold, costs no question to the database beyond what its conditions look at.
import type { Desk } from '#desk/desk.ts'
import { childrenOf } from '#desk/facts.ts'
import { carryOut, nothingDone, type CarriedOut } from '#desk/rules/effects.ts'
import { sceneOf, updateOf, type UpdateScene } from '#desk/rules/scene.ts'
import type { Decided } from '#desk/update.ts'
import { isAvailable } from '#people/agent-store.ts'
import { agentsInConflict } from '#routing/conflict-store.ts'
import { pastOf } from '#rules/past.ts'
import { needsOf } from '#rules/rulebook.ts'
import { agentsByLoad } from '#rules/scene-store.ts'
import { notSettled } from '#rules/update-kinds.ts'
import { noPast, settle, type Past, type ReadyRule, type Settled, type Settling } from '#rules/settle.ts'
import type { Db } from '#store/database.ts'
import type { Facts } from '#tickets/context.ts'
import { causesOf, countActive, isOfRules, ruleEvents } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** A run computes no longer than this; what has fired by then stands. A busy machine changes nothing about what rules do. */
const BUDGET_MS = 200

/** The rules' answer to an update: events that follow its own, and what is to be written and sent with them. */
export async function settleUpdate(desk: Desk, db: Db, decided: Decided): Promise<CarriedOut> {
  const { now, events, setup, content } = decided
  if (content.via === 'import' || events.some(({ kind }) => notSettled.includes(kind)))
    return nothingDone(now)
  const listening = setup.rulebook.listening(updateOf(decided).kinds)
  if (listening.length === 0) return nothingDone(now)
  const settling = await settlingOf(db, decided, listening)
  const settled = await run(db, decided, settling)
  if (settled.considered.some(({ outcome }) => outcome === 'out_of_time'))
    desk.log.error({ ticketId: now.id, rules: listening.length }, 'Rules took too long: the rest did not run')
  return settled.events.length === 0 ? nothingDone(now) : carryOut(desk, db, decided, settled, settling.scene)
}

/** What the live rules would make of an update, for a preview: no effect is carried out. */
export async function wouldSettle(
  db: Db,
  decided: Decided,
): Promise<{ readonly ticket: Ticket; readonly ruleIds: readonly number[] }> {
  const listening = decided.setup.rulebook.listening(updateOf(decided).kinds)
  if (listening.length === 0) return { ticket: decided.now, ruleIds: [] }
  const { ticket, considered } = settle(await settlingOf(db, decided, listening))
  const fired = considered.filter(({ outcome }) => outcome === 'fired')
  return { ticket, ruleIds: fired.map(({ ruleId }) => ruleId) }
}

async function settlingOf(
  db: Db,
  decided: Decided,
  listening: readonly ReadyRule[],
): Promise<Settling & { readonly scene: UpdateScene }> {
  const { before, by, setup } = decided
  return {
    rules: listening,
    rulebook: setup.rulebook.rulebook,
    scene: await sceneOf(db, decided, needsOf(listening)),
    past: noPast,
    settings: setup.settings,
    facts: {},
    actingAgentId: by.actor.type === 'agent' || by.actor.type === 'api' ? by.personId : null,
    causeSeq: (before?.seq ?? 0) + 1,
  }
}

/** The past matters only to rules whose condition holds: it is read when a first run, without it, has one fire. */
async function run(db: Db, decided: Decided, settling: Settling): Promise<Settled> {
  const first = settle({ ...settling, isLate: budget() })
  if (first.events.length === 0) return first
  const past = await readPast(db, decided)
  const facts = await readFacts(db, decided, settling.rules)
  return past === noPast && facts === null
    ? first
    : settle({ ...settling, past, facts: facts ?? {}, isLate: budget() })
}

function budget(): () => boolean {
  const [start, late] = [process.threadCpuUsage(), performance.now() + BUDGET_MS]
  return () => {
    if (performance.now() < late) return false
    const { user, system } = process.threadCpuUsage(start)
    return user + system > BUDGET_MS * 1_000
  }
}

async function readPast(db: Db, { before, at, by, content }: Decided): Promise<Past> {
  const causes = by.causeEventId === undefined ? [] : await causesOf(db, by.causeEventId)
  const log =
    before === null ? [] : (content.inHand?.log.filter(isOfRules) ?? (await ruleEvents(db, before.id)))
  return log.length === 0 && causes.length === 0 ? noPast : pastOf(log, causes, at)
}

/** What must be known to let a rule resolve, reopen or choose an agent; null when none does. */
export async function readFacts(
  db: Db,
  { now }: Decided,
  rules: readonly ReadyRule[],
): Promise<Facts | null> {
  const actions = rules.flatMap(({ rule }) => rule.do)
  const setsStatus = actions.some((action) => 'setStatus' in action)
  const assignsByLoad = actions.some((action) => 'assign' in action && action.assign === 'leastLoaded')
  if (!setsStatus && !assignsByLoad) return null
  return {
    ...(setsStatus
      ? {
          assigneeAvailable: await isAvailable(db, now.assigneeId, now.teamId),
          activeChildren: await countActive(db, childrenOf(now)),
        }
      : {}),
    ...(assignsByLoad ? { availableAgents: await availableFor(db, now) } : {}),
  }
}

async function availableFor(db: Db, ticket: Ticket): Promise<NonNullable<Facts['availableAgents']>> {
  const kept = await agentsInConflict(db, ticket)
  return (await agentsByLoad(db)).filter(({ id }) => !kept.includes(id))
}
