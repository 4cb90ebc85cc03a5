// Lets time pass on a ticket in hand: what is due before an instant happens at its own moment, as `wake.ts` and the timer rules have it
// happen live.
import { act, judgeAgain } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { InHand } from '#desk/in-hand.ts'
import { fireEpisode } from '#desk/rules/timers.ts'
import { bySystem } from '#desk/update.ts'
import { firstDue, type Due } from '#rules/due.ts'
import type { Instant } from '#kit/time.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'

/** Fires what is due on a ticket in hand before `until`, in order. Nothing is mailed. */
export async function passTime(
  desk: Desk,
  tx: Transaction,
  inHand: InHand,
  until: Instant,
  how: { readonly via?: 'import' } = {},
): Promise<void> {
  const { settings } = await desk.setup.now()
  const dropped = new Set<string>()
  for (;;) {
    const { ticket, clocksAt, episodes } = inHand
    if (ticket === null) return
    const due = firstDue({ ticket, settings, clocksAt, episodes, dropped })
    if (due === null || due.at >= until) return
    if (await fire(desk, tx, inHand, due, how)) dropped.clear()
    else dropped.add(due.kind)
  }
}

/** Whether something happened. */
async function fire(
  desk: Desk,
  tx: Transaction,
  inHand: InHand,
  due: Due,
  how: { readonly via?: 'import' },
): Promise<boolean> {
  const { at } = due
  const { seq } = inHand.ticket ?? { seq: 0 }
  if (due.kind === 'rule') await fireEpisode(desk, tx, due.ruleId, { at, inHand, silent: true })
  else if (due.kind === 'sla') await judgeAgain(desk, tx, inHand.id, { at, inHand })
  else await act(desk, tx, inHand.id, commandOf(due.kind), bySystem, { at, inHand, silent: true, ...how })
  return due.kind === 'sla' || due.kind === 'rule' || (inHand.ticket?.seq ?? 0) > seq
}

function commandOf(kind: 'auto_close' | 'unsnooze'): Command {
  return kind === 'auto_close' ? { kind: 'autoClose' } : { kind: 'unsnooze', reason: 'time' }
}
