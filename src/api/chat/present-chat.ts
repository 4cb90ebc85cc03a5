// Chats as a visitor sees them.
import type { z } from 'zod'
import type { chatMessage, chatNews, chatWidget } from '#api/contract/chat.ts'
import type { Desk } from '#desk/desk.ts'
import { SHOWN } from '#api/tickets/attachments.ts'
import { presenceOf } from '#desk/chat/hours.ts'
import { newsOf, type ChatNews } from '#desk/chat/news.ts'
import { currentChat } from '#desk/chat/say.ts'
import { lettersOn } from '#kit/color.ts'
import type { Visitor } from '#people/can.ts'
import type { Widget } from '#setup/widget.ts'
import type { Db } from '#store/database.ts'

const PLAIN = '#33509e'

/** What a widget shows before anybody has written. */
export async function presentWidget(desk: Desk, widget: Widget): Promise<z.input<typeof chatWidget>> {
  const setup = await desk.setup.now()
  const brand = setup.brands.find(({ id }) => id === widget.brandId)
  const color = widget.color ?? brand?.color ?? PLAIN
  const presence = presenceOf(widget, setup, desk.clock.now())
  return {
    name: brand?.fromName || setup.desk.deskName,
    greeting: widget.greeting,
    color,
    onColor: lettersOn(color),
    language: setup.desk.language,
    isOpen: presence.isOpen,
    opensAt: presence.isOpen ? null : presence.opensAt,
    notesPage: widget.notesPage,
  }
}

type Since = { readonly of: number; readonly after: number }

/** What is new to a visitor; of another conversation than theirs everything is. */
export async function presentNews(
  desk: Desk,
  db: Db,
  widget: Widget,
  visitor: Visitor,
  { of, after }: Since,
): Promise<z.input<typeof chatNews>> {
  const current = await currentChat(db, widget, visitor)
  if (current === null) return { messages: [], removed: [], cursor: 0, hasMore: false, state: null }
  const news = await newsOf(desk, db, current, of === current.ticket.id ? after : 0)
  const { ticketId, with: agent, ...state } = news.state
  return {
    ...news,
    removed: [...news.removed],
    messages: news.messages.map(presentMessage),
    state: {
      ...state,
      id: ticketId,
      kind: visitor.kind,
      with: agent && { name: agent.name, face: faceOf(agent.picture) },
    },
  }
}

/** What a visitor calls a picture by: as much of its hash as tells it from others. */
const faceOf = (sha256: string | null): string | null => sha256?.slice(0, 16) ?? null

function presentMessage(message: ChatNews['messages'][number]): z.input<typeof chatMessage> {
  const { seq, id, isOwn, direction, authorType, authorName, at, bodyText, redactedAt, clientId, files } =
    message
  const byDesk = ['agent', 'api'].includes(authorType) ? 'agent' : 'automated'
  const isRemoved = redactedAt !== null
  return {
    seq,
    id,
    by: isOwn ? 'you' : direction === 'inbound' ? 'other' : byDesk,
    name: isOwn ? '' : authorName,
    face: byDesk === 'agent' ? faceOf(message.authorPicture) : null,
    at,
    text: isRemoved ? '' : bodyText,
    isRemoved,
    clientId,
    files: isRemoved
      ? []
      : files.map(({ id: fileId, name, size, type }) => ({
          id: fileId,
          name,
          size,
          isPicture: SHOWN.has(type),
        })),
  }
}
