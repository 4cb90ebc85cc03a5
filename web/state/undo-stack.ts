// What a person did here, newest first, for `z`: changes, jobs, macros and replies on one stack. `z` takes back the newest thing or
// says that it is too late for it; it never passes over it to something older.

export type Undoable = {
  /** What was done, in the words of its notice. */
  readonly title: string
  readonly undo: () => void | Promise<void>
  /** The moment it can no longer be taken back, such as when its mail leaves; null for any time. */
  readonly until: number | null
}

/** So many are remembered. */
const MOST = 50

let stack: readonly Undoable[] = []

/** Remembers what was just done. */
export function remember(done: Undoable): void {
  stack = [done, ...stack].slice(0, MOST)
}

/** Takes the newest off the stack; `isLate` when its time is over. Null when there is nothing. */
export function takeNewest(now: number): { readonly done: Undoable; readonly isLate: boolean } | null {
  const [done, ...older] = stack
  if (done === undefined) return null
  stack = older
  return { done, isLate: done.until !== null && now >= done.until }
}

/** Takes one off wherever it stands: it was taken back from its own notice. */
export function forget(done: Undoable): void {
  stack = stack.filter((each) => each !== done)
}
