// The lane of retention: what was said on tickets that have been closed for long enough is erased, a few at a time, behind everything
// else. Their logs and every number stay.
import type { Desk } from '#desk/desk.ts'
import { eraseTicket } from '#desk/privacy/erase.ts'
import { keepHoldsStill } from '#desk/privacy/hold-store.ts'
import {
  beginAgain,
  lockDue,
  lockRule,
  lookForDue,
  noteReached,
  noteRetained,
  restedRules,
  takeUnsaid,
  type RetentionRule,
} from '#desk/privacy/retention-store.ts'
import { bySystem } from '#desk/update.ts'
import type { TicketId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { audit } from '#people/audit-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'

const AT_ONCE = 10
/** Between two portions, so that the work of people goes first. */
const REST_SECONDS = 1
const EVERY_SECONDS = 3_600

const NOBODY = { addresses: [], names: [], phones: [] }

/** Erases the next few tickets that are due by a rule which is on. A rule that came to the end looks again after a while. */
export async function retainNext(desk: Desk): Promise<Round> {
  const at = desk.clock.now()
  for (const ruleId of await restedRules(desk.database, at)) {
    const goesOn = await desk.database.transaction((tx) => someOf(desk, tx, ruleId))
    if (goesOn) return plus(desk.clock.now(), REST_SECONDS)
  }
  return plus(desk.clock.now(), EVERY_SECONDS)
}

/** Whether there is more to do by the rule. */
async function someOf(desk: Desk, tx: Transaction, ruleId: number): Promise<boolean> {
  const at = desk.clock.now()
  const rule = await lockRule(tx, ruleId)
  // Somebody turned it off meanwhile.
  if (rule === null || !rule.isOn) return false
  const { ids, reached } = await lookForDue(tx, rule, at, AT_ONCE)
  // Looking takes a while: whoever sets a hold does not wait for that.
  await keepHoldsStill(tx)
  const done: TicketId[] = []
  let waits = false
  for (const id of await lockDue(tx, rule, at, ids)) {
    const went = await eraseTicket(desk, tx, id, {
      people: null,
      isTheirs: true,
      isMention: false,
      words: NOBODY,
      by: bySystem,
      why: 'retention',
    })
    if (went === null) waits = true
    else done.push(id)
  }
  if (done.length > 0) await noteRetained(tx, ruleId, done, at)
  // Something of a ticket leaves this moment: the same are looked at once more.
  if (waits) return true
  if (reached !== null) {
    await noteReached(tx, ruleId, reached)
    return true
  }
  await beginAgain(tx, ruleId, plus(at, EVERY_SECONDS))
  await sayDone(tx, rule, at)
  return false
}

/** One line of the audit for all that was done in one go. */
async function sayDone(tx: Transaction, { id, name }: RetentionRule, at: Instant): Promise<void> {
  const tickets = await takeUnsaid(tx, id)
  if (tickets === 0) return
  await audit(tx, null, at, {
    action: 'retention_erased',
    thing: { type: 'retention', id, name },
    changes: [{ field: 'tickets', from: null, to: tickets }],
  })
}
