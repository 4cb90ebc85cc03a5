// An expected no of the API as a sentence that a program can act on: which scope is missing, which field is wrong and why.
import type { Problem } from '#api/contract/shapes.ts'

/** A no that the program is told in words; everything else that is thrown is a fault. */
export class Refused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Refused'
  }
}

/** What a problem of the API says to a program. */
export function sentenceOf(problem: Problem): string {
  const { status, scope, errors = [], conflict = [], fields = [] } = problem
  const detail = problem.detail ?? problem.title
  if (status === 401) return 'The token is not valid, or has run out. Make one with "./docket token create".'
  if (typeof scope === 'string')
    return `The token lacks the scope ${scope}. Make one that has it: "./docket token create --name NAME --scopes ${scope},…". Nothing was changed.`
  if (status === 403) return `${detail} The agent whose token this is may not do it. Nothing was changed.`
  if (errors.length > 0)
    return `Not understood: ${errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}.`
  if (conflict.length > 0)
    return `${detail} Read the ticket again: ${conflict.map(({ field }) => field).join(', ')}.`
  if (fields.length > 0) return `${detail} Their keys: ${fields.join(', ')}.`
  return detail
}
