// Whoever asks for a link is answered here, after the page has said the same to everybody: people whom the desk knows are mailed one that
// signs in to the portal once, visitors of a chat one that shows the address to be theirs.
import { postLetter } from '#channels/outbox-store.ts'
import { verdictOn } from '#channels/sender-store.ts'
import type { Desk } from '#desk/desk.ts'
import { isOurs, newMessageId } from '#desk/outbound/mails.ts'
import { confirmWords, signInWords } from '#desk/portal/sign-in-words.ts'
import type { BrandId, UpdateId } from '#kit/ids.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import { addLink, hasAskedTooOften, endAsk, takeAsk, type Ask } from '#people/portal-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import type { Setup } from '#desk/setup-cache.ts'

/** Answers the oldest that waits. */
export async function letIn(desk: Desk): Promise<Round> {
  return desk.database.transaction(async (tx) => {
    const ask = await takeAsk(tx)
    if (ask === null) return null
    await answer(desk, tx, ask)
    await endAsk(tx, ask.id, desk.clock.now())
    return 'more'
  })
}

async function answer(desk: Desk, tx: Transaction, ask: Ask): Promise<void> {
  const setup = await desk.setup.now()
  const mailbox = mailboxOfBrand(setup, ask.brandId)
  const isChat = ask.visitorId !== null
  const [known] = await peopleByEmail(tx, [ask.email])
  // Nobody need know whom a chat is to be with.
  if ((known === undefined && !isChat) || mailbox === null || isOurs(ask.email, setup)) return
  if ((await verdictOn(tx, ask.email)) === 'block' || (await hasAskedTooOften(tx, ask))) return
  const [person] = known === undefined ? [] : await peopleById(tx, [known.id])
  const at = desk.clock.now()
  const number =
    known === undefined || isChat
      ? ask.number
      : await addLink(tx, { personId: known.id, brandId: ask.brandId, at })
  const brand = setup.brands.find(({ id }) => id === ask.brandId)
  const { subject, text } = (isChat ? confirmWords : signInWords)(
    person?.language ?? ask.language,
    brand?.fromName || setup.desk.deskName,
  )
  const signature = mailbox.signature || brand?.signature || setup.desk.signature
  const kind = isChat ? 'confirm' : 'sign_in'
  await postLetter(tx, {
    key: `${kind}:${number}`,
    kind,
    mailboxId: mailbox.id,
    // The name is whoever wrote's own word: nothing that strangers typed is mailed to an address that asks.
    to: { name: '', email: ask.email },
    rfcMessageId: newMessageId(mailbox),
    subject,
    bodyText: signature === '' ? text : `${text}\n\n-- \n${signature}`,
    aboutId: number,
    toAgent: false,
    updateId: (await desk.ids.next()) as UpdateId,
    at,
  })
}

/** The mailbox that a brand writes from. */
export function mailboxOfBrand({ mailboxes, brands }: Setup, brandId: BrandId) {
  const own = brands.find(({ id }) => id === brandId)?.mailboxId
  return (
    mailboxes.find(({ id }) => id === own) ??
    mailboxes.find((each) => each.brandId === brandId) ??
    mailboxes.find(({ isDefault }) => isDefault) ??
    null
  )
}
