// Whether much mail is coming in at this moment. Then taking it goes first: its senders wait for their 250, reading it can wait.

export type Rush = {
  /** A mail was taken. */
  readonly note: () => void
  readonly isOn: () => boolean
}

/** So many within a second are a rush. */
const MANY = 40

export function createRush(now: () => number = () => performance.now()): Rush {
  /** The moments of the newest mails, in a ring. */
  const moments = Array.from({ length: MANY }, () => Number.NEGATIVE_INFINITY)
  let next = 0
  return {
    note: () => {
      moments[next] = now()
      next = (next + 1) % MANY
    },
    isOn: () => now() - (moments[next] ?? 0) < 1_000,
  }
}
