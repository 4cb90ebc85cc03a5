// A line of progress that is written over, where somebody watches.

/** Tells how far something is, a few times a second at most, and is gone when it is done; nothing to nobody. */
export function watched(isWanted: boolean): (what: string, done: number, total: number) => void {
  const isWatched = isWanted && process.stderr.isTTY === true
  let saidAt = 0
  return (what, done, total) => {
    const now = performance.now()
    if (!isWatched || (now - saidAt < 200 && done < total)) return
    saidAt = now
    process.stderr.write(done < total ? `\r\u001b[K${what}: ${done} of ${total}` : '\r\u001b[K')
  }
}
