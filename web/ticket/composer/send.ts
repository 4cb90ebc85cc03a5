// Sending a reply or a note, and taking it back while the server still waits with it.
import type { InfiniteData } from '@tanstack/react-query'

import type {
  Attachment,
  Message,
  MessagePage,
  NewMessage,
  PostedMessage,
  UndoneSend,
} from '../../../src/api/contract/messages.ts'
import { dayAndTime } from '../../parts/time.ts'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import { call, CallFailed, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { keepTicket } from '../../wire/tickets.ts'
import { noteUndoable, tellUndoable, undoUpdates } from '../../wire/undo.ts'
import { replaceDraft } from './draft.ts'

export async function send(ticketId: number, body: NewMessage, idempotencyKey: string): Promise<void> {
  const posted = await call<PostedMessage>('POST', `/tickets/${ticketId}/messages`, { body, idempotencyKey })
  const { ticket, ...message } = posted
  addMessage(ticketId, message)
  keepTicket({ ...ticket, unread: false, draft: false })
  replaceDraft(ticketId, body.kind)
  void client.invalidateQueries({ queryKey: ['events', ticketId] })
  tellSent(ticketId, ticket.seq, message, body)
}

function addMessage(ticketId: number, message: Message): void {
  client.setQueryData<InfiniteData<MessagePage, string>>(['messages', ticketId], (now) => {
    if (!now || now.pages.some(({ items }) => items.some(({ id }) => id === message.id))) return now
    const pages = now.pages.map((page, at) =>
      at === now.pages.length - 1 ? { ...page, items: [...page.items, message] } : page,
    )
    return { ...now, pages }
  })
}

function tellSent(ticketId: number, seq: number, message: Message, { kind, status }: NewMessage): void {
  // By the server's clock, which need not be the browser's.
  const waitMs = message.delivery?.sendAt ? Date.parse(message.delivery.sendAt) - Date.parse(message.at) : 0
  const leavesAt = Date.now() + waitMs
  const word = status ? say(`status.${status}`) : ''
  const isKept = message.delivery?.state === 'held'
  const title =
    kind === 'note'
      ? say('done.note')
      : isKept
        ? say('done.replyKept')
        : status
          ? say('done.replyAs', { status: word })
          : say('done.reply')
  // In a chat it is there at once, and so is the next sentence.
  if (kind === 'reply' && message.via === 'chat') {
    if (status) notify({ title })
    return
  }
  const undoNote = () => undoUpdates([{ id: ticketId, seq }], title)
  if (kind === 'note') return tellUndoable(title, undoNote)
  const undo = () => undoSend(ticketId, message)
  if (waitMs > 130_000)
    return tellUndoable(say('done.replyLater', { when: dayAndTime(message.delivery?.sendAt ?? '') }), undo)
  if (waitMs > 0) return tellUndoable(title, undo, leavesAt)
  // It has left already: `z` says so instead of taking back what was done before it.
  notify({ title })
  noteUndoable(title, undo, leavesAt)
}

/** The mail is stopped, the draft comes back with its recipients, and a status set with it is taken back too. */
export async function undoSend(ticketId: number, message: Message): Promise<void> {
  try {
    const answer = await call<UndoneSend>('POST', `/tickets/${ticketId}/messages/${message.id}/undo-send`, {
      body: {},
    })
    keepTicket(answer.ticket)
    replaceDraft(ticketId, 'reply', answer.draft)
    await client.invalidateQueries({ queryKey: ['messages', ticketId] })
    void client.invalidateQueries({ queryKey: ['events', ticketId] })
    notify({ title: say('undoSend.done') })
  } catch (error) {
    const late = error instanceof CallFailed && error.problem.refusal === 'already_sent'
    notify({
      kind: 'error',
      title: say('undoSend.failed'),
      detail: late ? say('undoSend.late') : reasonOf(error),
    })
  }
}

export async function upload(file: File): Promise<Attachment> {
  const form = new FormData()
  form.set('file', file, file.name || say('files.unnamed'))
  return call<Attachment>('POST', '/attachments', { body: form })
}
