// Puts timer rules that went live to the tickets there are, a few at a time: each log is gone through, so that an episode
// begins where it began. What is overdue already is skipped, fired, or spread over some hours, as the rule says.
import { momentFor } from '#desk/act.ts'
import { atRest } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { sceneOf } from '#desk/rules/scene.ts'
import { KEPT_MS } from '#desk/setup-cache.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { rulebookFor } from '#rules/canary.ts'
import { needsOf } from '#rules/rulebook.ts'
import type { ReadyRule } from '#rules/settle.ts'
import {
  episodesOfTicket,
  noteScan,
  openTicketsAfter,
  putEpisodes,
  scanBegins,
  takeScan,
} from '#rules/timer-store.ts'
import { episodesAtPublish } from '#rules/timers.ts'
import type { Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'
import { eventsAfter, lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

const AT_ONCE = 50
/** What was asked at the last moment is written by then. */
const LATEST_MS = 250

/**
 * Goes on with one scan; null when there is none. It begins when nobody goes by the earlier rules any more: a ticket that they write
 * behind its back would wait for nothing.
 */
export async function scanForTimers(desk: Desk): Promise<Round> {
  if (await scanBegins(desk.database)) await pause(KEPT_MS + LATEST_MS)
  return desk.database.transaction(async (tx) => {
    const scan = await takeScan(tx)
    if (scan === null) return null
    desk.setup.forget()
    const { rulebook, canary } = await desk.setup.now()
    const book = canary?.version === scan.rulebookVersion ? canary.rulebook : rulebook
    const ready = book.timers.find(({ rule }) => rule.id === scan.ruleId)
    const ids = ready === undefined ? [] : await openTicketsAfter(tx, scan.afterTicketId, AT_ONCE)
    const judged = ids.filter((id) => rulebookFor({ rulebook, canary }, id) === book)
    let overdue = 0
    for (const [id, { ticket }] of await lockTickets(tx, judged))
      if (ready !== undefined && (await scanTicket(desk, tx, ready, id, ticket))) overdue++
    const isDone = ids.length < AT_ONCE
    const afterTicketId = ids.at(-1) ?? scan.afterTicketId
    const finishedAt = isDone ? desk.clock.now() : null
    await noteScan(tx, { ruleId: scan.ruleId, afterTicketId }, { done: ids.length, overdue, finishedAt })
    tell(tx, { changed: 'rules', id: scan.ruleId })
    if (isDone) tell(tx, { lane: 'timers' })
    return 'more' as const
  })
}

/** Whether the rule was overdue on the ticket. An episode in which it has fired stays as it is. */
async function scanTicket(
  desk: Desk,
  tx: Transaction,
  ready: ReadyRule,
  id: number,
  ticket: Ticket,
): Promise<boolean> {
  const at = momentFor(ticket, desk.clock.now())
  const setup = await desk.setup.now()
  const scene = await sceneOf(tx, atRest(ticket, { at, setup }), needsOf([ready]))
  const known = (await episodesOfTicket(tx, id)).filter(({ ruleId }) => ruleId === ready.rule.id)
  const log = known.length > 0 ? [] : await eventsAfter(tx, id, 0, null)
  const { episodes, overdue } = episodesAtPublish(ready, { ...scene, at }, known, log)
  await putEpisodes(tx, id, [ready.rule.id], episodes)
  return overdue
}
