// What is wrong with a rule, a condition or a template, and where. Errors block; warnings must be acknowledged.

export type Problem = {
  /** The place, such as `if.all[2].value`. */
  readonly place: string
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly message: string
}
