// Named moments between two effects, where a test can end the process. In production nothing listens.

let hook: ((name: string) => void) | null = null

/** Says that the work has come to this moment. */
export function step(name: string): void {
  hook?.(name)
}

/** Listens to every step of this process; for tests of crashes. */
export function watchSteps(listener: ((name: string) => void) | null): void {
  hook = listener
}
