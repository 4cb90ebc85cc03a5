// A queue that is not saved yet, put into the book as if it had been: for a try on the past.
import type { QueueDefinition, QueueRow, RoutingBook } from '#routing/book.ts'

/** `id` is null for one that does not exist yet: it stands behind the others. */
export type TriedQueue = {
  readonly id: number | null
  readonly title: string
  readonly definition: QueueDefinition
}

/** The number of a queue that has none yet. */
export const FRESH_QUEUE = 0

/** The book with the queue in its place; one that is gone stands behind the others again. */
export function bookWithQueue(book: RoutingBook, { id, title, definition }: TriedQueue): RoutingBook {
  const known = book.queues.find((queue) => queue.id === id)
  const last = Math.max(0, ...book.queues.map(({ position }) => position))
  const fresh: QueueRow =
    known === undefined
      ? { id: id ?? FRESH_QUEUE, title, position: last + 1, version: 0, definition }
      : { ...known, title, definition }
  return {
    ...book,
    queues:
      known === undefined
        ? [...book.queues, fresh]
        : book.queues.map((queue) => (queue.id === id ? fresh : queue)),
  }
}
