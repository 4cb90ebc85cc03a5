// Assertions stay on in production: a broken invariant must stop the work at hand, not spread.

/** Throws a bug (never shown to a user as such) when `condition` is false. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Bug: ${message}`)
}
