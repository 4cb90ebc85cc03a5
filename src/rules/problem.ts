// What is wrong with a rule, a condition or a template, and where. Errors block; warnings must be acknowledged.

export type Problem = {
  /** The place, such as `if.all[2].value`. */
  readonly place: string
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly message: string
}

/** A problem with the rule, or with the whole book, that it was found in. */
export type RuleProblem = Problem & { readonly ruleId: number | null; readonly title?: string | null }
