// Links that rules asked for: made after the update that asked, since both tickets are locked in order of number.
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { TicketId } from '#kit/ids.ts'
import { takeRuleLinks, type DueLink } from '#tickets/link-store.ts'
import { lockTickets } from '#tickets/ticket-store.ts'
import { inverseLink } from '#tickets/decide/link.ts'
import type { Transaction } from '#store/database.ts'

/** Makes some of the links that wait; returns how many there were. A link that is refused is left out. */
export async function makeRuleLinks(desk: Desk, tx: Transaction, limit: number): Promise<number> {
  const due = await takeRuleLinks(tx, limit)
  for (const link of due) await makeLink(desk, tx, link)
  return due.length
}

async function makeLink(desk: Desk, tx: Transaction, link: DueLink): Promise<void> {
  const { ticketId, otherId, linkType, ruleId, ruleVersion } = link
  const by = {
    actor: { type: 'rule' as const, id: ruleId, version: ruleVersion },
    role: null,
    personId: null,
    mayReopenClosed: false,
  }
  const locked = await lockTickets(tx, [ticketId, otherId])
  if (locked.size < 2)
    return desk.log.warn({ ruleId, ticketId, otherId }, 'A rule links a ticket that is not there')
  const here = await act(
    desk,
    tx,
    ticketId as TicketId,
    { kind: 'link', linkType, ticketId: otherId as TicketId },
    by,
  )
  if (!here.ok)
    return desk.log.warn({ ruleId, ticketId, refusal: here.refusal.name }, 'A link of a rule was refused')
  await act(
    desk,
    tx,
    otherId as TicketId,
    { kind: 'link', linkType: inverseLink(linkType), ticketId: ticketId as TicketId },
    by,
  )
}
