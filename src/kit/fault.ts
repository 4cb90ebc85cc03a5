// A fault is the world failing: a database away, a disk full, a mail server that says 451. Workers retry by `retryable` alone.

export class Fault extends Error {
  readonly retryable: boolean
  /** The stable code of the failure, such as ENOSPC or 550. */
  readonly code: string | undefined

  constructor(message: string, options: { retryable: boolean; cause?: unknown; code?: string }) {
    super(message, { cause: options.cause })
    this.name = 'Fault'
    this.retryable = options.retryable
    this.code = options.code
  }
}
