// Who is in the chat that a ticket is: whether they are there, write, and how far they have read. The stream tells it as it happens.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type { ChatMoment, TicketChat } from '../../src/api/contract/chat.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { preferences } from '../state/preferences.ts'
import { createStore, useStore } from '../state/store.ts'
import { askAside } from './call.ts'
import { client } from './client.ts'
import { useMe } from './session.ts'

const chatQuery = (id: number) =>
  queryOptions({ queryKey: ['chat', id], queryFn: askAside<TicketChat>(`/tickets/${id}/chat`) })

/** In which chats the visitor writes at this moment: until they stop, or are not heard of for a while. */
const writing = createStore<ReadonlyMap<number, ReturnType<typeof setTimeout>>>(new Map())
const WRITES_MS = 6_000

function takeWriting(ticketId: number, isWriting: boolean): void {
  writing.set((now) => {
    const next = new Map(now)
    clearTimeout(next.get(ticketId))
    if (isWriting)
      next.set(
        ticketId,
        setTimeout(() => takeWriting(ticketId, false), WRITES_MS),
      )
    else next.delete(ticketId)
    return next
  })
}

/** Takes in what the stream says of one chat. */
export function takeChat({ ticketId, here, typing, read, said }: ChatMoment): void {
  if (typing !== undefined || said === true) takeWriting(ticketId, typing === true)
  if (said === true) sound(ticketId)
  client.setQueryData<TicketChat>(['chat', ticketId], (now) =>
    now == null
      ? now
      : {
          ...now,
          isHere: here ?? (typing === true ? true : now.isHere),
          seenAt: here === undefined ? now.seenAt : new Date().toISOString(),
          readSeq: Math.max(now.readSeq, read ?? 0),
        },
  )
}

/** Who visits, and whether they write at this moment; null for a ticket that is no chat. */
export function useChat(ticket: Ticket): { chat: TicketChat; isWriting: boolean } {
  const { data = null } = useQuery({ ...chatQuery(ticket.id), enabled: ticket.channel === 'chat' })
  const isWriting = useStore(writing, (map) => map.has(ticket.id))
  return { chat: data, isWriting }
}

/** Whether what is written on a ticket goes to a visitor; what another desk called a chat has none. */
export function useIsChat(ticket: Ticket): boolean {
  return useChat(ticket).chat !== null
}

/** A short tone for who wants it, and not for what somebody else has in hand. */
function sound(ticketId: number): void {
  if (!preferences.get().chatSound) return
  const assignee = client.getQueryData<Ticket>(['ticket', ticketId])?.assignee
  const me = client.getQueryData<ReturnType<typeof useMe>>(['me'])
  if (assignee != null && assignee.id !== me?.id) return
  const context = new AudioContext()
  const tone = context.createOscillator()
  const level = context.createGain()
  level.gain.setValueAtTime(0.08, context.currentTime)
  level.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.25)
  tone.connect(level).connect(context.destination)
  tone.start()
  tone.stop(context.currentTime + 0.25)
  tone.addEventListener('ended', () => void context.close())
}
