// Rules as they come in: read into the engine's types, or refused with every place that is wrong.
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Problem } from '#rules/problem.ts'
import { readRule } from '#rules/read-rule.ts'
import type { Rule } from '#rules/rule.ts'

/** The rule that a body means, under an id of the desk's. */
export function ruleFrom(body: object, id: number): Rule {
  const read = readRule({ ...body, id })
  return read.ok ? read.value : declineProblems(read.problems)
}

/** A 400 that names each place. */
export function declineProblems(problems: readonly Problem[]): never {
  const errors = problems.map(({ place, message }) => ({ path: place, message }))
  const [first] = errors
  return decline('bad-input', first === undefined ? undefined : `${first.path}: ${first.message}`, { errors })
}

/** A 409 for a draft that somebody else has changed. */
export function declineEdition(): never {
  return decline('conflict', 'Somebody else has changed the draft in the meantime. Look at it again.', {
    refusal: 'conflict',
  })
}

/** Health is counted over thirty days. */
export function desk30DaysAgo(desk: Desk): Instant {
  return plus(desk.clock.now(), -30 * 86_400)
}
