// The lane of retention: what was said on tickets that have been closed for long enough is erased, a few at a time, behind everything
// else. Their logs and every number stay.
import type { Desk } from '#desk/desk.ts'
import { eraseTicket } from '#desk/privacy/erase.ts'
import { keepHoldsStill } from '#desk/privacy/hold-store.ts'
import {
  beginAgain,
  listRules,
  lockRule,
  noteRetained,
  takeDue,
  takeUnsaid,
  type RetentionRule,
} from '#desk/privacy/retention-store.ts'
import { bySystem } from '#desk/update.ts'
import { plus } from '#kit/time.ts'
import { audit } from '#people/audit-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'

const AT_ONCE = 10
/** Between two portions, so that the work of people goes first. */
const REST_SECONDS = 1
const EVERY_SECONDS = 3_600

const NOBODY = { addresses: [], names: [], phones: [] }

/** Erases the next few tickets that are due by a rule which is on. */
export async function retainNext(desk: Desk): Promise<Round> {
  const rules = (await listRules(desk.database)).filter(({ isOn }) => isOn)
  for (const rule of rules) {
    const done = await desk.database.transaction((tx) => someOf(desk, tx, rule))
    if (done > 0) return plus(desk.clock.now(), REST_SECONDS)
  }
  return plus(desk.clock.now(), EVERY_SECONDS)
}

async function someOf(desk: Desk, tx: Transaction, { id: ruleId }: RetentionRule): Promise<number> {
  const at = desk.clock.now()
  await keepHoldsStill(tx)
  const rule = await lockRule(tx, ruleId)
  // Somebody turned it off meanwhile.
  if (rule === null || !rule.isOn) return 0
  const ids = await takeDue(tx, rule, at, AT_ONCE)
  for (const id of ids)
    await eraseTicket(desk, tx, id, {
      people: null,
      isTheirs: true,
      isMention: false,
      words: NOBODY,
      by: bySystem,
      why: 'retention',
    })
  if (ids.length > 0) await noteRetained(tx, rule.id, ids, at)
  else {
    await beginAgain(tx, rule.id)
    await sayDone(tx, rule, at)
  }
  return ids.length
}

/** One line of the audit for all that was done in one go. */
async function sayDone(
  tx: Transaction,
  { id, name }: RetentionRule,
  at: ReturnType<typeof plus>,
): Promise<void> {
  const tickets = await takeUnsaid(tx, id)
  if (tickets === 0) return
  await audit(tx, null, at, {
    action: 'retention_erased',
    thing: { type: 'retention', id, name },
    changes: [{ field: 'tickets', from: null, to: tickets }],
  })
}
