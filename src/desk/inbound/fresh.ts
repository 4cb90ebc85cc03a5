// A mail that opens a ticket. When an agent forwarded it, the ticket is that of whoever wrote first, as far as this can be read and
// the mailbox trusts it; else it is the agent's, with a note that says what was found (P8).
import { act } from '#desk/act.ts'
import { bySystem } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { openFromMail, type Incoming } from '#desk/inbound/receive-message.ts'
import type { MailOutcome } from '#desk/inbound/outcome.ts'
import type { Understood } from '#desk/inbound/understand.ts'
import { addressKey } from '#mail/address.ts'
import { looksForwarded, originalSender } from '#mail/forwarded.ts'
import type { Party } from '#mail/mail.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import { findAgent } from '#people/agent-store.ts'
import { identify } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import { onBehalfOf } from '#desk/inbound/on-behalf.ts'
import { noteOn } from '#desk/inbound/system-note.ts'
import { findTicket } from '#tickets/ticket-store.ts'
import { roleOn } from '#desk/word.ts'

/** Opens a ticket for a mail that names none of ours. */
export async function openFresh(
  desk: Desk,
  tx: Transaction,
  incoming: Incoming,
  found: Understood,
): Promise<MailOutcome> {
  const forwarded = await forwardedByAgent(tx, incoming)
  if (forwarded === null) {
    const outcome = await openForSomebody(desk, tx, incoming, found)
    await suggest(desk, tx, outcome, incoming, found)
    return outcome
  }
  const { mailboxes } = await desk.setup.now()
  const trusts = mailboxes.find(({ id }) => id === incoming.raw.mailboxId)?.trustForwards === true
  const { original } = forwarded
  const address = original?.address ?? null
  if (trusts && incoming.check === 'verified' && original !== null && address !== null) {
    const author = addressKey(address) as typeof address
    const authorId = await identify(tx, author, original.name)
    const outcome = await openFromMail(desk, tx, {
      ...incoming,
      author,
      authorId,
      mayAutoReply: false,
      check: 'unverified',
    })
    if ('opened' in outcome)
      await noteOn(
        desk,
        tx,
        outcome.opened,
        `${incoming.author} forwarded this mail. Its original sender, ${author}, was read from the forwarded text.`,
      )
    return outcome
  }
  const outcome = await openFromMail(desk, tx, { ...incoming, mayAutoReply: false })
  if ('opened' in outcome) await noteOn(desk, tx, outcome.opened, offer(original))
  return outcome
}

/** Opens it for its author, or for the person whom a form or a shop names in Reply-To (believed, or offered in a note). */
async function openForSomebody(
  desk: Desk,
  tx: Transaction,
  incoming: Incoming,
  found: Understood,
): Promise<MailOutcome> {
  const behalf = await onBehalfOf(desk, tx, incoming, found)
  if (behalf === null) return openFromMail(desk, tx, incoming)
  const { person, isBelieved } = behalf
  const named = person.name === '' ? person.address : `${person.name} <${person.address}>`
  const outcome = isBelieved
    ? await openFromMail(desk, tx, {
        ...incoming,
        author: person.address,
        authorId: await identify(tx, person.address, person.name),
        mayAutoReply: false,
        check: 'unverified',
      })
    : await openFromMail(desk, tx, { ...incoming, mayAutoReply: false })
  const note = isBelieved
    ? `${incoming.author} sent this mail and asks to answer ${named}, who is its requester now. Set ${incoming.author} instead if that is wrong.`
    : `This mail of ${incoming.author} asks to answer ${named}. Nothing shows that it may say so: make them the requester if that is right.`
  if ('opened' in outcome) await noteOn(desk, tx, outcome.opened, note)
  return outcome
}

function offer(original: Party | null): string {
  if (original?.address == null)
    return 'This mail was forwarded, but its original sender could not be read safely. Set the requester by hand.'
  const { name, address } = original
  return `This mail was forwarded. Its original sender seems to be ${name === '' ? address : `${name} <${address}>`}. Make them the requester if that is right.`
}

async function forwardedByAgent(
  tx: Transaction,
  { mail, authorId }: Incoming,
): Promise<{ original: Party | null } | null> {
  if (!looksForwarded(mail)) return null
  const agent = await findAgent(tx, authorId)
  if (agent === null || !agent.active) return null
  const text = mail.text?.trim() ? mail.text : mail.html === null ? '' : textOfHtml(mail.html)
  return { original: originalSender(mail, text) }
}

/** A number in the subject suggests: the agent sees the other ticket beside this one, when its author takes part there. */
async function suggest(
  desk: Desk,
  tx: Transaction,
  outcome: MailOutcome,
  incoming: Incoming,
  { subjectNumber, check }: Understood,
): Promise<void> {
  if (!('opened' in outcome) || subjectNumber === null || check === 'failed') return
  const other = (await findTicket(tx, subjectNumber))?.ticket
  if (other === undefined || other.id === outcome.opened || roleOn(other, incoming.authorId) === null) return
  await act(desk, tx, outcome.opened, { kind: 'link', linkType: 'relates', ticketId: other.id }, bySystem)
}
