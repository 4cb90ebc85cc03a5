// The chat widget of the company's shop, and who came through it.
import { addChat, noteRead } from '#channels/chat-store.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { instant, plus } from '#kit/time.ts'
import { identify } from '#people/person-store.ts'
import { addVisitor, becomePerson, verify } from '#people/visitor-store.ts'
import { addWidget } from '#setup/widget-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Cast } from './set-up.ts'
import type { Story } from './story.ts'

/** Stands in the tag of its pages. */
const KEY = 'lumen-and-lark-shop'
const SHOWN_SECONDS = 3_600

/** Puts a widget on the pages of the shop; its number. */
export function setUpWidget(tx: Transaction, { brandId }: Pick<Cast, 'brandId'>): Promise<number> {
  return addWidget(tx, {
    key: KEY,
    name: 'Shop',
    brandId,
    teamId: null,
    calendarId: 'always',
    color: null,
    greeting: 'Hello! What can we do for you?',
    origins: ['https://shop.lumenandlark.example'],
    notesPage: true,
    askAfterSeconds: 300,
    resolveAfterSeconds: 900,
    archived: false,
  })
}

export type Came = { readonly visitorId: number; readonly requesterId: PersonId }

/** Somebody comes through the widget: shown by the shop to be a customer of it, or nobody. */
export async function comes(tx: Transaction, widgetId: number, story: Story): Promise<Came> {
  const at = instant(story.at)
  const { visitor } = await addVisitor(tx, { widgetId, language: null, timeZone: 'Europe/Berlin', at })
  if (story.chat?.isKnown !== true)
    return { visitorId: visitor.id, requesterId: await becomePerson(tx, visitor) }
  const { name, email } = story.requester
  const personId = await identify(tx, email, name)
  const until = plus(at, SHOWN_SECONDS)
  await verify(tx, visitor.id, { subject: email, personId, name, email, until, keyId: null })
  return { visitorId: visitor.id, requesterId: personId }
}

/** The ticket is their chat. */
export async function chats(
  tx: Transaction,
  ticketId: TicketId,
  { visitorId }: Came,
  story: Story,
): Promise<void> {
  const page = story.chat?.page ?? null
  await addChat(tx, { ticketId, visitorId, page, referrer: null, at: instant(story.at) })
}

/** They have read all of it: nothing of the past is mailed. */
export async function readToEnd(tx: Transaction, ticketId: TicketId, seq: number): Promise<void> {
  await noteRead(tx, ticketId, seq)
}
