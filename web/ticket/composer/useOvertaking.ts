// What others said to the customer while one was writing: known at once, not only when Send is pressed.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import { useMe } from '../../wire/session.ts'
import { messagesQuery } from '../../wire/tickets.ts'

/** The newest public message of somebody else that came after the writing began, until it is said to be seen. */
export function useOvertaking(
  ticketId: number,
  writing: boolean,
): { message: Message | null; seen: () => void } {
  const me = useMe()
  // Read by the conversation; here one only listens.
  const { data } = useInfiniteQuery({ ...messagesQuery(ticketId), enabled: false })
  const newest = data?.pages
    .at(-1)
    ?.items.findLast(({ kind, author }) => kind === 'reply' && author?.id !== me.id)
  const [seenId, setSeenId] = useState<number | null>(null)
  const loaded = data !== undefined
  const newestId = newest?.id ?? 0
  // Everything is seen until the writing begins.
  if (loaded && (!writing || seenId === null) && seenId !== newestId) setSeenId(newestId)
  const isNew = writing && seenId !== null && newestId > seenId
  return { message: isNew && newest ? newest : null, seen: () => setSeenId(newestId) }
}
