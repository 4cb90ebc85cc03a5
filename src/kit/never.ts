// The end of every switch over a union: the compiler proves it is not reached.

/** Throws when a union has a member that a switch forgot; the type makes that a compile error first. */
export function never(value: never): never {
  throw new Error(`Not a known case: ${JSON.stringify(value)}`)
}
