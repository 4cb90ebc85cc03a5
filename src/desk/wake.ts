// Time passing: takes due timers and asks act for what they mean. A moment fires once, also after a restart or with two workers.
import { act, judgeAgain } from '#desk/act.ts'
import { askForRating } from '#desk/survey/ask.ts'
import { bySystem } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { never } from '#kit/never.ts'
import type { Round } from '#store/lane.ts'
import type { Command } from '#tickets/command.ts'
import { lockTickets } from '#tickets/ticket-store.ts'
import { dropTimer, dueTimers, isDue, nextTimerAt, type Timer } from '#tickets/timer-store.ts'

const AT_ONCE = 50

/** Fires what is due, oldest first. */
export async function fireTimers(desk: Desk): Promise<Round> {
  const timers = await dueTimers(desk.database, desk.clock.now(), AT_ONCE)
  for (const timer of timers) await fire(desk, timer)
  return timers.length === AT_ONCE ? 'more' : nextTimerAt(desk.database)
}

/** The ticket is locked before the timer is looked at again: whoever comes second finds it gone. */
async function fire(desk: Desk, timer: Timer): Promise<void> {
  await desk.database.transaction(async (tx) => {
    await lockTickets(tx, [timer.ticketId])
    if (!(await isDue(tx, timer, desk.clock.now()))) return
    if (timer.kind === 'survey') return void (await askForRating(desk, tx, timer.ticketId))
    const command = commandOf(timer.kind)
    if (command === null) return void (await judgeAgain(desk, tx, timer.ticketId))
    const outcome = await act(desk, tx, timer.ticketId, command, bySystem)
    if (!outcome.ok)
      desk.log.warn({ ticketId: timer.ticketId, refusal: outcome.refusal.name }, 'A timer had nothing to do')
    if (!outcome.ok || outcome.events.length === 0) await dropTimer(tx, timer)
  })
}

/** What a timer asks for; null for the clocks, which are judged again. */
function commandOf(kind: Exclude<Timer['kind'], 'survey'>): Command | null {
  switch (kind) {
    case 'auto_close':
      return { kind: 'autoClose' }
    case 'unsnooze':
      return { kind: 'unsnooze', reason: 'time' }
    case 'sla':
      return null
    default:
      return never(kind)
  }
}
