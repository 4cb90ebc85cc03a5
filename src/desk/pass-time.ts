// Lets time pass on a held ticket: what is due before an instant happens at its own moment, as `wake.ts` and the timer rules have it
// happen live.
import { act, judgeAgain } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { Held } from '#desk/held.ts'
import { fireEpisode } from '#desk/rules/timers.ts'
import { bySystem } from '#desk/update.ts'
import { firstDue, type Due } from '#rules/due.ts'
import type { Instant } from '#kit/time.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'

/** Fires what is due on a held ticket before `until`, in order. Nothing is mailed. */
export async function passTime(
  desk: Desk,
  tx: Transaction,
  held: Held,
  until: Instant,
  how: { readonly via?: 'import' } = {},
): Promise<void> {
  const { settings } = await desk.setup.now()
  const dropped = new Set<string>()
  for (;;) {
    const { ticket, clocksAt, episodes } = held
    if (ticket === null) return
    const due = firstDue({ ticket, settings, clocksAt, episodes, dropped })
    if (due === null || due.at >= until) return
    if (await fire(desk, tx, held, due, how)) dropped.clear()
    else dropped.add(due.kind)
  }
}

/** Whether something happened. */
async function fire(
  desk: Desk,
  tx: Transaction,
  held: Held,
  due: Due,
  how: { readonly via?: 'import' },
): Promise<boolean> {
  const { at } = due
  const { seq } = held.ticket ?? { seq: 0 }
  if (due.kind === 'rule') await fireEpisode(desk, tx, due.ruleId, { at, held, silent: true })
  else if (due.kind === 'sla') await judgeAgain(desk, tx, held.id, { at, held })
  else await act(desk, tx, held.id, commandOf(due.kind), bySystem, { at, held, silent: true, ...how })
  return due.kind === 'sla' || due.kind === 'rule' || (held.ticket?.seq ?? 0) > seq
}

function commandOf(kind: 'auto_close' | 'unsnooze'): Command {
  return kind === 'auto_close' ? { kind: 'autoClose' } : { kind: 'unsnooze', reason: 'time' }
}
