// The no to whoever lacks a right, in one form: which right, and which scope where it is the token that lacks it.
import { decline } from '#api/http/problem.ts'
import { scopeMissing, type Principal } from '#people/can.ts'
import type { Action } from '#people/rights.ts'

/** Throws the 403 of a right that `principal` has not. */
export function declineRight(principal: Principal, action: Action): never {
  const scope = scopeMissing(principal, action)
  const words = scope === null ? '' : ` The token lacks the scope ${scope}.`
  decline('forbidden', `This needs the right "${action}".${words}`, {
    refusal: 'forbidden',
    ...(scope === null ? {} : { scope }),
  })
}
