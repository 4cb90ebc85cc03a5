// A log as the updates it was written in. Pure.

/** The events of each update together, in the log's own order. */
export function byUpdate<Event extends { readonly updateId: unknown }>(log: readonly Event[]): Event[][] {
  const updates: Event[][] = []
  for (const event of log) {
    const last = updates.at(-1)
    if (last !== undefined && last[0]?.updateId === event.updateId) last.push(event)
    else updates.push([event])
  }
  return updates
}
