// Why each rule did or did not fire at an update of the past: the log is folded up to it, and the rules of that time settle it
// again. The same code as when it happened; nothing is written.
import type { By, Decided } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { sceneOf, updateOf } from '#desk/rules/scene.ts'
import { kindsOf, notSettled } from '#rules/update-kinds.ts'
import type { TeamId, UpdateId } from '#kit/ids.ts'
import { findAgent } from '#people/agent-store.ts'
import type { Instant } from '#kit/time.ts'
import { isInShare } from '#rules/canary.ts'
import { canaryAt } from '#rules/canary-store.ts'
import { pastOf } from '#rules/past.ts'
import { needsOf, makeReady, type ReadyRulebook } from '#rules/rulebook.ts'
import { readRulebook, versionAt } from '#rules/rulebook-store.ts'
import type { Rule } from '#rules/rule.ts'
import type { UpdateKind } from '#rules/scene.ts'
import { settle, type Considered, type ReadyRule } from '#rules/settle.ts'
import type { Db } from '#store/database.ts'
import type { Facts } from '#tickets/context.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import { causesOf, eventsAfter } from '#tickets/ticket-store.ts'
import { isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type ExplainedUpdate = {
  readonly seq: number
  readonly at: string
  readonly kinds: readonly UpdateKind[]
  readonly rulebookVersion: number
  readonly notSettled: string | null
  readonly considered: readonly Considered[]
  readonly rules: readonly Rule[]
}

type Asked = { readonly ticketId: number; readonly seq?: number | undefined; readonly only?: Rule }

/** Of a rule that is tried so many of the updates that it listens to are looked at, the newest first. */
const MOST_TRIED = 20

/**
 * Explains the update that an event belongs to, by default the newest; null when there is none. `only` is tried instead of the rules of
 * the time: by default at the newest update at which it fires, else at the newest that it listens to.
 */
export async function explainUpdate(desk: Desk, db: Db, asked: Asked): Promise<ExplainedUpdate | null> {
  const log = await eventsAfter(db, asked.ticketId, 0, null)
  const { seq, only } = asked
  if (seq !== undefined)
    return explainOne(
      desk,
      db,
      asked,
      log,
      log.find((event) => event.seq === seq),
    )
  const listened = only === undefined ? [] : listenedTo(only, log).slice(0, MOST_TRIED)
  const tried: (ExplainedUpdate | null)[] = []
  for (const event of listened) {
    const found = await explainOne(desk, db, asked, log, event)
    if (found?.considered.some(({ outcome }) => outcome.startsWith('fired'))) return found
    tried.push(found)
  }
  return tried[0] ?? explainOne(desk, db, asked, log, newestAct(log))
}

/** The first events of the updates that a rule listens to, the newest first. */
function listenedTo(rule: Rule, log: readonly TicketEvent[]): readonly TicketEvent[] {
  return [...Map.groupBy(log, ({ updateId }) => updateId).values()].toReversed().flatMap((update) => {
    const own = ownEvents(update)
    const kinds = kindsOf(own)
    return own[0] !== undefined && rule.on.some((kind) => kinds.includes(kind)) ? [own[0]] : []
  })
}

async function explainOne(
  desk: Desk,
  db: Db,
  asked: Asked,
  log: readonly TicketEvent[],
  event: TicketEvent | undefined,
): Promise<ExplainedUpdate | null> {
  if (event === undefined) return null
  const update = log.filter(({ updateId }) => updateId === event.updateId)
  const own = ownEvents(update)
  const [first] = own
  if (first === undefined) return null
  const earlier = log.filter(({ seq }) => seq < first.seq)
  const decided = await decidedOf(desk, db, earlier, own)
  const book = asked.only === undefined ? await bookAt(db, asked.ticketId, update) : aBookOf(asked.only)
  const rules = book.rulebook.rules.filter(
    ({ enabled, kind }) => kind === 'trigger' && (enabled || asked.only !== undefined),
  )
  const why = whyNotSettled(decided)
  const found = {
    seq: first.seq,
    at: first.at,
    kinds: updateOf(decided).kinds,
    rulebookVersion: book.version,
    rules,
  }
  if (why !== null && asked.only === undefined) return { ...found, notSettled: why, considered: [] }
  const ready = rules.flatMap((rule): readonly ReadyRule[] => [book.byId.get(rule.id) ?? []].flat())
  const causes = first.causeEventId === null ? [] : await causesOf(db, first.causeEventId)
  const settled = settle({
    rules: ready,
    rulebook: book.rulebook,
    scene: await sceneOf(db, decided, needsOf(ready), earlier),
    past: pastOf(earlier, causes, first.at),
    settings: decided.setup.settings,
    facts: { availableAgents: agentsThen(update, decided) },
    actingAgentId: decided.by.personId,
    causeSeq: first.seq,
    traced: true,
  })
  return { ...found, notSettled: null, considered: settled.considered }
}

/** Who had least to do then is whom a rule gave the ticket. */
function agentsThen(
  update: readonly TicketEvent[],
  { setup }: Decided,
): NonNullable<Facts['availableAgents']> {
  const teamIds = setup.directory.teams.map(({ id }) => id as TeamId)
  return update.flatMap((event) =>
    event.kind === 'assignee_changed' && event.actor.type === 'rule' && event.payload.to !== null
      ? [{ id: event.payload.to, teamIds }]
      : [],
  )
}

/** The newest event that people or the world caused, not rules. */
function newestAct(log: readonly TicketEvent[]): TicketEvent | undefined {
  const isQuiet = ({ kind }: TicketEvent) => kind === 'message_delivery' || kind === 'link_added'
  return log.findLast((event) => event.actor.type !== 'rule' && !isQuiet(event)) ?? log.at(-1)
}

/** The update's own events: what rules added names an event of the same update as its cause. */
function ownEvents(update: readonly TicketEvent[]): readonly TicketEvent[] {
  const ids = new Set(update.map(({ id }) => id))
  const end = update.findIndex(({ causeEventId }) => causeEventId !== null && ids.has(causeEventId))
  return end === -1 ? update : update.slice(0, end)
}

async function decidedOf(
  desk: Desk,
  db: Db,
  earlier: readonly TicketEvent[],
  own: readonly TicketEvent[],
): Promise<Decided> {
  const before = earlier.reduce<Ticket | null>(evolve, null)
  const now = own.reduce<Ticket | null>(evolve, before)
  const [first] = own
  if (now === null || first === undefined) throw new Error('Bug: an update without events')
  const setup = await desk.setup.now()
  const by = await byOfEvent(db, first)
  return {
    before,
    now,
    events: own,
    by,
    at: first.at,
    setup,
    content: {},
    updateId: first.updateId as UpdateId,
  }
}

async function byOfEvent(db: Db, { actor }: TicketEvent): Promise<By> {
  const agent = actor.type === 'agent' && actor.id !== null ? await findAgent(db, actor.id) : null
  return { actor, role: agent?.role ?? null, personId: agent?.id ?? null, mayReopenClosed: false }
}

async function bookAt(db: Db, ticketId: number, update: readonly TicketEvent[]): Promise<ReadyRulebook> {
  const fired = update.find((event) => event.kind === 'rule_fired')
  const at = update[0]?.at
  const version =
    fired?.kind === 'rule_fired'
      ? fired.payload.rulebookVersion
      : at === undefined
        ? 0
        : await versionFor(db, ticketId, at)
  const rulebook = version === 0 ? null : await readRulebook(db, version)
  return makeReady(rulebook ?? { version: 0, sections: [], rules: [], templates: [] })
}

function aBookOf(rule: Rule): ReadyRulebook {
  return makeReady({
    version: 0,
    sections: [],
    rules: [{ ...rule, kind: 'trigger', enabled: true }],
    templates: [],
  })
}

/** The version that judged a ticket at a moment. */
async function versionFor(db: Db, ticketId: number, at: Instant): Promise<number> {
  const canary = await canaryAt(db, at)
  return canary !== null && isInShare(canary, ticketId) ? canary.version : versionAt(db, at)
}

function whyNotSettled({ events, now }: Decided): string | null {
  if (events.some(({ kind }) => notSettled.includes(kind)))
    return 'What is taken back or erased is not answered by rules.'
  if (isFlagged(now)) return 'The ticket is marked as spam, deleted or merged: rules leave it alone.'
  return null
}
