// Who is in the chat that a ticket is: whether they are there, write, and how far they have read. The stream tells it as it happens.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import type { ChatMoment, TicketChat } from '../../src/api/contract/chat.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { preferences } from '../state/preferences.ts'
import { createStore, useStore } from '../state/store.ts'
import { askAside } from './call.ts'
import { client } from './client.ts'
import { useMe } from './session.ts'

const chatQuery = (id: number) =>
  queryOptions({ queryKey: ['chat', id], queryFn: askAside<TicketChat>(`/tickets/${id}/chat`) })

/** When each visitor was last heard writing. */
const writing = createStore<ReadonlyMap<number, number>>(new Map())
const WRITES_MS = 6_000

/** Takes in what the stream says of one chat. */
export function takeChat({ ticketId, here, typing, read, said }: ChatMoment): void {
  if (typing !== undefined || said === true)
    writing.set((now) => new Map(now).set(ticketId, typing === true ? Date.now() : 0))
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
  const at = useStore(writing, (map) => map.get(ticket.id) ?? 0)
  const [, look] = useState(0)
  useEffect(() => {
    if (at === 0) return
    const timer = setTimeout(() => look(at), WRITES_MS)
    return () => clearTimeout(timer)
  }, [at])
  return { chat: data, isWriting: Date.now() - at < WRITES_MS }
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
