// One after the other: for what takes so much memory that it must not happen twice at once.

/** Runs what it is given in the order of asking, each when the one before has ended. */
export function createTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }
}
