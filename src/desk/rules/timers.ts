// Timer rules that are due: the condition is asked again under the lock of the ticket, and the rule acts as anybody would. Once
// for each episode, also with two workers or after a crash.
import { momentFor, write } from '#desk/act.ts'
import { atRest, type By, type Content, type Decided } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { keepEpisodes, writeInHand, type InHand } from '#desk/in-hand.ts'
import { carryOut } from '#desk/rules/effects.ts'
import { setupFor } from '#desk/setup-cache.ts'
import { readFacts } from '#desk/rules/settle.ts'
import { sceneOf, type UpdateScene } from '#desk/rules/scene.ts'
import type { EventId, UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { needsOf } from '#rules/rulebook.ts'
import { pastOf } from '#rules/past.ts'
import { holds } from '#rules/evaluate.ts'
import { settle, type ReadyRule } from '#rules/settle.ts'
import { dueRules, episodesOfTicket, nextRuleAt, putEpisodes, type DueRule } from '#rules/timer-store.ts'
import { asTrigger, episodesOf, type Episode } from '#rules/timers.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { causesOf, eventIdAt, lockTickets, ruleEvents } from '#tickets/ticket-store.ts'
import type { NewEvent } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'

const AT_ONCE = 50
/** After a downtime no more than so many fire in a second. */
const FIRINGS_PER_SECOND = 100

/** Fires what is due, oldest first. */
export async function fireRuleTimers(desk: Desk): Promise<Round> {
  const startedAt = performance.now()
  const due = await dueRules(desk.database, desk.clock.now(), AT_ONCE)
  for (const each of due) await fire(desk, each)
  if (due.length < AT_ONCE) return nextRuleAt(desk.database)
  const least = (AT_ONCE / FIRINGS_PER_SECOND) * 1_000
  await pause(Math.max(0, least - (performance.now() - startedAt)))
  return 'more'
}

/** The ticket is locked before the episode is looked at again: whoever comes second finds that it has fired. */
async function fire(desk: Desk, due: DueRule): Promise<void> {
  await desk.database.transaction(async (tx) => {
    const ticket = (await lockTickets(tx, [due.ticketId])).get(due.ticketId)?.ticket
    const episode = (await episodesOfTicket(tx, due.ticketId)).find(({ ruleId }) => ruleId === due.ruleId)
    if (episode?.dueAt == null || episode.dueAt > desk.clock.now()) return
    if (ticket === undefined) return putEpisodes(tx, due.ticketId, [due.ruleId], [])
    await fireOn(desk, tx, ticket, episode, {})
  })
}

/** Fires a rule that is due on a ticket in hand, at its own moment. */
export async function fireEpisode(
  desk: Desk,
  tx: Transaction,
  ruleId: number,
  content: Content & { readonly inHand: InHand; readonly at: Instant },
): Promise<void> {
  const { inHand } = content
  const episode = inHand.episodes.find((each) => each.ruleId === ruleId)
  if (inHand.ticket === null || episode === undefined) return
  // What began the episode is named by its id, which the log gives.
  await writeInHand(tx, inHand)
  await fireOn(desk, tx, inHand.ticket, episode, content)
}

async function fireOn(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  episode: Episode,
  content: Content,
): Promise<void> {
  const setup = setupFor(await desk.setup.now(), ticket.id)
  const ready = setup.rulebook.timers.find(({ rule }) => rule.id === episode.ruleId)
  if (ready === undefined) return noteEpisodes(tx, ticket, content, episode.ruleId, [])
  const at = momentFor(ticket, content.at ?? desk.clock.now())
  const by = await byTimer(tx, ready, ticket, episode)
  const updateId = (await desk.ids.next()) as UpdateId
  const decided = atRest(ticket, { by, at, setup, content, updateId })
  const scene = await sceneOf(tx, decided, needsOf([ready]))
  if (holds(ready.rule.if, scene)) return actOnTimer(desk, tx, decided, ready, scene)
  // The condition ended by time alone: the next episode, if time brings one, is reckoned.
  await noteEpisodes(tx, ticket, content, ready.rule.id, episodesOf([ready], scene, []))
}

async function noteEpisodes(
  tx: Transaction,
  { id }: Ticket,
  { inHand }: Content,
  ruleId: number,
  episodes: readonly Episode[],
): Promise<void> {
  await (inHand === undefined
    ? putEpisodes(tx, id, [ruleId], episodes)
    : keepEpisodes(tx, inHand, ruleId, episodes))
}

/** What follows comes of what began the episode. */
async function byTimer(
  db: Db,
  { rule, version }: ReadyRule,
  ticket: Ticket,
  { startSeq }: Episode,
): Promise<By> {
  const causeEventId: EventId | null = await eventIdAt(db, ticket.id, startSeq)
  const by: By = {
    actor: { type: 'rule', id: rule.id, version },
    role: null,
    personId: null,
    mayReopenClosed: false,
  }
  return causeEventId === null ? by : { ...by, causeEventId }
}

async function actOnTimer(
  desk: Desk,
  tx: Transaction,
  decided: Decided,
  ready: ReadyRule,
  scene: UpdateScene,
): Promise<void> {
  const { now, by, at, setup, updateId, content } = decided
  const { rule } = ready
  const causes = by.causeEventId === undefined ? [] : await causesOf(tx, by.causeEventId)
  // A timer that set its own condition off again may fire again: its episodes keep it from doing so without end.
  const past = { ...pastOf(await ruleEvents(tx, now.id), causes, at), ancestors: new Set<number>() }
  const settled = settle({
    rules: [asTrigger(ready)],
    rulebook: setup.rulebook.rulebook,
    scene: { ...scene, update: { ...scene.update, kinds: ['any'] } },
    past,
    settings: setup.settings,
    facts: (await readFacts(tx, decided, [ready])) ?? {},
    actingAgentId: null,
    causeSeq: now.seq + 1,
  })
  const carried = await carryOut(desk, tx, decided, settled, scene)
  if (carried.events.length === 0) return noteEpisodes(tx, now, content, rule.id, [])
  const own = carried.events.map(({ kind, payload, actor }) => ({ kind, payload, actor }) as NewEvent)
  await write(desk, tx, {
    before: now,
    events: own,
    by,
    at,
    setup,
    updateId,
    content: { ...content, messages: carried.messages },
    also: carried,
    firedTimer: rule.id,
  })
}
