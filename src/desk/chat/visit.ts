// Somebody comes through a widget, or says who they are. What they say themselves is kept and not believed; what the company's site
// has signed is, and what a link in a mail has shown. Two people in one browser never become one: another subject ends the visit before.
import { chatsOf } from '#channels/chat-store.ts'
import { verdictOn } from '#channels/sender-store.ts'
import { act } from '#desk/act.ts'
import { identified, type Identified } from '#desk/chat/identity.ts'
import type { Desk } from '#desk/desk.ts'
import { bySystem } from '#desk/update.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { addressKey, canonicalAddress } from '#mail/address.ts'
import type { Visitor } from '#people/can.ts'
import { identifyByName } from '#people/person-store.ts'
import {
  addVisitor,
  claim,
  endVisitor,
  knownVisitor,
  lockVisitor,
  openVisitor,
  renamePerson,
  verify,
} from '#people/visitor-store.ts'
import { noteRefusal, openedKeysOf } from '#setup/widget-store.ts'
import type { IdentityRefusal } from '#setup/identity-words.ts'
import type { Widget } from '#setup/widget.ts'
import type { Transaction } from '#store/database.ts'
import { findTicket } from '#tickets/ticket-store.ts'

type Coming = {
  /** By what they were known before. */
  readonly token: string | null
  /** What the page says of them, signed. */
  readonly identity: string | null
  readonly language: string | null
  readonly timeZone: string | null
  readonly origin: string | null
}

export type Visit = {
  readonly visitor: Visitor
  /** To be kept by the browser; null: the one it has is still good. */
  readonly token: string | null
  /** Why the page's word was not believed. */
  readonly refused: IdentityRefusal | null
}

/** Begins a visit, or goes on with it. */
export async function visit(desk: Desk, widget: Widget, coming: Coming): Promise<Visit> {
  const said = await readIdentity(desk, widget, coming)
  const refused = said !== null && 'refused' in said ? said.refused : null
  const shown = said === null || 'refused' in said ? null : said
  return desk.database.transaction(async (tx) => {
    const known = coming.token === null ? null : await knownVisitor(tx, coming.token, widget.id)
    const at = desk.clock.now()
    const goesOn = known !== null && (shown === null ? await staysAs(tx, known, at) : isSame(known, shown))
    if (known?.kind === 'verified' && !goesOn) await endVisitor(tx, known.id, at)
    const { language, timeZone } = coming
    const { visitor, token } = goesOn
      ? { visitor: known, token: null }
      : await addVisitor(tx, { widgetId: widget.id, language, timeZone, at })
    if (shown === null) return { visitor, token, refused }
    return { visitor: await show(desk, tx, visitor, shown), token, refused }
  })
}

/** Without a word of the page nobody goes on as whom a page has shown: they may have signed out there. */
async function staysAs(tx: Transaction, known: Visitor, at: Instant): Promise<boolean> {
  if (known.kind !== 'verified') return true
  return known.subject === null && (await openVisitor(tx, known.id, at)) !== null
}

/** Whom a link has shown is known by their address alone. */
function isSame({ kind, subject, email }: Visitor, shown: Identified): boolean {
  if (subject !== null) return subject === shown.subject
  return kind !== 'verified' || email === addressKey(shown.email)
}

async function readIdentity(desk: Desk, widget: Widget, { identity, origin }: Coming) {
  if (identity === null) return null
  const at = desk.clock.now()
  const keys = await openedKeysOf(desk.database, desk.seal, widget.id)
  const said = await identified(identity, keys, widget.key, at)
  if ('refused' in said) await noteRefusal(desk.database, widget.id, { at, reason: said.refused, origin })
  return said
}

type ShownAs = Pick<Identified, 'email' | 'name' | 'until'> & {
  readonly subject: string | null
  readonly keyId: number | null
}

/** From now on they are that person; what they began as nobody is that person's too. */
async function show(desk: Desk, tx: Transaction, visitor: Visitor, shown: ShownAs): Promise<Visitor> {
  const email = addressKey(shown.email)
  const { id: personId, name } = await identifyByName(tx, email, shown.name)
  const { subject, until, keyId } = shown
  await verify(tx, visitor.id, { subject, personId, name, email, until, keyId })
  if (visitor.personId !== null && visitor.personId !== personId) await giveChats(desk, tx, visitor, personId)
  return { ...visitor, kind: 'verified', subject, personId, name, email }
}

async function giveChats(desk: Desk, tx: Transaction, visitor: Visitor, personId: PersonId): Promise<void> {
  for (const ticketId of await chatsOf(tx, visitor.id)) {
    const ticket = (await findTicket(tx, ticketId))?.ticket
    if (ticket?.requesterId !== visitor.personId) continue
    const command = { kind: 'changeRequester', requesterId: personId, evenLocked: true } as const
    const outcome = await act(desk, tx, ticketId, command, bySystem)
    if (!outcome.ok)
      desk.log.warn({ ticketId, refusal: outcome.refusal.name }, 'A chat stayed with an unnamed visitor')
  }
}

/** Keeps what a visitor says of themselves. It shows them nothing of anybody, and nobody is mailed by it. */
export async function introduce(
  tx: Transaction,
  visitorId: number,
  said: { readonly name: string; readonly email: string | null },
): Promise<Visitor | null> {
  const visitor = await lockVisitor(tx, visitorId)
  if (visitor === null || visitor.kind === 'verified') return visitor
  await claim(tx, visitor.id, said)
  if (visitor.personId !== null && said.name !== '') await renamePerson(tx, visitor.personId, said.name)
  return { ...visitor, kind: 'claimed', ...said }
}

/** What a link has shown holds so long: then the visitor is nobody again, and can show it anew. */
const CONFIRMED_SECONDS = 30 * 86_400

/** A link in a mail has shown whose the address is that a visitor typed; false when they have named another since, or are gone. */
export async function confirmAddress(
  desk: Desk,
  tx: Transaction,
  { visitorId, email }: { readonly visitorId: number; readonly email: string },
): Promise<boolean> {
  const visitor = await lockVisitor(tx, visitorId)
  const address = canonicalAddress(email)
  const typed = canonicalAddress(visitor?.email ?? '')
  if (visitor?.kind !== 'claimed' || address === null || typed === null) return false
  if (addressKey(typed) !== email || (await verdictOn(tx, email)) === 'block') return false
  const until = plus(desk.clock.now(), CONFIRMED_SECONDS)
  await show(desk, tx, visitor, { email: address, name: visitor.name, until, subject: null, keyId: null })
  return true
}
